// Reading what belongs together: the bundle of a page, hello, and a conversation in its order.

import { type Bytes, fromB64u, fromJson, fromUtf8, jsonBytes } from "./bytes";
import {
  type Author,
  type Compartment,
  checkPlace,
  type Descriptor,
  type Envelope,
  envelopeHash,
  type Header,
  headerOf,
  open,
  openUnproven,
  restore,
  type Signed,
  signed,
  type Wrap,
} from "./envelope";
import { type Manifest, trustInTeam } from "./manifest";
import { nameKey } from "./reporter";
import { sha256, verify } from "./suite";

export interface Item extends Envelope {
  readonly what: string;
  readonly comp: string;
}

/** A stored signature of staff over a hello. */
export interface Acceptance extends Signed {
  readonly by: string;
}

/** A compartment as it is stored; one that staff made carries its maker's signature. */
export interface Sealed {
  readonly d: string;
  readonly comp: string;
  readonly wraps: readonly Wrap[];
  readonly by?: string;
  readonly sig?: string;
  /** Nothing more is sealed into it: somebody who may read no more holds its key. */
  readonly spent?: boolean;
}

/** Everything a page got about one subject. */
export interface Bundle {
  readonly inst: string;
  readonly subject: string;
  readonly compartments: readonly Sealed[];
  readonly items: readonly Item[];
  readonly signers: readonly { kid: string; key: string }[];
  readonly accept?: Acceptance | null;
  /** That each new hello of a ticket follows the one before (renewing.ts), first to last. */
  readonly renewals?: readonly Signed[];
  /** To whom a first compartment of this subject would be wrapped. */
  readonly epoch?: { readonly kid: string; readonly key: string } | null;
  /** And to whom else, in a case. */
  readonly recovery?: { readonly kid: string; readonly key: string } | null;
  /** What lets somebody outside the team open it. */
  readonly grants?: readonly Signed[];
  /** What whoever filed it for somebody signed: which items are their own words. */
  readonly filed?: readonly Signed[];
  readonly subjects?: readonly Bundle[];
}

/** The reporter's first word under a code: her keys, and the compartments she made. */
export interface Hello {
  readonly ticket: string;
  readonly kotak: string;
  readonly tanda: string;
  readonly d: readonly string[];
  /** Earlier chats that she goes on reading, oldest first, where she changed the code herself. */
  readonly before?: readonly Carried[];
  /** Up to which number of each side everything is closed to her, where the code was lost. */
  readonly after?: Numbers;
}

/** An earlier chat with its key, and the signing key that counts in it. */
export interface Carried {
  readonly d: string;
  readonly k: string;
  readonly tanda: string;
}

/** The last number of each side. */
export interface Numbers {
  readonly reporter: number;
  readonly office: number;
}

/** A chat, and the one signing key of a reporter that counts in it. */
export interface Voice {
  readonly chat: Compartment;
  readonly kid: string;
  readonly key: Bytes;
}

/** A hello whose own signature is right. */
export interface Greeting {
  readonly hello: Hello;
  readonly hash: string;
  readonly kid: string;
  readonly key: Bytes;
}

/** One line of a conversation: a message, one that cannot be trusted, or a missing one. */
export interface Line {
  readonly kind: "message" | "broken" | "gap";
  readonly text: string;
  readonly header?: Header;
  readonly hash?: string;
}

export const HELLO = "chat.thread.hello";
export const MESSAGE = "chat.message.text";
/** Her statement, in the chat, that names the compartments of something she added later. */
export const ADDITION = "chat.thread.addition";
const ACCEPT = "teduh/v1/accept";

/** Opens the hello of a chat; throws unless it is one, signed by the key it names, about this ticket. */
export async function readHello(bundle: Bundle, chat: Compartment): Promise<Greeting> {
  const found = bundle.items.filter(
    (item) => item.what === HELLO && item.comp === "chat" && headerOf(item).cmp === chat.cmp,
  );
  const item = found[0];
  if (!item || found.length > 1) throw new Error("NoHello");
  const hello = fromJson<Hello>(await openUnproven(chat, item, { what: HELLO }));
  const key = fromB64u(hello.tanda);
  await open(chat, item, { what: HELLO }, key);
  const kid = await nameKey("pelapor", key);
  const same = hello.ticket === bundle.subject && headerOf(item).by === kid;
  if (!same || hello.d.indexOf(chat.cmp) < 0) throw new Error("WrongHello");
  return { hello, hash: await envelopeHash(item), kid, key };
}

/** The chats that whoever holds the code reads, oldest first; the last one is written into. */
export async function voicesOf({ hello, kid, key }: Greeting, chat: Compartment): Promise<Voice[]> {
  const voices: Voice[] = [];
  const { inst } = fromJson<Descriptor>(chat.d);
  for (const { d, k, tanda } of hello.before || []) {
    const bytes = fromB64u(d);
    checkPlace(bytes, { inst, subject: hello.ticket, comp: "chat" });
    const own = fromB64u(tanda);
    voices.push({
      chat: await restore(bytes, fromB64u(k)),
      kid: await nameKey("pelapor", own),
      key: own,
    });
  }
  return voices.concat({ chat, kid, key });
}

