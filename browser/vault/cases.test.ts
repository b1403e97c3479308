// Cases: made by an officer's browser, believed by colleagues, and what of them is not believed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Bytes, b64u, fromB64u, fromJson, jsonBytes, utf8 } from "./bytes";
import { belongs, makeCase, NEW_CASE } from "./cases";
import {
  type Author,
  type Compartment,
  type Descriptor,
  headerOf,
  makeCompartment,
  seal,
  unwrap,
  wrap,
} from "./envelope";
import { parseParts, saidOf } from "./groups";
import { unlock } from "./keyring";
import { ownKey } from "./manifest";
import { makeReading } from "./reading";
import { nameKey } from "./reporter";
import { random, sha256, sign, signPublicOf, verify } from "./suite";
import { DAY, INST, makeOffice, PHRASE, type TestOffice, unlockingOf } from "./test-office";
import type { Bundle, Item, Sealed } from "./thread";

const CASE = "KSS-7K2M-9QXR";
const OTHER = "KSS-0000-0001";
const TICKET = "TDH-7K2M-9QXR";
const CALL = "TLP-7K2M-9QXR";
const DRAFT = "intake.call.draft";
const CARD = "cases.person.card";
const NOTE = "cases.note.text";
const ASKED = { subject: CASE, comp: "identity", what: CARD };

/** The office, with city IT (in no team) and a colleague of another team in its list. */
async function scene(change: (office: TestOffice) => void = () => {}) {
  const office = await makeOffice();
  const add = async (name: string, teams?: string[]): Promise<Author> => {
    const seed = random(32);
    const key = await signPublicOf(seed);
    const kid = await nameKey(name, key);
    office.keys.push({ kid, kind: "sign", key, ...(teams && { teams }) });
    return { kid, seed };
  };
  const it = await add("tanda-pandan");
  const colleague = await add("tanda-cempaka", ["pengganti"]);
  change(office);
  const answer = await unlockingOf(office);
  const { ring } = await unlock(answer, PHRASE, { inst: INST, day: DAY }, office.root);
  return { office, ring, it, colleague };
}

type Scene = Awaited<ReturnType<typeof scene>>;

function bundleOf({ office }: Scene, rest: Partial<Bundle> = {}): Bundle {
  const line = ({ kid, box }: TestOffice["team"]) => ({ kid, key: b64u(box.key) });
  const signers = office.keys.filter((one) => one.kind === "sign");
  return {
    inst: INST,
    subject: CASE,
    compartments: [],
    items: [],
    signers: signers.map(({ kid, key }) => ({ kid, key: b64u(key) })),
    epoch: line(office.team),
    recovery: line(office.recovery),
    ...rest,
  };
}

/** What the server keeps of it: compartments and items as they would come back to a page. */
function kept(at: Scene, made: string, items: readonly string[], subject = CASE): Bundle {
  const compartments: Sealed[] = JSON.parse(made).map((one: Omit<Sealed, "comp">, i: number) => ({
    ...one,
    comp: NEW_CASE[i],
  }));
  const comps = new Map(compartments.map((one) => [one.d, one.comp]));
  assert.equal(comps.size, NEW_CASE.length);
  return bundleOf(at, { subject, compartments, items: items.map(itemOf) });
}

function itemOf(text: string): Item {
  const envelope = JSON.parse(text);
  const { what } = headerOf(envelope);
  return { ...envelope, what, comp: what === CARD ? "identity" : "work" };
}

function page(at: Scene, bundle: Bundle) {
  return makeReading(at.ring, [bundle], {}).of(bundle.subject);
}

/** A case that stands, with one card; and its opened compartments, as a colleague has them. */
async function standing(at: Scene, subject = CASE) {
  const maker = page(at, bundleOf(at, { subject }));
  const made = await maker.make();
  const { sealed, accept } = await maker.seal({ ...ASKED, subject, text: '{"name":"Contoh"}', day: DAY });
  assert.equal(accept, undefined);
  const bundle = kept(at, made, sealed, subject);
  const opened = new Map<string, Compartment>();
  for (const { comp, d, wraps } of bundle.compartments) {
    const [first] = wraps;
    assert.ok(first);
    opened.set(comp, await unwrap(fromB64u(d), first, at.office.team.box, { inst: INST, subject, comp }));
  }
  return { bundle, opened };
}

async function written(into: Compartment | undefined, what: string, by: Author, text = "Dikarang.") {
  assert.ok(into);
  const words = { what, seq: 0, orig: "staff", day: DAY, pad: "pow2-4k" } as const;
  return seal(into, words, utf8(text), by);
}

