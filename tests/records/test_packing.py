"""Packets of evidence: granted by another, of this case only, every hand written down."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.audit.models import Mention, Row
from teduh.cases import openers
from teduh.cases.actions import break_glass, daily
from teduh.cases.models import Case
from teduh.cases.words import GlassReason, Opening
from teduh.records import queries, rules
from teduh.records.actions import packing as actions
from teduh.records.models import Custody, Packet, PacketGrant
from teduh.records.words import Basis, Denial, Passed, Receiver
from teduh.vault.models import Envelope
from teduh.vault.queries import office_bundle
from tests.factories import signed_in
from tests.factories.cases import AT, CaseOffice, a_report, opened, sealed_item

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
SHA, OTHER = "a" * 64, "b" * 64
STORY = "intake.report.story"


def note(office: CaseOffice, case: Case, text: str = "Contoh catatan.") -> str:
    """A note of melati; the name of its item."""
    item = sealed_item(case, "cases.note.text", text)
    daily.note(by=office.melati, case=case, items=[item], at=AT)
    return item.item


def asked(office: CaseOffice, case: Case) -> PacketGrant:
    told: dict[str, Any] = {"receiver": Receiver.COURT, "basis": Basis.SUMMONED}
    return actions.ask_packet(by=office.melati, case=case, at=AT, **told)


def granted(office: CaseOffice, case: Case) -> PacketGrant:
    row = asked(office, case)
    return actions.answer_packet(by=office.supervisor, asked=row, denial=None, at=AT)


def make(office: CaseOffice, case: Case, *items: str, at: Any = AT, **told: Any) -> Packet:
    made = actions.Made(
        **{"sha": SHA, "size": 900, "items": [(one, OTHER) for one in items], **told}
    )
    return actions.make_packet(by=office.melati, case=case, made=made, at=at)


def test_a_packet_takes_a_grant_of_another_hand_that_still_holds(office: CaseOffice) -> None:
    case = opened(office)
    item = note(office, case)
    with pytest.raises(rules.NotGranted):
        make(office, case, item)
    row = asked(office, case)
    with pytest.raises(rules.AlreadyAsked):
        asked(office, case)
    with pytest.raises(Forbidden):
        actions.answer_packet(by=office.manager, asked=row, denial=None, at=AT)
    with pytest.raises(rules.NotGranted):
        make(office, case, item)
    actions.answer_packet(by=office.supervisor, asked=row, denial=None, at=AT)
    with pytest.raises(rules.NotGranted):
        make(office, case, item, at=AT + timedelta(days=3))
    packet = make(office, case, item, at=AT + timedelta(days=3) - timedelta(seconds=1))
    assert (packet.number, packet.sha, packet.grant) == (1, SHA, row)
    assert Custody.objects.get().step == Passed.MADE
    line = Row.objects.get(verb="packet.made")
    assert (line.subject, line.detail) == (case.code, f'{{"count":1,"sha":"{SHA}"}}')


def test_a_packet_is_among_what_she_is_told_and_an_opening_in_need_makes_none(
    office: CaseOffice,
) -> None:
    case = opened(office)
    item = note(office, case)
    granted(office, case)
    break_glass(by=office.outsider, case=case, reason=GlassReason.DANGER, at=AT)
    made = actions.Made(SHA, 900, [(item, OTHER)])
    with pytest.raises(Forbidden):
        actions.make_packet(by=office.outsider, case=case, made=made, at=AT)
    make(office, case, item)
    told = {one.what: one.times for one in openers.of_case(case)}
    assert told[str(Opening.PACKET.label)] == 1


def test_whoever_asks_does_not_grant_and_a_denial_says_why(office: CaseOffice) -> None:
    case = opened(office)
    told: dict[str, Any] = {"receiver": Receiver.POLICE, "basis": Basis.AGREED, "at": AT}
    row = actions.ask_packet(by=office.supervisor, case=case, **told)
    with pytest.raises(rules.SameHand):
        actions.answer_packet(by=office.supervisor, asked=row, denial=None, at=AT)
    PacketGrant.objects.all().delete()
    row = asked(office, case)
    actions.answer_packet(by=office.supervisor, asked=row, denial=Denial.TOO_MUCH, at=AT)
    row.refresh_from_db()
    assert (row.answer, row.denial, row.until) == ("refused", "too_much", None)
    assert queries.holding(case, AT) is None
    with pytest.raises(rules.AlreadyAsked):
        actions.answer_packet(by=office.supervisor, asked=row, denial=None, at=AT)


def test_only_what_is_sealed_in_this_case_goes_in_with_hashes_that_are_some(
    office: CaseOffice,
) -> None:
    case, other = opened(office, a_report(office.team)), opened(office)
    item, foreign = note(office, case), note(office, other)
    granted(office, case)
    for items in ([], [foreign], [item, foreign], [item, item], ["A" * 22]):
        with pytest.raises(rules.WrongPacket):
            make(office, case, *items)
    for wrong in ({"sha": "a"}, {"sha": "A" * 64}, {"size": 0}, {"items": [(item, "")]}):
        with pytest.raises(rules.WrongPacket):
            make(office, case, item, **wrong)
    assert not Packet.objects.exists()
    [story] = Envelope.objects.filter(
        what=STORY, compartment__subject__in=queries.subjects_of(case)
    ).values_list("item", flat=True)
    packet = make(office, case, item, story)
    told = [(one.what, by) for one, by, _day in queries.contents(packet)]
    assert told == [("cases.note.text", office.melati.name), (STORY, "")]
    ticket = queries.subjects_of(case)[1]
    assert Mention.objects.filter(subject=ticket, number=Row.objects.get(verb="packet.made").number)


def test_what_is_offered_says_who_sealed_it_and_when(office: CaseOffice) -> None:
    case = opened(office)
    item = note(office, case)
    bundles = [office_bundle(one, {office.team.code}) for one in queries.subjects_of(case)]
    rows = {one.item: one for one in queries.offered(bundles)}
    assert {one.what for one in rows.values()} == {"cases.note.text", STORY}
    assert (rows[item].by, str(rows[item].day), rows[item].comp) == (
        office.melati.name,
        "2026-11-24",
        "work",
    )


def test_every_hand_over_is_a_line_of_its_own_and_stands_on_the_list(office: CaseOffice) -> None:
    case = opened(office)
    item = note(office, case)
    granted(office, case)
    packet = make(office, case, item)
    for receiver in (Receiver.LAWYER, Receiver.COURT):
        actions.hand_packet(by=office.melati, packet=packet, receiver=receiver, at=AT)
    assert Row.objects.filter(verb="packet.handed").count() == 2
    with pytest.raises(Forbidden):
        actions.hand_packet(by=office.outsider, packet=packet, receiver=Receiver.COURT, at=AT)
    client = signed_in(Client(), office.melati)
    page = client.get(f"/kantor/data/kasus/{case.code}/paket/1/cetak/").content.decode()
    for told in (SHA, OTHER, "Pengadilan", office.melati.name, "Siapa yang membuka kasus ini"):
        assert told in page


def test_the_page_asks_grants_and_takes_what_the_browser_made(office: CaseOffice) -> None:
    case = opened(office)
    item, page = note(office, case), f"/kantor/data/kasus/{case.code}/paket/"
    client, second = signed_in(Client(), office.melati), signed_in(Client(), office.supervisor)
    assert client.post(page, {"receiver": "court"}).status_code == 422
    client.post(page, {"receiver": "court", "basis": "agreed"})
    row = PacketGrant.objects.get()
    assert "data-choose" not in client.get(page).content.decode()
    assert second.post(f"{page}izin/{row.pk}/", {}).status_code == 409
    second.post(f"{page}izin/{row.pk}/", {"jawaban": "izinkan"})
    assert f'data-item="{item}"' in client.get(page).content.decode()
    sent = {"sha": SHA, "size": "900", "items": f'[["{item}", "{OTHER}"]]'}
    for wrong in ({"items": "x"}, {"items": "[1]"}, {"size": ""}, {"sha": ""}):
        assert client.post(f"{page}susun/", {**sent, **wrong}).status_code == 409
    assert client.post(f"{page}susun/", sent).json() == {"to": f"{page}1/cetak/"}
    assert client.post(f"{page}1/serah/", {}).status_code == 422
    client.post(f"{page}1/serah/", {"receiver": "court"})
    assert [one.step for one in Custody.objects.all()] == ["made", "handed"]