/** The compartments a reporter stands for: those of hello, and of every addition that she signed. */
export async function namedBy(greeting: Greeting, bundle: Bundle, chat: Compartment): Promise<Set<string>> {
  const named = new Set(greeting.hello.d);
  for (const item of bundle.items.filter((one) => one.what === ADDITION && one.comp === "chat")) {
    for (const cmp of await additionOf(item, greeting, chat).catch(() => [])) named.add(cmp);
  }
  return named;
}

/** What one statement names; throws unless it is hers and about this ticket. */
async function additionOf(item: Item, greeting: Greeting, chat: Compartment): Promise<readonly string[]> {
  if (headerOf(item).by !== greeting.kid) throw new Error("NotHers");
  const said = fromJson<{ ticket: string; d: string[] }>(
    await open(chat, item, { what: ADDITION }, greeting.key),
  );
  if (said.ticket !== greeting.hello.ticket) throw new Error("WrongAddition");
  return said.d;
}

/** Signs that this hello is the one staff work with from now on. */
export async function accept(greeting: Greeting, author: Author): Promise<Acceptance> {
  const { ticket } = greeting.hello;
  const body = jsonBytes({ v: 1, ticket, hello: greeting.hash, by: author.kid });
  return { ...(await signed(author.seed, ACCEPT, body)), by: author.kid };
}

/** Throws unless a member of the manifest accepted exactly this hello. */
export async function checkAcceptance(given: Acceptance, greeting: Greeting, signKey: Bytes): Promise<void> {
  const body = fromB64u(given.body);
  await verify(signKey, fromB64u(given.sig), ACCEPT, await sha256(body));
  const said = fromJson<{ v: number; ticket: string; hello: string; by: string }>(body);
  const same = said.ticket === greeting.hello.ticket && said.hello === greeting.hash;
  if (!same || said.v !== 1 || said.by !== given.by) throw new Error("WrongAcceptance");
}

/** Who may have written something: on which day, and in which team; any team where it is left out. */
export interface Standing {
  readonly day?: string;
  readonly team?: string;
}

/** The public key of a member who may have signed under this name; throws unless the list says so. */
export async function staffKey(
  by: string,
  signers: Bundle["signers"],
  manifest: Manifest,
  { day, team }: Standing = {},
): Promise<Bytes> {
  const signer = signers.find((one) => one.kid === by);
  if (!signer) throw new Error("UnknownSigner");
  const of = { kid: by, key: fromB64u(signer.key) };
  return (await trustInTeam(manifest, "sign", of, team, day)).key;
}

/** What is read of a conversation: from its first message, or from somewhere in the middle. */
export type Start = "first" | "middle";

/** Which side of a conversation wrote an item: numbers run through all members of the office. */
export function sideOf({ by }: Header): "reporter" | "office" {
  return by.indexOf("pelapor.") === 0 ? "reporter" : "office";
}

/**
 * The messages in the order given; a repeated number is refused, a missing one is shown. `after`: the
 * numbers before the first one.
 */
export async function readConversation(
  items: readonly Item[],
  chatOf: (cmp: string) => Compartment | undefined,
  keyOf: (header: Header) => Promise<Bytes>,
  start: Start = "first",
  after?: Numbers,
): Promise<Line[]> {
  const lines: Line[] = [];
  const last: { [side: string]: number } = start === "first" && after ? { ...after } : {};
  for (const item of items.filter((one) => one.what === MESSAGE)) {
    const header = headerOf(item);
    const before = last[sideOf(header)] || 0;
    try {
      const chat = chatOf(header.cmp);
      if (!chat || header.seq <= before) throw new Error("Repeated");
      const text = fromUtf8(await open(chat, item, { what: MESSAGE }, await keyOf(header)));
      const known = before > 0 || start === "first";
      if (known && header.seq > before + 1) lines.push({ kind: "gap", text: "" });
      last[sideOf(header)] = header.seq;
      lines.push({ kind: "message", text, header, hash: await envelopeHash(item) });
    } catch {
      lines.push({ kind: "broken", text: "" });
    }
  }
  return lines;
}

/** The next number of a side, and the hash of the newest message of the other; `after` as above. */
export function nextWords(lines: readonly Line[], side: "reporter" | "office", after?: Numbers) {
  let seq = after ? after[side] : 0;
  let seen = "";
  for (const { header, hash } of lines) {
    if (!header || !hash) continue;
    if (sideOf(header) === side) seq = header.seq;
    else seen = hash;
  }
  return { seq: seq + 1, seen };
}
