"""A file of the office in a conversation: sent once with its message, opened by who holds the code."""

import json
import re
import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from teduh.access.models import Member, Team
from teduh.audit.models import Row
from teduh.chat import actions
from teduh.chat.models import Message
from teduh.intake.models import Report
from teduh.lib import store
from teduh.lib.actors import CLOCK, reporter
from teduh.vault import actions as vault
from teduh.vault import queries, rules, suite, without_script
from teduh.vault.codes import spell_digits
from teduh.vault.envelope import Words, open_file, open_item, seal, seal_file
from teduh.vault.models import Envelope
from teduh.vault.packages import SealedFile, b64, item_of, unb64
from teduh.vault.rules import Refused, saved_as
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import (
    AT,
    CODE,
    DAY,
    as_field,
    chat_of,
    file_as_form,
    file_of,
    message_of,
    received,
    signer,
)

pytestmark = pytest.mark.django_db
PAGE, SENT = "/status/pesan/", "/status/pesan/kiriman/"
BODY = b"Contoh alamat penanda-5530. " * 50_000  # two pieces
NAME = "alamat-penanda-5531.pdf"


@pytest.fixture
def report(team: Team) -> Report:
    return received(team)


@pytest.fixture
def officer(team: Team) -> Member:
    return MemberFactory(role="officer", team=team)


def send(report: Report, by: Member, *, seq: int = 1) -> SealedFile:
    item = message_of(report, by, f"Kami kirim berkas: {NAME}", seq=seq)
    file = file_of(report, by, BODY, name=NAME, seq=seq)
    actions.answer(by=by, ticket=report.ticket, items=[item], at=AT, file=file)
    return file


def form(report: Report, by: Member, file: SealedFile) -> dict[str, object]:
    words = as_field(message_of(report, by, f"Kami kirim berkas: {NAME}"))
    return {"sealed": words, **file_as_form(file)}


def desk(report: Report) -> str:
    return f"/kantor/obrolan/{report.ticket.number}/kirim/"


def nothing_kept() -> bool:
    sealed = Envelope.objects.filter(what__startswith="chat.file.").exists()
    return not (Message.objects.exists() or sealed or Row.objects.filter(verb="vault.file_sent"))


def paper(report: Report, **more: str) -> dict[str, str]:
    return {"ticket": report.ticket.number, "code": spell_digits(CODE), **more}


def by_script(report: Report, message: str, code: int = CODE) -> HttpResponseBase:
    auth = b64(without_script.auth_of(report.ticket.number, code))
    told = {"ticket": report.ticket.number, "auth": auth, "pesan": message}
    return Client().post(SENT, told)


def buttons(page: str) -> list[dict[str, str]]:
    """What each button of a file sends."""
    parts = re.findall(rf'<form method="post" action="{SENT}".*?</form>', page)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', part)) for part in parts]


def opened_page(report: Report) -> str:
    return Client().post(PAGE, paper(report), follow=True).content.decode()


# sending


def test_a_file_lies_sealed_beside_its_message(report: Report, officer: Member) -> None:
    file = send(report, officer)
    row = Message.objects.get()
    assert (row.side, row.file) == ("office", file.body.item)
    kept = queries.sent(report.ticket.number, row.file)
    assert kept
    assert kept.size == len(b"".join(store.read_pieces(kept.keys))) > len(kept.keys) == 2
    assert b"penanda-5530" not in b"".join(store.read_pieces(kept.keys))
    assert Row.objects.get(verb="vault.file_sent").by_code == officer.code
    queue = queries.count_files(report.ticket.number)
    assert queue == {"whole": 0, "unfinished": 0}  # hers are counted by themselves


@pytest.mark.parametrize("name", ["desk:chat_send", "desk:message"])
def test_both_desks_send_it_once_though_the_answer_is_lost(
    report: Report, officer: Member, name: str
) -> None:
    client, file = signed_in(Client(), officer), file_of(report, officer, BODY)
    words = form(report, officer, file)["sealed"]
    for _try in range(2):
        told = {"sealed": words, **file_as_form(file)}
        assert client.post(reverse(name, args=[report.ticket.number]), told).status_code == 200
    assert Message.objects.count() == Envelope.objects.filter(what=rules.SENT).count() == 1
    column = client.get(f"/kantor/obrolan/{report.ticket.number}/")
    assert column.status_code == 404  # no conversation of hers: the page of the report shows it
    page = client.get(f"/kantor/laporan/{report.ticket.number}/").content.decode()
    assert f'<sealed-file subject="{report.ticket.number}" item="{file.body.item}"' in page


