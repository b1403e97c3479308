// Grants: what a partner's key opens, before and after new items, after an end; and what is forged.

import assert from "node:assert/strict";
import { test } from "node:test";
import raw from "../../tests/vectors/sealing.json";
import { b64u, fromB64u, fromJson, jsonBytes } from "./bytes";
import { type Author, unwrap } from "./envelope";
import { beginGenerations, checkGrant, GRANT, type Grant, type Granted } from "./grants";
import { restoreTab, unlock } from "./keyring";
import { random, sha256, sign } from "./suite";
import { DAY, INST, makeOffice, PHRASE, unlockingOf } from "./test-office";
import { CASE, given, handedOut, opened, ringOf, scene, WHATS, write } from "./test-scene";
import type { Bundle, Sealed } from "./thread";

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

test("of whatever parts, a key opens those and not one item more, before and after new ones", async () => {
  const at = await scene();
  const all = Object.keys(WHATS);
  const every = Array.from({ length: 2 ** all.length }, (_none, n) => all.filter((_comp, i) => n & (2 ** i)));
  for (const comps of every) {
    const grants = await given(at, [at.hospital, at.police], { comps });
    const [mine] = grants as [Granted, Granted];
    for (const who of [at.hospital, at.police, at.archive]) {
      const handed = await handedOut(at.bundle, grants);
      const later = await write(at.ring, at.bundle, "care", "care dua");
      const items = [...handed.items, later];
      const mayRead = who === at.archive ? [] : comps;
      const told = items.filter(({ comp }) => mayRead.includes(comp)).length;
      assert.equal((await opened(ringOf(at, who), { ...handed, items })).length, told, comps.join());
    }
    // Even where the server hands out wraps of everything under a statement of less.
    const wide = await given(at, [at.hospital], { comps: all });
    const body = { body: mine.body, sig: mine.sig };
    const more = await handedOut(at.bundle, [{ ...(wide[0] as Granted), ...body }]);
    const read = await opened(ringOf(at, at.hospital), more);
    assert.deepEqual(
      read,
      all.filter((comp) => comps.includes(comp)).map((comp) => `${comp} satu`),
    );
  }
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
