// Who held the code of a ticket, first to last, and what each of them stands for.

import type { Bytes } from "./bytes";
import { type Compartment, envelopeHash, headerOf } from "./envelope";
import { followerOf } from "./renewing";
import { type Bundle, type Greeting, HELLO, type Item, namedBy, readHello, type Voice } from "./thread";

/** A holder: her keys, her chat, and the compartments that are hers. */
export interface Holder extends Voice {
  readonly greeting: Greeting;
  readonly named: Set<string>;
}

/** How a page of the office opens a chat, and finds the key of a member who signed on a day. */
export interface Means {
  readonly inst: string;
  readonly chatOf: (cmp: string) => Promise<Compartment>;
  readonly keyOf: (by: string, day: string) => Promise<Bytes>;
}

function hellosOf(bundle: Bundle): readonly Item[] {
  return bundle.items.filter((one) => one.what === HELLO);
}

async function holderBy(bundle: Bundle, item: Item, means: Means, read?: Greeting): Promise<Holder> {
  const chat = await means.chatOf(headerOf(item).cmp);
  const greeting = read ?? (await readHello(bundle, chat));
  const { kid, key } = greeting;
  return { greeting, chat, kid, key, named: await namedBy(greeting, bundle, chat) };
}

async function follower(bundle: Bundle, hash: string, means: Means): Promise<Holder> {
  for (const item of hellosOf(bundle))
    if ((await envelopeHash(item)) === hash) return holderBy(bundle, item, means);
  throw new Error("NoHello");
}

/** The holders after the one of the first hello, as far as each was vouched for; never none. */
export async function readHolders(bundle: Bundle, first: Greeting, means: Means): Promise<Holder[]> {
  let last = await holderBy(bundle, hellosOf(bundle)[0] as Item, means, first);
  const held = [last];
  for (const renewal of bundle.renewals ?? []) {
    try {
      const hash = await followerOf(renewal, last.greeting, means.inst, means.keyOf);
      last = await follower(bundle, hash, means);
    } catch {
      break; // nobody stands for what came after
    }
    held.push(last);
  }
  return held;
}
