"""A case that goes to another office and one that comes: agreed, compared by voice, ours until taken."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.cases import openers, queries, rules, transfers
from teduh.cases.actions import add_person, ask_merge, break_glass, recovery
from teduh.cases.actions import transferring as actions
from teduh.cases.actions.opening import IncidentFacts, PersonFacts
from teduh.cases.models import Arrival, Case, PeerOffice, Transfer
from teduh.cases.words import (
    ClosureReason,
    ConsentBy,
    ConsentHow,
    GlassReason,
    MergeReason,
    Opening,
    ReopenReason,
    State,
    TransferState,
)
from teduh.lib.timing import begin_of, local_day
from teduh.sop.models import Promise
from teduh.sop.queries import running_of
from teduh.sop.words import Band, Ended
from teduh.tickets.models import Ticket
from teduh.tickets.words import Stage
from teduh.vault import demo, peers, suite
from teduh.vault import office as making
from teduh.vault.envelope import sign_statement
from teduh.vault.packages import SignedStatement, b64, unb64
from teduh.vault.rules import Refused
from tests.factories import signed_in
from tests.factories.cases import (
    AT,
    CARD,
    CaseOffice,
    a_report,
    assessed,
    case_code,
    case_office,
    opened,
    planned,
    sealed_item,
)
from tests.vectors.transfer import THEIRS, Office, slice_file

pytestmark = pytest.mark.django_db
DAY = local_day(AT)
OURS = settings.TEDUH_INSTANCE
CONSENT = actions.Consent(ConsentBy.SELF, ConsentHow.SPOKEN, DAY)
CODE = "ALH-7K2M-9QXR"
CMP = b64(bytes(32))


@pytest.fixture
def office() -> CaseOffice:
    """A team with keys; its supervisor can sign too."""
    made = case_office()
    making.member_keys(made.supervisor.code, demo.seed, DAY)
    return made


def signed(member: str, label: str, body: bytes) -> SignedStatement:
    """What a member's browser signs."""
    return SignedStatement(body, sign_statement(demo.seed(f"sign:{member}"), label, body))


def kid_of(member: str) -> str:
    """The name of a member's signing key."""
    return making.kid_of(
        f"tanda-{member}", suite.sha256(suite.sign_public(demo.seed(f"sign:{member}")))
    )


def met(office: CaseOffice, other: Office | None = None) -> PeerOffice:
    """Another office whose card melati kept."""
    text = json.dumps((other or Office(THEIRS)).card.as_json())
    return actions.meet_peer(by=office.melati, text=text, at=AT)


def word(office: CaseOffice, peer: PeerOffice, /, **other: Any) -> SignedStatement:
    """The supervisor's word about an office."""
    code = office.supervisor.code
    said = {"inst": OURS, "peer": peer.inst, "root": bytes(peer.root), "by": kid_of(code)}
    return signed(code, peers.PEER, peers.approval(**said | other))


def known(office: CaseOffice) -> PeerOffice:
    """The same, approved."""
    peer = met(office)
    actions.approve_peer(by=office.supervisor, peer=peer, statement=word(office, peer), at=AT)
    return PeerOffice.objects.get(pk=peer.pk)


def leaving(peer: PeerOffice, **other: Any) -> actions.Leaving:
    """What the browser says about a slice."""
    return replace(actions.Leaving(peer, CODE, CMP, ["person", "story"], CONSENT), **other)


def send(office: CaseOffice, case: Case, peer: PeerOffice, **other: Any) -> Transfer:
    """Melati seals a slice."""
    return actions.send_case(by=office.melati, case=case, leaving=leaving(peer, **other), at=AT)


def receipt(code: str = CODE, cmp: str = CMP, **other: Any) -> str:
    """The receipt file of the other office."""
    there = Office(THEIRS)
    by = there.member["kid"]
    said = {"inst": THEIRS, "to": OURS, "code": code, "cmp": cmp, "day": str(DAY), "by": by}
    told = there.says(peers.RECEIPT, peers.receipt(**said | other))
    return peers.receipt_file(told, by, suite.sign_public(there.seed), there.package)