test("a case is made for its team and recovery, and what is sealed with it opens again", async () => {
  const at = await scene();
  const { bundle } = await standing(at);
  for (const { wraps } of bundle.compartments) {
    assert.deepEqual(
      wraps.map(({ kid }) => kid),
      [at.office.team.kid, at.office.recovery.kid],
    );
  }
  assert.equal((await page(at, bundle).show(ASKED)).text, '{"name":"Contoh"}');
  assert.equal(await page(at, bundle).make(), "");
  const { box } = at.office.recovery;
  const [first] = bundle.compartments;
  const place = { inst: INST, subject: CASE, comp: "identity" };
  assert.ok(first?.wraps[1]);
  await unwrap(fromB64u(first.d), first.wraps[1], box, place);
});

test("a part of the assessment is made once, alone, and nothing else is made so", async () => {
  const at = await scene();
  const { bundle } = await standing(at);
  const maker = page(at, bundle);
  const part = { subject: CASE, comp: "part-psych", what: "cases.assessment.psych" };
  const made = await maker.make(part.comp);
  const { sealed } = await maker.seal({ ...part, text: '{"feels":"Dikarang."}', day: DAY });
  const [one, ...more] = JSON.parse(made).map((row: Omit<Sealed, "comp">) => ({ ...row, comp: part.comp }));
  assert.deepEqual(more, []);
  const item = { ...JSON.parse(sealed[0] as string), what: part.what, comp: part.comp };
  const both = { ...bundle, compartments: [...bundle.compartments, one], items: [...bundle.items, item] };
  assert.equal((await page(at, both).show(part)).text, '{"feels":"Dikarang."}');
  assert.equal((await page(at, bundle).show(part)).state, "missing");
  assert.equal(await page(at, both).make(part.comp), "");
  for (const comp of ["chat", "identity2", "list", "part-"]) {
    await assert.rejects(page(at, bundle).make(comp), /WrongPlace/);
  }
});

test("the newest item of a kind is shown; a named one as it was", async () => {
  const at = await scene();
  const { bundle, opened } = await standing(at);
  const later = await written(opened.get("identity"), CARD, at.colleague, "{}");
  const items = [...bundle.items, { ...later, what: CARD, comp: "identity" }];
  const both = page(at, { ...bundle, items });
  assert.equal((await both.show(ASKED)).text, "{}");
  const { item } = headerOf(bundle.items[0] as Item);
  assert.equal((await both.show({ ...ASKED, item })).text, '{"name":"Contoh"}');
});

test("a case is not made for keys the list does not name, nor for a team of others", async () => {
  const at = await scene();
  const { office, ring } = at;
  const swapped = (of: TestOffice["team"]) => ({ kid: of.kid, key: b64u(office.other.box.key) });
  await assert.rejects(makeCase(bundleOf(at, { epoch: swapped(office.team) }), ring), /UntrustedKey/);
  await assert.rejects(makeCase(bundleOf(at, { recovery: swapped(office.recovery) }), ring), /UntrustedKey/);
  const epoch = { kid: office.other.kid, key: b64u(office.other.box.key) };
  await assert.rejects(makeCase(bundleOf(at, { epoch }), ring), /NoKey/);
  await assert.rejects(makeCase(bundleOf(at, { recovery: null }), ring), /NoKey/);
  await assert.rejects(makeCase(bundleOf(at, { subject: TICKET }), ring), /WrongPlace/);
});

test("a compartment that nobody of a team signed is neither read nor written", async () => {
  const at = await scene();
  const made = await makeCompartment({ inst: INST, subject: CASE, comp: "work" });
  const wraps = [await wrap(made, ownKey(at.office.team.kid, at.office.team.box.key))];
  const signedBy = async (seed: Bytes) => b64u(await sign(seed, "teduh/v1/desc", await sha256(made.d)));
  const note = { ...(await written(made, NOTE, at.ring.author)), what: NOTE, comp: "work" };
  for (const by of [
    {},
    { by: at.it.kid, sig: await signedBy(at.it.seed) },
    { by: at.ring.author.kid, sig: await signedBy(at.it.seed) },
    { by: "tanda-orang.00000000", sig: await signedBy(random(32)) },
  ]) {
    const row: Sealed = { d: b64u(made.d), comp: "work", wraps, ...by };
    const forged = page(at, bundleOf(at, { compartments: [row], items: [note] }));
    assert.equal((await forged.show({ subject: CASE, comp: "work", what: NOTE })).state, "broken");
    const mine = { subject: CASE, comp: "work", what: NOTE, text: "x", day: DAY };
    await assert.rejects(forged.seal(mine), /NotInTeam|BadSignature|UnknownSigner/);
  }
});

