"""Coming in, one's own account, and the members of an agency."""

from teduh.access.roles import ROLES
from tests.house.urls.entries import (
    AGENCY,
    LET_IN,
    MANAGERS,
    OPEN,
    OWN,
    STAFF,
    STAFF_POST,
    SUPERVISORS,
    Entry,
)
from tests.house.urls.place import Place


def target(place: Place) -> dict[str, object]:
    """The colleague."""
    return {"code": place.target.code}


def members(method: str = "post") -> Entry:
    """An address of a member, for managers of the same agency."""
    return Entry(method, MANAGERS, AGENCY, names=target)


def elevations(method: str = "post") -> Entry:
    """An address of a request for a temporary right, for approvers of the same agency."""
    return Entry(method, MANAGERS, AGENCY, names=lambda place: {"number": place.asked.pk})


def lost_factors(method: str = "post") -> Entry:
    """An address of a request to take a lost factor, for managers of the same agency."""
    return Entry(method, MANAGERS, AGENCY, names=lambda place: {"number": place.lost.pk})


TABLE: dict[str, Entry] = {
    "access:entrance": OPEN,
    "access:invitation": Entry(
        open=True, names=lambda place: {"code": place.target.code, "token": "x-y"}
    ),
    "account_login": OPEN,
    "account_inactive": OPEN,
    "mfa_authenticate": OPEN,
    "account_logout": OPEN,  # also leaves a sign-in that waits for its code
    "account_reauthenticate": STAFF,
    "account_change_password": STAFF,
    "mfa_reauthenticate": STAFF,
    "mfa_reauthenticate_webauthn": STAFF,
    "mfa_view_recovery_codes": Entry(let_in=LET_IN | {404}),  # who has no codes sees none
    "mfa_generate_recovery_codes": STAFF,
    "access:second_factor": STAFF,
    "access:add_passkey": STAFF,
    # Nobody but its owner knows of a passkey.
    "access:passkey": Entry(relations=frozenset(), names=lambda _place: {"number": 1}),
    "access:remove_passkey": Entry(
        "post", relations=frozenset(), names=lambda _place: {"number": 1}
    ),
    "access:own": STAFF,
    "access:end_other_sessions": STAFF_POST,
    "access:duty": STAFF,
    "access:elevation": STAFF,
    "access:members": Entry(roles=MANAGERS),
    "access:invite": Entry(roles=MANAGERS),
    "access:member": members("get"),
    "access:deactivate": members(),
    "access:reactivate": members(),
    "access:invite_again": members(),
    "access:lost_factor": members("get"),
    "access:approve_reset": lost_factors(),
    # Its owner may say no to their own; of others' requests only managers of the agency know.
    "access:refuse_reset": Entry(
        "post",
        frozenset(ROLES),
        frozenset(),
        frozenset((role, relation) for role in MANAGERS for relation in AGENCY),
        names=lambda place: {"number": place.lost.pk},
    ),
    "access:on_call": Entry("post", MANAGERS),
    "access:cancel_duty": Entry(
        "post", MANAGERS, AGENCY, names=lambda place: {"number": place.duty.pk}
    ),
    "access:plan_absence": Entry("post", MANAGERS),
    "access:cancel_absence": Entry(
        "post", MANAGERS, AGENCY, names=lambda place: {"number": place.away.pk}
    ),
    "access:approve_elevation": elevations(),
    "access:refuse_elevation": elevations(),
    # Anybody may end their own; of others' requests only approvers of the agency know.
    "access:end_elevation": Entry(
        "post",
        frozenset(ROLES),
        frozenset(),
        frozenset((role, relation) for role in MANAGERS for relation in AGENCY),
        names=lambda place: {"number": place.asked.pk},
    ),
    "access:conflicts": Entry(roles=SUPERVISORS),
    "access:lift_conflict": Entry(
        "post", SUPERVISORS, OWN, names=lambda place: {"number": place.conflict.pk}
    ),
    "access:trail": Entry(roles=frozenset({"auditor"})),
}
