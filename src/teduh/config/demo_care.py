"""Help over time in cases of the demo: several kinds, in several states, one that has ended."""

import json
from datetime import date, datetime, timedelta

from django.db import transaction

from teduh.access.models import Member
from teduh.cases import sharing
from teduh.cases.models import Case, Crew
from teduh.cases.words import CrewRole
from teduh.lib.timing import begin_of, local_day
from teduh.services import care_table
from teduh.services.actions import caring, hearings, psych
from teduh.services.models import Care
from teduh.services.psych_days import COMP
from teduh.vault import demo as keys
from teduh.vault.packages import SealedItem

TEAM, WRITER = "asesmen", "melati"
STEPS: tuple[tuple[str, tuple[tuple[int, str, str, dict[str, object]], ...]], ...] = (
    # kind -> days ago, state, reason, what its fields said by then
    (
        "svc_education",
        (
            (20, "", "", {"out_since": -25}),
            (18, "asked", "", {"out_since": -25, "consent": "self"}),
            (12, "arranged", "", {"out_since": -25, "consent": "self", "way": "class"}),
            (
                8,
                "learning",
                "",
                {"out_since": -25, "consent": "self", "way": "class", "returned": -8},
            ),
        ),
    ),
    (
        "svc_document",
        (
            (16, "", "", {"document": "birth"}),
            (10, "filed", "", {"document": "birth", "filed_on": -10, "address_safe": True}),
            (4, "issued", "", {"document": "birth", "filed_on": -10, "address_safe": True}),
            (3, "ended", "received", {"document": "birth", "filed_on": -10, "address_safe": True}),
        ),
    ),
    (
        "svc_takedown",
        (
            (5, "", "", {"platform": "site"}),
            (5, "sent", "", {"platform": "site", "via": "komdigi", "asked_on": -5}),
        ),
    ),
    ("svc_spiritual", ((9, "", "", {}),)),
    (
        "svc_legal",
        (
            (15, "", "", {"matter": "criminal"}),
            (11, "found", "", {"matter": "criminal"}),
            (9, "running", "", {"matter": "criminal", "power": -9, "free": True}),
        ),
    ),
)
DAYS = (  # kind, days from now, hour, place
    ("police", -4, 9, "child_room"),
    ("first", 5, 9, "court"),
    ("witness", 8, 10, "screen"),
    ("p21", 12, 23, ""),
)
MEASURED: tuple[tuple[str, tuple[dict[str, str], ...]], ...] = (
    ("rating", tuple({"r": figure} for figure in ("2", "3", "3", "5", "4", "6", "7"))),
    ("suds", tuple({"s": figure} for figure in ("9", "7", "6", "4"))),
    ("who5", tuple(dict(zip("abcde", figures, strict=True)) for figures in ("11121", "22131", "33232", "43333"))),
)  # fmt: skip
LOOKED = "Contoh: tidurnya membaik; ia ingin pertemuan tetap dua kali sebulan."
NOTE = "Contoh: ia memilih sendiri langkah ini, dan tahu boleh berhenti kapan saja."
ADDRESS = "https://contoh.invalid/unggahan/1"


@transaction.atomic
def seed(at: datetime) -> None:
    """Once, and only where melati works on a case that goes on."""
    writer = Member.objects.get(code=WRITER)
    mine = Case.objects.going_on().filter(team_code=TEAM, crew__member=writer)
    case = mine.order_by("opened_day", "pk").distinct().first()
    if case is None or Care.objects.exists():
        return
    for kind, steps in STEPS:
        _care(writer, case, kind, steps, at)
    _hearings(writer, case, at)
    place = (
        Crew.objects.filter(
            role=CrewRole.COUNSELLOR,
            until=None,
            case__in=Case.objects.going_on(),
            case__team_code=TEAM,
        )
        .order_by("since")
        .first()
    )
    if place is None:
        place = Crew.objects.create(
            case=case, member=writer, role=CrewRole.COUNSELLOR, since=case.opened_day
        )
    _psych(place.member, place.case, place.since, at)


def _psych(by: Member, case: Case, since: date, at: datetime) -> None:
    """A plan of six months with measures of three instruments and a look at it."""
    begun = max(at - timedelta(days=80), begin_of(since + timedelta(days=1)))
    goals = ["sleep", "calm", "daily"]
    plan = psych.begin_plan(by=by, case=case, months=6, monthly=2, goals=goals, at=begun)
    for name, figures in MEASURED:
        for n, answers in enumerate(figures):
            then = begun + (at - begun) * n / len(figures)
            text = json.dumps(answers)
            sealed = _part(by, case, psych.ANSWERS, text, then)
            psych.measure(by=by, plan=plan, instrument=name, sealed=sealed, at=then)
    then = begun + (at - begun) / 2
    sealed = _part(by, case, psych.NOTE, LOOKED, then)
    psych.look_at_plan(by=by, plan=plan, monthly=2, goals=goals, sealed=sealed, at=then)


def _part(by: Member, case: Case, what: str, text: str, at: datetime) -> psych.Sealed:
    """Sealed into the part of the assessment that a counsellor writes, made where it is new."""
    where = {"subject": case.code, "team": TEAM, "member": by.code}
    new = not sharing.is_sealed(case, COMP)
    made = keys.make_case(**where, comps=[COMP]) if new else ()
    item = keys.seal_for_case(**where, what=what, text=text, at=at, made=made)
    return psych.Sealed([item], made)


def _hearings(by: Member, case: Case, at: datetime) -> None:
    """One that took place since the writer came, two next week, and a deadline after them."""
    came = begin_of(case.crew.filter(member=by).latest("since").since)
    past = max(at - timedelta(days=6), came)
    for kind, days, hour, place in DAYS:
        then = past if days < 0 else at
        when = begin_of(local_day(at) + timedelta(days=days)) + timedelta(hours=hour)
        if when < then:
            continue
        day = hearings.Day(kind, when, by, place)
        made = hearings.set_hearing(by=by, case=case, day=day, at=then)
        if days < 0:
            hearings.note_outcome(by=by, hearing=made, outcome="went", at=at)


def _care(
    by: Member,
    case: Case,
    code: str,
    steps: tuple[tuple[int, str, str, dict[str, object]], ...],
    at: datetime,
) -> None:
    kind, care = care_table.kinds()[code], None
    for days, to, reason, facts in steps:
        then = max(at - timedelta(days=days), begin_of(case.opened_day + timedelta(days=1)))
        told = caring.Told({name: _said(answer, at) for name, answer in facts.items()}, member=by)
        if care is None:
            what = [caring.NOTES[kind.note], *([caring.ADDRESS] if kind.addresses else [])]
            items = [_sealed(case, one, then) for one in what]
            care = caring.begin_care(by=by, case=case, kind=kind, told=told, items=items, at=then)
        else:
            seen = care.state
            care = caring.move_care(
                by=by, care=care, to=to, reason=reason, told=told, items=(), seen=seen, at=then
            )


def _said(answer: object, at: datetime) -> object:
    """A number of days from now as a day; everything else as it is."""
    if isinstance(answer, int) and not isinstance(answer, bool):
        return (at + timedelta(days=answer)).date().isoformat()
    return answer


def _sealed(case: Case, what: str, at: datetime) -> SealedItem:
    text = ADDRESS if what == caring.ADDRESS else NOTE
    return keys.seal_for_case(
        subject=case.code, team=TEAM, member=WRITER, what=what, text=text, at=at
    )
