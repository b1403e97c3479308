"""An officer comes to work: password, phone, phrase; and the desk is light."""

from tests.support import pages
from tests.support.server import Office
from tests.walks.conftest import PageMaker
from tests.walks.people import person, sign_in, unlock

WAY_IN = 100_000  # bytes from the sign-in page to the work list, everything


def test_an_officer_signs_in_and_unlocks(page_desk: PageMaker, office_server: Office) -> None:
    page = page_desk()
    who = person(office_server, "melati")
    sign_in(page, who)
    assert pages.barriers(page) == []
    unlock(page, who)
    assert pages.barriers(page) == []


def test_the_way_to_the_work_list_is_light(page_desk: PageMaker, office_server: Office) -> None:
    page = page_desk()
    weight = pages.weigh(page, "/kantor/akun/login/").total
    sign_in(page, person(office_server, "dahlia"))
    weight += pages.weigh(page, "/kantor/").total
    assert weight <= WAY_IN
