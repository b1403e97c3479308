// The report form: takes over sending after a self-test, seals, sends, and shows ticket and code.

import { b64u, fromB64u } from "../vault/bytes";
import { drawCode, spellDigits, spellWords } from "../vault/codes";
import type { Compartment } from "../vault/envelope";
import { enter, keysOf, type Reporter } from "../vault/reporter";
import { fallbackAt, selfTest } from "../vault/suite";
import { ask, copyOf, countDown, fill, loadWords, say } from "./answers";
import { type Errors, fieldsIn } from "./fields";
import { chooseReaders, makeCompartments, type PublicKeys, sealReport } from "./report";
import { sendFiles, tellTooLarge } from "./sending";

/** A report sealed once; sent again unchanged when an answer was lost. */
interface Sealed {
  readonly print: string;
  readonly body: FormData;
  readonly ticket: string;
  readonly code: Uint8Array<ArrayBuffer>;
  readonly auth: string;
  readonly day: string;
  readonly files: Compartment;
  readonly reporter: Reporter;
}

interface Taken {
  ok: boolean;
  wait: number;
  turn: string;
  ticket: string;
  next: string;
  r: string;
  errors: Errors;
}

const RECORDER: string = "/s/rekam.js";
const TRIES = 3; // times a ticket may be taken by somebody else before we say so
const NO = /^(|0|no|tidak|false)$/;

/** Where voices can be recorded and locked here, a button takes the place of the field for a file. */
function offerRecorder(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>("[data-voice]");
  const input = place?.querySelector("input");
  const label = place?.querySelector("label");
  const able = "MediaRecorder" in self && navigator.mediaDevices && "DataTransfer" in self;
  if (!place || !input || !label || !able) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = (label.textContent as string).trim();
  place.hidden = true;
  place.insertAdjacentElement("afterend", button);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { openRecorder } = (await import(RECORDER)) as typeof import("./recorder");
      await openRecorder(place, input);
      button.remove();
    } catch {
      button.disabled = false;
      say(form, "offline");
    }
  });
}

