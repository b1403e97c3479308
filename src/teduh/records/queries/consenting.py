"""Reading consent: what was agreed in a case, to whom something may be given."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teduh.access.models import Agency
from teduh.cases.models import Case, Person
from teduh.cases.parts import sections
from teduh.cases.queries import people_of
from teduh.cases.words import PersonRole
from teduh.records import rules
from teduh.records.models import Consent
from teduh.vault import suite
from teduh.vault.packages import b64, compact

OF_A_CASE: dict[str, str | Promise] = {  # compartment -> what lies in it, as she is told
    "identity": _("Nama dan cara aman menghubungi"),
    "care": _("Risiko, keselamatan, kebutuhan, dan rencana"),
    "medical": _("Catatan kesehatan"),
    "legal": _("Langkah hukum"),
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """A consent as the page of a case shows it."""

    row: Consent
    state: str  # holding, over, withdrawn, void
    parts: list[str | Promise]


def part_labels() -> dict[str, str | Promise]:
    """What may be shared of a case, by compartment; the office's own notes never are."""
    told: dict[str, str | Promise] = dict(OF_A_CASE)
    told |= {one.comp: _("Asesmen: %s") % one.words for one in sections()}
    needed = {comp for comps in rules.NEEDED.values() for comp in comps}
    return {comp: label for comp, label in told.items() if comp in needed}


def labelled(comps: Collection[str]) -> list[str | Promise]:
    """These parts in words, in the order of the page."""
    return [label for comp, label in part_labels().items() if comp in comps]


def agencies() -> list[Agency]:
    """Agencies to which something may be given: those that serve any purpose."""
    kinds = {kind for some in rules.SERVES.values() for kind in some}
    return list(Agency.objects.filter(active=True, kind__in=kinds))


def survivors_of(case: Case) -> list[Person]:
    """The persons harmed, as the case names them."""
    return [one for one in people_of(case) if one.role == PersonRole.SURVIVOR]


def guardians_of(case: Case) -> list[Person]:
    """Persons of the case who may turn out to be the guardian; an accused too, to be refused."""
    return [one for one in people_of(case) if one.role != PersonRole.SURVIVOR]


def consents_of(case: Case, day: date) -> list[Agreed]:
    """Every consent of a case, the newest first."""
    holding = set(Consent.objects.holding(day).filter(case=case).values_list("pk", flat=True))
    rows = Consent.objects.filter(case=case).select_related("agency", "member", "guardian")
    return [Agreed(one, _state(one, holding, day), labelled(one.parts)) for one in rows]


def consent_of(case: Case, number: int) -> Consent | None:
    """One consent of a case by its number."""
    rows = Consent.objects.filter(case=case, number=number)
    return rows.select_related("case", "agency", "member", "guardian").first()


def hash_of(consent: Consent) -> str:
    """The name of a consent in the grants that rest on it."""
    return b64(suite.sha256(compact(consent.facts)))


def _state(row: Consent, holding: Collection[int], day: date) -> str:
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.until < day:
        return "over"
    return "holding" if row.pk in holding else "void"