def test_an_office_counts_once_a_supervisor_has_heard_its_code(office: CaseOffice) -> None:
    peer = met(office)
    assert transfers.approved() == []
    with pytest.raises(Forbidden):
        actions.approve_peer(by=office.melati, peer=peer, statement=word(office, peer), at=AT)
    for wrong in ({"root": bytes(32)}, {"peer": "kota-tiga"}, {"inst": THEIRS}, {"by": "x"}):
        with pytest.raises(Refused):
            statement = word(office, peer, **wrong)
            actions.approve_peer(by=office.supervisor, peer=peer, statement=statement, at=AT)
    actions.approve_peer(by=office.supervisor, peer=peer, statement=word(office, peer), at=AT)
    assert [one.inst for one in transfers.approved()] == [THEIRS]
    with pytest.raises(rules.WrongMove):
        actions.approve_peer(by=office.supervisor, peer=peer, statement=word(office, peer), at=AT)
    verbs = Row.objects.filter(subject=THEIRS).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["case.peer_met", "case.peer_approved"]


def test_it_takes_two_people_and_the_database_holds_it(office: CaseOffice) -> None:
    text = json.dumps(Office(THEIRS).card.as_json())
    peer = actions.meet_peer(by=office.supervisor, text=text, at=AT)
    with pytest.raises(rules.SameHand):
        actions.approve_peer(by=office.supervisor, peer=peer, statement=word(office, peer), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        PeerOffice.objects.update(approved_by=office.supervisor)


def test_a_newer_card_needs_no_new_word_but_another_root_is_refused(office: CaseOffice) -> None:
    known(office)
    assert met(office).approved_by == office.supervisor
    other = Office(THEIRS)
    other.root = suite.sha256(b"another root")
    other.package = other._package()
    with pytest.raises(rules.OtherRoot):
        met(office, other)
    with pytest.raises(Refused, match="inst"):
        met(office, Office(OURS))
    assert PeerOffice.objects.count() == 1


def test_an_older_card_never_takes_the_place_of_a_newer_one(office: CaseOffice) -> None:
    newer, older = Office(THEIRS), Office(THEIRS)
    newer.serial = 4
    newer.package = newer._package()
    peer = met(office, newer)
    for _approved in range(2):
        with pytest.raises(rules.OlderCard):
            met(office, older)
        file = SimpleUploadedFile("k.teduh", json.dumps(older.card.as_json()).encode())
        with time_machine.travel(AT, tick=False):
            client = signed_in(Client(), office.melati)
            page = client.post("/kantor/kasus/kantor-lain/", {"berkas": file})
        assert "yang lebih baru sudah disimpan" in page.content.decode()
        assert PeerOffice.objects.get().card == peer.card
        if not PeerOffice.objects.get().approved_by_id:
            word_of = word(office, peer)
            actions.approve_peer(by=office.supervisor, peer=peer, statement=word_of, at=AT)
    assert met(office, newer).card == peer.card


def test_a_code_of_another_transfer_is_said_and_nothing_is_noted(office: CaseOffice) -> None:
    peer = known(office)
    send(office, opened(office), peer)
    second = opened(office)
    with pytest.raises(rules.CodeTaken):
        send(office, second, peer)
    sent = {
        "kantor": THEIRS,
        "code": CODE,
        "cmp": CMP,
        "bagian": "person",
        "consent_by": "self",
        "consent_how": "spoken",
        "consent_day": str(DAY),
    }
    with time_machine.travel(AT, tick=False):
        client = signed_in(Client(), office.melati)
        answer = client.post(f"/kantor/kasus/{second.code}/limpah/", sent)
    assert (answer.status_code, "sudah dipakai" in answer.json()["message"]) == (409, True)
    assert Transfer.objects.count() == 1


def test_what_was_sealed_for_another_office_stays_ours_with_every_clock(office: CaseOffice) -> None:
    case, peer = opened(office), known(office)
    before = {row.pk: row.due_at for row in running_of(case.code)}
    row = send(office, case, peer)
    case.refresh_from_db()
    assert (case.state, row.state) == (State.OPEN, TransferState.SENT)
    assert {one.pk: one.due_at for one in running_of(case.code)} == before
    line = Row.objects.get(verb="case.sent")
    told = {"office": THEIRS, "parts": "person,story", "consent": "self"}
    assert json.loads(line.detail) == told
    assert Opening.SENT.label in [one.what for one in openers.of_case(case)]  # she may be told
    with pytest.raises(rules.WrongMove):  # one at a time
        send(office, case, peer, code="ALH-0000-0001")
    with pytest.raises(rules.WrongMove):
        ask_merge(
            by=office.melati, case=opened(office), into=case, reason=MergeReason.SHE_SAID, at=AT
        )
    with pytest.raises(rules.WrongMove):
        recovery.ask_closure(
            by=office.melati, case=case, reason=ClosureReason.MOVED, items=[], at=AT
        )
    actions.withdraw_transfer(by=office.melati, case=case, at=AT)
    assert Transfer.objects.get().state == TransferState.WITHDRAWN
    with pytest.raises(rules.WrongMove):
        actions.confirm_transfer(by=office.melati, case=case, text=receipt(), at=AT)
    assert send(office, case, peer, code="ALH-0000-0001").state == TransferState.SENT


def test_without_consent_nothing_leaves(office: CaseOffice) -> None:
    peer, adult = known(office), opened(office)
    guardian = replace(CONSENT, by=ConsentBy.GUARDIAN)
    later = replace(CONSENT, day=DAY + timedelta(days=1))
    child = opened(office, person=PersonFacts(age_band="13-17"))
    accused = opened(
        office, a_report(office.team, relation="parent"), person=PersonFacts(age_band="13-17")
    )
    for case, consent in ((adult, guardian), (adult, later), (accused, guardian)):
        with pytest.raises(rules.NoConsent):
            send(office, case, peer, consent=consent)
    assert send(office, child, peer, consent=guardian).consent_by == "guardian"


def test_an_office_nobody_vouched_for_gets_nothing(office: CaseOffice) -> None:
    case = opened(office)
    with pytest.raises(rules.WrongMove):
        send(office, case, met(office))
    with pytest.raises(Forbidden):
        actions.send_case(by=office.outsider, case=case, leaving=leaving(known(office)), at=AT)
    assert not Transfer.objects.exists()


def test_an_opening_in_need_carries_nothing_out(office: CaseOffice) -> None:
    case, peer = opened(office), known(office)
    break_glass(by=office.outsider, case=case, reason=GlassReason.DANGER, at=AT)
    with pytest.raises(Forbidden):
        actions.send_case(by=office.outsider, case=case, leaving=leaving(peer), at=AT)
    send(office, case, peer)
    with pytest.raises(Forbidden):
        actions.confirm_transfer(by=office.outsider, case=case, text=receipt(), at=AT)
    with pytest.raises(Forbidden):
        actions.withdraw_transfer(by=office.outsider, case=case, at=AT)
    assert Transfer.objects.get().state == TransferState.SENT


def test_the_receipt_closes_the_case_here_and_tells_her_ticket(office: CaseOffice) -> None:
    report = a_report(office.team, door="self")
    case = opened(office, report)
    send(office, case, known(office))
    for text in (receipt(code="ALH-0000-0001"), receipt(cmp="x" * 43), receipt(to="kota-tiga")):
        with pytest.raises(Refused, match="place"):
            actions.confirm_transfer(by=office.melati, case=case, text=text, at=AT)
    with pytest.raises(Refused):
        actions.confirm_transfer(by=office.melati, case=case, text=receipt()[:-40], at=AT)
    assert Case.objects.get().state == State.OPEN
    case = actions.confirm_transfer(by=office.melati, case=case, text=receipt(), at=AT)
    assert (case.state, case.closed_for) == (State.TRANSFERRED, "transferred")
    assert set(Promise.objects.filter(subject=case.code).values_list("ended", flat=True)) == {
        Ended.ELSEWHERE
    }
    assert Ticket.objects.get().stage == Stage.PASSED_ON
    with pytest.raises(rules.WrongMove):  # once
        actions.confirm_transfer(by=office.melati, case=case, text=receipt(), at=AT)
    again = recovery.reopen(by=office.melati, case=case, reason=ReopenReason.ASKED, at=AT)
    assert again.state == State.REOPENED


def arriving(office: CaseOffice, **other: Any) -> actions.Arriving:
    """A slice of the other office, opened by melati."""
    file, cmp = slice_file(Office(THEIRS), Office(OURS))
    code, by = case_code(), kid_of("melati")
    body = peers.receipt(inst=OURS, to=THEIRS, code=CODE, cmp=cmp, day=str(DAY), by=by)
    told = actions.Arriving(
        head=json.dumps({name: file[name] for name in file if name not in {"wrap", "items"}}),
        receipt=signed("melati", peers.RECEIPT, body),
        consent=CONSENT,
        code=code,
        team=office.team.code,
        band=Band.HIGH,
        person=PersonFacts(sex="P", age_band="13-17"),
        incident=IncidentFacts(main_kind="sexual", day=DAY),
        made=demo.make_case(subject=code, team=office.team.code, member="melati"),
        items=(),
    )
    return replace(told, **other)


def test_what_another_office_sent_becomes_a_case_whose_clocks_begin_here(
    office: CaseOffice,
) -> None:
    known(office)
    case = actions.take_in(by=office.melati, arriving=arriving(office), at=AT)
    assert (case.state, case.band, case.child, case.manager) == (
        "open",
        "high",
        True,
        office.melati,
    )
    promised = {row.step: row.began_at for row in running_of(case.code)}
    assert {"risk_assessment", "rights_told", "police_told", "visum_examination"} <= set(promised)
    assert promised.pop("visum_window") == begin_of(DAY)  # counted from the violence, wherever
    assert set(promised.values()) == {AT}
    row = Arrival.objects.get()
    assert (row.code, row.peer.inst, row.consent_by) == (CODE, THEIRS, "self")
    file = transfers.receipt_of(row)
    _file, cmp = slice_file(Office(THEIRS), Office(OURS))
    peers.check_receipt(
        file,
        root=unb64(settings.TEDUH_ROOT_PUBLIC),
        inst=THEIRS,
        peer=OURS,
        code=CODE,
        cmp=cmp,
        day=DAY,
    )
    with pytest.raises(rules.ArrivedAlready, match=case.code):
        actions.take_in(by=office.melati, arriving=arriving(office), at=AT)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("days", "runs"), [(2, True), (4, False)])
