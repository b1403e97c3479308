// What waits on the phone, and its way out: each parcel is sent until the server has it, then forgotten.

import { ask } from "../intake/answers";
import { b64u } from "../vault/bytes";
import { dropParcel, parcelOf, waiting } from "./store";

interface Taken {
  readonly ok: boolean;
  readonly wait: number;
  readonly turn: string;
}

/** What came of a sending: all well, something refused, or nobody is signed in. */
export type Trouble = "" | "refused" | "over";

/** Fields that go with each parcel; nothing while there is no line or no session. */
type More = () => Promise<{ readonly [name: string]: string } | Trouble>;

const turns = new Map<IDBValidKey, string>(); // a promised turn in a crowd, for this sitting
let going: Promise<Trouble> | undefined;

/** Sends what waits, never twice at once. */
export function sendAll(address: string, more: More = async () => ({})): Promise<Trouble> {
  going ??= alone(() => sendEach(address, more)).finally(() => {
    going = undefined;
  });
  return going;
}

/** Two tabs would send the same parcel twice; the server would keep it once, but why. */
function alone(work: () => Promise<Trouble>): Promise<Trouble> {
  return navigator.locks ? navigator.locks.request("lapangan", work) : work();
}

async function sendEach(address: string, more: More): Promise<Trouble> {
  let trouble: Trouble = "";
  for (const number of await waiting()) {
    const parcel = await parcelOf(number);
    if (!parcel) continue;
    const added = await more();
    if (typeof added === "string") return added;
    const form = new FormData();
    for (const [name, value] of Object.entries(added)) form.set(name, value);
    form.set("titipan", b64u(parcel));
    form.set("turn", turns.get(number) ?? "");
    const { status, body } = await ask<Taken>(address, form);
    if (status === 200 && body.ok) await dropParcel(number);
    else if (status === 429 && body.turn) turns.set(number, body.turn);
    if (status === 403) return "over";
    if (!status || status === 429 || status >= 500) break; // no line, a crowd, our fault: later
    if (status !== 200) trouble = "refused";
  }
  return trouble;
}
