// Ticket and code in a member's page, to be read out or printed: once, and gone with the page.

import type { Bytes } from "../vault/bytes";
import { spellDigits, spellWords } from "../vault/codes";
import { copyOf, fill, loadWords } from "./answers";

/** What is handed over. */
export interface Slip {
  readonly ticket: string;
  readonly code: Bytes;
  /** Where the report is read; empty where the member may not. */
  readonly next: string;
}

/** Each group of a spelling in an element of its own, to be read out one after the other. */
export function inGroups(place: Element, text: string, between: RegExp): void {
  place.textContent = "";
  for (const group of text.split(between)) {
    const part = document.createElement("span");
    part.textContent = group;
    place.append(part, " ");
  }
}

/** Prints the slip under a title that tells nothing: browsers write it on the sheet. */
function printSlip(title: string): void {
  const before = document.title;
  document.title = title;
  print();
  document.title = before;
}

/** Shows it in the place of the page that is for it. */
export function showSlip({ ticket, code, next }: Slip, wordsUrl: string): void {
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
  const where = answer.querySelector<HTMLElement>("[data-host]");
  if (where) where.textContent = location.host + where.dataset.host;
  const printing = answer.querySelector<HTMLButtonElement>("[data-print]");
  printing?.addEventListener("click", () => printSlip(printing.dataset.print ?? ""));
  const place = document.querySelector("[data-answer]") as HTMLElement;
  const focus = answer.querySelector<HTMLElement>("[data-focus]");
  place.textContent = "";
  place.append(answer);
  addEventListener("pagehide", () => {
    place.textContent = "";
  });
  focus?.focus({ preventScroll: true });
  place.scrollIntoView();
  loadWords(wordsUrl)
    .then((list) => spellWords(code, list))
    .then((text) => words && inGroups(words, text, / /))
    .catch(() => {}); // the digits are shown; the words are a second spelling
}
