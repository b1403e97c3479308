// One-time links: what link and words open, and that neither of them, nor another device's copy, opens more.

import assert from "node:assert/strict";
import { test } from "node:test";
import text from "../../src/teduh/vault/data/words.txt";
import example from "../../tests/vectors/link.json";
import { b64u, fromB64u, fromJson, jsonBytes } from "./bytes";
import { readWords, spellWords } from "./codes";
import type { Author } from "./envelope";
import { beginGenerations, checkGrant, type Grant, type Granted, LINK } from "./grants";
import type { Ring } from "./keyring";
import { type LinkKeys, linkKeys } from "./links";
import { type Linked, makeReading } from "./reading";
import { random, sha256, sign, verify } from "./suite";
import { DAY, INST } from "./test-office";
import { CASE, handedOut, opened, scene, told, WHATS, write } from "./test-scene";
import type { Bundle, Sealed } from "./thread";

const LIST = text.trim().split(/\s+/);
type Scene = Awaited<ReturnType<typeof scene>>;

/** A link as an officer's page makes it. */
function made(at: Scene, comps = ["identity", "care"]): Promise<Linked> {
  const { to: _nobody, ...rest } = told([], { comps });
  return makeReading(at.ring, [at.bundle], {}).of(CASE).link(rest);
}

/** What its recipient's page derives. */
function keysOf(link: Linked, change: Partial<Linked> = {}): Promise<LinkKeys> {
  const { granted, fragment, words } = { ...link, ...change };
  return linkKeys(INST, fromJson<Grant>(fromB64u(granted.body)).id, fromB64u(fragment), fromB64u(words));
}

/** The ring of a page of a link. */
function ringOf(at: Scene, { kid, box }: LinkKeys): Ring {
  const { manifest, inst } = at.ring;
  const author = { kid: "", seed: new Uint8Array(0) };
  return { member: "", inst, author, manifest, boxes: { [kid]: box }, own: kid, seeds: {} };
}

test("the example of a link gives the same keys here, and its words are its code", async () => {
  const words = await readWords(example.words, LIST);
  assert.equal(b64u(words), example.code);
  assert.equal(await spellWords(fromB64u(example.code), LIST), example.words);
  const { box, kid, auth } = await linkKeys(example.inst, example.name, fromB64u(example.fragment), words);
  assert.deepEqual([b64u(box.key), kid, b64u(auth)], [example.public, example.kid, example.auth]);
  const { body, sig } = example.statement;
  await verify(fromB64u(example.statement.public), fromB64u(sig), LINK, await sha256(fromB64u(body)));
  const said = fromJson<Grant>(fromB64u(body));
  assert.equal(b64u(jsonBytes(said)), body);
  assert.equal(said.key, b64u(await sha256(box.key)));
  const link = await made(await scene());
  assert.deepEqual(Object.keys(fromJson<Grant>(fromB64u(link.granted.body))), Object.keys(said));
});

test("a link opens exactly its parts, also what is written later, for every set of parts", async () => {
  const at = await scene();
  const all = Object.keys(WHATS);
  for (let n = 0; n < 2 ** all.length; n++) {
    const comps = all.filter((_comp, i) => n & (2 ** i));
    const link = await made(at, comps);
    const handed = await handedOut(at.bundle, [link.granted]);
    const items = [...handed.items, await write(at.ring, at.bundle, "care", "care dua")];
    const read = await opened(ringOf(at, await keysOf(link)), { ...handed, items });
    const wanted = comps.map((comp) => `${comp} satu`);
    assert.deepEqual(read, comps.includes("care") ? [...wanted, "care dua"] : wanted);
  }
});

test("the link alone, the words alone, or those of another link open nothing", async () => {
  const at = await scene();
  const [link, other] = [await made(at), await made(at)];
  const handed = await handedOut(at.bundle, [link.granted]);
  const right = await keysOf(link);
  for (const change of [{ words: other.words }, { fragment: other.fragment }, { granted: other.granted }]) {
    const keys = await keysOf(link, change);
    assert.ok(b64u(keys.auth) !== b64u(right.auth));
    assert.ok(b64u(keys.auth) !== link.auth);
    assert.deepEqual(await opened(ringOf(at, keys), handed), []);
    // Nor where it goes by the true name.
    assert.deepEqual(await opened(ringOf(at, { ...keys, kid: right.kid }), handed), []);
  }
  assert.equal(b64u(right.auth), link.auth);
});

