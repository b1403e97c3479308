// A file and the signed card that speaks of it.

import { type Bytes, b64u, jsonBytes } from "./bytes";
import {
  type Author,
  type Body,
  type Compartment,
  type Envelope,
  makeBody,
  type Origin,
  seal,
  sealBody,
} from "./envelope";
import { sha256 } from "./suite";

/** A file of the office in a conversation, and its card. */
export const SENT = "chat.file.body";
export const SENT_CARD = "chat.file.card";

/** What the headers of body and card say. */
export interface Kind {
  readonly body: string;
  readonly card: string;
  readonly seq: number;
  readonly cardSeq: number;
  readonly orig: Origin;
  readonly day: string;
}

/** What the card says of the file, beside what is counted here. */
export interface Named {
  readonly name: string;
  readonly type: string;
  /** The item of the same picture drawn anew, without camera data. */
  readonly copy?: string | undefined;
}

export interface Carded {
  readonly body: Body;
  readonly ct: Bytes;
  readonly card: Envelope;
  /** SHA-256 of the file itself. */
  readonly hash: Bytes;
}

/** Seals a body and its card. */
export async function sealCarded(
  compartment: Compartment,
  author: Author,
  kind: Kind,
  { name, type, copy }: Named,
  plain: Bytes,
): Promise<Carded> {
  const { seq, orig, day } = kind;
  const hash = await sha256(plain);
  const body = await makeBody(compartment, { what: kind.body, seq, orig, day, pad: "none" }, author.kid);
  const ct = await sealBody(body, plain);
  const told = {
    item: body.item,
    name,
    type,
    size: plain.length,
    sha256: b64u(hash),
    ct_sha256: b64u(await sha256(ct)),
    at: new Date().toISOString(),
    ...(copy && { copy }),
  };
  const about = { what: kind.card, seq: kind.cardSeq, orig, day, pad: "pow2-4k" } as const;
  const card = await seal(compartment, about, jsonBytes(told), author);
  return { body, ct, card, hash };
}
