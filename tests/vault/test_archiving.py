"""What ended long ago goes to the archive in halves, and comes back by one holder of each side."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from teduh.access.actions import declare_conflict
from teduh.access.models import Member
from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind
from teduh.audit.models import Row
from teduh.lib.actors import COMMAND
from teduh.outbox.models import Message
from teduh.vault import (
    actions,
    archive,
    demo,
    epochs,
    keylist,
    queries,
    rules,
    suite,
    units,
)
from teduh.vault.actions import archiving, recalling, renewing, rewrapping
from teduh.vault.envelope import Place, make_compartment
from teduh.vault.models import EpochWrap, Half, Pair, PublicKey, Recall, Resting, Wrap
from teduh.vault.rules import SIDES, Refused
from teduh.vault.words import RecallReason
from tests.factories import MemberFactory, TeamFactory
from tests.vault import archives, halves, rewraps
from tests.vault.reports import AT, TICKET, Office, keep, sealed
from tests.vault.rewraps import LATE, SETTLED, TEAM

pytestmark = pytest.mark.django_db
CASE = "KSS-7K2M-9QXR"
SUBJECTS = (CASE, TICKET)
STORED = len(rules.NEW_CASE) + len(rules.NEW_REPORT) - 1  # her chat stays with the team
KEPT = 2  # her chat, and the month's list


@pytest.fixture
def office(db: None) -> Office:
    """A team of two, and the archive with two holders of each side."""
    return archives.make_office()


@pytest.fixture
def holders(melati: Member) -> dict[str, Member]:
    """Who holds the archive's keys."""
    return archives.seat_holders(melati.agency)


@pytest.fixture
def old(office: Office, melati: Member, kenanga: Member, holders: dict[str, Member]) -> str:
    """The old epoch of a report, its case and the month's list; the case ended long ago."""
    keep(sealed())
    made = demo.make_case(subject=CASE, team=TEAM, member="melati")
    actions.open_subject(by=melati, subject=CASE, team=TEAM, made=made, at=AT)
    card, fresh = demo.seal_card(
        subject=TICKET, team=TEAM, member="melati", name="Contoh Mawar", at=AT
    )
    actions.keep_card(by=melati, team=TEAM, subject=TICKET, card=card, made=fresh, at=AT)
    first = queries.team_key(TEAM)
    assert first
    rewraps.turn(office, melati)
    actions.rest(subjects=SUBJECTS, team=TEAM, at=AT)
    return first.kid


@pytest.fixture
def stored(melati: Member, kenanga: Member, old: str) -> str:
    """The same once it lies in the archive only, as the end of the old epoch leaves it."""
    for who in (melati, kenanga):
        archives.store(who, old)
    Wrap.objects.filter(kid=old, compartment__pairs__isnull=False).delete()
    return old


@pytest.fixture
def asked(stored: str, melati: Member) -> int:
    """The same, asked back by a member of the team."""
    return ask(melati).pk


def ask(by: Member) -> Recall:
    return actions.ask_back(
        by=by, root=CASE, subjects=SUBJECTS, team=TEAM, reason=RecallReason.COURT, at=SETTLED
    )


def progress(old: str, who: str = "melati") -> epochs.Progress:
    [epoch] = [one for one in epochs.old_epochs(LATE.date()) if one.kid == old]
    return epochs.progress(epoch, who)


def opens(subject: str, comp: str) -> bool:
    """Whether a page of the team is handed a wrap of this compartment."""
    (one,) = queries.office_bundle(subject, {TEAM}, {comp}).compartments
    return bool(one.wraps)


def verbs(*names: str) -> list[str]:
    rows = Row.objects.filter(verb__in=names)
    return list(rows.order_by("number").values_list("verb", flat=True))


# --- halves ----------------------------------------------------------------------------------------


