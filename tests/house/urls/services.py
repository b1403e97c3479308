"""Help given and arranged."""

from tests.house.urls.entries import OWN, READERS, Entry, cases

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
}