def test_its_ciphertext_is_handed_to_her_team_and_to_no_other(
    report: Report, officer: Member
) -> None:
    file = send(report, officer)
    answer = signed_in(Client(), officer).get(f"/kantor/berkas/{file.body.item}/")
    assert b"".join(answer) == file.body.ct  # type: ignore[call-overload]
    stranger = signed_in(Client(), MemberFactory(role="officer", team=TeamFactory()))
    assert stranger.get(f"/kantor/berkas/{file.body.item}/").status_code == 404


@pytest.mark.parametrize("flaw", ["message", "kinds", "author", "place", "empty", "signature"])
def test_a_file_that_is_not_what_it_says_takes_its_message_along(
    report: Report, officer: Member, flaw: str
) -> None:
    chat, by = chat_of(report), signer(officer)
    good = file_of(report, officer, b"Contoh.")
    words = Words(rules.SENT, 1, "staff", str(DAY), "none")
    other = signer(MemberFactory(role="officer", team=Team.objects.get()))
    made = {
        "message": file_of(report, officer, b"Contoh.", seq=2),
        "kinds": SealedFile(message_of(report, officer, "Contoh."), good.body),
        "author": SealedFile(good.card, seal_file(chat, other, words, b"Contoh.")),
        "place": SealedFile(
            good.card, seal_file(chat_of(received(Team.objects.get())), by, words, b"Contoh.")
        ),
        "empty": SealedFile(good.card, type(good.body)(good.body.hdr, b"", b"", good.body.said)),
        "signature": SealedFile(
            seal(chat, other, Words(rules.SENT_CARD, 1, "staff", str(DAY), "pow2-4k"), b"{}"),
            seal_file(chat, other, words, b"Contoh."),
        ),
    }
    answer = signed_in(Client(), officer).post(desk(report), form(report, officer, made[flaw]))
    assert (answer.status_code, answer.json()) == (409, {})
    assert nothing_kept()


def test_a_card_without_its_body_is_refused(report: Report, officer: Member) -> None:
    told = form(report, officer, file_of(report, officer, b"Contoh."))
    del told["body"]
    assert signed_in(Client(), officer).post(desk(report), told).status_code == 409
    assert nothing_kept()


def test_the_holder_of_a_ticket_cannot_put_a_card_into_the_thread(report: Report) -> None:
    her = without_script.her_thread(report.ticket.number, CODE)
    words = Words(rules.SENT_CARD, 1, "browser", str(DAY), "pow2-4k")
    card = seal(her.chat, her.her.author, words, b"{}")
    with pytest.raises(Refused, match="place"):
        actions.write_back(ticket=report.ticket, items=[card], at=AT)
    by, number = reporter(report.ticket.number), report.ticket.number
    with pytest.raises(Refused, match="place"):
        vault.keep_item(by=by, subject=number, comp="chat", item=card, at=AT)


