"""What a gateway brings in: proven, sealed at once, under one ticket a day, known when it comes again."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.test import Client
from pytest_django import Settings

from teduh.access.models import Member, Team
from teduh.audit import actions as audit
from teduh.intake.channels.whatsapp import actions, rules
from teduh.intake.channels.whatsapp.models import Heard, Talk
from teduh.intake.models import Addition, Report
from teduh.outbox.models import Message
from teduh.sop.models import Promise
from teduh.tickets.models import Ticket
from teduh.vault import actions as vault
from teduh.vault import suite, without_script
from teduh.vault.envelope import Place, open_item, unwrap
from teduh.vault.models import Compartment, Envelope
from teduh.vault.packages import SealedItem, b64, header_of
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.factories.reports import keys_for
from tests.vault.reports import her

pytestmark = pytest.mark.django_db
KEY = b"a-key-that-only-this-gateway-knows-001"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FROM, WORDS = "+6281200007431", "kenari-kata-7431 tolong saya"
# Longer than a row's number or the digits of a moment could be by chance.
SPELLED = ("00007431", "0000-7431", "0000 7431", "kenari-", "-7431")
DOOR = "/masuk/pesan/"
numbers = iter(range(10_000))


@dataclass
class Gateway:
    """Signs as docs/adapters.md says, with nothing of the house's own code."""

    key: bytes = KEY
    client: Client = field(default_factory=Client)

    def brings(self, *, ago: int = 0, spoil: bytes = b"", **told: Any) -> Any:
        """What the house answers to one message signed so many seconds ago."""
        message = {
            "v": 1,
            "id": f"wamid.{next(numbers)}",
            "way": "whatsapp",
            "from": FROM,
            "text": WORDS,
        }
        body = json.dumps({**message, **told}).encode()
        moment = str(int(time.time()) - ago)
        mac = hmac.new(self.key, moment.encode() + b"." + body, hashlib.sha256)
        heads = {"teduh-time": moment, "teduh-signature": f"v1={mac.hexdigest()}"}
        return self.client.post(DOOR, body + spoil, content_type="application/json", headers=heads)


@pytest.fixture
def gateway(settings: Settings, tmp_path: Path) -> Iterator[Gateway]:
    settings.TEDUH_INBOUND_KEY = KEY
    settings.TEDUH_VAR = tmp_path
    keys_for(TeamFactory(code="asesmen"))
    with time_machine.travel(AT, tick=False):
        yield Gateway()


def read(report: Report, what: str, *, gen: int = 1) -> str:
    """What the team reads of a report, signed by whoever held its code when it came."""
    number, team, talk = report.ticket.number, report.team_code, Talk.objects.get(report=report)
    code = int(without_script.open_cookie(bytes(talk.kept).decode(), "masuk", 86_400))
    reader = MemberFactory(role="counsellor", team=Team.objects.get(code=team))
    bundle = vault.hand_out(by=reader, subject=number, at=AT)
    (item,) = (one for one in bundle.of(what) if one.gen == gen)
    cmp = header_of(item.hdr)["cmp"]
    part = next(one for one in bundle.compartments if b64(suite.sha256(one.d)) == cmp)
    (kid, wrapped) = next(pair for pair in part.wraps if pair[0].startswith(f"tim-{team}"))
    place = Place(bundle.inst, number, item.comp)
    opened = unwrap(part.d, kid, wrapped, suite.sha256(team.encode()), place)
    sealed = SealedItem(item.hdr, item.ct, item.sig, header_of(item.hdr))
    return open_item(opened, sealed, what, her(number, code).keys.sign_public).decode()


def told(text: str) -> dict[str, Any]:
    """The genuine body of a message, with one thing changed by `text` (JSON)."""
    message = {"v": 1, "id": "x", "way": "sms", "from": FROM, "text": "a"}
    return {**message, **json.loads(text)}


