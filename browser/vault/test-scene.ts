// A case of an office with partners beside it, for the tests of grants and links.

import { type Bytes, b64u, fromB64u } from "./bytes";
import { NEW_CASE } from "./cases";
import { type Author, headerOf } from "./envelope";
import type { Granted, ToGrant } from "./grants";
import { type Ring, unlock } from "./keyring";
import { makeReading } from "./reading";
import { nameKey } from "./reporter";
import { type Box, boxOf, random, sha256, signPublicOf } from "./suite";
import { DAY, INST, makeOffice, PHRASE, type TestOffice, unlockingOf } from "./test-office";
import type { Bundle, Item, Sealed } from "./thread";

export const CASE = "KSS-7K2M-9QXR";
export const LONG = "2999-12-31";
export const WHATS: { [comp: string]: string } = {
  identity: "cases.person.card",
  care: "cases.safety.plan",
  legal: "cases.protection.note",
  work: "cases.note.text",
};

/** Somebody outside every team: the list names a box and a signature of theirs. */
export interface Outsider {
  readonly kid: string;
  readonly box: Box;
  readonly seed: Bytes;
  readonly author: Author;
}

export async function outsider(office: TestOffice, name: string, teams?: string[]): Promise<Outsider> {
  const [seed, signing] = [random(32), random(32)];
  const box = await boxOf(seed);
  const kid = await nameKey(`anggota-${name}`, box.key);
  const signKey = await signPublicOf(signing);
  const author = { kid: await nameKey(`tanda-${name}`, signKey), seed: signing };
  const named = teams ? { teams } : {};
  office.keys.push({ kid, kind: "member", key: box.key, ...named });
  office.keys.push({ kid: author.kid, kind: "sign", key: signKey, ...named });
  return { kid, box, seed, author };
}

/** An office with two partners, a case with one item in each compartment, and an officer's page of it. */
export async function scene() {
  const office = await makeOffice();
  const [hospital, police] = [await outsider(office, "flamboyan"), await outsider(office, "bakung")];
  const archive = await outsider(office, "kemuning", ["arsip-b"]);
  const { ring } = await unlock(await unlockingOf(office), PHRASE, { inst: INST, day: DAY }, office.root);
  const signers = office.keys
    .filter(({ kind }) => kind === "sign")
    .map(({ kid, key }) => ({ kid, key: b64u(key) }));
  const line = ({ kid, box }: { kid: string; box: Box }) => ({ kid, key: b64u(box.key) });
  const empty: Bundle = {
    inst: INST,
    subject: CASE,
    compartments: [],
    items: [],
    signers,
    epoch: line(office.team),
    recovery: line(office.recovery),
  };
  const maker = makeReading(ring, [empty], {}).of(CASE);
  const made: Omit<Sealed, "comp">[] = JSON.parse(await maker.make());
  const compartments = made.map((one, i) => ({ ...one, comp: NEW_CASE[i] as string }));
  const bundle: Bundle = { ...empty, compartments };
  const items: Item[] = [];
  for (const comp of Object.keys(WHATS)) items.push(await write(ring, bundle, comp, `${comp} satu`));
  return { office, ring, hospital, police, archive, bundle: { ...bundle, items } };
}

export type Scene = Awaited<ReturnType<typeof scene>>;

/** One more item, as an officer's page seals it. */
export async function write(ring: Ring, bundle: Bundle, comp: string, text: string): Promise<Item> {
  const what = WHATS[comp] as string;
  const { sealed } = await makeReading(ring, [bundle], {})
    .of(CASE)
    .seal({ subject: CASE, comp, what, text, day: DAY });
  return { ...JSON.parse(sealed[0] as string), what, comp };
}

export function told(to: readonly Outsider[], rest: Partial<ToGrant> = {}): ToGrant {
  const keys = to.map(({ kid, box }) => ({ kid, key: b64u(box.key) }));
  const words = { purpose: "share_health", consent: b64u(random(32)), day: DAY, until: LONG };
  return { subject: CASE, comps: ["identity", "care"], ...words, to: keys, ...rest };
}

export async function given(
  at: Scene,
  to: readonly Outsider[],
  rest: Partial<ToGrant> = {},
): Promise<Granted[]> {
  return makeReading(at.ring, [at.bundle], {}).of(CASE).grant(told(to, rest));
}

/** The ring of somebody outside, as their tab holds it. */
export function ringOf(at: Scene, who: Outsider): Ring {
  const { manifest, inst } = at.ring;
  return {
    member: "x",
    inst,
    author: who.author,
    manifest,
    boxes: { [who.kid]: who.box },
    own: who.kid,
    seeds: {},
  };
}

/** What the server hands out under these grants: their compartments with these wraps, and everything in them. */
export async function handedOut(bundle: Bundle, grants: readonly Granted[]): Promise<Bundle> {
  const compartments: Sealed[] = [];
  for (const one of bundle.compartments) {
    const cmp = b64u(await sha256(fromB64u(one.d)));
    const wraps = grants.flatMap((grant) => grant.wraps.filter((wrap) => wrap.cmp === cmp));
    compartments.push({ ...one, wraps });
  }
  return { ...bundle, compartments, grants };
}

/** What somebody reads of every item of a bundle, opened texts only. */
export async function opened(ring: Ring, bundle: Bundle): Promise<string[]> {
  const page = makeReading(ring, [bundle], {}).of(CASE);
  const texts: string[] = [];
  for (const one of bundle.items) {
    const { item } = headerOf(one);
    const shown = await page.show({ subject: CASE, comp: one.comp, what: one.what, item });
    if (shown.state === "open") texts.push(shown.text);
  }
  return texts;
}
