// What is drawn of answers: their sum, its place, and nothing of what is no number.

import assert from "node:assert/strict";
import { test } from "node:test";
import { heightOf, scoreOf } from "./measures";

test("a score is the sum of its answers times the factor", () => {
  assert.equal(scoreOf(["6"], 1), 6);
  assert.equal(scoreOf(["0", "0", "0", "0", "0"], 4), 0);
  assert.equal(scoreOf(["5", "5", "5", "5", "5"], 4), 100);
});

test("nothing is drawn of what is locked, left out or no number", () => {
  for (const answers of [[], ["••••••"], ["3", ""], ["-1"], ["1.5"], ["NaN"]])
    assert.equal(scoreOf(answers, 1), undefined);
});

test("no score leaves the picture, and a higher one never lies lower", () => {
  assert.deepEqual([heightOf(0, 10), heightOf(5, 10), heightOf(10, 10), heightOf(99, 10)], [112, 62, 12, 12]);
  for (let score = 1; score <= 100; score += 1) assert.ok(heightOf(score, 100) <= heightOf(score - 1, 100));
});
