"""What a partner reads again of what they filed: exactly their own words, for so long, and no later ones."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from teduh.access.models import Conflict, Member, Team
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind
from teduh.audit.models import Row
from teduh.config import backup
from teduh.intake.answers import Answers
from teduh.intake.channels.referral import actions
from teduh.intake.channels.referral.models import Filing
from teduh.intake.channels.referral.words import Agreed, Paper
from teduh.intake.models import Report
from teduh.lib.actors import CLOCK, reporter
from teduh.vault import actions as vault
from teduh.vault import demo, office, ownwords, queries, suite, units, without_script
from teduh.vault.bundles import Bundle
from teduh.vault.envelope import (
    Compartment,
    Place,
    Words,
    open_item,
    seal,
    sign_statement,
    unwrap,
    wrap,
)
from teduh.vault.keywork import NewWrap
from teduh.vault.models import OwnWrap, PublicKey
from teduh.vault.ownwords import SealedOwn
from teduh.vault.packages import SealedItem, SealedPackage, SignedStatement, b64, compact, header_of
from teduh.vault.reporter import keys, relay, stretched
from teduh.vault.rules import OWN_WORDS_DAYS, Refused, kid_of
from tests.factories import AgencyFactory, MemberFactory, TeamFactory, signed_in
from tests.factories.reports import (
    AT,
    CODE,
    DAY,
    STORY,
    filed_package,
    keys_for,
    report_as_field,
    sign_list,
)

pytestmark = pytest.mark.django_db
NAME = "intake.report.name"
WRITTEN = {NAME: "Contoh Nama", STORY: "Contoh cerita."}
LAST_DAY = AT + timedelta(days=OWN_WORDS_DAYS - 1)


@pytest.fixture
def team() -> Team:
    made = TeamFactory(code="asesmen")
    keys_for(made)
    return made


@pytest.fixture
def police() -> Member:
    return with_keys(
        MemberFactory(role="partner_officer", agency=AgencyFactory(kind=AgencyKind.POLICE))
    )


def with_keys(member: Member) -> Member:
    """The same member, whose box and signature the list names."""
    office.member_keys(member.code, demo.seed, DAY)
    sign_list()
    return member


def kid(member: Member, kind: str = "member") -> str:
    return PublicKey.objects.get(kind=kind, owner=member.code).kid


def opened(package: SealedPackage, team: Team) -> dict[str, Compartment]:
    """The compartments of a package by name, as the browser that made them holds them."""
    found = {}
    for one in package.compartments:
        sealed = next(w for w in one.wraps if w.kid.startswith("tim-"))
        place = Place(settings.TEDUH_INSTANCE, package.ticket, str(one.said["comp"]))
        seed = suite.sha256(team.code.encode())
        found[place.comp] = unwrap(one.d, sealed.kid, sealed.w, seed, place)
    return found


def own_of(
    one: Compartment, package: SealedPackage, to: Member, by: Member | None = None
) -> SealedOwn:
    """A compartment wrapped to somebody, its items said to be theirs by them, or by `by`."""
    author, items = by or to, [item for item in package.items if item.said["cmp"] == one.cmp]
    seed = demo.seed(f"sign:{author.code}")
    said = ownwords.body(
        inst=settings.TEDUH_INSTANCE,
        subject=package.ticket,
        cmp=one.cmp,
        items=items,
        to=kid(to),
        by=kid_of(f"tanda-{author.code}", suite.sha256(suite.sign_public(seed))),
    )
    public = bytes(PublicKey.objects.get(kid=kid(to)).public)
    made = NewWrap(one.cmp, kid(to), wrap(one, kid(to), public))
    return SealedOwn(made, SignedStatement(said, sign_statement(seed, ownwords.LABEL, said)))


def own_words(package: SealedPackage, team: Team, to: Member) -> list[SealedOwn]:
    """Name and story, as the browser of who files wraps them."""
    parts = opened(package, team)
    return [own_of(parts[comp], package, to) for comp in ("identity", "narrative")]


def filed(
    team: Team, by: Member, package: SealedPackage, words: list[SealedOwn] | None = None
) -> Report:
    return actions.file_on_behalf(
        by=by,
        told=actions.Told(Paper.POLICE, Agreed.HERSELF, "LP/1", {}),
        answers=Answers(door="self"),
        package=package,
        rights_version="2026-01-01",
        at=AT,
        words=own_words(package, team, by) if words is None else words,
    )


def read(by: Member, report: Report) -> Bundle:
    return actions.read_again(by=by, number=report.ticket.number, at=AT)


def texts(bundle: Bundle, by: Member, tanda: bytes) -> dict[str, str]:
    """What somebody's own key opens of a bundle."""
    found = {}
    for one in bundle.compartments:
        ((name, wrapped),) = one.wraps
        place = Place(bundle.inst, bundle.subject, one.comp)
        made = unwrap(one.d, name, wrapped, demo.seed(f"box:{by.code}"), place)
        for item in bundle.items:
            if header_of(item.hdr)["cmp"] == made.cmp:
                sealed = SealedItem(item.hdr, item.ct, item.sig, header_of(item.hdr))
                found[item.what] = open_item(made, sealed, item.what, tanda).decode()
    return found


