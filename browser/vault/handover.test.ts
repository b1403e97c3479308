import assert from "node:assert/strict";
import { test } from "node:test";
import { hangFills } from "./fill";
import { addressIn, hangHandOver } from "./handover";
import type { Padlock } from "./padlock";

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

test("what was typed by hand is covered with the padlock, and there again when it opens", () => {
  const page = Object.assign(new EventTarget(), { querySelectorAll: () => [] });
  Object.assign(globalThis, { document: page });
  const parts: { [asked: string]: { value: string; addEventListener(): void } } = {};
  for (const part of ["address", "take", "send"])
    parts[`[data-${part}]`] = { value: "", addEventListener: () => {} };
  const form = { dataset: {}, querySelector: (asked: string) => parts[asked] ?? null };
  let open = true;
  const padlock = { crew: () => (open ? {} : undefined) } as unknown as Padlock;
  hangFills(padlock);
  hangHandOver(form as unknown as HTMLFormElement, padlock);
  const field = parts["[data-address]"];
  assert.ok(field);
  const turn = (to: boolean) => {
    open = to;
    page.dispatchEvent(new Event(to ? "vault:open" : "vault:locked"));
  };

  field.value = "0812-3456-789"; // taken from what she wrote
  turn(false);
  assert.equal(field.value, "");
  turn(true);
  assert.equal(field.value, "", "it is taken again where it stands");
  field.value = "0812-0000-000";
  page.dispatchEvent(Object.defineProperty(new Event("input"), "target", { value: field }));
  turn(false);
  turn(false);
  assert.equal(field.value, "");
  turn(true);
  assert.equal(field.value, "0812-0000-000");
});
