// Padding: how long a text is must not be seen from outside.

import { type Bytes, utf8 } from "./bytes";

export type Pad = "pow2-4k" | "chat-1k" | "card-256" | "none";

const LENGTH = 4; // bytes before the text that say how long it is
const SMALLEST = 4096;
const FIXED: { [pad: string]: number } = { "chat-1k": 1024, "card-256": 256 };

/** The longest text of one chat message, in bytes. */
export const CHAT_ROOM = 1024 - LENGTH;

function packedLength(length: number, pad: Pad): number {
  const fixed = FIXED[pad];
  if (fixed) return fixed;
  let size = SMALLEST;
  while (size < length) size *= 2;
  return size;
}

/** Length, text and zeros up to the size the padding prescribes; throws TooLong. */
export function pack(plain: Bytes, pad: Pad): Bytes {
  if (pad === "none") return plain;
  const needed = plain.length + LENGTH;
  const packed = new Uint8Array(packedLength(needed, pad));
  if (needed > packed.length) throw new Error("TooLong");
  new DataView(packed.buffer).setUint32(0, plain.length);
  packed.set(plain, LENGTH);
  return packed;
}

/** Undoes pack; throws BadPadding on any other size or a byte that is not zero. */
export function unpack(packed: Bytes, pad: Pad): Bytes {
  if (pad === "none") return packed;
  const length = packed.length < LENGTH ? 0 : new DataView(packed.buffer).getUint32(0);
  const end = length + LENGTH;
  if (packed.length !== packedLength(end, pad) || end > packed.length) throw new Error("BadPadding");
  if (packed.subarray(end).some((byte) => byte !== 0)) throw new Error("BadPadding");
  return packed.slice(LENGTH, end);
}

/** A chat text in parts that each fit one message, never cut inside a letter. */
export function chatParts(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let room = CHAT_ROOM;
  for (const letter of Array.from(text)) {
    const size = utf8(letter).length;
    if (size > room) {
      parts.push(part);
      part = "";
      room = CHAT_ROOM;
    }
    part += letter;
    room -= size;
  }
  return parts.concat(part);
}