def test_whoever_files_reads_again_exactly_what_they_wrote(team: Team, police: Member) -> None:
    package = filed_package(team, written=WRITTEN)
    report = filed(team, police, package)
    bundle = read(police, report)
    assert texts(bundle, police, package.tanda) == WRITTEN
    assert {one.comp for one in bundle.compartments} == {"identity", "narrative"}
    assert {name for one in bundle.compartments for name, _w in one.wraps} == {kid(police)}
    desk = queries.office_bundle(package.ticket, {team.code})
    assert {name.split("-")[0] for one in desk.compartments for name, _w in one.wraps} == {"tim"}
    verbs = ["vault.own_kept", "vault.own_read"]
    rows = Row.objects.filter(verb__in=verbs, subject=package.ticket).order_by("id")
    assert [(one.verb, one.by_code) for one in rows] == [(verb, police.code) for verb in verbs]


def test_nothing_that_comes_later_lies_where_their_key_reaches(team: Team, police: Member) -> None:
    package = filed_package(team, written=WRITTEN)
    parts, report = opened(package, team), filed(team, police, package)
    before = read(police, report)
    later = without_script.seal_addition(
        ticket=package.ticket,
        code=CODE,
        answers={STORY: "Kata-katanya sendiri.", NAME: "Nama lain"},
        files=[],
        team_code=team.code,
        gen=2,
        at=AT,
    )
    her = reporter(package.ticket)
    vault.add(by=her, addition=later, gen=2, team=team.code, at=AT)
    assert read(police, report) == before
    secret = settings.TEDUH_SERVER_SECRET
    stem = stretched(CODE, settings.TEDUH_INSTANCE, package.ticket)
    author = keys(stem, relay(secret, package.ticket)).author
    for comp, what in (("narrative", STORY), ("identity", NAME)):
        more = seal(parts[comp], author, Words(what, 0, "browser", str(DAY), "pow2-4k"), b"x")
        with pytest.raises(Refused, match=r"^place$"):
            vault.keep_item(by=her, subject=package.ticket, comp=comp, item=more, at=AT)


Given = tuple[SealedPackage, Team, Member, Member]


def _said(one: SealedOwn, **changes: object) -> SealedOwn:
    """Whatever the statement says instead, signed as before it was."""
    body = compact({**json.loads(one.statement.body), **changes})
    return replace(one, statement=replace(one.statement, body=body))


def to_a_colleague(given: Given) -> list[SealedOwn]:
    package, team, _police, colleague = given
    return own_words(package, team, colleague)


def signed_by_a_colleague(given: Given) -> list[SealedOwn]:
    package, team, police, colleague = given
    parts = opened(package, team)
    return [own_of(parts[c], package, police, colleague) for c in ("identity", "narrative")]


def with_files(given: Given) -> list[SealedOwn]:
    package, team, police, _colleague = given
    file = opened(package, team)["file"]
    return [*own_words(package, team, police), own_of(file, package, police)]


def with_the_chat(given: Given) -> list[SealedOwn]:
    package, team, police, _colleague = given
    chat = opened(package, team)["chat"]
    return [*own_words(package, team, police), own_of(chat, package, police)]


def only_one(given: Given) -> list[SealedOwn]:
    return own_words(*given[:3])[:1]


