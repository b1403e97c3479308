// A new code for a ticket: who may stand for it, and what both sides read before and after.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseReaders, makeCompartments, type Readers, sealReport } from "../intake/report";
import { b64u, fromB64u, fromJson, jsonBytes, utf8 } from "./bytes";
import { drawCode } from "./codes";
import {
  type Author,
  type Compartment,
  type Envelope,
  headerOf,
  type Signed,
  seal,
  unwrap,
  type Wrap,
} from "./envelope";
import { unlock } from "./keyring";
import { makeReading } from "./reading";
import { carriedOf, sealRenewal } from "./renewing";
import { enter, keysOf, type Reporter } from "./reporter";
import { random, sha256, sign, signPublicOf } from "./suite";
import { DAY, INST, makeOffice, PHRASE, type TestOffice, unlockingOf } from "./test-office";
import {
  type Bundle,
  HELLO,
  type Item,
  MESSAGE,
  type Numbers,
  readConversation,
  readHello,
  voicesOf,
} from "./thread";

const TICKET = "TDH-7K2M-9QXR";
const PLACE = { inst: INST, subject: TICKET, comp: "chat" };
const STORY = { subject: TICKET, comp: "narrative", what: "intake.report.story" };

interface Begun {
  readonly office: TestOffice;
  readonly reporter: Reporter;
  readonly chat: Compartment;
  readonly readers: Readers;
  readonly r: Uint8Array<ArrayBuffer>;
  readonly bundle: Bundle;
}

/** An office with a report in it. */
async function begin(): Promise<Begun> {
  const office = await makeOffice();
  const line = (of: { kid: string; box: { key: Uint8Array } }) => ({ kid: of.kid, key: b64u(of.box.key) });
  const keys = {
    package: await office.pack(),
    inst: INST,
    day: DAY,
    teams: [{ code: "asesmen", ...line(office.team), alternate: false }],
    recovery: line(office.recovery),
  };
  const readers = await chooseReaders(keys, INST, false, office.root);
  const r = random(32);
  const entry = await enter(drawCode(), INST, TICKET);
  const reporter = await keysOf(entry, r);
  const made = await makeCompartments(INST, TICKET);
  const told = [{ what: STORY.what, text: "Kisah contoh." }];
  const report = await sealReport(TICKET, entry, reporter, readers, made, told);
  const comps = ["identity", "narrative", "file", "chat"];
  const compartments = report.compartments.map((one, i) => ({ ...one, comp: comps[i] as string }));
  const items: Item[] = report.items.map((item) => {
    const { what } = headerOf(item);
    return { ...item, what, comp: what === HELLO ? "chat" : "narrative" };
  });
  const signers = [{ kid: office.member.author.kid, key: b64u(office.member.signKey) }];
  const epoch = line(office.team);
  const bundle = { inst: INST, subject: TICKET, compartments, items, signers };
  return {
    office,
    reporter,
    chat: made.chat,
    readers,
    r,
    bundle: { ...bundle, epoch, recovery: keys.recovery },
  };
}

interface Sent {
  readonly chat: { d: string; wraps: Wrap[] };
  readonly hello: Envelope;
  readonly statement: Signed;
}

/** The bundle of a page once the server has taken a new code. */
function taken(bundle: Bundle, sent: string): Bundle {
  const { chat, hello, statement } = JSON.parse(sent) as Sent;
  return {
    ...bundle,
    compartments: [...bundle.compartments, { ...chat, comp: "chat" }],
    items: [...bundle.items, { ...hello, what: HELLO, comp: "chat" }],
    renewals: [...(bundle.renewals ?? []), statement],
  };
}

function withMessage(bundle: Bundle, envelope: Envelope): Bundle {
  return { ...bundle, items: [...bundle.items, { ...envelope, what: MESSAGE, comp: "chat" }] };
}

/** What the holder changes herself: signed by `author`, who ought to be she. */
async function changed(
  { chat, bundle, r, readers }: Begun,
  author: Author,
): Promise<{ sent: string; own: Reporter; made: Compartment }> {
  const code = drawCode();
  const greeting = await readHello(bundle, chat);
  const before = carriedOf(await voicesOf(greeting, chat));
  const sent = await sealRenewal({
    inst: INST,
    ticket: TICKET,
    gen: 2,
    day: DAY,
    orig: "browser",
    code,
    r,
    greeting,
    readers: [readers.team, readers.recovery],
    author,
    before,
  });
  return { sent, ...(await openedBy(sent, code, r)) };
}

/** The new chat as whoever has the code opens it. */
async function openedBy(sent: string, code: Uint8Array<ArrayBuffer>, r: Uint8Array<ArrayBuffer>) {
  const own = await keysOf(await enter(code, INST, TICKET), r);
  const { chat } = JSON.parse(sent) as Sent;
  const wrap = chat.wraps.find((one) => one.kid === own.boxKey.kid) as Wrap;
  return { own, made: await unwrap(fromB64u(chat.d), wrap, own.box, PLACE) };
}

function write(chat: Compartment, author: Author, seq: number, text: string): Promise<Envelope> {
  const words = { what: MESSAGE, seq, orig: "browser", day: DAY, pad: "chat-1k", seen: "" } as const;
  return seal(chat, words, utf8(text), author);
}

async function pageOf(office: TestOffice, bundle: Bundle) {
  const { ring } = await unlock(await unlockingOf(office), PHRASE, { inst: INST, day: DAY }, office.root);
  return makeReading(ring, [bundle], {}).of(TICKET);
}

const shown = (page: Awaited<ReturnType<typeof pageOf>>, of: Envelope) =>
  page.show({ subject: TICKET, comp: "chat", what: MESSAGE, item: headerOf(of).item });

