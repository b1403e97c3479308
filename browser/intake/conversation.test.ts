// Answers of one size taken apart, and conversations read page by page.

import assert from "node:assert/strict";
import { test } from "node:test";
import example from "../../tests/vectors/answer.json";
import { type Bytes, b64u, fromB64u, fromUtf8, join, utf8 } from "../vault/bytes";
import { drawCode } from "../vault/codes";
import { type Author, type Envelope, headerOf, seal } from "../vault/envelope";
import { enter, keysOf } from "../vault/reporter";
import { readAnswer, SLOT, SLOTS } from "../vault/slots";
import { random } from "../vault/suite";
import { DAY, INST, makeOffice, type TestOffice } from "../vault/test-office";
import { MESSAGE } from "../vault/thread";
import { type Asked, canReply, oldestOf, readNewest, readOlder, sealReply } from "./conversation";
import { makeCompartments, sealReport } from "./report";

const TICKET = "TDH-7K2M-9QXR";

test("the answer of the examples is taken apart as it was put together", () => {
  const answer = readAnswer(fromB64u(example.answer));
  const { opening } = example;
  assert.equal(b64u(answer.r), opening.r);
  assert.equal(b64u(answer.d), opening.d);
  assert.deepEqual(answer.wrap, { kid: fromUtf8(fromB64u(opening.kid)), w: opening.w });
  const hello = { hdr: opening.hello_hdr, ct: opening.hello_ct, sig: opening.hello_sig };
  assert.deepEqual(answer.hello, { what: "chat.thread.hello", comp: "chat", ...hello });
  assert.equal(answer.stage, fromUtf8(fromB64u(opening.stage)));
  const { cert, cert_sig: certSig, manifest, manifest_sig: sig } = example.keys;
  assert.deepEqual(answer.package, { cert, certSig, manifest, sig });
  const lines = example.messages.map(({ hdr, ct, sig }) => ({ what: MESSAGE, comp: "chat", hdr, ct, sig }));
  assert.deepEqual(answer.messages, lines);
  assert.deepEqual(answer.signers[0], { kid: "tanda-a.01020304", key: example.messages[0]?.key });
});

test("an answer of another size, or with a part that reaches too far, is refused", () => {
  const whole = fromB64u(example.answer);
  assert.throws(() => readAnswer(whole.slice(0, -1)), /BadAnswer/);
  assert.throws(() => readAnswer(join(whole, new Uint8Array(1))), /BadAnswer/);
  assert.throws(() => readAnswer(new Uint8Array(0)), /BadAnswer/);
  const far = whole.slice();
  far.set([255, 255, 255, 255], 4);
  assert.throws(() => readAnswer(far), /BadAnswer/);
  const opening = new DataView(whole.buffer, whole.byteOffset).getUint32(0);
  const long = whole.slice();
  long.set([8, 0], opening);
  assert.throws(() => readAnswer(long), /BadAnswer/);
  const listed = whole.slice();
  listed.set([0, 0, 0, 1], opening + SLOTS * SLOT);
  assert.throws(() => readAnswer(listed), /BadAnswer/);
});

function number(value: number, size: 2 | 4): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes.slice(4 - size);
}

/** A thread at the server: whose it is, and the answers the server would give. */
async function makeThread(office: TestOffice) {
  const entry = await enter(drawCode(), INST, TICKET);
  const r = random(32);
  const reporter = await keysOf(entry, r);
  const made = await makeCompartments(INST, TICKET);
  const keys = { team: office.team, recovery: office.recovery };
  const readers = {
    inst: INST,
    day: DAY,
    team: { kid: keys.team.kid, key: keys.team.box.key },
    recovery: { kid: keys.recovery.kid, key: keys.recovery.box.key },
  } as Parameters<typeof sealReport>[3];
  const sealed = await sealReport(TICKET, entry, reporter, readers, made, []);
  const own = sealed.compartments[3]?.wraps.find((one) => one.kid === reporter.boxKey.kid);
  const [hello] = sealed.items;
  assert.ok(own && hello);
  const signed = await office.pack();
  const spelled = [hello.hdr, hello.ct, hello.sig].map(fromB64u);
  const list = [signed.cert, signed.certSig, signed.manifest, signed.sig].map(fromB64u);
  const parts = [r, made.chat.d, utf8(own.kid), fromB64u(own.w), ...spelled, utf8("<p>x</p>")];
  const [packed, listed] = [parts, list].map((all) =>
    join(...all.map((part) => join(number(part.length, 4), part))),
  ) as [Bytes, Bytes];
  const opening = join(number(packed.length + 10, 4), packed, random(6));
  const asked: Asked = { ticket: TICKET, inst: INST, entry, day: DAY, root: office.root };

  /** The bytes of an answer with these messages. */
  function answer(messages: readonly Envelope[]): Bytes {
    const slots = messages.map((one) => {
      const [hdr, ct, sig] = [one.hdr, one.ct, one.sig].map(fromB64u) as [Bytes, Bytes, Bytes];
      const slot = join(number(hdr.length, 2), hdr, ct, sig, office.member.signKey);
      return join(slot, random(SLOT - slot.length));
    });
    while (slots.length < SLOTS) slots.push(join(new Uint8Array(2), random(SLOT - 2)));
    return join(opening, ...slots, listed);
  }

  function write(author: Author, seq: number): Promise<Envelope> {
    const words = { what: MESSAGE, seq, orig: "staff", day: DAY, pad: "chat-1k", seen: "" } as const;
    return seal(made.chat, words, utf8(`${author === reporter.author ? "s" : "k"}${seq}`), author);
  }

  async function written(author: Author, from: number, to: number): Promise<Envelope[]> {
    const messages: Envelope[] = [];
    for (let seq = from; seq <= to; seq++) messages.push(await write(author, seq));
    return messages;
  }
  return { asked, answer, written, hers: reporter.author, office: office.member.author };
}

