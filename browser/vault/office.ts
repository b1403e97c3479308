// Staff pages: the padlock, the unlock page, and forms whose text is sealed before it is sent.

import { say } from "../intake/answers";
import { showBeside } from "./beside";
import { loadBundles } from "./bundles";
import { b64u } from "./bytes";
import { defineElements } from "./elements";
import { hangFills } from "./fill";
import { FIELDS, type Field, joinRadios, readGroup } from "./groups";
import { hangHandOver } from "./handover";
import { hangAsking, hangFingerprints, hangNewPhrase } from "./keypage";
import type { Unlocking } from "./keyring";
import { hangNever } from "./never";
import { hangPadlock, type Padlock } from "./padlock";
import type { ToSeal } from "./reading";
import { hangSearch } from "./search";
import { cityDay } from "./today";
import { isWriting } from "./writing";

const RARE: string = "/s/jarang.js";
const ALIKE: string = "/s/kaitan.js";
const CALL: string = "/s/telepon.js";
const CASE = /^KSS-/;
const HOLDERS = "sealed-field, sealed-group";
const MADE = /^(sealed|base|made|statement|accept|card|hdr)$/; // fields that sealing puts into a form
const UNHEARD = /^(offline|over)$/; // perhaps it was taken, and we did not hear
/** What a form says of what could not be sealed, by the name of the failure. */
const UNSEALED: { readonly [failure: string]: string | undefined } = {
  Locked: "locked",
  TooLarge: "large",
  Traces: "traces",
};
const UNTRUSTED = /^(RolledBack|BadSignature|WrongManifest|UntrustedKey|WrongMember)$/;

/** What the unlock page says about a failure, by its name. */
function failureOf(error: unknown): string {
  const { message } = error as Error;
  if (message === "WrongPhrase") return "wrong";
  if (message === "ExpiredManifest") return "expired";
  return UNTRUSTED.test(message) ? "untrusted" : "offline";
}

/** Whether an address is one of this office. */
function isOwn(address = ""): boolean {
  return /^\/(?!\/)/.test(address);
}

/** Asks for the keyring and opens it with the phrase; the phrase stays in the page. */
async function unlockBy(form: HTMLFormElement, padlock: Padlock, phrase: string): Promise<string> {
  const answer = await padlock.post(padlock.page.openUrl ?? "");
  if (!answer.ok) return answer.status === 403 || answer.status === 429 ? "refused" : "offline";
  say(form, "working");
  const { expired } = await padlock.unlock((await answer.json()) as Unlocking, phrase);
  if (expired) return "expired";
  if (form.hasAttribute("data-beside")) {
    close(); // the tab that is being written in has heard of it
    return "done";
  }
  const { next = "" } = form.dataset;
  location.assign(isOwn(next) ? next : "/kantor/");
  return "done";
}

function hangUnlock(form: HTMLFormElement, padlock: Padlock): void {
  const field = form.querySelector<HTMLInputElement>("[data-phrase]");
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy || !field?.value.trim()) return;
    busy = true;
    say(form, "fetching");
    const phrase = field.value;
    const outcome = await unlockBy(form, padlock, phrase).catch(failureOf);
    if (outcome !== "offline") field.value = "";
    say(form, outcome);
    busy = false;
  });
}

function putHidden(form: HTMLFormElement, name: string, value: string): void {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = name;
  input.value = value;
  input.dataset.made = "yes";
  form.append(input);
}

function dropHidden(form: HTMLFormElement): void {
  for (const made of form.querySelectorAll("[data-made]")) made.remove();
}

function textOf(holder: HTMLElement): string {
  if (holder.localName === "sealed-group") return readGroup(holder);
  return holder.querySelector<Field>(FIELDS)?.value.trim() ?? "";
}

/** The items that a form replaces, so that the server sees whether somebody replaced them meanwhile. */
function basesOf(form: HTMLFormElement): string[] {
  const holders = Array.from(form.querySelectorAll<HTMLElement>("[data-item-base]")).filter(textOf);
  return holders.map(({ dataset }) => `${dataset.what ?? form.dataset.what}=${dataset.itemBase}`);
}

