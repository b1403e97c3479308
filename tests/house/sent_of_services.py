"""The sealed forms of help given and arranged, as melati's browser sends them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from teduh.cases import queries as cases
from teduh.cases.models import Case, Crew
from teduh.services import care_table, psych_days
from teduh.services.actions import (
    caring,
    health,
    letters,
    psych,
    sessions,
    sheltering,
    supporting,
    visum,
)
from teduh.services.words import HealthKind
from tests.factories.access import MemberFactory
from tests.factories.cases import AT, CaseOffice, opened, sealed_item
from tests.factories.directory import provider
from tests.factories.helping import booked
from tests.factories.letters import AGREED, drafted, words
from tests.factories.sealed import Of, Sends, Sent, in_case, in_part, text
from tests.factories.shelters import DAY, a_room
from tests.factories.supports import asked

NOTE = caring.NOTES["care"]


def session_held(at: CaseOffice) -> Sent:
    """A session of today with its note."""
    row = booked(at, opened(at))
    told = in_part(row.case, "part-psych", sessions.NOTE)
    return reverse("services:session", args=[row.case.code, row.code]), {**told, "minutes": "50"}


def care_moved(at: CaseOffice) -> Sent:
    """A document that is being gathered now."""
    case, told = opened(at), caring.Told({"document": "birth"})
    kind = care_table.kinds()["svc_document"]
    row = caring.begin_care(by=at.melati, case=case, kind=kind, told=told, items=[], at=AT)
    step = {"seen": row.state, "to": "gathering", "document": "birth"}
    there = reverse("services:care_one", args=[case.code, row.code])
    return there, {**step, "sealed": text(sealed_item(case, NOTE))}


def stay(at: CaseOffice) -> Sent:
    """A stay in a room of a shelter."""
    room = a_room(MemberFactory(role="shelter_keeper", agency=at.team.agency))
    until = DAY + timedelta(days=7)
    return in_case(
        "services:stays", sheltering.PLACE, room=f"{room.pk}", persons="2", until=f"{until}"
    )(at)


def support_assessed(at: CaseOffice) -> Sent:
    """What the household lives on."""
    row = asked(at, case := opened(at))
    told = {"income_lost": "all", "dependants": "2"}
    there = reverse("services:assess_support", args=[case.code, row.code])
    return there, {**told, "sealed": text(sealed_item(case, supporting.NOTE))}


def letter_told(at: CaseOffice, case: Case) -> dict[str, Any]:
    """A letter that asks the police for an examination."""
    told = {
        "signatory": at.supervisor.code,
        "person": str(cases.people_of(case)[0].pk),
        "provider": provider(kind="police").code,
        "sealed": text(words(case)),
    }
    return {**told, **{name: str(said) for name, said in AGREED.items()}}


def letter_drafted(at: CaseOffice) -> Sent:
    """A letter of which there is no draft yet."""
    case = opened(at)
    return reverse("services:draft_letter", args=[case.code, "visum"]), letter_told(at, case)


def letter_mended(at: CaseOffice) -> Sent:
    """Other words in a draft."""
    row = drafted(at, case := opened(at))
    told = {**letter_told(at, case), "seen": row.item}
    return reverse("services:letter", args=[case.code, row.code]), told


def health_answered(at: CaseOffice) -> Sent:
    """Medical care that was given."""
    case = opened(at)
    row = health.ask_health(by=at.melati, case=case, kind=HealthKind.WOUNDS, at=AT)
    told = {"state": "given", "outcome": "done", "sealed": text(sealed_item(case, health.RESULT))}
    return reverse("services:answer_health", args=[case.code, row.code]), told


def in_plan(name: str, what: str, **told: object) -> Sends:
    """A form of a plan of psychological support in whose case melati is the counsellor."""

    def sent(at: CaseOffice) -> Sent:
        case = opened(at)
        Crew.objects.filter(case=case, member=at.melati).update(role="counsellor")
        plan = psych.begin_plan(
            by=at.melati, case=case, months=6, monthly=2, goals=["sleep"], at=AT
        )
        there = reverse(name, args=[case.code, plan.pk])
        return there, {**in_part(case, psych_days.COMP, what), **told}

    return sent


SERVICES = {
    "session": Of("services/session.html", (session_held,)),
    "care begun": Of(
        "services/care_begin.html",
        (in_case("services:begin_care", NOTE, "svc_document", document="birth"),),
    ),
    "care moved": Of("services/care_one.html", (care_moved,)),
    "stay": Of("services/stays.html", (stay,)),
    "support": Of("services/support_assess.html", (support_assessed,)),
    "household": Of(
        "services/beneficiary.html",
        (in_case("services:beneficiary", supporting.NAME, relation="child"),),
    ),
    "draft": Of("services/letter_draft.html", (letter_drafted,)),
    "letter": Of("services/letter.html", (letter_mended,)),
    "visum": Of(
        "services/visum_step.html",
        (in_case("services:visum_step", visum.LETTER, "lp_made", day=f"{DAY}", fee_asked="on"),),
    ),
    "custody": Of(
        "services/custody.html",
        (
            in_case(
                "services:custody",
                visum.MARK,
                thing="swab",
                given_by="doctor",
                taken_by="investigator",
                day=f"{DAY}",
            ),
        ),
    ),
    "care answered": Of("services/health_order.html", (health_answered,)),
    "plan of months": Of(
        "services/parts/psych_plan.html",
        (
            in_plan("services:psych_measure", psych.ANSWERS, alat="rating"),
            in_plan("services:psych_look", psych.NOTE, monthly="4", goals=["calm"]),
        ),
    ),
    "police letter": Of(
        "services/letters.html",
        (
            in_case(
                "services:police_letters",
                letters.NUMBER,
                kind="a1",
                day=f"{DAY}",
                received=f"{DAY}",
            ),
        ),
    ),
}
