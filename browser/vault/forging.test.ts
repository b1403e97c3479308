// Forgeries by somebody who writes the database and has a keyring of the office, but sits in no team.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseReaders, makeCompartments, sealReport } from "../intake/report";
import { b64u, fromB64u, jsonBytes, utf8 } from "./bytes";
import { drawCode } from "./codes";
import {
  type Author,
  type Compartment,
  headerOf,
  makeBody,
  makeCompartment,
  seal,
  unwrap,
  wrap,
} from "./envelope";
import { unlock } from "./keyring";
import { type Listed, makeEpoch, signList } from "./keys";
import { composeCard, LIST } from "./lists";
import { ownKey } from "./manifest";
import { makeReading } from "./reading";
import { enter, keysOf, nameKey } from "./reporter";
import { boxOf, random, sha256, sign, signPublicOf } from "./suite";
import { DAY, INST, makeOffice, PHRASE, type TestOffice, unlockingOf } from "./test-office";
import { accept, type Bundle, type Item, MESSAGE, readHello } from "./thread";

const TICKET = "TDH-7K2M-9QXR";
const COMPS = ["identity", "narrative", "file", "chat"] as const;
const STORY = "intake.report.story";
const HELD = "intake.evidence.body";
const FORGED = "Dikarang orang lain.";

/** The office with one more listed keyring: of city IT, in no team. */
async function scene() {
  const office = await makeOffice();
  const seed = random(32);
  const key = await signPublicOf(seed);
  const kid = await nameKey("tanda-pandan", key);
  const box = await boxOf(random(32));
  const boxKid = await nameKey("anggota-pandan", box.key);
  office.keys.push({ kid, kind: "sign", key }, { kid: boxKid, kind: "member", key: box.key });
  const answer = await unlockingOf(office);
  const { ring } = await unlock(answer, PHRASE, { inst: INST, day: DAY }, office.root);
  const own = { kid: office.member.author.kid, key: b64u(office.member.signKey) };
  const it: Author = { kid, seed };
  return { office, ring, it, itBox: { kid: boxKid, box }, signers: [own, { kid, key: b64u(key) }] };
}

type Scene = Awaited<ReturnType<typeof scene>>;

async function reported({ office, signers }: Scene, text = "Yang terjadi kemarin.") {
  const line = (of: { kid: string; box: { key: Uint8Array } }) => ({ kid: of.kid, key: b64u(of.box.key) });
  const keys = {
    package: await office.pack(),
    inst: INST,
    day: DAY,
    teams: [{ code: "asesmen", ...line(office.team), alternate: false }],
    recovery: line(office.recovery),
  };
  const readers = await chooseReaders(keys, INST, false, office.root);
  const entry = await enter(drawCode(), INST, TICKET);
  const reporter = await keysOf(entry, random(32));
  const made = await makeCompartments(INST, TICKET);
  const sealed = await sealReport(TICKET, entry, reporter, readers, made, [{ what: STORY, text }]);
  const compartments = sealed.compartments.map((one, i) => ({ ...one, comp: COMPS[i] as string }));
  const items = sealed.items.map((item): Item => {
    const { what } = headerOf(item);
    return { ...item, what, comp: what === STORY ? "narrative" : "chat" };
  });
  const bundle: Bundle = { inst: INST, subject: TICKET, signers, compartments, items };
  return { reporter, made, bundle };
}

/** A compartment of the attacker's own, wrapped to the team as anybody could. */
async function planted({ office }: Scene, comp: string) {
  const made = await makeCompartment({ inst: INST, subject: TICKET, comp }, 2);
  const wraps = [await wrap(made, ownKey(office.team.kid, office.team.box.key))];
  return { made, row: { d: b64u(made.d), comp, wraps } };
}

async function item(made: Compartment, what: string, comp: string, by: Author): Promise<Item> {
  const chat = what === MESSAGE;
  const words = { what, seq: chat ? 1 : 0, orig: "browser", day: DAY } as const;
  const rest = chat ? ({ pad: "chat-1k", seen: "" } as const) : ({ pad: "pow2-4k" } as const);
  return { ...(await seal(made, { ...words, ...rest }, utf8(FORGED), by)), what, comp };
}

function page(at: Scene, bundle: Bundle) {
  return makeReading(at.ring, [bundle], {}).of(bundle.subject);
}

test("a story in a compartment that hello does not name is not shown", async () => {
  const at = await scene();
  const { bundle } = await reported(at);
  const { made, row } = await planted(at, "narrative");
  const forged = await item(made, STORY, "narrative", at.it);
  const items = [forged, ...bundle.items.filter((one) => one.what !== STORY)];
  const shown = page(at, { ...bundle, compartments: [...bundle.compartments, row], items });
  assert.equal((await shown.show({ subject: TICKET, comp: "narrative", what: STORY })).state, "broken");
});

test("a reporter's field is hers alone, even in her own compartment and signed by the team", async () => {
  const at = await scene();
  const { bundle, made } = await reported(at);
  for (const by of [at.it, at.office.member.author]) {
    const forged = await item(made.narrative, STORY, "narrative", by);
    const items = [forged, ...bundle.items.filter((one) => one.what !== STORY)];
    const shown = await page(at, { ...bundle, items }).show({
      subject: TICKET,
      comp: "narrative",
      what: STORY,
    });
    assert.equal(shown.state, "broken");
  }
});

