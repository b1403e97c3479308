// Grants: what a partner's key opens, before and after new items, after an end; and what is forged.

import assert from "node:assert/strict";
import { test } from "node:test";
import raw from "../../tests/vectors/sealing.json";
import { type Bytes, b64u, fromB64u, fromJson, jsonBytes } from "./bytes";
import { NEW_CASE } from "./cases";
import { type Author, headerOf, unwrap } from "./envelope";
import { beginGenerations, checkGrant, GRANT, type Grant, type Granted, type ToGrant } from "./grants";
import { type Ring, restoreTab, unlock } from "./keyring";
import { makeReading } from "./reading";
import { nameKey } from "./reporter";
import { type Box, boxOf, random, sha256, sign, signPublicOf } from "./suite";
import { DAY, INST, makeOffice, PHRASE, type TestOffice, unlockingOf } from "./test-office";
import type { Bundle, Item, Sealed } from "./thread";

const CASE = "KSS-7K2M-9QXR";
const LONG = "2999-12-31";
const WHATS: { [comp: string]: string } = {
  identity: "cases.person.card",
  care: "cases.safety.plan",
  legal: "cases.protection.note",
  work: "cases.note.text",
};

/** Somebody outside every team: the list names a box and a signature of theirs. */
interface Outsider {
  readonly kid: string;
  readonly box: Box;
  readonly seed: Bytes;
  readonly author: Author;
}