test("what an officer's browser sends holds neither link nor words", async () => {
  const link = await made(await scene());
  const { granted, key, auth } = link;
  const sent = JSON.stringify({ granted, key, auth });
  assert.ok(!sent.includes(link.fragment));
  assert.ok(!sent.includes(link.words));
});

async function signedBy(said: object, by: Author, label = LINK): Promise<{ body: string; sig: string }> {
  const body = jsonBytes({ ...said, by: by.kid });
  return { body: b64u(body), sig: b64u(await sign(by.seed, label, await sha256(body))) };
}

test("a forged link opens nothing and is known as forged", async () => {
  const at = await scene();
  const link = await made(at);
  const keys = await keysOf(link);
  const said = fromJson<Grant>(fromB64u(link.granted.body));
  const { key: _key, ...grant } = said;
  const check = (one: { body: string; sig: string }) => checkGrant(one, at.ring.manifest, at.bundle, DAY);
  assert.deepEqual((await check(link.granted)).comps, ["identity", "care"]);
  const wider = { ...said, comps: Object.keys(WHATS) };
  for (const bad of [
    { body: b64u(jsonBytes(wider)), sig: link.granted.sig },
    { body: link.granted.body, sig: b64u(random(64)) },
    await signedBy(wider, at.hospital.author), // by who would read
    await signedBy(wider, at.archive.author),
    await signedBy(wider, { kid: "tanda-orang.00000000", seed: random(32) }),
    await signedBy({ ...said, subject: "KSS-0000-0001" }, at.ring.author),
    { body: b64u(jsonBytes(grant)), sig: link.granted.sig }, // a link read as a grant to a member
    await signedBy(said, at.ring.author, "teduh/v1/grant"),
  ]) {
    await assert.rejects(check(bad), /Forged/);
    const handed = await handedOut(at.bundle, [{ ...link.granted, ...bad }]);
    assert.deepEqual(await opened(ringOf(at, keys), handed), []);
  }
});

test("a new generation goes on for a link that is believed, to its own key alone", async () => {
  const at = await scene();
  const [link, swapped] = [await made(at), await made(at)];
  const keys = await keysOf(link);
  const spent = at.bundle.compartments.map((one) => ({ ...one, spent: one.comp === "care" }));
  const said = fromJson<Grant>(fromB64u(link.granted.body));
  const forged = await signedBy({ ...said, to: at.hospital.kid }, at.hospital.author);
  const bundle: Bundle = {
    ...at.bundle,
    compartments: spent,
    grants: [link.granted, swapped.granted, forged],
  };
  const named = (granted: Granted) => fromJson<Grant>(fromB64u(granted.body)).to;
  const told = [
    { kid: keys.kid, key: link.key },
    { kid: named(swapped.granted), key: link.key }, // a key that the statement does not name
  ];
  const begun = await beginGenerations(at.ring, bundle, { keys: told, day: DAY });
  const on: { grant: string; wrap: Granted["wraps"][number] }[] = JSON.parse(begun.given);
  assert.deepEqual(
    on.map(({ grant, wrap }) => [grant, wrap.kid]),
    [[said.id, keys.kid]],
  );
  const fresh = { ...(JSON.parse(begun.made)[0] as Sealed), comp: "care" };
  const now: Bundle = { ...at.bundle, compartments: [...spent, fresh] };
  const later = { ...now, items: [...now.items, await write(at.ring, now, "care", "care dua")] };
  const both = { ...link.granted, wraps: [...link.granted.wraps, ...on.map(({ wrap }) => wrap)] };
  const read = await opened(ringOf(at, keys), await handedOut(later, [both]));
  assert.deepEqual(read, ["identity satu", "care satu", "care dua"]);
});
