// The secret code in both spellings, as people type it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u } from "./bytes";
import {
  drawCode,
  looksLikeDigits,
  readDigits,
  readTicket,
  readWords,
  spellDigits,
  spellWords,
} from "./codes";

/** A list of 2,048 words that differ in their first four letters, like the real one. */
const LETTERS = "abcdefghijklmnop";
const LIST = Array.from({ length: 2048 }, (_, i) => {
  const pick = (shift: number) => LETTERS[(i >> shift) & 15];
  return `${pick(8)}${pick(4)}${pick(0)}akata`;
});

test("a code comes back from its digits and from its words", async () => {
  for (let i = 0; i < 50; i++) {
    const code = drawCode();
    assert.ok((code[0] as number) < 128);
    assert.equal(b64u(readDigits(spellDigits(code))), b64u(code));
    assert.equal(b64u(await readWords(await spellWords(code, LIST), LIST)), b64u(code));
  }
});

test("digits are five groups of four, whatever stands between them when typed", () => {
  const spelled = spellDigits(new Uint8Array([0, 0, 0, 0, 0, 0, 0, 1]));
  assert.ok(/^(\d{4} ){4}\d{4}$/.test(spelled));
  const code = b64u(readDigits(spelled));
  for (const typed of [spelled.replace(/ /g, ""), spelled.replace(/ /g, "-"), ` ${spelled}\n`]) {
    assert.equal(b64u(readDigits(typed)), code);
  }
});

test("any single wrong digit and any swap of neighbours is noticed", () => {
  const digits = spellDigits(drawCode()).replace(/ /g, "");
  for (let at = 0; at < 20; at++) {
    for (let digit = 0; digit < 10; digit++) {
      const wrong = digits.slice(0, at) + digit + digits.slice(at + 1);
      if (wrong !== digits) assert.throws(() => readDigits(wrong), /WrongSpelling/);
    }
    const swapped =
      digits.slice(0, at) +
      digits
        .slice(at, at + 2)
        .split("")
        .reverse()
        .join("") +
      digits.slice(at + 2);
    if (swapped !== digits) assert.throws(() => readDigits(swapped), /WrongSpelling/);
  }
});

test("a number beyond 63 bits is no code", () => {
  assert.throws(() => readDigits("9".repeat(20)), /WrongSpelling/);
  assert.throws(() => readDigits("12345"), /WrongSpelling/);
});

test("four letters of each word are enough, in any case and with any marks", async () => {
  const code = drawCode();
  const words = (await spellWords(code, LIST)).split(" ");
  const short = words.map((word) => word.slice(0, 4).toUpperCase()).join("-");
  assert.equal(b64u(await readWords(short, LIST)), b64u(code));
});

test("too few words, unknown words and a wrong check are refused", async () => {
  const code = drawCode();
  const words = (await spellWords(code, LIST)).split(" ");
  await assert.rejects(readWords(words.slice(1).join(" "), LIST), /WrongSpelling/);
  await assert.rejects(readWords(["zzzz", ...words.slice(1)].join(" "), LIST), /WrongSpelling/);
  await assert.rejects(readWords("", LIST), /WrongSpelling/);
  const last = LIST.indexOf(words[5] as string);
  const wrong = [...words.slice(0, 5), LIST[last ^ 1]].join(" ");
  await assert.rejects(readWords(wrong, LIST), /WrongSpelling/);
});

test("digits and words are told apart", () => {
  assert.ok(looksLikeDigits("1234 5678-9012.3456 7890"));
  assert.ok(!looksLikeDigits("satu dua"));
});

test("a ticket is read as people write it", () => {
  for (const typed of ["TDH-7K2M-9QXR", "tdh 7k2m 9qxr", "7K2M9QXR", " tdh-7k2m9qxr "]) {
    assert.equal(readTicket(typed), "TDH-7K2M-9QXR");
  }
  assert.equal(readTicket("TDH-OIL0-1111"), "TDH-0110-1111");
  assert.equal(readTicket("TDH-7K2M"), "");
  assert.equal(readTicket("TDH-7K2M-9QXU"), "");
});
