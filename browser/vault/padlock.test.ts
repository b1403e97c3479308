// The padlock of a page whose request for the tab key broke, was refused, or was overtaken by a lock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hangPadlock, type Padlock } from "./padlock";

const MINUTE = 60000; // milliseconds
const BEAT = MINUTE / 4;
const realNow = Date.now;
const KEY = Response.json({ tabKey: "AAAA" });
const BROKEN = new Response("", { status: 502 });
const REFUSED = Response.json({}, { status: 403 });

let answers: (Response | Error | Promise<Response>)[]; // to what is asked, in turn
let asked: number;
let kept: Map<string, string>;
let told: string[]; // to the document
const listening = new Map<string, () => void>();
let later = 0; // milliseconds since the page was opened
let beat: () => void;
let workers: "good" | "missing" = "good";
let channel: { onmessage?: (event: { data: object }) => void };

class Hand {
  onmessage?: (event: { data: object }) => void;
  onerror?: () => void;

  postMessage({ number }: { number: number }): void {
    queueMicrotask(() => {
      if (workers === "good") this.onmessage?.({ data: { number, answer: { inst: "uji" } } });
      else this.onerror?.();
    });
  }

  terminate(): void {}
}

Date.now = () => realNow() + later;
Object.assign(globalThis, {
  Worker: Hand,
  BroadcastChannel: class {
    constructor() {
      channel = this as typeof channel;
    }
    postMessage(): void {}
  },
  document: { dispatchEvent: ({ type }: Event) => told.push(type), querySelectorAll: () => [] },
  sessionStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
    removeItem: (name: string) => kept.delete(name),
  },
  setInterval: (act: () => void) => {
    beat = act;
  },
  addEventListener: (kind: string, act: () => void) => listening.set(kind, act),
  fetch: async (address: string) => {
    if (address !== "/tab/") return Response.json({});
    asked += 1;
    const answer = await answers.shift();
    if (!(answer instanceof Response)) throw answer ?? new Error("nobody answers");
    return answer.clone();
  },
});

/** Time passes, with its beats. */
function pass(milliseconds: number): void {
  for (let done = 0; done < milliseconds; done += BEAT) {
    later += BEAT;
    beat();
  }
}

/** What has been answered by now has been heard. */
function heard(): Promise<void> {
  return new Promise((done) => setTimeout(done, 0));
}

/** The padlock of a page in a tab that was open before, once it has heard the first answer. */
async function hung(...given: typeof answers): Promise<Padlock> {
  answers = given;
  [asked, later, told] = [0, 0, []];
  kept = new Map([["teduh.tab", "blob"]]);
  const dataset = { tabUrl: "/tab/", lockUrl: "/tutup/", member: "melati", workerUrl: "/s/w.js" };
  const element = { dataset, querySelectorAll: () => [], addEventListener: () => {} };
  const padlock = hangPadlock(element as unknown as HTMLElement);
  await heard();
  return padlock;
}

for (const [name, broken] of [
  ["without a line", new Error("no line")],
  ["while the server begins anew", BROKEN],
] as const) {
  test(`a page that asked ${name} opens at the next beat`, async () => {
    const padlock = await hung(broken, broken, KEY);
    assert.equal(padlock.crew(), undefined);
    assert.equal(kept.get("teduh.tab"), "blob");
    pass(BEAT);
    await heard();
    assert.equal(padlock.crew(), undefined);
    pass(BEAT);
    await heard();
    assert.ok(padlock.crew());
    assert.equal(told[told.length - 1], "vault:open");
    pass(MINUTE);
    assert.equal(asked, 3, "and asks no more");
  });
}

test("it opens as soon as the line is there again", async () => {
  const padlock = await hung(new Error("no line"), KEY);
  listening.get("online")?.();
  await heard();
  assert.ok(padlock.crew());
});

test("what is sent meanwhile tries it first", async () => {
  const padlock = await hung(BROKEN, KEY);
  await padlock.settled();
  assert.ok(padlock.crew());
});

test("keys whose script did not come are asked for again", async () => {
  workers = "missing";
  const padlock = await hung(KEY, KEY);
  assert.equal(kept.get("teduh.tab"), "blob");
  workers = "good";
  await padlock.settled();
  assert.ok(padlock.crew());
});

test("who is refused is not tried again, and nothing is kept", async () => {
  const padlock = await hung(REFUSED, KEY);
  listening.get("online")?.();
  pass(MINUTE);
  await padlock.settled();
  assert.equal(padlock.crew(), undefined);
  assert.equal(asked, 1);
  assert.equal(kept.size, 0);
});

test("nobody there for ten minutes: it is not opened for nobody", async () => {
  const padlock = await hung();
  pass(11 * MINUTE);
  await heard();
  const before = asked;
  answers = [KEY];
  pass(MINUTE);
  listening.get("online")?.();
  await padlock.settled();
  assert.equal(asked, before);
  assert.equal(padlock.crew(), undefined);
  assert.equal(kept.size, 0);
});

for (const by of ["here", "in another window"]) {
  test(`locked ${by} while the answer is on its way, it stays locked`, async () => {
    let answer = (_answer: Response) => {};
    const padlock = await hung(new Promise((resolve) => (answer = resolve)));
    if (by === "here") padlock.lock();
    else channel.onmessage?.({ data: { say: "lock" } });
    answer(KEY);
    await heard();
    assert.equal(padlock.crew(), undefined);
    assert.equal(told.includes("vault:open"), false);
    assert.equal(kept.size, 0);
  });
}
