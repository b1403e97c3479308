// Messages of a ticket: opens them with the secret code, which never leaves the page.

import { type Bytes, fromJson } from "../vault/bytes";
import { readTicket } from "../vault/codes";
import { enter } from "../vault/reporter";
import { fallbackAt, selfTest } from "../vault/suite";
import type { Line } from "../vault/thread";
import { cityDay } from "../vault/today";
import { copyOf, countDown, fill, say } from "./answers";
import {
  type Asked,
  type Conversation,
  canReply,
  fieldsOf,
  oldestOf,
  readNewest,
  readOlder,
  sealReply,
} from "./conversation";
import { codeOf } from "./secret";

const MOST_PAGES = 100; // asked for by itself before a reply; a server may not keep it asking for ever

/** The server's answer: bytes where the status is 200, and their name for the next time. */
interface Told {
  readonly status: number;
  readonly bytes: Bytes;
  readonly etag: string;
}

/** Asks for the thread; status 0 when the server was not reached, 304 when nothing is new. */
async function askThread(address: string, fields: [string, string][], etag = ""): Promise<Told> {
  const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
  const body = new URLSearchParams(fields);
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers,
      body,
      credentials: "same-origin",
      cache: "no-store",
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { status: answer.status, bytes, etag: answer.headers.get("ETag") || "" };
  } catch {
    return { status: 0, bytes: new Uint8Array(), etag: "" };
  }
}

function failureOf(status: number): string {
  return status ? "busy" : "offline";
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

/** Whether the server asked to come back later, and that time has passed. */
async function slowed(where: HTMLElement, told: Told): Promise<boolean> {
  if (told.status !== 429) return false;
  const { wait } = fromJson<{ wait: number }>(told.bytes);
  say(where, "slow");
  await countDown(where, wait);
  return true;
}

/** Shows the stage, which Django has written; nothing opened ever comes this way. */
function stageShower(place: Element): (html: string) => void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const rules = { createHTML: (text: string) => text };
  const policy = trustedTypes ? trustedTypes.createPolicy("teduh", rules) : rules;
  let shown = "";
  return (html) => {
    if (html !== shown) place.innerHTML = policy.createHTML(html);
    shown = html;
  };
}

function start(form: HTMLFormElement, section: HTMLElement): void {
  const page = form.dataset;
  const address = page.action as string;
  const list = section.querySelector("[data-messages]") as HTMLElement;
  const stage = section.querySelector("[data-stage]");
  const showStage = stage ? stageShower(stage) : () => {};
  const asking = form.closest("[data-asking]") as HTMLElement;
  const older = section.querySelector<HTMLElement>("[data-older]");
  const reply = section.querySelector<HTMLFormElement>("form[data-reply]");
  let asked: Asked | undefined;
  let talk: Conversation | undefined;
  let etag = "";
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

  function draw(now: Conversation): void {
    const own = now.reporter.author.kid;
    if (now.stage) showStage(now.stage);
    list.textContent = "";
    for (const line of now.lines) list.appendChild(rowOf(line, own));
    if (!now.lines.length) list.appendChild(copyOf("pesan-kosong"));
    if (older) older.hidden = !oldestOf(now);
  }

  async function take(whose: Asked, told: Told): Promise<void> {
    const now = await readNewest(whose, talk, told.bytes);
    if (asked !== whose) return; // left meanwhile
    talk = now;
    etag = told.etag;
    draw(now);
  }

  async function openNow(): Promise<string> {
    const ticket = readTicket(typed("ticket"));
    const code = await codeOf(typed("code"), page.wordsUrl as string).catch(() => undefined);
    if (!ticket || !code) return "code";
    const inst = page.inst as string;
    const whose = { ticket, inst, entry: await enter(code, inst, ticket), day: cityDay() };
    const told = await askThread(address, fieldsOf(whose));
    if (told.status === 403 || told.status === 404) return "wrong";
    if (await slowed(form, told)) return openNow();
    if (told.status !== 200) return failureOf(told.status);
    asked = whose;
    try {
      await take(whose, told);
    } catch (error) {
      asked = undefined;
      throw error;
    }
    if (!asked) return "";
    form.reset();
    asking.hidden = true;
    section.hidden = false;
    return "";
  }

  async function readAgain(): Promise<void> {
    const [whose, before] = [asked, talk];
    if (!whose) return;
    const told = await askThread(address, fieldsOf(whose), etag);
    if (told.status === 200 && talk === before) await take(whose, told); // else a newer answer came first
  }

  function poll(): void {
    if (asked && !busy && !document.hidden) readAgain().catch(() => {}); // the next turn tries again
  }

  /** Eight more of the older messages; the name of what went wrong, or an empty text. */
  async function readBack(): Promise<string> {
    const [whose, before] = [asked, talk];
    if (!whose || !before) return "broken";
    const told = await askThread(address, fieldsOf(whose).concat([["before", oldestOf(before)]]));
    if (told.status !== 200) return failureOf(told.status);
    const now = await readOlder(whose, before, told.bytes);
    if (asked !== whose || talk !== before) return ""; // left, or read anew, meanwhile
    talk = now;
    draw(now);
    return "";
  }

  async function sendReply(text: string, triesLeft = 1): Promise<string> {
    for (let pages = 0; talk && !canReply(talk) && pages < MOST_PAGES; pages++) {
      const failure = await readBack();
      if (failure) return failure;
    }
    if (!asked || !talk) return "broken";
    const sealed = await sealReply(talk, text);
    const fields = fieldsOf(asked).concat(sealed.map((one): [string, string] => ["sealed", one]));
    const told = await askThread(page.replyUrl || address, fields);
    if (reply && (await slowed(reply, told))) return sendReply(text, triesLeft);
    if (told.status === 409 && triesLeft) {
      await readAgain(); // written from another window meanwhile: the next number is taken
      return sendReply(text, triesLeft - 1);
    }
    if (told.status !== 200) return failureOf(told.status);
    await take(asked, told);
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

  if (older) {
    older.querySelector("button")?.addEventListener("click", async () => {
      if (busy) return;
      busy = true;
      say(older, await readBack().catch(() => "broken"));
      if (older.hidden) list.focus(); // where the button stood
      busy = false;
    });
  }

  const seconds = Number(page.poll || 0);
  if (seconds > 0) setInterval(poll, seconds * 1000);

  // Leaving the page forgets everything that was opened on it.
  addEventListener("pagehide", () => {
    asked = undefined;
    talk = undefined;
    etag = "";
    section.hidden = true;
    asking.hidden = false;
    form.reset();
    list.textContent = "";
    showStage("");
  });
  fallbackAt(page.ed25519Url);
}

const form = document.querySelector<HTMLFormElement>("form[data-messages-form]");
const section = document.querySelector<HTMLElement>("[data-opened]");
if (form && section) start(form, section);
