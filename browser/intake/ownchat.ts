// The chat of a ticket as its code opens it, before something is added or the code is changed.

import { fromB64u } from "../vault/bytes";
import { type Compartment, unwrap } from "../vault/envelope";
import { type Entry, keysOf, type Reporter } from "../vault/reporter";
import { type Bundle, type Greeting, readHello } from "../vault/thread";

/** What the server gives for it. */
export interface ChatTold {
  readonly r: string;
  readonly compartments: Bundle["compartments"];
  readonly items: Bundle["items"];
}

/** Her keys, her chat, and the hello that speaks of it. */
export interface OwnChat {
  readonly reporter: Reporter;
  readonly chat: Compartment;
  readonly greeting: Greeting;
}

/** Opens her chat; throws when something is not hers. */
export async function openOwnChat(
  inst: string,
  ticket: string,
  entry: Entry,
  told: ChatTold,
): Promise<OwnChat> {
  const reporter = await keysOf(entry, fromB64u(told.r));
  const [sealed] = told.compartments;
  const wrap = sealed?.wraps.find((one) => one.kid === reporter.boxKey.kid);
  if (!sealed || !wrap) throw new Error("NoChat");
  const chat = await unwrap(fromB64u(sealed.d), wrap, reporter.box, { inst, subject: ticket, comp: "chat" });
  // Only a chat her own hello speaks of is written to.
  const bundle = { inst, subject: ticket, compartments: [], items: told.items, signers: [] };
  const greeting = await readHello(bundle, chat);
  if (greeting.kid !== reporter.author.kid) throw new Error("NotHerHello");
  return { reporter, chat, greeting };
}