def test_two_halves_give_the_key_and_no_other_pair_does() -> None:
    opened = make_compartment(Place("tanjungpinang", CASE, "work"))
    place = Place("tanjungpinang", CASE, "work")
    seeds = {side: suite.random_bytes(32) for side in SIDES}
    to = tuple((f"tim-arsip-{s}-202611.0", suite.box_public(seed)) for s, seed in seeds.items())

    def both() -> list[bytes]:
        made = halves.halve(opened, (to[0], to[1]))
        return [
            halves.open_half(one.w, opened.d, side, one.kid, seeds[side], one.proof)
            for side, one in zip(SIDES, (made.a, made.b), strict=True)
        ]

    (a1, b1), (a2, b2) = both(), both()
    for a, b in ((a1, b1), (a2, b2)):
        assert opened.key not in (a, b)
        assert halves.join(a, b, opened.d, place).key == opened.key
    for a, b in ((a1, b2), (a2, b1), (a1, a2), (a1, bytes(32))):
        with pytest.raises(Refused, match=r"^key$"):
            halves.join(a, b, opened.d, place)
    with pytest.raises(Refused, match=r"^place$"):
        halves.join(a1, b1, opened.d, replace(place, comp="care"))


def test_a_half_opens_on_its_side_of_its_compartment_by_its_proof_only() -> None:
    opened = make_compartment(Place("tanjungpinang", CASE, "work"))
    other = make_compartment(Place("tanjungpinang", CASE, "care"))
    seed, half, kid = suite.random_bytes(32), suite.random_bytes(32), "tim-arsip-a-202611.0"
    w, proof = (
        halves.wrap_half(half, opened.d, "a", kid, suite.box_public(seed)),
        halves.proof(half, opened.d),
    )
    assert halves.open_half(w, opened.d, "a", kid, seed, proof) == half
    wrong = ((opened.d, "b", kid), (other.d, "a", kid), (opened.d, "a", "tim-asesmen-202611.0"))
    for d, side, named in wrong:
        with pytest.raises(suite.CannotOpen):
            halves.open_half(w, d, side, named, seed, proof)
    with pytest.raises(Refused, match=r"^half$"):
        halves.open_half(w, opened.d, "a", kid, seed, halves.proof(bytes(32), opened.d))


# --- what goes there -------------------------------------------------------------------------------


def test_what_ended_long_ago_waits_for_the_archive_and_the_rest_for_the_new_key(old: str) -> None:
    found = progress(old)
    assert (found.parts, found.archive, found.single, found.waiting) == (
        STORED + KEPT, STORED, STORED, KEPT
    )  # fmt: skip


@pytest.mark.parametrize(("days", "stays"), [(60, False), (59, True)])
def test_sixty_days_after_its_end_a_case_goes_there(old: str, *, days: int, stays: bool) -> None:
    Resting.objects.update(since=(LATE - timedelta(days=days)).date())
    assert (progress(old).archive == 0) == stays


def test_a_case_that_goes_on_again_stays_with_the_team(old: str) -> None:
    actions.wake(subjects=SUBJECTS)
    assert (progress(old).archive, progress(old).waiting) == (0, STORED + KEPT)


def test_one_holder_of_a_side_is_too_few_for_an_archive(old: str, melati: Member) -> None:
    EpochWrap.objects.filter(member_code="manggis").update(withheld=LATE)
    assert (progress(old).archive, progress(old).waiting) == (0, STORED + KEPT)
    with pytest.raises(Refused, match=r"^archive$"):
        archiving.hand_out_single(by=melati, epoch=old, after=0, at=LATE)


def test_the_keys_of_the_archive_have_no_month_and_never_end(old: str) -> None:
    year = LATE + timedelta(days=400)
    found = {one.team for one in epochs.old_epochs(year.date())}
    assert found == {TEAM}
    state = keylist.epoch_state("arsip-a", year.date())
    assert (state.due, state.month_over) == (False, False)
    rewrapping.end_epochs(at=year)
    key = PublicKey.objects.get(owner="arsip-a")
    assert key.gone is None
    assert units.find(units.of_epoch(key.kid))


