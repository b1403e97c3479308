// The examples both sides keep to: answers, and what they come to.

import assert from "node:assert/strict";
import { test } from "node:test";
import vectors from "../../tests/vectors/scoring.json";
import { assess, highest, type Instrument } from "./scoring";

type Answers = { [key: string]: string };

test("every example comes out as on the server", () => {
  for (const one of vectors.examples) {
    const { answers, instrument, ...result } = one;
    assert.deepEqual(assess(vectors.instruments[instrument] as Instrument, answers as Answers), result);
  }
});

test("an unknown band is never the highest", () => {
  assert.equal(highest(["", "worse"]), "low");
  assert.equal(highest(["low", "extreme", "high"]), "extreme");
});
