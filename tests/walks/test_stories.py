"""What people complain about (field_facts.md 2.11), made impossible: each story lived in the browser.

Their short twins, on the server and in every run, are in tests/cases/test_stories.py.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.walks import casework, reporter
from tests.walks.casework import go, press, promise
from tests.walks.days import Days
from tests.walks.reporter import Paper

pytestmark = pytest.mark.long
LATE = "Kami terlambat. Maaf."
RISK, EXAMINATION = "Penilaian risiko", "Visum: pemeriksaan"
KNOW = "Saya tahu, saya urus"


def told(phone: Page, story: str, door: str = "", danger: str = "unsure", **facts: str) -> Paper:
    """A few sentences from a phone. `facts`: choices of the form."""
    phone.goto(f"/lapor/{door}")
    phone.check(f"[name=safe_now][value={danger}]", force=True)
    phone.fill("[data-what='intake.report.story']", story)
    for name, value in facts.items():
        phone.select_option(f"[name={name}]", value)
    return reporter.send(phone, files=False)


def test_the_child_need_not_come(days: Days) -> None:
    """Baubau: a neighbour tells; a case stands, somebody goes there, and a silence afterwards is seen."""
    story = "Contoh: anak tetangga sering sendirian dan lapar."
    child = {"age_band": "6-12", "relation": "parent"}
    paper = told(days.phone(), story, "orang-lain/", **child)
    melati = days.at_desk("melati")
    casework.take(melati, paper)
    code = casework.open_case(melati, paper.ticket, "neglect")  # no name, no form, no visit
    heading = melati.locator("main .heading")
    expect(heading).to_contain_text("anak")
    expect(heading).to_contain_text("Tinggi")
    expect(melati.locator("main").get_by_text(story)).to_be_visible()
    assert "dalam" in promise(melati, RISK)
    go(melati, code, "hukum/")
    expect(melati.locator("#petunjuk")).to_contain_text("Orang tua adalah terlapor")
    go(melati, code, "catatan/")
    melati.select_option("[name=way]", "visit")
    melati.select_option("[name=outcome]", "reached")
    melati.check("[name=followed]", force=True)
    press(melati, "Catat kontak")
    casework.assess(melati, code, "no_safe_place")
    assert days.stage(paper)[0] == "Sedang ditelaah"  # all that a neighbour may know

    days.until(days=5)
    melati = days.at_desk("melati", reads=False)
    melati.goto("/kantor/pagi/")
    melati.get_by_role("link", name="Kasus saya, lama tanpa kontak").click()
    expect(melati.get_by_role("link", name=code)).to_be_visible()


def test_eight_days_of_silence_cannot_be(days: Days) -> None:
    """Makassar: nobody moves; she reads that we are late, and supervisor and head have heard of it."""
    paper = told(days.phone(), "Contoh: ia mengancam saya.")
    assert LATE not in days.stage(paper)[1]
    for hours in (1, 2.5, 3.5, 10.5):
        days.until(hours=hours)
    assert days.missed(paper.ticket, "triage") == [1, 2, 3]
    assert days.letters_to("seroja")
    assert days.letters_to("teratai")

    days.until(days=2)
    assert LATE in days.stage(paper)[1]
    seroja = days.at_desk("seroja", reads=False)
    seroja.goto("/kantor/janji/")
    late = seroja.locator(".late", has_text="Penelaahan")
    expect(late).to_contain_text(paper.ticket)
    late.get_by_role("button", name=KNOW).click()
    expect(late.get_by_role("button", name=KNOW)).to_have_count(0)
    expect(late).to_have_count(1)  # known to somebody is not yet done

    days.until(days=8)
    assert days.missed(paper.ticket, "triage") == [1, 2, 3]
    melati = days.at_desk("melati")
    casework.take(melati, paper, reporter.ANSWER)
    assert "ditepati, terlambat" in promise(melati, "Penelaahan")
    stage, following = days.stage(paper)
    assert stage == "Sedang ditelaah"
    assert LATE not in following


def test_no_visum_is_demanded_first_and_money_asked_for_is_kept(days: Days) -> None:
    """North Jakarta: help does not wait for the letter, and who asked for money is on record."""
    paper = told(days.phone(), "Contoh: diminta membayar visum.")
    melati = days.at_desk("melati")
    casework.take(melati, paper, reporter.ANSWER)
    code = casework.open_case(melati, paper.ticket, "physical")
    casework.visum(melati, code, "delayed", delay="fee")
    expect(melati.locator("#visum")).to_contain_text("tidak pernah menjadi syarat")
    expect(melati.locator("#visum .timeline")).to_contain_text("biaya diminta")
    casework.assess(melati, code, "injury")
    assert "menyusun rencana bersama Anda" in days.stage(paper)[1]  # without the letter

    before = days.letters_to("seroja")
    for hours in (24.5, 25.5):
        days.until(hours=hours)
    assert days.missed(code, "visum_examination") == [1, 2]
    assert days.letters_to("seroja") > before
    melati = days.at_desk("melati", reads=False)
    casework.visum(melati, code, "emergency_care")
    go(melati, code)
    assert "ditepati, terlambat" in promise(melati, "Visum: menghubungi rumah sakit")
    assert "terlambat" in promise(melati, EXAMINATION)


def test_threats_force_a_danger_assessment(days: Days) -> None:
    """Purwakarta: a threat to kill makes it urgent; not assessing it climbs to the head of office."""
    paper = told(days.phone(), "Contoh: ia bilang akan membunuh saya.")
    melati = days.at_desk("melati")
    casework.take(melati, paper, reporter.ANSWER)
    melati.goto(f"/kantor/laporan/{paper.ticket}/saringan/")
    for key in ("could_kill", "weapon_or_neck", "worse", "watched"):
        melati.check(f"[data-part={key}][value=yes]", force=True)
    expect(melati.locator("[data-risk=band]")).to_have_text("Tinggi")
    melati.select_option("[name=final]", "extreme")  # higher than computed is always free
    press(melati, "Simpan tingkat risikonya")
    code = casework.open_case(melati, paper.ticket, "psychological")
    expect(melati.locator("main .heading")).to_contain_text("Sangat tinggi")
    assert "dalam" in promise(melati, RISK)
    before = days.letters_to("teratai")
    for hours in (2.5, 3.5, 8.5):
        days.until(hours=hours)
    assert days.missed(code, "risk_assessment") == [1, 2, 3]
    assert days.letters_to("teratai") > before

    melati = days.at_desk("melati")
    casework.assess(melati, code, "kill_threat", "weapon", "strangled", "no_safe_place")
    expect(melati.locator("[data-risk=floors] li")).to_have_count(4)
    expect(melati.locator("#riwayat tbody tr").last).to_contain_text("Sangat tinggi")
    go(melati, code)
    assert "ditepati, terlambat" in promise(melati, RISK)
    assert "dalam" in promise(melati, "Tinjauan keadaan")
    assert "24 November 2026" in days.stage(paper)[1]  # the plan is promised within a day