# --- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    ['{"v": 2}', '{"way": "fax"}', '{"from": "siapa"}', '{"from": 62}', '{"text": ""}', '{"text": 1}',
     '{"more": "ya"}', json.dumps({"text": "a" * 60_001})],
)  # fmt: skip
def test_what_can_never_be_kept_says_its_name(changed: str) -> None:
    with pytest.raises(rules.Never, match=r"^x$"):
        rules.read(json.dumps(told(changed)).encode())


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"id": 1}', b'{"id": ""}', b'{"id": "\\ud83d"}', b"\xff", b"[" * 20_000],
)
def test_what_is_nothing_of_the_protocol_is_not_read(body: bytes) -> None:
    with pytest.raises(rules.Unreadable):
        rules.read(body)


def test_a_sign_cut_in_half_costs_nobody_the_message(gateway: Gateway) -> None:
    assert gateway.brings(text="Tolong saya \ud83d").status_code == 200
    assert read(Report.objects.get(), actions.STORY) == "Tolong saya ?"


def test_a_picture_without_a_word_is_a_message() -> None:
    letter = rules.read(json.dumps(told('{"text": "", "more": true}')).encode())
    assert (letter.text, letter.more, letter.sender) == ("", True, FROM)


# --- the door --------------------------------------------------------------------------------------


def test_without_a_key_there_is_no_door(gateway: Gateway, settings: Settings) -> None:
    settings.TEDUH_INBOUND_KEY = b""
    assert gateway.brings().status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"ago": 301}, {"ago": -301}, {"spoil": b" "}], ids=["old", "early", "changed"]
)
def test_what_is_not_signed_now_is_refused(gateway: Gateway, wrong: dict[str, Any]) -> None:
    assert gateway.brings(**wrong).status_code == 403
    assert Gateway(key=b"another key of another gateway 0000").brings().status_code == 403
    assert gateway.client.post(DOOR, b"{}", content_type="application/json").status_code == 403
    assert not Report.objects.exists()


def test_a_message_is_a_report_that_only_the_team_opens(gateway: Gateway) -> None:
    answer = gateway.brings(id="satu")
    assert (answer.status_code, answer.json()) == (200, {"id": "satu", "erase": True})
    report = Report.objects.get()
    assert (report.channel, report.origin, report.contact_via) == ("whatsapp", "server", "whatsapp")
    assert not report.ticket.own
    assert read(report, actions.STORY) == WORDS
    assert read(report, actions.NUMBER) == FROM
    assert Promise.objects.filter(subject=report.ticket.number, step="first_contact").exists()
    assert audit.verify() is None


def test_no_table_holds_number_or_words(gateway: Gateway) -> None:
    gateway.brings()
    gateway.brings(text="kenari-lagi-7431")
    for alias in connections:
        with connections[alias].cursor() as cursor:
            tables = connections[alias].introspection.table_names(cursor)
            for table in tables:
                cursor.execute(f"SELECT * FROM {connections[alias].ops.quote_name(table)}")
                kept = repr(
                    [[bytes(v) if isinstance(v, memoryview) else v for v in r] for r in cursor]
                )
                assert [part for part in SPELLED if part in kept] == [], table


def test_a_message_that_comes_again_is_kept_once_and_answered_alike(gateway: Gateway) -> None:
    assert gateway.brings(id="dua").status_code == 200
    assert gateway.brings(id="dua").json() == {"id": "dua", "erase": True}
    assert Report.objects.count() == 1
    assert not Addition.objects.exists()


def test_each_way_names_its_messages_by_itself(gateway: Gateway) -> None:
    for way in ("sms", "whatsapp"):
        assert gateway.brings(id="1", way=way).status_code == 200
    assert Report.objects.count() == 2


def test_what_one_number_writes_in_a_day_comes_under_one_ticket(gateway: Gateway) -> None:
    gateway.brings()
    gateway.brings(text="lagi", more=True)
    gateway.brings(way="sms")
    gateway.brings(**{"from": "+6281200008888"})
    first, *others = Report.objects.order_by("pk")
    assert [one.channel for one in others] == ["sms", "whatsapp"]
    added = Addition.objects.get()
    assert (added.report, added.origin) == (first, "server")
    assert read(first, actions.STORY, gen=2).startswith("lagi\n\n(")


