// A parcel: a sealed report with its coded facts, locked as a whole to the server (vault/parcels.py).

import { type Bytes, join, jsonBytes, utf8 } from "../vault/bytes";
import { boxSeal } from "../vault/suite";

const STEP = 16384; // bytes, as in vault/parcels.py
const LEAST = 3;

/** What lies in a parcel: a sealed report with its ticket, and its coded answers beside it. */
export interface Told {
  readonly v: 1;
  readonly ticket: string;
  readonly r: string;
  readonly sealed: string;
  readonly [answer: string]: unknown;
}

/** Length first, zeros to a whole number of steps, then HPKE. */
export function sealParcel(told: Told, key: Bytes, inst: string): Promise<Bytes> {
  const plain = jsonBytes(told);
  const steps = Math.max(LEAST, Math.ceil((4 + plain.length) / STEP));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, plain.length);
  const padding = new Uint8Array(steps * STEP - 4 - plain.length);
  return boxSeal(key, utf8(`teduh/v1/titipan\0${inst}`), join(length, plain, padding));
}