function start(form: HTMLFormElement): void {
  const page = form.dataset;
  const fields = fieldsIn(form);
  let sealed: Sealed | undefined;
  let sending = false;
  let byServer = false;
  let pressed: HTMLButtonElement | undefined; // SubmitEvent.submitter is missing before Chromium 81

  const ready = (
    globalThis.crypto && crypto.subtle ? selfTest() : Promise.reject(new Error("NoCrypto"))
  ).then(
    () => {
      fields.hideNames();
      say(form, "ready");
      return true;
    },
    () => {
      say(form, "noseal");
      return false;
    },
  );

  function leaveToServer(): void {
    fields.showNames();
    byServer = true;
    form.submit();
  }

  function wantsAlternate(): boolean {
    const marked = form.querySelector<HTMLInputElement>("[data-alternate]:checked");
    const value = new FormData(form).get("team_alternate");
    return Boolean(marked) || !NO.test(typeof value === "string" ? value : "");
  }

  /** Seals what the form says now under a fresh code. */
  async function makeSealed(print: string): Promise<Sealed> {
    const inst = page.inst as string;
    const ticket = page.ticket as string;
    const keys = await ask<PublicKeys>(page.keysUrl as string);
    if (keys.status !== 200) throw new Error(keys.status ? "NoKeys" : "Offline");
    const readers = await chooseReaders(keys.body as PublicKeys, inst, wantsAlternate());
    const code = drawCode();
    const entry = await enter(code, inst, ticket);
    const reporter = await keysOf(entry, fromB64u(page.r as string));
    const made = await makeCompartments(inst, ticket);
    const report = await sealReport(ticket, entry, reporter, readers, made, fields.told());
    const body = openAnswers();
    body.set("ticket", ticket);
    body.set("r", page.r as string);
    body.set("sealed", JSON.stringify(report));
    if (fields.files().length) body.set("files", "1"); // they follow by themselves
    const auth = b64u(entry.auth);
    return { print, body, ticket, code, auth, day: readers.day, files: made.file, reporter };
  }

  /** The coded answers, with the button that was pressed. */
  function openAnswers(): FormData {
    const answers = new FormData(form);
    if (pressed?.name) answers.append(pressed.name, pressed.value);
    return answers;
  }

  /** Everything the reporter has entered; when it changed, an earlier sealing no longer holds. */
  function printOf(): string {
    const open: string[] = [];
    openAnswers().forEach((value, name) => {
      open.push(name, typeof value === "string" ? value : value.name);
    });
    return JSON.stringify([open, fields.told(), page.ticket]);
  }

  async function send(triesLeft: number): Promise<string> {
    const print = printOf();
    say(form, "sealing");
    if (!sealed || sealed.print !== print) sealed = await makeSealed(print);
    const answer = await ask<Taken>(page.action as string, sealed.body);
    const { status, body } = answer;
    if (status === 200 && body.ok) return finish(sealed, body.next || "");
    if (status === 409 && body.ticket && body.r && triesLeft) {
      takePair(body.ticket, body.r);
      return send(triesLeft - 1);
    }
    if (status === 429 && body.wait && body.turn) {
      say(form, "waiting");
      await countDown(form, body.wait);
      sealed.body.set("turn", body.turn); // the same sealed report, now with its turn
      return send(triesLeft);
    }
    if (status !== 400) return status ? "busy" : "offline";
    fields.showErrors(body.errors || {});
    return "errors";
  }

  /** A fresh ticket with its R, for both ways of sending. */
  function takePair(ticket: string, r: string): void {
    page.ticket = ticket;
    page.r = r;
    for (const [name, value] of Object.entries({ ticket, r })) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
  }

  async function finish(sent: Sealed, next: string): Promise<string> {
    const files = fields.files();
    const large = fields.tooLarge();
    const answer = copyOf("jawaban");
    fill(answer, "[data-ticket]", sent.ticket);
    fill(answer, "[data-digits]", spellDigits(sent.code));
    for (const place of Array.from(answer.querySelectorAll("[data-next]"))) {
      if (place instanceof HTMLAnchorElement) place.href = next;
      else place.textContent = next;
    }
    const list = answer.querySelector("[data-files]");
    const focus = answer.querySelector<HTMLElement>("[data-focus]");
    const wordPlaces = Array.from(answer.querySelectorAll("[data-words]"));
    const place = document.querySelector("[data-answer]") as HTMLElement;
    form.reset();
    place.textContent = "";
    place.appendChild(answer);
    sealed = undefined;
    forgetOnLeaving(place);
    scrollTo(0, 0);
    if (focus) focus.focus();
    loadWords(page.wordsUrl as string)
      .then((words) => spellWords(sent.code, words))
      .then((text) => {
        for (const one of wordPlaces) one.textContent = text;
      })
      .catch(() => {}); // the digits are shown; the words are a second spelling
    const { ticket, auth, day, reporter } = sent;
    const address = page.piecesUrl as string;
    const to = { address, ticket, auth, day, reporter, compartment: sent.files };
    if (list) tellTooLarge(large, list);
    const all = files.map((file) => ({ file }));
    if (list) await sendFiles(all, to, list);
    return "";
  }

  /** Ticket and code go with her; whoever comes back finds the page that asks for them. */
  function forgetOnLeaving(place: HTMLElement): void {
    const after = place.querySelector<HTMLAnchorElement>("[data-after]")?.href;
    addEventListener("pagehide", () => {
      place.textContent = "";
    });
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted && after) location.replace(after);
    });
  }

  async function submit(): Promise<void> {
    if (sending) return; // a double tap is one request
    sending = true;
    if (!(await ready)) leaveToServer();
    else {
      fields.clearErrors();
      const outcome = await send(TRIES).catch((error) =>
        error.message === "Offline" ? "offline" : "sealfail",
      );
      say(form, outcome);
    }
    sending = false;
  }

  ready.then((can) => {
    if (can) offerRecorder(form);
  });
  fallbackAt(page.ed25519Url);
  form.addEventListener("submit", (event) => {
    if (byServer) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("button");
    if (button?.hasAttribute("data-by-server")) leaveToServer();
    else pressed = button || undefined;
  });
}

const form = document.querySelector<HTMLFormElement>("form[data-seal-report]");
if (form) start(form);
