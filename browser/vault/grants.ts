// Grants: compartments of a case for somebody outside its team, as a member's browser signs them.

import { type Bytes, b64u, fromB64u, fromJson, jsonBytes } from "./bytes";
import { DESCRIPTOR, readersOf } from "./cases";
import {
  type Compartment,
  type Descriptor,
  makeCompartment,
  type Signed,
  signed,
  type Wrap,
  wrap,
} from "./envelope";
import type { Ring } from "./keyring";
import { isOutside, type Manifest, ownKey, type TrustedKey, trust } from "./manifest";
import type { NewWrap } from "./rewrapping";
import { random, sha256, sign, verify } from "./suite";
import { type Bundle, type Sealed, staffKey } from "./thread";

/** The label under which a member signs a grant. */
export const GRANT = "teduh/v1/grant";

/** And one for whoever holds a link (links.ts): no list names their key, so the grant itself does. */
export const LINK = "teduh/v1/link";

/** What a grant says. */
export interface Grant {
  readonly v: number;
  readonly inst: string;
  readonly subject: string;
  readonly id: string;
  readonly to: string;
  /** SHA-256 of the public key of a link. */
  readonly key?: string;
  readonly comps: readonly string[];
  readonly purpose: string;
  readonly consent: string;
  readonly day: string;
  readonly until: string;
  readonly by: string;
}

/** What a page gives to make grants: the same for each of several people. */
export interface ToGrant {
  readonly subject: string;
  readonly comps: readonly string[];
  readonly purpose: string;
  readonly consent: string;
  readonly day: string;
  readonly until: string;
  readonly to: readonly { readonly kid: string; readonly key: string }[];
}

/** A grant as the server keeps it. */
export interface Granted extends Signed {
  readonly wraps: readonly NewWrap[];
}

/** The next generation of what a withdrawal has spent, as the server keeps it. */
export interface Begun {
  readonly made: string;
  readonly given: string;
}

/**
 * What a grant says, if a member of a team signed it about this subject; throws Forged else, and Over
 * once its last day has passed. `day`: today.
 */
export async function checkGrant(
  { body, sig }: Signed,
  manifest: Manifest,
  { inst, subject, signers }: Pick<Bundle, "inst" | "subject" | "signers">,
  day: string,
): Promise<Grant> {
  let said: Grant | undefined;
  try {
    const bytes = fromB64u(body);
    said = fromJson<Grant>(bytes);
    const key = await staffKey(said.by, signers, manifest, { day: "" });
    await verify(key, fromB64u(sig), said.key === undefined ? GRANT : LINK, await sha256(bytes));
    if (said.v !== 1 || said.inst !== inst || said.subject !== subject) throw new Error();
    if (isOutside(manifest, said.by)) throw new Error();
  } catch {
    throw new Error("Forged");
  }
  if (said.until < day) throw new Error("Over");
  return said;
}

/** One grant: its statement, and a wrap of each of these opened compartments. */
export async function makeGrant(
  ring: Ring,
  told: ToGrant,
  to: { readonly kid: string; readonly key: string },
  opened: readonly Compartment[],
): Promise<Granted> {
  const reader = await trust(ring.manifest, "member", to.kid, fromB64u(to.key));
  return granted(ring, told, { id: b64u(random(16)), reader }, opened);
}

/** One grant for the key of a link, under the name by which the link is opened. */
export function makeLinkGrant(
  ring: Ring,
  told: Omit<ToGrant, "to">,
  link: { readonly id: string; readonly kid: string; readonly key: Bytes },
  opened: readonly Compartment[],
): Promise<Granted> {
  return granted(ring, told, { id: link.id, reader: ownKey(link.kid, link.key), link: link.key }, opened);
}

async function granted(
  ring: Ring,
  told: Omit<ToGrant, "to">,
  { id, reader, link }: { id: string; reader: TrustedKey; link?: Bytes },
  opened: readonly Compartment[],
): Promise<Granted> {
  const { subject, comps, purpose, consent, day, until } = told;
  const { kid: by, seed } = ring.author;
  const body = jsonBytes({
    v: 1,
    inst: ring.inst,
    subject,
    id,
    to: reader.kid,
    ...(link && { key: b64u(await sha256(link)) }),
    comps,
    purpose,
    consent,
    day,
    until,
    by,
  });
  const wraps: NewWrap[] = [];
  for (const one of opened) wraps.push({ cmp: one.cmp, ...(await wrap(one, reader)) });
  return { ...(await signed(seed, link ? LINK : GRANT, body)), wraps };
}

/** Who reads on under a grant that stands, with the parts it names; nobody where it is not believed. */
async function goesOn(
  one: Signed,
  ring: Ring,
  bundle: Bundle,
  keys: ReadonlyMap<string, Bytes>,
  day: string,
): Promise<{ grant: Grant; reader: TrustedKey } | undefined> {
  try {
    const grant = await checkGrant(one, ring.manifest, bundle, day);
    const key = keys.get(grant.to) ?? new Uint8Array(0);
    if (grant.key === undefined)
      return { grant, reader: await trust(ring.manifest, "member", grant.to, key) };
    if (b64u(await sha256(key)) !== grant.key) throw new Error("UntrustedKey");
    return { grant, reader: ownKey(grant.to, key) };
  } catch {
    return undefined; // forged, over, or of a key that is listed no more
  }
}

/** A compartment of the next generation: signed, for the team, for recovery, and for whom it goes on. */
export async function beginGenerations(
  ring: Ring,
  bundle: Bundle,
  told: { keys: readonly { kid: string; key: string }[]; day: string },
): Promise<Begun> {
  const { subject } = bundle;
  const readers = await readersOf(bundle, ring);
  const { kid: by, seed } = ring.author;
  const keys = new Map(told.keys.map(({ kid, key }) => [kid, fromB64u(key)] as const));
  const made: { d: string; by: string; sig: string; wraps: Wrap[] }[] = [];
  const given: { grant: string; wrap: NewWrap }[] = [];
  for (const old of bundle.compartments.filter((one) => one.spent)) {
    const one = await makeCompartment({ inst: ring.inst, subject, comp: old.comp }, genOf(old) + 1);
    const wraps: Wrap[] = [];
    for (const reader of readers) wraps.push(await wrap(one, reader));
    made.push({ d: b64u(one.d), by, sig: b64u(await sign(seed, DESCRIPTOR, await sha256(one.d))), wraps });
    const seen: string[] = []; // a row that was copied takes nothing twice
    for (const grant of bundle.grants ?? []) {
      const on = await goesOn(grant, ring, bundle, keys, told.day);
      if (!on || on.grant.comps.indexOf(old.comp) < 0 || seen.indexOf(on.grant.id) >= 0) continue;
      seen.push(on.grant.id);
      given.push({ grant: on.grant.id, wrap: { cmp: one.cmp, ...(await wrap(one, on.reader)) } });
    }
  }
  return { made: JSON.stringify(made), given: JSON.stringify(given) };
}

/** The generation of a compartment, as its descriptor says. */
function genOf({ d }: Sealed): number {
  return fromJson<Descriptor>(fromB64u(d)).gen;
}
