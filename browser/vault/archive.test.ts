// The archive: halves that only fit together, whose keys they go to, and what a team joins again.

import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../tests/vectors/sealing.json";
import {
  checkApart,
  type HalfWrap,
  halve,
  handOn,
  joinHalves,
  type NewPair,
  openHalf,
  proofOf,
  type Side,
  type ToldPair,
  toArchive,
  xor,
} from "./archive";
import { type Bytes, b64u, fromB64u, fromJson } from "./bytes";
import { DESCRIPTOR, makeCase } from "./cases";
import { makeCompartment, restore, unwrap, wrap } from "./envelope";
import { type Ring, unlock } from "./keyring";
import { ownKey } from "./manifest";
import { nameKey } from "./reporter";
import { type Box, boxOf, random, sha256, sign } from "./suite";
import { DAY, INST, makeOffice, PHRASE, unlockingOf } from "./test-office";
import type { Bundle, Sealed } from "./thread";

const CASE = "KSS-7K2M-9QXR";
const PLACE = { inst: INST, subject: CASE, comp: "work" };
const SIDES = ["a", "b"] as const;

interface Keyed {
  readonly kid: string;
  readonly box: Box;
}

/** An office with an archive; a ring of the team, and one of each side. */
async function scene() {
  const office = await makeOffice();
  const sides = {} as { [side in Side]: Keyed };
  for (const side of SIDES) {
    const box = await boxOf(random(32));
    const kid = await nameKey(`tim-arsip-${side}-202611`, box.key);
    office.keys.push({ kid, kind: "team", key: box.key });
    sides[side] = { kid, box };
  }
  const { ring } = await unlock(await unlockingOf(office), PHRASE, { inst: INST, day: DAY }, office.root);
  const holder = (side: Side): Ring => ({ ...ring, boxes: { [sides[side].kid]: sides[side].box } });
  return { office, ring, sides, holders: { a: holder("a"), b: holder("b") } };
}

type Scene = Awaited<ReturnType<typeof scene>>;

const shared = scene(); // nothing below changes it

function line({ kid, box }: Keyed) {
  return { kid, key: b64u(box.key) };
}

async function caseOf({ office, ring }: Scene): Promise<Bundle> {
  const signers = [{ kid: office.member.author.kid, key: b64u(office.member.signKey) }];
  const empty = { inst: INST, subject: CASE, compartments: [], items: [], signers };
  const keys = { epoch: line(office.team), recovery: line(office.recovery) };
  const { made } = await makeCase({ ...empty, ...keys }, ring);
  const compartments = (JSON.parse(made) as Sealed[]).map((one) => {
    const { comp } = fromJson<{ comp: string }>(fromB64u(one.d));
    return { ...one, comp };
  });
  return { ...empty, compartments };
}

async function cmpOf({ d }: Sealed): Promise<string> {
  return b64u(await sha256(fromB64u(d)));
}

async function toHalve({ office, sides }: Scene, bundles: Bundle[]) {
  const parts = await Promise.all(bundles.flatMap((one) => one.compartments.map(cmpOf)));
  return { epoch: office.team.kid, bundles, parts, sides: { a: line(sides.a), b: line(sides.b) } };
}

/** Pairs as the server tells them: of one side as they lie in the archive, or as both handed them on. */
function told(pairs: readonly NewPair[], side: Side): ToldPair[] {
  return pairs.map((pair, number) => ({
    pair: number,
    proofs: { a: pair.a.proof, b: pair.b.proof },
    halves: [{ side, kid: pair[side].kid, w: pair[side].w }],
  }));
}

