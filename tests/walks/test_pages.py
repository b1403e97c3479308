"""What pages weigh, compressed as served, with a cold cache (ui.md)."""

from playwright.sync_api import expect

from tests.support import pages
from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import person, unlock
from tests.walks.test_chat import ask, paper_of

KILOBYTE = 1000
WORK_LIST = 100 * KILOBYTE  # 25 rows, their cards from 14 months, everything
FULL_REPORT = 120 * KILOBYTE  # ten answers of 4 KiB at least, a file's card, messages, everything
MESSAGES = 27 * KILOBYTE  # the page, what opens the thread, eight slots, the office's list of keys
SCRIPTS = 24 * KILOBYTE
PAGE, REQUESTS = 10 * KILOBYTE, 3  # a public page before any script
PUBLIC = (
    *("/", "/bantuan/", "/lapor/", "/lapor/anak/", "/lapor/orang-lain/", "/tanya/", "/en/lapor/"),
    *("/status/", "/status/pesan/", "/status/tambah/", "/cara/", "/aman/", "/aman/daring/"),
    "/layanan/",
)
SEALING = ("/lapor/", "/status/", "/status/pesan/", "/status/tambah/", "/tanya/")
OFFICE = (
    *("/kantor/hotline/", "/kantor/datang/", "/kantor/jemput/", "/kantor/obrolan/"),
    "/kantor/kasus/kaitan/",
)


def test_public_pages_are_light_before_any_script(page_phone: PageMaker) -> None:
    page = page_phone(java_script_enabled=False)
    weights = {address: pages.weigh(page, address, until="load") for address in PUBLIC}
    assert {one: weight for one, weight in weights.items() if weight.total > PAGE} == {}
    assert {one: weight for one, weight in weights.items() if len(weight.answers) > REQUESTS} == {}


def test_the_sealing_script_is_light(page_phone: PageMaker) -> None:
    page = page_phone()
    for address in SEALING:
        weight = pages.weigh(page, address)
        scripts = {path: size for path, size in weight.scripts.items() if "exit" not in path}
        assert sum(scripts.values()) <= SCRIPTS, weight
        assert 0 < len(scripts) <= 2, weight


def test_pages_of_the_office_are_light(page_of: PageOf, page_phone: PageMaker) -> None:
    page = page_of("melati")
    for address in OFFICE:
        weight = pages.weigh(page, address)
        expect(page.locator("main h1")).to_be_visible()
        assert weight.scripts, address
        assert weight.total <= WORK_LIST, weight
    phone = page_phone(java_script_enabled=False)
    ask(phone)
    phone.click("#tanya button.wide")
    paper_of(phone)
    page.goto("/kantor/obrolan/")
    opened = page.locator(".queue a").first.get_attribute("href")
    weight = pages.weigh(page, f"{opened}")
    expect(page.locator(".talk")).to_be_visible()
    assert weight.total <= WORK_LIST, weight


def test_a_full_work_list_is_light(page_of: PageOf) -> None:
    page = page_of("melati")
    weight = pages.weigh(page, "/kantor/?keadaan=semua")
    assert page.locator("tbody tr").count() == 25
    assert weight.total <= WORK_LIST, weight


def test_a_full_report_is_light_until_a_file_is_opened(
    page_phone: PageMaker, page_of: PageOf, office_server: Office
) -> None:
    phone, desk = page_phone(), page_of("melati")
    reporter.write(phone)
    address = f"/kantor/laporan/{reporter.send(phone).ticket}/"
    desk.goto(f"/kantor/kunci/?next={address}")
    unlock(desk, person(office_server, "melati"))
    story = desk.locator("sealed-text[what='intake.report.story']")
    with pages.scale(desk) as weight:
        desk.goto(address)
        expect(story).to_have_text(reporter.SENTENCES["intake.report.story"])
    assert weight.total <= FULL_REPORT, weight


def test_opened_messages_are_light(page_phone: PageMaker) -> None:
    page = page_phone()
    reporter.write(page)
    paper = reporter.send(page)
    with pages.scale(page) as weight:
        reporter.open_messages(page, paper)
    sealing = {path: size for path, size in weight.scripts.items() if "exit" not in path}
    assert sum(sealing.values()) <= SCRIPTS, weight
    assert weight.total - sum(sealing.values()) <= MESSAGES, weight
