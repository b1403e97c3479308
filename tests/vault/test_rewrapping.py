"""An epoch ends: its compartments are wrapped anew, a colleague opens them, and its key is destroyed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as wishes
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from teduh.access.actions import declare_conflict
from teduh.access.models import Member, Team
from teduh.access.rules import Forbidden
from teduh.access.words import ConflictKind
from teduh.audit.models import Mention, Row
from teduh.lib.actors import COMMAND
from teduh.lib.timing import local_day
from teduh.vault import actions, demo, epochs, keylist, queries, rules, suite, units
from teduh.vault import office as making
from teduh.vault.actions import rewrapping
from teduh.vault.alarms import alarms
from teduh.vault.keywork import NewWrap, OpenedWrap
from teduh.vault.models import Compartment, EpochWrap, PublicKey, SecondLook, Wrap
from teduh.vault.rules import Refused
from tests.factories import MemberFactory, TeamFactory, signed_in
from tests.vault import rewraps
from tests.vault.reports import AT, TICKET, Office, keep, sealed
from tests.vault.rewraps import CHANGED, LATE, SETTLED, TEAM

pytestmark = pytest.mark.django_db
CASE = "KSS-7K2M-9QXR"
PARTS = len(rules.NEW_REPORT) + len(rules.NEW_CASE) + 1  # and the list of the month


@pytest.fixture
def office(db: None) -> Office:
    """The keys of a team of two, but for closed keyrings: no test types a phrase."""
    day, seats = local_day(AT), {code: [TEAM] for code in ("melati", "kenanga")}
    keys = {code: making.member_keys(code, demo.seed, day) for code in seats}
    boxes = {code: suite.box_public(box) for code, (box, _sign) in keys.items()}
    making.start_epoch(TEAM, boxes, demo.seed(f"epoch:{TEAM}"), day)
    making.recovery_key(demo.seed("recovery"), day)
    making.sign_manifest("melati", keys["melati"][1], demo.seed("root"), day, seats)
    return Office()


@pytest.fixture
def old(office: Office, melati: Member, kenanga: Member) -> str:
    """The epoch to which a report, a case and the month's list are sealed; another came since."""
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
    return first.kid


def state(old: str, who: str = "melati") -> tuple[int, int, int]:
    """How many compartments an old epoch has, how many wait, how many nobody else has opened."""
    [epoch] = [one for one in epochs.old_epochs(LATE.date()) if one.kid == old]
    found = epochs.progress(epoch, who)
    return found.parts, found.waiting, found.unopened


def verbs() -> list[str]:
    """What the trail says of epochs."""
    told = ("vault.epoch_read", "vault.rewrapped", "vault.reopened", "vault.rewrap_dropped")
    rows = Row.objects.filter(verb__in=[*told, "vault.epoch_ended"])
    return list(rows.order_by("number").values_list("verb", flat=True))


# --- when ----------------------------------------------------------------------------------------


def test_sixty_days_after_its_end_an_epoch_is_old(old: str) -> None:
    assert epochs.old_epochs((LATE - timedelta(days=1)).date()) == []
    [found] = epochs.old_epochs(LATE.date())
    current = queries.team_key(TEAM)
    assert current
    assert (found.kid, found.to, found.newer) == (old, current, (current.kid,))
    assert epochs.old_epochs(LATE.date(), {"pendampingan"}) == []


def test_a_newer_key_that_no_list_names_ends_nothing(office: Office, old: str) -> None:
    current = queries.team_key(TEAM)
    assert current
    fresh = PublicKey.objects.create(
        kid="tim-asesmen-202701.00000000", kind="team", owner=TEAM, public=b"x", since=LATE.date()
    )
    [found] = epochs.old_epochs((LATE + timedelta(days=90)).date())
    assert (found.kid, found.to) == (old, current)
    assert fresh.kid in found.newer


@pytest.mark.parametrize(("days", "taken"), [(7, True), (8, False)])
def test_for_seven_days_a_report_may_still_be_sealed_to_the_epoch_before(
    old: str, *, days: int, taken: bool
) -> None:
    current = queries.team_key(TEAM)
    assert current
    found = queries.taken((CHANGED + timedelta(days=days)).date()).teams
    assert current.kid in found
    assert (old in found) == taken


