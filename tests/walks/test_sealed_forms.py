"""Forms of a case as template authors write them: made, told once, sealed in groups, opened, edited."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from teduh.vault import checks, packages
from tests.support.server import Office
from tests.walks.conftest import PageOf
from tests.walks.people import person, unlock

CASE, NAME = "KSS-7K2M-9QXR", "intake.report.name"
FORM = """
<form id="uji" method="post" action="/uji/" data-seal data-make data-subject="{case}">
  <sealed-group data-what="cases.person.card" data-comp="identity" data-item-base=""
    data-fill data-fill-part="name" subject="{ticket}" comp="identity" what="intake.report.name">
    <input data-part="name">
    <label><input type="radio" data-part="sex" value="f"> P</label>
    <label><input type="radio" data-part="sex" value="m"> L</label>
    <input type="checkbox" data-part="needs" value="rumah">
    <input type="checkbox" data-part="needs" value="uang">
    <textarea data-part="empty"></textarea>
  </sealed-group>
  <sealed-field data-what="cases.note.text" data-comp="work"><textarea></textarea></sealed-field>
  <p data-say="mend" hidden></p><button>Simpan</button>
</form>"""
VIEW = """
<sealed-parts subject="{case}" comp="identity" what="cases.person.card">
  <b data-part="name"></b>
  <b data-part="needs" data-labels='{{"rumah":"Rumah aman","uang":"Uang"}}'></b>
  <b data-part="empty"></b>
</sealed-parts>
<form id="uji" action="/uji/" data-seal data-subject="{case}">
  <sealed-group data-what="cases.person.card" data-comp="identity"
    data-fill subject="{case}" comp="identity" what="cases.person.card">
    <input data-part="name">
    <input type="radio" data-part="sex" value="f"><input type="radio" data-part="sex" value="m">
    <input type="checkbox" data-part="needs" value="rumah">
    <input type="checkbox" data-part="needs" value="uang">
  </sealed-group>
  <sealed-field data-fill subject="{case}" comp="work" what="cases.note.text"
    data-what="cases.note.text" data-comp="work"><textarea></textarea></sealed-field>
</form>"""

PART = """
<form id="uji" action="/uji/" data-seal data-make="part-psych" data-subject="{case}">
  <sealed-group data-what="cases.assessment.psych" data-comp="part-psych">
    <textarea data-part="feels"></textarea>
  </sealed-group>
  <p data-say="mend" hidden></p><p data-say="empty" hidden>Kosong</p><button>Simpan</button>
</form>"""


class Desk:
    """A page of the desk with a case on it."""

    def __init__(self, page: Page, office: Office, ticket: str) -> None:
        self.page, self.ticket = page, ticket
        with office.reading() as rows:
            self.keys = rows.execute(
                "SELECT kid, kind, owner, public FROM vault_publickey"
            ).fetchall()

    def key(self, kind: str, owner: str = "") -> dict[str, str]:
        """A public key as bundles tell it."""
        return next(
            {"kid": kid, "key": packages.b64(public)}
            for kid, of, whose, public in self.keys
            if (of, whose) == (kind, owner)
        )

    def open(self, markup: str, **told: Any) -> None:
        """The report's page with this markup and bundle in it."""
        signers = [
            {"kid": kid, "key": packages.b64(key)} for kid, of, _o, key in self.keys if of == "sign"
        ]
        bundle = {"inst": "tanjungpinang", "subject": CASE, "compartments": [], "items": []}
        sealed = json.dumps({"subjects": [{**bundle, "signers": signers, **told}]})
        script = f'<script id="sealed-bundle" type="application/json">{sealed}</script>'
        mine = script + markup.format(case=CASE, ticket=self.ticket)

        def add(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace("</main>", f"{mine}</main>"))

        address = f"/kantor/laporan/{self.ticket}/"
        self.page.route(f"**{address}", add)
        self.page.goto(address)  # routed on: what is under way when a route is taken away may hang

    def submit(self) -> dict[str, list[str]]:
        """What the form would have sent; the server says that something is to be mended."""
        told = json.dumps({"message": "Contoh: isi tanggalnya."})
        self.page.route("**/uji/", lambda route: route.fulfill(status=409, body=told))
        self.page.click("#uji button")
        expect(self.page.locator("#uji [data-say=mend]")).to_have_text("Contoh: isi tanggalnya.")
        sent: dict[str, list[str]] = {}
        for name, value in self.page.evaluate("[...new FormData(document.getElementById('uji'))]"):
            sent.setdefault(name, []).append(value)
        return sent


