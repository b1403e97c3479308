// A report that an officer files for somebody: sealed here as a reporter's is, under a fresh ticket and code.

import type { Bytes } from "../vault/bytes";
import { drawCode } from "../vault/codes";
import type { Envelope } from "../vault/envelope";
import { fallbackAt } from "../vault/suite";
import { whenAble } from "./able";
import { say } from "./answers";
import { fieldsIn } from "./fields";
import type { Compartments } from "./report";
import { type Also, makeSender } from "./sender";
import { sendFiles } from "./sending";
import { showSlip } from "./slip";

/** A form that files: sends when asked, and tells where its ticket and code are shown. */
export interface Filing {
  /** Seals and sends what the form says now; whether it was taken. Never throws. */
  send(): Promise<boolean>;
}

/** Told on the form once a report is taken; `next`: where it is read, empty where she may not. */
export interface Filed {
  readonly ticket: string;
  readonly next: string;
}

/**
 * Told on the form once a report is sealed, before it is sent. `also`: what goes along under a name; it
 * goes without where that fails.
 */
export interface Sealing {
  readonly subject: string;
  readonly made: Compartments;
  readonly items: readonly Envelope[];
  also(name: string, text: Promise<string>): void;
}

/** Hangs a form that files. `drawn` gives the code, where one was drawn before. */
export function hangFiling(form: HTMLFormElement, drawn: () => Bytes = drawCode): Filing {
  const fields = fieldsIn(form);
  let pressed: HTMLButtonElement | undefined;
  let sending = false;

  function openAnswers(): FormData {
    const answers = new FormData(form);
    if (pressed?.name) answers.append(pressed.name, pressed.value);
    return answers;
  }

  // Whoever has no account here seals as a reporter does: the server takes "staff" from members only.
  const orig = form.dataset.orig === "browser" ? "browser" : "staff";
  const also: Also = async (body, made, { ticket: subject, items }) => {
    const more: Promise<void>[] = [];
    const detail: Sealing = {
      subject,
      made,
      items,
      also: (name, text) => {
        more.push(
          text.then(
            (value) => body.set(name, value),
            () => {},
          ),
        );
      },
    };
    form.dispatchEvent(new CustomEvent("report:sealed", { detail }));
    await Promise.all(more);
  };
  const sender = makeSender(form, fields, openAnswers, orig, drawn, also);
  const able = whenAble(form, () => fields.hideNames());

  async function send(): Promise<boolean> {
    if (sending || !(await able)) return false;
    sending = true;
    fields.clearErrors();
    const { outcome, sealed, next = "" } = await sender.send();
    say(form, outcome);
    sending = false;
    if (!sealed) return false;
    const { ticket, code } = sealed;
    const files = fields.files().map((file) => ({ file }));
    showSlip({ ticket, code, next }, form.dataset.wordsUrl as string);
    form.hidden = true;
    form.dispatchEvent(new CustomEvent<Filed>("report:filed", { detail: { ticket: sealed.ticket, next } }));
    form.reset();
    sender.forget();
    const list = document.querySelector("[data-answer] [data-files]");
    const address = form.dataset.piecesUrl;
    if (list && address) sendFiles(files, { address, ...sealed, compartment: sealed.files }, list);
    return true;
  }

  fallbackAt(form.dataset.ed25519Url);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  form.addEventListener("click", (event) => {
    pressed = (event.target as Element).closest("button") || undefined;
  });
  for (const button of form.querySelectorAll("button")) button.disabled = false; // waited for this script
  return { send };
}
