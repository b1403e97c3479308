// From a report to an open page of the office and back, as the scripts of both sides do it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openSent, savedAs } from "../intake/received";
import { chooseReaders, makeCompartments, sealReport } from "../intake/report";
import { type Bytes, b64u, fromB64u, fromUtf8, join, jsonBytes, utf8 } from "./bytes";
import { drawCode } from "./codes";
import { type Envelope, envelopeHash, headerOf, makeBody, open, seal, unwrap, wrap } from "./envelope";
import { closeOpened, restoreOpened, restoreTab, unlock } from "./keyring";
import { ownKey, readManifest } from "./manifest";
import { makeReading } from "./reading";
import { enter, keysOf } from "./reporter";
import { random, sha256, signPublicOf } from "./suite";
import { DAY, INST, makeOffice, PHRASE, type TestOffice, unlockingOf } from "./test-office";
import { type Bundle, type Item, MESSAGE, nextWords, readConversation, readHello, staffKey } from "./thread";

const TICKET = "TDH-7K2M-9QXR";
const TOLD = [
  { what: "intake.report.story", text: "Yang terjadi kemarin." },
  { what: "intake.report.name", text: "Nama samaran" },
];
const WHERE = { inst: INST, day: DAY };

async function publicKeys(office: TestOffice) {
  const line = (of: { kid: string; box: { key: Uint8Array } }) => ({ kid: of.kid, key: b64u(of.box.key) });
  return {
    package: await office.pack(),
    inst: INST,
    day: DAY,
    teams: [
      { code: "asesmen", ...line(office.team), alternate: false },
      { code: "pengganti", ...line(office.other), alternate: true },
    ],
    recovery: line(office.recovery),
  };
}

async function report(office: TestOffice) {
  const readers = await chooseReaders(await publicKeys(office), INST, false, office.root);
  const entry = await enter(drawCode(), INST, TICKET);
  const reporter = await keysOf(entry, random(32));
  const made = await makeCompartments(INST, TICKET);
  const sealed = await sealReport(TICKET, entry, reporter, readers, made, TOLD);
  return { reporter, made, sealed };
}

/** The bundle a page would get of it. */
function bundleOf(sealed: Awaited<ReturnType<typeof report>>["sealed"], office: TestOffice): Bundle {
  const comps = ["identity", "narrative", "file", "chat"];
  const compartments = sealed.compartments.map((one, i) => ({ ...one, comp: comps[i] as string }));
  const items: Item[] = sealed.items.map((item) => {
    const { what } = headerOf(item);
    return { ...item, what, comp: compName(what) };
  });
  return {
    inst: INST,
    subject: TICKET,
    compartments,
    items,
    signers: [{ kid: office.member.author.kid, key: b64u(office.member.signKey) }],
  };
}

function compName(what: string): string {
  if (what.startsWith("chat.")) return "chat";
  return what === "intake.report.name" ? "identity" : "narrative";
}

async function openOffice(office: TestOffice) {
  const answer = await unlockingOf(office);
  return { answer, ...(await unlock(answer, PHRASE, WHERE, office.root)) };
}

const asked = (what: string) => ({ subject: TICKET, comp: compName(what), what });

test("a sealed report opens on a page of the office", async () => {
  const office = await makeOffice();
  const { sealed } = await report(office);
  const { ring } = await openOffice(office);
  const page = makeReading(ring, [bundleOf(sealed, office)], {}).of(TICKET);
  for (const { what, text } of TOLD)
    assert.deepEqual(await page.show(asked(what)), { state: "open", text, gap: 0 });
});

test("the alternate team is chosen when one officer must not read it", async () => {
  const office = await makeOffice();
  const keys = await publicKeys(office);
  assert.equal((await chooseReaders(keys, INST, true, office.root)).team.kid, office.other.kid);
  assert.equal((await chooseReaders(keys, INST, false, office.root)).team.kid, office.team.kid);
});

test("a swapped team key is refused before anything is sealed", async () => {
  const office = await makeOffice();
  const keys = await publicKeys(office);
  const [first, second] = keys.teams;
  assert.ok(first && second);
  const swapped = { ...keys, teams: [{ ...first, key: second.key }, second] };
  await assert.rejects(chooseReaders(swapped, INST, false, office.root), /UntrustedKey/);
});

test("a member of another team is told that a key is missing", async () => {
  const office = await makeOffice();
  const { sealed } = await report(office);
  const { ring } = await openOffice(office);
  const page = makeReading({ ...ring, boxes: {} }, [bundleOf(sealed, office)], {}).of(TICKET);
  assert.equal((await page.show(asked("intake.report.story"))).state, "missing");
});

