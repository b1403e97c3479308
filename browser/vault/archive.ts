// The archive: a compartment's key in two halves, one for each side, joined again in a team's browser.

import { type Bytes, b64u, join as bytesOf, fromB64u, fromJson, utf8 } from "./bytes";
import { type Compartment, type Descriptor, restore, type Wrap } from "./envelope";
import type { Ring } from "./keyring";
import type { Held } from "./keys";
import { type Manifest, type TrustedKey, teamOfKid, trust } from "./manifest";
import { makeReading } from "./reading";
import { type NewWrap, partsOf } from "./rewrapping";
import { boxOpen, boxSeal, hkdf, random, sha256 } from "./suite";
import type { Bundle } from "./thread";

export type Side = "a" | "b";

/** The teams that hold the halves, by the names the signed list knows them by. */
const TEAMS: { readonly [side in Side]: string } = { a: "arsip-a", b: "arsip-b" };
const SIDES = ["a", "b"] as const;

/** One half as it travels, and what proves it without telling it. */
export interface HalfWrap extends Wrap {
  readonly proof: string;
}

export interface NewPair {
  readonly cmp: string;
  readonly a: HalfWrap;
  readonly b: HalfWrap;
}

/** Compartments of an old epoch that go to the archive. */
export interface ToHalve {
  readonly epoch: string;
  readonly bundles: readonly Bundle[];
  readonly parts: readonly string[];
  readonly sides: { readonly [side in Side]: Held };
}

export interface Halved {
  readonly pairs: readonly NewPair[];
  readonly failed: number;
}

/** A pair as the server tells it: by number, with those of its halves that the reader may open. */
export interface ToldPair {
  readonly pair: number;
  readonly proofs: { readonly [side in Side]: string };
  readonly halves: readonly (Wrap & { readonly side: Side })[];
}

interface Told {
  /** The descriptor, and the pairs of its key. */
  readonly d: string;
  readonly pairs: readonly ToldPair[];
}

/** Halves of one side, and the team to which they are handed on. */
export interface ToGive {
  readonly team: string;
  readonly to: Held;
  readonly parts: readonly Told[];
}

export interface Given {
  readonly halves: readonly { readonly pair: number; readonly kid: string; readonly w: string }[];
  /** How many compartments have no half here that opens. */
  readonly failed: number;
}

/** What both sides handed on, with what makes the compartments believed. */
export interface ToJoin {
  readonly bundles: readonly Bundle[];
  readonly to: Held;
  readonly parts: readonly Told[];
}

export interface Joined {
  readonly wraps: readonly NewWrap[];
  readonly broken: readonly string[];
}

/** Bit by bit. */
export function xor(one: Bytes, other: Bytes): Bytes {
  if (one.length !== other.length) throw new Error("WrongLength");
  return one.map((byte, i) => byte ^ (other[i] as number)) as Bytes;
}

/** What tells whether a half is the one that was made, and nothing else of it. */
export async function proofOf(half: Bytes, d: Bytes): Promise<string> {
  return b64u(await hkdf(half, fromB64u(fromJson<Descriptor>(d).id), "teduh/v1/half-check"));
}

async function info(d: Bytes, side: Side, kid: string): Promise<Bytes> {
  return bytesOf(utf8("teduh/v1/half\0"), await sha256(d), utf8(side + kid));
}

/** One half for one recipient; never to be taken for a whole key. */
export async function wrapHalf(half: Bytes, d: Bytes, side: Side, to: TrustedKey): Promise<Wrap> {
  return { kid: to.kid, w: b64u(await boxSeal(to.key, await info(d, side, to.kid), half)) };
}

/** Opens a half with this ring; throws NoKey, or WrongHalf where it is not the one it is proven by. */
export async function openHalf(
  ring: Ring,
  d: Bytes,
  side: Side,
  sealed: Wrap,
  proof: string,
): Promise<Bytes> {
  const box = ring.boxes[sealed.kid];
  if (!box) throw new Error("NoKey");
  const half = await boxOpen(box, await info(d, side, sealed.kid), fromB64u(sealed.w));
  if ((await proofOf(half, d)) !== proof) throw new Error("WrongHalf");
  return half;
}

/** Throws where the list names one person on both sides. */
export function checkApart({ keys }: Pick<Manifest, "keys">): void {
  for (const { teams = [], until } of keys) {
    const both = SIDES.every((side) => teams.indexOf(TEAMS[side]) >= 0);
    if (both && !until) throw new Error("BothHalves");
  }
}

