// What is written in a page, in whichever form, keeps the padlock from being opened in its place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hangFills } from "./fill";
import type { Field } from "./groups";
import type { Padlock } from "./padlock";
import { isWriting } from "./writing";

let type: (event: { target: Field }) => void = () => {};
Object.assign(globalThis, {
  document: {
    addEventListener: (kind: string, act: typeof type) => {
      if (kind === "input") type = act;
    },
  },
});
hangFills({ crew: () => undefined } as Padlock);

function field(told: Partial<HTMLInputElement>, apart = ""): Field {
  const one = { type: "text", value: "", defaultValue: "", ...told };
  const closest = (chosen: string) => (apart && chosen.includes(apart) ? one : null);
  return { ...one, closest } as unknown as Field;
}

function touched(told: Partial<HTMLInputElement>, apart = ""): Field {
  const one = field(told, apart);
  type({ target: one });
  return one;
}

for (const [name, told] of [
  ["a sentence, in an open field too", { value: "Contoh" }],
  ["a sentence taken out", { value: "", defaultValue: "Contoh" }],
  ["a box", { type: "checkbox", value: "on" }],
  ["an answer out of several", { type: "radio", value: "ya" }],
  ["a line of a list, the empty one too", { type: "select-one", value: "" }],
  ["a file", { type: "file", value: "C:\\fakepath\\surat.txt" }],
] as const) {
  test(`${name} is written`, () => {
    assert.equal(isWriting([field({}), touched(told)]), true);
    assert.equal(isWriting([field(told)]), false, "unless nobody has touched it");
  });
}

test("a field that is empty again, a search and the phrase are not", () => {
  assert.equal(isWriting([touched({ value: " " })]), false);
  assert.equal(isWriting([touched({ value: "Contoh" }, "[role=search]")]), false);
  assert.equal(isWriting([touched({ value: "enam kata" }, "[data-unlock]")]), false);
});