async function texts(bundle: Bundle, chat: Compartment, office: TestOffice, after?: Numbers) {
  const voices = await voicesOf(await readHello(bundle, chat), chat);
  const lines = await readConversation(
    bundle.items,
    (cmp) => voices.find((one) => one.chat.cmp === cmp)?.chat,
    async ({ by, cmp }) =>
      voices.find((one) => one.chat.cmp === cmp && one.kid === by)?.key ?? office.member.signKey,
    "first",
    after,
  );
  return lines.map((line) => (line.kind === "message" ? line.text : line.kind));
}

test("who changes her code reads what was before, and the office goes on in the new chat", async () => {
  const begun = await begin();
  const { office, reporter, chat } = begun;
  const old = await write(chat, reporter.author, 1, "Sebelum.");
  const { sent, own, made } = await changed(begun, reporter.author);
  const later = await write(made, own.author, 2, "Sesudah.");
  const bundle = withMessage(taken(withMessage(begun.bundle, old), sent), later);
  const page = await pageOf(office, bundle);
  assert.deepEqual(await shown(page, old), { state: "open", text: "Sebelum.", gap: 0 });
  assert.deepEqual(await shown(page, later), { state: "open", text: "Sesudah.", gap: 0 });
  assert.equal((await page.show(STORY)).text, "Kisah contoh.");
  const thing = { subject: TICKET, comp: "chat", what: MESSAGE, text: "Kami di sini.", day: DAY };
  const [answer] = (await page.seal(thing)).sealed.map((one) => JSON.parse(one) as Envelope);
  assert.equal(headerOf(answer as Envelope).cmp, made.cmp);
  const whole = withMessage(bundle, answer as Envelope);
  assert.deepEqual(await texts(whole, made, office), ["Sebelum.", "Sesudah.", "Kami di sini."]);
});

test("a code the office gives for a lost one opens nothing that was said before", async () => {
  const begun = await begin();
  const { office, reporter, chat } = begun;
  const old = withMessage(begun.bundle, await write(chat, reporter.author, 1, "Sebelum."));
  const given = await (await pageOf(office, old)).reissue(begun.r, DAY);
  const { own, made } = await openedBy(given.renewal, fromB64u(given.code), begun.r);
  const later = await write(made, own.author, 2, "Sesudah.");
  const bundle = withMessage(taken(old, given.renewal), later);
  const { hello } = await readHello(bundle, made);
  assert.deepEqual(hello.after, { reporter: 1, office: 0 });
  assert.deepEqual(hello.before, []);
  assert.deepEqual(await texts(bundle, made, office, hello.after), ["broken", "Sesudah."]);
  assert.equal((await shown(await pageOf(office, bundle), later)).text, "Sesudah.");
  assert.ok(JSON.stringify(given).indexOf(b64u(chat.key)) < 0);
});

test("nobody but the holder or a member of the team exchanges a code", async () => {
  const begun = await begin();
  const seed = random(32);
  const { kid } = begun.reporter.author;
  const posing = [
    { kid, seed },
    { kid: begun.office.member.author.kid, seed },
    { kid: "tanda-asing.00000000", seed },
  ];
  for (const author of posing) {
    const { sent, own, made } = await changed(begun, author);
    const forged = await write(made, own.author, 1, "Bukan dia.");
    const page = await pageOf(begun.office, withMessage(taken(begun.bundle, sent), forged));
    assert.equal((await shown(page, forged)).state, "broken");
    assert.equal((await page.show(STORY)).text, "Kisah contoh.");
    const thing = { subject: TICKET, comp: "chat", what: MESSAGE, text: "x", day: DAY };
    await assert.rejects(page.seal(thing), /NotInHello/);
  }
});

test("a word for another ticket, another office or another hello stands for nothing", async () => {
  const begun = await begin();
  const { author } = begun.reporter;
  const { sent, own, made } = await changed(begun, author);
  const later = await write(made, own.author, 1, "Sesudah.");
  const whole = JSON.parse(sent) as Sent;
  const said = fromJson<{ [name: string]: unknown }>(fromB64u(whole.statement.body));
  for (const other of [
    { ticket: "TDH-0000-0000" },
    { inst: "kota-lain" },
    { before: "A".repeat(43) },
    { v: 2 },
  ]) {
    const body = jsonBytes({ ...said, ...other });
    const sig = await sign(author.seed, "teduh/v1/renew", await sha256(body));
    const statement = { body: b64u(body), sig: b64u(sig) };
    const bundle = taken(begun.bundle, JSON.stringify({ ...whole, statement }));
    const page = await pageOf(begun.office, withMessage(bundle, later));
    assert.equal((await shown(page, later)).state, "broken", JSON.stringify(other));
  }
});

test("the old code writes nothing that counts once there is a new one", async () => {
  const begun = await begin();
  const { office, reporter, chat } = begun;
  const { sent, own, made } = await changed(begun, reporter.author);
  const later = await write(made, own.author, 1, "Sesudah.");
  const bundle = withMessage(taken(begun.bundle, sent), later);
  const inNew = await write(made, reporter.author, 2, "Dengan kode lama.");
  assert.equal((await shown(await pageOf(office, withMessage(bundle, inNew)), inNew)).state, "broken");
  const inOld = await write(chat, reporter.author, 2, "Dengan kode lama.");
  assert.equal((await shown(await pageOf(office, withMessage(bundle, inOld)), inOld)).state, "broken");
});

test("her key in hello is the one that her code gives", async () => {
  const begun = await begin();
  const { sent, own } = await changed(begun, begun.reporter.author);
  const told = JSON.parse(sent) as { tanda: string; kotak: string };
  assert.equal(told.tanda, b64u(await signPublicOf(own.author.seed)));
  assert.equal(told.kotak, b64u(own.box.key));
});
