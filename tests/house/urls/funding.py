"""Money for the work: whoever keeps it, in their own agency."""

from tests.house.urls.entries import AGENCY, MANAGERS, Entry


def budget(method: str = "get", **data: object) -> Entry:
    """An address of a line."""
    return Entry(
        method, MANAGERS, AGENCY, names=lambda place: {"number": place.budget.pk}, data=data
    )


TABLE: dict[str, Entry] = {
    "funding:lines": Entry(roles=MANAGERS),
    "funding:add_source": Entry("post", MANAGERS),
    "funding:add_line": Entry("post", MANAGERS),
    "funding:year_csv": Entry(roles=MANAGERS),
    "funding:line": budget(),
    "funding:enter": budget("post"),
    # Nothing is entered yet: tests/funding/test_pages.py.
    "funding:take_back": Entry(
        "post", MANAGERS, frozenset(), names=lambda place: {"number": place.budget.pk}
    ),
    "funding:line_csv": budget(),
}
