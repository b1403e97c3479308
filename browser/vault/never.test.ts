// The warning before a note is sealed: which phrases it finds, and which words it leaves alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { neverIn } from "./never";

const NEVER = ["ucapuji", "dua kata uji", "katauji"];

test("a phrase is found whatever its letters and spaces", () => {
  assert.deepEqual(neverIn("Katanya DUA\n kata  uji. Ia katauji.", NEVER), ["dua kata uji", "katauji"]);
});

test("a longer word that holds a phrase is none", () => {
  assert.deepEqual(neverIn("Mengucapuji, kataujian, dua kata", NEVER), []);
});

test("nothing is found where nothing is listed", () => {
  assert.deepEqual(neverIn("katauji", [""]), []);
});
