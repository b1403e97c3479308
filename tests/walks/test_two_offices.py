"""A case comes from another city and goes there again: files by hand, no network between the offices.

The other office is this test: it has keys of its own, reads what we send, and answers.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from teduh.lib.timing import local_day
from teduh.vault import demo, envelope, peers, suite
from teduh.vault.packages import SealedItem, header_of, unb64
from tests.support.pages import flaws
from tests.support.server import Office
from tests.vectors import make, transfer
from tests.walks.conftest import PageOf
from tests.walks.people import person, unlock

OURS, THERE = settings.TEDUH_INSTANCE, "kota-lain"
PEERS, TAKE_IN = "/kantor/kasus/kantor-lain/", "/kantor/kasus/terima/"


@dataclass(frozen=True)
class Here:
    """Our office as the other one knows it: by the card it was given."""

    card: peers.Card


def choose(page: Page, text: str, name: str = "x.teduh") -> None:
    """A file, as if it were on a stick."""
    told = {"name": name, "mimeType": "application/octet-stream", "buffer": text.encode()}
    page.set_input_files("#berkas", [told])  # type: ignore[list-item]


def saved(page: Page, button: str) -> str:
    """The file that a click saves."""
    with page.expect_download() as download:
        page.locator(button).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def agreed(page: Page, day: date) -> None:
    """Who agreed, how, and when."""
    page.select_option("[name=consent_by]", "self")
    page.select_option("[name=consent_how]", "spoken")
    page.fill("[name=consent_day]", str(day))


def meet(officer: Page, lead: Page, there: transfer.Office, day: date) -> Here:
    """Cards go both ways; a supervisor hears the code and signs."""
    officer.goto(PEERS)
    ours = peers.read_card(saved(officer, "a[href$='/kartu/']"), day)
    choose(officer, json.dumps(there.card.as_json()))
    officer.get_by_role("button", name="Simpan kartu").click()
    lead.goto(PEERS)
    expect(lead.locator("vault-padlock")).to_have_attribute("data-state", "open")
    expect(lead.locator("main")).to_contain_text(peers.print_of(THERE, there.root_public))
    assert flaws(lead, ("dark", "phone")) == []
    lead.check("form[data-ask] input[type=checkbox]", force=True)
    lead.get_by_role("button", name="Setujui kantor ini").click()
    expect(lead.locator(".badge", has_text="disetujui")).to_be_visible()
    return Here(ours)


def arrive(officer: Page, there: transfer.Office, here: Here, day: date) -> None:
    """What they sealed for us is opened, shown and kept as a case; the same file twice is refused."""
    file, cmp = transfer.slice_file(there, here)
    officer.goto(TAKE_IN)
    expect(officer.locator("vault-padlock")).to_have_attribute("data-state", "open")
    choose(officer, json.dumps({**file, "to": "kota-tiga"}))
    expect(officer.locator("[data-say=OtherOffice]")).to_be_visible()
    choose(officer, json.dumps({**file, "items": file["items"][:-1]}))
    expect(officer.locator("[data-say=Changed]")).to_be_visible()
    choose(officer, json.dumps(file))
    expect(officer.locator("[data-arrived=story] [data-shown]")).to_have_text(
        transfer.PARTS["story"], use_inner_text=True
    )
    assert flaws(officer, ("light", "phone")) == []
    agreed(officer, day)
    officer.select_option("[name=main_kind]", "psychological")
    officer.get_by_role("button", name="Terima sebagai kasus").click()
    expect(officer.locator("#asal")).to_contain_text(make.STORY[:14])
    expect(officer.locator("#orang sealed-parts")).to_contain_text("Contoh Mawar")
    peers.check_receipt(
        saved(officer, "#asal a.button"),
        root=unb64(demo.root_public()),
        inst=THERE,
        peer=OURS,
        code=transfer.CODE,
        cmp=cmp,
        day=day,
    )


def leave(officer: Page, there: transfer.Office, day: date) -> tuple[str, str]:
    """The officer seals what is ticked; the other office opens just that. Its code, and its hash."""
    officer.goto(officer.url.split("#")[0] + "limpah/")
    expect(officer.locator("vault-padlock")).to_have_attribute("data-state", "open")
    officer.check(f"[name=kantor][value={THERE}]", force=True)
    officer.check("[name=bagian][value=person]", force=True)
    agreed(officer, day)
    assert flaws(officer, ("dark", "desk")) == []
    file: dict[str, Any] = json.loads(saved(officer, "form[data-slice] button.button"))
    expect(officer.locator("[data-say=done]")).to_be_visible()
    place = envelope.Place(THERE, file["code"], peers.SLICE)
    wrap, d = file["wrap"], unb64(file["d"])
    opened = envelope.unwrap(d, wrap["kid"], unb64(wrap["w"]), unb64(there.team["seed"]), place)
    texts = {}
    for one in file["items"]:
        hdr = unb64(one["hdr"])
        item = SealedItem(hdr, unb64(one["ct"]), unb64(one["sig"]), header_of(hdr))
        texts[item.what] = envelope.open_item(opened, item, item.what, unb64(file["key"]))
    assert set(texts) == {"cases.slice.facts", "cases.slice.person"}
    assert json.loads(texts["cases.slice.person"]) == json.loads(transfer.PARTS["person"])
    assert json.loads(texts["cases.slice.facts"])["consent_by"] == "self"
    return file["code"], opened.cmp


def test_a_case_comes_from_another_office_and_one_goes_there_until_it_is_received(
    page_of: PageOf, office_server: Office
) -> None:
    day = local_day(timezone.now())
    there = transfer.Office(THERE, since=day - timedelta(days=3))
    officer, lead = page_of("melati"), page_of("seroja")
    unlock(officer, person(office_server, "melati"))
    unlock(lead, person(office_server, "seroja"))
    here = meet(officer, lead, there, day)
    arrive(officer, there, here, day)
    code, cmp = leave(officer, there, day)
    officer.reload()
    expect(officer.locator("main")).to_contain_text(code)
    by = there.member["kid"]
    body = peers.receipt(inst=THERE, to=OURS, code=code, cmp=cmp, day=str(day), by=by)
    told = there.says(peers.RECEIPT, body)
    choose(officer, peers.receipt_file(told, by, suite.sign_public(there.seed), there.package))
    officer.get_by_role("button", name="Terima, kasus selesai di sini").click()
    expect(officer.locator(".badge", has_text="Dilimpahkan")).to_be_visible()
