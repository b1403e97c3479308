// A report that an officer files for somebody: sealed here as a reporter's is, under a fresh ticket and code.

import type { Bytes } from "../vault/bytes";
import { drawCode, spellDigits, spellWords } from "../vault/codes";
import { fallbackAt, selfTest } from "../vault/suite";
import { copyOf, fill, loadWords, say } from "./answers";
import { fieldsIn } from "./fields";
import { makeSender, type Sealed } from "./sender";

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

/** Each group of a spelling in an element of its own, to be read out one after the other. */
function inGroups(place: Element, text: string, between: RegExp): void {
  place.textContent = "";
  for (const group of text.split(between)) {
    const part = document.createElement("span");
    part.textContent = group;
    place.append(part, " ");
  }
}

/** Shows ticket and code where the page wants them: groups of digits, and the words one by one. */
function showSlip(form: HTMLFormElement, { ticket, code }: Sealed, next: string): void {
  const answer = copyOf("tercatat");
  const groups = answer.querySelector("[data-digits]");
  const words = answer.querySelector("[data-words]");
  const parts = answer.querySelector("[data-ticket]");
  if (parts) inGroups(parts, ticket, /-/);
  if (groups) inGroups(groups, spellDigits(code), / /);
  for (const link of answer.querySelectorAll<HTMLAnchorElement>("a[data-next]")) {
    link.hidden = !next;
    if (next) link.href = next + (link.dataset.next || "");
  }
  fill(answer, "[data-whole]", ticket);
  const place = document.querySelector("[data-answer]") as HTMLElement;
  const focus = answer.querySelector<HTMLElement>("[data-focus]");
  place.textContent = "";
  place.append(answer);
  addEventListener("pagehide", () => {
    place.textContent = "";
  });
  form.hidden = true;
  focus?.focus({ preventScroll: true });
  place.scrollIntoView();
  loadWords(form.dataset.wordsUrl as string)
    .then((list) => spellWords(code, list))
    .then((text) => words && inGroups(words, text, / /))
    .catch(() => {}); // the digits are shown; the words are a second spelling
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

  const sender = makeSender(form, fields, openAnswers, "staff", drawn);
  const able = selfTest().then(
    () => {
      fields.hideNames();
      return true;
    },
    () => {
      say(form, "noseal");
      return false;
    },
  );

  async function send(): Promise<boolean> {
    if (sending || !(await able)) return false;
    sending = true;
    fields.clearErrors();
    const { outcome, sealed, next = "" } = await sender.send();
    say(form, outcome);
    sending = false;
    if (!sealed) return false;
    showSlip(form, sealed, next);
    form.dispatchEvent(new CustomEvent<Filed>("report:filed", { detail: { ticket: sealed.ticket, next } }));
    form.reset();
    sender.forget();
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