test("a later generation planted by an outsider is not written to", async () => {
  const at = await scene();
  const { bundle } = await standing(at);
  const planted = await makeCompartment({ inst: INST, subject: CASE, comp: "work" }, 2);
  assert.equal(JSON.parse(new TextDecoder().decode(planted.d)).gen, 2);
  const wraps = [await wrap(planted, ownKey(at.office.team.kid, at.office.team.box.key))];
  const sig = b64u(await sign(at.it.seed, "teduh/v1/desc", await sha256(planted.d)));
  const row: Sealed = { d: b64u(planted.d), comp: "work", wraps, by: at.it.kid, sig };
  const forged = page(at, { ...bundle, compartments: [...bundle.compartments, row] });
  const mine = { subject: CASE, comp: "work", what: NOTE, text: "x", day: DAY };
  await assert.rejects(forged.seal(mine), /NotInTeam/);
});

test("a swapped wrap, a changed descriptor and a key of another compartment are refused", async () => {
  const at = await scene();
  const { bundle } = await standing(at);
  const [first, second, ...rest] = bundle.compartments as [Sealed, Sealed, ...Sealed[]];
  const said: Descriptor = JSON.parse(new TextDecoder().decode(fromB64u(first.d)));
  for (const changed of [
    { ...first, wraps: second.wraps },
    { ...first, d: b64u(jsonBytes({ ...said, kc: b64u(random(32)) })) },
    { ...second, comp: "identity" },
  ]) {
    const forged = page(at, { ...bundle, compartments: [changed, second, ...rest] });
    assert.ok((await forged.show(ASKED)).state !== "open");
  }
});

test("an item moved to another case, compartment or kind of subject is refused", async () => {
  const at = await scene();
  const { bundle, opened } = await standing(at);
  const other = await standing(at, OTHER);
  const foreign = page(at, { ...bundle, items: other.bundle.items });
  assert.ok((await foreign.show(ASKED)).state !== "open");
  const renamed = page(at, { ...other.bundle, subject: CASE });
  assert.equal((await renamed.show(ASKED)).state, "broken");
  for (const [comp, what] of [
    ["care", CARD],
    ["identity", "intake.report.name"],
    ["identity", "chat.message.text"],
  ] as const) {
    const moved = { ...(await written(opened.get(comp), what, at.ring.author)), what, comp: "identity" };
    const shown = page(at, { ...bundle, items: [moved] });
    assert.equal((await shown.show({ ...ASKED, what })).state, "broken");
  }
});

test("who signed an item of a case must sit in a team; any team of the office counts", async () => {
  const at = await scene();
  const { bundle, opened } = await standing(at);
  for (const [by, state] of [
    [at.it, "broken"],
    [at.colleague, "open"],
  ] as const) {
    const item = { ...(await written(opened.get("identity"), CARD, by)), what: CARD, comp: "identity" };
    assert.equal((await page(at, { ...bundle, items: [item] }).show(ASKED)).state, state);
  }
});

test("a ticket is never believed by the rule of a case", async () => {
  const at = await scene();
  const made = await makeCompartment({ inst: INST, subject: TICKET, comp: "identity" });
  const wraps = [await wrap(made, ownKey(at.office.team.kid, at.office.team.box.key))];
  const { kid: by, seed } = at.ring.author;
  const sig = b64u(await sign(seed, "teduh/v1/desc", await sha256(made.d)));
  const compartments: Sealed[] = [{ d: b64u(made.d), comp: "identity", wraps, by, sig }];
  for (const what of [CARD, "intake.report.name"]) {
    const item = { ...(await written(made, what, at.ring.author)), what, comp: "identity" };
    const forged = page(at, bundleOf(at, { subject: TICKET, compartments, items: [item] }));
    assert.equal((await forged.show({ subject: TICKET, comp: "identity", what })).state, "broken");
    const mine = { subject: TICKET, comp: "identity", what, text: "x", day: DAY };
    await assert.rejects(forged.seal(mine), /WrongPlace|NoHello/);
  }
  assert.equal(belongs(CARD, TICKET) || belongs("intake.report.name", CASE), false);
});

