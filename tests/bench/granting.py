"""An officer gives seven compartments of a case to five people: from the click to the request.

What it costs is the CPU of browser and driver together, all threads, so that a busy machine does not
make it worse; an office PC is taken as four times as slow. The ratio is to two hundred thousand
rounds of PBKDF2 in the same browser, counted alike.
"""

import os
import statistics
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, sync_playwright

from teduh.access.models import Agency, Member
from teduh.cases.models import Case
from teduh.cases.words import ConsentBy, ConsentHow
from teduh.config.demo import MEMBERS
from teduh.lib.timing import local_day
from teduh.records.actions import consenting, granting
from teduh.records.models import Consent
from teduh.records.words import Purpose, TakenBack
from teduh.vault import actions as vault
from teduh.vault import demo
from teduh.vault import office as making
from teduh.vault.models import Compartment
from tests.bench.processes import family
from tests.bench.rows import Row, p95
from tests.factories.access import MemberFactory
from tests.factories.grants import begun, sealed
from tests.support import chromium
from tests.support.server import office
from tests.walks.people import person, sign_in, unlock

PEOPLE, COMPARTMENTS, TURNS, SLOWER = 5, 7, 12, 4
TEAM, OFFICER, AGENCY = "asesmen", "melati", "rsud"
PARTS = ("part-social", "part-needs")  # which a case manager reads
BEFORE = (("identity", "care"), ("identity",))  # each withdrawn, and begun anew
WAIT = 120_000  # milliseconds
GIVEN = """(number) => new Promise((done) => {
  const form = document.querySelector(`#p${number} form[data-grant]`);
  for (const box of form.querySelectorAll("[name=siapa]")) box.checked = true;
  const real = window.fetch;
  const begun = performance.now();
  window.fetch = (address, ...rest) => {
    if (address !== form.action) return real(address, ...rest);
    window.fetch = real;
    const grants = JSON.parse(rest[0].body.get("grants"));
    const wraps = grants.map((one) => one.wraps.length).join();
    setTimeout(() => done([performance.now() - begun, wraps]));
    return Promise.reject(new Error("measured"));
  };
  form.requestSubmit();
})"""
REFERENCE = """async () => {
  const raw = new Uint8Array(32);
  const key = await crypto.subtle.importKey("raw", raw, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: raw, iterations: 200000 };
  await crypto.subtle.deriveBits(how, key, 256);
}"""


def measure() -> Iterator[Row]:
    """Write down a consent, open its page, and give so often what it names."""
    home = Path(os.environ["TEDUH_VAR"])
    chromium.point_playwright_at_node()
    with office("--reports", "30", folder=home) as server:
        consent = _agreed(timezone.now())
        with sync_playwright() as playwright:
            browser = chromium.launch(playwright.chromium)
            page = browser.new_context(base_url=server.url, locale="id-ID").new_page()
            page.set_default_timeout(WAIT)
            sign_in(page, person(server, OFFICER))
            unlock(page, person(server, OFFICER))
            yield from _given(page, consent)
            browser.close()


def _given(page: Page, consent: Consent) -> Iterator[Row]:
    times, costs, rounds = [], [], []
    for _turn in range(TURNS):
        page.goto(f"/kantor/data/kasus/{consent.case.code}/persetujuan/")
        page.wait_for_selector("vault-padlock[data-state=open]")
        before = _spent()
        taken, wraps = page.evaluate(GIVEN, consent.number)
        costs.append(_spent() - before)
        assert wraps == ",".join([str(COMPARTMENTS)] * PEOPLE), wraps
        times.append(float(taken))
        before = _spent()
        page.evaluate(REFERENCE)
        rounds.append(_spent() - before)
    size, cost = PEOPLE * COMPARTMENTS, statistics.median(costs)
    yield Row("granting: from the click to the request, p95", size, p95(times), "ms", 1000)
    ratio = cost / statistics.median(rounds)
    yield Row("CPU of it, to that of 200,000 rounds of PBKDF2", size, ratio, "times")
    yield Row("CPU of it, where all takes 4 times", size, SLOWER * cost, "ms", 1000)


def _spent() -> float:
    """Milliseconds of CPU so far of everything this process has started, all threads."""
    tasks = [one for pid in family(os.getpid()) for one in Path(f"/proc/{pid}/task").glob("*")]
    return sum(_of(task) for task in tasks) / 1e6


def _of(task: Path) -> int:
    try:
        return int((task / "schedstat").read_text(encoding="ascii").split()[0])
    except (FileNotFoundError, ProcessLookupError):
        return 0  # ended meanwhile


def _agreed(at: datetime) -> Consent:
    """A consent to four parts, of which one has three generations and one has two."""
    officer, agency = Member.objects.get(code=OFFICER), Agency.objects.get(code=AGENCY)
    mine = Case.objects.going_on().filter(team_code=TEAM, crew__member=officer)
    case = mine.filter(consents__isnull=True, child=False).distinct()[0]
    day = local_day(at)
    for n in range(PEOPLE - 1):
        MemberFactory(code=f"ukur{n}", role="partner_officer", agency=agency)
        making.member_keys(f"ukur{n}", demo.seed, day)
    signer = next(one[0] for one in MEMBERS if "key_officer" in one[3])
    making.sign_manifest(signer, demo.seed(f"sign:{signer}"), demo.seed("root"), day)
    place: dict[str, Any] = {"subject": case.code, "team": TEAM}
    kept = set(Compartment.objects.filter(subject=case.code).values_list("comp", flat=True))
    for comp in set(PARTS) - kept:
        made = demo.make_case(**place, member=OFFICER, comps=[comp])
        vault.open_part(by=officer, **place, comp=comp, made=made, at=at)
    told: dict[str, Any] = {
        "agency": agency,
        "given_by": ConsentBy.SELF,
        "how": ConsentHow.SPOKEN,
        "day": day,
        "until": day + timedelta(days=30),
    }
    act: dict[str, Any] = {"by": officer, "case": case, "at": at}
    reader = Member.objects.get(code="ukur0")
    for comps in BEFORE:
        told_before = consenting.Told(**told, purpose=Purpose.HEALTH, comps=comps)
        before = consenting.keep_consent(**act, told=told_before)
        granting.give(by=officer, consent=before, sealed=[sealed(before, reader, at)], at=at)
        who = TakenBack.SURVIVOR
        consenting.withdraw_consent(by=officer, consent=before, who=who, at=at)
        fresh, on = begun(case, officer)
        granting.begin(**act, made=fresh, given=on)
    whole = ("identity", "care", *PARTS)
    now = consenting.Told(**told, purpose=Purpose.PSYCH, comps=whole)
    return consenting.keep_consent(**act, told=now)