const texts = (talk: { lines: readonly { kind: string; text: string }[] }) =>
  talk.lines.map((line) => (line.kind === "message" ? line.text : line.kind)).join(" ");

test("a short thread is whole at once, an empty one too", async () => {
  const thread = await makeThread(await makeOffice());
  const empty = await readNewest(thread.asked, undefined, thread.answer([]));
  assert.equal(texts(empty), "");
  assert.equal(oldestOf(empty), "");
  assert.ok(canReply(empty));
  const all = await thread.written(thread.office, 1, 3);
  const talk = await readNewest(thread.asked, empty, thread.answer(all));
  assert.equal(texts(talk), "k1 k2 k3");
  assert.equal(talk.stage, "<p>x</p>");
});

test("older messages come before the newest, and what is missing is shown across pages", async () => {
  const thread = await makeThread(await makeOffice());
  const all = await thread.written(thread.office, 1, 19);
  const without = all.filter((_, i) => i !== 10); // number 11 never comes
  let talk = await readNewest(thread.asked, undefined, thread.answer(without.slice(-8)));
  assert.equal(texts(talk), "k12 k13 k14 k15 k16 k17 k18 k19");
  assert.equal(oldestOf(talk), headerOf(all[11] as Envelope).item);
  talk = await readOlder(thread.asked, talk, thread.answer(without.slice(2, 10)));
  assert.equal(texts(talk), "k3 k4 k5 k6 k7 k8 k9 k10 gap k12 k13 k14 k15 k16 k17 k18 k19");
  talk = await readOlder(thread.asked, talk, thread.answer(without.slice(0, 2)));
  assert.equal(texts(talk).slice(0, 11), "k1 k2 k3 k4");
  assert.equal(oldestOf(talk), "");
});

test("a thread whose beginning was taken away shows that something is missing", async () => {
  const thread = await makeThread(await makeOffice());
  const all = await thread.written(thread.office, 1, 11);
  let talk = await readNewest(thread.asked, undefined, thread.answer(all.slice(-8)));
  assert.equal(texts(talk).slice(0, 2), "k4");
  talk = await readOlder(thread.asked, talk, thread.answer(all.slice(1, 3)));
  assert.equal(texts(talk).slice(0, 9), "gap k2 k3");
});

test("a message that comes a second time on another page is refused", async () => {
  const thread = await makeThread(await makeOffice());
  const all = await thread.written(thread.office, 1, 10);
  let talk = await readNewest(thread.asked, undefined, thread.answer(all.slice(2)));
  talk = await readOlder(thread.asked, talk, thread.answer([...all.slice(0, 2), all[3] as Envelope]));
  assert.equal(texts(talk), "k1 k2 gap k4 broken broken k5 k6 k7 k8 k9 k10");
});

test("new messages join what is known, and many new ones begin a page of their own", async () => {
  const thread = await makeThread(await makeOffice());
  const all = await thread.written(thread.office, 1, 30);
  let talk = await readNewest(thread.asked, undefined, thread.answer(all.slice(2, 10)));
  talk = await readOlder(thread.asked, talk, thread.answer(all.slice(0, 2)));
  talk = await readNewest(thread.asked, talk, thread.answer(all.slice(4, 12)));
  assert.equal(texts(talk).split(" ").length, 12);
  assert.ok(talk.known.whole);
  talk = await readNewest(thread.asked, talk, thread.answer(all.slice(22, 30)));
  assert.equal(texts(talk), "k23 k24 k25 k26 k27 k28 k29 k30");
  assert.equal(oldestOf(talk), headerOf(all[22] as Envelope).item);
});

test("a reply waits until both its numbers are known, and then carries them", async () => {
  const thread = await makeThread(await makeOffice());
  const mine = await thread.written(thread.hers, 1, 2);
  const theirs = await thread.written(thread.office, 1, 8);
  let talk = await readNewest(thread.asked, undefined, thread.answer(theirs));
  assert.ok(!canReply(talk));
  talk = await readOlder(thread.asked, talk, thread.answer(mine));
  assert.equal(texts(talk).slice(0, 8), "s1 s2 k1");
  assert.ok(canReply(talk));
  const sealed = await sealReply(talk, "a".repeat(1500));
  const headers = sealed.map((one) => headerOf(JSON.parse(one)));
  assert.deepEqual(
    headers.map((one) => one.seq),
    [3, 4],
  );
  assert.equal(headers[0]?.seen, talk.lines[talk.lines.length - 1]?.hash);
});

test("a chat that another's hello speaks of is not opened", async () => {
  const office = await makeOffice();
  const [thread, other] = [await makeThread(office), await makeThread(office)];
  await assert.rejects(readNewest(other.asked, undefined, thread.answer([])));
});