# --- the first job: new wraps --------------------------------------------------------------------


def test_every_compartment_is_wrapped_to_the_new_epoch_and_the_old_wraps_stay(
    melati: Member, old: str
) -> None:
    assert state(old) == (PARTS, PARTS, 0)
    assert rewraps.rewrap(melati, old) == PARTS
    assert state(old) == (PARTS, 0, PARTS)
    assert Wrap.objects.filter(kid=old).count() == PARTS
    for subject in (TICKET, CASE):
        for one in queries.office_bundle(subject, {TEAM}).compartments:
            bundle = queries.office_bundle(subject, {TEAM}, {one.comp})
            keys = {rewraps.open_part(bundle, one, kid).key for kid, _w in one.wraps}
            assert (len(one.wraps), len(keys)) == (2, 1)
    assert verbs() == ["vault.epoch_read", "vault.rewrapped"]
    named = set(Mention.objects.values_list("subject", flat=True))
    assert {TICKET, CASE, "asesmen.2026-11"} <= named


def test_a_report_comes_with_what_its_reporter_says_and_nothing_else_of_it(
    melati: Member, old: str
) -> None:
    bundles, parts, _last = rewrapping.hand_out_old(by=melati, epoch=old, after=0, at=LATE)
    assert len(parts) == PARTS
    assert {item.what for bundle in bundles for item in bundle.items} == {rules.HELLO}
    assert {bundle.subject for bundle in bundles} == {TICKET, CASE, "asesmen.2026-11"}


def test_two_browsers_at_once_do_no_harm(melati: Member, kenanga: Member, old: str) -> None:
    hers, theirs = rewraps.made_new(melati, old), rewraps.made_new(kenanga, old)
    half = len(hers) // 2
    assert rewrapping.keep_new(by=melati, epoch=old, wraps=hers[:half], at=LATE) == half
    assert rewrapping.keep_new(by=kenanga, epoch=old, wraps=theirs, at=LATE) == PARTS - half
    assert rewrapping.keep_new(by=melati, epoch=old, wraps=hers, at=LATE) == 0
    assert state(old) == (PARTS, 0, PARTS)
    assert Wrap.objects.filter(by="melati").count() == half


def test_a_step_that_is_cut_off_keeps_whole_wraps_and_goes_on(melati: Member, old: str) -> None:
    made = rewraps.made_new(melati, old)
    cut = [*made[:3], replace(made[3], kid="tim-asesmen-202612.00000000"), *made[4:]]
    with pytest.raises(Refused, match=r"^epoch$"):
        rewrapping.keep_new(by=melati, epoch=old, wraps=cut, at=LATE)
    assert state(old) == (PARTS, PARTS - 3, 3)
    assert rewraps.rewrap(melati, old) == PARTS - 3
    assert state(old) == (PARTS, 0, PARTS)


def test_more_than_one_step_takes_all_in_turn(
    melati: Member, old: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "PARTS_AT_ONCE", 4)
    steps = [rewraps.rewrap(melati, old) for _step in range(4)]
    assert steps == [4, 4, 2, 0]
    _bundles, parts, last = rewrapping.hand_out_old(by=melati, epoch=old, after=0, at=LATE)
    assert (parts, last) == ([], 0)


def test_whoever_may_not_read_the_teams_reports_gets_nothing(melati: Member, old: str) -> None:
    team = Team.objects.get(code=TEAM)
    counter = MemberFactory(role="data_officer", team=team)
    elsewhere = MemberFactory(role="supervisor", team=TeamFactory(agency=team.agency))
    for who, error in ((counter, Forbidden), (elsewhere, Refused)):
        for hand_out in (rewrapping.hand_out_old, rewrapping.hand_out_new):
            with pytest.raises(error):
                hand_out(by=who, epoch=old, after=0, at=LATE)
    with pytest.raises(Refused, match=r"^epoch$"):
        rewrapping.hand_out_old(by=melati, epoch=old, after=0, at=LATE - timedelta(days=1))


