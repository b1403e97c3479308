// What a list shows of a report: who it is, in at most 252 bytes that only the team can open.

import { utf8 } from "./bytes";

/** Ticket, name or alias, the last digits of a number to call; year of birth and NIK where known. */
export interface ListCard {
  readonly t: string;
  readonly n: string;
  readonly p: string;
  readonly y?: string;
  readonly i?: string;
}

export const LIST = "list";
export const LIST_CARD = "intake.report.card";
const ROOM = 252; // bytes of a card before its padding (sealing.md 13)
const TAIL = 4; // digits: enough to tell two callers apart, too few to call
const NUMBER = /\d(?:[\s.()-]*\d){6,}/; // seven digits or more, however they are grouped

/** The last four digits of the first telephone number in a text, or nothing. */
export function phoneTail(contact: string): string {
  const found = NUMBER.exec(contact);
  return found ? found[0].replace(/\D/g, "").slice(-TAIL) : "";
}

/** The card of a ticket as text; a name too long for it loses its end, never half a letter. */
export function composeCard(ticket: string, name: string, contact: string): string {
  const letters = Array.from(name.replace(/\s+/g, " ").trim());
  const text = () => JSON.stringify({ t: ticket, n: letters.join(""), p: phoneTail(contact) });
  while (utf8(text()).length > ROOM) letters.pop();
  return text();
}

/** The card, if it speaks of this ticket; throws when it was moved to another row. */
export function readCard(text: string, ticket: string): ListCard {
  const card = JSON.parse(text) as ListCard;
  if (card.t !== ticket) throw new Error("WrongCard");
  return card;
}
