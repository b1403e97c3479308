// What is added under a ticket: it opens at the office when the reporter stands for it, and only then.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseReaders, makeCompartments, readersOf, sealAddition, sealReport } from "../intake/report";
import { b64u, fromB64u, fromJson, fromUtf8, jsonBytes, utf8 } from "./bytes";
import { drawCode } from "./codes";
import { type Author, type Compartment, headerOf, makeCompartment, open, seal, wrap } from "./envelope";
import { unlock } from "./keyring";
import { makeReading } from "./reading";
import { enter, keysOf } from "./reporter";
import { random, sha256 } from "./suite";
import { DAY, INST, makeOffice, PHRASE, type TestOffice, unlockingOf } from "./test-office";
import { ADDITION, type Bundle, type Item } from "./thread";

const TICKET = "TDH-7K2M-9QXR";
const STORY = { subject: TICKET, comp: "narrative", what: "intake.report.story" };
const WHEN = { subject: TICKET, comp: "identity", what: "intake.report.contact_when" };
const WORDS = { seq: 0, orig: "browser", day: DAY, pad: "pow2-4k" } as const;

async function publicKeys(office: TestOffice) {
  const line = (of: { kid: string; box: { key: Uint8Array } }) => ({ kid: of.kid, key: b64u(of.box.key) });
  return {
    package: await office.pack(),
    inst: INST,
    day: DAY,
    teams: [{ code: "asesmen", ...line(office.team), alternate: false }],
    recovery: line(office.recovery),
  };
}

/** An office with a report, and the reporter with her chat open. */
async function begin() {
  const office = await makeOffice();
  const keys = await publicKeys(office);
  const entry = await enter(drawCode(), INST, TICKET);
  const reporter = await keysOf(entry, random(32));
  const made = await makeCompartments(INST, TICKET);
  const first = await chooseReaders(keys, INST, false, office.root);
  const told = [{ what: STORY.what, text: "Yang pertama." }];
  const report = await sealReport(TICKET, entry, reporter, first, made, told);
  const readers = await readersOf(keys, INST, keys.teams[0], office.root);
  const to = { ticket: TICKET, gen: 2, chat: made.chat, reporter, readers, files: true };
  return { office, made, report, to };
}

type Begun = Awaited<ReturnType<typeof begin>>;
interface Parts {
  compartments: readonly { d: string; wraps: Bundle["compartments"][0]["wraps"] }[];
  items: readonly { hdr: string; ct: string; sig: string }[];
}

const COMPS = new Map([
  [WHEN.what, "identity"],
  [STORY.what, "narrative"],
]);

function bundleOf({ office, report }: Begun, more: Parts): Bundle {
  const all = [...report.compartments, ...more.compartments];
  const compartments = all.map((one) => ({
    ...one,
    comp: fromJson<{ comp: string }>(fromB64u(one.d)).comp,
  }));
  const items: Item[] = [...report.items, ...more.items].map((item) => {
    const { what } = headerOf(item);
    return { ...item, what, comp: COMPS.get(what) ?? "chat" };
  });
  const signers = [{ kid: office.member.author.kid, key: b64u(office.member.signKey) }];
  return { inst: INST, subject: TICKET, compartments, items, signers };
}

async function pageOf(begun: Begun, more: Parts) {
  const answer = await unlockingOf(begun.office);
  const { ring } = await unlock(answer, PHRASE, { inst: INST, day: DAY }, begun.office.root);
  return makeReading(ring, [bundleOf(begun, more)], {}).of(TICKET);
}

const MORE = [
  { what: STORY.what, text: "Lanjutannya." },
  { what: WHEN.what, text: "Sore saja." },
];

function itemOf(more: Parts, what: string): string {
  const found = more.items.find((one) => headerOf(one).what === what);
  assert.ok(found);
  return headerOf(found).item;
}

test("what is added opens beside what came with the report", async () => {
  const begun = await begin();
  const { addition, file } = await sealAddition(begun.to, MORE);
  const page = await pageOf(begun, addition);
  assert.equal((await page.show(STORY)).text, "Yang pertama.");
  const added = { ...STORY, item: itemOf(addition, STORY.what) };
  assert.deepEqual(await page.show(added), { state: "open", text: "Lanjutannya.", gap: 0 });
  assert.equal((await page.show(WHEN)).text, "Sore saja.");
  assert.ok(file);
});