async function outsider(office: TestOffice, name: string, teams?: string[]): Promise<Outsider> {
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
async function scene() {
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

type Scene = Awaited<ReturnType<typeof scene>>;

/** One more item, as an officer's page seals it. */
async function write(ring: Ring, bundle: Bundle, comp: string, text: string): Promise<Item> {
  const what = WHATS[comp] as string;
  const { sealed } = await makeReading(ring, [bundle], {})
    .of(CASE)
    .seal({ subject: CASE, comp, what, text, day: DAY });
  return { ...JSON.parse(sealed[0] as string), what, comp };
}

function told(to: readonly Outsider[], rest: Partial<ToGrant> = {}): ToGrant {
  const keys = to.map(({ kid, box }) => ({ kid, key: b64u(box.key) }));
  const words = { purpose: "share_health", consent: b64u(random(32)), day: DAY, until: LONG };
  return { subject: CASE, comps: ["identity", "care"], ...words, to: keys, ...rest };
}

async function given(at: Scene, to: readonly Outsider[], rest: Partial<ToGrant> = {}): Promise<Granted[]> {
  return makeReading(at.ring, [at.bundle], {}).of(CASE).grant(told(to, rest));
}

/** The ring of somebody outside, as their tab holds it. */
function ringOf(at: Scene, who: Outsider): Ring {
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
async function handedOut(bundle: Bundle, grants: readonly Granted[]): Promise<Bundle> {
  const compartments: Sealed[] = [];
  for (const one of bundle.compartments) {
    const cmp = b64u(await sha256(fromB64u(one.d)));
    const wraps = grants.flatMap((grant) => grant.wraps.filter((wrap) => wrap.cmp === cmp));
    compartments.push({ ...one, wraps });
  }
  return { ...bundle, compartments, grants };
}

/** What somebody reads of every item of a bundle, opened texts only. */
async function opened(ring: Ring, bundle: Bundle): Promise<string[]> {
  const page = makeReading(ring, [bundle], {}).of(CASE);
  const texts: string[] = [];
  for (const one of bundle.items) {
    const { item } = headerOf(one);
    const shown = await page.show({ subject: CASE, comp: one.comp, what: one.what, item });
    if (shown.state === "open") texts.push(shown.text);
  }
  return texts;
}

test("a partner's key opens exactly the granted compartments, also what is written later", async () => {
  const at = await scene();
  const grants = await given(at, [at.hospital]);
  const mine = await handedOut(at.bundle, grants);
  assert.deepEqual(await opened(ringOf(at, at.hospital), mine), ["identity satu", "care satu"]);
  const later = [
    await write(at.ring, at.bundle, "care", "care dua"),
    await write(at.ring, at.bundle, "work", "x"),
  ];
  const more = { ...mine, items: [...mine.items, ...later] };
  assert.deepEqual(await opened(ringOf(at, at.hospital), more), ["identity satu", "care satu", "care dua"]);
  assert.deepEqual(await opened(ringOf(at, at.police), mine), []);
});

test("a key taken from one partner's wrap opens nothing beyond its compartment", async () => {
  const at = await scene();
  const [grant] = await given(at, [at.hospital]);
  assert.ok(grant);
  assert.equal(grant.wraps.length, 2);
  const place = { inst: INST, subject: CASE };
  for (const one of at.bundle.compartments) {
    const d = fromB64u(one.d);
    const cmp = b64u(await sha256(d));
    for (const wrap of grant.wraps) {
      const opening = unwrap(d, wrap, at.hospital.box, { ...place, comp: one.comp });
      if (wrap.cmp === cmp) await opening;
      else await assert.rejects(opening);
    }
  }
});

test("without its statement, or after its day, a wrap opens nothing", async () => {
  const at = await scene();
  const grants = await given(at, [at.hospital]);
  const mine = await handedOut(at.bundle, grants);
  const ring = ringOf(at, at.hospital);
  assert.deepEqual(await opened(ring, { ...mine, grants: [] }), []);
  const { grants: _none, ...without } = mine;
  assert.deepEqual(await opened(ring, without), []);
  const over = await given(at, [at.hospital], { until: "2000-01-01" });
  assert.deepEqual(await opened(ring, await handedOut(at.bundle, over)), []);
});

async function forged(said: Grant, by: Author): Promise<{ body: string; sig: string }> {
  const body = jsonBytes({ ...said, by: by.kid });
  return { body: b64u(body), sig: b64u(await sign(by.seed, GRANT, await sha256(body))) };
}

test("a forged row opens nothing and is known as forged", async () => {
  const at = await scene();
  const [grant] = (await given(at, [at.hospital])) as [Granted];
  const said = fromJson<Grant>(fromB64u(grant.body));
  const wider = { ...said, comps: ["identity", "care", "work"] };
  const changed = b64u(jsonBytes(wider));
  const ring = ringOf(at, at.hospital);
  const check = (one: { body: string; sig: string }) => checkGrant(one, at.ring.manifest, at.bundle, DAY);
  assert.deepEqual((await check(grant)).comps, ["identity", "care"]);
  const stranger = { kid: "tanda-orang.00000000", seed: random(32) };
  for (const bad of [
    { body: changed, sig: grant.sig }, // the row widened
    { body: grant.body, sig: b64u(random(64)) },
    await forged(wider, at.hospital.author), // signed by who would read
    await forged(wider, at.archive.author), // by who only holds a half of the archive
    await forged(wider, stranger),
    await forged({ ...wider, by: at.ring.author.kid }, { kid: at.ring.author.kid, seed: random(32) }),
    await forged({ ...said, subject: "KSS-0000-0001" }, at.ring.author),
    await forged({ ...said, inst: "kota-lain" }, at.ring.author),
  ]) {
    await assert.rejects(check(bad), /Forged/);
    const mine = await handedOut(at.bundle, [{ ...grant, ...bad }]);
    assert.deepEqual(await opened(ring, mine), []);
  }
});

test("a true grant of somebody else's key opens nothing here", async () => {
  const at = await scene();
  const [theirs] = (await given(at, [at.police])) as [Granted];
  const [mine] = (await given(at, [at.hospital])) as [Granted];
  const swapped = await handedOut(at.bundle, [{ ...mine, body: theirs.body, sig: theirs.sig }]);
  assert.deepEqual(await opened(ringOf(at, at.hospital), swapped), []);
});

test("nothing is wrapped to a key that the list does not name", async () => {
  const at = await scene();
  const stranger = { ...at.hospital, kid: "anggota-orang.00000000" };
  await assert.rejects(given(at, [stranger]), /UntrustedKey/);
  await assert.rejects(given(at, [{ ...at.hospital, box: at.police.box }]), /UntrustedKey/);
});

test("after a withdrawal new words are sealed with a key that only those who read on have", async () => {
  const at = await scene();
  const grants = await given(at, [at.hospital, at.police]);
  const [gone, stays] = grants as [Granted, Granted];
  const spent = at.bundle.compartments.map((one) => ({ ...one, spent: one.comp === "care" }));
  const body = fromJson<Grant>(fromB64u(stays.body));
  const wider = await forged({ ...body, to: at.archive.kid }, at.archive.author);
  const bundle: Bundle = { ...at.bundle, compartments: spent, grants: [stays, wider, stays] };
  const keys = [at.hospital, at.police, at.archive].map(({ kid, box }) => ({ kid, key: b64u(box.key) }));
  const begun = await beginGenerations(at.ring, bundle, { keys, day: DAY });
  const made: Omit<Sealed, "comp">[] = JSON.parse(begun.made);
  const on: { grant: string; wrap: Granted["wraps"][number] }[] = JSON.parse(begun.given);
  assert.equal(made.length, 1);
  assert.deepEqual(
    on.map(({ wrap }) => wrap.kid),
    [at.police.kid],
  );
  const fresh = { ...(made[0] as Sealed), comp: "care" };
  assert.equal(fromJson<{ gen: number }>(fromB64u(fresh.d)).gen, 2);
  const now: Bundle = { ...at.bundle, compartments: [...spent, fresh] };
  const later = { ...now, items: [...now.items, await write(at.ring, now, "care", "care dua")] };
  const both = { ...stays, wraps: [...stays.wraps, ...on.map(({ wrap }) => wrap)] };
  const read = await opened(ringOf(at, at.police), await handedOut(later, [both]));
  assert.deepEqual(read, ["identity satu", "care satu", "care dua"]);
  // Even if the server went on handing out what it had deleted.
  const kept = await opened(ringOf(at, at.hospital), await handedOut(later, [gone]));
  assert.deepEqual(kept, ["identity satu", "care satu"]);
  assert.equal((await opened(at.ring, later)).length, later.items.length);
});

test("the tab of somebody outside holds the own box, that of a team's member never", async () => {
  const office = await makeOffice();
  const answer = await unlockingOf(office);
  const where = { inst: INST, day: DAY };
  const inside = await unlock(answer, PHRASE, where, office.root);
  assert.equal(inside.ring.own, undefined);
  assert.deepEqual(Object.keys(inside.ring.boxes), [office.team.kid]);
  for (const teams of [[], ["arsip-a"]]) {
    for (const line of office.keys) if (line.teams) line.teams = teams;
    const outside = { ...(await unlockingOf(office)), epochs: [], package: await office.pack() };
    const { ring, tab } = await unlock(outside, PHRASE, where, office.root);
    assert.equal(ring.own, office.member.kid);
    const again = await restoreTab(tab, fromB64u(outside.tabKey), office.member.code);
    assert.deepEqual(Object.keys(again.boxes), [office.member.kid]);
  }
});

test("the grant of the examples is what this browser signs", async () => {
  const at = await scene();
  const example = raw.statements.find(({ label }) => label === GRANT);
  assert.ok(example);
  const said = fromJson<Grant>(fromB64u(example.body));
  assert.equal(b64u(jsonBytes(said)), example.body);
  const [grant] = (await given(at, [at.hospital])) as [Granted];
  assert.deepEqual(Object.keys(fromJson<Grant>(fromB64u(grant.body))), Object.keys(said));
});