def test_after_a_day_nothing_joins_a_number_to_its_ticket(gateway: Gateway) -> None:
    gateway.brings()
    with time_machine.travel(AT + timedelta(hours=24, minutes=1), tick=False):
        gateway.brings()
    assert Report.objects.count() == 2
    assert actions.forget_talks(at=AT + timedelta(hours=48)) == 0
    assert Heard.objects.count() == 1
    assert actions.forget_talks(at=AT + timedelta(hours=49)) == 1
    assert not Talk.objects.exists()


def test_a_ticket_erased_meanwhile_is_written_to_no_more(gateway: Gateway) -> None:
    gateway.brings()
    number = Ticket.objects.get().number
    Envelope.objects.filter(compartment__subject=number).delete()
    Compartment.objects.filter(subject=number).delete()
    assert gateway.brings().status_code == 200
    assert Report.objects.count() == 2


def test_the_first_of_a_day_is_answered_with_the_sealed_way(gateway: Gateway) -> None:
    gateway.brings()
    gateway.brings()
    message = Message.objects.exclude(template="work").get()
    assert (message.template, message.channel) == ("heard", "whatsapp")


def test_a_picture_is_answered_once_with_the_way_that_takes_it(gateway: Gateway) -> None:
    gateway.brings()
    for _picture in range(3):
        assert gateway.brings(text="", more=True).json()["erase"] is True
    sent = Message.objects.exclude(template="work").order_by("pk")
    assert [one.template for one in sent] == ["heard", "heard_in_part"]
    report = Report.objects.get()
    left = [read(report, actions.STORY, gen=number) for number in (2, 3, 4)]
    assert left == ["(Ada gambar, suara, atau berkas yang tidak ikut disimpan.)"] * 3
    report.refresh_from_db()
    assert report.added_day is not None  # the work list says that there is more


def test_a_picture_first_of_all_is_a_report_and_one_answer(gateway: Gateway) -> None:
    gateway.brings(text="", more=True)
    assert read(Report.objects.get(), actions.STORY).startswith("(Ada gambar")
    assert Message.objects.exclude(template="work").get().template == "heard_in_part"
    gateway.brings(text="", more=True)
    assert Message.objects.exclude(template="work").count() == 1


def test_what_is_no_message_of_any_kind_is_told_to_the_gateway(gateway: Gateway) -> None:
    assert gateway.brings(text=" ", more=False).status_code == 422
    assert not Report.objects.exists()


def test_a_house_without_that_way_out_keeps_it_all_the_same(
    gateway: Gateway, settings: Settings
) -> None:
    settings.TEDUH_DEMO = False
    assert gateway.brings().status_code == 200
    assert not Message.objects.filter(template="heard").exists()


def test_without_keys_nothing_is_kept_and_the_gateway_tries_again(gateway: Gateway) -> None:
    Team.objects.update(active=False)
    assert gateway.brings().status_code == 503
    assert not Heard.objects.exists()
    assert not Report.objects.exists()


def test_never_is_answered_by_name(gateway: Gateway) -> None:
    answer = gateway.brings(id="tiga", way="fax")
    assert (answer.status_code, answer.json()) == (422, {"id": "tiga", "erase": True})


# --- copied at the desk ----------------------------------------------------------------------------


@pytest.fixture
def officer() -> Member:
    team = Team.objects.filter(code="asesmen").first() or TeamFactory(code="asesmen")
    return MemberFactory(role="officer", team=team)


def test_the_page_asks_from_where_the_words_come(officer: Member) -> None:
    desk = signed_in(Client(), officer)
    page = desk.get("/kantor/salin/").content.decode()
    assert all(f'value="{way}"' in page for way in ("whatsapp", "sms", "letter", "media"))
    assert "data-file-report" in page
    answer = desk.post("/kantor/salin/", {"story": "", "door": "self"})
    assert answer.status_code == 400
    assert "channel" in answer.json()["errors"]


def test_the_report_says_how_protected_it_was(gateway: Gateway, officer: Member) -> None:
    gateway.brings()
    number = Ticket.objects.get().number
    page = signed_in(Client(), officer).get(f"/kantor/laporan/{number}/").content.decode()
    assert "dapat dibaca di perjalanan" in page
    assert "Hak penyintas ditampilkan" not in page
