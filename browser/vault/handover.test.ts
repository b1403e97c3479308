import assert from "node:assert/strict";
import { test } from "node:test";
import { addressIn } from "./handover";

test("the newest number is taken out of what she wrote", () => {
  const texts = ["WA 0812-3456-789, sore saja", "sekarang +62 812 3456 7890 (punya kakak)"];
  assert.equal(addressIn(texts, "whatsapp"), "+62 812 3456 7890");
  assert.equal(addressIn(texts.slice(0, 1), "sms"), "0812-3456-789");
});

test("an e-mail address is taken where she agreed to e-mail", () => {
  assert.equal(addressIn(["surel: contoh.satu@contoh.invalid; 0812"], "email"), "contoh.satu@contoh.invalid");
});

test("what is no number is left alone", () => {
  assert.equal(addressIn(["lewat kakak saja, jam 8 sampai 10", ""], "sms"), "");
});