def twice(given: Given) -> list[SealedOwn]:
    first, _second = own_words(*given[:3])
    return [first, first]


def of_another_report(given: Given) -> list[SealedOwn]:
    _package, team, police, _colleague = given
    return own_words(filed_package(team, written=WRITTEN), team, police)


def changed(given: Given) -> list[SealedOwn]:
    return [_said(one, items=[]) for one in own_words(*given[:3])]


def of_fewer_items(given: Given) -> list[SealedOwn]:
    package, team, police, _colleague = given
    parts, less = opened(package, team), replace(package, items=package.items[1:])
    return [own_of(parts[c], less, police) for c in ("identity", "narrative")]


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (to_a_colleague, "readers"),
        (signed_by_a_colleague, "signature"),
        (with_files, "compartments"),
        (with_the_chat, "compartments"),
        (only_one, "compartments"),
        (twice, "compartments"),
        (of_another_report, "compartments"),
        (changed, "signature"),
        (of_fewer_items, "statement"),
    ],
)
def test_anything_but_ones_own_words_to_ones_own_key_is_refused_whole(
    team: Team, police: Member, make: Callable[[Given], list[SealedOwn]], reason: str
) -> None:
    colleague = with_keys(MemberFactory(role="partner_officer", agency=police.agency))
    package = filed_package(team, written=WRITTEN)
    with pytest.raises(Refused, match=f"^{reason}$"):
        filed(team, police, package, make((package, team, police, colleague)))
    assert (Report.objects.count(), Filing.objects.count(), OwnWrap.objects.count()) == (0, 0, 0)


def test_whoever_sits_in_a_team_or_has_a_conflict_is_wrapped_nothing(
    team: Team, police: Member
) -> None:
    seated = with_keys(MemberFactory(role="partner_officer", team=team))
    one = filed_package(team, written=WRITTEN)
    with pytest.raises(Forbidden):
        vault.keep_own(by=seated, package=one, sealed=own_words(one, team, seated), at=AT)
    conflict(police, one.ticket)
    with pytest.raises(Forbidden):
        vault.keep_own(by=police, package=one, sealed=own_words(one, team, police), at=AT)


def test_the_same_filing_by_somebody_else_gives_them_nothing(team: Team, police: Member) -> None:
    colleague = with_keys(MemberFactory(role="partner_officer", agency=police.agency))
    package = filed_package(team, written=WRITTEN)
    filed(team, police, package)
    report = filed(team, colleague, package)
    assert not read(colleague, report).compartments
    assert read(police, report).compartments


def test_the_office_and_other_agencies_have_no_such_page(team: Team, police: Member) -> None:
    report = filed(team, police, filed_package(team, written=WRITTEN))
    OwnWrap.objects.update(until=date(2999, 1, 1))  # whatever day it is today
    page = f"/kantor/mitra/tiket/{report.ticket.number}/"
    mine = signed_in(Client(), police).get(page).content.decode()
    assert (mine.count("<sealed-text"), "Laporan diterima" in mine) == (2, True)
    colleague = MemberFactory(role="partner_officer", agency=police.agency)
    theirs = signed_in(Client(), colleague).get(page).content.decode()
    assert ("<sealed-text" in theirs, "Laporan diterima" in theirs) == (False, True)
    other = MemberFactory(role="partner_officer", agency=AgencyFactory(kind=AgencyKind.POLICE))
    officer = MemberFactory(role="officer", team=team)
    assert [signed_in(Client(), one).get(page).status_code for one in (other, officer)] == [
        404,
        403,
    ]


def test_the_page_keeps_them_with_the_report_or_neither(team: Team, police: Member) -> None:
    package = filed_package(team, written=WRITTEN)
    words = [
        {
            "wrap": {"cmp": one.wrap.cmp, "kid": one.wrap.kid, "w": b64(one.wrap.w)},
            "body": b64(one.statement.body),
            "sig": b64(one.statement.sig),
        }
        for one in own_words(package, team, police)
    ]
    sent = {
        "ticket": package.ticket,
        "r": without_script.relay(package.ticket),
        "sealed": report_as_field(package),
        "door": "self",
        "agreed": "herself",
    }
    page = "/kantor/mitra/lapor/police/"
    spoilt = signed_in(Client(), police).post(page, {**sent, "own": "[{}]"})
    assert (spoilt.status_code, Report.objects.count()) == (400, 0)
    client = signed_in(Client(), police)
    assert client.post(page, {**sent, "own": compact(words).decode()}).status_code == 200
    assert OwnWrap.objects.count() == 2


