// A helper's card: what is printed on it and the PIN make the key that signs (vault/helpercards.py).

import { type Bytes, b64u, jsonBytes, utf8 } from "../vault/bytes";
import { hkdf, pbkdf2, sha256, sign } from "../vault/suite";

const LABEL = "teduh/v1/kartu";
const ROUNDS = 20000; // the card's secret is 130 random bits; tries of a PIN are counted by the server
const NUMBER = 8;
const PIN_DIGITS = 6;
const PRINTED = 34; // symbols: number and secret

/** What is printed on a card. */
export interface Card {
  readonly number: string;
  readonly secret: string;
}

/** The card in what was scanned or typed; nothing where it is none. */
export function readCard(text: string): Card | undefined {
  const plain = text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0");
  if (!/^[0-9A-HJKMNP-TV-Z]+$/.test(plain) || plain.length !== PRINTED) return undefined;
  return { number: plain.slice(0, NUMBER), secret: plain.slice(NUMBER) };
}

/** The signing seed of a card and a PIN. */
export async function seedOf(inst: string, card: Card, pin: string): Promise<Bytes> {
  const salt = await sha256(utf8([LABEL, inst, card.number, card.secret].join("\0")));
  const stem = await pbkdf2(utf8(pin), salt, ROUNDS);
  return hkdf(stem, new Uint8Array(0), `${LABEL}-tanda`);
}

/** What a card signs: this office, this card, this ticket, and the key that signs its words. */
export function statement(inst: string, number: string, ticket: string, tanda: Bytes): Bytes {
  return jsonBytes({ v: 1, inst, card: number, ticket, tanda: b64u(tanda) });
}

/** A card in the hand, and its PIN. */
export interface Hand {
  readonly card: Card;
  readonly pin: string;
}

/** The signature for one ticket, as it travels. */
export async function signWith({ card, pin }: Hand, inst: string, ticket: string, tanda: Bytes) {
  const body = statement(inst, card.number, ticket, tanda);
  const sig = await sign(await seedOf(inst, card, pin), LABEL, await sha256(body));
  return { number: card.number, sig: b64u(sig) };
}

/** The fields of a card. One that was scanned comes behind the address, and leaves it at once. */
export function hangCard(place: HTMLDetailsElement): { hand(): Hand | undefined; clear(): void } {
  const field = (name: string) => place.querySelector<HTMLInputElement>(name) as HTMLInputElement;
  const [typed, pin] = [field("#card"), field("#pin")];
  let scanned: Card | undefined;

  function scan(): void {
    const found = readCard(location.hash);
    if (!found) return;
    history.replaceState(null, "", location.pathname);
    scanned = found;
    place.open = true;
    for (const one of Array.from(place.querySelectorAll<HTMLElement>("[data-typed]"))) one.hidden = true;
    for (const one of Array.from(place.querySelectorAll<HTMLElement>("[data-read]"))) one.hidden = false;
  }

  scan();
  addEventListener("hashchange", scan);
  return {
    /** What is there to sign with, or nothing; throws HalfACard where something is missing. */
    hand() {
      const digits = pin.value.replace(/\D/g, "");
      const card = scanned ?? readCard(typed.value);
      if (!digits && !typed.value.trim()) return undefined;
      if (!card || digits.length !== PIN_DIGITS) throw new Error("HalfACard");
      return { card, pin: digits };
    },
    clear() {
      typed.value = pin.value = "";
    },
  };
}
