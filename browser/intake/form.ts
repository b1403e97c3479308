// The report form: takes over sending after a self-test, seals, sends, and shows ticket and code.

import { b64u, fromB64u } from "../vault/bytes";
import { drawCode, spellDigits, spellWords } from "../vault/codes";
import type { Compartment } from "../vault/envelope";
import { enter, keysOf, type Reporter } from "../vault/reporter";
import { fallbackAt, selfTest } from "../vault/suite";
import { ask, copyOf, countDown, fill, loadWords, say } from "./answers";
import { chooseReaders, makeCompartments, type PublicKeys, sealReport, type Told } from "./report";
import { makeUpload } from "./upload";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

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
  errors: { [field: string]: string[] };
}

const TRIES = 3; // times a ticket may be taken by somebody else before we say so
const NO = /^(|0|no|tidak|false)$/;
const FILES = "intake.evidence.body";

function start(form: HTMLFormElement): void {
  const page = form.dataset;
  const names = new Map<Field, string>();
  const sealedFields = () => Array.from(form.querySelectorAll<Field>("[data-what]"));
  let sealed: Sealed | undefined;
  let sending = false;
  let byServer = false;
  let pressed: HTMLButtonElement | undefined; // SubmitEvent.submitter is missing before Chromium 81

  const ready = (
    globalThis.crypto && crypto.subtle ? selfTest() : Promise.reject(new Error("NoCrypto"))
  ).then(
    () => {
      for (const field of sealedFields()) {
        names.set(field, field.name);
        field.removeAttribute("name");
      }
      say(form, "ready");
      return true;
    },
    () => {
      say(form, "noseal");
      return false;
    },
  );

  function leaveToServer(): void {
    names.forEach((name, field) => {
      field.name = name;
    });
    byServer = true;
    form.submit();
  }

  function told(): Told[] {
    const texts = new Map<string, string>();
    for (const field of sealedFields()) {
      const what = field.dataset.what as string;
      const box = field as HTMLInputElement;
      const off = (box.type === "checkbox" || box.type === "radio") && !box.checked;
      if (what === FILES || off || !field.value.trim()) continue;
      const before = texts.get(what);
      texts.set(what, before === undefined ? field.value : `${before}\n${field.value}`);
    }
    return Array.from(texts, ([what, text]) => ({ what, text }));
  }

  function chosenFiles(): File[] {
    return sealedFields().reduce<File[]>((all, field) => {
      const files = field.dataset.what === FILES && (field as HTMLInputElement).files;
      return files ? all.concat(Array.from(files)) : all;
    }, []);
  }

  function tooLarge(): boolean {
    const field = form.querySelector<HTMLInputElement>("[data-max-bytes]");
    const most = Number(field?.dataset.maxBytes || Infinity);
    return chosenFiles().some((file) => file.size > most);
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
    const report = await sealReport(ticket, entry, reporter, readers, made, told());
    const body = openAnswers();
    body.set("ticket", ticket);
    body.set("r", page.r as string);
    body.set("sealed", JSON.stringify(report));
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
    return JSON.stringify([open, told(), page.ticket]);
  }

  async function send(triesLeft: number): Promise<string> {
    const print = printOf();
    say(form, "sealing");
    if (!sealed || sealed.print !== print) sealed = await makeSealed(print);
    say(form, "sending");
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
    if (status === 400) return showErrors(body.errors || {});
    return status ? "busy" : "offline";
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

  function showErrors(errors: Taken["errors"]): string {
    clearErrors();
    for (const [name, lines] of Object.entries(errors)) {
      const field = sealedFields().find((f) => names.get(f) === name) || form.elements.namedItem(name);
      const at = field instanceof Element ? field : field?.[0];
      let place = form.querySelector<HTMLElement>(`[data-error-for="${name}"]`);
      if (!place && at instanceof HTMLElement) {
        place = document.createElement("p");
        place.className = "error";
        place.dataset.errorFor = name;
        at.insertAdjacentElement("afterend", place);
      }
      if (place) {
        place.hidden = false;
        place.textContent = lines.join(" ");
      }
      if (at instanceof HTMLElement) at.setAttribute("aria-invalid", "true");
    }
    const first = form.querySelector<HTMLElement>("[aria-invalid]");
    if (first) first.focus();
    return "errors";
  }

  function clearErrors(): void {
    for (const place of Array.from(form.querySelectorAll("[data-error-for]"))) place.textContent = "";
    for (const field of Array.from(form.querySelectorAll("[aria-invalid]"))) {
      field.removeAttribute("aria-invalid");
    }
  }

  async function finish(sent: Sealed, next: string): Promise<string> {
    const files = chosenFiles();
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
    const place = document.querySelector("[data-answer]");
    form.reset();
    form.hidden = true;
    if (place) {
      place.textContent = "";
      place.appendChild(answer);
    } else (form.parentNode as ParentNode & Node).replaceChild(answer, form);
    scrollTo(0, 0);
    if (focus) focus.focus();
    loadWords(page.wordsUrl as string)
      .then((words) => spellWords(sent.code, words))
      .then((text) => {
        for (const one of wordPlaces) one.textContent = text;
      })
      .catch(() => {}); // the digits are shown; the words are a second spelling
    if (list) for (const file of files) await sendFile(file, sent, list);
    return "";
  }

  async function sendFile(file: File, sent: Sealed, list: Element): Promise<void> {
    const row = copyOf("berkas");
    fill(row, "[data-name]", file.name);
    const bar = row.querySelector("progress") as HTMLProgressElement;
    const state = row.querySelector<HTMLElement>("[data-state]") as HTMLElement;
    const retry = row.querySelector<HTMLButtonElement>("[data-retry]") as HTMLButtonElement;
    list.appendChild(row);
    const { ticket, auth, day, reporter } = sent;
    const address = page.piecesUrl as string;
    const to = { address, ticket, auth, day, reporter, compartment: sent.files };
    const upload = await makeUpload(file, to);
    const go = async () => {
      retry.hidden = true;
      state.textContent = state.dataset.sending || "";
      const done = await upload
        .go((share) => {
          bar.value = share * (bar.max || 1);
        })
        .catch(() => false);
      state.textContent = (done ? state.dataset.done : state.dataset.failed) || "";
      retry.hidden = done;
    };
    retry.addEventListener("click", go);
    await go();
  }

  async function submit(): Promise<void> {
    if (sending) return; // a double tap is one request
    sending = true;
    if (!(await ready)) leaveToServer();
    else if (tooLarge()) say(form, "too_large");
    else {
      clearErrors();
      const outcome = await send(TRIES).catch((error) =>
        error.message === "Offline" ? "offline" : "sealfail",
      );
      say(form, outcome);
    }
    sending = false;
  }

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
