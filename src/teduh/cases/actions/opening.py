"""Opening a case from reports, and naming persons and incidents in it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from teduh.access.actions import spread_conflicts
from teduh.access.models import Member
from teduh.access.queries import kept_from
from teduh.access.rules import Forbidden
from teduh.access.words import Right
from teduh.audit.actions import record
from teduh.cases import queries, rules
from teduh.cases.actions.conflicts import release, seek_manager
from teduh.cases.actions.guard import locked
from teduh.cases.actions.promising import promise
from teduh.cases.actions.working import tell
from teduh.cases.models import Case, Crew, Incident, IncidentCode, Person, Step, Task, Told
from teduh.cases.words import CrewRole, PersonRole, State, TaskKind
from teduh.intake.actions import become_case, let_go
from teduh.intake.models import Report
from teduh.intake.queries import together
from teduh.intake.rules import CHILD_BANDS, danger_now
from teduh.lib.timing import begin_of, local_day
from teduh.sop.queries import of_subject
from teduh.sop.rules import band_of
from teduh.vault import actions as vault
from teduh.vault.packages import MadeCompartment, SealedItem
from teduh.vault.rules import Refused

CARD = "cases.person.card"
OF_AN_INCIDENT = ("main_kind", "gbv", "day", "place", "area_code", "online")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Open codes of somebody, as a form gives them; empty where nobody knows."""

    role: str = PersonRole.SURVIVOR
    sex: str = ""
    age_band: str = ""
    disability: str = ""
    education: str = ""
    occupation: str = ""
    marital: str = ""
    nationality: str = ""
    relation: str = ""
    interpreter: bool = False
    returned: bool = False


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """Open codes of an incident; `several`: question -> codes (kinds, subtypes, exploitation, barriers)."""

    main_kind: str
    gbv: str = ""
    day: date | None = None
    place: str = ""
    area_code: str = ""
    online: bool = False
    several: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewCase:
    """Everything a case begins with: its code, reports, people, incident, sealed parts."""

    code: str
    reports: Sequence[Report]
    manager: Member
    person: PersonFacts
    incident: IncidentFacts
    made: Sequence[MadeCompartment]
    items: Sequence[SealedItem]


def open_case(*, by: Member, new: NewCase, at: datetime) -> Case:
    """Open a case that goes on with these reports of one team.

    Raises Forbidden, CodeTaken, InAnotherCase, vault.rules.Refused.
    """
    team = new.reports[0].team_code
    if not by.may(Right.WORK_CASES) or team not in by.team_codes():
        raise Forbidden(Right.WORK_CASES)
    try:
        with transaction.atomic():
            return _open(by, new, team, at)
    except IntegrityError as error:
        taken = Told.objects.filter(report__in=[one.pk for one in new.reports]).first()
        if taken:
            raise rules.InAnotherCase(taken.report.ticket.number) from error
        raise rules.CodeTaken(new.code) from error


def _open(by: Member, new: NewCase, team: str, at: datetime) -> Case:
    told = sorted(one.pk for one in new.reports)  # locked at once, before the trail
    list(Report.objects.select_for_update(of=("self",)).filter(pk__in=told).order_by("pk"))
    day = local_day(at)
    child = new.person.age_band in CHILD_BANDS or any(one.child for one in new.reports)
    bands = (band_of(danger_now(one.urgency, one.danger), child=child) for one in new.reports)
    band = rules.highest(bands)
    case = Case.objects.create(
        code=new.code,
        team_code=team,
        opened_day=day,
        band=band,
        urgency=rules.BANDS.index(band),
        child=child,
        manager=new.manager,
    )
    Step.objects.create(case=case, to=State.OPEN, member=by, day=day)
    Crew.objects.create(case=case, member=new.manager, role=CrewRole.MANAGER, since=day)
    if new.manager.pk != by.pk:
        Crew.objects.create(case=case, member=by, role=CrewRole.OFFICER, since=day)
    tickets = [number for report in new.reports for number in together(report)]
    kept = kept_from(tickets)
    if by in kept or new.manager in kept:
        raise Forbidden
    let_go(kept, tickets)
    for report in new.reports:
        if report.team_code != team:
            raise Forbidden
        Told.objects.create(case=case, report=report, day=day)
        become_case(by=by, report=report, code=case.code, at=at)
    spread_conflicts(by=by.actor, subjects=queries.belonging(case), team_code=team, at=at)
    vault.open_subject(by=by, subject=case.code, team=team, made=new.made, at=at)
    _keep_card(by, case, new.items, at)
    put_person(case, new.person, card_of(new.items))
    detail = {"reports": len(new.reports)}
    record(by=by.actor, verb="case.opened", subject=case.code, at=at, detail=detail)
    since = min(_begun(new.reports), default=at)
    promise(by=by, case=case, event="case.opened", since=since, at=at)
    put_incident(by, case, new.incident, since, at)
    tell(by.actor, case, at)
    return case


