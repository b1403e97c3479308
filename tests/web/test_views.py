"""The way out and the error pages."""

import pytest
from django.conf import LazySettings
from django.test import Client

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def test_the_way_out_leads_to_a_neutral_page_and_forgets(
    visitor: Client, settings: LazySettings
) -> None:
    answer = visitor.get("/keluar/", headers=OURS)
    assert answer.status_code == 303
    assert answer["Location"] == settings.TEDUH_EXIT_URL
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    cookie = answer.cookies["x"]
    assert (cookie.value, cookie["max-age"], cookie["httponly"]) == ("1", 1, True)


def test_the_beacon_of_the_way_out_answers_nothing_and_forgets(visitor: Client) -> None:
    answer = visitor.post("/keluar/tanda/", data=b"", content_type="text/plain", headers=OURS)
    assert answer.status_code == 204
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "x" in answer.cookies


@pytest.mark.parametrize("address", ["/keluar/", "/keluar/tanda/"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_picture_on_a_page_of_others_makes_nothing_forgotten(
    visitor: Client, address: str, site: str
) -> None:
    """It would lock an officer's vault, over and over."""
    answer = visitor.get(address, headers={"Sec-Fetch-Site": site})
    assert answer.status_code in {204, 303}
    assert "Clear-Site-Data" not in answer.headers


def test_a_browser_that_does_not_say_who_asks_still_gets_away(
    visitor: Client, settings: LazySettings
) -> None:
    visitor.cookies["teduh_pesan"] = "sealed"
    answer = visitor.get("/keluar/")
    assert answer["Location"] == settings.TEDUH_EXIT_URL
    assert answer.cookies["teduh_pesan"]["max-age"] == 0
    assert "Clear-Site-Data" not in answer.headers


def test_leaving_drops_a_shown_ticket_but_not_the_sign_in_of_an_officer(
    visitor: Client, settings: LazySettings
) -> None:
    visitor.cookies["teduh_jawaban"] = "sealed"
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "signed-in"
    answer = visitor.get("/keluar/")
    assert answer.cookies["teduh_jawaban"]["max-age"] == 0
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


@pytest.mark.parametrize("address", ["/tidak-ada/", "/en/tidak-ada/"])
def test_a_missing_page_says_nothing_about_the_house(visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "<title>Teduh</title>" in page
    assert "tidak-ada" not in page
    assert "UPTD" not in page


def test_a_post_from_another_site_is_refused(visitor: Client) -> None:
    answer = visitor.post("/lapor/", {"story": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_the_gallery_is_for_members_only(visitor: Client) -> None:
    answer = visitor.get("/kantor/galeri/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/kantor/akun/login/")


@pytest.mark.parametrize("cookie", ["=;=;", "a b=1; é=2; x", '"', "a,b=1"])
def test_a_neighbours_odd_cookie_does_not_keep_anybody_here(visitor: Client, cookie: str) -> None:
    assert visitor.get("/keluar/", headers={"Cookie": cookie}).status_code == 303


@pytest.mark.django_db
def test_a_post_without_its_session_gets_our_own_page_and_a_way_in() -> None:
    answer = Client(enforce_csrf_checks=True).post("/kantor/akun/logout/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Sesi Anda sudah berakhir" in page
    assert 'href="/kantor/akun/login/"' in page
    assert "<style" not in page
