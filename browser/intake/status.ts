// Messages of a ticket: opens them with the secret code, which never leaves the page.

import { type Bytes, b64u, fromB64u, utf8 } from "../vault/bytes";
import { looksLikeDigits, readDigits, readTicket, readWords } from "../vault/codes";
import { type Compartment, seal, unwrap } from "../vault/envelope";
import { type Package, REPORTER_GRACE, readManifest } from "../vault/manifest";
import { chatParts } from "../vault/packing";
import { type Entry, enter, keysOf, type Reporter } from "../vault/reporter";
import { fallbackAt, selfTest } from "../vault/suite";
import {
  type Bundle,
  type Line,
  MESSAGE,
  nextWords,
  readConversation,
  readHello,
  signerOf,
} from "../vault/thread";
import { cityDay } from "../vault/today";
import { ask, copyOf, fill, loadWords, say } from "./answers";

interface Opening {
  r: string;
  bundle: Bundle;
  stage_html: string;
  package: Package;
  manifest: Package;
  day: string;
}

/** A conversation that is open on this page. */
interface Opened {
  readonly ticket: string;
  readonly entry: Entry;
  readonly reporter: Reporter;
  readonly chat: Compartment;
  readonly lines: readonly Line[];
  readonly day: string;
}

async function codeOf(text: string, wordsAddress: string): Promise<Bytes> {
  if (looksLikeDigits(text)) return readDigits(text);
  return readWords(text, await loadWords(wordsAddress));
}

/** Opens the chat of an answer with the reporter's own keys; throws when something is not hers. */
async function openChat(ticket: string, inst: string, entry: Entry, body: Opening): Promise<Opened> {
  const reporter = await keysOf(entry, fromB64u(body.r));
  const day = body.day || cityDay();
  const { bundle } = body;
  const asked = { inst, subject: ticket, comp: "chat" };
  const given = body.package || body.manifest;
  const manifest = await readManifest(given, { inst, day, grace: REPORTER_GRACE });
  const sealed = bundle.compartments.find((one) => one.comp === "chat");
  const wrap = sealed?.wraps.find((one) => one.kid === reporter.boxKey.kid);
  if (!sealed || !wrap) throw new Error("NoChat");
  const chat = await unwrap(fromB64u(sealed.d), wrap, reporter.box, asked);
  // Only a chat her own hello speaks of is written to.
  const greeting = await readHello(bundle, chat);
  if (greeting.kid !== reporter.author.kid) throw new Error("NotHerHello");
  const lines = await readConversation(
    bundle.items,
    (cmp) => (cmp === chat.cmp ? chat : undefined),
    (by) => signerOf(by, bundle, greeting, manifest),
  );
  return { ticket, entry, reporter, chat, lines, day };
}

function rowOf(line: Line, own: string): DocumentFragment {
  if (line.kind !== "message" || !line.header) {
    return copyOf(line.kind === "gap" ? "pesan-hilang" : "pesan-rusak");
  }
  const row = copyOf(line.header.by === own ? "pesan-saya" : "pesan-kantor");
  const when = new Date(`${line.header.day}T12:00:00`);
  const format: Intl.DateTimeFormatOptions = { day: "numeric", month: "long" };
  fill(row, "[data-text]", line.text);
  fill(row, "[data-from]", line.header.by.split(".")[0] as string);
  fill(row, "[data-day]", when.toLocaleDateString(document.documentElement.lang || "id", format));
  const byServer = row.querySelector<HTMLElement>("[data-server]");
  if (byServer) byServer.hidden = line.header.orig !== "server";
  return row;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(html: string): string },
  ): { createHTML(html: string): string };
}

/** Shows the stage, which Django has written; nothing opened ever comes this way. */
function showStage(place: Element, html: string): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const rules = { createHTML: (text: string) => text };
  const policy = trustedTypes ? trustedTypes.createPolicy("teduh", rules) : rules;
  place.innerHTML = policy.createHTML(html);
}

