// Own words: what a filer's key opens of what they filed, and what it does not.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chooseReaders,
  compartmentOf,
  makeCompartments,
  type PublicKeys,
  sealReport,
} from "../intake/report";
import { type Bytes, b64u, fromB64u, fromJson, jsonBytes, utf8 } from "./bytes";
import { drawCode } from "./codes";
import { headerOf, seal } from "./envelope";
import { type Ring, unlock } from "./keyring";
import { OWN, wrapOwn } from "./ownwords";
import { makeReading } from "./reading";
import { enter, keysOf } from "./reporter";
import { random, sha256, sign } from "./suite";
import { DAY, INST, makeOffice, PHRASE, type TestOffice, unlockingOf } from "./test-office";
import type { Bundle, Item } from "./thread";

const TICKET = "TDH-7K2M-9QXR";
const [NAME, STORY] = ["intake.report.name", "intake.report.story"];
const TOLD = [
  { what: NAME, text: "Contoh Nama" },
  { what: STORY, text: "Contoh cerita." },
];
const WHERE = { inst: INST, day: DAY };

async function readersOf(office: TestOffice) {
  const line = ({ kid, box }: { kid: string; box: { key: Bytes } }) => ({ kid, key: b64u(box.key) });
  const keys = {
    package: await office.pack(),
    inst: INST,
    day: DAY,
    teams: [{ code: "asesmen", ...line(office.team), alternate: false }],
    recovery: line(office.recovery),
  } as PublicKeys;
  return chooseReaders(keys, INST, false, office.root);
}

/** The ring of the one member, who sits in a team or in none. */
async function ringOf(office: TestOffice, teams: string[]): Promise<Ring> {
  for (const line of office.keys) if (line.teams) line.teams = teams;
  const answer = { ...(await unlockingOf(office)), package: await office.pack() };
  const epochs = teams.length ? answer.epochs : [];
  return (await unlock({ ...answer, epochs }, PHRASE, WHERE, office.root)).ring;
}

/** A report filed by a partner, and what the server hands out of it again. */
async function scene() {
  const office = await makeOffice();
  const ring = await ringOf(office, []);
  const entry = await enter(drawCode(), INST, TICKET);
  const reporter = await keysOf(entry, random(32));
  const made = await makeCompartments(INST, TICKET);
  const report = await sealReport(TICKET, entry, reporter, await readersOf(office), made, TOLD, "staff");
  const compartments = [made.identity, made.narrative];
  const filed = { subject: TICKET, compartments, items: report.items };
  const own: { wrap: { cmp: string; kid: string; w: string }; body: string; sig: string }[] = JSON.parse(
    await wrapOwn(ring, filed),
  );
  const items: Item[] = report.items.map((item) => {
    const { what } = headerOf(item);
    return { ...item, what, comp: what.startsWith("chat.") ? "chat" : compartmentOf(what) };
  });
  const bundle: Bundle = {
    inst: INST,
    subject: TICKET,
    compartments: compartments.map((one, i) => ({
      d: b64u(one.d),
      comp: i ? "narrative" : "identity",
      wraps: own.filter(({ wrap }) => wrap.cmp === one.cmp).map(({ wrap }) => wrap),
    })),
    items: items.filter(({ comp }) => comp !== "chat"),
    signers: [],
    filed: own.map(({ body, sig }) => ({ body, sig })),
  };
  return { office, ring, reporter, made, report, filed, own, bundle };
}

async function opened(ring: Ring, bundle: Bundle, kept: { [cmp: string]: string } = {}): Promise<string[]> {
  const page = makeReading(ring, [bundle], kept).of(bundle.subject);
  const texts: string[] = [];
  for (const one of bundle.items) {
    const asked = { subject: bundle.subject, comp: one.comp, what: one.what, item: headerOf(one).item };
    const shown = await page.show(asked);
    if (shown.state === "open") texts.push(shown.text);
  }
  return texts;
}

test("whoever filed opens exactly what they wrote, and keeps no key of it", async () => {
  const { ring, bundle, own } = await scene();
  const kept = {};
  assert.deepEqual(await opened(ring, bundle, kept), ["Contoh Nama", "Contoh cerita."]);
  assert.deepEqual(kept, {});
  assert.deepEqual(
    own.map(({ wrap }) => wrap.kid),
    [ring.own, ring.own],
  );
});

test("a later item of the same compartment does not open, were it ever handed out", async () => {
  const { ring, bundle, made, reporter } = await scene();
  const words = { what: STORY, seq: 0, orig: "browser", day: DAY, pad: "pow2-4k" } as const;
  const later = await seal(made.narrative, words, utf8("Kata-katanya sendiri."), reporter.author);
  const more = { ...bundle, items: [...bundle.items, { ...later, what: STORY, comp: "narrative" }] };
  assert.deepEqual(await opened(ring, more), ["Contoh Nama", "Contoh cerita."]);
});

test("nobody else's word makes something theirs", async () => {
  const { office, ring, bundle, own } = await scene();
  const said = fromJson<object>(fromB64u(own[1]?.body ?? ""));
  const narrative = { ...bundle, items: bundle.items.filter(({ comp }) => comp === "narrative") };
  const forge = async (change: object, seed = ring.author.seed) => {
    const body = jsonBytes({ ...said, ...change });
    const filed = [{ body: b64u(body), sig: b64u(await sign(seed, OWN, await sha256(body))) }];
    return opened(ring, { ...narrative, filed });
  };
  assert.deepEqual(await forge({}), ["Contoh cerita."]);
  assert.deepEqual(await forge({}, random(32)), []);
  for (const change of [
    { inst: "kota-lain" },
    { subject: "TDH-0000-0000" },
    { cmp: own[0]?.wrap.cmp },
    { items: [] },
    { v: 2 },
  ])
    assert.deepEqual(await forge(change), []);
  assert.deepEqual(await opened(ring, { ...narrative, filed: [] }), []);
  const stranger = await ringOf(await makeOffice(), []);
  assert.deepEqual(await opened({ ...stranger, inst: INST }, bundle), []);
  const inTeam = await ringOf(office, ["asesmen"]);
  assert.deepEqual(await opened(inTeam, bundle), []); // signed by them, but the tab has no such key
});

test("whoever sits in a team wraps nothing to themselves, nor is an empty compartment wrapped", async () => {
  const { office, ring, filed } = await scene();
  const onlyName = filed.items.filter((item) => headerOf(item).what === NAME);
  const made = JSON.parse(await wrapOwn(ring, { ...filed, items: onlyName }));
  assert.equal(made.length, 1);
  assert.equal(await wrapOwn(ring, { ...filed, items: [] }), "");
  assert.equal(await wrapOwn(await ringOf(office, ["asesmen"]), filed), "");
});