/** What a team's browser gets once holders of these sides have handed on. */
async function afterGiving(at: Scene, bundle: Bundle, made: readonly NewPair[][], by: readonly Side[]) {
  const parts: { d: string; pairs: ToldPair[] }[] = [];
  for (const { d } of bundle.compartments) {
    const cmp = await cmpOf({ d } as Sealed);
    const pairs = made.flat().filter((pair) => pair.cmp === cmp);
    const given = new Map<number, ToldPair["halves"][number][]>();
    for (const side of by) {
      const asked = { team: "asesmen", to: line(at.office.team), parts: [{ d, pairs: told(pairs, side) }] };
      for (const { pair, kid, w } of (await handOn(at.holders[side], asked)).halves)
        given.set(pair, [...(given.get(pair) ?? []), { side, kid, w }]);
    }
    const proofs = (n: number) => ({ a: pairs[n]?.a.proof ?? "", b: pairs[n]?.b.proof ?? "" });
    parts.push({ d, pairs: [...given].map(([pair, halves]) => ({ pair, proofs: proofs(pair), halves })) });
  }
  const compartments = bundle.compartments.map((one) => ({ ...one, wraps: [] }));
  return { bundles: [{ ...bundle, compartments }], to: line(at.office.team), parts };
}

test("a case goes to the archive and comes back by one holder of each side", async () => {
  const at = await shared;
  const bundle = await caseOf(at);
  const asked = await toHalve(at, [bundle]);
  const { pairs, failed } = await toArchive(at.ring, asked);
  assert.deepEqual([pairs.length, failed], [5, 0]);
  const { wraps, broken } = await joinHalves(at.ring, await afterGiving(at, bundle, [[...pairs]], SIDES));
  assert.deepEqual([wraps.length, broken.length], [5, 0]);
  for (const one of bundle.compartments) {
    const cmp = await cmpOf(one);
    const made = wraps.find((each) => each.cmp === cmp);
    assert.ok(made);
    const before = one.wraps.find(({ kid }) => kid === at.office.team.kid);
    assert.ok(before);
    const place = { ...PLACE, comp: one.comp };
    const [now, then] = await Promise.all(
      [made, before].map((each) => unwrap(fromB64u(one.d), each, at.office.team.box, place)),
    );
    assert.deepEqual(now?.key, then?.key);
  }
});

test("one side alone, or halves of two pairs, join to nothing", async () => {
  const at = await shared;
  const bundle = await caseOf(at);
  const asked = await toHalve(at, [bundle]);
  const one = [...(await toArchive(at.ring, asked)).pairs];
  const alone = await joinHalves(at.ring, await afterGiving(at, bundle, [one], ["a"]));
  assert.deepEqual([alone.wraps.length, alone.broken.length], [0, 5]);
  const other = [...(await toArchive(at.ring, asked)).pairs];
  const mixed = one.map((pair, n) => ({ ...pair, b: other[n]?.b as HalfWrap }));
  const crossed = await joinHalves(at.ring, await afterGiving(at, bundle, [mixed], SIDES));
  assert.deepEqual([crossed.wraps.length, crossed.broken.length], [0, 5]);
});

test("where one member's pair is spoilt, the other's opens", async () => {
  const at = await shared;
  const bundle = await caseOf(at);
  const asked = await toHalve(at, [bundle]);
  const good = [...(await toArchive(at.ring, asked)).pairs];
  const spoilt = good.map((pair) => ({ ...pair, b: { ...pair.b, w: b64u(random(1168)) } }));
  const { wraps, broken } = await joinHalves(at.ring, await afterGiving(at, bundle, [spoilt, good], SIDES));
  assert.deepEqual([wraps.length, broken.length], [5, 0]);
});

test("halves go to keys of the archive that the list names, one of each side", async () => {
  const at = await shared;
  const asked = await toHalve(at, [await caseOf(at)]);
  const { a, b } = asked.sides;
  const team = line(at.office.team);
  for (const sides of [
    { a: b, b: a },
    { a, b: a },
    { a: team, b },
  ])
    await assert.rejects(toArchive(at.ring, { ...asked, sides }), /WrongTeam/);
  const planted = { kid: a.kid, key: b64u((await boxOf(random(32))).key) };
  await assert.rejects(toArchive(at.ring, { ...asked, sides: { a: planted, b } }), /UntrustedKey/);
  await assert.rejects(toArchive({ ...at.ring, boxes: {} }, asked), /NoKey/);
});

