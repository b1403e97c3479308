// Names: every spelling of one person is found alike, and neighbours stay two. All of them are made up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { alike, isNear, keyOf, namesOf, plainWords } from "./names";

function kind(a: string, b: string): string {
  return alike(namesOf(a), namesOf(b))?.kind ?? "";
}

const ONE: readonly [string, string, string][] = [
  ["Contoh Melati", "contoh  MELATI", "same"],
  ["Bu Contoh Melati", "Ibu Contoh Melati", "same"],
  ["Hj. Contoh Melati", "Ny. Contoh Melati", "same"],
  ["Contoh Melati, S.Pd., M.Si.", "Contoh Melati", "same"],
  ["Contoh Melati S.H.", "Contoh Melati, SH", "same"],
  ["dr. H. Teladan Cemara, Sp.OG", "Teladan Cemara", "same"],
  ["Muhammad Teladan", "Moh. Teladan", "spelling"],
  ["Muhammad Teladan", "M. Teladan", "short"],
  ["Mohd Teladan", "Mochamad Teladan", "spelling"],
  ["Muh. Teladan", "Mohammed Teladan", "spelling"],
  ["Muchammad Teladan", "Mhd. Teladan", "spelling"],
  ["Soekarmin Teladan", "Sukarmin Teladan", "spelling"],
  ["Djojo Tjemara", "Joyo Cemara", "spelling"],
  ["Jusuf Teladan", "Yusuf Teladan", "spelling"],
  ["Widjaja Teladan", "Wijaya Teladan", "spelling"],
  ["Sjarif Teladan", "Syarif Teladan", "spelling"],
  ["Achmad Teladan", "Akhmad Teladan", "spelling"],
  ["Annisa Contoh", "Anisa Contoh", "spelling"],
  ["Aisyah Contoh", "Aisya Contoh", "spelling"],
  ["Rizky Contoh", "Rizqi Contoh", "spelling"],
  ["Zaenab Contoh", "Zainab Contoh", "spelling"],
  ["Novi Contoh", "Nofi Contoh", "spelling"],
  ["Abd. Teladan Cemara", "Abdul Teladan Cemara", "spelling"],
  ["St. Melati Contoh", "Siti Melati Contoh", "spelling"],
  ["Suhartini", "Soehartini", "spelling"],
  ["Sumiyati Contoh", "Sumiati Contoh", "near"],
  ["Abdul Rahmin Teladan", "Abdurrahmin Teladan", "near"],
  ["Nur Hayatin Contoh", "Nurhayatin Contoh", "near"],
  ["Contoh Melati Kenanga", "Contoh Kenanga", "short"],
  ["Contoh M. Kenanga", "Contoh Melati Kenanga", "short"],
  ["Kenanga Contoh Melati", "Contoh Melati Kenanga", "spelling"],
  ["Contoh Melati binti Teladan", "Contoh Melati", "same"],
  ["Contoh Melati binti Achmad Teladan", "Contoh Melati bt. Ahmad Teladan", "same"],
  ["Nu'mina Contoh", "Numina Contoh", "same"],
  ["Contoh Sumirah alias Mimi", "Mimi", "same"],
  ["Contoh Mawar, Contoh Melati", "Contoh Melati", "same"],
  ["Sumirah", "Sumirah Contoh", "part"],
  ["Siti Nur", "Siti Nur Contoh", "part"],
];

const TWO: readonly [string, string][] = [
  ["Contoh Melati", "Contoh Mawar"],
  ["Sumirah Contoh", "Sumarni Contoh"],
  ["Contoh binti Teladan", "Contoh binti Cemara"],
  ["Muhammad Teladan", "Muhammad Cemara"],
  ["M. Teladan", "M. Cemara"],
  ["Ani", "Ana"],
  ["Rina Contoh", "Rini Contoh"],
  ["Ibu", "Bapak"],
  ["", "Contoh"],
  ["Siti Melati", "Siti Mawar"],
  ["Contoh Melati Kenanga", "Contoh Melati Seroja"],
];

test("one person in two spellings is found, and it is said how", () => {
  for (const [a, b, how] of ONE) {
    assert.equal(kind(a, b), how, `${a} / ${b}`);
    assert.equal(kind(b, a), how, `${b} / ${a}`);
  }
});

test("two people stay two", () => {
  for (const [a, b] of TWO) {
    assert.equal(kind(a, b), "", `${a} / ${b}`);
    assert.equal(kind(b, a), "", `${b} / ${a}`);
  }
});

test("the words that differ are told, for somebody to judge", () => {
  const found = alike(namesOf("Bu Soehartini Contoh"), namesOf("Suhartini Contoh"));
  assert.deepEqual(found, { kind: "spelling", here: "soehartini contoh", there: "suhartini contoh" });
});

/** Made-up words of a seed: the same in every run. */
function* made(seed: number, many: number): Generator<string> {
  const letters = "aeioubcdghjklmnprstwyz'é";
  let state = seed;
  const next = (most: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % most;
  };
  for (let n = 0; n < many; n++)
    yield Array.from({ length: 1 + next(9) }, () => letters[next(letters.length)]).join("");
}

test("any name is like itself, both ways alike, and however it is typed", () => {
  const words = [...made(7, 600)];
  for (let i = 0; i + 3 < words.length; i += 4) {
    const [a = "", b = "", c = "", d = ""] = words.slice(i, i + 4);
    const [one, other] = [`${a} ${b}`, `${c} ${d}`];
    assert.equal(kind(one, other), kind(other, one), `${one} / ${other}`);
    if (namesOf(one).length) assert.equal(kind(one, ` IBU  ${one.toUpperCase()} `), "same", one);
  }
});

test("what a word sounds like sounds no other way, and one letter is one letter", () => {
  for (const word of made(11, 400)) {
    const [plain = "a"] = plainWords(word);
    assert.equal(keyOf(plain), keyOf(plain));
    assert.ok(keyOf(plain).length > 0, plain);
    assert.ok(isNear(plain, `${plain}x`) && isNear(`x${plain}`, plain) && !isNear(plain, `x${plain}y`));
  }
});