test("who made a case and left later is still believed, and what they wrote until that day", async () => {
  const before = await scene();
  const { bundle, opened } = await standing(before);
  const late = await written(opened.get("identity"), CARD, before.office.member.author, "{}");
  const { office } = before;
  const own = office.keys.find((one) => one.kid === office.member.author.kid);
  assert.ok(own);
  for (const [until, state] of [
    [DAY, "open"],
    ["2026-11-02", "broken"],
  ] as const) {
    own.until = until;
    const { ring } = await unlock(await unlockingOf(office), PHRASE, { inst: INST, day: DAY }, office.root);
    const items = [{ ...late, what: CARD, comp: "identity" }];
    const shown = await makeReading(ring, [{ ...bundle, items }], {})
      .of(CASE)
      .show(ASKED);
    assert.equal(shown.state, state);
  }
  own.until = "2026-11-02";
  const { ring } = await unlock(await unlockingOf(office), PHRASE, { inst: INST, day: DAY }, office.root);
  const item = {
    ...(await written(opened.get("identity"), CARD, before.colleague)),
    what: CARD,
    comp: "identity",
  };
  const shown = await makeReading(ring, [{ ...bundle, items: [item] }], {})
    .of(CASE)
    .show(ASKED);
  assert.equal(shown.state, "open");
});

test("a page holds several cases, each opened by its own compartments", async () => {
  const at = await scene();
  const one = await standing(at);
  const other = await standing(at, OTHER);
  const reading = makeReading(at.ring, [{ ...one.bundle, subjects: [one.bundle, other.bundle] }], {});
  for (const subject of [CASE, OTHER]) {
    assert.equal((await reading.of(subject).show({ ...ASKED, subject })).state, "open");
  }
});

test("parts of a group are read by their labels, and what is no group is refused", () => {
  const parts = parseParts('{"name":"Contoh","needs":["rumah","uang"]}');
  assert.equal(saidOf(parts.name, undefined), "Contoh");
  assert.equal(saidOf(parts.needs, '{"rumah":"Tempat aman"}'), "Tempat aman, uang");
  assert.equal(saidOf(parts.none, undefined), "");
  for (const text of ["", "[]", '"x"', "null", '{"a":1}', '{"a":[1]}', '{"a":{}}']) {
    assert.throws(() => parseParts(text));
  }
});

test("what is told in the open is signed with its item; the page names neither item nor label", async () => {
  const at = await scene();
  const { bundle } = await standing(at);
  const risk = { subject: CASE, comp: "care", what: "cases.risk.answers", text: "{}", day: DAY };
  const told = { score: "3", item: "another", by: "somebody" };
  const { sealed, statement = "" } = await page(at, bundle).seal({ ...risk, told });
  const { body, sig } = JSON.parse(statement) as { body: string; sig: string };
  const { item } = headerOf(JSON.parse(sealed[0] as string));
  const { kid, seed } = at.ring.author;
  assert.deepEqual(fromJson(fromB64u(body)), { score: "3", v: 1, inst: INST, subject: CASE, item, by: kid });
  const key = await signPublicOf(seed);
  await verify(key, fromB64u(sig), "teduh/v1/risk", await sha256(fromB64u(body)));
  await assert.rejects(page(at, bundle).seal({ ...risk, comp: "work", what: NOTE, told }), /WrongPlace/);
});

test("a call has one compartment, made anew each time it is saved, and keeps nothing but its draft", async () => {
  const at = await scene();
  const call = page(at, bundleOf(at, { subject: CALL }));
  const names: string[][] = [];
  const made: string[] = [];
  for (const text of ["satu", "dua"]) {
    const told = await call.make();
    const all = JSON.parse(told) as Sealed[];
    names.push(all.map(({ d }) => fromJson<Descriptor>(fromB64u(d)).comp));
    made.push(told);
    const thing = { subject: CALL, comp: "draft", what: DRAFT, text, day: DAY };
    const { sealed, accept } = await call.seal(thing);
    assert.equal(sealed.length, 1);
    assert.equal(accept, undefined);
  }
  assert.deepEqual(names, [["draft"], ["draft"]]);
  assert.ok(made[0] !== made[1]);
  assert.deepEqual(
    [belongs(DRAFT, CALL), belongs(DRAFT, TICKET), belongs(CARD, TICKET)],
    [true, false, false],
  );
  const note = { subject: CALL, comp: "work", what: NOTE, text: "x", day: DAY };
  await assert.rejects(call.seal(note));
});