def test_a_full_disk_says_so_and_takes_the_message_without_it(
    report: Report, officer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = form(report, officer, file_of(report, officer, b"Contoh."))
    with monkeypatch.context() as full:
        free = SimpleNamespace(free=settings.TEDUH_DISK_RESERVE)
        full.setattr(shutil, "disk_usage", lambda _place: free)
        answer = signed_in(Client(), officer).post(desk(report), told)
        assert answer.status_code == 409
        assert "Penyimpanan kami penuh" in answer.json()["message"]
        assert nothing_kept()
        alone = signed_in(Client(), officer).post(desk(report), {"sealed": told["sealed"]})
        assert alone.status_code == 200


def test_one_that_is_too_large_is_named_and_nothing_is_kept(
    report: Report, officer: Member
) -> None:
    large = file_of(report, officer, bytes(rules.SENT_MOST))
    answer = signed_in(Client(), officer).post(desk(report), form(report, officer, large))
    assert answer.status_code == 409
    assert "lebih besar dari 10 MB" in answer.json()["message"]
    assert nothing_kept()


# reading, with script


def test_her_script_gets_what_proves_it_and_the_body(report: Report, officer: Member) -> None:
    send(report, officer)
    answer = by_script(report, "1")
    content = b"".join(answer)  # type: ignore[call-overload]
    assert int(answer["Content-Length"]) == len(content)
    assert answer["Cache-Control"] == "no-store"
    start = 4 + int.from_bytes(content[:4])
    told, chat = json.loads(content[4:start]), chat_of(report)
    card = json.loads(
        open_item(chat, item_of(told["card"]), rules.SENT_CARD, unb64(told["signers"][0]["key"]))
    )
    assert (card["name"], card["ct_sha256"]) == (NAME, b64(suite.sha256(content[start:])))
    assert open_file(chat, unb64(told["hdr"]), content[start:]) == BODY


@pytest.mark.parametrize(
    ("message", "status"), [("2", 404), ("", 404), ("x", 404), ("9" * 30, 404), ("\u0661", 404)]
)
def test_no_other_message_brings_it(
    report: Report, officer: Member, message: str, status: int
) -> None:
    send(report, officer)
    words = without_script.seal_message(
        ticket=report.ticket.number, code=CODE, text="Contoh.", seq=1, at=AT
    )
    actions.write_back(ticket=report.ticket, items=words, at=AT)
    assert by_script(report, message).status_code == status


def test_neither_a_wrong_code_nor_a_code_that_was_replaced_brings_it(
    report: Report, officer: Member
) -> None:
    send(report, officer)
    assert by_script(report, "1", CODE + 1).status_code == 403
    actions.close(ticket=report.ticket)
    assert by_script(report, "1").status_code == 404


def test_the_page_asks_for_the_parts_that_show_it_where_there_is_one(
    report: Report, officer: Member
) -> None:
    auth = b64(without_script.auth_of(report.ticket.number, CODE))
    shown = {"ticket": report.ticket.number, "auth": auth}
    assert b"data-sent" not in Client().post(PAGE, shown).content
    send(report, officer)
    assert b'<i data-sent="1"></i>' in Client().post(PAGE, shown).content
    assert b'<template id="kiriman">' in Client().get(SENT).content


# reading, without script


def test_without_script_a_button_gives_it_under_a_name_that_tells_nothing(
    report: Report, officer: Member
) -> None:
    send(report, officer)
    [button] = buttons(opened_page(report))
    answer = Client().post(SENT, button)
    assert answer.content == BODY
    assert answer["Content-Disposition"] == 'attachment; filename="berkas.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Cache-Control"] == "no-store"


def test_what_a_button_sends_opens_nothing_else_and_not_for_long(
    report: Report, officer: Member, team: Team
) -> None:
    send(report, officer)
    other = received(team)
    send(other, officer)
    [one], [two] = buttons(opened_page(report)), buttons(opened_page(other))
    mixed = [{**one, "kunci": two["kunci"]}, {**two, "kunci": one["kunci"]}, {**one, "kunci": "x"}]
    for told in [*mixed, {**one, "keinginan": ""}]:
        assert Client().post(SENT, told)["Location"] == f"{PAGE}?kiriman=gagal"
    assert "Berkas belum terbuka." in Client().get(f"{PAGE}?kiriman=gagal").content.decode()
    with time_machine.travel(AT + timedelta(minutes=20)):
        assert Client().post(SENT, one).status_code == 303


def test_one_that_was_changed_in_the_store_is_given_to_nobody(
    report: Report, officer: Member
) -> None:
    file = send(report, officer)
    [button] = buttons(opened_page(report))
    key = store.piece_key(file.body.item, 1)
    spoilt = store.get(key)
    store.delete(key)
    assert Client().post(SENT, button).status_code == 303
    store.put(key, spoilt[:-1] + bytes([spoilt[-1] ^ 1]))
    assert Client().post(SENT, button).status_code == 303


def test_a_card_of_whoever_counts_for_nothing_is_said_to_be_lost(
    report: Report, officer: Member
) -> None:
    file = send(report, officer)
    Envelope.objects.filter(item=file.card.item).update(sig=bytes(64))
    page = opened_page(report)
    assert buttons(page) == []
    assert "Berkas ini tidak dapat dibuka." in page


@pytest.mark.django_db(transaction=True, databases=["default", "shred"])
def test_it_is_erased_with_the_conversation(report: Report, officer: Member) -> None:
    send(report, officer)
    [button] = buttons(opened_page(report))
    vault.forget(by=CLOCK, subject=report.ticket.number, at=AT)
    assert Client().post(SENT, button).status_code == 303
    assert buttons(opened_page(report)) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("surat visum Contoh.PDF", "berkas.pdf"),
        ("foto.jpg", "berkas.jpg"),
        ("a.b.docx", "berkas.docx"),
        ("lari.apk", "berkas"),
        ("tanpa akhiran", "berkas"),
        ('x".pdf\r\nSet-Cookie: a', "berkas"),
    ],
)
def test_a_phone_keeps_it_under_a_name_that_tells_nothing(name: str, kept: str) -> None:
    assert saved_as(name) == kept