def test_two_members_each_make_a_pair_and_nobody_makes_two(
    melati: Member, kenanga: Member, old: str
) -> None:
    made = archives.made_pairs(melati, old)
    assert archiving.keep_pairs(by=melati, epoch=old, pairs=made, at=LATE) == STORED
    assert archiving.keep_pairs(by=melati, epoch=old, pairs=made, at=LATE) == 0
    assert archives.made_pairs(melati, old) == []
    mine, hers = progress(old), progress(old, "kenanga")
    assert (mine.single, mine.to_halve, hers.to_halve) == (STORED, 0, STORED)
    assert archives.store(kenanga, old) == STORED
    assert progress(old).single == 0
    assert Half.objects.count() == 4 * STORED
    assert verbs("vault.halved") == ["vault.halved"] * 3
    for subject, comp in ((CASE, "work"), (TICKET, "narrative")):
        (one,) = queries.office_bundle(subject, {TEAM, "arsip-a", "arsip-b"}, {comp}).compartments
        assert [kid for kid, _w in one.wraps] == [old]  # a half is never handed out as a whole


def test_pairs_for_other_keys_and_of_other_teams_are_refused(melati: Member, old: str) -> None:
    made = archives.made_pairs(melati, old)
    swapped = [replace(one, a=one.b, b=one.a) for one in made]
    with pytest.raises(Refused, match=r"^epoch$"):
        archiving.keep_pairs(by=melati, epoch=old, pairs=swapped, at=LATE)
    elsewhere = MemberFactory(role="supervisor", team=TeamFactory())
    with pytest.raises(Refused, match=r"^epoch$"):
        archiving.keep_pairs(by=elsewhere, epoch=old, pairs=made, at=LATE)
    with pytest.raises(Forbidden):
        archiving.hand_out_single(by=MemberFactory(role="head"), epoch=old, after=0, at=LATE)
    assert not Pair.objects.exists()


def test_what_a_conflict_keeps_from_somebody_is_halved_by_others(
    melati: Member, kenanga: Member, old: str
) -> None:
    made = archives.made_pairs(kenanga, old)
    told = {"subjects": [CASE], "team_code": TEAM, "kind": ConflictKind.FAMILY, "at": LATE}
    declare_conflict(by=kenanga, member=kenanga, **told)
    kenanga = Member.objects.get(pk=kenanga.pk)
    assert len(archives.made_pairs(kenanga, old)) == STORED - len(rules.NEW_CASE)
    with pytest.raises(Refused, match=r"^subject$"):
        archiving.keep_pairs(by=kenanga, epoch=old, pairs=made, at=LATE)


# --- the old epoch ends ----------------------------------------------------------------------------


def test_one_pair_holds_the_old_epoch_back_and_two_let_it_go_after_seven_days(
    office: Office, melati: Member, kenanga: Member, old: str
) -> None:
    rewraps.rewrap(melati, old)
    rewraps.reopen(office, kenanga, old)
    archives.store(melati, old)
    assert rewrapping.end_epochs(at=SETTLED + timedelta(days=99)) == 0
    archives.store(kenanga, old, LATE + timedelta(days=1))
    assert progress(old).settled
    assert rewrapping.end_epochs(at=SETTLED) == 0
    assert rewrapping.end_epochs(at=SETTLED + timedelta(days=1)) == 1
    assert units.find(units.of_epoch(old)) is None
    assert [opens(CASE, comp) for comp in rules.NEW_CASE] == [False] * len(rules.NEW_CASE)
    assert opens(TICKET, "chat")
    assert archive.stored(SUBJECTS).count() == STORED


def test_a_case_opened_again_before_the_old_epoch_ended_is_not_left_to_halves(
    office: Office, melati: Member, kenanga: Member, old: str
) -> None:
    for who in (melati, kenanga):
        archives.store(who, old)
    actions.wake(subjects=SUBJECTS)
    assert rewrapping.end_epochs(at=SETTLED + timedelta(days=99)) == 0
    assert rewraps.rewrap(melati, old) == STORED + KEPT
    rewraps.reopen(office, kenanga, old)
    assert rewrapping.end_epochs(at=SETTLED) == 1
    assert opens(CASE, "work")
    assert archive.stored(SUBJECTS).count() == 0