def test_what_a_conflict_keeps_from_somebody_waits_for_a_colleague(
    melati: Member, kenanga: Member, old: str
) -> None:
    made = rewraps.made_new(kenanga, old)
    declared = {"subjects": [CASE], "team_code": TEAM, "kind": ConflictKind.FAMILY, "at": LATE}
    declare_conflict(by=kenanga, member=kenanga, **declared)
    kenanga = Member.objects.get(pk=kenanga.pk)
    assert rewraps.rewrap(kenanga, old) == PARTS - len(rules.NEW_CASE)
    with pytest.raises(Refused, match=r"^subject$"):
        rewrapping.keep_new(by=kenanga, epoch=old, wraps=made, at=LATE)
    assert rewraps.rewrap(melati, old) == len(rules.NEW_CASE)


# --- the second job: a colleague opens them ------------------------------------------------------


def test_a_colleague_says_that_the_new_wraps_open_and_nobody_of_their_own(
    office: Office, melati: Member, kenanga: Member, old: str
) -> None:
    rewraps.rewrap(melati, old)
    assert rewraps.tried(melati, old) == ([], [])
    opens, _broken = rewraps.tried(kenanga, old)
    own = rewraps.word(office, melati, old, opens)
    assert rewrapping.keep_opened(by=melati, epoch=old, told=own, at=LATE) == 0
    assert state(old) == (PARTS, 0, PARTS)
    assert rewraps.reopen(office, kenanga, old) == PARTS
    assert state(old) == (PARTS, 0, 0)
    [said, _hers] = SecondLook.objects.order_by("-id")
    assert said.wraps.count() == PARTS


def _another(told: list[OpenedWrap]) -> list[OpenedWrap]:
    return [replace(told[0], sha256=told[1].sha256), *told[1:]]


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "of another epoch": ({"epoch": "tim-asesmen-202610.00000000"}, "statement"),
    "of another office": ({"inst": "kota-lain"}, "statement"),
    "of another day": ({"day": "2026-11-24"}, "statement"),
    "of another version": ({"v": 2}, "statement"),
    "in a colleague's name": ({"by": "tanda-melati.00000000"}, "signature"),
    "of no shape": ({"opened": 5}, "shape"),
}


@pytest.mark.parametrize(("said", "reason"), WRONG.values(), ids=WRONG)
def test_a_word_that_is_not_what_it_says_is_refused(
    office: Office, melati: Member, kenanga: Member, old: str, said: dict[str, object], reason: str
) -> None:
    rewraps.rewrap(melati, old)
    opens, _broken = rewraps.tried(kenanga, old)
    told = rewraps.word(office, kenanga, old, opens, said=said)
    with pytest.raises(Refused, match=rf"^{reason}$"):
        rewrapping.keep_opened(by=kenanga, epoch=old, told=told, at=LATE)
    assert state(old) == (PARTS, 0, PARTS)


def test_a_word_about_other_bytes_is_refused(
    office: Office, melati: Member, kenanga: Member, old: str
) -> None:
    rewraps.rewrap(melati, old)
    opens, _broken = rewraps.tried(kenanga, old)
    told = rewraps.word(office, kenanga, old, _another(opens))
    with pytest.raises(Refused, match=r"^wrap$"):
        rewrapping.keep_opened(by=kenanga, epoch=old, told=told, at=LATE)
    assert not SecondLook.objects.exists()


def test_a_new_wrap_that_does_not_open_is_dropped_and_made_again(
    office: Office, melati: Member, kenanga: Member, old: str
) -> None:
    made = rewraps.made_new(melati, old)
    spoilt = replace(made[0], w=bytes(1168))
    rewrapping.keep_new(by=melati, epoch=old, wraps=[spoilt, *made[1:]], at=LATE)
    assert rewraps.reopen(office, kenanga, old) == PARTS - 1
    assert state(old) == (PARTS, 1, 0)
    assert rewraps.rewrap(kenanga, old) == 1
    assert rewraps.reopen(office, melati, old) == 1
    assert verbs().count("vault.rewrap_dropped") == 1


