// The examples both sides keep to: made in Python, opened here, and made here again byte for byte.

import assert from "node:assert/strict";
import { test } from "node:test";
import text from "../../src/teduh/vault/data/words.txt";
import vectors from "../../tests/vectors/sealing.json";
import { type Bytes, b64u, fromB64u, fromJson, fromUtf8, jsonBytes, utf8 } from "./bytes";
import { looksLikeDigits, readDigits, readTicket, readWords, spellDigits, spellWords } from "./codes";
import {
  type Compartment,
  envelopeHash,
  headerOf,
  makeBody,
  makeCompartment,
  open,
  openBody,
  restore,
  seal,
  sealBody,
  unwrap,
  wrap,
} from "./envelope";
import { keyOverKeyring, unlock } from "./keyring";
import { type KeyKind, ownKey, readManifest, trust } from "./manifest";
import { followerOf } from "./renewing";
import { enter, keysOf, nameKey } from "./reporter";
import { keepBody, resumeBody } from "./resuming";
import { boxOf, boxOpen, sha256, sign, signPublicOf, stretchPhrase, verify } from "./suite";
import { ADDITION, readHello, voicesOf } from "./thread";

const LIST = text.trim().split(/\s+/);
const descriptors = vectors.compartments;

/** Draws the given bytes in their order, as the examples were made. */
async function drawing<T>(bytes: string[], run: () => Promise<T>): Promise<T> {
  const real = crypto.getRandomValues.bind(crypto);
  const rest = bytes.slice();
  const fixed = (array: Uint8Array) => {
    const next = rest.shift();
    assert.ok(next !== undefined, "drew more than the examples did");
    array.set(fromB64u(next));
    return array;
  };
  Object.defineProperty(crypto, "getRandomValues", { value: fixed, configurable: true });
  try {
    return await run();
  } finally {
    Object.defineProperty(crypto, "getRandomValues", { value: real, configurable: true });
  }
}

async function compartmentNamed(comp: string): Promise<Compartment> {
  const found = descriptors.find((one) => one.comp === comp);
  assert.ok(found);
  return restore(fromB64u(found.d), fromB64u(found.key));
}

test("key pairs of seeds are the examples' key pairs", async () => {
  for (const box of vectors.boxes) {
    const { key } = await boxOf(fromB64u(box.seed));
    assert.equal(b64u(key), box.public);
    assert.equal(await nameKey(box.name, key), box.kid);
  }
  for (const signer of vectors.signers) {
    const key = await signPublicOf(fromB64u(signer.seed));
    assert.equal(b64u(key), signer.public);
    assert.equal(await nameKey(signer.name, key), signer.kid);
  }
});

test("compartments come out as the examples' exact bytes", async () => {
  for (const { key, id, d, cmp, ...place } of descriptors) {
    const made = await drawing([key, id], () => makeCompartment(place));
    assert.equal(b64u(made.d), d);
    assert.equal(made.cmp, cmp);
  }
});

test("wraps of the examples open, and ours like them", async () => {
  for (const one of vectors.wraps) {
    const place = fromJson<{ inst: string; subject: string; comp: string }>(fromB64u(one.d));
    const box = await boxOf(fromB64u(one.seed));
    const opened = await unwrap(fromB64u(one.d), one, box, place);
    assert.equal(b64u(opened.key), one.key);
    const ours = await wrap(opened, ownKey(one.kid, box.key));
    assert.equal(b64u((await unwrap(fromB64u(one.d), ours, box, place)).key), one.key);
  }
});

test("envelopes of the examples open, and ours are the same bytes", async () => {
  const seed = fromB64u(vectors.signers.find((one) => one.name === "pelapor")?.seed ?? "");
  for (const one of vectors.envelopes) {
    const compartment = await compartmentNamed(one.comp);
    const plain = await open(compartment, one, { what: one.what }, fromB64u(one.signer));
    assert.equal(fromUtf8(plain), one.text);
    assert.equal(await envelopeHash(one), one.hash);
    const { item, n, by, ...words } = headerOf(one);
    const ours = await drawing([item, n], () => seal(compartment, words, utf8(one.text), { kid: by, seed }));
    assert.deepEqual(ours, { hdr: one.hdr, ct: one.ct, sig: one.sig });
  }
});

