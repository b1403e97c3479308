// Two offices: what leaves one is opened by the other, and by nobody else; nothing can be changed on the way.

import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../tests/vectors/transfer.json";
import { b64u, fromB64u, fromJson } from "./bytes";
import type { Ring } from "./keyring";
import { readManifest } from "./manifest";
import { approvePeer, makeSlice, openSlice, type Peer, type ToSlice } from "./peers";
import type { Asked, Shown } from "./reading";
import { boxOf } from "./suite";
import { DAY, makeOffice, type TestOffice } from "./test-office";

const [OURS, THEIRS] = ["kota-coba", "kota-lain"] as const;
const CODE = "ALH-7K2M-9QXR";
const STORY = "Cerita contoh: é, 🙂, baris\nbaru.";

interface Side {
  readonly office: TestOffice;
  readonly ring: Ring;
  readonly signers: { kid: string; key: string }[];
}

async function sideOf(inst: string): Promise<Side> {
  const office = await makeOffice();
  const { author, code, signKey } = office.member;
  const manifest = await readManifest(await office.pack({ inst }), { inst, day: DAY, grace: 0 }, office.root);
  const boxes = { [office.team.kid]: office.team.box };
  const ring: Ring = { member: code, inst, author, manifest, boxes, seeds: {} };
  return { office, ring, signers: [{ kid: author.kid, key: b64u(signKey) }] };
}

/** How `side` knows the other office, once a supervisor has compared it by voice. */
async function known(side: Side, other: Side): Promise<Peer> {
  const { inst } = other.ring;
  const { root, team } = other.office;
  return {
    inst,
    root,
    approval: await approvePeer(side.ring, { peer: inst, root }),
    package: await other.office.pack({ inst }),
    team: { kid: team.kid, key: b64u(team.box.key) },
  };
}

async function show({ what }: Asked): Promise<Shown> {
  if (what === "cases.risk.answers") return { state: "missing", text: "" };
  return { state: "open", text: what === "intake.report.story" ? STORY : '{"name":"Contoh Mawar"}' };
}

async function told(change: Partial<ToSlice> = {}): Promise<ToSlice> {
  const of = { subject: "KSS-7K2M-9QXR", comp: "identity", what: "cases.person.card", label: "" };
  const story = { subject: "TDH-7K2M-9QXR", comp: "narrative", what: "intake.report.story", label: "Cerita" };
  return {
    peer: await known(ours, theirs),
    signers: ours.signers,
    package: await ours.office.pack({ inst: OURS }),
    code: CODE,
    day: DAY,
    parts: [
      { part: "person", text: "", asked: [of] },
      { part: "story", text: "Contoh", asked: [story, { ...of, label: "Terlapor" }] },
    ],
    facts: { band: "high" },
    ...change,
  };
}

async function arriving(file: string, change: Partial<Parameters<typeof openSlice>[1]> = {}) {
  const peers = [await known(theirs, ours)];
  return openSlice(theirs.ring, { file, peers, signers: theirs.signers, day: DAY, ...change });
}

const ours = await sideOf(OURS);
const theirs = await sideOf(THEIRS);

test("a slice opens in the other office as it was sealed, with a receipt that names it", async () => {
  const { file, cmp } = await makeSlice(ours.ring, await told(), show);
  assert.ok(file.indexOf("Mawar") < 0);
  const arrived = await arriving(file);
  assert.deepEqual(arrived.parts, {
    person: '{"name":"Contoh Mawar"}',
    story: `Contoh\n\nCerita: ${STORY}\n\nTerlapor: Contoh Mawar`,
  });
  assert.deepEqual(arrived.facts, { band: "high", parts: ["person", "story"] });
  assert.equal(JSON.parse(arrived.head).items, undefined);
  const { body } = JSON.parse(arrived.receipt) as { body: string };
  const by = theirs.ring.author.kid;
  const said = { v: 1, inst: THEIRS, to: OURS, code: CODE, cmp, day: DAY, by };
  assert.deepEqual(fromJson(fromB64u(body)), said);
});

test("whoever is not the other office opens nothing", async () => {
  const { file } = await makeSlice(ours.ring, await told(), show);
  const peers = [await known(ours, theirs)];
  const here = { file, peers, signers: ours.signers, day: DAY };
  await assert.rejects(openSlice(ours.ring, here), /OtherOffice/);
  const third = await sideOf(THEIRS);
  const peer = { peers: [await known(third, ours)], signers: third.signers, day: DAY };
  await assert.rejects(openSlice(third.ring, { file, ...peer }), /NoKey/);
});

