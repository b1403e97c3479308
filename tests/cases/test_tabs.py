"""The tabs of a case: one of them is always marked, also on a page below it."""

import pytest

from teduh.cases.models import Case
from teduh.cases.tabs import tabs_of

CODE = "KSS-9999-0001"


@pytest.mark.parametrize(
    ("address", "tab"),
    [
        (f"/kantor/kasus/{CODE}/", "Ikhtisar"),
        (f"/kantor/kasus/{CODE}/satukan/", "Ikhtisar"),
        (f"/kantor/kasus/{CODE}/limpah/", "Ikhtisar"),
        (f"/kantor/kasus/{CODE}/orang/2/", "Ikhtisar"),
        (f"/kantor/kasus/{CODE}/asesmen/", "Asesmen"),
        (f"/kantor/kasus/{CODE}/asesmen/social/", "Asesmen"),
        (f"/kantor/kasus/{CODE}/rencana/tujuan/1/", "Rencana"),
        (f"/kantor/data/kasus/{CODE}/", "Data penyintas"),
        (f"/kantor/data/kasus/{CODE}/paket/", "Data penyintas"),
    ],
)
def test_the_tab_of_a_page_or_of_the_page_above_it_is_marked(address: str, tab: str) -> None:
    assert [one.label for one in tabs_of(Case(code=CODE), address) if one.here] == [tab]
