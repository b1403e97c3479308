"""Reports at the desk, and the ways in that officers work."""

from django.utils import timezone

from teduh.intake.channels.outreach.actions import begin
from teduh.intake.channels.outreach.words import Occasion
from tests.house.urls.entries import (
    AGENCY,
    MANAGERS,
    NOBODYS,
    OWN,
    PARTNER,
    PARTNERS,
    READERS,
    STAFF,
    SUPERVISORS,
    TRIAGE,
    Entry,
    helpers,
)
from tests.house.urls.place import TICKET, Place


def gathering(place: Place) -> dict[str, object]:
    """An occasion of the team."""
    made = begin(
        by=place.members["officer", "own team"],
        occasion=Occasion.VISIT,
        place="",
        area_code="",
        at=timezone.now(),
    )
    return {"number": made.pk}


def ticket(_place: Place) -> dict[str, object]:
    """The report."""
    return {"number": TICKET}


def call(_place: Place) -> dict[str, object]:
    """The code of a call nobody has begun."""
    return {"code": "TLP-0000-0001"}


def reports(roles: frozenset[str], *, method: str = "post", partner: bool = False) -> Entry:
    """An address of a report: own team, and perhaps the agency it was passed to."""
    return Entry(method, roles, OWN, PARTNER if partner else NOBODYS, names=ticket)


TABLE: dict[str, Entry] = {
    "desk:worklist": STAFF,
    "desk:report": reports(READERS, method="get", partner=True),
    "desk:step": reports(TRIAGE),
    "desk:classify": reports(TRIAGE),
    "desk:screen": reports(TRIAGE, method="get"),
    # Tickets one may not see are as if they had not been chosen: tests/intake/test_sweeping.py.
    "phone:by_phone": Entry(roles=READERS),
    "phone:opinions": Entry(roles=frozenset({"supervisor", "head", "data_officer"})),
    "desk:flood": Entry(roles=TRIAGE),
    "desk:message": reports(READERS),
    "desk:chats": Entry(roles=READERS),
    "desk:chat_rows": Entry(roles=READERS),
    "desk:chat_loads": Entry(roles=SUPERVISORS),
    # There is no conversation yet: tests/intake/channels/test_chat.py.
    "desk:chat": Entry("get", READERS, frozenset(), names=ticket),
    "desk:chat_send": reports(READERS),
    "desk:chat_step": reports(READERS),
    "desk:conflict": reports(READERS, partner=True),
    "desk:hand_over": reports(READERS),
    "desk:card": reports(READERS),
    "desk:reissue": reports(READERS, method="get"),
    "desk:reissue_looked": reports(SUPERVISORS),
    "desk:cards": Entry(roles=READERS),
    "desk:copy": Entry(roles=READERS),
    "desk:call_centres": Entry(roles=MANAGERS),
    "desk:close_call_centre": Entry(
        "post", MANAGERS, frozenset(), names=lambda _place: {"number": 1}
    ),
    "desk:partners": Entry(roles=READERS | {"partner_officer"}),
    "desk:on_behalf": Entry(
        roles=READERS | {"partner_officer"},
        relations=AGENCY,
        names=lambda _place: {"paper": "lapor"},
    ),
    "desk:filing": Entry(
        roles=PARTNERS,
        relations=frozenset({"receiving agency"}),
        names=lambda _place: {"number": TICKET},
    ),
    # Only agencies of the network: tests/intake/channels/test_referral.py.
    "desk:network": Entry(roles=frozenset({"partner_officer"}), relations=frozenset()),
    "desk:network_answer": Entry("post", TRIAGE),
    # A call that broke is its team's alone: tests/intake/channels/test_phone.py.
    "desk:calls": Entry(roles=READERS),
    "desk:call": Entry(roles=READERS, relations=frozenset(), names=call),
    "desk:keep_call": Entry("post", READERS, names=call),
    "desk:end_call": Entry("post", READERS, names=call),
    "desk:call_counts": Entry(roles=READERS),
    "desk:call_counts_file": Entry("post", READERS),
    "desk:gatherings": Entry(roles=READERS),
    "desk:gathering": Entry(roles=READERS, relations=OWN, names=gathering),
    "desk:walkin": Entry(roles=READERS),
    "desk:walkin_worker": Entry(roles=READERS),
    "desk:walkin_supplies": Entry(roles=READERS),
    "desk:walkin_pass": Entry(roles=READERS),
    "desk:walkin_send": Entry("post", roles=READERS),
    "desk:issue_card": helpers(),
}