/** Two halves of a key, each to its side. */
export async function halve(of: Compartment, to: { readonly [side in Side]: TrustedKey }): Promise<NewPair> {
  const a = random(32);
  const halves = { a, b: xor(of.key, a) };
  const sealed = async (side: Side): Promise<HalfWrap> => ({
    ...(await wrapHalf(halves[side], of.d, side, to[side])),
    proof: await proofOf(halves[side], of.d),
  });
  return { cmp: of.cmp, a: await sealed("a"), b: await sealed("b") };
}

async function sideKey(ring: Ring, side: Side, held: Held): Promise<TrustedKey> {
  if (teamOfKid(held.kid) !== TEAMS[side]) throw new Error("WrongTeam");
  return trust(ring.manifest, "team", held.kid, fromB64u(held.key));
}

/** Halves what was handed out; throws NoKey, or what is wrong with the archive's keys. */
export async function toArchive(ring: Ring, told: ToHalve): Promise<Halved> {
  if (!ring.boxes[told.epoch]) throw new Error("NoKey");
  checkApart(ring.manifest);
  const to = {
    a: await sideKey(ring, "a", told.sides.a),
    b: await sideKey(ring, "b", told.sides.b),
  };
  const reading = makeReading(ring, told.bundles, {});
  const pairs: NewPair[] = [];
  for (const { subject, cmp, comp } of await partsOf(told)) {
    const opened = await reading
      .of(subject)
      .believed(cmp, comp)
      .catch(() => undefined);
    if (opened) pairs.push(await halve(opened, to));
  }
  return { pairs, failed: told.parts.length - pairs.length };
}

/** A holder's halves, sealed to the team that asked; throws where that is no team to read for. */
export async function handOn(ring: Ring, told: ToGive): Promise<Given> {
  const team = teamOfKid(told.to.kid);
  if (team !== told.team || SIDES.some((side) => team === TEAMS[side])) throw new Error("WrongTeam");
  const to = await trust(ring.manifest, "team", told.to.kid, fromB64u(told.to.key));
  const halves: { pair: number; kid: string; w: string }[] = [];
  let failed = 0;
  for (const { d, pairs } of told.parts) {
    const bytes = fromB64u(d);
    if (fromJson<Descriptor>(bytes).inst !== ring.inst) throw new Error("WrongPlace");
    const before = halves.length;
    for (const { pair, proofs, halves: mine } of pairs) {
      for (const { side, ...sealed } of mine) {
        const half = await openHalf(ring, bytes, side, sealed, proofs[side]).catch(() => undefined);
        if (half) halves.push({ pair, ...(await wrapHalf(half, bytes, side, to)) });
      }
    }
    if (halves.length === before) failed += 1;
  }
  return { halves, failed };
}

/** The key of the first pair whose two halves fit. */
async function keyOf(ring: Ring, d: Bytes, pairs: readonly ToldPair[]): Promise<Bytes | undefined> {
  for (const { proofs, halves } of pairs) {
    try {
      const open = async (side: Side): Promise<Bytes> => {
        const sealed = halves.find((one) => one.side === side);
        if (!sealed) throw new Error("NoHalf");
        return openHalf(ring, d, side, sealed, proofs[side]);
      };
      const key = xor(await open("a"), await open("b"));
      await restore(d, key);
      return key;
    } catch {
      // The other pair may be whole.
    }
  }
  return undefined;
}

/** Joins the halves, and wraps what somebody stands for to the team's key. */
export async function joinHalves(ring: Ring, told: ToJoin): Promise<Joined> {
  const to = await trust(ring.manifest, "team", told.to.kid, fromB64u(told.to.key));
  if (!ring.boxes[to.kid]) throw new Error("NoKey");
  const opened: { [cmp: string]: string } = {};
  const places: { cmp: string; subject: string; comp: string }[] = [];
  for (const { d, pairs } of told.parts) {
    const bytes = fromB64u(d);
    const cmp = b64u(await sha256(bytes));
    const { subject, comp } = fromJson<Descriptor>(bytes);
    places.push({ cmp, subject, comp });
    const key = await keyOf(ring, bytes, pairs);
    if (key) opened[cmp] = b64u(key);
  }
  const reading = makeReading(ring, told.bundles, opened);
  const wraps: NewWrap[] = [];
  const broken: string[] = [];
  for (const { cmp, subject, comp } of places) {
    const made = opened[cmp]
      ? reading.of(subject).rewrap(cmp, comp, to)
      : Promise.reject(new Error("NoHalf"));
    await made.then(
      (one) => wraps.push({ cmp, ...one }),
      () => broken.push(cmp),
    );
  }
  return { wraps, broken };
}
