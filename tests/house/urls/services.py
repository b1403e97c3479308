"""Help given and arranged."""

from tests.house.urls.entries import OWN, READERS, Entry, cases

TABLE: dict[str, Entry] = {
    "services:of_case": cases("get"),
    "services:care": cases("get"),
    "services:begin_care": cases("get", name="svc_document"),
    "services:care_one": Entry(
        "get",
        READERS,
        OWN,
        names=lambda place: {"code": place.case.code, "name": place.care.code},
    ),
}
