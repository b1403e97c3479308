"""Promises, and the versions of the procedure."""

from tests.house.urls.entries import AGENCY, MANAGERS, OWN, READERS, TRIAGE, Entry


def promises(roles: frozenset[str]) -> Entry:
    """An address of a promise: its own team, and whoever answers for the whole office."""
    everywhere = frozenset(
        (role, relation) for role in roles & MANAGERS for relation in ("own team", "other team")
    )
    return Entry("post", roles, OWN, everywhere, names=lambda place: {"number": place.promise.pk})


def versions(roles: frozenset[str]) -> Entry:
    """An address of a drafted version: members of the office."""
    return Entry("post", roles, AGENCY, names=lambda place: {"number": place.version.pk})


TABLE: dict[str, Entry] = {
    "sop:board": Entry(roles=READERS | MANAGERS),
    "sop:explain": promises(TRIAGE | MANAGERS),
    "sop:list": Entry(roles=READERS | MANAGERS),
    "sop:procedure": Entry(roles=READERS | MANAGERS),
    "sop:difference": Entry(roles=READERS | MANAGERS),
    "sop:versions": Entry(roles=READERS | MANAGERS),
    "sop:approve": versions(MANAGERS),
    "sop:withdraw": versions(TRIAGE | MANAGERS),
    "sop:hear": promises(TRIAGE | MANAGERS),
    "sop:pause": promises(TRIAGE),
    "sop:resume": promises(TRIAGE),
}
