// A file of the office, proven and opened for whoever holds the code.

import { type Bytes, b64u, fromJson } from "../vault/bytes";
import { SENT, SENT_CARD } from "../vault/carded";
import { type Envelope, headerOf, open, openBody } from "../vault/envelope";
import { sha256 } from "../vault/suite";
import { type Bundle, sideOf, staffKey } from "../vault/thread";
import type { Conversation } from "./conversation";

const ENDINGS = /\.(pdf|jpg|png|txt|docx|odt|xlsx|ods)$/i; // the server's list (vault/rules.py)
const NAME = "berkas";

/** A file as it was opened. */
export interface Received {
  readonly name: string;
  readonly blob: Blob;
}

interface Card {
  readonly item: string;
  readonly name: string;
  readonly type: string;
  readonly ct_sha256: string;
}

interface Proof {
  readonly card: Envelope;
  readonly hdr: string;
  readonly signers: Bundle["signers"];
}

/** The name under which a phone keeps it: what opens it, and nothing else. */
export function savedAs(name: string): string {
  const ending = ENDINGS.exec(name);
  return NAME + (ending ? ending[0].toLowerCase() : "");
}

/** Opens what the server gave for message `seq`; throws unless staff signed for just this file there. */
export async function openSent(
  { voices, manifest }: Pick<Conversation, "voices" | "manifest">,
  seq: number,
  bytes: Bytes,
): Promise<Received> {
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const { card, hdr, signers } = fromJson<Proof>(bytes.slice(4, start));
  const ct = bytes.slice(start);
  const header = headerOf(card);
  const voice = voices.find((one) => one.chat.cmp === header.cmp);
  if (!voice || header.seq !== seq || sideOf(header) !== "office") throw new Error("WrongItem");
  const { by, day } = header;
  const key = await staffKey(by, signers, manifest, { day });
  const told = fromJson<Card>(await open(voice.chat, card, { what: SENT_CARD }, key));
  if (b64u(await sha256(ct)) !== told.ct_sha256) throw new Error("WrongBody");
  const parts = await openBody(voice.chat, hdr, ct, { what: SENT, item: told.item });
  return { name: told.name, blob: new Blob(parts, { type: told.type }) };
}