/** The open fields of a form that are signed with what it seals. */
function toldBy(form: HTMLFormElement, names: string): { [name: string]: string } {
  const sent = new FormData(form);
  return Object.fromEntries(names.split(" ").map((name) => [name, `${sent.get(name) ?? ""}`]));
}

/** All a form says, sealed and open, and which file goes with it. */
function printOf(form: HTMLFormElement, things: readonly ToSeal[], file: File | undefined): string {
  const open = Array.from(new FormData(form)).filter(([name]) => !MADE.test(name));
  return JSON.stringify([things, open, file && [file.name, file.size, file.lastModified]]);
}

/** Every sealed field and group of a form that has something in it. */
function thingsOf(form: HTMLFormElement): ToSeal[] {
  const { subject = "", comp = "", what = "", day } = form.dataset;
  const things: ToSeal[] = [];
  for (const holder of form.querySelectorAll<HTMLElement>(HOLDERS)) {
    const text = textOf(holder);
    if (!text) continue;
    const own = { comp: holder.dataset.comp ?? comp, what: holder.dataset.what ?? what };
    const { told } = holder.dataset;
    const signed = told ? { told: toldBy(form, told) } : {};
    things.push({ subject, ...own, ...signed, text, day: day ?? cityDay() });
  }
  return things;
}

/** The file chosen to go with a message. */
function chosenIn(form: HTMLFormElement): File | undefined {
  return form.querySelector<HTMLInputElement>("[data-attach]")?.files?.[0];
}

/** The message of a form with its file, which its words name; throws what the form says of a file. */
async function withFile(form: HTMLFormElement, things: ToSeal[], chosen: File): Promise<ToSeal[]> {
  const { readyToSend } = (await import(RARE)) as typeof import("./rare");
  const { most, told } = form.querySelector<HTMLInputElement>("[data-attach]")?.dataset ?? {};
  const file = await readyToSend(chosen, Number(most));
  const { subject = "", comp = "", what = "", day } = form.dataset;
  const said = things[0] ?? { subject, comp, what, text: "", day: day ?? cityDay() };
  return [{ ...said, text: [said.text, `${told} ${file.name}`].filter(Boolean).join("\n"), file }];
}

/** Replaces the text of a form by its envelopes, and gives the file; throws when it cannot be sealed. */
async function sealInto(
  form: HTMLFormElement,
  padlock: Padlock,
  things: ToSeal[],
): Promise<Blob | undefined> {
  const crew = padlock.crew();
  if (!crew) throw new Error("Locked");
  await loadBundles(padlock);
  const { make, subject = "" } = form.dataset;
  const { sealed, statement, accept, made, file } = await crew.ask("seal", {
    things,
    ...(make !== undefined && { make: subject, part: make }),
  });
  for (const one of sealed) putHidden(form, "sealed", one);
  for (const one of basesOf(form)) putHidden(form, "base", one);
  if (made) putHidden(form, "made", made);
  if (statement) putHidden(form, "statement", statement);
  if (accept) putHidden(form, "accept", JSON.stringify(accept));
  if (!file) return undefined;
  putHidden(form, "card", file.card);
  putHidden(form, "hdr", file.hdr);
  return new Blob([file.ct]);
}

async function acceptInto(form: HTMLFormElement, padlock: Padlock): Promise<void> {
  const crew = padlock.crew();
  if (!crew) throw new Error("Locked");
  await loadBundles(padlock);
  const { subject = "" } = form.dataset;
  putHidden(form, "accept", JSON.stringify(await crew.ask("accept", { subject })));
}

