"""A girl, her school, and everybody who helps: one case through every room, on a running clock.

The browser's side of each step has a walk of its own: tests/walks/test_{grants,health,visits,
conferences,shelters}.py.
"""

from datetime import datetime, time, timedelta

import pytest

from teduh.access.models import Duty
from teduh.access.rules import Forbidden
from teduh.access.words import AgencyKind
from teduh.audit.models import Row
from teduh.cases import actions as cases
from teduh.cases import queries
from teduh.cases.actions import legal, recovery
from teduh.cases.actions.rights import tell_all_rights
from teduh.cases.models import Case, Goal
from teduh.cases.words import (
    ConsentBy,
    GoalState,
    JusticeStage,
    PersonRole,
    State,
    VisumStatus,
)
from teduh.conferences import actions as tables
from teduh.conferences import declaration
from teduh.conferences.models import AgendaItem, TableSeat
from teduh.conferences.rules import NotReady
from teduh.conferences.words import Doing, Evidence, FeedbackWay, Kind, Presence, Where
from teduh.funding.models import Line
from teduh.lib.timing import local_day
from teduh.records.models import Consent
from teduh.records.rules import NoConsent
from teduh.records.words import Purpose, Tie
from teduh.services.actions import psych, sheltering, supporting, visiting, visum
from teduh.services.shelter_words import Group, StayEnd
from teduh.services.support_words import IncomeLost, SupportOutcome
from teduh.services.words import StationState
from teduh.sop import actions as sop
from teduh.sop.models import Promise
from tests.factories import AgencyFactory, MemberFactory
from tests.factories.cases import (
    AT,
    CaseOffice,
    a_goal,
    a_report,
    assessed,
    new_case,
    sealed_item,
)
from tests.factories.grants import Partners, agreed, granted, partners, read
from tests.factories.helping import at_nine
from tests.factories.money import a_line
from tests.factories.services import provider
from tests.factories.shelters import a_room
from tests.factories.sop import adopt_next
from tests.factories.supports import PAPER, asking, keeper

pytestmark = pytest.mark.django_db(databases=["default", "shred"])
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Days:
    """The clock of the office: it beats every three hours while the days go by."""

    def __init__(self) -> None:
        self.now = AT

    def until(self, moment: datetime) -> datetime:
        """Let the time pass."""
        while self.now < moment:
            self.now = min(self.now + 3 * HOUR, moment)
            sop.tick(at=self.now)
        return moment


def met(case: Case, step: str) -> bool:
    """Whether the newest promise of a step was kept in time."""
    row = Promise.objects.filter(subject=case.code, step=step).latest("id")
    return row.met_at is not None and row.missed_at is None


def guarded(office: CaseOffice, case: Case, to: Partners, tie: Tie, **told: object) -> Consent:
    """What her aunt says yes to, together with her."""
    return agreed(
        office,
        case,
        told.pop("agency", to.hospital),  # type: ignore[arg-type]
        given_by=ConsentBy.GUARDIAN,
        tie=tie,
        child_agrees=True,
        **told,
    )


