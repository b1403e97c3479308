"""Every page of the house, light and dark, small and large, with and without scripts.

A new address must be put into one of the lists here, or this fails.
"""

import ast
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from teduh.access.words import Right
from teduh.intake.channels import KINDS
from tests.house.test_every_url import addresses
from tests.house.urls import TABLE
from tests.support import pages, totp
from tests.support.pages import WITH_SCRIPT, WITHOUT_SCRIPT, flaws
from tests.support.server import Office
from tests.walks import reporter
from tests.walks.conftest import PageMaker, PageOf
from tests.walks.people import person, unlock

PUBLIC = (
    "intake:front",
    "intake:doors",
    "intake:report",
    "intake:report_other",
    "intake:report_young",
    "intake:ask",
    "intake:add",
    "intake:ways",
    "intake:safety",
    "intake:online",
    "intake:field",
    "tickets:status",
    "chat:messages",
    "help:services",
)
ENTRY = ("account_login", "account_inactive")
STAFF = {  # who -> what they open
    "seroja": (
        "access:duty",
        "access:elevation",
        "access:invite",
        "access:lost_factor",
        "access:member",
        "access:members",
        "access:own",
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "directory:channels",
        "directory:helper",
        "directory:helpers",
        "directory:enter_provider",
        "directory:load_providers",
        "directory:mend_provider",
        "directory:provider",
        "directory:providers",
        "mfa_reauthenticate",
        "config:morning",
        "desk:call_centres",
        "funding:line",
        "funding:lines",
        "sop:board",
        "sop:list",
        "sop:procedure",
        "vault:archive",
        "vault:keys",
        "vault:old_keys",
        "vault:unlock",
        "look:gallery",
    ),
    "melati": (
        "desk:worklist",
        "desk:calls",
        "desk:call_counts",
        "desk:copy",
        "desk:gatherings",
        "desk:walkin",
        "phone:by_phone",
    ),
    "flamboyan": ("services:desk", "services:inbox"),
    "wijaya": ("access:trail",),
    "pandan": ("config:system",),
}
IN_A_STORY = {  # address -> the test below that comes to it
    "intake:answer": "test_what_a_reporter_sees_after_sending",
    "cases:part": "test_a_part_of_the_assessment_bars_whoever_writes_it_from_nothing",
    "desk:flood": "test_a_flood_worked_in_bulk_bars_nobody",
    "desk:report": "test_a_report_locked_and_open",
    "mfa_authenticate": "test_the_question_for_the_code_bars_nobody",
    "access:invitation": "test_a_new_colleague_comes_in",
    "access:second_factor": "test_a_new_colleague_comes_in",
    "mfa_view_recovery_codes": "test_a_new_colleague_comes_in",
    "mfa_generate_recovery_codes": "test_a_new_colleague_comes_in",
    "services:incoming": "test_the_page_of_a_referral_bars_no_partner",
    "vault:new_phrase": "test_a_new_colleague_comes_in",
}
OF_CASES = {  # seen by a supervisor -> what its address names
    "access:conflicts": "",
    "cases:add_goal": "code",
    "cases:add_incident": "code",
    "cases:add_person": "code",
    "cases:assessment": "code",
    "cases:burdens": "",
    "cases:case": "code",
    "cases:closing": "code",
    "cases:glasses": "",
    "cases:hand_over": "",
    "cases:legal": "code",
    "cases:list": "",
    "cases:mend_goal": "code number",
    "cases:mend_person": "code number",
    "cases:links_waiting": "",
    "cases:merge": "code",
    "cases:peers": "",
    "cases:take_in": "",
    "cases:transfer": "code",
    "cases:notes": "code",
    "cases:open": "ticket",
    "cases:plan": "code",
    "cases:plan_print": "code",
    "cases:reviews": "code",
    "cases:rights": "code",
    "cases:rights_print": "code",
    "cases:risk": "code",
    "cases:samples": "",
    "cases:tasks": "",
    "cases:timeline": "code",
    "cases:who": "code",
    "conferences:list": "",
    "conferences:meeting": "meeting",
    "conferences:of_case": "discussed",
    "conferences:own_part": "meeting",
    "conferences:plan": "",
    "conferences:tasks": "",
    "records:breach": "breach",
    "records:breaches": "",
    "desk:chat_loads": "",
    "desk:chats": "",
    "phone:opinions": "",
    "records:consent_print": "consent",
    "records:consents": "code",
    "records:due": "",
    "records:erased": "",
    "records:held": "",
    "records:new_breach": "",
    "records:of_case": "code",
    "records:packets": "code",
    "records:requests": "",
    "records:restored": "",
    "records:schedule": "",
    "records:waiting": "",
    "services:draft_letter": "writing",
    "services:letter": "letter",
    "services:letter_print": "letter",
    "services:letters": "code",
    "services:of_case": "code",
    "services:begin_care": "kind",
    "services:calendar": "",
    "services:care": "code",
    "services:care_one": "care",
    "services:beneficiary": "code",
    "services:supports": "code",
    "services:house_rules": "",
    "services:shelters": "",
    "services:stay": "stay",
    "services:stays": "code",
    "services:turn_away": "",
    "services:assess_support": "support",
    "services:kept": "",
    "services:kept_support": "kept",
    "services:hearings": "code",
    "services:police_letters": "code",
    "services:psych": "psych",
    "services:referral": "referral",
    "services:referrals": "code",
    "services:unmet": "",
    "services:week": "",
    "services:counselling": "code",
    "services:session": "session",
    "services:visit": "visit",
    "services:visit_print": "visit",
    "services:visits": "code",
    "sop:difference": "",
    "sop:versions": "",
    "services:custody": "code",
    "services:custody_print": "code",
    "services:fees": "",
    "services:health": "code",
    "services:kit_batch": "batch",
    "services:kits": "",
    "services:visum_step": "step",
}
ELSEWHERE = {  # address -> the walk that comes to it and asks of it that it `bars_nobody`
    "intake:safe_point": "test_field.py",
    "desk:gathering": "test_outreach.py",
    "intake:asked": "test_chat.py",
    "access:add_passkey": "test_passkeys.py",
    "access:passkey": "test_passkeys.py",
    "cases:links": "test_linking.py",
    "desk:call": "test_hotline.py",
    "intake:centre_report": "test_hotline.py",
    "desk:screen": "test_cases.py",
    "desk:reissue": "test_new_codes.py",
    "desk:filing": "test_on_behalf.py",
    "desk:network": "test_on_behalf.py",
    "desk:on_behalf": "test_on_behalf.py",
    "desk:partners": "test_on_behalf.py",
    "intake:change": "test_new_codes.py",
    "records:packet_print": "test_records.py",
    "link:open": "test_partner_links.py",
    "records:shared": "test_grants.py",
    "records:shared_case": "test_grants.py",
    "services:stations": "test_visit.py",
    "mfa_reauthenticate_webauthn": "test_passkeys.py",
    "services:answer_health": "test_health.py",
    "conferences:item": "test_conferences.py",
    "conferences:part": "test_conferences.py",
    "conferences:screen": "test_conferences.py",
}
NO_PAGE = {
    "desk:chat": "a column of the desk of conversations, looked at in test_chat.py",
    "desk:chat_rows": "the queue of the desk of conversations",
    "desk:cards": "sealed cards for the search in the browser",
    "access:entrance": "leads to the sign-in page",
    "vault:file": "ciphertext",
    "vault:public_keys": "JSON for the form",
    "intake:field_manifest": "how the field page stands on a phone's screen",
    "intake:field_supplies": "JSON for the field page",
    "intake:field_worker": "the service worker of the field page",
    "desk:walkin_worker": "the service worker of the walk-in desk",
    "desk:walkin_supplies": "JSON for the walk-in desk",
    "desk:walkin_pass": "JSON for the walk-in desk",
    "intake:attaching": "a part of the conversation, looked at in test_chat.py",
    "intake:sent": "a part of the conversation, looked at in test_chat.py",
    "intake:recorder": "a part of the form, looked at in test_voice.py",
    "web:leave": "leads out",
    "cases:links_brief": "what a report or case is linked to, a part of its page",
    "cases:part_beside": "what another officer wrote meanwhile, beside the part",
    "cases:plan_beside": "what another officer wrote meanwhile, beside the plan",
    "cases:office_card": "a file",
    "cases:receipt": "a file",
    "funding:line_csv": "a file",
    "funding:year_csv": "a file",
    "directory:export_providers": "a file",
    "services:visit_now": "the stations of a visit, a part of its page",
    "records:still_shared": "nothing, or 404 once a grant ended",
    "link:still": "nothing, or 404 once a link ended",
    "answers:by_link": "a part of the page of a link, looked at in test_partner_links.py",
    "cases:sample": "a case drawn by chance, which the demo does not hold",
}
WALKS = Path(__file__).parent
TRIES = 5  # wrong passwords for one address that are let pass in five minutes
HOME = re.compile(r"http://127\.0\.0\.1:\d+/|blob:")
BROKEN = "the server responded with a status of 40"  # what Chromium says of every 403 and 404
OUTBOX_SECONDS = 60  # the clock looks every five


