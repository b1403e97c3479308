// When an epoch has ended: whose compartments are wrapped anew, and what a colleague's browser signs.

import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../tests/vectors/sealing.json";
import { chooseReaders, makeCompartments, sealReport } from "../intake/report";
import { b64u, fromB64u, fromJson } from "./bytes";
import { DESCRIPTOR, makeCase } from "./cases";
import { drawCode } from "./codes";
import { headerOf, makeCompartment, unwrap, wrap } from "./envelope";
import { type Ring, unlock } from "./keyring";
import { LIST } from "./lists";
import { type Manifest, ownKey } from "./manifest";
import { makeReading } from "./reading";
import { enter, keysOf, nameKey } from "./reporter";
import { type OldParts, reopen, rewrap } from "./rewrapping";
import { type Box, boxOf, random, sha256, sign, verify } from "./suite";
import { DAY, INST, makeOffice, PHRASE, unlockingOf } from "./test-office";
import { accept, type Bundle, type Item, readHello, type Sealed } from "./thread";

const TICKET = "TDH-7K2M-9QXR";
const CASE = "KSS-7K2M-9QXR";
const STORY = "intake.report.story";
const COMPS = ["identity", "narrative", "file", "chat"] as const;

/** An office whose team has a newer epoch, and a ring that holds both. */
async function scene() {
  const office = await makeOffice();
  const box = await boxOf(random(32));
  const kid = await nameKey("tim-asesmen-202612", box.key);
  office.keys.push({ kid, kind: "team", key: box.key });
  const { ring } = await unlock(await unlockingOf(office), PHRASE, { inst: INST, day: DAY }, office.root);
  const both: Ring = { ...ring, boxes: { ...ring.boxes, [kid]: box } };
  const signers = [{ kid: office.member.author.kid, key: b64u(office.member.signKey) }];
  return { office, ring: both, fresh: { kid, box, key: b64u(box.key) }, signers };
}

type Scene = Awaited<ReturnType<typeof scene>>;

function line(of: { kid: string; box: Box }) {
  return { kid: of.kid, key: b64u(of.box.key) };
}

async function report({ office, signers }: Scene): Promise<Bundle> {
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
  const told = [{ what: STORY, text: "Contoh." }];
  const sealed = await sealReport(TICKET, entry, reporter, readers, made, told);
  const compartments = sealed.compartments.map((one, i) => ({ ...one, comp: COMPS[i] as string }));
  const items = sealed.items
    .map((item): Item => ({ ...item, what: headerOf(item).what, comp: "chat" }))
    .filter(({ what }) => what !== STORY);
  return { inst: INST, subject: TICKET, signers, compartments, items };
}

async function caseOf({ office, ring, signers }: Scene): Promise<Bundle> {
  const empty = { inst: INST, subject: CASE, compartments: [], items: [], signers };
  const { made } = await makeCase(
    { ...empty, epoch: line(office.team), recovery: line(office.recovery) },
    ring,
  );
  const compartments = (JSON.parse(made) as Sealed[]).map((one) => {
    const { comp } = fromJson<{ comp: string }>(fromB64u(one.d));
    return { ...one, comp };
  });
  return { ...empty, compartments };
}

async function cmpOf({ d }: Sealed): Promise<string> {
  return b64u(await sha256(fromB64u(d)));
}

async function parts({ office, fresh }: Scene, bundles: Bundle[]): Promise<OldParts> {
  const all = await Promise.all(bundles.flatMap((one) => one.compartments.map(cmpOf)));
  return { epoch: office.team.kid, bundles, parts: all, to: fresh, day: DAY };
}

/** The bundles as a colleague gets them, with the new wraps only. */
async function after(told: OldParts, wraps: readonly { cmp: string; kid: string; w: string }[]) {
  const bundles: Bundle[] = [];
  for (const bundle of told.bundles) {
    const compartments: Sealed[] = [];
    for (const one of bundle.compartments) {
      const cmp = await cmpOf(one);
      compartments.push({ ...one, wraps: wraps.filter((made) => made.cmp === cmp) });
    }
    bundles.push({ ...bundle, compartments });
  }
  return { ...told, bundles };
}