def test_the_hours_since_the_violence_go_on_only_while_they_are_not_over(
    office: CaseOffice,
    days: int,
    runs: bool,  # noqa: FBT001
) -> None:
    known(office)
    incident = IncidentFacts(main_kind="sexual", day=DAY - timedelta(days=days))
    case = actions.take_in(by=office.melati, arriving=arriving(office, incident=incident), at=AT)
    assert ("visum_window" in {row.step for row in running_of(case.code)}) == runs


def test_a_file_that_is_not_for_us_or_not_theirs_becomes_no_case(office: CaseOffice) -> None:
    with pytest.raises(rules.WrongMove):  # nobody vouched for them
        actions.take_in(by=office.melati, arriving=arriving(office), at=AT)
    known(office)
    file, _cmp = slice_file(Office(THEIRS), Office(OURS))
    elsewhere, _other = slice_file(Office(THEIRS), Office("kota-tiga"))
    right = arriving(office)
    for change in (
        {"head": json.dumps(elsewhere)},
        {"head": json.dumps(file | {"code": "ALH-0000-0000"})},
        {"head": json.dumps(file | {"package": Office(OURS).package})},
        {"receipt": replace(right.receipt, sig=bytes(64))},
        {"receipt": signed("melati", peers.RECEIPT, b"{}")},
        {"made": ()},
    ):
        with pytest.raises(Refused):
            actions.take_in(by=office.melati, arriving=replace(right, **change), at=AT)
    with pytest.raises(Forbidden):
        actions.take_in(by=office.supervisor, arriving=replace(right, team="lain"), at=AT)
    assert not Case.objects.exists()
    assert not Arrival.objects.exists()


