// The way back to a file that did not arrive whole, for whoever holds the code and the same file.
// Its key is bound to the hash of the whole file: another file gets another key, and no nonce is ever
// used for a second text. Code and server without the file open nothing (decision 17).

import { type Bytes, b64u, fromB64u, join } from "./bytes";
import { type Body, bodyOf } from "./envelope";
import { decrypt, encrypt, hkdf, sha256 } from "./suite";

/** A file of which some pieces have come, as the server tells it. */
export interface Unfinished {
  readonly item: string;
  readonly hdr: string;
  readonly seq: number;
  readonly resume: string;
}

const ONCE = new Uint8Array(12).fill(1, 11); // each of these keys seals one text, the content key

async function keyOver(secret: Bytes, hdr: Bytes, hash: Bytes): Promise<Bytes> {
  const salt = await sha256(join(await sha256(hdr), hash));
  return hkdf(secret, salt, "teduh/v1/lanjut-berkas");
}

/** Seals a body's key to her secret and the hash of the file it seals. */
export async function keepBody(body: Body, secret: Bytes, hash: Bytes): Promise<string> {
  const hdr = fromB64u(body.hdr);
  return b64u(await encrypt(await keyOver(secret, hdr, hash), ONCE, body.key, hdr));
}

/** The body of an unfinished file; throws unless it is hers, and this is the hash of that file. */
export async function resumeBody(begun: Unfinished, secret: Bytes, hash: Bytes): Promise<Body> {
  const hdr = fromB64u(begun.hdr);
  return bodyOf(hdr, await decrypt(await keyOver(secret, hdr, hash), ONCE, fromB64u(begun.resume), hdr));
}
