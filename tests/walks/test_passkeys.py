"""A member lets the phone's fingerprint stand for the code: adds a passkey, comes back with it."""

import re

from playwright.sync_api import CDPSession, Page, expect

from tests.support import pages
from tests.support.server import Office
from tests.walks.conftest import PageMaker
from tests.walks.people import Person, person, sign_in

BOTH = (("light", "phone"), ("dark", "desk"))
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def by_name(office: Office) -> str:
    """The office's address by name: a passkey belongs to a name, never to a number."""
    return office.url.replace("127.0.0.1", "localhost")


def plug_in(page: Page) -> tuple[CDPSession, str]:
    """A device that makes and shows passkeys; answers how to speak to it."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    told = protocol.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return protocol, told["authenticatorId"]


def type_password(page: Page, who: Person) -> None:
    page.goto("/kantor/akun/login/")
    page.fill("[name=login]", who.email)
    page.fill("[name=password]", who.password)
    page.click("main button[type=submit]")
    page.wait_for_url("**/kantor/akun/2fa/")


def open_adding(page: Page, who: Person) -> None:
    """The page that makes a passkey; it asks once more who is there."""
    page.goto("/kantor/saya/")
    page.click("text=Tambah kunci sandi")
    page.fill("[name=password]", who.password)
    page.click("main button[type=submit]")
    page.wait_for_url("**/kunci-sandi/tambah/")


def test_a_passkey_is_added_and_opens_the_desk(page_desk: PageMaker, office_server: Office) -> None:
    page, who = page_desk(base_url=by_name(office_server)), person(office_server, "lavender")
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda told: said.append(told.text))
    protocol, device = plug_in(page)
    sign_in(page, who)
    open_adding(page, who)
    pages.bars_nobody(page, "access:add_passkey")
    page.reload()  # what the other tab was asked took the place of what this one was
    page.fill("[name=name]", "Ponsel Lavender")
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url(re.compile("/kantor/(saya|akun/2fa/codes)/$"))
    page.goto("/kantor/saya/")
    expect(page.get_by_text("Ponsel Lavender")).to_be_visible()
    said += pages.flaws(page, *BOTH)

    page.goto("/kantor/akun/logout/")
    page.get_by_role("button", name="Keluar").click()
    type_password(page, who)
    said += pages.flaws(page, *BOTH)
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.wait_for_url("**/kantor/")

    page.goto("/kantor/saya/")
    page.get_by_role("link", name="Ponsel Lavender").click()
    page.fill("[name=password]", who.password)  # the passkey alone does not let it be renamed
    page.click("main button[type=submit]")
    page.wait_for_url("**/kunci-sandi/*/")
    pages.bars_nobody(page, "access:passkey")
    page.goto("/kantor/akun/2fa/reauthenticate/kunci-sandi/?next=/kantor/saya/")
    pages.bars_nobody(page, "mfa_reauthenticate_webauthn")
    page.reload()
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.wait_for_url("**/kantor/saya/")
    assert said == []
    kept = protocol.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert [one["rpId"] for one in kept] == ["localhost"]


def test_a_device_that_says_no_loses_nothing(page_desk: PageMaker, office_server: Office) -> None:
    page, who = page_desk(base_url=by_name(office_server)), person(office_server, "pandan")
    sign_in(page, who)
    open_adding(page, who)
    page.evaluate(
        """() => {
            const no = () => Promise.reject(new DOMException("", "NotAllowedError"));
            navigator.credentials.create = no;
        }"""
    )
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.locator("[data-say=cancelled]")).to_be_visible()
    plug_in(page)
    page.reload()
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url(re.compile("/kantor/(saya|akun/2fa/codes)/$"))
    page.goto("/kantor/saya/kunci-sandi/tambah/")
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.locator("[data-say=known]")).to_be_visible()


def test_by_number_or_without_script_the_page_says_why_not(
    page_desk: PageMaker, office_server: Office
) -> None:
    page, who = page_desk(), person(office_server, "flamboyan")
    sign_in(page, who)
    open_adding(page, who)
    page.get_by_role("button", name="Buat kunci sandi").click()
    expect(page.locator("[data-say=address]")).to_be_visible()
    with pages.scripts_off(page):
        page.reload()
        expect(page.locator("[data-say=unable]")).to_be_visible()
        expect(page.get_by_role("button", name="Buat kunci sandi")).to_be_hidden()