test("an item that was moved to another field or subject is not shown", async () => {
  const office = await makeOffice();
  const { sealed } = await report(office);
  const { ring } = await openOffice(office);
  const bundle = bundleOf(sealed, office);
  const items = bundle.items.map((item) =>
    item.what === "intake.report.story" ? { ...item, what: "intake.report.hopes" } : item,
  );
  const page = makeReading(ring, [{ ...bundle, items }], {}).of(TICKET);
  assert.equal((await page.show(asked("intake.report.hopes"))).state, "broken");
  const moved = makeReading(ring, [{ ...bundle, subject: "TDH-0000-0000" }], {}).of("TDH-0000-0000");
  const elsewhere = { ...asked("intake.report.story"), subject: "TDH-0000-0000" };
  assert.equal((await moved.show(elsewhere)).state, "broken");
});

test("a compartment the reporter never made is not believed", async () => {
  const office = await makeOffice();
  const one = await report(office);
  const { ring } = await openOffice(office);
  const bundle = bundleOf(one.sealed, office);
  const planted = await makeCompartments(INST, TICKET);
  const words = { what: "intake.report.hopes", seq: 0, orig: "browser", day: DAY, pad: "pow2-4k" } as const;
  const envelope = await seal(planted.narrative, words, utf8("palsu"), one.reporter.author);
  const d = b64u(planted.narrative.d);
  const wraps = [await wrap(planted.narrative, ownKey(office.team.kid, office.team.box.key))];
  const compartments = [...bundle.compartments, { d, comp: "narrative", wraps }];
  const items = [...bundle.items, { ...envelope, what: words.what, comp: "narrative" }];
  const page = makeReading(ring, [{ ...bundle, compartments, items }], {}).of(TICKET);
  assert.equal((await page.show(asked(words.what))).state, "broken");
});

test("an answer of the office reaches the reporter, and hers the office", async () => {
  const office = await makeOffice();
  const { sealed, reporter, made } = await report(office);
  const { ring } = await openOffice(office);
  const bundle = bundleOf(sealed, office);
  const page = makeReading(ring, [bundle], {}).of(TICKET);
  const text = "Kami membaca. ".repeat(100);
  const thing = { subject: TICKET, comp: "chat", what: MESSAGE, text, day: DAY };
  const done = await page.seal(thing);
  assert.equal(done.sealed.length, 2);
  assert.ok(done.accept);
  const messages = done.sealed.map((one) => ({ ...JSON.parse(one), what: MESSAGE, comp: "chat" }) as Item);

  const chat = bundle.compartments[3];
  const own = chat?.wraps.find((one) => one.kid === reporter.boxKey.kid);
  assert.ok(chat && own);
  const opened = await unwrap(fromB64u(chat.d), own, reporter.box, {
    inst: INST,
    subject: TICKET,
    comp: "chat",
  });
  const manifest = await readManifest(await office.pack(), { ...WHERE, grace: 90 }, office.root);
  const greeting = await readHello(bundle, opened);
  const keyOf = async ({ by }: { by: string }) =>
    by === greeting.kid ? greeting.key : staffKey(by, bundle.signers, manifest);
  const chatOf = (cmp: string) => (cmp === opened.cmp ? opened : undefined);
  const lines = await readConversation(messages, chatOf, keyOf);
  assert.equal(lines.map((line) => line.text).join(""), text);
  const next = nextWords(lines, "reporter");
  assert.deepEqual(next, { seq: 1, seen: await envelopeHash(messages[1] as Item) });

  const words = { what: MESSAGE, orig: "browser", day: DAY, pad: "chat-1k", ...next } as const;
  const reply = await seal(made.chat, words, utf8("Terima kasih."), reporter.author);
  const items = [...bundle.items, ...messages, { ...reply, what: MESSAGE, comp: "chat" }];
  const later = makeReading(ring, [{ ...bundle, items, accept: done.accept ?? null }], {}).of(TICKET);
  const shown = await later.show({ ...asked(MESSAGE), item: headerOf(reply).item });
  assert.deepEqual(shown, { state: "open", text: "Terima kasih.", gap: 0 });
  const again = await later.seal({ ...thing, text: "Sama-sama." });
  assert.equal(again.accept, undefined);
  const header = headerOf(JSON.parse(again.sealed[0] as string));
  assert.equal(header.seq, 3);
  assert.equal(header.seen, await envelopeHash(reply));
  const staff = await open(
    made.chat,
    JSON.parse(again.sealed[0] as string),
    { what: MESSAGE },
    office.member.signKey,
  );
  assert.equal(fromUtf8(staff), "Sama-sama.");
});

