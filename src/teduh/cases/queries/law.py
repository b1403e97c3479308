"""What the law, her rights and an end ask of a case."""

from dataclasses import dataclass

from django.db.models import Q

from teduh.cases import rules
from teduh.cases.models import (
    Case,
    Closure,
    JusticeStep,
    Protection,
    Review,
    RightStep,
    VisumStep,
)
from teduh.cases.queries.case import incidents_of, people_of, reports_of
from teduh.cases.rights import known
from teduh.cases.words import GoalState, PersonRole
from teduh.sop.queries import running_of
from teduh.sop.queries import step as step_of


def visum_of(case: Case) -> list[VisumStep]:
    """The steps on the way to the examination, oldest first; those of cases merged into it too."""
    both = Q(case=case) | Q(case__merged_into=case)
    return list(VisumStep.objects.filter(both).select_related("member", "case"))


def visum_stood(case: Case) -> frozenset[str]:
    """Which steps of the visum stand in a case."""
    return frozenset(one.to for one in visum_of(case))


def justice_of(case: Case) -> list[JusticeStep]:
    """How far the law had come, by day."""
    return list(JusticeStep.objects.filter(case=case).select_related("member"))


def protections_of(case: Case) -> list[Protection]:
    """Every protection order, oldest first."""
    return list(Protection.objects.filter(case=case))


@dataclass(frozen=True, slots=True)
class LegalFacts:
    """What the law says of a case, from its open codes: hints, never an answer."""

    bodily: bool  # a visum belongs to it
    mediation: bool
    complaint: bool
    child: bool
    guardian_in_conflict: bool
    accused_paths: tuple[str, ...]


def legal_facts(case: Case) -> LegalFacts:
    """The hints of rules.py for a case."""
    incidents, people = incidents_of(case), people_of(case)
    kinds = {one.main_kind for one in incidents} | {
        row.code for one in incidents for row in one.codes.all() if row.question == "kinds"
    }
    accused = [one for one in people if one.role == PersonRole.ACCUSED]
    relations = {one.relation for one in accused} | {one.relation for one in reports_of(case)}
    paths = [rules.path_of_accused(one.age_band) for one in accused]
    young = any(paths)
    return LegalFacts(
        bodily=bool(rules.clocks_of(kinds)),
        mediation=rules.may_mediate(kinds, accused_is_child=young),
        complaint=rules.complaint_offence(kinds, relations),
        child=case.child,
        guardian_in_conflict=case.child and rules.guardian_in_conflict(relations),
        accused_paths=tuple(path for path in paths if path),
    )


def rights_of(case: Case) -> list[RightStep]:
    """How far each right has come, of those that were ever touched."""
    return list(RightStep.objects.filter(case=case))


def reviews_of(case: Case) -> list[Review]:
    """The reviews of a case, oldest first."""
    return list(Review.objects.filter(case=case).select_related("member"))


def closures_of(case: Case) -> list[Closure]:
    """Everybody who asked to close a case, and what was answered."""
    return list(Closure.objects.filter(case=case).select_related("asker", "answerer"))


def closure_asked(case: Case) -> Closure | None:
    """The closure that waits for an answer."""
    return Closure.objects.filter(case=case, answer="").select_related("asker").first()


def closing_facts(case: Case) -> rules.ClosingFacts:
    """What stands in the way of closing a case now."""
    running = [
        (one.step, step_of(one.book, one.version, one.step)) for one in running_of(case.code)
    ]
    told = {row.right for row in rights_of(case) if row.told}
    return rules.ClosingFacts(
        lawful=[key for key, step in running if not step.proposal],
        own=[key for key, step in running if step.proposal],
        goals=case.goals.filter(state=GoalState.OPEN).count(),
        rights=len(known() - told),
        reviews=case.reviews.count(),
        messages=sum(1 for one in reports_of(case) if one.unread),
    )