@time_machine.travel(AT, tick=False)
def test_the_parts_that_may_leave_are_those_that_are_there(office: CaseOffice) -> None:
    case = planned(office)
    assessed(office, case)
    client = signed_in(Client(), office.melati)
    path = f"/kantor/kasus/{case.code}/limpah/"
    assert "data-slice" not in client.get(path).content.decode()
    known(office)
    accused, items = PersonFacts(role="accused"), [sealed_item(case, CARD)]
    add_person(by=office.melati, case=case, facts=accused, items=items, at=AT)
    shown = client.get(path).content.decode()
    for part in ("story", "others", "risk", "wishes", "goals", "way"):
        assert f'name="bagian" value="{part}"' in shown
    for part in ("person", "safety"):  # nobody has written them
        assert f'name="bagian" value="{part}"' not in shown


@time_machine.travel(AT, tick=False)
def test_the_pages_say_what_is_wrong_and_keep_what_was_chosen(office: CaseOffice) -> None:
    melati, seroja = (signed_in(Client(), one) for one in (office.melati, office.supervisor))
    at = "/kantor/kasus/kantor-lain/"
    own = melati.get(f"{at}kartu/").content
    for wrong in (b"", b"{}", own, b"x" * (peers.FILE_MOST + 1)):
        answer = melati.post(at, {"berkas": SimpleUploadedFile("kartu.teduh", wrong)})
        assert answer.status_code == 409
    card = json.dumps(Office(THEIRS).card.as_json()).encode()
    assert melati.post(at, {"berkas": SimpleUploadedFile("k.teduh", card)}).status_code == 302
    assert Office(THEIRS).card.name in seroja.get(at).content.decode()
    assert peers.print_of(THEIRS, Office(THEIRS).root_public) in seroja.get(at).content.decode()
    peer = PeerOffice.objects.get()
    assert seroja.post(f"{at}{peer.pk}/setuju/", {"made": "x"}).status_code == 409
    told = word(office, peer)
    made = json.dumps({"body": b64(told.body), "sig": b64(told.sig)})
    assert seroja.post(f"{at}{peer.pk}/setuju/", {"made": made}).status_code == 302
    case = opened(office)
    path = f"/kantor/kasus/{case.code}/limpah/"
    sent = {"kantor": THEIRS, "bagian": "story", "code": CODE, "cmp": CMP}
    agreed = {"consent_by": "self", "consent_how": "spoken", "consent_day": str(DAY)}
    assert melati.post(path, sent).status_code == 422
    assert melati.post(path, sent | agreed | {"kantor": "kota-tiga"}).status_code == 422
    assert melati.post(path, sent | agreed | {"cmp": "x"}).status_code == 409
    assert melati.post(path, sent | agreed).status_code == 200
    assert melati.post(path, sent | agreed).status_code == 409
    assert CODE in melati.get(f"/kantor/kasus/{case.code}/").content.decode()
    answer = melati.post(f"{path}diterima/", {"berkas": SimpleUploadedFile("t", b"{}")})
    assert answer.status_code == 409
    file = SimpleUploadedFile("t.teduh", receipt().encode())
    assert melati.post(f"{path}diterima/", {"berkas": file}).status_code == 302
    assert queries.one(office.melati, case.code).state == State.TRANSFERRED  # type: ignore[union-attr]
    assert melati.post(f"{path}batal/").status_code == 409


@time_machine.travel(AT, tick=False)
def test_a_case_that_came_shows_from_where_and_gives_its_receipt(office: CaseOffice) -> None:
    known(office)
    melati = signed_in(Client(), office.melati)
    assert THEIRS in melati.get("/kantor/kasus/terima/").content.decode()
    case = actions.take_in(by=office.melati, arriving=arriving(office), at=AT)
    assert CODE in melati.get(f"/kantor/kasus/{case.code}/").content.decode()
    answer = melati.get(f"/kantor/kasus/{case.code}/tanda-terima/")
    assert f"{CODE}-diterima.teduh" in answer["Content-Disposition"]
    assert json.loads(answer.content)["kind"] == peers.TAKEN
    other = opened(office)
    assert melati.get(f"/kantor/kasus/{other.code}/tanda-terima/").status_code == 404
