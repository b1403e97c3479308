"""Help given and arranged."""

from tests.house.urls.entries import (
    AGENCY,
    MANAGERS,
    OWN,
    PARTNER,
    PARTNERS,
    READERS,
    SUPERVISORS,
    Entry,
    Named,
    cases,
)
from tests.house.urls.place import Place

KEEPERS_OF_STOCK = frozenset({"case_manager", "supervisor"})


def _letter(method: str = "post", roles: frozenset[str] = READERS) -> Entry:
    """An address of a letter: whoever works on its case."""
    return Entry(
        method, roles, OWN, names=lambda place: {"code": place.case.code, "name": place.letter.code}
    )


def referrals(method: str = "post") -> Entry:
    """An address of a referral below its case: whoever works on it."""

    def named(at: Place) -> dict[str, object]:
        return {"code": at.case.code, "referral": at.referral.code}

    return Entry(method, READERS, OWN, names=named)


def incoming(method: str = "get") -> Entry:
    """An address of a referral as its partner has it: of the agency it was sent to, and no other."""
    return Entry(
        method,
        PARTNERS,
        frozenset(),
        also=PARTNER,
        names=lambda at: {"referral": at.referral.code},
    )


def kept(method: str = "post") -> Entry:
    """An address of a support for whoever keeps its money."""
    return Entry(method, MANAGERS, AGENCY, names=lambda place: {"support": place.support.code})


def supported(method: str = "post") -> Entry:
    """An address of a support in its case."""
    return Entry(
        method,
        READERS,
        OWN,
        names=lambda place: {"code": place.case.code, "support": place.support.code},
    )


def visits(method: str = "post", **named: object) -> Entry:
    """An address of a visit, below its case."""
    return _below(method, lambda at: {"code": at.case.code, "visit": at.visit.code, **named})


def sessions(method: str = "post") -> Entry:
    """An address of a counselling session, below its case."""
    return _below(method, lambda at: {"code": at.case.code, "session": at.session.code})


def _below(method: str, names: Named) -> Entry:
    return Entry(method, READERS, OWN, names=names)


def answered(at: Place) -> dict[str, object]:
    """The visit in which an agency gives a station."""
    return {"visit": at.visit.code}


def psych_plan() -> Entry:
    """An address of a plan of psychological support."""
    return Entry(
        "post",
        READERS,
        OWN,
        names=lambda place: {"code": place.case.code, "number": place.psych.pk},
    )


HOUSEKEEPERS = frozenset({"shelter_keeper", "supervisor"})


def stay(method: str = "post") -> Entry:
    """An address of a stay for whoever keeps its shelter."""
    return Entry(method, HOUSEKEEPERS, AGENCY, names=lambda place: {"stay": place.stay.code})


def house() -> Entry:
    """An address of a shelter for whoever keeps it."""
    return Entry(
        "post",
        HOUSEKEEPERS,
        AGENCY,
        names=lambda place: {"shelter": place.stay.room.shelter.provider.code},
    )


def stayed() -> Entry:
    """An address of a stay in its case."""
    return Entry(
        "post", READERS, OWN, names=lambda place: {"code": place.case.code, "stay": place.stay.code}
    )


