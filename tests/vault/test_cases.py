"""Compartments of cases: kept as an officer's browser made them, refused, handed out, forgotten."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.audit.models import Row
from teduh.lib.actors import COMMAND
from teduh.vault import actions, demo, queries, rules, units
from teduh.vault import office as making
from teduh.vault.envelope import Place, Words, make_compartment, seal, sign_statement
from teduh.vault.models import Compartment, Envelope, PublicKey, UnitKey
from teduh.vault.packages import MadeCompartment, SealedItem, b64, compact, read_made, unb64
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, TeamFactory
from tests.vault.reports import AT, DAY, TICKET, Office, keep, opened, read, sealed

pytestmark = pytest.mark.django_db
CASE, OTHER = "KSS-7K2M-9QXR", "KSS-0000-0001"
CARD = '{"name":"Contoh Mawar"}'
Made = tuple[MadeCompartment, ...]


@pytest.fixture
def melati(office: Office) -> Member:
    """The member of the assessment team whose keys the office made."""
    return MemberFactory(code="melati", role="officer", team=TeamFactory(code="asesmen"))


def made_by(member: str = "melati", subject: str = CASE, team: str = "asesmen") -> Made:
    """The compartments of a new case."""
    return demo.make_case(subject=subject, team=team, member=member)


def begin(by: Member, made: Made | None = None, **told: Any) -> None:
    """Open a case."""
    given = {"subject": CASE, "team": "asesmen", "at": AT, **told}
    actions.open_subject(by=by, made=made or made_by(subject=str(given["subject"])), **given)


def item_of(what: str = "cases.person.card", subject: str = CASE, text: str = CARD) -> SealedItem:
    """Something melati wrote into a case that stands."""
    told = {"subject": subject, "team": "asesmen", "member": "melati"}
    return demo.seal_for_case(**told, what=what, text=text, at=AT)


def write(by: Member, *items: SealedItem, subject: str = CASE) -> None:
    """Keep items of a case."""
    actions.keep_items(by=by.actor, subject=subject, items=items, at=AT)


def as_sent(made: Made) -> str:
    """The form field in which a browser sends compartments."""
    return json.dumps(
        [
            {
                "d": b64(one.d),
                "by": one.by,
                "sig": b64(one.sig),
                "wraps": [{"kid": wrap.kid, "w": b64(wrap.w)} for wrap in one.wraps],
            }
            for one in made
        ]
    )


def test_a_case_opens_for_its_team_and_what_was_written_is_read(
    office: Office, melati: Member
) -> None:
    made = made_by()
    assert read_made(as_sent(made)) == made
    begin(melati, made)
    write(melati, item_of(), item_of("cases.risk.answers", text="[]"))
    bundle = actions.hand_out(by=melati, subject=CASE, at=AT)
    assert [one.comp for one in bundle.compartments] == list(rules.NEW_CASE)
    assert [(one.by, one.sig) for one in bundle.compartments] == [(m.by, m.sig) for m in made]
    signer = dict(bundle.signers)[office.signer("melati").kid]
    assert read(bundle, "cases.person.card", office.team_seed("asesmen"), signer) == CARD
    assert list(
        Row.objects.filter(subject=CASE).order_by("number").values_list("verb", flat=True)
    ) == [
        "vault.case_made",
        "vault.item_kept",
        "vault.item_kept",
        "vault.read",
    ]


def test_a_page_hands_out_the_keys_of_those_alone_who_signed_what_it_shows(
    office: Office, melati: Member
) -> None:
    keep(sealed())
    begin(melati)
    write(melati, item_of())
    case, ticket = actions.hand_out_each(by=melati, subjects=[CASE, TICKET], at=AT)
    assert PublicKey.objects.filter(kind="sign").count() > 1
    assert [kid for kid, _key in case.signers] == [office.signer("melati").kid]
    assert ticket.signers == ()


def test_a_page_may_ask_for_some_compartments_and_another_team_opens_none(melati: Member) -> None:
    begin(melati)
    write(melati, item_of(), item_of("cases.note.text", text="Contoh."))
    some = actions.hand_out(by=melati, subject=CASE, at=AT, comps=["work"])
    assert ([one.comp for one in some.compartments], [i.what for i in some.items]) == (
        ["work"],
        ["cases.note.text"],
    )
    foreign = queries.office_bundle(CASE, {"pendampingan"})
    assert [one.wraps for one in foreign.compartments] == [()] * len(rules.NEW_CASE)


def test_a_case_that_has_no_compartments_yet_names_whom_to_seal_to(melati: Member) -> None:
    bundle = queries.case_to_make(CASE, "asesmen")
    assert bundle.epoch
    assert bundle.recovery
    assert [bundle.epoch[0].split("-")[1], bundle.recovery[0].split(".")[0]] == [
        "asesmen",
        "pemulihan",
    ]
    with pytest.raises(Refused, match="no keys"):
        queries.case_to_make(CASE, "tidak-ada")


def _said(made: Made, **said: object) -> Made:
    """The first compartment says something else, and its maker signs that."""
    seed = demo.seed("sign:melati")
    told = {**made[0].said, **said}
    d = compact(told)
    sig = sign_statement(seed, "teduh/v1/desc", d)
    return (replace(made[0], d=d, sig=sig, said=told), *made[1:])


def _wrapped(made: Made, **changed: Any) -> Made:
    """The first wrap of the first compartment is another one."""
    first, *rest = made[0].wraps
    return (replace(made[0], wraps=(replace(first, **changed), *rest)), *made[1:])


def _one_elsewhere(made: Made) -> Made:
    """One compartment is sealed to the other team."""
    foreign = made_by(team="pendampingan")
    return (foreign[0], *made[1:])


WRONG: dict[str, tuple[Callable[[Made], Made], str]] = {
    "one short": (lambda m: m[1:], "compartments"),
    "one twice": (lambda m: (*m[1:], m[1]), "compartments"),
    "with a chat": (lambda m: _said(m, comp="chat"), "compartments"),
    "signed by nobody": (lambda m: (replace(m[0], sig=bytes(64)), *m[1:]), "signature"),
    "in a colleague's name": (lambda _m: made_by("cempaka"), "signature"),
    "of another case": (lambda _m: made_by(subject=OTHER), "descriptor"),
    "of a ticket": (lambda m: _said(m, subject=TICKET), "descriptor"),
    "of another office": (lambda m: _said(m, inst="kota-lain"), "descriptor"),
    "of a later generation": (lambda m: _said(m, gen=2), "descriptor"),
    "of another suite": (lambda m: _said(m, suite=2), "descriptor"),
    "without commitment": (lambda m: _said(m, kc="AA"), "descriptor"),
    "sealed to another team": (lambda _m: made_by(team="pendampingan"), "readers"),
    "sealed to two teams": (_one_elsewhere, "readers"),
    "sealed to a stranger": (lambda m: _wrapped(m, kid="tim-asesmen-202611.00000000"), "readers"),
    "without recovery": (lambda m: (replace(m[0], wraps=m[0].wraps[:1]), *m[1:]), "recovery"),
    "with one more reader": (
        lambda m: (replace(m[0], wraps=(*m[0].wraps, replace(m[0].wraps[0], kid="x"))), *m[1:]),
        "readers",
    ),
}


@pytest.mark.parametrize(("change", "reason"), WRONG.values(), ids=WRONG)
def test_compartments_that_are_not_those_of_this_case_are_refused(
    melati: Member, change: Callable[[Made], Made], reason: str
) -> None:
    with pytest.raises(Refused, match=f"^{reason}$"):
        begin(melati, change(made_by()))
    assert not Compartment.objects.exists()
    assert not UnitKey.objects.filter(unit__contains=CASE).exists()
    assert not Row.objects.filter(subject=CASE).exists()


@pytest.mark.parametrize("text", ["", "{", "1", "[1]", '[{"d":"","by":"","sig":"","wraps":[]}]'])
def test_compartments_of_the_wrong_shape_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_made(text)


def test_a_case_is_opened_once_by_a_member_of_the_team_and_is_no_ticket(melati: Member) -> None:
    with pytest.raises(Forbidden):
        begin(melati, team="pendampingan")
    with pytest.raises(Refused, match="subject"):
        begin(melati, subject=TICKET)
    begin(melati)
    with pytest.raises(Refused, match="again"):
        begin(melati)


def test_the_epoch_before_is_taken_for_seven_days(office: Office, melati: Member) -> None:
    made = made_by()
    later = AT + timedelta(days=3)
    boxes = {"melati": bytes(PublicKey.objects.get(kind="member", owner="melati").public)}
    making.start_epoch("asesmen", boxes, demo.seed("new"), later.date())
    making.sign_manifest("melati", demo.seed("sign:melati"), demo.seed("root"), later.date())
    with pytest.raises(Refused, match="readers"):
        begin(melati, made, at=later + timedelta(days=8))
    begin(melati, made, at=later + timedelta(days=7))


def _in(comp: str, subject: str, what: str, gen: int = 1) -> SealedItem:
    """An item in a compartment that nobody keeps."""
    into = make_compartment(Place("tanjungpinang", subject, comp), gen)
    return seal(into, Office().signer("melati"), Words(what, 0, "staff", DAY, "pow2-4k"), b"x")


def test_an_item_of_another_case_compartment_or_kind_is_refused(
    office: Office, melati: Member
) -> None:
    begin(melati)
    begin(melati, subject=OTHER)
    keep(sealed())
    note = "cases.note.text"
    for item, reason in [
        (item_of(subject=OTHER), "place"),
        (_in("identity", CASE, "cases.person.card"), "place"),
        (_moved(note, "identity"), "place"),
        (_moved("cases.unknown.text", "work"), "place"),
        (_moved("intake.report.name", "identity"), "place"),
        (replace(item_of(), sig=bytes(64)), "signature"),
    ]:
        with pytest.raises(Refused, match=f"^{reason}$"):
            write(melati, item_of(note), item)
    with pytest.raises(Refused, match="items"):
        write(melati, item_of(), subject=TICKET)
    with pytest.raises(Refused, match="place"):
        told = {"subject": TICKET, "comp": "identity", "item": _moved_into_ticket()}
        actions.keep_item(by=melati.actor, at=AT, **told)
    assert not Envelope.objects.filter(compartment__subject__in=[CASE, OTHER]).exists()


def _moved(what: str, comp: str) -> SealedItem:
    bundle = queries.office_bundle(CASE, {"asesmen"})
    into = opened(bundle, comp, Office().team_seed("asesmen"))
    return seal(into, Office().signer("melati"), Words(what, 0, "staff", DAY, "pow2-4k"), b"x")


def _moved_into_ticket() -> SealedItem:
    into = opened(
        queries.office_bundle(TICKET, {"asesmen"}), "identity", demo.seed("epoch:asesmen")
    )
    words = Words("cases.person.card", 0, "staff", DAY, "pow2-4k")
    return seal(into, Office().signer("melati"), words, b"x")


def test_the_same_item_comes_once_and_an_older_generation_takes_no_more(melati: Member) -> None:
    begin(melati)
    item = item_of()
    with pytest.raises(Refused, match="again"):
        write(melati, item, item)
    write(melati, item)
    with pytest.raises(Refused, match="again"):
        write(melati, item)
    row = Compartment.objects.get(subject=CASE, comp="identity")
    late = item_of()
    Compartment.objects.create(subject=CASE, comp="identity", gen=2, d=row.d, cmp="x", sig=b"")
    with pytest.raises(Refused, match="generation"):
        write(melati, late)


def test_the_newest_item_of_a_kind_is_the_current_one(melati: Member) -> None:
    begin(melati)
    assert queries.newest(CASE, "cases.person.card") == ""
    first, second = item_of(), item_of(text='{"name":"Contoh Kenanga"}')
    write(melati, first)
    write(melati, second, item_of("cases.note.text"))
    assert queries.newest(CASE, "cases.person.card") == second.item
    assert queries.newest(CASE, "cases.person.card", [first.item]) == first.item
    current = queries.office_bundle(CASE, {"asesmen"}).newest("cases.person.card")
    assert current
    assert current.item == second.item
    assert queries.office_bundle(CASE, {"asesmen"}).newest("cases.goal.text") is None


def test_a_forgotten_case_opens_for_nobody(
    melati: Member, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    begin(melati)
    write(melati, item_of())
    assert units.find_many(actions.units_covering(CASE))
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(by=COMMAND, subject=CASE, at=AT)
    assert not units.find_many(actions.units_covering(CASE))
    assert not any(one.wraps for one in queries.office_bundle(CASE, {"asesmen"}).compartments)
    with pytest.raises(Refused, match="again"):
        begin(melati, made_by())


def test_a_longer_case_takes_no_more_queries(
    melati: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begin(melati)
    for number in (1, 2):
        write(melati, *(item_of("cases.note.text", text=str(n)) for n in range(3 * number)))
        with django_assert_num_queries(5):
            queries.office_bundle(CASE, {"asesmen"})


RISK, TOLD = "cases.risk.answers", {"score": "3", "final": "high"}


def vouch(by: Member, item: SealedItem, statement: str, subject: str = CASE, **told: str) -> None:
    """Check what a member says about an item."""
    actions.check_vouched(by=by, subject=subject, item=item, told=TOLD | told, statement=statement)


def test_what_is_told_openly_about_an_item_is_signed_by_who_sealed_it(
    office: Office, melati: Member
) -> None:
    begin(melati)
    item, other = item_of(RISK, text="{}"), item_of(RISK, text="{}")
    signed = demo.vouch(subject=CASE, member="melati", item=item, told=TOLD)
    vouch(melati, item, signed)
    forged = json.loads(signed) | {"sig": b64(bytes(64))}
    body = json.loads(signed)["body"]
    plain = demo.sign_statement(demo.seed("sign:melati"), "teduh/v1/accept", unb64(body))
    for refused in (
        lambda: vouch(melati, item, signed, final="low"),
        lambda: vouch(melati, item, signed, more="x"),
        lambda: vouch(melati, other, signed),
        lambda: vouch(melati, item, signed, subject=OTHER),
        lambda: vouch(melati, item, json.dumps(forged)),
        lambda: vouch(melati, item, json.dumps({"body": body, "sig": b64(plain)})),
        lambda: vouch(melati, item, ""),
        lambda: vouch(MemberFactory(code="kenanga"), item, signed),
        lambda: vouch(melati, item_of(), signed),
    ):
        with pytest.raises(Refused):
            refused()