test("only compartments that are needed are made, each of the number asked for", async () => {
  const begun = await begin();
  const { addition, file } = await sealAddition({ ...begun.to, gen: 5, files: false }, MORE.slice(0, 1));
  const made = addition.compartments.map((one) => fromJson<{ comp: string; gen: number }>(fromB64u(one.d)));
  assert.deepEqual(
    made.map(({ comp, gen }) => [comp, gen]),
    [["narrative", 5]],
  );
  assert.equal(file, undefined);
});

test("the statement lies in her chat and names what she made", async () => {
  const { to, made } = await begin();
  const { addition } = await sealAddition(to, MORE);
  const statement = addition.items[addition.items.length - 1] as Parts["items"][0];
  const said = fromJson(await open(made.chat, statement, { what: ADDITION }, to.reporter.signKey));
  const named = await Promise.all(addition.compartments.map((one) => cmpOf(one.d)));
  assert.deepEqual(said, { ticket: TICKET, gen: 2, d: named });
});

async function cmpOf(d: string): Promise<string> {
  return b64u(await sha256(fromB64u(d)));
}

/** A compartment with a story in it that `author` signed, wrapped to the team as anybody could. */
async function planted(begun: Begun, author: Author): Promise<{ parts: Parts; made: Compartment }> {
  const made = await makeCompartment({ inst: INST, subject: TICKET, comp: "narrative" }, 2);
  const wraps = [await wrap(made, begun.to.readers.team)];
  const item = await seal(made, { ...WORDS, what: STORY.what }, utf8("Bukan dari dia."), author);
  return { parts: { compartments: [{ d: b64u(made.d), wraps }], items: [item] }, made };
}

async function statementOf(begun: Begun, said: unknown, author: Author) {
  return seal(begun.made.chat, { ...WORDS, what: ADDITION, seq: 2 }, jsonBytes(said), author);
}

test("a compartment nobody stands for is not believed, even under her own signature", async () => {
  const begun = await begin();
  const { parts } = await planted(begun, begun.to.reporter.author);
  const page = await pageOf(begun, parts);
  assert.equal((await page.show({ ...STORY, item: itemOf(parts, STORY.what) })).state, "broken");
  assert.equal((await page.show(STORY)).text, "Yang pertama.");
});

test("a statement of somebody else, or about another ticket, stands for nothing", async () => {
  const begun = await begin();
  const { parts, made } = await planted(begun, begun.to.reporter.author);
  const stranger = await keysOf(await enter(drawCode(), INST, TICKET), random(32));
  const said = { ticket: TICKET, gen: 2, d: [made.cmp] };
  const forged = [
    await statementOf(begun, said, stranger.author),
    await statementOf(begun, said, { ...stranger.author, kid: begun.to.reporter.author.kid }),
    await statementOf(begun, said, begun.office.member.author),
    await statementOf(begun, { ...said, ticket: "TDH-0000-0001" }, begun.to.reporter.author),
  ];
  for (const statement of forged) {
    const page = await pageOf(begun, { ...parts, items: [...parts.items, statement] });
    assert.equal((await page.show({ ...STORY, item: itemOf(parts, STORY.what) })).state, "broken");
    assert.equal((await page.show(STORY)).text, "Yang pertama.");
  }
});

test("a spoilt statement takes nothing else with it", async () => {
  const begun = await begin();
  const { addition } = await sealAddition(begun.to, MORE);
  const last = addition.items.length - 1;
  const items = addition.items.map((one, i) => (i === last ? { ...one, sig: "A".repeat(86) } : one));
  const page = await pageOf(begun, { ...addition, items });
  assert.equal((await page.show({ ...STORY, item: itemOf(addition, STORY.what) })).state, "broken");
  assert.equal((await page.show(STORY)).text, "Yang pertama.");
});

test("the office goes on writing where the reporter reads", async () => {
  const begun = await begin();
  const { addition } = await sealAddition(begun.to, MORE);
  const page = await pageOf(begun, addition);
  const { sealed } = await page.seal({
    subject: TICKET,
    comp: "chat",
    what: "chat.message.text",
    text: "Ya.",
    day: DAY,
  });
  const envelope = JSON.parse(sealed[0] as string);
  assert.equal(headerOf(envelope).cmp, begun.made.chat.cmp);
  const text = await open(
    begun.made.chat,
    envelope,
    { what: "chat.message.text" },
    begun.office.member.signKey,
  );
  assert.equal(fromUtf8(text), "Ya.");
});
