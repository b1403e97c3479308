// Cases: subjects whose compartments an officer's browser makes, signs and wraps.

import { b64u, fromB64u } from "./bytes";
import { type Compartment, makeCompartment, type Wrap, wrap } from "./envelope";
import type { Ring } from "./keyring";
import { type TrustedKey, trust } from "./manifest";
import { sha256, sign } from "./suite";
import type { Bundle } from "./thread";

/** The label under which staff sign what they make. */
export const DESCRIPTOR = "teduh/v1/desc";

/** The compartments of a new case. */
export const NEW_CASE = ["identity", "care", "medical", "legal", "work"] as const;

/** The one compartment of a call: what was written of it so far. */
const NEW_CALL = ["draft"] as const;

/** A part of the shared assessment: its compartment is made when it is first written. */
const PART = /^part-[a-z]+$/;
/** A case, a breach of data, or a call: what an officer's browser makes. */
const CASE = /^(KSS|BCR|TLP)-/;
const CALL = /^TLP-/;
const OF_A_CASE = /^(cases|records|services|conferences|intake\.call)\./;

export function isCase(subject: string): boolean {
  return CASE.test(subject);
}

export function isCall(subject: string): boolean {
  return CALL.test(subject);
}

/** A case keeps no report, a ticket no case. */
export function belongs(what: string, subject: string): boolean {
  return OF_A_CASE.test(what) === isCase(subject);
}

/** The compartments of a case by name, and as the server keeps them. */
export interface MadeCase {
  readonly parts: ReadonlyMap<string, Compartment>;
  readonly made: string;
}

/** To whom a compartment made here is sealed, as the list vouches: a team of this ring, and recovery. */
export async function readersOf({ epoch, recovery }: Bundle, ring: Ring): Promise<TrustedKey[]> {
  if (!epoch || !recovery || !ring.boxes[epoch.kid]) throw new Error("NoKey");
  return [
    await trust(ring.manifest, "team", epoch.kid, fromB64u(epoch.key)),
    await trust(ring.manifest, "recovery", recovery.kid, fromB64u(recovery.key)),
  ];
}

/** Makes every compartment of a case that has none yet; that of a call anew each time it is saved. */
export function makeCase(bundle: Bundle, ring: Ring): Promise<MadeCase> {
  if (isCall(bundle.subject)) return make(bundle, ring, NEW_CALL);
  if (bundle.compartments.length) return Promise.reject(new Error("WrongPlace"));
  return make(bundle, ring, NEW_CASE);
}

/** Makes the compartment of a part of the assessment, in a case that stands. */
export function makePart(bundle: Bundle, ring: Ring, comp: string): Promise<MadeCase> {
  if (!PART.test(comp)) return Promise.reject(new Error("WrongPlace"));
  return make(bundle, ring, [comp]);
}

async function make(bundle: Bundle, ring: Ring, comps: readonly string[]): Promise<MadeCase> {
  const { subject } = bundle;
  if (!isCase(subject)) throw new Error("WrongPlace");
  const readers = await readersOf(bundle, ring);
  const { kid: by, seed } = ring.author;
  const parts = new Map<string, Compartment>();
  const told: { d: string; by: string; sig: string; wraps: Wrap[] }[] = [];
  for (const comp of comps) {
    const one = await makeCompartment({ inst: ring.inst, subject, comp });
    const wraps: Wrap[] = [];
    for (const reader of readers) wraps.push(await wrap(one, reader));
    const sig = b64u(await sign(seed, DESCRIPTOR, await sha256(one.d)));
    told.push({ d: b64u(one.d), by, sig, wraps });
    parts.set(comp, one);
  }
  return { parts, made: JSON.stringify(told) };
}