def test_every_page_is_walked() -> None:
    shown = {name for name in addresses() if TABLE[name].method == "get"}
    walked = {
        *PUBLIC,
        *ENTRY,
        *OF_CASES,
        *IN_A_STORY,
        *ELSEWHERE,
        *NO_PAGE,
        *(n for names in STAFF.values() for n in names),
    }
    assert shown - walked == set()
    assert walked - shown == set()
    assert {test for test in IN_A_STORY.values() if test not in globals()} == set()


@pytest.mark.parametrize(("name", "walk"), ELSEWHERE.items())
def test_a_walk_holds_that_its_page_bars_nobody_without_script_either(name: str, walk: str) -> None:
    asked = {
        (called.func.attr, called.args[1].value)
        for called in ast.walk(ast.parse((WALKS / walk).read_text(encoding="utf-8")))
        if isinstance(called, ast.Call)
        and isinstance(called.func, ast.Attribute)
        and len(called.args) == 2
        and isinstance(called.args[1], ast.Constant)
    }
    assert asked & {("bars_nobody", name), ("bars_nobody_without_script", name)}


def open_both_ways(page: Page, address: str, status: int = 200) -> list[str]:
    """Open a page with scripts and without; what bars somebody, complains or asks elsewhere."""
    found = complaints(page)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status, address
    assert page.url.endswith(address)
    found += flaws(page, *WITH_SCRIPT)
    with pages.scripts_off(page):
        page.goto(address)
    return found + flaws(page, *WITHOUT_SCRIPT)