test("a report and a case are wrapped to the new epoch, which then opens them", async () => {
  const at = await scene();
  const told = await parts(at, [await report(at), await caseOf(at)]);
  const { wraps, failed } = await rewrap(at.ring, told);
  assert.deepEqual([wraps.length, failed], [9, 0]);
  const { statement, broken } = await reopen(at.ring, await after(told, wraps));
  assert.ok(statement);
  assert.equal(broken.length, 0);
  const body = fromB64u(statement.body);
  const { member } = at.office;
  await verify(member.signKey, fromB64u(statement.sig), "teduh/v1/reopened", await sha256(body));
  const said = fromJson<{ epoch: string; opened: { cmp: string }[] }>(body);
  assert.equal(said.epoch, at.office.team.kid);
  assert.deepEqual(said.opened.map((one) => one.cmp).sort(), [...told.parts].sort());
});

test("only what was asked for is wrapped, whatever else lies in the bundle", async () => {
  const at = await scene();
  const told = await parts(at, [await report(at)]);
  const { wraps } = await rewrap(at.ring, { ...told, parts: told.parts.slice(0, 1) });
  assert.deepEqual(
    wraps.map((one) => one.cmp),
    told.parts.slice(0, 1),
  );
});

test("a compartment nobody stands for is not wrapped anew", async () => {
  const at = await scene();
  const planted = await makeCompartment({ inst: INST, subject: TICKET, comp: "narrative" }, 2);
  const stranger = await makeCompartment({ inst: INST, subject: CASE, comp: "work" }, 2);
  const wraps = (of: typeof planted) => wrap(of, ownKey(at.office.team.kid, at.office.team.box.key));
  const her = await report(at);
  const rows: [Bundle, Sealed][] = [
    [her, { d: b64u(planted.d), comp: "narrative", wraps: [await wraps(planted)] }],
    [
      await caseOf(at),
      {
        d: b64u(stranger.d),
        comp: "work",
        wraps: [await wraps(stranger)],
        by: at.office.member.author.kid,
        sig: b64u(await sign(random(32), DESCRIPTOR, await sha256(stranger.d))),
      },
    ],
  ];
  for (const [bundle, row] of rows) {
    const told = await parts(at, [{ ...bundle, compartments: [...bundle.compartments, row] }]);
    const { wraps: made, failed } = await rewrap(at.ring, told);
    const bad = await cmpOf(row);
    assert.equal(failed, 1);
    assert.ok(made.every((one) => one.cmp !== bad));
    assert.equal(made.length, bundle.compartments.length);
  }
});

test("nothing is wrapped to a key the list does not name, of another team, or without the old key", async () => {
  const at = await scene();
  const told = await parts(at, [await report(at)]);
  const { kid } = at.fresh;
  const planted = { kid, key: b64u((await boxOf(random(32))).key) };
  await assert.rejects(rewrap(at.ring, { ...told, to: planted }), /UntrustedKey/);
  const { other } = at.office;
  await assert.rejects(rewrap(at.ring, { ...told, to: line(other) }), /WrongTeam/);
  await assert.rejects(rewrap({ ...at.ring, boxes: {} }, told), /NoKey/);
});

test("a wrap that does not open, or opens another compartment, is not signed for", async () => {
  const at = await scene();
  const told = await parts(at, [await caseOf(at)]);
  const { wraps } = await rewrap(at.ring, told);
  const [first, second, ...rest] = wraps;
  assert.ok(first && second);
  const spoilt = [{ ...first, w: second.w }, { ...second, w: b64u(random(1168)) }, ...rest];
  const { statement, broken } = await reopen(at.ring, await after(told, spoilt));
  assert.deepEqual(
    broken.map((one) => one.cmp),
    [first.cmp, second.cmp],
  );
  const said = fromJson<{ opened: { cmp: string }[] }>(fromB64u(statement?.body ?? ""));
  assert.equal(said.opened.length, rest.length);
});

