// Sealing and opening with each other, and refusing everything that was changed or moved.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Bytes, b64u, fromB64u, fromUtf8, utf8 } from "./bytes";
import {
  type Envelope,
  headerOf,
  makeBody,
  makeCompartment,
  open,
  openBody,
  seal,
  unwrap,
  wrap,
} from "./envelope";
import { ownKey, readManifest, trust } from "./manifest";
import { chatParts, pack, unpack } from "./packing";
import { boxOf, random, selfTest, signPublicOf } from "./suite";
import { DAY, INST, makeOffice } from "./test-office";

const PLACE = { inst: INST, subject: "TDH-AAAA-BBBB", comp: "narrative" };
const STORY = { what: "intake.report.story", seq: 0, orig: "browser", day: DAY, pad: "pow2-4k" } as const;

function flipped(text: string, at = 20): string {
  const bytes = fromB64u(text);
  bytes[at] = (bytes[at] as number) ^ 1;
  return b64u(bytes);
}

async function sealed() {
  const seed = random(32);
  const key = await signPublicOf(seed);
  const compartment = await makeCompartment(PLACE);
  const author = { kid: "pelapor.00000000", seed };
  const envelope = await seal(compartment, STORY, utf8("Sebuah cerita."), author);
  return { seed, key, compartment, author, envelope };
}

test("the self-test passes where every primitive works", () => selfTest());

test("a sealed story opens as the same text", async () => {
  const { compartment, envelope, key } = await sealed();
  const plain = await open(compartment, envelope, { what: STORY.what }, key);
  assert.equal(fromUtf8(plain), "Sebuah cerita.");
  assert.equal(fromB64u(envelope.ct).length, 4096 + 16);
});

test("one flipped bit anywhere is refused", async () => {
  const { compartment, envelope, key } = await sealed();
  for (const part of ["hdr", "ct", "sig"] as const) {
    const changed: Envelope = { ...envelope, [part]: flipped(envelope[part]) };
    await assert.rejects(open(compartment, changed, { what: STORY.what }, key));
  }
});

test("a header under other ciphertext is refused", async () => {
  const { compartment, author, envelope, key } = await sealed();
  const other = await seal(compartment, STORY, utf8("Lain."), author);
  for (const mixed of [
    { ...envelope, ct: other.ct },
    { ...envelope, hdr: other.hdr },
    { ...other, sig: envelope.sig },
  ]) {
    await assert.rejects(open(compartment, mixed, { what: STORY.what }, key), /BadSignature/);
  }
});

test("an item is refused where another one was asked for", async () => {
  const { compartment, envelope, key } = await sealed();
  await assert.rejects(open(compartment, envelope, { what: "intake.report.name" }, key), /WrongItem/);
  const asked = { what: STORY.what, item: b64u(random(16)) };
  await assert.rejects(open(compartment, envelope, asked, key), /WrongItem/);
});

test("an item of one compartment does not open in another", async () => {
  const { envelope, key } = await sealed();
  const other = await makeCompartment(PLACE);
  await assert.rejects(open(other, envelope, { what: STORY.what }, key), /WrongItem/);
});

test("a signature of somebody else is refused", async () => {
  const { compartment, envelope } = await sealed();
  const stranger = await signPublicOf(random(32));
  await assert.rejects(open(compartment, envelope, { what: STORY.what }, stranger), /BadSignature/);
});

test("a wrap opens for its recipient, in its place and no other", async () => {
  const compartment = await makeCompartment(PLACE);
  const box = await boxOf(random(32));
  const made = await wrap(compartment, ownKey("pelapor.1", box.key));
  assert.equal(fromB64u(made.w).length, 1168);
  assert.equal(b64u((await unwrap(compartment.d, made, box, PLACE)).key), b64u(compartment.key));
  for (const other of [{ comp: "chat" }, { subject: "TDH-CCCC-DDDD" }, { inst: "lain" }]) {
    await assert.rejects(unwrap(compartment.d, made, box, { ...PLACE, ...other }), /WrongPlace/);
  }
  await assert.rejects(unwrap(compartment.d, { ...made, kid: "pelapor.2" }, box, PLACE));
  await assert.rejects(unwrap(compartment.d, { ...made, w: flipped(made.w) }, box, PLACE));
  await assert.rejects(unwrap(compartment.d, made, await boxOf(random(32)), PLACE));
});

test("a wrap of another descriptor is refused", async () => {
  const [one, two] = [await makeCompartment(PLACE), await makeCompartment(PLACE)];
  const box = await boxOf(random(32));
  const made = await wrap(one, ownKey("pelapor.1", box.key));
  await assert.rejects(unwrap(two.d, made, box, PLACE));
});

test("a key the descriptor does not commit to is refused", async () => {
  const one = await makeCompartment(PLACE);
  const box = await boxOf(random(32));
  const planted = await wrap({ ...one, key: random(32) }, ownKey("pelapor.1", box.key));
  await assert.rejects(unwrap(one.d, planted, box, PLACE), /WrongKey/);
});

test("a box seed is not changed by making a key pair of it", async () => {
  const seed = random(32);
  const before = b64u(seed);
  await boxOf(seed);
  assert.equal(b64u(seed), before);
});