def conflict(member: Member, ticket: str) -> None:
    Conflict.objects.create(
        subject=ticket,
        root=ticket,
        team_code="asesmen",
        member=member,
        kind="friend",
        told_by=member,
        day=DAY,
    )


def leaves(member: Member, _ticket: str) -> None:
    Member.objects.get_queryset().filter(pk=member.pk).update(active=False)


def files_no_more(member: Member, _ticket: str) -> None:
    member.roles_held.update(until=AT)


def loses_the_key(member: Member, _ticket: str) -> None:
    PublicKey.objects.filter(kind="member", owner=member.code).update(gone=DAY)


@pytest.mark.parametrize("end", [conflict, leaves, files_no_more, loses_the_key])
def test_a_conflict_a_departure_or_a_lost_key_ends_it(
    team: Team, police: Member, end: Callable[[Member, str], None]
) -> None:
    report = filed(team, police, filed_package(team, written=WRITTEN))
    number = report.ticket.number
    assert (actions.end_words(at=AT), OwnWrap.objects.count()) == (0, 2)
    end(police, number)
    assert [actions.end_words(at=AT), actions.end_words(at=AT)] == [1, 0]
    assert not OwnWrap.objects.exists()
    assert Row.objects.filter(verb="vault.own_ended", subject=number, by_code=CLOCK.code).count()


def test_with_a_conflict_it_is_gone_before_the_clock_has_ended_it(
    team: Team, police: Member
) -> None:
    report = filed(team, police, filed_package(team, written=WRITTEN))
    conflict(police, report.ticket.number)
    with pytest.raises(Forbidden):
        read(police, report)
    with pytest.raises(Forbidden):
        vault.hand_out_own(by=police, subject=report.ticket.number, at=AT)
    assert not Row.objects.filter(verb="vault.own_read").exists()


def test_after_its_days_it_is_over_and_its_key_is_destroyed(
    team: Team, police: Member, django_capture_on_commit_callbacks: Any
) -> None:
    report = filed(team, police, filed_package(team, written=WRITTEN))
    number, over = report.ticket.number, LAST_DAY + timedelta(days=1)
    assert actions.read_again(by=police, number=number, at=LAST_DAY).compartments
    assert not actions.read_again(by=police, number=number, at=over).compartments
    assert actions.end_words(at=LAST_DAY) == 0
    assert units.find(units.of_own(number)) is not None
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.end_words(at=over) == 1
    assert units.find(units.of_own(number)) is None
    assert queries.office_bundle(number, {team.code}).compartments[0].wraps


def test_a_crash_after_an_end_leaves_a_unit_key_until_the_next_beat(
    team: Team, police: Member
) -> None:
    ended, stands = (filed(team, police, filed_package(team, written=WRITTEN)) for _n in range(2))
    number, other = ended.ticket.number, stands.ticket.number
    rows = OwnWrap.objects.filter(compartment__subject=number)
    vault.end_own(
        by=CLOCK, ended=list(rows), at=LAST_DAY
    )  # what follows the commit never runs here
    assert set(units.named(units.OWN)) == {number, other}
    assert actions.end_words(at=LAST_DAY) == 0
    assert units.named(units.OWN) == [other]


def test_what_is_forgotten_is_forgotten_for_them_too(
    team: Team, police: Member, django_capture_on_commit_callbacks: Any
) -> None:
    report = filed(team, police, filed_package(team, written=WRITTEN))
    with django_capture_on_commit_callbacks(execute=True):
        vault.forget(by=CLOCK, subject=report.ticket.number, at=AT)
    assert not read(police, report).compartments
    assert units.find(units.of_own(report.ticket.number)) is None


def test_no_backup_copies_what_opens_it(team: Team, police: Member) -> None:
    number = filed(team, police, filed_package(team, written=WRITTEN)).ticket.number
    copied = dict(backup._units())
    assert units.unit_of(number, "narrative") in copied
    assert units.find(units.of_own(number)) is not None
    assert units.of_own(number) not in copied
