"""Forty days of one case in the browser: from the report to its reopening, with its clocks and ticket.

Its short twin, on the server and in every run, is tests/cases/test_forty_days.py.
"""

import pytest
from playwright.sync_api import expect

from tests.walks import casework, reporter
from tests.walks.casework import go, press, promise
from tests.walks.days import Days

pytestmark = pytest.mark.long
RECEIVED, REVIEW = "Laporan diterima", "Sedang ditelaah"
PREPARING, RUNNING = "Layanan disiapkan", "Layanan berjalan"
MONITORING, DONE = "Pemantauan dan pemulihan", "Selesai"
LATE = "Kami terlambat. Maaf."
EXAMINATION, STEP = "Visum: pemeriksaan", "visum_examination"
GOAL = "Contoh: kembali berjualan kue."


def test_forty_days_of_one_case(days: Days) -> None:
    # The first morning: she writes, somebody answers, a case is opened, its risk assessed: high.
    phone = days.phone()
    reporter.write(phone)
    paper = reporter.send(phone)
    stage, following = days.stage(paper)
    assert stage == RECEIVED
    assert "membaca laporan Anda" in following

    melati = days.at_desk("melati")
    casework.take(melati, paper, reporter.ANSWER)
    assert days.stage(paper)[0] == REVIEW
    code = casework.open_case(melati, paper.ticket, "physical", sex="P", age_band="25-44")
    expect(melati.locator("#orang [data-part=name]")).to_have_text(
        reporter.SENTENCES["intake.report.name"]
    )
    assert "menelaah kebutuhan" in days.stage(paper)[1]
    casework.assess(melati, code, "weapon", "jealousy")
    expect(melati.locator("#riwayat tbody tr").last).to_contain_text("Tinggi")
    expect(melati.locator("[data-part=weapon][value=yes]")).to_be_checked()
    ((size, signature),) = days.rows("SELECT length(body), length(sig) FROM cases_assessment")
    assert size
    assert signature == 64
    stage, following = days.stage(paper)
    assert stage == REVIEW
    assert "menyusun rencana bersama Anda. Paling lambat 26 November 2026" in following
    go(melati, code, "hak/")
    press(melati, "Semua dijelaskan hari ini")
    casework.visum(melati, code, "offered")
    go(melati, code)
    assert "ditepati" in promise(melati, "Visum: menghubungi rumah sakit")
    assert "dalam" in promise(melati, EXAMINATION)

    # Nobody examines her: missed after a day, three rungs, each once.
    days.until(hours=23)
    assert days.missed(code, STEP) == []
    for n, hours in enumerate((24.5, 25.5, 36.5, 48.5), start=1):
        before = days.letters_to("teratai")
        days.until(hours=hours)
        assert days.missed(code, STEP) == list(range(1, n + 1))
        assert (days.letters_to("teratai") > before) is (
            n == 4
        )  # the last rung is the head of office
    assert days.letters_to("seroja") >= 2
    head = days.at_desk("teratai", reads=False)
    head.goto("/kantor/janji/")
    late = head.locator(".late", has_text=EXAMINATION)
    late.get_by_role("button", name="Saya tahu, saya urus").click()
    expect(late).to_have_count(1)
    expect(late.get_by_role("button", name="Saya tahu, saya urus")).to_have_count(0)
    days.until(hours=52)
    assert days.missed(code, STEP) == [1, 2, 3, 4]

    # The examination, late and with its reason; then a plan with her, agreed; services begin.
    melati = days.at_desk("melati")
    casework.visum(melati, code, "exam_done")
    go(melati, code)
    assert "ditepati, terlambat" in promise(melati, EXAMINATION)
    go(melati, code, "rencana/")
    expect(melati.locator("#w-hopes")).to_have_value(reporter.SENTENCES["intake.report.hopes"])
    melati.fill("#s-signal", "Contoh: lampu teras menyala dua kali.")
    press(melati, "Simpan rencana")
    go(melati, code, "rencana/tujuan/")
    melati.fill("#tujuan", GOAL)
    press(melati, "Simpan")
    expect(melati.locator("#tujuan sealed-text")).to_have_text(GOAL)
    press(melati, "Rencana disepakati bersama penyintas")
    stage, following = days.stage(paper)
    assert stage == PREPARING
    assert "sedang disiapkan" in following
    go(melati, code)
    press(melati, "Layanan berjalan")
    stage, following = days.stage(paper)
    assert stage == RUNNING
    assert "Paling lambat" in following

    # The tenth day: the first review is late, and her own ticket says so; then it goes better.
    days.until(days=10, hours=1)
    assert LATE in days.stage(paper)[1]
    melati = days.at_desk("melati")
    casework.assess(melati, code)
    expect(melati.locator("#riwayat tbody tr").last).to_contain_text("Rendah")
    go(melati, code, "rencana/")
    press(melati, "Tercapai")
    casework.review(melati, code, "3", "Contoh: ia tidur lebih baik.")
    expect(melati.locator("main")).not_to_contain_text("pemulihannya bertahan")
    go(melati, code)
    press(melati, "Rapat kasus sudah diadakan")
    assert LATE not in days.stage(paper)[1]

    # The twenty-fourth: it holds. The list of keys is signed anew before it ends.
    days.until(days=24, hours=1)
    melati = days.at_desk("melati")
    casework.review(melati, code, "4", "Contoh: ia berjualan lagi.")
    expect(melati.locator("main")).to_contain_text("pemulihannya bertahan")
    press(melati, "Lanjut ke pemantauan")
    stage, following = days.stage(paper)
    assert stage == MONITORING
    assert "menanyakan kabar" in following
    seroja = days.at_desk("seroja")
    seroja.goto("/kantor/kunci/tim/")
    seroja.get_by_role("button", name="Tandatangani daftar").click()
    expect(seroja.locator(".notice.success")).to_be_visible()

    # The thirty-eighth: one asks, another closes.
    days.until(days=38, hours=1)
    melati = days.at_desk("melati")
    go(melati, code, "selesai/")
    melati.check("[name=reason][value=goals_met]", force=True)
    melati.fill("#catatan", "Contoh: ia merasa aman dan ingin berhenti.")
    press(melati, "Minta persetujuan penyelia")
    expect(melati.locator("main")).to_contain_text("Menunggu penyelia yang bukan peminta")
    assert days.stage(paper)[0] == MONITORING
    seroja = days.at_desk("seroja")
    go(seroja, code, "selesai/")
    expect(seroja.locator("main sealed-text")).to_have_text(
        "Contoh: ia merasa aman dan ingin berhenti."
    )
    press(seroja, "Setujui, kasus selesai")
    stage, following = days.stage(paper)
    assert stage == DONE
    assert "membuka lagi kapan saja" in following

    # The fortieth: she comes back, and is expected.
    days.until(days=40, hours=1)
    melati = days.at_desk("melati")
    go(melati, code, "selesai/")
    melati.select_option("[name=alasan]", "asked")
    press(melati, "Buka kembali")
    assert "dalam" in promise(melati, "Penilaian risiko")
    assert days.stage(paper)[0] == RUNNING
    assert days.missed(code, STEP) == [1, 2, 3, 4]
