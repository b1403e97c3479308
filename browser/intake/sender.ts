// Sending a report: sealed once under a fresh code, sent until it is taken, drawn again where it must be.

import { type Bytes, b64u, fromB64u } from "../vault/bytes";
import { drawCode } from "../vault/codes";
import type { Compartment, Origin } from "../vault/envelope";
import { enter, keysOf, type Reporter } from "../vault/reporter";
import { ask, countDown, say } from "./answers";
import type { Errors, Fields } from "./fields";
import {
  type Compartments,
  chooseReaders,
  makeCompartments,
  type PublicKeys,
  type SealedReport,
  sealReport,
} from "./report";

/** A report sealed once; sent again unchanged when an answer was lost. */
export interface Sealed {
  readonly print: string;
  readonly body: FormData;
  readonly ticket: string;
  readonly code: Bytes;
  readonly auth: string;
  readonly day: string;
  readonly files: Compartment;
  readonly reporter: Reporter;
}

/** What the page says of a sending; once it is taken, the report, and where to go on. */
export interface Outcome {
  readonly outcome: string;
  readonly sealed?: Sealed;
  readonly next?: string;
}

export interface Sender {
  /** Sends what the form says now; never throws. */
  send(): Promise<Outcome>;
  /** Lets go of what was sealed. */
  forget(): void;
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

const TRIES = 3; // times a ticket may be taken by somebody else before we say so
const NO = /^(|0|no|tidak|false)$/;

/** What a page adds to a sealed report before it is sent. */
export type Also = (body: FormData, made: Compartments, report: SealedReport) => Promise<void>;

/** The sender of a form; `openAnswers`: its coded answers; `drawn`: the code, where one was drawn before. */
export function makeSender(
  form: HTMLFormElement,
  fields: Fields,
  openAnswers: () => FormData,
  orig: Origin,
  drawn: () => Bytes = drawCode,
  also?: Also,
): Sender {
  const page = form.dataset;
  let sealed: Sealed | undefined;

  function wantsAlternate(): boolean {
    const marked = form.querySelector<HTMLInputElement>("[data-alternate]:checked");
    const value = new FormData(form).get("team_alternate");
    return Boolean(marked) || !NO.test(typeof value === "string" ? value : "");
  }

  /** Seals what the form says now under its code. */
  async function makeSealed(print: string): Promise<Sealed> {
    const inst = page.inst as string;
    const ticket = page.ticket as string;
    const keys = await ask<PublicKeys>(page.keysUrl as string);
    if (keys.status !== 200) throw new Error(keys.status ? "NoKeys" : "Offline");
    const readers = await chooseReaders(keys.body as PublicKeys, inst, wantsAlternate());
    const code = drawn();
    const entry = await enter(code, inst, ticket);
    const reporter = await keysOf(entry, fromB64u(page.r as string));
    const made = await makeCompartments(inst, ticket);
    const report = await sealReport(ticket, entry, reporter, readers, made, fields.told(), orig);
    const body = openAnswers();
    body.set("ticket", ticket);
    body.set("r", page.r as string);
    body.set("sealed", JSON.stringify(report));
    if (fields.files().length) body.set("files", "1"); // they follow by themselves
    if (also) await also(body, made, report);
    const auth = b64u(entry.auth);
    return { print, body, ticket, code, auth, day: readers.day, files: made.file, reporter };
  }

  /** Everything that was entered; when it changed, an earlier sealing no longer holds. */
  function printOf(): string {
    const open: string[] = [];
    openAnswers().forEach((value, name) => {
      open.push(name, typeof value === "string" ? value : value.name);
    });
    return JSON.stringify([open, fields.told(), page.ticket]);
  }

  async function sendOn(triesLeft: number): Promise<Outcome> {
    const print = printOf();
    say(form, "sealing");
    if (!sealed || sealed.print !== print) sealed = await makeSealed(print);
    const { status, body } = await ask<Taken>(page.action as string, sealed.body);
    if (status === 200 && body.ok) return { outcome: "", sealed, next: body.next || "" };
    if (status === 409 && body.ticket && body.r && triesLeft) {
      takePair(body.ticket, body.r);
      return sendOn(triesLeft - 1);
    }
    if (status === 429 && body.wait && body.turn) {
      say(form, "waiting");
      await countDown(form, body.wait);
      sealed.body.set("turn", body.turn); // the same sealed report, now with its turn
      return sendOn(triesLeft);
    }
    if (status === 403 || status === 410) return { outcome: status === 403 ? "over" : "gone" };
    if (status !== 400) return { outcome: status ? "busy" : "offline" };
    fields.showErrors(body.errors || {});
    return { outcome: "errors" };
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

  return {
    send: () =>
      sendOn(TRIES).catch((error: Error) => ({
        outcome: error.message === "Offline" ? "offline" : "sealfail",
      })),
    forget() {
      sealed = undefined;
    },
  };
}
