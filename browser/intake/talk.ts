// A ticket and its messages, once somebody has shown whose they are.

import { fromUtf8 } from "../vault/bytes";
import { readAnswer } from "../vault/slots";
import { type Line, sideOf } from "../vault/thread";
import { copyOf, fill, say } from "./answers";
import { askThread, failureOf, slowed, type Told } from "./asking";
import { type Asked, type Conversation, fieldsOf, oldestOf, readNewest, readOlder } from "./conversation";
import { hangReply } from "./reply";
import { shower } from "./shower";

const NEW_CODE: string = "/s/kode.js";
const SENT: string = "/s/kiriman.js";

function rowOf(line: Line): DocumentFragment {
  if (line.kind !== "message" || !line.header) {
    return copyOf(line.kind === "gap" ? "pesan-hilang" : "pesan-rusak");
  }
  const row = copyOf(sideOf(line.header) === "reporter" ? "pesan-saya" : "pesan-kantor");
  const when = new Date(`${line.header.day}T12:00:00`);
  const format: Intl.DateTimeFormatOptions = { day: "numeric", month: "long" };
  fill(row, "[data-text]", line.text);
  fill(row, "[data-from]", line.header.by.split(".")[0] as string);
  fill(row, "[data-day]", when.toLocaleDateString(document.documentElement.lang || "id", format));
  const byServer = row.querySelector<HTMLElement>("[data-server]");
  if (byServer) byServer.hidden = line.header.orig !== "server";
  return row;
}

/** Puts the focus on what was just shown. */
function focusOn(section: HTMLElement): void {
  section.querySelector<HTMLElement>("[data-focus]")?.focus();
}

/** A page that shows a ticket. */
export interface Talk {
  /** Shows what belongs to it; the name of what went wrong, or an empty text. */
  open(whose: () => Promise<Asked | undefined>): Promise<string>;
  /** Does one thing at a time; nothing while another is being done. */
  alone(act: () => Promise<void>): Promise<void>;
}

/**
 * The page of the status has `data-stage-url` and opens messages one tap on; that of messages, at once.
 * `form`: where it is said whose they are.
 */
