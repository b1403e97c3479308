// The answer of the messages page: an opening part and eight slots, always of one size, and the list of keys.

import { type Bytes, b64u, fromJson, fromUtf8 } from "./bytes";
import type { Header, Wrap } from "./envelope";
import type { Package } from "./manifest";
import { HELLO, type Item, MESSAGE } from "./thread";

/** Slots of an answer: fewer messages in it are all there are. */
export const SLOTS = 8;
const HEADER = 320; // bytes at most
const CIPHERTEXT = 1040; // bytes of a 1 KiB item and its tag
const SIGNATURE = 64;
const KEY = 32;
/** Bytes of a slot. */
export const SLOT = 2 + HEADER + CIPHERTEXT + SIGNATURE + KEY;

/** What an answer brings. */
export interface Answer {
  readonly r: Bytes;
  readonly d: Bytes;
  readonly wrap: Wrap;
  readonly hello: Item;
  /** HTML, written by Django. */
  readonly stage: string;
  readonly package: Package;
  readonly messages: readonly Item[];
  /** Keys that came with the messages; no more trusted than whoever sent them. */
  readonly signers: readonly { kid: string; key: string }[];
}

/** Reads pieces one after the other; throws on what is not there. */
function reader(bytes: Bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  function take(size: number): Bytes {
    if (at + size > bytes.length) throw new Error("BadAnswer");
    at += size;
    return bytes.slice(at - size, at);
  }
  function number(size: 2 | 4): number {
    take(size);
    return size === 2 ? view.getUint16(at - 2) : view.getUint32(at - 4);
  }
  return { take, number, part: () => take(number(4)), done: () => at === bytes.length };
}

function itemOf(what: string, hdr: Bytes, ct: Bytes, sig: Bytes): Item {
  return { what, comp: "chat", hdr: b64u(hdr), ct: b64u(ct), sig: b64u(sig) };
}

/** Takes an answer apart; throws BadAnswer where a part reaches too far, or on any other size. */
export function readAnswer(bytes: Bytes): Answer {
  const size = reader(bytes).number(4);
  const slots = reader(bytes.slice(size, size + SLOTS * SLOT));
  const list = reader(bytes.slice(size + SLOTS * SLOT));
  const from = reader(bytes.slice(4, size));
  const [r, d, kid, w] = [from.part(), from.part(), from.part(), from.part()];
  const hello = itemOf(HELLO, from.part(), from.part(), from.part());
  const stage = fromUtf8(from.part());
  const [cert, certSig, manifest, sig] = [list.part(), list.part(), list.part(), list.part()].map(b64u);
  if (!list.done()) throw new Error("BadAnswer");
  const messages: Item[] = [];
  const signers: { kid: string; key: string }[] = [];
  for (let i = 0; i < SLOTS; i++) {
    const slot = reader(slots.take(SLOT));
    const length = slot.number(2);
    if (!length) continue;
    const hdr = slot.take(length);
    messages.push(itemOf(MESSAGE, hdr, slot.take(CIPHERTEXT), slot.take(SIGNATURE)));
    signers.push({ kid: fromJson<Header>(hdr).by, key: b64u(slot.take(KEY)) });
  }
  const lines = { cert, certSig, manifest, sig } as Package;
  return { r, d, wrap: { kid: fromUtf8(kid), w: b64u(w) }, hello, stage, package: lines, messages, signers };
}

/** The messages a page knows, first to last; `whole` from the very first one. */
export interface Known {
  readonly items: readonly Item[];
  readonly whole: boolean;
}

/** The newest messages, put behind what was known where they join it. */
export function withNewest(known: Known, newest: readonly Item[]): Known {
  if (newest.length < SLOTS) return { items: newest, whole: true };
  const [first] = newest;
  const at = known.items.findIndex((one) => one.hdr === first?.hdr);
  if (at < 0) return { items: newest, whole: false };
  return { items: known.items.slice(0, at).concat(newest), whole: known.whole };
}

/** Older messages, put before what was known. */
export function withOlder(known: Known, older: readonly Item[]): Known {
  return { items: older.concat(known.items), whole: older.length < SLOTS };
}