def test_forgetting_takes_the_halves_along(
    stored: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(by=COMMAND, subject=CASE, at=SETTLED)
    assert archive.stored([CASE]).count() == 0
    assert not Half.objects.filter(pair__compartment__subject=CASE).exists()
    assert not Resting.objects.filter(subject=CASE).exists()


# --- back again ------------------------------------------------------------------------------------


def test_one_of_each_side_and_the_team_open_it_again(
    asked: int, melati: Member, holders: dict[str, Member]
) -> None:
    assert archives.give(holders["nangka"], asked, SETTLED) == 2 * STORED
    assert archives.joined(melati, asked, SETTLED) == ([], [])
    assert archives.give(holders["manggis"], asked, SETTLED) == 2 * STORED
    assert archives.join(melati, asked, SETTLED) == STORED
    assert all(opens(CASE, comp) for comp in rules.NEW_CASE)
    assert opens(TICKET, "narrative")
    for one in queries.office_bundle(CASE, {TEAM}).compartments:
        ((kid, _w),) = one.wraps
        assert rewraps.opens(queries.office_bundle(CASE, {TEAM}, {one.comp}), one, kid)
    assert not Half.objects.exclude(by="").exists()
    assert Recall.objects.get(pk=asked).ended == SETTLED
    said = verbs("vault.recalled", "vault.half_given", "vault.joined")
    assert said == ["vault.recalled", "vault.half_given", "vault.half_given", "vault.joined"]
    line = Row.objects.get(verb="vault.recalled")
    assert (line.subject, line.by_code) == (CASE, "melati")


def test_supervisors_and_holders_hear_of_it(
    stored: str, kenanga: Member, melati: Member, holders: dict[str, Member]
) -> None:
    ask(kenanga)
    assert Message.objects.count() == 1 + len(holders)
    assert ask(kenanga) == ask(melati)
    assert Message.objects.count() == 1 + len(holders)


def test_one_side_alone_opens_nothing(
    asked: int, melati: Member, holders: dict[str, Member]
) -> None:
    assert archives.give(holders["nangka"], asked, SETTLED) == 2 * STORED
    assert archives.give(holders["salak"], asked, SETTLED) == 0  # the same side again
    assert archive.stored(SUBJECTS).count() == STORED
    assert archives.joined(melati, asked, SETTLED) == ([], [])
    assert Recall.objects.get(pk=asked).ended is None


def test_a_pair_that_one_member_spoilt_is_opened_by_the_other(
    office: Office, melati: Member, kenanga: Member, holders: dict[str, Member], old: str
) -> None:
    made = archives.made_pairs(melati, old)
    lies = [replace(one, b=replace(one.b, proof=one.a.proof, w=bytes(1168))) for one in made]
    archiving.keep_pairs(by=melati, epoch=old, pairs=lies, at=LATE)
    archives.store(kenanga, old)
    rewraps.rewrap(melati, old)
    rewraps.reopen(office, kenanga, old)
    rewrapping.end_epochs(at=SETTLED)
    number = ask(melati).pk
    archives.give(holders["salak"], number, SETTLED)
    with pytest.raises(suite.CannotOpen):
        archives.give(holders["durian"], number, SETTLED)
    good = frozenset(Pair.objects.filter(by="kenanga").values_list("pk", flat=True))
    archives.give(holders["durian"], number, SETTLED, good)
    assert archives.join(melati, number, SETTLED) == STORED


def test_a_half_that_does_not_fit_is_dropped_and_asked_for_again(
    asked: int, melati: Member, holders: dict[str, Member]
) -> None:
    archives.give(holders["nangka"], asked, SETTLED)
    archives.give(holders["durian"], asked, SETTLED)
    for half in Half.objects.filter(side="b").exclude(by=""):
        unit = units.find(units.unit_of(half.pair.compartment.subject, half.pair.compartment.comp))
        assert unit
        context = suite.sha256(bytes(half.pair.compartment.d)) + half.kid.encode()
        half.stored = suite.enclose(unit, bytes(1168), context)
        half.save()
    assert archives.join(melati, asked, SETTLED) == 0
    assert not Half.objects.exclude(by="").exists()
    for who in ("salak", "manggis"):
        archives.give(holders[who], asked, SETTLED)
    assert archives.join(melati, asked, SETTLED) == STORED


def test_who_may_neither_give_a_half_nor_ask_nor_join(
    asked: int, melati: Member, kenanga: Member, holders: dict[str, Member]
) -> None:
    for who in (melati, kenanga):
        with pytest.raises(Forbidden):
            recalling.hand_out_halves(by=who, number=asked, after=0, at=SETTLED)
    with pytest.raises(Refused, match=r"^side$"):
        seatless = MemberFactory(role="archive_keeper")
        recalling.hand_out_halves(by=seatless, number=asked, after=0, at=SETTLED)
    Recall.objects.update(by="nangka")  # whoever asks gives no half
    with pytest.raises(Forbidden):
        recalling.hand_out_halves(by=holders["nangka"], number=asked, after=0, at=SETTLED)
    told = {"subjects": [CASE], "team_code": TEAM, "kind": ConflictKind.FAMILY, "at": LATE}
    declare_conflict(by=holders["salak"], member=holders["salak"], **told)
    with pytest.raises(Forbidden):
        recalling.hand_on(by=Member.objects.get(code="salak"), number=asked, halves=[], at=SETTLED)
    elsewhere = MemberFactory(role="supervisor", team=TeamFactory())
    for who in (elsewhere, holders["durian"]):
        with pytest.raises(Forbidden):
            ask(who)
        with pytest.raises(Forbidden):
            recalling.hand_out_joined(by=who, number=asked, after=0, at=SETTLED)
        with pytest.raises(Forbidden):
            recalling.take_back(by=who, number=asked, at=SETTLED)


def test_nothing_is_asked_of_an_archive_that_holds_nothing(old: str, melati: Member) -> None:
    with pytest.raises(Refused, match=r"^archive$"):
        ask(melati)
    assert not Recall.objects.exists()


def test_what_was_asked_can_be_taken_back_and_what_was_given_goes(
    asked: int, melati: Member, holders: dict[str, Member]
) -> None:
    archives.give(holders["nangka"], asked, SETTLED)
    recalling.take_back(by=melati, number=asked, at=SETTLED)
    assert not Half.objects.exclude(by="").exists()
    assert Half.objects.count() == 4 * STORED
    with pytest.raises(Refused, match=r"^recall$"):
        recalling.hand_out_halves(by=holders["durian"], number=asked, after=0, at=SETTLED)


def test_a_holder_who_leaves_loses_the_key_and_a_colleague_still_opens(
    asked: int, melati: Member, holders: dict[str, Member]
) -> None:
    left = holders["nangka"]
    left.seats.update(until=AT - timedelta(days=1))
    renewing.revoke_gone(at=SETTLED)
    assert queries.epochs_of("nangka", left.team_codes()) == []
    assert keylist.epoch_state("arsip-a", SETTLED.date()).due
    with pytest.raises(Refused, match=r"^side$"):
        recalling.hand_out_halves(
            by=Member.objects.get(code="nangka"), number=asked, after=0, at=SETTLED
        )
    archives.give(holders["salak"], asked, SETTLED)
    archives.give(holders["durian"], asked, SETTLED)
    assert archives.join(melati, asked, SETTLED) == STORED


def test_what_came_back_goes_there_again_without_being_halved_again(
    office: Office, asked: int, melati: Member, kenanga: Member, holders: dict[str, Member]
) -> None:
    archives.give(holders["nangka"], asked, SETTLED)
    archives.give(holders["durian"], asked, SETTLED)
    archives.join(melati, asked, SETTLED)
    second = queries.team_key(TEAM)
    assert second
    rewraps.turn(office, melati, SETTLED + timedelta(days=1))
    later = SETTLED + timedelta(days=61)
    [epoch] = [one for one in epochs.old_epochs(later.date()) if one.kid == second.kid]
    found = epochs.progress(epoch, "melati")
    assert (found.archive, found.single, found.waiting) == (STORED, 0, 0)
    assert rewrapping.end_epochs(at=later) == 1
    assert archive.stored(SUBJECTS).count() == STORED
    assert Wrap.objects.filter(kid=second.kid).count() == 0