def complaints(page: Page) -> list[str]:
    """A list that fills with what the console says and with calls to anybody else."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console", lambda told: None if BROKEN in told.text else said.append(f"says {told.text}")
    )
    page.on(
        "request", lambda asked: None if HOME.match(asked.url) else said.append(f"asks {asked.url}")
    )
    return said


def twins() -> Iterator[str]:
    """Each public page in both languages."""
    for language in ("id", "en"):
        with translation.override(language):
            yield from [reverse(name) for name in PUBLIC]


@pytest.mark.parametrize("address", list(twins()))
def test_a_public_page_bars_nobody(page_desk: PageMaker, address: str) -> None:
    page = page_desk()
    assert open_both_ways(page, address) == []
    assert page.context.cookies() == []


def test_every_way_in_is_worked_by_keyboard_alone(page_of: PageOf, page_desk: PageMaker) -> None:
    drawers = [import_module(f"teduh.intake.channels.{kind}.urls") for kind in KINDS]
    entries = [drawer.entry for drawer in drawers if hasattr(drawer, "entry")]
    officer, lead, visitor = page_of("melati"), page_of("seroja"), page_desk()
    found: list[str] = []
    for entry in entries:
        page = lead if entry.right == Right.MANAGE_CHANNELS else officer
        answer = page.goto(reverse(entry.url_name))
        assert answer is not None
        assert answer.status == 200, entry.url_name
        found += pages.out_of_reach(page)
    for name in ("intake:report", "intake:ask", "intake:field", "intake:ways", "intake:add"):
        visitor.goto(reverse(name))
        found += pages.out_of_reach(visitor)
    assert found == []


def test_what_no_key_comes_to_is_found(page_desk: PageMaker) -> None:
    page = page_desk()
    page.set_content(
        "<a href='/'>Contoh</a><input type=radio name=x><input type=radio name=x>"
        "<button tabindex=-1>Hilang</button><details><summary>Lipat</summary>"
        "<input></details>"
    )
    assert pages.out_of_reach(page) == ['blank: <button tabindex="-1">Hilang</button>']


def test_what_bars_somebody_is_found(page_desk: PageMaker) -> None:
    page = page_desk()
    page.set_content("<main><h1>Contoh</h1><input><p style='width:2000px'>lebar</p></main>")
    told = flaws(page, ("light", "phone"))
    assert [line for line in told if "label: <input>" in line]
    assert [line for line in told if "too wide" in line]


@pytest.mark.parametrize("name", ENTRY)
def test_the_way_into_the_office_bars_nobody(page_desk: PageMaker, name: str) -> None:
    assert open_both_ways(page_desk(), reverse(name)) == []


@pytest.mark.parametrize(("who", "name"), [(who, one) for who in STAFF for one in STAFF[who]])
def test_a_page_of_the_office_bars_nobody(
    page_of: PageOf, office_server: Office, who: str, name: str
) -> None:
    named: dict[str, object] = {"number": 1} if name in {"directory:helper", "funding:line"} else {}
    if name in {"directory:provider", "directory:mend_provider"}:
        with office_server.reading() as rows:
            [code] = rows.execute("SELECT code FROM directory_provider ORDER BY id").fetchone()
        named = {"code": code}
    if name in {"access:member", "access:lost_factor"}:
        named = {"code": "melati"}
    assert open_both_ways(page_of(who), reverse(name, kwargs=named)) == []


def test_a_part_of_the_assessment_bars_whoever_writes_it_from_nothing(
    page_of: PageOf, office_server: Office
) -> None:
    with office_server.reading() as rows:
        [code] = rows.execute(
            "SELECT c.code FROM cases_case c JOIN access_member m ON m.id = c.manager_id"
            " WHERE c.state NOT IN ('closed', 'transferred') AND m.code = 'kenanga'"
        ).fetchone()
    address = reverse("cases:part", kwargs={"code": code, "name": "disability"})
    page = page_of("kenanga")
    found, answer = complaints(page), page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert found + flaws(page, ("light", "phone"), ("dark", "desk")) == []


def test_the_page_of_a_referral_bars_no_partner(page_of: PageOf, office_server: Office) -> None:
    with office_server.reading() as rows:
        [code] = rows.execute("SELECT code FROM services_referral WHERE state = 'seen'").fetchone()
    address = reverse("services:incoming", kwargs={"referral": code})
    assert open_both_ways(page_of("flamboyan"), address) == []


def test_the_pages_of_a_case_bar_nobody(page_of: PageOf, office_server: Office) -> None:
    page = page_of("seroja")
    with office_server.reading() as rows:
        code, number = rows.execute(
            "SELECT c.code, g.number FROM cases_goal g JOIN cases_case c ON c.id = g.case_id"
            " WHERE c.state NOT IN ('closed', 'transferred') AND g.number = 1"
        ).fetchone()
        [ticket] = rows.execute(
            "SELECT t.number FROM intake_report r JOIN tickets_ticket t ON t.id = r.ticket_id"
            " WHERE r.state = 'taken'"
        ).fetchone()
        [breach] = rows.execute("SELECT code FROM records_breach").fetchone()
        agreed = rows.execute(
            "SELECT c.code, r.number FROM records_consent r JOIN cases_case c ON c.id = r.case_id"
        ).fetchone()
        visit = rows.execute(
            "SELECT c.code, v.code FROM services_visit v JOIN cases_case c ON c.id = v.case_id"
        ).fetchone()
        session = rows.execute(
            "SELECT c.code, s.code FROM services_session s JOIN cases_case c ON c.id = s.case_id"
            " WHERE s.state = 'booked'"
        ).fetchone()
        helped = rows.execute(
            "SELECT c.code, r.code FROM services_care r JOIN cases_case c ON c.id = r.case_id"
            " WHERE r.kind = 'svc_takedown'"
        ).fetchone()
        [measured] = rows.execute(
            "SELECT c.code FROM services_psychplan p JOIN cases_case c ON c.id = p.case_id"
        ).fetchone()
        refused = rows.execute(
            "SELECT c.code, r.code FROM services_referral r JOIN cases_case c ON c.id = r.case_id"
            " WHERE r.state = 'refused'"
        ).fetchone()
        [stayed] = rows.execute("SELECT code FROM services_stay WHERE room_id = 1").fetchone()
        [home, given] = rows.execute(
            "SELECT c.code, s.code FROM services_support s JOIN cases_case c ON c.id = s.case_id"
            " WHERE s.state = 'assessed'"
        ).fetchone()
        written = rows.execute(
            "SELECT c.code, r.code FROM services_letter r JOIN cases_case c ON c.id = r.case_id"
            " WHERE r.state = 'drafted'"
        ).fetchone()
        meeting, discussed = rows.execute(
            "SELECT m.code, c.code FROM conferences_agendaitem i"
            " JOIN conferences_conference m ON m.id = i.conference_id"
            " JOIN cases_case c ON c.id = i.case_id WHERE i.state = 'discussed'"
        ).fetchone()
    named = {"code": code, "number": number, "ticket": ticket}
    found = complaints(page)
    for name, wanted in OF_CASES.items():
        found_by = {
            "breach": {"code": breach},
            "meeting": {"code": meeting},
            "discussed": {"code": discussed},
            "consent": dict(zip(("code", "number"), agreed, strict=True)),
            "visit": dict(zip(("code", "visit"), visit, strict=True)),
            "session": dict(zip(("code", "session"), session, strict=True)),
            "care": dict(zip(("code", "name"), helped, strict=True)),
            "support": {"code": home, "support": given},
            "kept": {"support": given},
            "stay": {"stay": stayed},
            "kind": {"code": code, "name": "svc_takedown"},
            "batch": {"number": 1},
            "psych": {"code": measured},
            "step": {"code": code, "to": "exam_done"},
            "referral": dict(zip(("code", "referral"), refused, strict=True)),
            "letter": dict(zip(("code", "name"), written, strict=True)),
            "writing": {"code": code, "name": "visum"},
        }
        asked = found_by.get(wanted) or {one: named[one] for one in wanted.split()}
        answer = page.goto(reverse(name, kwargs=asked))
        assert answer is not None
        assert answer.status == 200, name
        found += [f"{name}: {flaw}" for flaw in flaws(page, ("dark", "phone"))]
    assert found == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/hilang/", 404),
        ("/en/hilang/", 404),
        ("/kantor/hilang/", 404),
        ("/kantor/jejak/", 403),
        ("/kantor/undangan/melati/x-y/", 404),
        ("/kantor/?keadaan=semua", 200),
        ("/kantor/?keadaan=duplicate", 200),
        ("/kantor/galeri/?muka=umum", 200),
    ],
)
def test_an_error_or_an_empty_list_bars_nobody(page_of: PageOf, address: str, status: int) -> None:
    assert open_both_ways(page_of("melati"), address, status) == []


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_a_reporter_sees_after_sending(page_desk: PageMaker, language: str) -> None:
    page = page_desk()
    reporter.write(page, language=language)
    paper = reporter.send(page)
    found = flaws(page, *WITH_SCRIPT)
    reporter.open_messages(page, paper, language=language)
    found += flaws(page, *WITH_SCRIPT)
    reporter.open_status(page, paper, language=language)
    assert found + flaws(page, *WITH_SCRIPT) == []


@pytest.mark.parametrize("language", ["", "/en"])
def test_what_she_sees_after_sending_without_script(page_desk: PageMaker, language: str) -> None:
    page = page_desk()
    with pages.scripts_off(page):
        reporter.write(page, language=language)
        paper = reporter.send_without_script(page)
    found = flaws(page, *WITHOUT_SCRIPT)
    with pages.scripts_off(page):
        reporter.open_status(page, paper, language=language)
    found += flaws(page, *WITHOUT_SCRIPT)
    with pages.scripts_off(page):
        page.goto(f"{language}/status/pesan/")
        reporter.show(page, paper)
        page.fill("textarea[name=text]", reporter.REPLY)
        page.fill("[name=code]", paper.digits)
        page.locator("form:has(textarea) button").last.click()
    expect(page.locator(".thread")).to_contain_text(reporter.REPLY)
    assert found + flaws(page, *WITHOUT_SCRIPT) == []


@pytest.mark.parametrize("address", ["/lapor/", "/status/", "/status/pesan/", "/en/status/"])
def test_a_refused_form_bars_nobody(page_desk: PageMaker, address: str) -> None:
    page = page_desk()
    with pages.scripts_off(page):
        page.goto(address)
        for field in page.locator("main form [name=ticket]:visible, main form [name=code]").all():
            field.fill("TDH-0000-0000")
        page.locator("main form button.wide:visible").last.click()
        expect(page.locator("[role=alert]").first).to_be_visible()
    assert flaws(page, *WITHOUT_SCRIPT) == []


def test_a_report_locked_and_open(page_of: PageOf, office_server: Office) -> None:
    page = page_of("melati")
    page.goto("/kantor/?keadaan=semua")
    address = page.locator("tbody a").first.get_attribute("href") or ""
    found = open_both_ways(page, address)
    page.goto(f"/kantor/kunci/?next={address}")
    unlock(page, person(office_server, "melati"))
    expect(page.locator("sealed-text[what='intake.report.story']").first).not_to_contain_text("•••")
    found += flaws(page, *WITH_SCRIPT)
    page.goto("/kantor/?keadaan=semua")
    assert found + flaws(page, *WITH_SCRIPT) == []


def test_a_flood_worked_in_bulk_bars_nobody(page_of: PageOf, office_server: Office) -> None:
    mark_as_flood(office_server, 6)
    page = page_of("melati")
    found = open_both_ways(page, "/kantor/?keadaan=semua&banjir=1&centang=semua")
    page.locator("[name=ticket]").first.check()
    with page.expect_navigation(url="**/kantor/banjir/**"):
        page.click("[name=to][value=guided]")
    found += open_both_ways(page, page.url.replace(office_server.url, ""))
    for chosen in page.locator("main form [type=checkbox]").all():
        chosen.check()  # whichever are the newest: what is to be read first is not ticked
    page.click("main form button")
    expect(page.locator("h2").first).to_contain_text("selesai dikerjakan")
    assert found + flaws(page, *WITH_SCRIPT) == []


def mark_as_flood(office_server: Office, many: int) -> None:
    """Mark the newest reports as if they had come many at once."""
    with closing(sqlite3.connect(office_server.folder / "teduh.sqlite3", timeout=20)) as rows, rows:
        rows.execute(
            "UPDATE intake_report SET flood = 1, state = 'new' WHERE team_code = 'asesmen'"
            " AND id IN (SELECT id FROM intake_report ORDER BY id DESC LIMIT ?)",
            [many],
        )


def test_a_roster_and_requests_that_are_not_empty(page_of: PageOf) -> None:
    page = page_of("seroja")
    page.goto("/kantor/jaga/")
    page.select_option("[name=team]", "asesmen")
    page.select_option("[name=member]", "melati")
    page.fill("[name=starts]", "2026-01-01T08:00")
    page.fill("[name=ends]", "2099-12-31T16:00")
    page.click("main form button[type=submit]")
    expect(page.locator("tbody")).to_contain_text("Contoh Melati")
    found = open_both_ways(page, "/kantor/jaga/")
    page.goto("/kantor/akses-sementara/")
    page.select_option("[name=right]", index=1)
    page.fill("[name=reason]", "Contoh alasan untuk memeriksa halaman ini.")
    page.click("main form button[type=submit]")
    expect(page.locator("tbody")).to_contain_text("Contoh Seroja")
    assert found + open_both_ways(page, "/kantor/akses-sementara/") == []


def test_a_new_colleague_comes_in(
    page_of: PageOf, page_desk: PageMaker, office_server: Office
) -> None:
    invited = "mawar@contoh.invalid"
    invite(page_of("seroja"), invited)
    page, password = page_desk(), "kembang sore di teras"
    found = open_both_ways(page, letter(office_server.folder / "outbox", invited))
    for name in ("password", "again"):
        page.fill(f"[name={name}]", password)
    page.click("main button[type=submit]")
    page.fill("[name=login]", invited)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url("**/kantor/faktor-kedua/")
    found += flaws(page, *WITH_SCRIPT)
    page.click("main summary")
    seed = page.locator("details code").inner_text().replace(" ", "")
    page.fill("[name=code]", totp.code(seed, time.time()))
    page.click("main button[type=submit]")
    page.wait_for_url("**/kantor/akun/2fa/codes/")
    found += flaws(page, *WITH_SCRIPT)
    found += open_both_ways(page, reverse("mfa_generate_recovery_codes"))
    assert found + open_both_ways(page, reverse("vault:new_phrase")) == []


def test_the_question_for_the_code_bars_nobody(page_desk: PageMaker, office_server: Office) -> None:
    page, who = page_desk(), person(office_server, "cempaka")
    page.goto("/kantor/akun/login/")
    page.fill("[name=login]", who.email)
    page.fill("[name=password]", who.password)
    page.click("main button[type=submit]")
    page.wait_for_url(f"**{reverse('mfa_authenticate')}")
    assert open_both_ways(page, reverse("mfa_authenticate")) == []


def test_the_page_after_too_many_tries_bars_nobody(page_desk: PageMaker) -> None:
    page = page_desk()
    page.goto("/kantor/akun/login/")
    for _try in range(TRIES + 1):
        page.fill("[name=login]", "lupa@contoh.invalid")
        page.fill("[name=password]", "bukan kata sandinya")
        with page.expect_navigation():
            page.click("main button[type=submit]")
    expect(page.locator("main")).to_contain_text("Terlalu banyak")
    assert flaws(page, *WITH_SCRIPT, *WITHOUT_SCRIPT) == []


def invite(page: Page, email: str) -> None:
    """A supervisor asks somebody in."""
    page.goto("/kantor/anggota/undang/")
    page.fill("[name=name]", "Contoh Mawar")
    page.fill("[name=email]", email)
    page.select_option("[name=agency]", "uptd")
    page.check("[name=roles][value=officer]", force=True)
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile(r"/kantor/anggota/(?!undang)\S+/$"))


def letter(outbox: Path, email: str) -> str:
    """The path of the link in the letter to this address, once it has left."""
    last = time.monotonic() + OUTBOX_SECONDS
    while time.monotonic() < last:
        for text in [path.read_text() for path in outbox.glob("*.txt")]:
            link = re.search(r"https?://[^/]+(/\S+)\n", text)
            if f"To: {email}\n" in text and link:
                return link[1]
        time.sleep(0.2)
    raise AssertionError(f"no letter to {email}")
