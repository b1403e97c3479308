// A new code for a ticket: new keys, a new chat, and a signature of who stands for both.

import { type Bytes, b64u, fromB64u, fromJson, jsonBytes } from "./bytes";
import {
  type Author,
  envelopeHash,
  makeCompartment,
  type Origin,
  type Signed,
  seal,
  type Wrap,
  wrap,
} from "./envelope";
import type { TrustedKey } from "./manifest";
import { enter, keysOf } from "./reporter";
import { sha256, sign, verify } from "./suite";
import { type Carried, type Greeting, HELLO, type Numbers, type Voice } from "./thread";

const RENEW = "teduh/v1/renew";
const CARRIED_MOST = 4; // earlier chats: with more, hello no longer fits 4 KiB

/** What the statement says: which hello follows which, in which generation of the chat. */
interface Said {
  readonly v: number;
  readonly inst: string;
  readonly ticket: string;
  readonly gen: number;
  readonly before: string;
  readonly hello: string;
  readonly day: string;
  readonly by: string;
}

/** What a new code is made of. */
export interface ToRenew {
  readonly inst: string;
  readonly ticket: string;
  /** The generation of the chat that begins. */
  readonly gen: number;
  readonly day: string;
  readonly orig: Origin;
  readonly code: Bytes;
  readonly r: Bytes;
  /** The hello that stands now. */
  readonly greeting: Greeting;
  readonly readers: readonly TrustedKey[];
  /** Who stands for the new hello: whoever holds the code now, or an officer where it was lost. */
  readonly author: Author;
  readonly before?: readonly Carried[];
  readonly after?: Numbers | undefined;
}

/** The chats a holder reads, to be carried under her new code. */
export function carriedOf(voices: readonly Voice[]): Carried[] {
  const told = voices.map(({ chat, key }) => ({ d: b64u(chat.d), k: b64u(chat.key), tanda: b64u(key) }));
  return told.slice(-CARRIED_MOST);
}

/** A new code as it is sent; the code itself stays here. */
export async function sealRenewal(to: ToRenew): Promise<string> {
  const { inst, ticket, gen, day, orig, author } = to;
  const entry = await enter(to.code, inst, ticket);
  const { box, boxKey, signKey, author: own } = await keysOf(entry, to.r);
  const chat = await makeCompartment({ inst, subject: ticket, comp: "chat" }, gen);
  const wraps: Wrap[] = [];
  for (const key of to.readers.concat(boxKey)) wraps.push(await wrap(chat, key));
  const { before = [], after } = to;
  const [kotak, tanda] = [b64u(box.key), b64u(signKey)];
  const said = { ticket, kotak, tanda, d: [chat.cmp], before, ...(after && { after }) };
  const words = { what: HELLO, seq: 0, orig, day, pad: "pow2-4k", seen: "" } as const;
  const hello = await seal(chat, words, jsonBytes(said), own);
  const follows = { before: to.greeting.hash, hello: await envelopeHash(hello) };
  const body = jsonBytes({ v: 1, inst, ticket, gen, ...follows, day, by: author.kid });
  const sig = await sign(author.seed, RENEW, await sha256(body));
  return JSON.stringify({
    auth: b64u(entry.auth),
    kotak,
    tanda,
    chat: { d: b64u(chat.d), wraps },
    hello,
    statement: { body: b64u(body), sig: b64u(sig) },
  });
}

/**
 * The hash of the hello that follows this one; throws unless its holder, or staff, says so of both.
 * `keyOf`: the key of a member who wrote on a day.
 */
export async function followerOf(
  { body, sig }: Signed,
  greeting: Greeting,
  inst: string,
  keyOf: (by: string, day: string) => Promise<Bytes>,
): Promise<string> {
  const bytes = fromB64u(body);
  const said = fromJson<Said>(bytes);
  const key = said.by === greeting.kid ? greeting.key : await keyOf(said.by, said.day);
  await verify(key, fromB64u(sig), RENEW, await sha256(bytes));
  const here = said.v === 1 && said.inst === inst && said.ticket === greeting.hello.ticket;
  if (!here || said.before !== greeting.hash) throw new Error("WrongRenewal");
  return said.hello;
}