test("an office nobody vouched for gets nothing and is believed nothing", async () => {
  const peer = await known(ours, theirs);
  const other = (await makeOffice()).root;
  for (const wrong of [
    { ...peer, root: other },
    { ...peer, inst: "kota-tiga" },
    { ...peer, approval: await approvePeer(theirs.ring, { peer: peer.inst, root: peer.root }) },
  ])
    await assert.rejects(makeSlice(ours.ring, await told({ peer: wrong }), show), /UnknownPeer/);
  const { file } = await makeSlice(ours.ring, await told(), show);
  await assert.rejects(arriving(file, { peers: [] }), /UnknownPeer/);
  const planted = [{ ...(await known(theirs, ours)), root: other }];
  await assert.rejects(arriving(file, { peers: planted }), /UnknownPeer/);
});

test("a key that the other office's list does not name is not sealed to", async () => {
  const peer = await known(ours, theirs);
  const { other } = ours.office;
  const wrong = { ...peer, team: { kid: other.kid, key: b64u(other.box.key) } };
  await assert.rejects(makeSlice(ours.ring, await told({ peer: wrong }), show), /UntrustedKey/);
  const old = { ...peer, package: await theirs.office.pack({ inst: THEIRS, until: "2026-11-20" }) };
  await assert.rejects(makeSlice(ours.ring, await told({ peer: old }), show), /ExpiredManifest/);
});

test("what does not open here does not leave", async () => {
  const asked = { subject: "KSS-7K2M-9QXR", comp: "care", what: "cases.risk.answers", label: "" };
  const parts = [{ part: "risk", text: "", asked: [asked] }];
  await assert.rejects(makeSlice(ours.ring, await told({ parts }), show), /CannotOpen/);
});

test("whatever is changed, left out, doubled or put in on the way is refused", async () => {
  const { file } = await makeSlice(ours.ring, await told(), show);
  const again = await makeSlice(ours.ring, await told(), show);
  const said = JSON.parse(file);
  const other = JSON.parse(again.file);
  const flip = (text: string) =>
    `${text.slice(0, -2)}${text.slice(-2, -1) === "A" ? "B" : "A"}${text.slice(-1)}`;
  const changed: unknown[] = [
    { ...said, code: "ALH-0000-0000" },
    { ...said, d: other.d },
    { ...said, descSig: flip(said.descSig) },
    { ...said, by: theirs.ring.author.kid },
    { ...said, key: b64u(theirs.office.member.signKey) },
    { ...said, package: await theirs.office.pack({ inst: OURS }) },
    { ...said, wrap: { ...said.wrap, w: flip(said.wrap.w) } },
    { ...said, items: said.items.slice(1) },
    { ...said, items: said.items.slice(0, -1) },
    { ...said, items: [...said.items, said.items[1]] },
    { ...said, items: [...said.items.slice(0, -1), other.items[2]] },
    { ...said, items: said.items.map((one: object) => ({ ...one, ct: flip((one as { ct: string }).ct) })) },
  ];
  for (const one of changed) await assert.rejects(arriving(JSON.stringify(one)), /Changed/);
  for (const one of ["", "{}", "[]", JSON.stringify({ ...said, kind: "teduh/v1/office" })])
    await assert.rejects(arriving(one), /NotASlice/);
  await assert.rejects(arriving(file, { day: "2027-06-01" }), /ExpiredManifest/);
});

test("the examples of both sides: words about an office, a slice made in Python, its receipt", async () => {
  const day = vectors.day;
  const ringOf = async (inst: "kota-contoh" | "kota-lain"): Promise<Ring> => {
    const { card, team, member } = vectors.offices[inst];
    const manifest = await readManifest(card.package, { inst, day, grace: 0 }, card.root);
    const author = { kid: member.kid, seed: fromB64u(member.seed) };
    const boxes = { [team.kid]: await boxOf(fromB64u(team.seed)) };
    return { member: "", inst, author, manifest, boxes, seeds: {} };
  };
  const ring = await ringOf("kota-lain");
  const { card, member: sender } = vectors.offices["kota-contoh"];
  const { member } = vectors.offices["kota-lain"];
  const approval = await approvePeer(ring, { peer: "kota-contoh", root: card.root });
  assert.deepEqual(approval, vectors.approvals["kota-lain"]);
  const peers = [{ ...card, approval }];
  const signers = [{ kid: member.kid, key: member.public }];
  const file = JSON.stringify(vectors.slice);
  const arrived = await openSlice(ring, { file, peers, signers, day });
  assert.deepEqual(arrived.parts, vectors.parts);
  assert.deepEqual(arrived.facts, vectors.facts);
  assert.deepEqual(JSON.parse(arrived.receipt), vectors.receipt);
  assert.equal(JSON.parse(arrived.head).by, sender.kid);
});
