// The warning before a note is sealed: which phrases it finds, and which words it leaves alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { neverIn } from "./never";

const NEVER = ["janda", "suka sama suka", "curhat"];

test("a phrase is found whatever its letters and spaces", () => {
  assert.deepEqual(neverIn("Katanya SUKA\n sama  suka. Ia curhat.", NEVER), ["suka sama suka", "curhat"]);
});

test("a longer word that holds a phrase is none", () => {
  assert.deepEqual(neverIn("Menjanda, curhatan, suka sama", NEVER), []);
});

test("nothing is found where nothing is listed", () => {
  assert.deepEqual(neverIn("curhat", [""]), []);
});
