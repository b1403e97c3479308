// A ticket as its code opens it, so that something can be sealed beside what it tells already.

import { b64u } from "../vault/bytes";
import type { Compartment } from "../vault/envelope";
import type { Entry, Reporter } from "../vault/reporter";
import type { Unfinished } from "../vault/resuming";
import { ask } from "./answers";
import { type ChatTold, openOwnChat } from "./ownchat";
import { type PublicKeys, type Readers, readersOf } from "./report";
import type { ToSend } from "./sending";
import { findBegun } from "./upload";

/** What the server answers to ticket and token. */
interface Opening extends ChatTold {
  readonly gen: number;
  readonly keys: PublicKeys;
  readonly unfinished: readonly Unfinished[];
  readonly wait: number;
}

/** The ticket as this page has opened it. */
export interface Opened {
  readonly ticket: string;
  readonly auth: string;
  readonly reporter: Reporter;
  readonly chat: Compartment;
  readonly readers: Readers;
  readonly files: readonly ToSend[];
  /** Files that were begun and are not among those she has chosen now. */
  readonly left: number;
  gen: number;
}

/** Which ticket, and what its code gives. */
export interface Whose {
  readonly inst: string;
  readonly ticket: string;
  readonly entry: Entry;
}

/** Something the page has words for. */
export class Said extends Error {}

/** Asks the server what opens it; `slow` waits the seconds it names. Throws Said. */
export async function openTicket(
  address: string,
  whose: Whose,
  chosen: readonly File[],
  slow: (seconds: number) => Promise<void>,
): Promise<Opened> {
  const { inst, ticket, entry } = whose;
  const auth = b64u(entry.auth);
  const asked = new URLSearchParams([
    ["ticket", ticket],
    ["auth", auth],
  ]);
  const { status, body } = await ask<Opening>(address, asked);
  if (status === 429 && body.wait) {
    await slow(body.wait);
    return openTicket(address, whose, chosen, slow);
  }
  if (status === 403) throw new Said("wrong");
  if (status === 409) throw new Said("change");
  if (status !== 200) throw new Said(status ? "busy" : "offline");
  const told = body as Opening;
  const readers = await readersOf(told.keys, inst, told.keys.teams[0]);
  const { reporter, chat } = await openOwnChat(inst, ticket, entry, told);
  const found = await match(chosen, told.unfinished, reporter);
  return { ticket, auth, readers, gen: told.gen, reporter, chat, ...found };
}

/** Each file she has chosen, with what has come of it already. */
async function match(chosen: readonly File[], unfinished: readonly Unfinished[], reporter: Reporter) {
  const files: ToSend[] = [];
  let begun = unfinished;
  for (const file of chosen) {
    const found = await findBegun(file, begun, reporter);
    begun = begun.filter((one) => one !== found);
    files.push({ file, begun: found });
  }
  return { files, left: begun.length };
}