TABLE: dict[str, Entry] = {
    "services:shelters": Entry(roles=HOUSEKEEPERS),
    "services:open_shelter": Entry("post", HOUSEKEEPERS),
    "services:open_room": house(),
    "services:close_room": house(),
    "services:turn_away": Entry(roles=HOUSEKEEPERS | READERS),
    "services:house_rules": Entry(roles=HOUSEKEEPERS | READERS),
    "services:stay": stay("get"),
    "services:extend_kept": stay(),
    "services:leave_kept": stay(),
    "services:stays": cases("get"),
    "services:extend_stay": stayed(),
    "services:leave_stay": stayed(),
    "services:supports": cases("get"),
    "services:ask_support": cases(),
    "services:beneficiary": cases("get"),
    "services:assess_support": supported("get"),
    "services:end_support": supported(),
    "services:kept": Entry(roles=MANAGERS),
    "services:kept_support": kept("get"),
    "services:approve_support": kept(),
    "services:refuse_support": kept(),
    "services:pay_support": kept(),
    "services:end_kept": kept(),
    "services:of_case": cases("get"),
    "services:bundle": referrals(),
    "services:letters": cases("get"),
    "services:draft_letter": cases("get", name="visum"),
    "services:letter": _letter("get"),
    "services:letter_print": _letter("get"),
    "services:issue_letter": _letter(roles=SUPERVISORS),
    "services:hand_letter": _letter(),
    "services:cancel_letter": _letter(),
    "services:inbox": Entry(roles=PARTNERS),
    "services:desk": Entry(roles=PARTNERS),
    "services:incoming": incoming(),
    "services:unmet": Entry(roles=READERS),
    "services:referrals": cases("get"),
    "services:referral": referrals("get"),
    "services:send": referrals(),
    "services:hear": referrals(),
    "services:withdraw": referrals(),
    "services:settle": referrals(),
    "services:calendar": Entry(roles=READERS),
    "services:hearings": cases("get"),
    "services:hearing_step": Entry(
        "post",
        READERS,
        OWN,
        names=lambda place: {"code": place.case.code, "name": place.hearing.code},
    ),
    "services:police_letters": cases("get"),
    "services:tick_pathway": cases(),
    "services:psych": cases("get"),
    "services:psych_measure": psych_plan(),
    "services:psych_look": psych_plan(),
    "services:psych_end": psych_plan(),
    "services:care": cases("get"),
    "services:begin_care": cases("get", name="svc_document"),
    "services:care_one": Entry(
        "get",
        READERS,
        OWN,
        names=lambda place: {"code": place.case.code, "name": place.care.code},
    ),
    "services:health": cases("get"),
    "services:visum_step": cases("get", to="lp_made"),
    "services:ask_health": cases(),
    "services:answer_health": Entry(
        "get",
        READERS,
        OWN,
        names=lambda place: {"code": place.case.code, "order": place.order.code},
    ),
    "services:custody": cases("get"),
    "services:custody_print": cases("get"),
    "services:kits": Entry(roles=KEEPERS_OF_STOCK, relations=AGENCY),
    "services:kit_batch": Entry(
        roles=KEEPERS_OF_STOCK, relations=AGENCY, names=lambda place: {"number": place.batch.pk}
    ),
    "services:fees": Entry(roles=SUPERVISORS),
    # None was asked: tests/services/test_visum.py.
    "services:answer_fee": Entry("post", SUPERVISORS, frozenset(), names=lambda _at: {"number": 1}),
    "services:visits": cases("get"),
    "services:visit": visits("get"),
    "services:visit_now": visits("get"),
    "services:visit_print": visits("get"),
    "services:mark_station": Entry(
        "post",
        READERS,
        OWN,
        names=lambda at: {"code": at.case.code, "visit": at.visit.code},
        data={"pos": "1 waiting skipped"},
    ),
    "services:add_station": visits(),
    "services:retime_station": visits(number=1),
    "services:call_off_visit": visits(),
    "services:stations": Entry(roles=PARTNERS),
    "services:answer_station": Entry(
        "post",
        PARTNERS,
        frozenset({"receiving agency"}),
        names=answered,
        data={"pos": "1 waiting skipped"},
    ),
    "services:counselling": cases("get"),
    "services:session": sessions("get"),
    "services:session_missed": sessions(),
    "services:session_reached": sessions(),
    "services:call_off_session": sessions(),
    "services:week": Entry(roles=READERS),
    "services:end_slot": Entry(
        "post",
        READERS,
        frozenset(),
        frozenset({("counsellor", "own team")}),
        names=lambda at: {"number": at.session.slot.pk},
    ),
}
