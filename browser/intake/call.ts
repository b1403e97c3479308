// The page of a call: its clock, its sort by one key, its draft, and on to the next without a mouse.

import { loadBundles } from "../vault/bundles";
import { type Bytes, b64u, fromB64u } from "../vault/bytes";
import { drawCode } from "../vault/codes";
import type { Padlock } from "../vault/padlock";
import { cityDay } from "../vault/today";
import { ask, say } from "./answers";
import { type Draft, entered, putBack, readDraft, textOf } from "./draft";
import { hangFiling } from "./filing";
import { hangPlan } from "./plan";

type State = "idle" | "broken" | "talking" | "over";

const WHAT = "intake.call.draft";
const COMP = "draft";
const SOON = 2000; // milliseconds after the last key until the draft is saved
const AGAIN = 5000; // and until a saving that failed is tried again
const HELP = "help"; // the one sort of call in which questions are asked

function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}.${`${seconds % 60}`.padStart(2, "0")}`;
}

export function hangCall(form: HTMLFormElement, padlock: Padlock): void {
  const page = form.dataset;
  const code = page.call as string;
  const find = <T extends HTMLElement>(which: string) => form.querySelector<T>(which);
  const before = Number(page.seconds); // of an earlier part of this call
  const field = form.elements.namedItem("seconds") as HTMLInputElement;
  let state = page.state as State;
  let since = 0;
  let secret: Bytes = drawCode();
  let kept = ""; // the text that lies on the server
  let saving: Promise<string> | undefined;
  let timer = 0;
  let left = page.filed !== undefined; // once filed, leaving loses nothing but the slip

  const filing = hangFiling(form, () => secret);

  const kind = () => find<HTMLInputElement>("input[name=kind]:checked")?.value ?? "";
  const seconds = () => before + (since ? Math.floor((Date.now() - since) / 1000) : 0);

  function trouble(name: string): void {
    for (const one of form.querySelectorAll<HTMLElement>("[data-trouble]"))
      one.hidden = one.dataset.trouble !== name;
  }

  function note(name: string): void {
    const place = find("[data-kept]");
    if (place) place.textContent = place.dataset[name] ?? "";
  }

  /** Shows what belongs to this moment of the call. */
  function show(): void {
    page.state = state;
    for (const part of form.querySelectorAll<HTMLElement>("[data-at]")) {
      const moments = (part.dataset.at as string).split(" ");
      part.hidden = !moments.includes(state) && !(moments.includes("help") && kind() === HELP);
    }
    const sort = kind();
    for (const part of form.querySelectorAll<HTMLElement>("[data-for]"))
      part.hidden = !sort || (part.dataset.for === "help") !== (sort === HELP);
  }

  function tick(): void {
    const now = seconds();
    field.value = `${now}`;
    const clock = find("[data-clock]");
    if (clock) clock.textContent = clockOf(now);
  }

  function start(): void {
    since = Date.now();
    state = "talking";
    show();
    tick();
    setInterval(tick, 1000);
    const chosen = find<HTMLInputElement>("input[name=kind]:checked") ?? find("input[name=kind]");
    chosen?.focus();
  }

  function draft(): Draft {
    const { ticket = "", r = "" } = page;
    return { v: 1, ticket, r, code: b64u(secret), fields: entered(form) };
  }

  function body(extra: Record<string, string> = {}): FormData {
    const told = { kind: kind() || HELP, seconds: `${seconds()}`, ...extra };
    const sent = new FormData();
    for (const name of ["csrfmiddlewaretoken", "after"])
      sent.set(name, (form.elements.namedItem(name) as HTMLInputElement).value);
    for (const [name, value] of Object.entries(told)) sent.set(name, value);
    return sent;
  }

  /** Seals what was entered and keeps it; the name of what went wrong, or an empty text. */
  async function saveOnce(text: string): Promise<string> {
    await padlock.settled();
    const crew = padlock.crew();
    if (!document.getElementById("sealed-bundle")?.textContent?.includes(code)) return "nokeys";
    if (!crew) return "locked";
    await loadBundles(padlock);
    const thing = { subject: code, comp: COMP, what: WHAT, text, day: cityDay() };
    const { sealed, made } = await crew.ask("seal", { things: [thing], make: code });
    const sent = body({ sealed: sealed[0] as string, made: made as string });
    const { status } = await ask(page.keepUrl as string, sent);
    if (status === 200) kept = text;
    if (status === 410) return "gone";
    return status === 200 ? "" : "failed";
  }

  /** One after the other; nothing is sent twice that has not changed. */
  async function save(): Promise<string> {
    while (saving) await saving;
    const text = textOf(draft());
    if (text === kept) return "";
    saving = saveOnce(text).catch(() => "failed");
    const outcome = await saving;
    saving = undefined;
    note(outcome === "gone" ? "" : outcome || "saved");
    if (outcome === "gone") say(form, "gone");
    if (outcome === "failed" || outcome === "locked") plan(AGAIN);
    return outcome;
  }

  function plan(wait: number): void {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  /** Whether there is anything to lose. */
  function isWritten(): boolean {
    return Object.keys(entered(form)).some((key) => !/^kind=|^door=/.test(key));
  }

  function changed(): void {
    left = false;
    show();
    if (isWritten()) plan(SOON);
  }

  function leave(): void {
    left = true;
    location.replace(page.leaveUrl as string);
  }

  async function end(): Promise<void> {
    clearTimeout(timer);
    while (saving) await saving;
    const { status } = await ask(page.endUrl as string, body());
    if (status === 200 || status === 410) leave();
    else trouble("offline");
  }

  /** The line broke: what was written is kept first, then on to the next call. */
  async function breakOff(): Promise<void> {
    clearTimeout(timer);
    kept = ""; // also a call of which nothing was written yet is kept
    const outcome = await save();
    if (!outcome) leave();
    else if (outcome === "locked") trouble("locked");
    else if (outcome !== "gone") trouble("offline");
  }

  /** What would destroy what was written is pressed twice. */
  function press(button: HTMLElement): void {
    const { sure = "" } = button.dataset;
    if (sure && isWritten() && !button.hasAttribute("data-pressed")) {
      button.textContent = sure;
      button.toggleAttribute("data-pressed", true);
    } else end();
  }

  async function restore(): Promise<void> {
    await padlock.settled();
    const crew = padlock.crew();
    if (!crew) note("locked");
    if (!crew || kept) return;
    await loadBundles(padlock);
    const { shown } = await crew.ask("show", { asked: [{ subject: code, comp: COMP, what: WHAT }] });
    const [one] = shown;
    if (one?.state !== "open") return;
    const told = readDraft(one.text);
    putBack(form, told.fields);
    page.ticket = told.ticket;
    page.r = told.r;
    secret = fromB64u(told.code);
    kept = one.text;
    note("saved");
    show();
    hangPlan(form);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button");
    if (button?.hasAttribute("data-start")) start();
    if (button?.hasAttribute("data-break")) breakOff();
    if (button?.hasAttribute("data-end")) press(button);
  });
  form.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const inKinds = (target as Element).closest(".kinds");
    const chosen = inKinds && form.querySelectorAll<HTMLInputElement>("input[name=kind]")[Number(key) - 1];
    if (chosen) {
      chosen.checked = true;
      chosen.dispatchEvent(new Event("change", { bubbles: true }));
      const next = kind() === HELP ? ".questions input" : "[data-for=short]";
      find(next)?.focus();
    } else if (inKinds && key === "Enter" && !event.ctrlKey && !event.metaKey) {
      if (kind() === HELP) find(".questions input")?.focus();
      else find("[data-for=short]")?.click();
    } else if (key === "F9") {
      breakOff();
    } else if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
      filing.send();
    } else if (key !== "Enter" || !(target as Element).matches("input, select")) return; // it would send all

    event.preventDefault();
  });
  form.addEventListener("report:filed", () => {
    state = "over";
    left = true;
    clearTimeout(timer);
  });
  document.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-again]")) return;
    event.preventDefault();
    end();
  });
  document.addEventListener("vault:open", () => {
    trouble("");
    if (page.state === "broken" || before) restore().catch(() => {});
    if (isWritten()) plan(0);
  });
  addEventListener("online", () => isWritten() && plan(0));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && state === "talking" && isWritten()) save();
  });
  addEventListener("beforeunload", (event) => {
    if (!left && state === "talking" && isWritten() && textOf(draft()) !== kept) event.preventDefault();
  });

  show();
  tick();
  const begin = find<HTMLButtonElement>("[data-start]");
  if (begin) begin.disabled = false;
  begin?.focus();
  if (state === "broken") restore().catch(() => {});
}