async function body(plain: Bytes) {
  const compartment = await makeCompartment({ ...PLACE, comp: "file" });
  const words = { ...STORY, what: "intake.evidence.body", pad: "none" } as const;
  const made = await makeBody(compartment, words, "pelapor.1");
  const chunks: Bytes[] = [];
  const count = Math.max(1, Math.ceil(plain.length / 65536));
  for (let i = 0; i < count; i++) {
    chunks.push(await made.chunk(plain.slice(i * 65536, (i + 1) * 65536), i, i === count - 1));
  }
  return { compartment, made, chunks };
}

const whole = (parts: Bytes[]) =>
  new Uint8Array(parts.reduce<number[]>((all, one) => all.concat(...one), []));

test("a file body opens, and not when a chunk is cut, moved or added", async () => {
  const plain = random(60000).slice();
  const long = new Uint8Array(65536 * 2 + 10).fill(7);
  long.set(plain);
  const { compartment, made, chunks } = await body(long);
  const asked = { what: "intake.evidence.body", item: made.item };
  const [a, b, c] = chunks as [Bytes, Bytes, Bytes];
  assert.deepEqual(whole(await openBody(compartment, made.hdr, whole([a, b, c]), asked)), long);
  for (const wrong of [[a, b], [b, a, c], [a, a, b, c], [b, c], []]) {
    await assert.rejects(openBody(compartment, made.hdr, whole(wrong), asked));
  }
});

test("an empty file is one sealed chunk", async () => {
  const { compartment, made, chunks } = await body(new Uint8Array(0));
  const asked = { what: "intake.evidence.body", item: made.item };
  assert.equal(whole(await openBody(compartment, made.hdr, whole(chunks), asked)).length, 0);
});

test("padding hides the length and comes back exactly", () => {
  for (const [length, size] of [
    [0, 4096],
    [4092, 4096],
    [4093, 8192],
    [9000, 16384],
  ] as const) {
    const packed = pack(new Uint8Array(length).fill(1), "pow2-4k");
    assert.equal(packed.length, size);
    assert.equal(unpack(packed, "pow2-4k").length, length);
  }
  assert.equal(pack(new Uint8Array(1020), "chat-1k").length, 1024);
  assert.throws(() => pack(new Uint8Array(1021), "chat-1k"), /TooLong/);
  assert.throws(() => pack(new Uint8Array(253), "card-256"), /TooLong/);
});

test("padding that is not zero, or of a wrong size, is refused", () => {
  const packed = pack(utf8("a"), "pow2-4k");
  packed[4000] = 1;
  assert.throws(() => unpack(packed, "pow2-4k"), /BadPadding/);
  assert.throws(() => unpack(pack(utf8("a"), "pow2-4k"), "chat-1k"), /BadPadding/);
  assert.throws(() => unpack(new Uint8Array(8192), "pow2-4k"), /BadPadding/);
});

test("a long message is cut between letters", () => {
  const text = "é🙂a".repeat(700);
  const parts = chatParts(text);
  assert.equal(parts.join(""), text);
  assert.ok(parts.every((part) => utf8(part).length <= 1020));
  assert.deepEqual(chatParts("pendek"), ["pendek"]);
});

test("a manifest of the office is trusted, and its keys by their hash", async () => {
  const office = await makeOffice();
  const when = { inst: INST, day: DAY, grace: 90 };
  const manifest = await readManifest(await office.pack(), when, office.root);
  const { kid, box } = office.team;
  assert.equal((await trust(manifest, "team", kid, box.key)).kid, kid);
  await assert.rejects(trust(manifest, "team", kid, office.other.box.key), /UntrustedKey/);
  await assert.rejects(trust(manifest, "recovery", kid, box.key), /UntrustedKey/);
});

test("a manifest of another root, office or time is refused", async () => {
  const office = await makeOffice();
  const stranger = await makeOffice();
  const when = { inst: INST, day: DAY, grace: 90 };
  const pack = await office.pack();
  await assert.rejects(readManifest(pack, when, stranger.root), /BadSignature/);
  await assert.rejects(readManifest(pack, { ...when, inst: "lain" }, office.root), /WrongManifest/);
  await assert.rejects(readManifest(pack, { ...when, day: "2026-10-31" }, office.root), /ExpiredManifest/);
  await assert.rejects(readManifest(pack, { ...when, day: "2027-03-06" }, office.root), /ExpiredManifest/);
  await readManifest(pack, { ...when, day: "2027-03-05" }, office.root);
  const mixed = { ...pack, manifest: (await stranger.pack()).manifest };
  await assert.rejects(readManifest(mixed, when, office.root), /BadSignature/);
});

test("without its own root key the script trusts nobody", async () => {
  const office = await makeOffice();
  const pack = await office.pack();
  await assert.rejects(readManifest(pack, { inst: INST, day: DAY, grace: 90 }), /BadSignature/);
});

test("every envelope has its own random part", async () => {
  const { compartment, author } = await sealed();
  const heads = [];
  for (let i = 0; i < 3; i++) heads.push(headerOf(await seal(compartment, STORY, utf8("x"), author)).n);
  assert.equal(new Set(heads).size, 3);
});
