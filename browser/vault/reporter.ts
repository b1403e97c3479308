// What a reporter's secret code gives: the sign-in token, her key pair and her signature.

import { type Bytes, hex8, join, utf8 } from "./bytes";
import type { Author } from "./envelope";
import { ownKey, type TrustedKey } from "./manifest";
import { type Box, boxOf, hkdf, pbkdf2, sha256, signPublicOf } from "./suite";

const ROUNDS = 20000; // the code is 63 random bits: more rounds cost cheap phones and buy nothing
const NOTHING = new Uint8Array(0);

/** What the code gives before the server has answered. */
export interface Entry {
  readonly auth: Bytes;
  readonly stem: Bytes;
}

/** The reporter's own keys. */
export interface Reporter {
  readonly box: Box;
  readonly boxKey: TrustedKey;
  readonly author: Author;
  readonly signKey: Bytes;
  /** Leads back, with the same file, to one that did not arrive whole (resuming.ts). */
  readonly resume: Bytes;
}

/** Stretches the code for one office and ticket, and makes the sign-in token of it. */
export async function enter(code: Bytes, inst: string, ticket: string): Promise<Entry> {
  const salt = await sha256(utf8(`teduh/v1/kode\0${inst}\0${ticket}`));
  const stem = await pbkdf2(code, salt, ROUNDS);
  return { auth: await hkdf(stem, NOTHING, "teduh/v1/masuk"), stem };
}

/** The keys, once the server has given its part R. */
export async function keysOf(entry: Entry, r: Bytes): Promise<Reporter> {
  const ikm = join(entry.stem, r);
  const box = await boxOf(await hkdf(ikm, NOTHING, "teduh/v1/kotak"));
  const seed = await hkdf(ikm, NOTHING, "teduh/v1/tanda");
  const signKey = await signPublicOf(seed);
  return {
    box,
    boxKey: ownKey(await nameKey("pelapor", box.key), box.key),
    author: { kid: await nameKey("pelapor", signKey), seed },
    signKey,
    resume: await hkdf(ikm, NOTHING, "teduh/v1/lanjut"),
  };
}

/** The full name of a key: its owner, and eight digits of its hash. */
export async function nameKey(name: string, key: Bytes): Promise<string> {
  return `${name}.${hex8(await sha256(key))}`;
}
