// The pages of a transfer: a slice made and saved as a file, a file opened and laid into the form of a case.

import { say } from "../intake/answers";
import { loadBundles } from "./bundles";
import { parseParts } from "./groups";
import type { Padlock } from "./padlock";
import type { Arrived, Peer, Signers, SlicePart, ToSlice } from "./peers";
import { saveAs } from "./saving";

const CONSENT = ["consent_by", "consent_how", "consent_day"]; // fields of both pages
const FAILURES = /^(OtherOffice|UnknownPeer|ExpiredManifest|NoKey|NotASlice|Changed|CannotOpen)$/;

function told<T>(form: HTMLFormElement): T {
  return JSON.parse(form.querySelector('script[type="application/json"]')?.textContent ?? "{}") as T;
}

/** What a form says about a failure, by its name. */
function failureOf(error: unknown): string {
  const { message } = error as Error;
  if (message === "Locked") return "locked";
  return FAILURES.test(message) ? message : "failed";
}

async function crewOf(padlock: Padlock) {
  await padlock.settled(); // pressed while it was opening
  const crew = padlock.crew();
  if (!crew) throw new Error("Locked");
  return crew;
}

interface Offered extends Omit<ToSlice, "peer" | "parts"> {
  readonly peers: readonly Peer[];
  readonly parts: readonly SlicePart[];
}

/** The parts that are ticked, sealed for the chosen office; the server hears of it before the file is saved. */
export function hangSlicing(form: HTMLFormElement, padlock: Padlock): void {
  const offered = told<Offered>(form);
  for (const button of form.querySelectorAll("button")) button.disabled = false; // waited for this script
  let busy = false;

  async function make(): Promise<string> {
    const sent = new FormData(form);
    const ticked = sent.getAll("bagian");
    const { peers, parts, facts, ...rest } = offered;
    const peer = peers.find((one) => one.inst === sent.get("kantor"));
    const chosen = parts.filter(({ part }) => ticked.indexOf(part) >= 0);
    if (!peer || !chosen.length) return "empty";
    const consent = Object.fromEntries(CONSENT.map((name) => [name, `${sent.get(name) ?? ""}`]));
    const crew = await crewOf(padlock);
    say(form, "working");
    await loadBundles(padlock);
    const { file, cmp } = await crew.ask("slice", {
      ...rest,
      peer,
      parts: chosen,
      facts: { ...facts, ...consent },
    });
    sent.set("cmp", cmp);
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", headers, body: sent });
    if (answer.redirected || answer.status === 403) return "over";
    if (!answer.ok) return mend(form, (await answer.json().catch(() => ({}))) as { message?: string });
    saveAs(new Blob([file], { type: "application/json" }), `${offered.code}.teduh`);
    return "done";
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const outcome = await make().catch(failureOf);
    say(form, outcome);
    busy = outcome === "done";
    for (const button of form.querySelectorAll("button")) button.hidden = busy;
  });
}

function mend(form: HTMLFormElement, { message = "" }: { message?: string }): string {
  const place = form.querySelector("[data-say=mend]");
  if (!place || !message) return "failed";
  place.textContent = message;
  return "mend";
}

/** A part as it is read: a group line by line, anything else as it stands. */
function linesOf(text: string): string {
  try {
    return Object.values(parseParts(text))
      .map((one) => (typeof one === "string" ? one : one.join(", ")))
      .join("\n");
  } catch {
    return text;
  }
}

/** Everything opened of a file, shown, and laid into the form that seals it for this office. */
function layOut(form: HTMLFormElement, arrived: Arrived): void {
  for (const place of form.querySelectorAll<HTMLElement>("[data-arrived]")) {
    const text = arrived.parts[place.dataset.arrived ?? ""] ?? "";
    const shown = place.querySelector("[data-shown]");
    const field = place.querySelector<HTMLTextAreaElement>("textarea");
    if (shown) shown.textContent = linesOf(text);
    if (field) field.value = text && place.dataset.title ? `${place.dataset.title}\n${text}` : text;
    place.hidden = !text;
  }
  for (const [name, value] of Object.entries(arrived.facts)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) {
      if (field.type === "checkbox") (field as HTMLInputElement).checked = value === true;
      else if (typeof value === "string") field.value = value;
    }
  }
  for (const name of ["head", "receipt"] as const) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = arrived[name];
  }
  for (const place of form.querySelectorAll("[data-code]")) place.textContent = arrived.code;
}

/** A file chosen on this page, opened here and nowhere else. */
export function hangArriving(form: HTMLFormElement, padlock: Padlock): void {
  const { peers, signers, day } = told<{ peers: Peer[]; signers: Signers; day: string }>(form);
  const chosen = form.querySelector<HTMLInputElement>("input[type=file]");
  const rest = form.querySelector<HTMLElement>("[data-opened]");

  async function open(file: File): Promise<string> {
    const crew = await crewOf(padlock);
    say(form, "working");
    const arrived = await crew.ask("arrive", { file: await file.text(), peers, signers, day });
    layOut(form, arrived);
    if (rest) rest.hidden = false;
    return "";
  }

  async function read(): Promise<void> {
    const file = chosen?.files?.[0];
    if (rest) rest.hidden = true;
    if (file) say(form, await open(file).catch(failureOf));
  }

  chosen?.addEventListener("change", read);
  document.addEventListener("vault:open", read);
  document.addEventListener("vault:locked", () => {
    layOut(form, { head: "", receipt: "", from: "", code: "", facts: {}, parts: {} });
    if (rest) rest.hidden = true;
  });
}
