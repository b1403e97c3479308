// A conversation opened with the secret code: what came of it so far, and the words to seal next.

import { type Bytes, b64u, utf8 } from "../vault/bytes";
import { type Compartment, headerOf, seal, unwrap } from "../vault/envelope";
import { type Manifest, REPORTER_GRACE, readManifest } from "../vault/manifest";
import { chatParts } from "../vault/packing";
import { type Entry, keysOf, type Reporter } from "../vault/reporter";
import { type Answer, type Known, readAnswer, withNewest, withOlder } from "../vault/slots";
import {
  type Bundle,
  type Greeting,
  type Line,
  MESSAGE,
  type Numbers,
  nextWords,
  readConversation,
  readHello,
  sideOf,
  staffKey,
  type Voice,
  voicesOf,
} from "../vault/thread";
import { cityDay } from "../vault/today";

/** A conversation as far as this page has opened it. */
export interface Conversation {
  readonly reporter: Reporter;
  readonly chat: Compartment;
  readonly after: Numbers | undefined;
  readonly known: Known;
  readonly signers: Bundle["signers"];
  readonly lines: readonly Line[];
  readonly stage: string;
  /** Whose words count, and where: for files that came with them. */
  readonly voices: readonly Voice[];
  readonly manifest: Manifest;
}

/** Whose it is: what the page asked for. */
export interface Asked {
  readonly ticket: string;
  readonly inst: string;
  readonly entry: Entry;
  /** The day by which the signed list of keys is judged. */
  readonly day: string;
  /** The office's root key; the one in this script when it is left out. */
  readonly root?: string;
}

const NOTHING: Known = { items: [], whole: true };

/** A thread as her own keys open it. */
export interface Opened {
  readonly reporter: Reporter;
  readonly chat: Compartment;
  readonly greeting: Greeting;
  readonly manifest: Manifest;
}

/** Gives the chats in their order: none that is older than one a message before lay in. */
function chatsInOrder(voices: readonly Voice[]): (cmp: string) => Compartment | undefined {
  let at = 0;
  return (cmp) => {
    const found = voices.findIndex((one) => one.chat.cmp === cmp);
    if (found < at) return undefined;
    at = found;
    return voices[at]?.chat;
  };
}

/** Opens the chat with the reporter's own keys; throws when something is not hers. */
export async function openChat({ ticket, inst, entry, day, root }: Asked, answer: Answer): Promise<Opened> {
  const reporter = await keysOf(entry, answer.r);
  const manifest = await readManifest(answer.package, { inst, day, grace: REPORTER_GRACE }, root);
  if (answer.wrap.kid !== reporter.boxKey.kid) throw new Error("NoChat");
  const place = { inst, subject: ticket, comp: "chat" };
  const chat = await unwrap(answer.d, answer.wrap, reporter.box, place);
  // Only a chat her own hello speaks of is written to.
  const bundle = { inst, subject: ticket, compartments: [], items: [answer.hello], signers: [] };
  const greeting = await readHello(bundle, chat);
  if (greeting.kid !== reporter.author.kid) throw new Error("NotHerHello");
  return { reporter, chat, greeting, manifest };
}

async function read(
  asked: Asked,
  before: Conversation | undefined,
  answer: Answer,
  join: (known: Known) => Known,
): Promise<Conversation> {
  const { reporter, chat, greeting, manifest } = await openChat(asked, answer);
  const known = join(before ? before.known : NOTHING);
  const signers = (before ? before.signers : []).concat(answer.signers);
  const voices = await voicesOf(greeting, chat);
  const { after } = greeting.hello;
  const lines = await readConversation(
    known.items,
    chatsInOrder(voices),
    async ({ by, day, cmp }) => {
      const own = voices.find((one) => one.chat.cmp === cmp && one.kid === by);
      return own ? own.key : staffKey(by, signers, manifest, { day });
    },
    known.whole ? "first" : "middle",
    after,
  );
  return { reporter, chat, after, known, signers, lines, stage: answer.stage, voices, manifest };
}

/** The conversation with the newest messages in it. */
export function readNewest(asked: Asked, before: Conversation | undefined, bytes: Bytes) {
  const answer = readAnswer(bytes);
  return read(asked, before, answer, (known) => withNewest(known, answer.messages));
}

/** The conversation with older messages before those it had. */
export function readOlder(asked: Asked, before: Conversation, bytes: Bytes) {
  const answer = readAnswer(bytes);
  return read(asked, before, answer, (known) => withOlder(known, answer.messages));
}

/** The item before which older messages are asked for; empty when there is none before. */
export function oldestOf({ known }: Conversation): string {
  const [first] = known.items;
  return first && !known.whole ? headerOf(first).item : "";
}

/** Whether both numbers a reply carries can be told from what is here: hers, and theirs. */
export function canReply({ known }: Conversation): boolean {
  const sides = known.items.map((one) => sideOf(headerOf(one)));
  return known.whole || (sides.indexOf("reporter") >= 0 && sides.indexOf("office") >= 0);
}

/** A reply in as many envelopes as it needs, under numbers that follow what was read. */
export function sealReply({ reporter, chat, lines, after }: Conversation, text: string): Promise<string[]> {
  return sealWords(chat, reporter, nextWords(lines, "reporter", after), text);
}

/** Words of hers in as many envelopes as they need, the first under this number. */
export async function sealWords(
  chat: Compartment,
  reporter: Reporter,
  { seq, seen }: { seq: number; seen: string },
  text: string,
): Promise<string[]> {
  const sealed: string[] = [];
  const parts = chatParts(text);
  for (let i = 0; i < parts.length; i++) {
    const words = {
      what: MESSAGE,
      seq: seq + i,
      orig: "browser",
      day: cityDay(),
      pad: "chat-1k",
      seen,
    } as const;
    const envelope = await seal(chat, words, utf8(parts[i] as string), reporter.author);
    sealed.push(JSON.stringify(envelope));
  }
  return sealed;
}

/** What opens the thread at the server: the ticket, and what the code gives to show there. */
export function fieldsOf({ ticket, entry }: Asked): [string, string][] {
  return [
    ["ticket", ticket],
    ["auth", b64u(entry.auth)],
  ];
}