test("nothing is halved while the list names one person on both sides", async () => {
  const at = await shared;
  const asked = await toHalve(at, [await caseOf(at)]);
  const both = {
    kid: "anggota-x.00000000",
    kind: "member",
    sha256: "x",
    teams: ["arsip-a", "arsip-b"],
  } as const;
  const manifest = { ...at.ring.manifest, keys: [...at.ring.manifest.keys, both] };
  await assert.rejects(toArchive({ ...at.ring, manifest }, asked), /BothHalves/);
  checkApart({
    keys: [
      { ...both, until: "2026-01-01" },
      { ...both, teams: ["arsip-a", "asesmen"] },
    ],
  });
});

test("a holder's half goes to the team on the page, never to the other side", async () => {
  const at = await shared;
  const bundle = await caseOf(at);
  const { pairs } = await toArchive(at.ring, await toHalve(at, [bundle]));
  const d = bundle.compartments[0]?.d as string;
  const parts = [{ d, pairs: told(pairs.slice(0, 1), "a") }];
  const give = (team: string, to: { kid: string; key: string }) => handOn(at.holders.a, { team, to, parts });
  await assert.rejects(give("asesmen", line(at.office.other)), /WrongTeam/);
  await assert.rejects(give("arsip-b", line(at.sides.b)), /WrongTeam/);
  const planted = { kid: at.office.team.kid, key: b64u((await boxOf(random(32))).key) };
  await assert.rejects(give("asesmen", planted), /UntrustedKey/);
  const wrong = {
    team: "asesmen",
    to: line(at.office.team),
    parts: [{ d, pairs: told(pairs.slice(1, 2), "a") }],
  };
  assert.deepEqual(await handOn(at.holders.a, wrong), { halves: [], failed: 1 });
});

test("what nobody stands for is neither halved nor joined", async () => {
  const at = await shared;
  const bundle = await caseOf(at);
  const made = await makeCompartment({ ...PLACE }, 2);
  const to = ownKey(at.office.team.kid, at.office.team.box.key);
  const planted: Sealed = {
    d: b64u(made.d),
    comp: "work",
    wraps: [await wrap(made, to)],
    by: at.office.member.author.kid,
    sig: b64u(await sign(random(32), DESCRIPTOR, await sha256(made.d))),
  };
  const lying = { ...bundle, compartments: [planted] };
  assert.equal((await toArchive(at.ring, await toHalve(at, [lying]))).failed, 1);
  const keys = {
    a: ownKey(at.sides.a.kid, at.sides.a.box.key),
    b: ownKey(at.sides.b.kid, at.sides.b.box.key),
  };
  const pair = await halve(made, keys);
  const { wraps, broken } = await joinHalves(at.ring, await afterGiving(at, lying, [[pair]], SIDES));
  assert.deepEqual([wraps, broken], [[], [made.cmp]]);
});

test("the halves of the examples open on their side and give the key", async () => {
  const { d, key, halves } = vectors.halves;
  const opened: { [side: string]: Bytes } = {};
  for (const { side, kid, seed, w, half, proof } of halves) {
    const ring = { boxes: { [kid]: await boxOf(fromB64u(seed)) } } as unknown as Ring;
    const found = await openHalf(ring, fromB64u(d), side as Side, { kid, w }, proof);
    assert.equal(b64u(found), half);
    assert.equal(await proofOf(found, fromB64u(d)), proof);
    await assert.rejects(openHalf(ring, fromB64u(d), side === "a" ? "b" : "a", { kid, w }, proof));
    await assert.rejects(openHalf(ring, fromB64u(d), side as Side, { kid, w }, key), /WrongHalf/);
    opened[side] = found;
  }
  const joined = xor(opened.a as Bytes, opened.b as Bytes);
  assert.equal(b64u(joined), key);
  await restore(fromB64u(d), joined);
});
