"""What is kept: terms, requests, breaches, packets, consents."""

from collections.abc import Callable

from tests.house.urls.entries import (
    AGENCY,
    MANAGERS,
    OWN,
    PARTNERS,
    READERS,
    SUPERVISORS,
    Entry,
    cases,
)
from tests.house.urls.place import Place


def packets(
    roles: frozenset[str], number: Callable[[Place], int] = lambda _at: 1, method: str = "post"
) -> Entry:
    """An address of a packet, by its number in the case, or of what was asked for it."""
    return Entry(method, roles, OWN, names=lambda at: {"code": at.case.code, "number": number(at)})


def consents(method: str = "post") -> Entry:
    """An address of a consent, by its number in the case."""
    return Entry(
        method, READERS, OWN, names=lambda at: {"code": at.case.code, "number": at.consent.number}
    )


def shared() -> Entry:
    """An address of what is shared of a case: there for no partner without a grant of their own."""
    return Entry(
        roles=PARTNERS, relations=frozenset(), names=lambda place: {"code": place.case.code}
    )


def breaches(method: str = "post", *, number: bool = False) -> Entry:
    """An address of a breach: whoever answers for the whole office."""

    def named(at: Place) -> dict[str, object]:
        told: dict[str, object] = {"code": at.touched.breach.code}
        return {**told, "number": at.touched.pk} if number else told

    return Entry(method, MANAGERS, AGENCY, names=named)


def asked_of_case(roles: frozenset[str]) -> Entry:
    """An address of what a survivor asked of her data, below her case."""
    return Entry(
        "post", roles, OWN, names=lambda at: {"code": at.case.code, "number": at.request.pk}
    )


def kept(name: str) -> Entry:
    """An address of what was asked about a kept record: whoever answers for the whole office."""
    return Entry("post", MANAGERS, AGENCY, names=lambda place: {"number": getattr(place, name).pk})


TABLE: dict[str, Entry] = {
    "records:due": Entry(roles=MANAGERS),
    "records:waiting": Entry(roles=MANAGERS),
    "records:held": Entry(roles=MANAGERS),
    "records:erased": Entry(roles=MANAGERS),
    "records:schedule": Entry(roles=MANAGERS),
    "records:restored": Entry(roles=MANAGERS),
    "records:ask_erasure": Entry(
        "post", MANAGERS, frozenset(), data={"subject": "KSS-0000-0001"}
    ),  # not ended yet: there for nobody; tests/records/test_keeping.py
    "records:approve_erasure": kept("erasure"),
    "records:refuse_erasure": kept("erasure"),
    "records:let_go": kept("retained"),
    "records:requests": Entry(roles=MANAGERS),
    "records:breaches": Entry(roles=MANAGERS),
    "records:new_breach": Entry(roles=MANAGERS),
    "records:breach": breaches("get"),
    "records:breach_touch": breaches(),
    "records:breach_told": breaches(number=True),
    "records:breach_authority": breaches(),
    "records:close_breach": breaches(),
    "records:of_case": cases("get"),
    "records:consents": cases("get"),
    "records:withdraw_consent": consents(),
    "records:consent_print": consents("get"),
    "records:give": consents(),
    "records:make_link": consents(),
    "records:end_link": Entry(
        "post",
        READERS,
        OWN,
        names=lambda at: {
            "code": at.case.code,
            "number": at.consent.number,
            "name": "A" * 22,
        },
    ),
    "records:new_keys": cases(),
    "records:shared": Entry(roles=PARTNERS),
    # Only to whom something was granted: tests/records/test_granting.py.
    "records:shared_case": shared(),
    "records:still_shared": shared(),
    "records:packets": cases("get"),
    "records:make_packet": cases(),
    "records:answer_packet": packets(SUPERVISORS, lambda at: at.packet.grant.pk),
    "records:hand_packet": packets(READERS),
    "records:packet_print": packets(READERS, method="get"),
    "records:answer_request": asked_of_case(SUPERVISORS),
    "records:tell_request": asked_of_case(READERS),
}
