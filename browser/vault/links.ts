// One-time links: a key made of what stands in a link and of six words, for somebody without an account.

import { type Bytes, join, utf8 } from "./bytes";
import { nameKey } from "./reporter";
import { type Box, boxOf, hkdf, pbkdf2, sha256 } from "./suite";

/** Random bytes after the # of a link; browsers send no server that part of an address. */
export const FRAGMENT = 16;

const ROUNDS = 20000; // the words are 63 random bits, as a reporter's code: more would buy nothing
const NOTHING = new Uint8Array(0);

/** What a link and its words give: the key they open with, and what proves both to the server. */
export interface LinkKeys {
  readonly box: Box;
  readonly kid: string;
  readonly auth: Bytes;
}

/** `words`: the code that the six words spell, 8 bytes. */
export async function linkKeys(inst: string, id: string, fragment: Bytes, words: Bytes): Promise<LinkKeys> {
  const salt = await sha256(utf8(`teduh/v1/tautan\0${inst}\0${id}`));
  const stem = await pbkdf2(join(words, fragment), salt, ROUNDS);
  const box = await boxOf(await hkdf(stem, NOTHING, "teduh/v1/tautan-kotak"));
  const auth = await hkdf(stem, NOTHING, "teduh/v1/tautan-masuk");
  return { box, kid: await nameKey("tautan", box.key), auth };
}