test("the statement of the examples names the compartment that was added", async () => {
  const { key, d, statement } = vectors.addition;
  const added = await restore(fromB64u(d), fromB64u(key));
  const chat = await compartmentNamed(statement.comp);
  const said = fromJson<{ ticket: string; gen: number; d: string[] }>(
    await open(chat, statement, { what: ADDITION }, fromB64u(statement.signer)),
  );
  assert.deepEqual(said, { ticket: vectors.reporter.ticket, gen: 2, d: [added.cmp] });
  assert.equal(fromJson<{ gen: number }>(added.d).gen, said.gen);
  const { item, n, by, ...words } = headerOf(statement);
  const seed = fromB64u(vectors.signers.find((one) => one.name === "pelapor")?.seed ?? "");
  const ours = await drawing([item, n], () => seal(chat, words, jsonBytes(said), { kid: by, seed }));
  assert.equal(ours.ct, statement.ct);
});

test("a new code of the examples follows its hello, and ours is the same bytes", async () => {
  const told = vectors.renewal;
  const chat = await restore(fromB64u(told.d), fromB64u(told.key));
  const item = { ...told.hello, what: "chat.thread.hello", comp: "chat" };
  const bundle = { inst: vectors.reporter.inst, subject: vectors.reporter.ticket, compartments: [] };
  const greeting = await readHello({ ...bundle, items: [item], signers: [] }, chat);
  assert.deepEqual(greeting.hello, told.said);
  const voices = await voicesOf(greeting, chat);
  assert.deepEqual(
    voices.map((one) => one.kid),
    [told.tanda_kid, greeting.kid],
  );
  const before = { ...greeting, hash: told.before, kid: told.tanda_kid, key: fromB64u(told.tanda) };
  const keyOf = () => Promise.reject(new Error("not staff"));
  const hash = await followerOf(told.statement, before, bundle.inst, keyOf);
  assert.equal(hash, await envelopeHash(told.hello));
  const entry = await enter(fromB64u(told.code_bytes), bundle.inst, bundle.subject);
  const { author } = await keysOf(entry, fromB64u(vectors.reporter.r));
  const { item: name, n, by, ...words } = headerOf(told.hello);
  const ours = await drawing([name, n], () => seal(chat, words, jsonBytes(told.said), author));
  assert.deepEqual([by, ours], [author.kid, told.hello]);
});

test("the file of the examples opens, and ours is the same bytes", async () => {
  const { file } = vectors;
  const compartment = await restore(fromB64u(file.d), fromB64u(file.key));
  const ct = fromB64u(file.ct);
  const asked = { what: file.what, item: file.item };
  const parts = await openBody(compartment, file.hdr, ct, asked);
  const body = new Uint8Array(file.size);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  assert.equal(b64u(await sha256(body)), file.sha256);
  const { item, n, by, ...words } = headerOf({ hdr: file.hdr, ct: "", sig: "" });
  const made = await drawing([item, n], () => makeBody(compartment, words, by));
  assert.equal(made.hdr, file.hdr);
  assert.equal(b64u(await sealBody(made, body)), file.ct);
});

test("her code and the same file lead back to a file that was begun, nothing else does", async () => {
  const { file, resume, reporter } = vectors;
  const { item, hdr } = file;
  const [secret, hash] = [fromB64u(resume.secret), fromB64u(file.sha256)];
  const her = await keysOf(
    await enter(fromB64u(reporter.code_bytes), reporter.inst, reporter.ticket),
    fromB64u(reporter.r),
  );
  assert.equal(b64u(her.resume), resume.secret);
  const begun = { item, hdr, seq: 1, resume: resume.resume };
  const body = await resumeBody(begun, secret, hash);
  assert.equal(b64u(body.key), resume.content);
  assert.equal(await keepBody(body, secret, hash), resume.resume);
  const other = await sha256(hash);
  const moved = fromB64u(hdr.slice());
  moved[moved.length - 3] = (moved[moved.length - 3] as number) ^ 1;
  await assert.rejects(resumeBody(begun, secret, other));
  await assert.rejects(resumeBody(begun, other, hash));
  await assert.rejects(resumeBody({ ...begun, hdr: b64u(moved) }, secret, hash));
});