test("a repeated message is refused and a missing one is shown", async () => {
  const office = await makeOffice();
  const { reporter, made } = await report(office);
  const send = async (seq: number) => {
    const words = { what: MESSAGE, seq, orig: "browser", day: DAY, pad: "chat-1k", seen: "" } as const;
    const envelope = await seal(made.chat, words, utf8(`${seq}`), reporter.author);
    return { ...envelope, what: MESSAGE, comp: "chat" };
  };
  const [one, three] = [await send(1), await send(3)];
  const lines = await readConversation(
    [one, one, three],
    () => made.chat,
    async () => reporter.signKey,
  );
  assert.deepEqual(
    lines.map((line) => line.kind),
    ["message", "broken", "gap", "message"],
  );
});

test("an acceptance of another hello closes the page", async () => {
  const office = await makeOffice();
  const [one, two] = [await report(office), await report(office)];
  const { ring } = await openOffice(office);
  const foreign = await makeReading(ring, [bundleOf(two.sealed, office)], {})
    .of(TICKET)
    .accept();
  const bundle = { ...bundleOf(one.sealed, office), accept: foreign };
  const page = makeReading(ring, [bundle], {}).of(TICKET);
  assert.equal((await page.show(asked("intake.report.story"))).state, "broken");
  await assert.rejects(page.seal({ ...asked(MESSAGE), text: "x", day: DAY }), /WrongAcceptance/);
});

test("evidence opens only when it is the file its signed card speaks of", async () => {
  const office = await makeOffice();
  const { sealed, reporter, made } = await report(office);
  const { ring } = await openOffice(office);
  const base = { seq: 0, orig: "browser", day: DAY } as const;
  const file = await makeBody(
    made.file,
    { ...base, what: "intake.evidence.body", pad: "none" },
    reporter.author.kid,
  );
  const plain = utf8("isi berkas");
  const ct = await file.chunk(plain, 0, true);
  const told = {
    item: file.item,
    name: "foto.txt",
    type: "text/plain",
    size: plain.length,
    sha256: b64u(await sha256(plain)),
    ct_sha256: b64u(await sha256(ct)),
    at: "2026-11-24T01:02:03.000Z",
  };
  const words = { ...base, what: "intake.evidence.card", pad: "pow2-4k" } as const;
  const card = await seal(made.file, words, utf8(JSON.stringify(told)), reporter.author);
  const bundle = bundleOf(sealed, office);
  const items = [
    ...bundle.items,
    { what: "intake.evidence.body", comp: "file", hdr: file.hdr, ct: "", sig: "" },
    { ...card, what: "intake.evidence.card", comp: "file" },
  ];
  const page = makeReading(ring, [{ ...bundle, items }], {}).of(TICKET);
  assert.equal((await page.card(file.item)).name, "foto.txt");
  const parts = await page.file(file.item, ct, () => {});
  assert.equal(fromUtf8(parts[0] as Uint8Array<ArrayBuffer>), "isi berkas");
  const other = await file.chunk(utf8("lain"), 0, true);
  await assert.rejects(
    page.file(file.item, other, () => {}),
    /WrongBody/,
  );
});

/** A message with a file, as the office seals it, and what the server gives of it. */
async function sentFile() {
  const office = await makeOffice();
  const { sealed, reporter, made } = await report(office);
  const { ring } = await openOffice(office);
  const bundle = bundleOf(sealed, office);
  const bytes = utf8("isi berkas").buffer;
  const file = { name: "alamat.pdf", type: "application/pdf", bytes };
  const thing = { ...asked(MESSAGE), text: "Kami kirim berkas: alamat.pdf", day: DAY, file };
  const sent = await makeReading(ring, [bundle], {}).of(TICKET).seal(thing);
  assert.ok(sent.file);
  const { hdr } = sent.file;
  const [card, ct] = [JSON.parse(sent.file.card) as Envelope, new Uint8Array(sent.file.ct)];
  const voices = [{ chat: made.chat, kid: reporter.author.kid, key: reporter.signKey }];
  const given = (change: Partial<{ card: Envelope; hdr: string; ct: Bytes; key: Bytes }> = {}) => {
    const signers = [{ kid: office.member.author.kid, key: b64u(change.key ?? office.member.signKey) }];
    const proof = jsonBytes({ card: change.card ?? card, hdr: change.hdr ?? hdr, signers });
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, proof.length);
    return join(size, proof, change.ct ?? ct);
  };
  return {
    hers: { voices, manifest: ring.manifest },
    given,
    bundle,
    ring,
    made,
    reporter,
    sent,
    card,
    hdr,
    ct,
  };
}

