// What a list shows of a report or a case: who it is, in at most 252 bytes that only the team can open.

import { utf8 } from "./bytes";

/**
 * Ticket or case, name or alias, the last digits of a number to call; year of birth and NIK where known;
 * of a case also the names of the accused.
 */
export interface ListCard {
  readonly t: string;
  readonly n: string;
  readonly p: string;
  readonly y?: string;
  readonly i?: string;
  readonly a?: string;
}

/** What is known of somebody whom a card names, as it was written. */
export interface Known {
  readonly name: string;
  readonly contact: string;
  readonly born?: string;
  readonly nik?: string;
}

export const LIST = "list";
export const LIST_CARD = "intake.report.card";
export const PERSON_CARD = "cases.person.card";
const ROOM = 252; // bytes of a card before its padding (sealing.md 13)
const ACCUSED = 60; // letters of it for the accused: a repeat is found by the name alone
const TAIL = 4; // digits: enough to tell two callers apart, too few to call
const YEAR = /(?:^|\D)((?:19|20)\d\d)(?!\d)/;
const NIK = /^\d{16}$/;
const NUMBER = /\d(?:[\s.()-]*\d){6,}/; // seven digits or more, however they are grouped

/** The last four digits of the first telephone number in a text, or nothing. */
export function phoneTail(contact: string): string {
  const found = NUMBER.exec(contact);
  return found ? found[0].replace(/\D/g, "").slice(-TAIL) : "";
}

/** The first of these that says something. */
function firstOf(texts: readonly string[]): string {
  return texts.find(Boolean) ?? "";
}

function nikOf({ nik = "" }: Known): string {
  const digits = nik.replace(/\D/g, "");
  return NIK.test(digits) ? digits : "";
}

function lettersOf(known: readonly Known[]): string[] {
  const names = known.map(({ name }) => name.replace(/\s+/g, " ").trim()).filter(Boolean);
  return Array.from(names.join(", "));
}

/**
 * The card of a ticket or a case as text: every name of `known`, the rest of whoever has it first, and
 * the names of the accused. Names too long for it lose their end, never half a letter.
 */
export function composeCard(
  subject: string,
  known: readonly Known[],
  accused: readonly Known[] = [],
): string {
  const letters = lettersOf(known);
  const theirs = lettersOf(accused).slice(0, ACCUSED);
  const p = firstOf(known.map(({ contact }) => phoneTail(contact)));
  const y = firstOf(known.map(({ born = "" }) => YEAR.exec(born)?.[1] ?? ""));
  const i = firstOf(known.map(nikOf));
  const rest = { p, ...(y && { y }), ...(i && { i }) };
  const text = () =>
    JSON.stringify({
      t: subject,
      n: letters.join(""),
      ...rest,
      ...(theirs.length && { a: theirs.join("") }),
    });
  while (utf8(text()).length > ROOM) (letters.length ? letters : theirs).pop();
  return text();
}

/** The card, if it speaks of this ticket or case; throws when it was moved to another row. */
export function readCard(text: string, subject: string): ListCard {
  const card = JSON.parse(text) as ListCard;
  if (card.t !== subject) throw new Error("WrongCard");
  return card;
}

/** Whether a card speaks of a case, not of a report. */
export function isOfCase(subject: string): boolean {
  return subject.indexOf("KSS-") === 0;
}
