// Evidence on its way: pieces, a line that drops, and the card that vouches for the whole.

import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, fromJson } from "../vault/bytes";
import { type Envelope, makeCompartment, open, openBody } from "../vault/envelope";
import { enter, keysOf } from "../vault/reporter";
import { random, sha256 } from "../vault/suite";
import { findBegun, makeUpload } from "./upload";

const MIB = 1048576;

/** A server that keeps pieces in order; `failing` answers are lost on the way, before or after it. */
function fakeServer(lost: { before?: number; after?: number } = {}) {
  const kept: { body: Uint8Array; hdr: string; item: string; resume: string; card?: Envelope }[] = [];
  let calls = 0;
  globalThis.fetch = async (_address, request) => {
    calls += 1;
    const form = request?.body as FormData;
    if (calls === lost.before) throw new TypeError("Failed to fetch");
    const seq = Number(form.get("seq"));
    if (seq !== kept.length) return new Response(JSON.stringify({ seq: kept.length }), { status: 409 });
    const card = form.get("card");
    kept.push({
      body: new Uint8Array(await (form.get("piece") as Blob).arrayBuffer()),
      hdr: form.get("hdr") as string,
      item: form.get("item") as string,
      resume: form.get("resume") as string,
      ...(card && { card: JSON.parse(card as string) as Envelope }),
    });
    assert.equal(seq === 0, Boolean(card)); // whoever vouches for the file does so from the start
    if (calls === lost.after) throw new TypeError("Failed to fetch");
    return new Response('{"ok":true}');
  };
  return kept;
}

async function start(size: number) {
  const place = { inst: "kota", subject: "TDH-AAAA-BBBB", comp: "file" };
  const compartment = await makeCompartment(place);
  const reporter = await keysOf(await enter(random(8), place.inst, place.subject), random(32));
  const plain = new Uint8Array(size);
  for (let at = 0; at < size; at += 65536) plain.set(random(Math.min(65536, size - at)), at);
  const file = new File([plain], "bukti.jpg", { type: "image/jpeg" });
  const to = { address: "/x", ticket: place.subject, auth: "x", day: "2026-11-24", compartment, reporter };
  return { plain, compartment, reporter, to, file, upload: makeUpload(file, to) };
}

function joined(parts: { body: Uint8Array }[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(parts.flatMap((part) => Array.from(part.body)));
}

test("a file arrives in pieces of sixteen chunks, and its card says what was sealed", async () => {
  const kept = fakeServer();
  const { plain, compartment, reporter, upload } = await start(2 * MIB + 10);
  const shares: number[] = [];
  assert.ok(await upload.go((share) => shares.push(share)));
  assert.deepEqual(
    kept.map((one) => one.body.length),
    [16 * 65552, 16 * 65552, 10 + 16],
  );
  assert.deepEqual(shares, [0, 1 / 3, 2 / 3, 1]);
  const [first] = kept;
  assert.ok(first?.card);
  const ct = joined(kept);
  const asked = { what: "intake.evidence.body", item: first.item };
  const parts = await openBody(compartment, first.hdr, ct, asked);
  assert.equal(b64u(await sha256(joined(parts.map((body) => ({ body }))))), b64u(await sha256(plain)));
  const card = fromJson<Record<string, unknown>>(
    await open(compartment, first.card, { what: "intake.evidence.card" }, reporter.signKey),
  );
  assert.equal(card.item, first.item);
  assert.equal(card.size, plain.length);
  assert.equal(card.sha256, b64u(await sha256(plain)));
  assert.equal(card.ct_sha256, b64u(await sha256(ct)));
});

test("after the line dropped the same piece is sent again", async () => {
  const kept = fakeServer({ before: 2 });
  const { upload } = await start(MIB + 1);
  assert.equal(await upload.go(() => {}), false);
  assert.equal(kept.length, 1);
  assert.ok(await upload.go(() => {}));
  assert.equal(kept.length, 2);
});

test("a piece whose answer was lost is not sent twice", async () => {
  const kept = fakeServer({ after: 1 });
  const { upload } = await start(MIB + 1);
  assert.equal(await upload.go(() => {}), false);
  assert.ok(await upload.go(() => {}));
  assert.equal(kept.length, 2);
});

test("an empty file arrives too", async () => {
  const kept = fakeServer();
  const { upload } = await start(0);
  assert.ok(await upload.go(() => {}));
  assert.equal(kept[0]?.body.length, 16);
});

test("without room on the server the file waits, says why, and can be sent again", async () => {
  const kept = fakeServer();
  const taken = globalThis.fetch;
  globalThis.fetch = async () => new Response("{}", { status: 507 });
  const { upload } = await start(10);
  await assert.rejects(
    upload.go(() => {}),
    /Full/,
  );
  globalThis.fetch = taken;
  assert.ok(await upload.go(() => {}));
  assert.equal(kept.length, 1);
});

/** A page that was closed after the first piece, and what the server then tells of it. */
async function closed() {
  const kept = fakeServer({ before: 2 });
  const begun = await start(2 * MIB + 10);
  assert.equal(await begun.upload.go(() => {}), false);
  const [first] = kept;
  assert.ok(first);
  const { item, hdr, resume } = first;
  return { ...begun, kept, unfinished: { item, hdr, resume, seq: kept.length } };
}

test("in a new page the same file goes on where it stopped, as the same bytes", async () => {
  const { kept, file, reporter, to, compartment, plain, unfinished } = await closed();
  const renamed = new File([file], "lain.jpg");
  const found = await findBegun(renamed, [unfinished], reporter);
  assert.equal(found, unfinished);
  const { compartment: _gone, ...again } = to; // her code does not open it
  const shares: number[] = [];
  assert.ok(await makeUpload(renamed, again, found).go((share) => shares.push(share)));
  assert.deepEqual(shares, [1 / 3, 2 / 3, 1]);
  assert.equal(kept.length, 3);
  const ct = joined(kept);
  const parts = await openBody(compartment, unfinished.hdr, ct, {
    what: "intake.evidence.body",
    item: unfinished.item,
  });
  assert.equal(b64u(await sha256(joined(parts.map((body) => ({ body }))))), b64u(await sha256(plain)));
  const card = fromJson<Record<string, unknown>>(
    await open(compartment, kept[0]?.card as Envelope, { what: "intake.evidence.card" }, reporter.signKey),
  );
  assert.equal(card.ct_sha256, b64u(await sha256(ct)));
});

test("a file with one byte changed is another file, whatever its name", async () => {
  const { file, reporter, plain, to, unfinished } = await closed();
  const changed = plain.slice();
  changed[5] = (changed[5] as number) ^ 1;
  const other = new File([changed], file.name);
  assert.equal(await findBegun(other, [unfinished], reporter), undefined);
  await assert.rejects(makeUpload(other, to, unfinished).go(() => {})); // no key comes of it
});

test("somebody else's code leads nowhere, with the very same file", async () => {
  const { file, unfinished } = await closed();
  const stranger = await keysOf(await enter(random(8), "kota", "TDH-AAAA-BBBB"), random(32));
  assert.equal(await findBegun(file, [unfinished], stranger), undefined);
});

test("what the server does not take is not tried again by itself", async () => {
  fakeServer();
  globalThis.fetch = async () => new Response("{}", { status: 400 });
  const { upload } = await start(10);
  await assert.rejects(
    upload.go(() => {}),
    /Refused/,
  );
});