test("a file of the office opens for whoever holds the code, beside the message it came with", async () => {
  const { hers, given, sent } = await sentFile();
  const [message] = sent.sealed.map((one) => headerOf(JSON.parse(one)));
  assert.equal(message?.seq, 1);
  const { name, blob } = await openSent(hers, 1, given());
  assert.equal(name, "alamat.pdf");
  assert.equal(await blob.text(), "isi berkas");
});

test("and for nobody who was given another file, another message, or a word of no member", async () => {
  const { hers, given, made, reporter, card, hdr, ct } = await sentFile();
  const words = { ...headerOf(card), seq: 1 };
  const byHer = await seal(made.chat, words, utf8("{}"), reporter.author);
  const other = await makeBody(made.chat, { ...words, what: "chat.file.body" }, words.by);
  const wrong: [number, Bytes][] = [
    [2, given()],
    [1, given({ ct: ct.slice(1) })],
    [1, given({ hdr: other.hdr })],
    [1, given({ card: byHer })],
    [1, given({ card: { ...card, sig: b64u(random(64)) } })],
    [1, given({ key: await signPublicOf(random(32)) })],
    [1, given({ card: { ...card, hdr } })],
  ];
  for (const [seq, bytes] of wrong) await assert.rejects(openSent(hers, seq, bytes));
  await assert.rejects(openSent({ ...hers, voices: [] }, 1, given()), /WrongItem/);
});

test("the office opens again what it sent, but no card that the reporter signed", async () => {
  const { bundle, ring, made, reporter, card, hdr, ct } = await sentFile();
  const { item } = headerOf({ ...card, hdr });
  const page = (...by: Envelope[]) =>
    makeReading(
      ring,
      [
        {
          ...bundle,
          items: [
            ...bundle.items,
            { what: "chat.file.body", comp: "chat", hdr, ct: "", sig: "" },
            ...by.map((one) => ({ ...one, what: "chat.file.card", comp: "chat" })),
          ],
        },
      ],
      {},
    ).of(TICKET);
  assert.equal((await page(card).card(item)).name, "alamat.pdf");
  const [part] = await page(card).file(item, ct, () => {});
  assert.equal(fromUtf8(part as Bytes), "isi berkas");
  const forged = await seal(made.chat, headerOf(card), jsonBytes({ item }), reporter.author);
  await assert.rejects(page(forged).card(item), /NotOurs/);
  assert.equal((await page(forged, card).card(item)).name, "alamat.pdf");
});

test("a phone keeps a file under a name that tells nothing", () => {
  const names = ["surat visum Contoh.PDF", "foto.jpg", "lari.apk", "tanpa akhiran"];
  assert.deepEqual(names.map(savedAs), ["berkas.pdf", "berkas.jpg", "berkas", "berkas"]);
});

test("the keyring opens by its phrase however it is typed, and by no other", async () => {
  const office = await makeOffice();
  const answer = await unlockingOf(office);
  const { ring } = await unlock(answer, `  ${PHRASE.toUpperCase().replace(/ /g, "  ")} `, WHERE, office.root);
  assert.deepEqual(Object.keys(ring.boxes), [office.team.kid]);
  await assert.rejects(unlock(answer, "satu dua tiga empat lima tujuh", WHERE, office.root), /WrongPhrase/);
  const elsewhere = { ...answer, share: b64u(random(32)) };
  await assert.rejects(unlock(elsewhere, PHRASE, WHERE, office.root), /WrongPhrase/);
});

test("an older manifest than the last one seen is refused, a newer one is remembered", async () => {
  const office = await makeOffice();
  await assert.rejects(unlock(await unlockingOf(office, 8), PHRASE, WHERE, office.root), /RolledBack/);
  const later = await unlock(await unlockingOf(office, 6), PHRASE, WHERE, office.root);
  assert.ok(later.keyring);
});

test("the next page opens the tab's keyring with the tab key only", async () => {
  const office = await makeOffice();
  const { answer, tab, ring } = await openOffice(office);
  const key = fromB64u(answer.tabKey);
  const back = await restoreTab(tab, key, ring.member);
  assert.equal(back.author.kid, ring.author.kid);
  assert.deepEqual(Object.keys(back.boxes), Object.keys(ring.boxes));
  await assert.rejects(restoreTab(tab, random(32), ring.member));
  await assert.rejects(restoreTab(tab, key, "lain"));
});

test("opened keys are kept for the next page, at most 500", async () => {
  const key = random(32);
  const many: { [cmp: string]: string } = {};
  for (let i = 0; i < 510; i++) many[`k${i}`] = "x";
  const back = await restoreOpened(await closeOpened(many, key, "m"), key, "m");
  assert.equal(Object.keys(back).length, 500);
  assert.equal(back.k0, undefined);
  assert.deepEqual(await restoreOpened("AAAA", key, "m"), {});
});
