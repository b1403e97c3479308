// A job of the keys whose button is pressed while the padlock still opens by itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hangAsking } from "./keypage";
import type { Padlock } from "./padlock";

function pressed(opens: boolean): Promise<string[]> {
  const said: string[] = [];
  let submit: ((event: object) => Promise<void>) | undefined;
  let opened = false;
  const part = (name: string) => ({
    dataset: { say: name },
    set hidden(hidden: boolean) {
      if (!hidden) said.push(name);
    },
  });
  const form = {
    dataset: { ask: "epoch", given: "{}" },
    querySelectorAll: (which: string) =>
      which === "[data-say]" ? ["locked", "working", "failed"].map(part) : [],
    querySelector: () => null,
    addEventListener: (_kind: string, act: typeof submit) => {
      submit = act;
    },
    append: () => said.push("made"),
    submit: () => said.push("sent"),
  };
  const padlock = {
    settled: async () => {
      await new Promise((done) => setTimeout(done, 5));
      opened = opens;
    },
    crew: () => (opened ? { ask: async () => ({}) } : undefined),
  };
  Object.assign(globalThis, { document: { createElement: () => ({}), getElementById: () => null } });
  hangAsking(form as unknown as HTMLFormElement, padlock as unknown as Padlock);
  const press = submit as unknown as (event: object) => Promise<void>;
  return press({ preventDefault: () => {} }).then(() => said);
}

test("it waits until the padlock is open, and is sent", async () => {
  assert.deepEqual((await pressed(true)).slice(-2), ["made", "sent"]);
});

test("where the padlock stays shut it says so, and sends nothing", async () => {
  assert.deepEqual(await pressed(false), ["locked"]);
});