def test_nobody_drops_their_own_an_old_or_an_opened_wrap(
    office: Office, melati: Member, kenanga: Member, old: str
) -> None:
    rewraps.rewrap(melati, old)
    opens, _broken = rewraps.tried(kenanga, old)
    first = [replace(one, kid=old) for one in opens]
    assert rewrapping.throw_away(by=melati, epoch=old, wraps=opens, at=LATE) == 0
    assert rewrapping.throw_away(by=kenanga, epoch=old, wraps=first, at=LATE) == 0
    rewraps.reopen(office, kenanga, old)
    assert rewrapping.throw_away(by=kenanga, epoch=old, wraps=opens, at=LATE) == 0
    assert state(old) == (PARTS, 0, 0)


# --- the end -------------------------------------------------------------------------------------


def test_an_epoch_ends_seven_days_after_everything_was_opened_and_its_key_is_gone(
    office: Office, melati: Member, kenanga: Member, old: str
) -> None:
    rewraps.rewrap(melati, old)
    rewraps.reopen(office, kenanga, old)
    assert rewrapping.end_epochs(at=SETTLED - timedelta(minutes=1)) == 0
    assert units.find(units.of_epoch(old))
    assert rewrapping.end_epochs(at=SETTLED) == 1
    assert units.find(units.of_epoch(old)) is None
    assert not Wrap.objects.filter(kid=old).exists()
    assert not EpochWrap.objects.filter(epoch_kid=old).exists()
    assert old not in keylist.living_epochs(TEAM)
    assert epochs.old_epochs(SETTLED.date()) == []
    assert verbs()[-1] == "vault.epoch_ended"
    assert rewrapping.end_epochs(at=SETTLED) == 0
    for one in queries.office_bundle(TICKET, {TEAM}).compartments:
        ((kid, _w),) = one.wraps
        assert rewraps.open_part(queries.office_bundle(TICKET, {TEAM}, {one.comp}), one, kid)


def test_an_epoch_on_which_one_compartment_hangs_does_not_end(
    office: Office, melati: Member, kenanga: Member, old: str
) -> None:
    made = rewraps.made_new(melati, old)
    rewrapping.keep_new(by=melati, epoch=old, wraps=made[1:], at=LATE)
    rewraps.reopen(office, kenanga, old)
    year = SETTLED + timedelta(days=365)
    assert rewrapping.end_epochs(at=year) == 0
    rewrapping.keep_new(by=melati, epoch=old, wraps=made[:1], at=year)
    assert rewrapping.end_epochs(at=year + timedelta(days=365)) == 0
    assert units.find(units.of_epoch(old))


