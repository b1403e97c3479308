// The page of a one-time link: six words open what it was made for, in this page only.

import { whenAble } from "../intake/able";
import { ask, countDown, fill, say } from "../intake/answers";
import { codeOf } from "../intake/secret";
import { shower } from "../intake/shower";
import { b64u, fromB64u } from "./bytes";
import type { Ring } from "./keyring";
import { FRAGMENT, type LinkKeys, linkKeys } from "./links";
import { type Package, REPORTER_GRACE, readManifest } from "./manifest";
import { Opening } from "./opening";
import { askedBy } from "./place";
import { reveal } from "./reveal";
import { fallbackAt } from "./suite";
import type { Bundle } from "./thread";
import { cityDay } from "./today";

const POLL = 15000; // milliseconds between two questions whether it is still shared
const IDLE = 15 * 60000; // milliseconds without a touch, then the page empties itself
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchstart"];
const ANSWERED = /^(200|409|422)$/; // a part of the page, whatever became of what was sent
const SEALED = "sealed-text, sealed-parts";

/** What the server answers: what the link opens, or why it opens nothing. */
interface Told {
  readonly html: string;
  readonly bundle: Bundle;
  readonly package: Package;
  readonly left: number;
  readonly wait: number;
}

const REFUSALS: { readonly [status: number]: string | undefined } = {
  0: "offline",
  403: "wrong",
  404: "over",
  409: "elsewhere",
  410: "over",
  429: "slow",
};

/** What opens what the link was made for: its own key, and the list that names who may have signed. */
async function ringOf({ kid, box }: LinkKeys, inst: string, list: Package): Promise<Ring> {
  const manifest = await readManifest(list, { inst, day: cityDay(), grace: REPORTER_GRACE });
  const author = { kid: "", seed: new Uint8Array(0) }; // writes nothing
  return { member: "", inst, author, manifest, boxes: { [kid]: box }, own: kid, seeds: {} };
}

function start(form: HTMLFormElement, asking: HTMLElement, shown: HTMLElement): void {
  const page = form.dataset;
  const { inst = "", name = "", still = "", wordsUrl = "" } = page;
  const field = form.querySelector("textarea") as HTMLTextAreaElement;
  const button = form.querySelector("button") as HTMLButtonElement;
  const show = shower();
  let busy = false;
  let touched = Date.now();

  /** What stands after the # of the address; nothing where it was cut off. */
  function fragment() {
    try {
      const bytes = fromB64u(location.hash.slice(1));
      return bytes.length === FRAGMENT ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  /** Opens every part in its place, after the statement and all it rests on was checked. */
  async function openParts(told: Told, keys: LinkKeys): Promise<void> {
    const opening = new Opening(told.bundle, await ringOf(keys, inst, told.package), {});
    show(shown, told.html);
    for (const part of shown.querySelectorAll<HTMLElement>(SEALED))
      reveal(page, part, await opening.show(askedBy(part)));
  }

  /** What other rooms have to ask of whoever reads this: Django wrote it, and nothing sealed is in it. */
  async function showMore(address: string, body?: FormData): Promise<boolean> {
    const place = shown.querySelector<HTMLElement>("[data-more]");
    const answer = await fetch(address, { cache: "no-store", ...(body && { method: "POST", body }) });
    if (!place || !ANSWERED.test(`${answer.status}`)) return answer.status === 404;
    show(place, await answer.text());
    return true;
  }

  async function open(): Promise<string> {
    const secret = fragment();
    if (!secret) return "cut";
    const words = await codeOf(field.value, wordsUrl).catch(({ message }: Error) =>
      message === "WrongSpelling" ? undefined : Promise.reject(new TypeError()),
    );
    if (!words) return "spelling";
    const keys = await linkKeys(inst, name, secret, words);
    const body = new URLSearchParams({ auth: b64u(keys.auth) });
    const { status, body: told } = await ask<Told>(form.action, body);
    if (status !== 200) {
      fill(form, "[data-left]", `${told.left ?? ""}`);
      if (status === 429) {
        say(form, "slow");
        await countDown(form, told.wait ?? 0);
        return "";
      }
      return REFUSALS[status] ?? "offline";
    }
    await openParts(told as Told, keys);
    touched = Date.now();
    form.reset();
    asking.hidden = true;
    shown.hidden = false;
    shown.querySelector<HTMLElement>("[data-focus]")?.focus();
    const { more } = shown.querySelector<HTMLElement>("[data-more]")?.dataset ?? {};
    if (more) showMore(more).catch(() => {}); // what is shared is shown all the same
    return "";
  }

  /** Nothing of it stays; the words are asked again. */
  function leave(): void {
    shown.textContent = "";
    shown.hidden = true;
    asking.hidden = false;
    form.reset();
    say(form, "");
  }

  async function check(): Promise<void> {
    if (shown.hidden) return;
    if (Date.now() - touched > IDLE) return leave();
    const answer = await fetch(still, { cache: "no-store" });
    if (answer.status !== 404) return;
    leave();
    asking.hidden = true;
    for (const one of document.querySelectorAll<HTMLElement>("[data-gone]")) one.hidden = false;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    say(form, "working");
    const failed = (error: Error) => (error instanceof TypeError ? "offline" : "untrusted");
    say(form, await open().catch(failed));
    busy = false;
  });
  shown.addEventListener("submit", async (event) => {
    const sent = event.target as HTMLFormElement;
    if (!sent.hasAttribute("data-more-form")) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    const heard = await showMore(sent.action, new FormData(sent)).catch(() => false);
    if (!heard) say(sent, "offline");
    busy = false;
    check().catch(() => {});
  });
  shown.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-leave]")) leave();
  });
  for (const kind of TOUCHES)
    addEventListener(kind, () => {
      touched = Date.now();
    });
  setInterval(() => check().catch(() => {}), POLL);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) check().catch(() => {});
  });
  addEventListener("pagehide", leave);
  fallbackAt(page.ed25519Url);
  whenAble(form, () => {
    button.disabled = false;
    if (!fragment()) say(form, "cut");
  });
}

const form = document.querySelector<HTMLFormElement>("form[data-link-form]");
const asking = document.querySelector<HTMLElement>("[data-asking]");
const shown = document.querySelector<HTMLElement>("[data-shown]");
if (form && asking && shown) start(form, asking, shown);