function start(form: HTMLFormElement, section: HTMLElement): void {
  const page = form.dataset;
  const list = section.querySelector("[data-messages]");
  const stage = section.querySelector("[data-stage]");
  const reply = section.querySelector<HTMLFormElement>("form[data-reply]");
  let opened: Opened | undefined;
  let shown = "";
  let busy = false;

  const ready = (
    globalThis.crypto && crypto.subtle ? selfTest() : Promise.reject(new Error("NoCrypto"))
  ).then(
    () => true,
    () => {
      say(form, "noseal");
      return false;
    },
  );

  function typed(name: string): string {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value : "";
  }

  async function take(ticket: string, entry: Entry, body: Opening): Promise<void> {
    const now = JSON.stringify(body.bundle);
    if (now === shown) return;
    opened = await openChat(ticket, page.inst as string, entry, body);
    shown = now;
    const own = opened.reporter.author.kid;
    if (stage && body.stage_html && !stage.firstChild) showStage(stage, body.stage_html);
    if (!list) return;
    list.textContent = "";
    for (const line of opened.lines) list.appendChild(rowOf(line, own));
  }

  function fields(ticket: string, entry: Entry): URLSearchParams {
    return new URLSearchParams([
      ["ticket", ticket],
      ["auth", b64u(entry.auth)],
    ]);
  }

  async function openNow(): Promise<string> {
    const ticket = readTicket(typed("ticket"));
    const code = await codeOf(typed("code"), page.wordsUrl as string).catch(() => undefined);
    if (!ticket || !code) return "code";
    const entry = await enter(code, page.inst as string, ticket);
    const answer = await ask<Opening>(page.action as string, fields(ticket, entry));
    if (answer.status === 403 || answer.status === 404) return "wrong";
    if (answer.status !== 200) return answer.status ? "busy" : "offline";
    await take(ticket, entry, answer.body as Opening);
    form.reset();
    form.hidden = true;
    section.hidden = false;
    return "";
  }

  async function readAgain({ ticket, entry }: Opened): Promise<void> {
    const answer = await ask<Opening>(page.action as string, fields(ticket, entry));
    if (answer.status === 200 && answer.body.bundle) await take(ticket, entry, answer.body as Opening);
  }

  function poll(): void {
    if (opened && !busy && !document.hidden) readAgain(opened).catch(() => {}); // the next turn tries again
  }

  /** The reply in as many envelopes as it needs, under numbers that follow what is shown. */
  async function sealReply(text: string, to: Opened): Promise<URLSearchParams> {
    const own = to.reporter.author.kid;
    const { seq, seen } = nextWords(to.lines, (by) => by === own, own);
    const body = fields(to.ticket, to.entry);
    const parts = chatParts(text);
    for (let i = 0; i < parts.length; i++) {
      const words = {
        what: MESSAGE,
        seq: seq + i,
        orig: "browser",
        day: to.day,
        pad: "chat-1k",
        seen,
      } as const;
      const envelope = await seal(to.chat, words, utf8(parts[i] as string), to.reporter.author);
      body.append("sealed", JSON.stringify(envelope));
    }
    return body;
  }

  async function sendReply(text: string, triesLeft = 1): Promise<string> {
    if (!opened) return "broken";
    const { ticket, entry } = opened;
    const address = page.replyUrl || (page.action as string);
    const answer = await ask<Opening>(address, await sealReply(text, opened));
    if (answer.status === 409 && triesLeft) {
      await readAgain(opened); // written from another window meanwhile: the next number is taken
      return sendReply(text, triesLeft - 1);
    }
    if (answer.status !== 200) return answer.status ? "busy" : "offline";
    if (answer.body.bundle) await take(ticket, entry, answer.body as Opening);
    else await readAgain(opened);
    return "sent";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    ready.then(async (can) => {
      if (!can) form.submit();
      else {
        say(form, "opening");
        say(form, await openNow().catch(() => "broken"));
      }
      busy = false;
    });
  });

  if (reply) {
    const field = reply.querySelector<HTMLTextAreaElement>("[data-what]") as HTMLTextAreaElement;
    field.removeAttribute("name");
    reply.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (busy || !field.value.trim()) return;
      busy = true;
      say(reply, "sealing");
      const outcome = await sendReply(field.value).catch(() => "broken");
      if (outcome === "sent") field.value = "";
      say(reply, outcome);
      busy = false;
    });
  }

  const seconds = Number(page.poll || 0);
  if (seconds > 0) setInterval(poll, seconds * 1000);

  // Leaving the page forgets everything that was opened on it.
  addEventListener("pagehide", () => {
    opened = undefined;
    shown = "";
    section.hidden = true;
    form.hidden = false;
    form.reset();
    if (list) list.textContent = "";
    if (stage) stage.textContent = "";
  });
  fallbackAt(page.ed25519Url);
}

const form = document.querySelector<HTMLFormElement>("form[data-messages-form]");
const section = document.querySelector<HTMLElement>("[data-opened]");
if (form && section) start(form, section);