def test_what_was_forgotten_holds_no_epoch_back(
    office: Office,
    melati: Member,
    kenanga: Member,
    old: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(by=COMMAND, subject=CASE, at=LATE)
    assert rewraps.rewrap(melati, old) == PARTS - len(rules.NEW_CASE)
    rewraps.reopen(office, kenanga, old)
    assert rewrapping.end_epochs(at=SETTLED) == 1


def test_a_key_that_came_back_with_old_unit_keys_goes_at_the_next_beat(
    office: Office, melati: Member, kenanga: Member, old: str
) -> None:
    rewraps.rewrap(melati, old)
    rewraps.reopen(office, kenanga, old)
    rewrapping.end_epochs(at=SETTLED)
    units.make(units.of_epoch(old))
    rewrapping.end_epochs(at=SETTLED)
    assert units.find(units.of_epoch(old)) is None


def test_the_next_epoch_takes_over_what_was_wrapped_to_the_one_between(
    office: Office, melati: Member, kenanga: Member, old: str
) -> None:
    """A year of months: what hangs on two epochs is wrapped to the newest, and both end."""
    second = queries.team_key(TEAM)
    assert second
    rewraps.rewrap(melati, old)
    rewraps.reopen(office, kenanga, old)
    third = rewraps.turn(office, melati, CHANGED + timedelta(days=25))
    later = LATE + timedelta(days=25)
    assert rewraps.rewrap(melati, second.kid, later) == PARTS
    rewraps.reopen(office, kenanga, second.kid, later)
    assert rewrapping.end_epochs(at=later + timedelta(days=7)) == 2
    assert set(Wrap.objects.filter(kid__startswith="tim-").values_list("kid", flat=True)) == {third}
    assert keylist.living_epochs(TEAM) == [third]


STEPS = ("wrap", "wrap badly", "open", "wrap by the other", "open by the other", "forget", "week")


@given(st.lists(st.sampled_from(STEPS), max_size=9))
@wishes(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_nothing_is_left_without_a_wrap_that_opens(
    office: Office, melati: Member, kenanga: Member, old: str, steps: list[str]
) -> None:
    with transaction.atomic(), transaction.atomic(using="shred"):
        at = LATE
        for step in steps:
            at = _do(step, office, (melati, kenanga), old, at)
            rewrapping.end_epochs(at=at)
        assert _closed() == []  # what is lost once would never come back
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="shred")


def _do(step: str, office: Office, who: tuple[Member, Member], old: str, at: datetime) -> datetime:
    first, second = reversed(who) if "other" in step else who
    if step == "week":
        return at + timedelta(days=7)
    if step == "forget":
        Wrap.objects.filter(compartment__subject=CASE).delete()
        units.destroy(actions.units_covering(CASE))
    elif not epochs.old_epochs(at.date()):
        assert units.find(units.of_epoch(old)) is None
    elif step.startswith("wrap"):
        made = rewraps.made_new(first, old, at)
        if "badly" in step:
            made = [NewWrap(one.cmp, one.kid, suite.random_bytes(1168)) for one in made[:4]]
        rewrapping.keep_new(by=first, epoch=old, wraps=made, at=at)
    else:
        rewraps.reopen(office, second, old, at)
    return at


def _closed() -> list[str]:
    """Compartments that were not forgotten and that no living epoch of the team opens."""
    found, alive = [], keylist.living_epochs(TEAM)
    for part in Compartment.objects.all():
        if units.find(units.unit_of(part.subject, part.comp)) is None:
            continue
        bundle = queries.office_bundle(part.subject, {TEAM}, {part.comp})
        if not any(
            rewraps.opens(bundle, one, kid)
            for one in bundle.compartments
            for kid, _w in one.wraps
            if kid in alive
        ):
            found.append(str(part))
    return found


# --- what people are told, and what it costs -------------------------------------------------------


def said(member: Member, when: datetime = LATE) -> list[tuple[str, str]]:
    """What a member is told about old keys, and where it is mended."""
    fresh = Member.objects.get(pk=member.pk)
    told = [(str(one.text), one.page) for one in alarms(fresh, when)]
    return [one for one in told if one[1] == "vault:old_keys"]


def test_the_desk_asks_until_it_is_done(
    office: Office, melati: Member, kenanga: Member, old: str
) -> None:
    assert said(melati, LATE - timedelta(days=1)) == []
    [(text, _page)] = said(melati)
    assert "menunggu dipindahkan" in text
    rewraps.rewrap(melati, old)
    assert said(melati) == []
    [(text, _page)] = said(kenanga)
    assert "orang kedua" in text
    rewraps.reopen(office, kenanga, old)
    assert said(kenanga) == []


def test_a_step_asks_as_often_for_many_compartments_as_for_few(
    melati: Member, old: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    [epoch] = epochs.old_epochs(LATE.date())
    rows, _last = epochs.next_parts(epochs.waiting(epoch), 0, ())
    list(rows)
    for some in (rows[:1], rows):
        with django_assert_num_queries(5):
            epochs.to_wrap(some, epoch)


def test_the_page_tells_how_far_it_is(
    office: Office, melati: Member, old: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATE)
    rewraps.rewrap(melati, old)
    page = signed_in(Client(), melati).get("/kantor/kunci/lama/").content.decode()
    assert old in page
    assert 'data-job="rewrap"' not in page
    assert 'data-job="reopen"' not in page
    assert "orang lain yang memeriksanya" in page
