"""What an address does with whom: one entry of the table, and those that many rooms have."""

from collections.abc import Callable
from dataclasses import dataclass, field

from teduh.access.roles import ROLES
from tests.house.urls.place import RELATIONS, Place

LET_IN = frozenset({200, 204, 302, 303, 400, 409, 422, 429})

Named = Callable[[Place], dict[str, object]]


def nothing(_place: Place) -> dict[str, object]:
    """The address names no object."""
    return {}


@dataclass(frozen=True)
class Entry:
    """What an address does with whom."""

    method: str = "get"
    roles: frozenset[str] = frozenset(ROLES)
    relations: frozenset[str] = frozenset(RELATIONS)
    also: frozenset[tuple[str, str]] = frozenset()
    names: Named = nothing
    open: bool = False
    let_in: frozenset[int] = LET_IN
    data: dict[str, object] = field(default_factory=dict)

    def answers(self, role: str, relation: str) -> str:
        """One of: in, forbidden, not there."""
        if role not in self.roles and not any(role == one for one, _relation in self.also):
            return "forbidden"
        at_home = role in self.roles and relation in self.relations
        return "in" if at_home or (role, relation) in self.also else "not there"


READERS = frozenset({"officer", "case_manager", "counsellor", "legal_companion", "supervisor"})
TRIAGE = frozenset({"officer", "case_manager", "supervisor"})
KEEPERS, SIGNERS = frozenset({"archive_keeper"}), frozenset({"key_officer"})
RENEWERS = frozenset({"case_manager", "supervisor"}) | KEEPERS
KEY_PEOPLE = RENEWERS | SIGNERS
SUPERVISORS = frozenset({"supervisor"})
PARTNERS = frozenset({"partner_officer"})
MANAGERS = frozenset({"supervisor", "head"})
AGENCY = frozenset({"own team", "other team"})
OWN = frozenset({"own team"})
PARTNER = frozenset({("partner_officer", "receiving agency")})
NOBODYS = frozenset[tuple[str, str]]()
NO_KEYRING = LET_IN | {403}  # a member without a keyring or a closed padlock gets nothing
OPEN, OPEN_POST = Entry(open=True), Entry("post", open=True)
STAFF, STAFF_POST = Entry(), Entry("post")


def cases(method: str = "post", roles: frozenset[str] = READERS, **named: object) -> Entry:
    """An address of a case: whoever works on it; its team is everybody of the own team here."""
    return Entry(method, roles, OWN, names=lambda place: {"code": place.case.code, **named})


def helpers(method: str = "post") -> Entry:
    """An address of a helper, for whoever keeps their list in the office."""
    return Entry(method, MANAGERS, AGENCY, names=lambda place: {"number": place.helper.pk})