export function hangTalk(form: HTMLFormElement, section: HTMLElement): Talk {
  const page = form.dataset;
  const address = page.action as string;
  const list = section.querySelector("[data-messages]") as HTMLElement;
  const thread = section.querySelector<HTMLElement>("[data-thread]");
  const says = section.querySelector<HTMLElement>("[data-says]");
  const stage = section.querySelector<HTMLElement>("[data-shown],[data-stage]");
  const show = shower();
  let staged = "";
  const asking = form.closest("[data-asking]") as HTMLElement;
  const older = section.querySelector<HTMLElement>("[data-older]");
  const reply = section.querySelector<HTMLFormElement>("form[data-reply]");
  const gone = section.querySelector<HTMLElement>("[data-gone]");
  const field = reply?.querySelector<HTMLTextAreaElement>("textarea");
  let asked: Asked | undefined;
  let talk: Conversation | undefined;
  let etag = "";
  let busy = false;
  let draftOf = "";
  let visit = 0; // leaving ends one; what was asked for in it is shown no more

  function showStage(html: string): void {
    if (stage && html !== staged) show(stage, html);
    staged = html;
  }

  function draw(now: Conversation): void {
    if (now.stage && !page.stageUrl) showStage(now.stage);
    list.textContent = "";
    for (const line of now.lines) list.appendChild(rowOf(line));
    if (!now.lines.length) list.appendChild(copyOf("pesan-kosong"));
    if (older) older.hidden = !oldestOf(now);
    if (asked && /data-sent/.test(now.stage)) showSent(asked, now).catch(() => {}); // drawn again, tried again
  }

  /** Files that came with messages: what shows them is fetched where there are some. */
  async function showSent(whose: Asked, now: Conversation): Promise<void> {
    const { hangSent } = (await import(SENT)) as typeof import("./sent");
    const fields = fieldsOf(whose);
    const isShown = () => talk === now && asked === whose;
    await hangSent({ list, talk: now, fields, address, ed25519: page.ed25519Url, show, isShown });
  }

  /** Nothing of it is to be opened any more: said in its place. */
  function showGone(): void {
    if (gone) gone.hidden = false;
    for (const part of [list, reply, older]) if (part) part.hidden = true;
    if (stage && !page.stageUrl) stage.hidden = true;
    draftOf = ""; // what was begun stays in the field, out of sight
  }

  async function take(whose: Asked, told: Told): Promise<void> {
    if (!readAnswer(told.bytes).wrap.kid) return showGone();
    const now = await readNewest(whose, talk, told.bytes);
    if (asked !== whose) return; // left meanwhile
    talk = now;
    etag = told.etag;
    draw(now);
  }

  /** Asks, and waits where the server says so; the answer, or the name of what went wrong. */
  async function tell(to: string, fields: [string, string][], where: HTMLElement): Promise<Told | string> {
    const told = await askThread(to, fields);
    if (await slowed(where, told)) return tell(to, fields, where);
    if (told.status === 403 || told.status === 404) return "wrong";
    if (told.status === 409) return "change"; // staff know this code: hers first
    return told.status === 200 ? told : failureOf(told.status);
  }

  async function open(show: () => Promise<Asked | undefined>): Promise<string> {
    const begun = visit;
    const whose = await show();
    if (!whose) return "code";
    const told = await tell(page.stageUrl || address, fieldsOf(whose), form);
    if (typeof told === "string") return told;
    if (visit !== begun) return "";
    asked = whose;
    try {
      if (page.stageUrl) showStage(fromUtf8(told.bytes));
      else await take(whose, told);
    } catch (error) {
      asked = undefined;
      throw error;
    }
    if (!asked) return "";
    if (field && draftOf !== whose.ticket) field.value = ""; // what was begun under another ticket
    draftOf = whose.ticket;
    form.reset();
    asking.hidden = true;
    section.hidden = false;
    focusOn(section);
    return "";
  }

  /** From the status on to the messages, in the same page: the code is not typed again. */
  async function openThread(where: HTMLElement): Promise<string> {
    const whose = asked;
    if (!whose || !thread) return "broken";
    const told = await tell(address, fieldsOf(whose), where);
    if (typeof told === "string") return told;
    await take(whose, told);
    if (!asked) return "";
    thread.hidden = false;
    thread.scrollIntoView();
    list.focus();
    return "";
  }

  /** Sends what a button of the shown part says, and shows the part anew. */
  async function wish(quiet: HTMLFormElement): Promise<string> {
    const button = quiet.querySelector("button");
    if (!asked || !button) return "busy";
    const fields = fieldsOf(asked).concat([[button.name, button.value]]);
    for (const one of quiet.querySelectorAll<HTMLInputElement>("input:checked")) {
      fields.push([one.name, one.value]);
    }
    const told = await tell(quiet.getAttribute("action") as string, fields, quiet);
    if (typeof told === "string") return told === "offline" ? told : "busy";
    if (asked) showStage(fromUtf8(told.bytes));
    focusOn(section);
    await offerCode(asked);
    return "";
  }

  /** Where the part that is shown now has room for a new code, draws one. */
  async function offerCode(whose: Asked): Promise<void> {
    const place = section.querySelector<HTMLFormElement>("form[data-new-code]");
    if (!place) return;
    const { offerNewCode } = (await import(NEW_CODE)) as typeof import("./newcode");
    const places = { words: page.wordsUrl as string, ed25519: page.ed25519Url };
    offerNewCode(place, whose, places, (entry) => {
      if (asked !== whose) return; // left meanwhile
      asked = { ...whose, entry };
      if (says) once(says, showAgain);
    });
  }

  async function showAgain(): Promise<string> {
    if (!asked) return "";
    const told = await tell(page.stageUrl as string, fieldsOf(asked), form);
    if (typeof told === "string") return told;
    showStage(fromUtf8(told.bytes));
    focusOn(section);
    return "";
  }

  async function readAgain(): Promise<void> {
    const [whose, before] = [asked, talk];
    if (!whose) return;
    const told = await askThread(address, fieldsOf(whose), etag);
    if (told.status === 200 && talk === before) await take(whose, told); // else a newer answer came first
  }

  function poll(): void {
    if (talk && !busy && !document.hidden) readAgain().catch(() => {}); // the next turn tries again
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

  if (reply) {
    hangReply(reply, page.replyUrl || address, {
      asked: () => asked,
      talk: () => talk,
      ed25519: page.ed25519Url,
      show,
      readBack,
      readAgain,
      take,
      alone,
    });
  }

  if (older) {
    older.querySelector("button")?.addEventListener("click", () =>
      alone(async () => {
        say(older, await readBack().catch(() => "broken"));
        if (older.hidden) list.focus(); // where the button stood
      }),
    );
  }

  async function alone(act: () => Promise<void>): Promise<void> {
    if (busy) return;
    busy = true;
    await act();
    busy = false;
  }

  /** Does one thing at a time, and says how it ended. */
  function once(where: HTMLElement, act: () => Promise<string>): Promise<void> {
    return alone(async () => {
      say(where, "opening");
      say(where, await act().catch(() => "broken"));
    });
  }

  section.addEventListener("click", (event) => {
    if (!says || !(event.target as Element).closest("[data-to-messages]")) return;
    event.preventDefault();
    once(says, () => openThread(says));
  });
  section.addEventListener("submit", (event) => {
    const quiet = event.target as HTMLFormElement;
    if (!quiet.hasAttribute("data-quiet")) return;
    event.preventDefault();
    once(quiet, () => wish(quiet));
  });

  const seconds = Number(page.poll || 0);
  if (seconds > 0) setInterval(poll, seconds * 1000);

  // Leaving the page forgets everything that was opened on it. A reply that was begun is covered, and
  // there again for whoever opens the same ticket.
  addEventListener("pagehide", () => {
    visit++;
    asked = undefined;
    talk = undefined;
    etag = "";
    section.hidden = true;
    if (gone) gone.hidden = true;
    for (const part of [list, reply, stage]) if (part) part.hidden = false;
    if (thread) thread.hidden = true;
    if (older) older.hidden = true;
    asking.hidden = false;
    form.reset();
    list.textContent = "";
    showStage("");
  });

  return { open, alone };
}