@pytest.fixture
def desk(page_of: PageOf, office_server: Office) -> Desk:
    """Open, beside a report whose teller said a name."""
    page = page_of("melati")
    page.goto("/kantor/kunci/?next=/kantor/?keadaan=semua")
    unlock(page, person(office_server, "melati"))
    page.goto("/kantor/?keadaan=semua")
    tickets = page.locator("tbody a[href^='/kantor/laporan/']").evaluate_all(
        "all => all.map(one => one.href.split('/').at(-2))"
    )
    with office_server.reading() as rows:
        named = rows.execute(
            "SELECT subject FROM vault_envelope e JOIN vault_compartment c ON c.id = e.compartment_id"
            " WHERE what = ?",
            [NAME],
        ).fetchall()
    ticket = next(one for one in tickets if (one,) in named)
    return Desk(page, office_server, ticket)


def test_a_case_is_made_in_the_browser_and_its_groups_open_again(desk: Desk) -> None:
    page, field = desk.page, desk.page.locator("#uji input[data-part=name]")
    desk.open(FORM, epoch=desk.key("team", "asesmen"), recovery=desk.key("recovery"))
    told = page.locator(f"sealed-text[what='{NAME}']").first
    expect(told).not_to_contain_text("•••")
    name = told.inner_text()
    expect(field).to_have_value(name)
    page.check("#uji [value=f]")
    page.check("#uji [value=m]")
    page.check("#uji [value=rumah]")
    page.check("#uji [value=uang]")
    expect(page.locator("#uji [value=f]")).not_to_be_checked()
    page.fill("#uji sealed-field textarea", "Contoh catatan kenari-9931.")
    sent = desk.submit()
    assert sorted(sent) == ["base", "made", "sealed"]
    assert sent["base"] == ["cases.person.card="]
    assert name not in json.dumps(sent)
    assert "kenari" not in json.dumps(sent)
    made = packages.read_made(sent["made"][0])
    teams = {desk.key("team", "asesmen")["kid"]: "asesmen"}
    signing = {kid: bytes(key) for kid, kind, _owner, key in desk.keys if kind == "sign"}
    recovery = [desk.key("recovery")["kid"]]
    asked = {"inst": "tanjungpinang", "subject": CASE, "keys": signing, "teams": teams}
    assert checks.new_case(made, recovery=recovery, **asked) == "asesmen"
    parts = [
        {**one, "comp": was.said["comp"]}
        for one, was in zip(json.loads(sent["made"][0]), made, strict=True)
    ]
    items = []
    for text, comp in zip(sent["sealed"], ("identity", "work"), strict=True):
        item = packages.read_item(text)
        cmp = next(c["d"] for c in parts if c["comp"] == comp)
        assert item.said["cmp"] == packages.b64(checks.suite.sha256(packages.unb64(cmp)))
        items.append({**json.loads(text), "comp": comp, "what": item.what})
    keys = {"epoch": desk.key("team", "asesmen"), "recovery": desk.key("recovery")}
    opening: list[Route] = []
    page.route("**/kantor/kunci/tab/", lambda route: opening.append(route), times=1)
    desk.open(PART, compartments=parts, items=items, **keys)
    page.click("#uji button")  # while the padlock is opening
    expect(page.locator("#uji [data-say=empty]")).to_be_hidden()
    opening[0].continue_()
    expect(page.locator("#uji [data-say=empty]")).to_be_visible()
    page.fill("#uji textarea", "Contoh kenari-9931.")
    part = desk.submit()
    (alone,) = packages.read_made(part["made"][0])
    assert checks.new_case((alone,), recovery=recovery, comps=["part-psych"], **asked) == "asesmen"
    assert packages.read_item(part["sealed"][0]).said["cmp"] == packages.b64(
        checks.suite.sha256(alone.d)
    )
    assert "kenari" not in json.dumps(part)
    desk.open(VIEW, compartments=parts, items=items)
    shown = page.locator("sealed-parts [data-part]")
    expect(shown).to_have_text([name, "Rumah aman, Uang", "(kosong)"])
    expect(told).to_have_text(name)
    expect(field).to_have_value(name)
    expect(page.locator("#uji [value=m]")).to_be_checked()
    expect(page.locator("#uji [value=uang]")).to_be_checked()
    note = page.locator("#uji sealed-field textarea")
    expect(note).to_have_value("Contoh catatan kenari-9931.")
    note.fill("Tulisan baru.")
    page.click("vault-padlock [data-when=open]")
    expect(shown).to_have_text(["••••••"] * 3)
    expect(field).to_have_value("")
    expect(page.locator("#uji [value=m]")).not_to_be_checked()
    expect(note).to_have_value("Tulisan baru.")