test("a message by somebody outside the team, or in a chat that is not hers, is not shown", async () => {
  const at = await scene();
  const { bundle, made } = await reported(at);
  const { made: other, row } = await planted(at, "chat");
  for (const forged of [
    await item(made.chat, MESSAGE, "chat", at.it),
    await item(other, MESSAGE, "chat", at.it),
  ]) {
    const compartments = [...bundle.compartments, row];
    const shown = page(at, { ...bundle, compartments, items: [...bundle.items, forged] });
    const asked = { subject: TICKET, comp: "chat", what: MESSAGE, item: headerOf(forged).item };
    assert.equal((await shown.show(asked)).state, "broken");
  }
});

test("evidence that she did not sign does not open", async () => {
  const at = await scene();
  const { bundle } = await reported(at);
  const { made, row } = await planted(at, "file");
  const words = { what: HELD, seq: 0, orig: "browser", day: DAY, pad: "none" } as const;
  const body = await makeBody(made, words, at.it.kid);
  const ct = await body.chunk(utf8(FORGED), 0, true);
  const told = { item: body.item, name: "bukti.txt", ct_sha256: b64u(await sha256(ct)) };
  const about = { what: "intake.evidence.card", seq: 0, orig: "browser", day: DAY, pad: "pow2-4k" } as const;
  const card = await seal(made, about, jsonBytes(told), at.it);
  const items: Item[] = [
    ...bundle.items,
    { hdr: body.hdr, ct: "", sig: "", what: HELD, comp: "file" },
    { ...card, what: about.what, comp: "file" },
  ];
  const shown = page(at, { ...bundle, compartments: [...bundle.compartments, row], items });
  await assert.rejects(shown.file(body.item, ct, () => {}));
});

test("an acceptance by somebody outside the team does not count", async () => {
  const at = await scene();
  const { bundle, made } = await reported(at);
  const [, , , chat] = bundle.compartments;
  const [first] = chat?.wraps ?? [];
  assert.ok(chat && first);
  const place = { inst: INST, subject: TICKET, comp: "chat" };
  const opened = await unwrap(fromB64u(chat.d), first, at.office.team.box, place);
  assert.equal(opened.cmp, made.chat.cmp);
  const foreign = { ...bundle, accept: await accept(await readHello(bundle, opened), at.it) };
  await assert.rejects(page(at, foreign).seal({ ...place, what: MESSAGE, text: "x", day: DAY }), /NotInTeam/);
});

test("a list made by somebody outside the team is not written to", async () => {
  const at = await scene();
  const subject = "asesmen.2026-11";
  const made = await makeCompartment({ inst: INST, subject, comp: LIST });
  const sig = b64u(await sign(at.it.seed, "teduh/v1/desc", await sha256(made.d)));
  const wraps = [await wrap(made, ownKey(at.office.team.kid, at.office.team.box.key))];
  const row = { d: b64u(made.d), comp: LIST, by: at.it.kid, sig, wraps };
  const list: Bundle = { inst: INST, subject, compartments: [row], items: [], signers: at.signers };
  await assert.rejects(
    page(at, list).sealCard(composeCard(TICKET, [{ name: "Contoh", contact: "" }]), DAY),
    /NotInTeam/,
  );
});

function line(kid: string, rest: Pick<Listed, "kind" | "key"> & Partial<Listed>): Listed {
  return { kid, owner: "", teams: null, since: DAY, by: "", sig: "", gone: "", ...rest };
}

function listed(office: TestOffice): Listed[] {
  return office.keys.map(({ kid, kind, key, teams }) =>
    line(kid, { kind, key: b64u(key), teams: teams ?? null }),
  );
}

async function teamKey(by: Author, since: string): Promise<Listed> {
  const { key } = await boxOf(random(32));
  const kid = await nameKey(`tim-asesmen-${since.slice(0, 7).replace("-", "")}`, key);
  const row = line(kid, { kind: "team", key: b64u(key), owner: "asesmen", by: by.kid, since });
  const said = { v: 1, inst: INST, kid, kind: "team", owner: "asesmen", sha256: b64u(await sha256(key)) };
  const statement = await sha256(jsonBytes({ ...said, day: since, by: by.kid }));
  return { ...row, sig: b64u(await sign(by.seed, "teduh/v1/newkey", statement)) };
}

async function signed(at: Scene, keys: Listed[], confirmed: string[] = []) {
  const told = { package: await at.office.pack(), day: DAY, until: "2026-12-29", keys, confirmed };
  return signList(at.ring, told, at.office.root);
}

test("a team's key made outside the team, or long ago, does not enter the list", async () => {
  const at = await scene();
  const rest = listed(at.office).filter((key) => key.kid !== at.office.team.kid);
  await assert.rejects(signed(at, [...rest, await teamKey(at.it, DAY)]), /NotInTeam/);
  const old = await teamKey(at.office.member.author, "2026-10-01");
  await assert.rejects(signed(at, [...rest, old]), /OldKey/);
});

test("a seat that only the database knows gives no key and enters no list unasked", async () => {
  const at = await scene();
  const members = [{ kid: at.itBox.kid, key: b64u(at.itBox.box.key) }];
  await assert.rejects(makeEpoch(at.ring, { team: "asesmen", day: DAY, members }), /NotInTeam/);
  const seated = listed(at.office).map((key) =>
    key.kid === at.it.kid ? { ...key, teams: ["asesmen"] } : key,
  );
  await assert.rejects(signed(at, seated), /NotConfirmed/);
  await signed(at, seated, [at.it.kid]);
});

test("who was struck off does not come back without being compared again", async () => {
  const at = await scene();
  const last = at.office.keys.map((key) => (key.kid === at.it.kid ? { ...key, until: "2026-11-02" } : key));
  at.office.keys.splice(0, last.length, ...last);
  await assert.rejects(signed(at, listed(at.office)), /NotConfirmed/);
});
