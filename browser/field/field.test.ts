// The examples both sides keep to: a helper's card and what it signs, a parcel and what lies in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../tests/vectors/field.json";
import { b64u, fromB64u, utf8 } from "../vault/bytes";
import { boxOf, boxOpen, sha256, signPublicOf } from "../vault/suite";
import { readCard, seedOf, signWith, statement } from "./card";
import { sealParcel, type Told } from "./parcel";

const { card, parcel } = vectors;

test("a card reads as the examples', however it is typed", () => {
  const { number, secret } = card;
  for (const text of [card.typed, `#${number}${secret}`, `${number}-${secret}`.toLowerCase()])
    assert.deepEqual(readCard(text), { number, secret });
  for (const text of ["", "#", number, `${number}${secret}0`, `${number}${secret.slice(1)}U`])
    assert.equal(readCard(text), undefined, text);
});

test("card and PIN give the examples' key, and sign the same bytes", async () => {
  const { number, secret, pin, inst, ticket } = card;
  const seed = await seedOf(inst, { number, secret }, pin);
  assert.equal(b64u(seed), card.seed);
  assert.equal(b64u(await signPublicOf(seed)), card.public);
  const tanda = fromB64u(card.tanda);
  assert.equal(b64u(statement(inst, number, ticket, tanda)), card.body);
  const signed = await signWith({ card: { number, secret }, pin }, inst, ticket, tanda);
  assert.deepEqual(signed, { number, sig: card.sig });
});

test("another PIN gives another key", async () => {
  const { number, secret, inst } = card;
  assert.ok(b64u(await seedOf(inst, { number, secret }, "048214")) !== card.seed);
});

test("a parcel holds the examples' bytes, and opens for its office's key alone", async () => {
  const key = fromB64u(parcel.public);
  const sealed = await sealParcel(parcel.told as Told, key, parcel.inst);
  const box = await boxOf(fromB64u(parcel.seed));
  const plain = await boxOpen(box, utf8(`teduh/v1/titipan\0${parcel.inst}`), sealed);
  assert.equal(plain.length, parcel.bytes);
  assert.equal(b64u(await sha256(plain)), parcel.sha256);
  await assert.rejects(boxOpen(box, utf8("teduh/v1/titipan\0kota-lain"), sealed));
});

test("a longer parcel grows by whole steps", async () => {
  const key = fromB64u(parcel.public);
  const long = { ...(parcel.told as Told), sealed: "x".repeat(50_000) };
  const [short, longer] = [
    await sealParcel(parcel.told as Told, key, parcel.inst),
    await sealParcel(long, key, parcel.inst),
  ];
  assert.equal(longer.length - short.length, 16384);
});
