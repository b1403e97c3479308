"""A case as an officer's browser opens it, in an office with the demo's keys."""

import itertools
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from teduh.access.models import Member, Team
from teduh.cases import actions
from teduh.cases.actions.risk import ANSWERS
from teduh.cases.models import Assessment, Case, Goal, Part
from teduh.cases.parts import section
from teduh.cases.queries import newest_answers
from teduh.intake.models import Report
from teduh.lib.codes import CROCKFORD
from teduh.lib.timing import local_day
from teduh.vault import demo, suite
from teduh.vault import office as making
from teduh.vault.packages import SealedItem
from tests.factories.access import MemberFactory, TeamFactory
from tests.factories.reports import received

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CARD = "cases.person.card"
_numbers = itertools.count()


@dataclass(frozen=True)
class CaseOffice:
    """One team; whoever has keys is `melati`, an officer; the rest only sign in."""

    team: Team
    melati: Member
    manager: Member
    supervisor: Member
    outsider: Member


def case_office() -> CaseOffice:
    """The team with its keys, four members of it."""
    team = TeamFactory(code="asesmen", name="Tim asesmen")
    _keys(team.code, "melati")
    return CaseOffice(
        team,
        MemberFactory(code="melati", role="officer", team=team),
        MemberFactory(role="case_manager", team=team, name="Contoh Kenanga"),
        MemberFactory(role="supervisor", team=team, name="Contoh Seroja"),
        MemberFactory(role="counsellor", team=team, name="Contoh Cempaka"),
    )


def _keys(team: str, member: str) -> None:
    """The demo's keys, but for the closed keyring: a slow phrase that no test of a case types."""
    day = local_day(AT)
    box, sign = making.member_keys(member, demo.seed, day)
    making.start_epoch(team, {member: suite.box_public(box)}, demo.seed(f"epoch:{team}"), day)
    making.recovery_key(demo.seed("recovery"), day)
    making.sign_manifest(member, sign, demo.seed("root"), day, {member: [team]})


def a_report(team: Team, *, at: datetime = AT, **answers: Any) -> Report:
    """A report of a team that has the demo's keys."""
    return received(team, at=at, **answers)


def case_code() -> str:
    """A code no case has yet."""
    number, symbols = next(_numbers), ""
    for _place in range(4):
        number, rest = divmod(number, len(CROCKFORD))
        symbols = CROCKFORD[rest] + symbols
    return f"KSS-9999-{symbols}"


def new_case(office: CaseOffice, *reports: Report, **told: Any) -> actions.NewCase:
    """What the form of a new case brings."""
    code = case_code()
    new = actions.NewCase(
        code=code,
        reports=reports or (a_report(office.team),),
        manager=office.manager,
        person=actions.PersonFacts(sex="P", age_band="25-44"),
        incident=actions.IncidentFacts(main_kind="psychological"),
        made=demo.make_case(subject=code, team=office.team.code, member="melati"),
        items=(),
    )
    return replace(new, **told)


def opened(office: CaseOffice, *reports: Report, at: datetime = AT, **told: Any) -> Case:
    """A case that stands, opened by melati, with somebody else as its manager."""
    new = new_case(office, *reports, **told)
    return actions.open_case(by=office.melati, new=new, at=at)


def sealed_item(case: Case, what: str = CARD, text: str = "", at: datetime = AT) -> SealedItem:
    """Something melati wrote into a case that stands."""
    return demo.seal_for_case(
        subject=case.code,
        team=case.team_code,
        member="melati",
        what=what,
        text=text or '{"name":"Contoh Mawar"}',
        at=at,
    )


def listed(
    office: CaseOffice, case: Case, name: str = "Contoh Mawar", *, made_of: str, at: datetime = AT
) -> None:
    """Put the card of a case into its team's list, as melati's browser makes it of these items."""
    card, made = demo.seal_card(
        subject=case.code, team=case.team_code, member="melati", name=name, at=at
    )
    actions.show_in_list(by=office.melati, case=case, card=card, made=made, made_of=made_of, at=at)


def assessment(case: Case, at: datetime = AT, **told: str) -> dict[str, Any]:
    """What melati's browser sends of an assessment, for `actions.assess`."""
    facts = actions.Assessed(
        **{
            "instrument": "lengkap",
            "version": "2026-1",
            "score": "14",
            "computed": "high",
            "final": told.get("computed", "high"),
            **told,
        }
    )
    item = sealed_item(case, ANSWERS, '{"weapon":"yes"}', at)
    statement = demo.vouch(subject=case.code, member="melati", item=item, told=asdict(facts))
    seen = newest_answers(case)
    return {"facts": facts, "items": [item], "statement": statement, "seen": seen, "at": at}


def assessed(office: CaseOffice, case: Case, *, at: datetime = AT, **told: str) -> Assessment:
    """An assessment by melati that stands."""
    return actions.assess(by=office.melati, case=case, **assessment(case, at, **told))


WISHES, SAFETY, GOAL = "cases.plan.wishes", "cases.safety.plan", "cases.goal.text"


def at_state(case: Case, state: str) -> Case:
    """The case, as if it stood there."""
    Case.objects.filter(pk=case.pk).update(state=state)
    return Case.objects.get(pk=case.pk)


def a_goal(office: CaseOffice, case: Case, text: str = "Contoh: kembali bersekolah.") -> Goal:
    """One goal agreed with the survivor."""
    return actions.add_goal(
        by=office.melati,
        case=case,
        facts=actions.GoalFacts(),
        items=[sealed_item(case, GOAL, text)],
        at=AT,
    )


def planned(office: CaseOffice, *reports: Report) -> Case:
    """A case with a plan she agreed with and one goal."""
    case = at_state(opened(office, *reports), "assessed")
    actions.keep_plan(
        by=office.melati,
        case=case,
        facts=actions.PlanFacts(),
        items=[sealed_item(case, WISHES, '{"hopes":"Contoh: tenang."}')],
        seen=0,
        at=AT,
    )
    a_goal(office, case)
    return actions.agree_plan(by=office.melati, case=case, at=AT)


def part_written(
    office: CaseOffice,
    case: Case,
    code: str = "social",
    *,
    seen: str = "",
    text: str = '{"lives":"Contoh: bersama ibunya."}',
    at: datetime = AT,
) -> Part:
    """A part of the assessment as melati's browser writes it, with its compartment where it is new."""
    found = section(code)
    assert found is not None
    place = {"subject": case.code, "team": case.team_code, "member": "melati"}
    made = () if seen else demo.make_case(**place, comps=[found.comp])
    item = demo.seal_for_case(**place, what=found.what, text=text, at=at, made=made)
    return actions.keep_part(
        by=office.melati, case=case, section=found, made=made, items=[item], seen=seen, at=at
    )