test("statements are signed alike under every label, and under no other", async () => {
  for (const one of vectors.statements) {
    const hash = await sha256(fromB64u(one.body));
    assert.equal(b64u(await sign(fromB64u(one.seed), one.label, hash)), one.sig);
    const [key, sig] = [fromB64u(one.public), fromB64u(one.sig)];
    await verify(key, sig, one.label, hash);
    for (const other of vectors.statements) {
      if (other !== one) await assert.rejects(verify(key, sig, other.label, hash), /BadSignature/);
    }
  }
});

test("the manifest of the examples counts on its days and names its keys", async () => {
  const { package: given, root, keys, days } = vectors.trust;
  const read = (day: string, grace: number) =>
    readManifest(given, { inst: vectors.reporter.inst, day, grace }, root.public);
  for (const day of [days.first, days.last]) assert.equal((await read(day, 0)).serial, 7);
  const manifest = await read(days.last_with_grace, 90);
  await assert.rejects(read(days.last_with_grace, 0), /ExpiredManifest/);
  await assert.rejects(read(days.too_early, 90), /ExpiredManifest/);
  await assert.rejects(read(days.too_late, 90), /ExpiredManifest/);
  for (const one of keys) await trust(manifest, one.kind as KeyKind, one.kid, fromB64u(one.key));
});

test("the secret code gives the examples' token and keys", async () => {
  const told = vectors.reporter;
  const entry = await enter(fromB64u(told.code_bytes), told.inst, told.ticket);
  assert.equal(b64u(entry.stem), told.stem);
  assert.equal(b64u(entry.auth), told.auth);
  const reporter = await keysOf(entry, fromB64u(told.r));
  assert.equal(b64u(reporter.box.key), told.kotak);
  assert.equal(reporter.boxKey.kid, told.kotak_kid);
  assert.equal(b64u(reporter.signKey), told.tanda);
  assert.equal(b64u(reporter.author.seed), told.tanda_seed);
  assert.equal(reporter.author.kid, told.tanda_kid);
});

async function readCode(typed: string): Promise<Bytes> {
  return looksLikeDigits(typed) ? readDigits(typed) : readWords(typed, LIST);
}

test("codes are spelled, read and refused as in the examples", async () => {
  const { codes, typed, refused, tickets } = vectors.spellings;
  for (const one of codes) {
    const code = fromB64u(one.bytes);
    assert.equal(spellDigits(code), one.digits);
    assert.equal(await spellWords(code, LIST), one.words);
    assert.equal(b64u(await readCode(one.digits)), one.bytes);
    assert.equal(b64u(await readCode(one.words)), one.bytes);
  }
  for (const one of typed) {
    const code = codes.find((known) => known.code === one.code);
    assert.equal(b64u(await readCode(one.typed)), code?.bytes, one.typed);
  }
  for (const one of refused) await assert.rejects(readCode(one), /WrongSpelling/);
  for (const one of tickets) assert.equal(readTicket(one.typed), one.ticket);
});

test("the keyring of the examples opens with its phrase, and its epoch is the manifest's", async () => {
  const { keyring, epoch, tab, trust: chain } = vectors;
  const [salt, share] = [fromB64u(keyring.salt), fromB64u(keyring.share)];
  assert.equal(b64u(await stretchPhrase(keyring.phrase, salt)), keyring.argon2id);
  assert.equal(b64u(await keyOverKeyring(keyring.typed, salt, share)), keyring.kek);
  const member = await boxOf(fromB64u(epoch.member_seed));
  const info = utf8(`teduh/v1/epoch\0${epoch.kid}\0${epoch.member_kid}`);
  assert.equal(b64u(await boxOpen(member, info, fromB64u(epoch.w))), epoch.seed);
  const answer = {
    ...keyring,
    epochs: [epoch],
    package: chain.package,
    keys: chain.keys,
    tabKey: tab.key,
  };
  const where = { inst: vectors.reporter.inst, day: chain.days.first };
  const { ring, keyring: newer } = await unlock(answer, keyring.typed, where, chain.root.public);
  assert.equal(newer, undefined);
  assert.deepEqual(Object.keys(ring.boxes), [epoch.kid]);
  assert.equal(b64u((ring.boxes[epoch.kid] as { key: Bytes }).key), epoch.public);
});
