// Pages of grants: given by an officer, checked wherever one is shown, covered where one has ended.

import { say } from "../intake/answers";
import { loadBundles } from "./bundles";
import type { ToGrant } from "./grants";
import type { Padlock } from "./padlock";
import type { Bundle } from "./thread";
import { cityDay } from "./today";

const POLL = 15000; // milliseconds between two questions whether something is still shared

/** What a page says openly about a grant; the statement must say the same. */
interface Row {
  readonly body: string;
  readonly sig: string;
  readonly to: string;
  readonly comps: string;
  readonly until: string;
  readonly consent: string;
}

type Offered = Omit<ToGrant, "to"> & { readonly keys: ToGrant["to"] };

/** The parts of a consent, wrapped here for whoever is ticked. */
export function hangGranting(form: HTMLFormElement, padlock: Padlock): void {
  const told = form.querySelector('script[type="application/json"]')?.textContent ?? "{}";
  const { keys, ...grant } = JSON.parse(told) as Offered;
  for (const button of form.querySelectorAll("button")) button.disabled = false; // waited for this script
  let busy = false;

  async function make(): Promise<string> {
    const sent = new FormData(form);
    const ticked = sent.getAll("siapa");
    const to = keys.filter(({ kid }) => ticked.indexOf(kid) >= 0);
    if (!to.length) return "empty";
    await padlock.settled();
    const crew = padlock.crew();
    if (!crew) return "locked";
    say(form, "working");
    await loadBundles(padlock);
    sent.set("grants", JSON.stringify(await crew.ask("grant", { ...grant, to })));
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", headers, body: sent }).catch(() => undefined);
    if (!answer) return "offline";
    if (answer.redirected || answer.status === 403) return "over";
    if (!answer.ok) return "refused";
    location.reload();
    return "";
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const outcome = await make().catch(() => "broken");
    say(form, outcome);
    busy = !outcome;
  });
}

/** Marks every grant of a page that nobody of a team signed just so. */
export function hangChecks(padlock: Padlock): void {
  const rows = Array.from(document.querySelectorAll<HTMLElement>("[data-granted]"));

  async function check(): Promise<void> {
    const crew = padlock.crew();
    if (!crew) return;
    await loadBundles(padlock);
    for (const row of rows) {
      const told = JSON.parse(row.dataset.granted ?? "{}") as Row;
      const { subject = "" } = row.dataset;
      const said = await crew.ask("granted", { subject, grant: told }).catch(() => undefined);
      const same =
        said?.to === told.to &&
        said.comps.join(" ") === told.comps &&
        said.until === told.until &&
        said.consent === told.consent;
      row.dataset.state = same ? "signed" : "forged";
      if (row.dataset.whenForged !== undefined) row.hidden = same;
      for (const part of row.querySelectorAll<HTMLElement>("[data-when-forged]")) part.hidden = same;
      for (const part of row.querySelectorAll<HTMLElement>("[data-when-signed]")) part.hidden = !same;
    }
  }

  if (!rows.length) return;
  document.addEventListener("vault:open", () => check().catch(() => {}));
  check().catch(() => {});
}

/**
 * Lets the next words of a case be sealed with new keys, where somebody may read no more; whether the
 * page has others now than before.
 */
export async function renew(padlock: Padlock, subject: string): Promise<boolean> {
  const found = placeOf(subject);
  if (!found) return false;
  const { script, all, at } = found;
  const bundle = all[at] as Bundle;
  const comps = Array.from(new Set(bundle.compartments.map(({ comp }) => comp))).join(" ");
  const address = `/kantor/data/kasus/${subject}/kunci-baru/`;
  const ask = async (fields: { [name: string]: string } = {}) => {
    const answer = await padlock.post(address, { comps, ...fields });
    return (answer.ok ? await answer.json() : {}) as Asked;
  };
  let told = await ask();
  if (told.begin) {
    const { begin, keys = [] } = told;
    const begun = await padlock.crew()?.ask("begin", { bundle: begin, keys, day: cityDay() });
    told = begun ? await ask({ ...begun }) : {};
    if (!told.bundle) told = await ask(); // another browser was first
  }
  const { bundle: fresh } = told;
  if (!fresh || fresh.compartments.length === bundle.compartments.length) return false;
  all[at] = { ...bundle, compartments: fresh.compartments, signers: bundle.signers.concat(fresh.signers) };
  script.textContent = JSON.stringify({ subjects: all });
  return true;
}

/** What is to be made, with the keys of whoever reads on; or the compartments as they are now. */
interface Asked {
  readonly begin?: Bundle;
  readonly keys?: { kid: string; key: string }[];
  readonly bundle?: Bundle;
}

/** Where the bundle of a subject lies in this page. */
function placeOf(subject: string): { script: Element; all: Bundle[]; at: number } | undefined {
  for (const script of document.querySelectorAll("script#sealed-bundle")) {
    const { subjects = [] } = JSON.parse(script.textContent ?? "{}") as Partial<Bundle>;
    const at = subjects.findIndex((one) => one.subject === subject);
    if (at >= 0) return { script, all: Array.from(subjects), at };
  }
  return undefined;
}

/** Right after a withdrawal the page itself begins anew, if its padlock is open. */
export function hangRenewal(padlock: Padlock): void {
  const place = document.querySelector<HTMLElement>("[data-renew]");
  if (!place) return;

  async function begin(): Promise<void> {
    if (!padlock.crew()) return;
    if (place && (await renew(padlock, place.dataset.renew ?? ""))) place.hidden = true;
  }

  document.addEventListener("vault:open", () => begin().catch(() => {}));
  begin().catch(() => {});
}

/** A page of what is shared asks whether it still is; once it is not, nothing of it stays. */
export function hangShared(padlock: Padlock): void {
  const shared = document.querySelector<HTMLElement>("[data-shared]");
  if (!shared) return;

  async function ask(): Promise<void> {
    const answer = await fetch(shared?.dataset.shared ?? "", { cache: "no-store" });
    if (answer.status !== 404 || !shared) return;
    for (const one of document.querySelectorAll("script#sealed-bundle")) one.remove();
    for (const one of document.querySelectorAll<HTMLElement>("[data-gone]")) one.hidden = false;
    for (const one of document.querySelectorAll("[data-of-shared]")) one.remove();
    shared.remove();
    await loadBundles(padlock);
  }

  setInterval(() => ask().catch(() => {}), POLL);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask().catch(() => {});
  });
}