test("whoever lacks the new key says nothing about its wraps, good or bad", async () => {
  const at = await scene();
  const told = await parts(at, [await caseOf(at)]);
  const { wraps } = await rewrap(at.ring, told);
  const { [at.fresh.kid]: _fresh, ...boxes } = at.ring.boxes;
  assert.deepEqual(await reopen({ ...at.ring, boxes }, await after(told, wraps)), { broken: [] });
});

test("a page opens by the old wrap while a new one is spoilt", async () => {
  const at = await scene();
  const bundle = await caseOf(at);
  const compartments = bundle.compartments.map((one) => ({
    ...one,
    wraps: [{ kid: at.fresh.kid, w: b64u(random(1168)) }, ...one.wraps],
  }));
  const page = makeReading(at.ring, [{ ...bundle, compartments }], {}).of(CASE);
  const [first] = bundle.compartments;
  assert.ok(first);
  const to = ownKey(at.fresh.kid, at.fresh.box.key);
  const made = await page.rewrap(await cmpOf(first), first.comp, to);
  await unwrap(fromB64u(first.d), made, at.fresh.box, { inst: INST, subject: CASE, comp: first.comp });
});

test("what a colleague accepted or listed before they left still counts", async () => {
  const at = await scene();
  const bundle = await report(at);
  const chat = bundle.compartments.find(({ comp }) => comp === "chat") as Sealed;
  const place = { inst: INST, subject: TICKET, comp: "chat" };
  const own = chat.wraps.find(({ kid }) => kid === at.office.team.kid);
  assert.ok(own);
  const opened = await unwrap(fromB64u(chat.d), own, at.office.team.box, place);
  const { author } = at.office.member;
  const accepted = await accept(await readHello(bundle, opened), author);
  const list = await makeCompartment({ inst: INST, subject: "asesmen.2026-10", comp: LIST });
  const made: Sealed = {
    d: b64u(list.d),
    comp: LIST,
    wraps: [await wrap(list, ownKey(at.office.team.kid, at.office.team.box.key))],
    by: author.kid,
    sig: b64u(await sign(author.seed, DESCRIPTOR, await sha256(list.d))),
  };
  const lists = { ...bundle, subject: "asesmen.2026-10", compartments: [made], items: [] };
  const told = await parts(at, [{ ...bundle, accept: accepted }, lists]);

  const gone = (until: string): Ring => {
    const keys = at.ring.manifest.keys.map((key) => (key.kid === author.kid ? { ...key, until } : key));
    return { ...at.ring, manifest: { ...at.ring.manifest, keys } as Manifest };
  };
  assert.equal((await rewrap(gone("2026-10-20"), told)).failed, 0);
  // Who had left before that month cannot have made its list.
  assert.equal((await rewrap(gone("2026-09-30"), told)).failed, 1);
});

test("what is signed about wraps is the examples', byte for byte", async () => {
  const { reopened, wraps } = vectors;
  const boxes: { [kid: string]: Box } = {};
  for (const one of wraps) boxes[one.kid] = await boxOf(fromB64u(one.seed));
  const bundles = wraps.map(({ d, kid, w }): Bundle => {
    const { inst, subject, comp } = fromJson<{ inst: string; subject: string; comp: string }>(fromB64u(d));
    return { inst, subject, items: [], signers: [], compartments: [{ d, comp, wraps: [{ kid, w }] }] };
  });
  const all = await Promise.all(bundles.flatMap((one) => one.compartments.map(cmpOf)));
  const author = { kid: reopened.by, seed: fromB64u(reopened.seed) };
  const ring = { inst: reopened.inst, author, boxes } as unknown as Ring;
  const { epoch, day } = reopened;
  const { statement } = await reopen(ring, { epoch, day, bundles, parts: all, to: { kid: "", key: "" } });
  assert.deepEqual(statement, { body: reopened.body, sig: reopened.sig });
});
