"""An officer opens what a reporter sent: pages, pictures, and files that do not open."""

import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.support import pages
from tests.support.server import Office
from tests.walks.conftest import PageMaker
from tests.walks.people import person, sign_in, unlock

PAINTED = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let dark = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i] < 128 && data[i + 3] > 0) dark += 1;
  return dark / (canvas.width * canvas.height);
}"""
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SQUARE, WORDS = b"0 0 0 rg 100 100 200 200 re f", b"BT /F 40 Tf 60 400 Td (Bukti contoh) Tj ET"

# A black square as a fax machine writes it: eight white rows, and white means black.
SCAN = (
    b"q 200 0 0 200 100 100 cm BI /W 8 /H 8 /BPC 1 /CS /G /D [1 0] /F /CCF"
    b" /DP << /K -1 /Columns 8 /Rows 8 >> ID \xff\x00\x10\x01 EI Q"
)


def pdf(pages: Iterable[bytes], trailer: bytes = b"") -> bytes:
    """A small PDF by hand, a page for each drawing; `trailer` goes into its last dictionary."""
    drawings = list(pages)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(drawings)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(drawings)),
        FONT,
    ]
    for n, drawing in enumerate(drawings):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % (5 + 2 * n)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
    body, places = b"%PDF-1.7\n", []
    for n, written in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (n, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    xref = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return body + xref + end % (size, trailer, len(body))


def locked_pdf() -> bytes:
    """One that asks for a password: its key fits none."""
    key = b"<%s>" % (b"5a" * 32)
    asks = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O %s /U %s >> /ID [<00> <00>]"
    return pdf([SQUARE], asks % (key, key))


def png(side: int, said: bytes = b"") -> bytes:
    """A white picture of `side` by `side` dots, one bit each; `said`: what a camera wrote into it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    row = b"\0" + b"\xff" * ((side + 7) // 8)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + (chunk(b"tEXt", b"Comment\0" + said) if said else b"")
        + chunk(b"IDAT", zlib.compress(row * side))
        + chunk(b"IEND", b"")
    )


FILES = {
    "dua.pdf": ("application/pdf", pdf([SQUARE, WORDS])),
    "tanpa-jenis.pdf": ("", pdf([SQUARE])),
    "pindaian.pdf": ("application/pdf", pdf([SCAN])),
    "rusak.pdf": ("application/pdf", b"%PDF-1.7\nbukan apa-apa"),
    "terkunci.pdf": ("application/pdf", locked_pdf()),
    "kecil.png": ("image/png", png(64)),
    "raksasa.png": ("image/png", png(12_000)),
    "rusak.png": ("image/png", b"\x89PNG\r\n\x1a\nbukan gambar"),
    "halaman.html": ("text/html", b"<script>alert(1)</script>"),
}


def send(page: Page) -> str:
    """A report with all these files; answers its ticket."""
    page.goto("/lapor/")
    page.fill("[data-what='intake.report.story']", "Kisah uji dengan bukti.")
    files = [
        {"name": name, "mimeType": kind, "buffer": body} for name, (kind, body) in FILES.items()
    ]
    page.set_input_files("input[type=file][multiple]", files)
    expect(page.locator("[data-say=ready]")).to_be_visible()
    page.click("#lapor button.wide")
    saved = page.locator("[data-files]").get_by_text("Tersimpan")
    expect(saved).to_have_count(len(FILES))
    return page.locator("[data-ticket]:not(form)").first.inner_text()


def file_named(page: Page, name: str) -> Locator:
    """The file with this name."""
    return page.locator("sealed-file", has=page.locator("[data-name]", has_text=name)).first


def opened(page: Page, name: str) -> Locator:
    """The file with this name, after a click on its "Buka"."""
    file = file_named(page, name)
    file.locator("[data-open]").click()
    return file


def test_an_officer_sees_the_pages_of_a_pdf_and_saves_it_as_it_was(
    page_phone: PageMaker, page_desk: PageMaker, office_server: Office, tmp_path: Path
) -> None:
    ticket = send(page_phone())
    page = page_desk()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    who = person(office_server, "melati")
    sign_in(page, who)
    page.goto(f"/kantor/kunci/?next=/kantor/laporan/{ticket}/")
    unlock(page, who)
    expect(file_named(page, "dua.pdf")).to_be_visible()
    assert not [url for url in asked if "/s/pdf/" in url]

    file = opened(page, "dua.pdf")
    expect(file.locator("[data-page]")).to_have_text("Halaman 1 dari 2")
    assert 0.05 < file.locator("canvas").evaluate(PAINTED) < 0.12  # the square
    back, forth = file.locator("[data-turn=back]"), file.locator("[data-turn=next]")
    expect(back).to_have_attribute("aria-disabled", "true")
    forth.focus()
    page.keyboard.press("Enter")
    expect(file.locator("[data-page]")).to_have_text("Halaman 2 dari 2")
    assert 0.002 < file.locator("canvas").evaluate(PAINTED) < 0.05  # letters of a font not inside
    expect(file.locator("canvas")).to_contain_text("Bukti contoh")
    expect(forth).to_be_focused()
    page.evaluate("scrollTo(0, 0)")
    assert pages.barriers(page) == []

    with page.expect_download() as download:
        file.locator("[data-save]").click()
    download.value.save_as(tmp_path / "saved")
    assert download.value.suggested_filename == "dua.pdf"
    assert (tmp_path / "saved").read_bytes() == FILES["dua.pdf"][1]
    expect(file.locator("canvas")).to_be_visible()

    assert opened(page, "tanpa-jenis.pdf").locator("canvas").evaluate(PAINTED) > 0.05
    assert opened(page, "pindaian.pdf").locator("canvas").evaluate(PAINTED) > 0.05
    assert [url for url in asked if url.endswith("jbig2_nowasm_fallback.js")]
    expect(opened(page, "rusak.pdf")).to_contain_text("rusak atau tidak dikenal")
    expect(opened(page, "terkunci.pdf")).to_contain_text("kata sandi")
    expect(opened(page, "kecil.png").locator("img")).to_be_visible()
    expect(opened(page, "raksasa.png")).to_contain_text("terlalu besar")
    expect(opened(page, "rusak.png")).to_contain_text("rusak atau tidak dikenal")
    expect(opened(page, "halaman.html")).to_contain_text("tidak bisa dibuka di sini")
    assert said == []
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {
        page.url.split("/")[2]
    }

    page.locator("vault-padlock button").click()
    expect(page.locator("sealed-file :is(canvas, img)")).to_have_count(0)


def test_what_parses_a_pdf_can_reach_nothing(page_desk: PageMaker) -> None:
    answer = page_desk().goto("/s/pdf/pdf-worker.js")
    assert answer is not None
    assert answer.status == 200
    assert answer.headers["content-security-policy"] == "default-src 'none'; script-src 'self'"
