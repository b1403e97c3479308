// What waits on the phone, and its way out: each parcel is sent until the server has it, then forgotten.

import { ask } from "../intake/answers";
import { b64u } from "../vault/bytes";
import { dropParcel, parcelOf, waiting } from "./store";

interface Taken {
  readonly ok: boolean;
  readonly wait: number;
  readonly turn: string;
}

const turns = new Map<IDBValidKey, string>(); // a promised turn in a crowd, for this sitting
let going: Promise<boolean> | undefined;

/** Sends what waits, never twice at once; answers whether the server refused any of it. */
export function sendAll(address: string): Promise<boolean> {
  going ??= alone(() => sendEach(address)).finally(() => {
    going = undefined;
  });
  return going;
}

/** Two tabs would send the same parcel twice; the server would keep it once, but why. */
function alone(work: () => Promise<boolean>): Promise<boolean> {
  return navigator.locks ? navigator.locks.request("lapangan", work) : work();
}

async function sendEach(address: string): Promise<boolean> {
  let refused = false;
  for (const number of await waiting()) {
    const parcel = await parcelOf(number);
    if (!parcel) continue;
    const form = new FormData();
    form.set("titipan", b64u(parcel));
    form.set("turn", turns.get(number) ?? "");
    const { status, body } = await ask<Taken>(address, form);
    if (status === 200 && body.ok) await dropParcel(number);
    else if (status === 429 && body.turn) turns.set(number, body.turn);
    if (!status || status === 429 || status >= 500) break; // no line, a crowd, our fault: later
    refused = refused || status !== 200;
  }
  return refused;
}