/** Takes over a form's sending: nothing typed in a sealed field leaves as it is. */
function hangForm(form: HTMLFormElement, padlock: Padlock): void {
  const sealing = form.hasAttribute("data-seal");
  for (const field of form.querySelectorAll<Field>(`:is(${HOLDERS}) :is(${FIELDS})`))
    field.autocomplete = "off";
  for (const group of form.querySelectorAll("sealed-group")) joinRadios(group);
  for (const button of form.querySelectorAll("button")) button.disabled = false; // waited for this script
  let busy = false;
  /** What was sealed last, and what it was named, until its answer comes. */
  let sending: { print: string; name: string } | undefined;
  let body: Blob | undefined; // the file of it

  async function prepare(typed: ToSeal[], chosen: File | undefined): Promise<string> {
    const { make, optional } = form.dataset;
    const opening = make === ""; // a whole case is made even with nothing typed
    if (optional !== undefined && !opening && !typed.length) return "";
    await padlock.settled(); // sent while it was opening
    if (!padlock.crew()) return "locked";
    if (sealing && !opening && !typed.length && !chosen) return "empty";
    say(form, "sealing");
    const things = chosen ? await withFile(form, typed, chosen) : typed;
    if (sealing) body = await sealInto(form, padlock, things);
    else await acceptInto(form, padlock);
    return "";
  }

  // Sent once more as it was sealed, under the same name: the server answers it as the first time.
  async function send(): Promise<string> {
    const things = sealing ? thingsOf(form) : [];
    const chosen = chosenIn(form);
    const print = printOf(form, things, chosen);
    if (sending?.print !== print) {
      dropHidden(form);
      sending = undefined;
      body = undefined;
      const wrong = await prepare(things, chosen).catch(
        ({ message }: Error) => UNSEALED[message] ?? "broken",
      );
      if (wrong) return wrong;
      sending = { print, name: b64u(crypto.getRandomValues(new Uint8Array(16))) };
    }
    const outcome = await sendOn(form, sending.name, body).catch(() => "offline");
    if (!UNHEARD.test(outcome)) sending = undefined;
    return outcome;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    let outcome = await send();
    if (outcome === "refused" && (await renewed(form, padlock).catch(() => false))) outcome = await send();
    say(form, outcome);
    if (outcome) busy = false;
    else if (form.hasAttribute("data-stay")) {
      for (const field of form.querySelectorAll<Field>(`:is(${HOLDERS}) :is(${FIELDS}), [data-attach]`))
        field.value = "";
      busy = false;
      document.dispatchEvent(new Event("vault:sent"));
    } else if (isOwn(form.dataset.next)) location.assign(form.dataset.next ?? "");
    else location.reload();
  });
}

/** Whether what a form of a case seals into has a new generation since: somebody may read no more. */
async function renewed(form: HTMLFormElement, padlock: Padlock): Promise<boolean> {
  const { subject = "" } = form.dataset;
  if (!CASE.test(subject)) return false;
  const { renew } = (await import(RARE)) as typeof import("./rare");
  return renew(padlock, subject);
}

/** Sends the form as it now is; nothing in the page is lost where the server does not take it. */
async function sendOn(form: HTMLFormElement, name: string, file?: Blob): Promise<string> {
  const headers = { Accept: "application/json", "Teduh-Sending": name };
  const body = new FormData(form);
  if (file) body.append("body", file, "body");
  const answer = await fetch(form.action, { method: "POST", headers, body });
  if (answer.redirected || answer.status === 403) return "over";
  if (answer.status >= 500) return "offline";
  const said = (await answer.json().catch(() => undefined)) as Told | undefined;
  if (answer.status === 400 && !said) return "over"; // the session ended while it was kept
  const told = said ?? {};
  if (!answer.ok) {
    if (told.beside && isOwn(told.beside)) await showBeside(form, told.beside, told.seen ?? "");
    return mend(form, told);
  }
  if (told.to) form.dataset.next = told.to;
  return "";
}

/** What the server says to a form: where to go on, or what to mend, as a whole and field by field. */
interface Told {
  readonly to?: string;
  readonly message?: string;
  /** What somebody else saved meanwhile: where to see it, and what the next sending has then seen. */
  readonly beside?: string;
  readonly seen?: string;
  readonly wrong?: readonly (readonly [string, string])[];
}