@transaction.atomic
def tell_also(*, by: Member, case: Case, report: Report, at: datetime) -> None:
    """Go on with one more report of the same team in this case. Raises Forbidden, InAnotherCase."""
    fresh = locked(by, case, at)
    if report.team_code != fresh.team_code:
        raise Forbidden
    if Told.objects.filter(report=report).exists():
        raise rules.InAnotherCase(report.ticket.number)
    subjects = list(dict.fromkeys([*queries.belonging(fresh), *together(report)]))
    lost = release(fresh, kept_from(subjects), subjects, at)
    Told.objects.create(case=fresh, report=report, day=local_day(at))
    become_case(by=by, report=report, code=fresh.code, at=at)
    spread_conflicts(by=by.actor, subjects=subjects, team_code=fresh.team_code, at=at)
    if lost:
        seek_manager(by, fresh, at)
    record(
        by=by.actor,
        verb="case.tells_also",
        subject=fresh.code,
        at=at,
        subjects=[report.ticket.number],
    )


@transaction.atomic
def add_person(
    *, by: Member, case: Case, facts: PersonFacts, items: Sequence[SealedItem], at: datetime
) -> Person:
    """Name somebody in a case. Raises Forbidden, vault.rules.Refused."""
    fresh = locked(by, case, at)
    _keep_card(by, fresh, items, at)
    person = put_person(fresh, facts, card_of(items))
    if person.role == PersonRole.SURVIVOR and person.age_band in CHILD_BANDS and not fresh.child:
        fresh.child = True
        fresh.save(update_fields=["child"])
    record(by=by.actor, verb="case.person_named", subject=fresh.code, at=at)
    return person


@transaction.atomic
def mend_person(
    *,
    by: Member,
    person: Person,
    facts: PersonFacts,
    items: Sequence[SealedItem],
    seen: str,
    at: datetime,
) -> None:
    """Put other facts in place of what is known of somebody; `seen`: the card the writer saw.

    Raises Forbidden, ChangedMeanwhile, vault.rules.Refused.
    """
    fresh = locked(by, person.case, at)
    now = Person.objects.get(pk=person.pk)
    if now.item != seen:
        raise rules.ChangedMeanwhile
    _keep_card(by, fresh, items, at)
    told = asdict(facts) | {"item": card_of(items) or now.item}
    Person.objects.filter(pk=now.pk).update(**told)
    record(by=by.actor, verb="case.person_mended", subject=fresh.code, at=at)


@transaction.atomic
def add_incident(*, by: Member, case: Case, facts: IncidentFacts, at: datetime) -> Incident:
    """Keep one more incident; its clocks count from now. Raises Forbidden."""
    fresh = locked(by, case, at)
    incident = put_incident(by, fresh, facts, at, at)
    record(by=by.actor, verb="case.incident_told", subject=fresh.code, at=at)
    return incident


def put_person(case: Case, facts: PersonFacts, card: str) -> Person:
    """One more person of a locked case; `card`: the item with the name, empty without one."""
    number = case.people.count() + 1
    return Person.objects.create(case=case, number=number, item=card, **asdict(facts))


def put_incident(
    by: Member, case: Case, facts: IncidentFacts, since: datetime, at: datetime
) -> Incident:
    """One more incident of a locked case; its clocks count since then, traces since the violence."""
    incident, clocks = keep_incident(by, case, facts, at), rules.clocks_of(kinds_of(facts))
    for event in clocks:
        promise(by=by, case=case, event=event, since=since, at=at)
    if clocks and facts.day:
        promise(by=by, case=case, event="violence.dated", since=begin_of(facts.day), at=at)
    return incident


def keep_incident(by: Member, case: Case, facts: IncidentFacts, at: datetime) -> Incident:
    """The same without its clocks."""
    told = {name: getattr(facts, name) for name in OF_AN_INCIDENT}
    incident = Incident.objects.create(case=case, number=case.incidents.count() + 1, **told)
    IncidentCode.objects.bulk_create(
        IncidentCode(incident=incident, question=question, code=code)
        for question, codes in facts.several.items()
        for code in dict.fromkeys(codes)
    )
    if rules.asks_support(kinds_of(facts), facts.several.get("exploitation", ())):
        _ask_support(by, case, at)
    return incident


def kinds_of(facts: IncidentFacts) -> set[str]:
    """Every kind of violence of an incident."""
    return {facts.main_kind, *facts.several.get("kinds", ())}


def _ask_support(by: Member, case: Case, at: datetime) -> None:
    """Let whoever walks with her offer economic support, unless that is to be done already."""
    due = local_day(at) + timedelta(days=rules.SUPPORT_DAYS)
    Task.objects.open().get_or_create(
        case=case, kind=TaskKind.SUPPORT, defaults={"who": case.manager or by, "due": due}
    )


def _begun(reports: Sequence[Report]) -> list[datetime]:
    return [one.began_at for report in reports for one in of_subject(report.ticket.number)]


def _keep_card(by: Member, case: Case, items: Sequence[SealedItem], at: datetime) -> None:
    """Keep the card of a person, where there is one, and nothing else. Raises vault.rules.Refused."""
    if len(items) > 1 or any(item.what != CARD for item in items):
        raise Refused("items")
    vault.keep_items(by=by.actor, subject=case.code, items=items, at=at)


def card_of(items: Sequence[SealedItem]) -> str:
    """The name of the sealed card among items, empty without one."""
    return next((item.item for item in items if item.what == CARD), "")
