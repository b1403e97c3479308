// Adding under a ticket: opens the chat with the code, seals beside the report, and sends.

import { readTicket } from "../vault/codes";
import type { Compartment } from "../vault/envelope";
import { enter } from "../vault/reporter";
import { fallbackAt } from "../vault/suite";
import { whenAble } from "./able";
import { ask, copyOf, countDown, fill, say } from "./answers";
import { type Errors, fieldsIn } from "./fields";
import { type Opened, openTicket, Said } from "./opened";
import { sealAddition } from "./report";
import { codeOf } from "./secret";
import { sendFiles, tellTooLarge } from "./sending";

interface Taken {
  readonly ok: boolean;
  readonly gen: number;
  readonly wait: number;
  readonly errors: Errors;
}

/** An addition sealed once; sent again unchanged when an answer was lost. */
interface Sealed {
  readonly print: string;
  readonly body: FormData;
  readonly file: Compartment | undefined;
}

const TRIES = 3; // times another window may have added meanwhile before we say so

function start(form: HTMLFormElement): void {
  const page = form.dataset;
  const address = page.action as string;
  const inst = page.inst as string;
  const fields = fieldsIn(form);
  let sealed: Sealed | undefined;
  let sending = false;
  let byServer = false;

  const ready = whenAble(form, () => {
    fields.hideNames();
    const code = form.querySelector<HTMLElement>("[data-code]");
    if (code) code.hidden = false;
    say(form, "ready");
  });

  function leaveToServer(): void {
    fields.showNames();
    byServer = true;
    form.submit();
  }

  function typed(name: string): string {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value.trim() : "";
  }

  /** The coded answers; the secret code never leaves the page. */
  function openAnswers(): FormData {
    const answers = new FormData(form);
    for (const name of ["ticket", "code", "seed"]) answers.delete(name);
    return answers;
  }

  function given(): [string, string][] {
    const open: [string, string][] = [];
    openAnswers().forEach((value, name) => {
      if (typeof value === "string" && value) open.push([name, value]);
    });
    return open;
  }

  async function open(): Promise<Opened> {
    const ticket = readTicket(typed("ticket") || page.remembered || "");
    const code = await codeOf(typed("code"), page.wordsUrl as string).catch(() => undefined);
    if (!ticket || !code) throw new Said("code");
    const whose = { inst, ticket, entry: await enter(code, inst, ticket) };
    return openTicket(address, whose, fields.files(), (seconds) => {
      say(form, "slow");
      return countDown(form, seconds);
    });
  }

  async function makeSealed(to: Opened, print: string): Promise<Sealed> {
    const files = to.files.some(({ begun }) => !begun);
    const { addition, file } = await sealAddition({ ...to, files }, fields.told());
    const body = openAnswers();
    body.set("ticket", to.ticket);
    body.set("auth", to.auth);
    body.set("sealed", JSON.stringify(addition));
    return { print, body, file };
  }

  async function send(to: Opened, triesLeft: number): Promise<string> {
    const nothingNew = !fields.told().length && !given().length && to.files.every(({ begun }) => begun);
    if (nothingNew) return finish(to);
    const names = fields.files().map((file) => file.name);
    const print = JSON.stringify([given(), fields.told(), names, to.ticket, to.gen]);
    if (!sealed || sealed.print !== print) sealed = await makeSealed(to, print);
    const { status, body } = await ask<Taken>(address, sealed.body);
    if (status === 200 && body.ok) return finish(to, sealed);
    if (status === 409 && body.gen && triesLeft) {
      to.gen = body.gen; // added from another window meanwhile
      return send(to, triesLeft - 1);
    }
    if (status === 429 && body.wait) {
      say(form, "slow");
      await countDown(form, body.wait);
      return send(to, triesLeft);
    }
    if (status !== 400) return status ? "busy" : "offline";
    fields.showErrors(body.errors || {});
    return "errors";
  }

  /** Shows that it was taken, and sends the files: new ones into `sent`, begun ones where they are. */
  async function finish(to: Opened, sent?: Sealed): Promise<string> {
    const large = fields.tooLarge();
    const answer = copyOf("jawaban");
    const list = answer.querySelector("[data-files]");
    const focus = answer.querySelector<HTMLElement>("[data-focus]");
    const left = answer.querySelector<HTMLElement>("[data-left]");
    if (left) left.hidden = !to.left;
    fill(answer, "[data-left-count]", `${to.left}`);
    if (!sent) fill(answer, "[data-focus]", focus?.dataset.begun ?? "");
    const place = form.closest("[data-answer]") as HTMLElement;
    form.reset();
    place.textContent = "";
    place.appendChild(answer);
    scrollTo(0, 0);
    if (focus) focus.focus();
    const { ticket, auth, reporter, readers } = to;
    const address = page.piecesUrl as string;
    if (list) tellTooLarge(large, list);
    const into = { address, ticket, auth, day: readers.day, reporter, compartment: sent?.file };
    if (list) await sendFiles(to.files, into, list);
    return "";
  }

  async function sendSealed(): Promise<string> {
    fields.clearErrors();
    if (!fields.told().length && !fields.files().length && !given().length) return "empty";
    say(form, "sealing");
    return send(await open(), TRIES);
  }

  async function submit(): Promise<void> {
    if (sending) return; // a double tap is one request
    sending = true;
    if (!(await ready) || (page.remembered && !typed("code"))) leaveToServer();
    else say(form, await sendSealed().catch((error) => (error instanceof Said ? error.message : "sealfail")));
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
  });
  // Leaving the page forgets what was typed on it.
  addEventListener("pagehide", () => {
    if (!byServer) form.reset();
  });
}

const form = document.querySelector<HTMLFormElement>("form[data-seal-addition]");
if (form) start(form);