/** Says what is to be mended, where the server says so and the page has a place for it. */
function mend(form: HTMLFormElement, { message = "", wrong = [] }: Told): string {
  for (const marked of form.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
  const fields = wrong.map(([name]) => form.querySelector<Field>(`[name="${CSS.escape(name)}"]`));
  for (const field of fields) field?.setAttribute("aria-invalid", "true");
  const place = form.querySelector("[data-say=mend]");
  const text = message || wrong.map(([, sentence]) => sentence).join(" ");
  if (!place || !text) return "refused";
  place.textContent = text;
  fields[0]?.focus();
  return "mend";
}

/** While somebody writes, the padlock is opened in another tab: the words stay, and are kept nowhere. */
function hangUnlockLink(link: HTMLAnchorElement): void {
  link.addEventListener("click", () => {
    const writing = isWriting(document.querySelectorAll<Field>(FIELDS));
    const address = new URL(link.href);
    if (writing) address.searchParams.set("tab", "1");
    else address.searchParams.delete("tab");
    link.href = address.href;
    link.target = writing ? "_blank" : "";
    link.rel = writing ? "opener" : "";
  });
}

/** Adds an opened report or case to its team's list; what fails now is tried at the next opening. */
function hangCard(form: HTMLFormElement, padlock: Padlock): void {
  const { subject = "", list = "", day = "", address = "", items = "" } = form.dataset;

  async function add(): Promise<void> {
    await loadBundles(padlock);
    const done = await padlock
      .crew()
      ?.ask("list", { subject, list, day, items: items.split(" ").filter(Boolean) });
    if (done) await padlock.post(address, { ...done, items });
  }

  const open = () => add().catch(() => {});
  document.addEventListener("vault:open", open);
  if (padlock.crew()) open();
}

/** Does something that costs much only once this part of the page is in sight. */
function onceSeen(part: Element, act: () => void): void {
  const watch = new IntersectionObserver((all) => {
    if (!all.some(({ isIntersecting }) => isIntersecting)) return;
    watch.disconnect();
    act();
  });
  watch.observe(part);
}

/** Forms may also come later, with a part of the page that is loaded again. */
function hangForms(root: ParentNode, padlock: Padlock): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-seal], form[data-accept]")) {
    if (form.dataset.hung) continue;
    form.dataset.hung = "yes";
    if (form.dataset.never) hangNever(form);
    hangForm(form, padlock);
  }
}

const element = document.querySelector<HTMLElement>("vault-padlock");
if (element) {
  const padlock = hangPadlock(element);
  defineElements(padlock);
  hangFills(padlock);
  hangForms(document, padlock);
  const link = element.querySelector<HTMLAnchorElement>("a[data-when=locked]");
  if (link) hangUnlockLink(link);
  const card = document.querySelector<HTMLFormElement>("form[data-make-card]");
  if (card) hangCard(card, padlock);
  new MutationObserver(() => hangForms(document, padlock)).observe(document.body, {
    childList: true,
    subtree: true,
  });
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-ask]")) hangAsking(form, padlock);
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-hand-over]"))
    hangHandOver(form, padlock);
  if (
    document.querySelector(
      "form[data-packet],form[data-slice],form[data-arrive],form[data-job],form[data-reissue],form[data-own-words],[data-grants]",
    )
  )
    (import(RARE) as Promise<typeof import("./rare")>).then(({ hangRare }) => hangRare(padlock));
  const linked = document.querySelector<HTMLElement>("[data-alike]");
  if (linked)
    onceSeen(linked, () =>
      (import(ALIKE) as Promise<typeof import("./alike")>).then(({ hangAlike }) =>
        hangAlike(linked, padlock),
      ),
    );
  const call = document.querySelector<HTMLFormElement>("form[data-call]");
  if (call)
    (import(CALL) as Promise<typeof import("../intake/call")>).then(({ hangCall }) =>
      hangCall(call, padlock),
    );
  hangFingerprints(padlock);
  const search = document.querySelector<HTMLFormElement>("form[data-search]");
  if (search) hangSearch(search, padlock);
  const making = document.querySelector<HTMLFormElement>("form[data-new-phrase]");
  if (making) hangNewPhrase(making, padlock).catch(() => say(making, "failed"));
  const unlocking = document.querySelector<HTMLFormElement>("form[data-unlock]");
  if (unlocking) hangUnlock(unlocking, padlock);
}