def test_a_girl_her_school_and_everybody_who_helps(office: CaseOffice) -> None:
    days, by, to = Days(), office.melati, partners()
    adopt_next(office.team, since=local_day(AT))
    Duty.objects.create(team=office.team, member=by, starts=AT, ends=AT + 60 * DAY)
    head = keeper(office)
    prosecutor = MemberFactory(
        role="partner_officer", agency=AgencyFactory(kind=AgencyKind.PROSECUTION)
    )

    # The report, an hour later a case: a teacher is accused; she is fifteen; it was this morning.
    report = a_report(office.team, danger="unsure")
    facts = cases.IncidentFacts("sexual", day=local_day(AT), place="school")
    girl = cases.PersonFacts(sex="P", age_band="13-17")
    new = new_case(office, report, incident=facts, person=girl)
    case = cases.open_case(by=by, new=new, at=days.until(AT + HOUR))
    accused = cases.PersonFacts(role=PersonRole.ACCUSED, age_band="25-44", relation="teacher")
    cases.add_person(by=by, case=case, facts=accused, items=[], at=days.now)
    none = visum.StepFacts()  # the hospital is called at once
    visum.visum_step(by=by, case=case, to=VisumStatus.OFFERED, facts=none, items=[], at=days.now)
    assessed(office, case, at=days.until(AT + 2 * HOUR), computed="high")
    tell_all_rights(by=by, case=case, at=days.now)
    assert met(case, "risk_assessment")

    # Whoever lives with the accused consents to nothing; her aunt may, together with her.
    with pytest.raises(NoConsent) as refused:
        guarded(office, case, to, Tie.HOUSEHOLD)
    assert "conflict" in refused.value.lacks
    health = guarded(office, case, to, Tie.APART)
    granted(office, health, to.flamboyan)
    assert read(to.flamboyan, case, days.now) == []  # nothing is written yet in these parts

    # One visit next morning, three stations, one of them the hospital's.
    hospital = provider("svc_visum", agency=to.hospital, name="RS Contoh")
    stations = [
        at_nine(office, service="svc_psych_first"),
        at_nine(office, service="svc_visum", provider=hospital, begins=time(10), ends=time(11)),
        at_nine(office, service="svc_legal", begins=time(11), ends=time(12)),
    ]
    plan = visiting.VisitFacts(local_day(AT) + DAY, stations, companion=by, agreed=True)
    visit = visiting.plan_visit(by=by, case=case, facts=plan, at=days.now)
    days.until(AT + 18 * HOUR)
    theirs = visit.stations.get(number=2)
    for seen, state in (("waiting", StationState.UNDER_WAY), ("under_way", StationState.DONE)):
        at = days.until(days.now + HOUR / 2)
        visiting.answer_station(by=to.flamboyan, station=theirs, seen=seen, to=state, at=at)
    done = visum.StepFacts(provider=hospital)
    visum.visum_step(by=by, case=case, to=VisumStatus.EXAMINED, facts=done, items=[], at=days.now)
    steps = ("visum_contact", "visum_examination", "visum_window")
    assert [met(case, one) for one in steps] == [True, True, True]

    # The police know within three days; the plan is made with her.
    at = days.until(AT + 40 * HOUR)
    legal.justice(by=by, case=case, stage=JusticeStage.REPORTED, day=local_day(at), at=at)
    assert met(case, "police_told")
    wishes = [sealed_item(case, "cases.plan.wishes", '{"hopes":"Contoh: tetap sekolah."}', at)]
    cases.keep_plan(by=by, case=case, facts=cases.PlanFacts(), items=wishes, seen=0, at=at)
    goal = a_goal(office, case)
    cases.agree_plan(by=by, case=case, at=at)
    case.crew.filter(member=by).update(role="counsellor")
    support_plan = psych.begin_plan(
        by=by, case=case, months=6, monthly=2, goals=["sleep"], at=days.now
    )
    assert "tetap sekolah" in "".join(read(to.flamboyan, case, days.now))

    # A place to sleep, and money for the way to another school: asked by one, given by another.
    stay = sheltering.begin(
        by=by,
        case=case,
        room=a_room(office.supervisor, group=Group.GIRLS),
        wish=sheltering.Wish(Group.GIRLS, 1, local_day(at) + 14 * DAY),
        items=[],
        at=days.now,
    )
    line = a_line(head, planned=1_000_000)
    until = local_day(at) + 80 * DAY
    wish = supporting.ask(by=by, case=case, asking=asking(amount=600_000, until=until), at=at)
    found = supporting.Found(IncomeLost.NONE, 1)
    wish = supporting.assess(by=office.supervisor, support=wish, found=found, items=[], at=at)
    wish = supporting.approve(by=head, support=wish, line=line, at=days.until(AT + 44 * HOUR))
    supporting.pay(by=head, support=wish, number=1, paper=PAPER, at=days.now)
    line = Line.objects.get(pk=line.pk)
    assert (line.spent, line.committed) == (200_000, 400_000)

    # Police and prosecutor at one table: her wishes first, each agency with its own part.
    at = days.until(AT + 5 * DAY)
    spoken = {"purpose": Purpose.CONFERENCE, "comps": ("legal",), "agency": to.bakung.agency}
    guarded(office, case, to, Tie.APART, **spoken)
    told_plan = tables.Plan(Kind.CASE, office.team.code, local_day(at), time(17), Where.OFFICE)
    table = tables.plan(by=by, told=told_plan, seats=[to.bakung, prosecutor], at=at)
    sha = declaration.in_force(local_day(at)).sha
    for member in (by, to.bakung, prosecutor):
        tables.accept(by=member, conference=table, sha=sha, at=at)
    tables.refill(by=by, conference=table, at=at)
    for seat in TableSeat.objects.filter(conference=table).select_related("member"):
        tables.accept(by=seat.member, conference=table, sha=sha, at=at)
    tables.begin(by=by, conference=table, at=at)
    for seat in TableSeat.objects.filter(conference=table, member__in=[to.bakung, prosecutor]):
        tables.attend(by=by, seat=seat, presence=Presence.PRESENT, at=at)
    item = AgendaItem.objects.get(conference=table, case=case)
    assert "score" in item.triggers.split()
    with pytest.raises(NotReady):
        tables.discuss(by=by, item=item, at=at)
    her = [sealed_item(case, "conferences.item.wishes", "Contoh: tidak bertemu ia lagi.", at)]
    tables.keep_wishes(by=by, item=item, items=her, unsaid="", at=at)
    decision = tables.decide(
        by=by,
        item=AgendaItem.objects.get(pk=item.pk),
        told=tables.Told(to.bakung.agency, Doing.PATROL, local_day(at) + 7 * DAY, to.bakung),
        items=[sealed_item(case, "conferences.decision.legal", "Contoh: patroli.", at)],
        at=at,
    )
    item = AgendaItem.objects.get(pk=item.pk)
    tables.discuss(by=by, item=item, at=at)
    tables.agree_feedback(
        by=by, item=item, way=FeedbackWay.MET, who=by, until=local_day(at) + 2 * DAY, at=at
    )
    tables.close(by=by, conference=table, at=at)
    assert met(case, "conference")
    tables.carry_out(by=to.bakung, decision=decision, evidence=Evidence.MET, at=days.now + DAY)
    assert met(case, "conference_decision")

    # Reviews until it holds; she leaves the shelter, the rest of the money is paid.
    cases.move(by=by, case=case, to=State.IN_SERVICE, at=days.until(AT + 7 * DAY))
    sheltering.leave(by=by, stay=stay, end=StayEnd.FAMILY, at=days.until(AT + 12 * DAY))
    assert met(case, "stay_end")
    assessed(office, case, at=days.until(AT + 13 * DAY), computed="low", score="1")
    cases.set_goal(by=by, goal=Goal.objects.get(pk=goal.pk), state=GoalState.REACHED, at=days.now)
    for number, day in ((2, 40), (3, 70)):
        supporting.pay(
            by=head, support=wish, number=number, paper=PAPER, at=days.until(AT + day * DAY)
        )
        recovery.review(by=by, case=case, rating=number + 1, items=[], at=days.now)
    supporting.end(by=by, support=wish, outcome=SupportOutcome.MET, at=days.now)
    psych.end_plan(by=by, plan=support_plan, reason="reached", at=days.now)
    line = Line.objects.get(pk=line.pk)
    assert (line.spent, line.committed) == (600_000, 0)
    assert queries.reviews_of(case)[-1].band == "low"
    assert local_day(days.now) > health.until
    with pytest.raises(Forbidden):
        read(to.flamboyan, case, days.now)
    words = "".join(str(one) for one in Row.objects.values_list("detail", flat=True))
    assert "Contoh" not in words
