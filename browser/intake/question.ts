// The first question of a conversation: sealed like a report, and answered in the same page.

import { fromB64u } from "../vault/bytes";
import { drawCode, spellDigits, spellWords } from "../vault/codes";
import { type Entry, enter, keysOf } from "../vault/reporter";
import { fallbackAt } from "../vault/suite";
import { cityDay } from "../vault/today";
import { whenAble } from "./able";
import { ask, countDown, fill, loadWords, say } from "./answers";
import { sealWords } from "./conversation";
import { chooseReaders, makeCompartments, type PublicKeys, sealReport } from "./report";
import { hangTalk } from "./talk";

/** A question sealed once; sent again unchanged when an answer was lost. */
interface Sealed {
  readonly print: string;
  readonly body: FormData;
  readonly ticket: string;
  readonly code: Uint8Array<ArrayBuffer>;
  readonly entry: Entry;
}

interface Taken {
  ok: boolean;
  wait: number;
  turn: string;
  ticket: string;
  r: string;
}

const TRIES = 3; // times a ticket may be taken by somebody else before we say so

function start(form: HTMLFormElement, section: HTMLElement): void {
  const page = form.dataset;
  const field = form.querySelector("[data-what]") as HTMLTextAreaElement;
  const slip = document.querySelector("[data-slip]") as HTMLElement;
  const { name } = field;
  const talk = hangTalk(form, section);
  let sealed: Sealed | undefined;
  let byServer = false;

  const ready = whenAble(form, () => {
    field.removeAttribute("name");
    say(form, "ready");
  });

  function leaveToServer(): void {
    field.name = name;
    byServer = true;
    form.submit();
  }

  /** What the form says now; when it changed, an earlier sealing no longer holds. */
  function printOf(): string {
    const open = new FormData(form).get("safe_now");
    return JSON.stringify([open, field.value, page.ticket]);
  }

  async function makeSealed(print: string): Promise<Sealed> {
    const [inst, ticket, r] = [page.inst as string, page.ticket as string, page.r as string];
    const keys = await ask<PublicKeys>(page.keysUrl as string);
    if (keys.status !== 200) throw new Error(keys.status ? "NoKeys" : "Offline");
    const readers = await chooseReaders(keys.body as PublicKeys, inst, false);
    const code = drawCode();
    const entry = await enter(code, inst, ticket);
    const reporter = await keysOf(entry, fromB64u(r));
    const made = await makeCompartments(inst, ticket);
    const body = new FormData(form);
    body.set("ticket", ticket);
    body.set("r", r);
    body.set("sealed", JSON.stringify(await sealReport(ticket, entry, reporter, readers, made, [])));
    for (const one of await sealWords(made.chat, reporter, { seq: 1, seen: "" }, field.value)) {
      body.append("words", one);
    }
    return { print, body, ticket, code, entry };
  }

  /** A fresh ticket with its R, for both ways of sending. */
  function takePair(ticket: string, r: string): void {
    page.ticket = ticket;
    page.r = r;
    for (const [key, value] of Object.entries({ ticket, r })) {
      const input = form.elements.namedItem(key);
      if (input instanceof HTMLInputElement) input.value = value;
    }
  }

  async function send(triesLeft: number): Promise<string> {
    if (!field.value.trim()) return "empty";
    const print = printOf();
    say(form, "sealing");
    if (!sealed || sealed.print !== print) sealed = await makeSealed(print);
    const { status, body } = await ask<Taken>(page.beginUrl as string, sealed.body);
    if (status === 200 && body.ok) return finish(sealed);
    if (status === 409 && body.ticket && body.r && triesLeft) {
      takePair(body.ticket, body.r);
      return send(triesLeft - 1);
    }
    if (status === 429 && body.wait && body.turn) {
      say(form, "waiting");
      await countDown(form, body.wait);
      sealed.body.set("turn", body.turn); // the same question, now with its turn
      return send(triesLeft);
    }
    if (status === 400) return "broken";
    return status ? "busy" : "offline";
  }

  /** Ticket and code on a slip, and the conversation below it, in the same page. */
  async function finish({ ticket, code, entry }: Sealed): Promise<string> {
    sealed = undefined;
    fill(slip, "[data-ticket]", ticket);
    fill(slip, "[data-digits]", spellDigits(code));
    slip.hidden = false;
    (form.closest("[data-asking]") as HTMLElement).hidden = true;
    scrollTo(0, 0);
    loadWords(page.wordsUrl as string)
      .then((words) => spellWords(code, words))
      .then((text) => fill(slip, "[data-words]", text))
      .catch(() => {}); // the digits are shown; the words are a second spelling
    const inst = page.inst as string;
    const whose = { ticket, inst, entry, day: cityDay() };
    await talk.open(() => Promise.resolve(whose)).catch(() => "broken"); // the slip leads back to it
    slip.querySelector<HTMLElement>("[data-focus]")?.focus();
    return "";
  }

  form.addEventListener("submit", (event) => {
    if (byServer) return;
    event.preventDefault();
    talk.alone(async () => {
      if (!(await ready)) return leaveToServer();
      const failed = (error: Error) => (error.message === "Offline" ? "offline" : "sealfail");
      say(form, await send(TRIES).catch(failed));
    });
  });
  form.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-by-server]")) leaveToServer();
  });
  slip.querySelector("[data-noted]")?.addEventListener("click", () => {
    slip.hidden = true;
    section.querySelector<HTMLElement>("[data-messages]")?.focus();
  });
  // Ticket and code go with her.
  addEventListener("pagehide", () => {
    slip.hidden = true;
    for (const place of ["[data-ticket]", "[data-digits]", "[data-words]"]) fill(slip, place, "");
  });
  fallbackAt(page.ed25519Url);
}

const form = document.querySelector<HTMLFormElement>("form[data-begin]");
const section = document.querySelector<HTMLElement>("[data-opened]");
if (form && section) start(form, section);
