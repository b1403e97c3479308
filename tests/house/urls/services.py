"""Help given and arranged."""

from tests.house.urls.entries import OWN, READERS, SUPERVISORS, Entry, cases

TABLE: dict[str, Entry] = {
    "services:of_case": cases("get"),
    "services:calendar": Entry(roles=READERS),
    "services:hearings": cases("get"),
    "services:hearing_step": Entry(
        "post",
        READERS,
        OWN,
        names=lambda place: {"code": place.case.code, "name": place.hearing.code},
    ),
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
    "services:fees": Entry(roles=SUPERVISORS),
    # None was asked: tests/services/test_visum.py.
    "services:answer_fee": Entry("post", SUPERVISORS, frozenset(), names=lambda _at: {"number": 1}),
}
