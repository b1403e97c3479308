// The Worker that holds the keys of an open office page; it ends when the page is left.

import { handOn, joinHalves, toArchive } from "./archive";
import { fromB64u, hex } from "./bytes";
import { beginGenerations } from "./grants";
import { parseParts } from "./groups";
import { closeOpened, type OpenedKeys, type Ring, restoreOpened, restoreTab, unlock } from "./keyring";
import { fingerprint, giveEpochs, makeEpoch, makeKeyring, signList } from "./keys";
import { composeCard, isOfCase, type Known, LIST, LIST_CARD, PERSON_CARD, readCard } from "./lists";
import { wrapOwn } from "./ownwords";
import { approvePeer, makeSlice, openSlice } from "./peers";
import { People } from "./people";
import { makeReading, type Reading, type Sealing, type Shown } from "./reading";
import { reopen, rewrap } from "./rewrapping";
import { fallbackAt, sha256 } from "./suite";
import type { Bundle } from "./thread";
import type { Order, Report, Work, WorkName } from "./work";

/** The Worker's own scope, of which only this much is used. */
interface Scope {
  onmessage: ((event: MessageEvent<Order>) => void) | null;
  postMessage(report: Report): void;
}

type Progress = (share: number) => void;
type Doing = {
  [name in WorkName]: (given: Work[name]["given"], progress: Progress) => Promise<Work[name]["answer"]>;
};

const scope = globalThis as unknown as Scope;
let ring: Ring | undefined;
let tabKey = new Uint8Array(0);
let opened: OpenedKeys = {};
let bundles: Bundle[] = [];
let reading: Reading | undefined;
const ACCUSED = /^!/; // before the item of an accused
const people = new People(); // whom the cards of the search name

function open(): Ring {
  if (!ring) throw new Error("Locked");
  return ring;
}

function page(): Reading {
  reading = reading || makeReading(open(), bundles, opened);
  return reading;
}

async function showOne(asked: { subject: string } & Parameters<ReturnType<Reading["of"]>["show"]>[0]) {
  try {
    return await page().of(asked.subject).show(asked);
  } catch {
    return { state: "missing", text: "" } as Shown;
  }
}

/** What a reporter says of herself. */
async function toldBy(subject: string): Promise<Known[]> {
  const read = (what: string) => page().of(subject).plain({ subject, comp: "identity", what });
  return [{ name: await read("intake.report.name"), contact: await read("intake.report.contact_how") }];
}

/** What the office says of persons of a case, by the items of their cards; throws where one does not open. */
async function knownOf(subject: string, items: readonly string[]): Promise<Known[]> {
  const known: Known[] = [];
  for (const item of items) {
    const asked = { subject, comp: "identity", what: PERSON_CARD, item };
    const parts = parseParts(await page().of(subject).plain(asked));
    const [name, contact, born, nik] = ["name", "contact", "born", "nik"].map(
      (part) => `${parts[part] ?? ""}`,
    );
    known.push({ name, contact, born, nik } as Known);
  }
  return known;
}

const doing: Doing = {
  async unlock({ answer, phrase, inst, day, ed25519 }) {
    fallbackAt(ed25519);
    const done = await unlock(answer, phrase, { inst, day });
    ring = done.ring;
    tabKey = fromB64u(answer.tabKey);
    return {
      tab: done.tab,
      expired: done.expired,
      ...(done.keyring && { keyring: done.keyring }),
    };
  },
  async restore(given) {
    fallbackAt(given.ed25519);
    tabKey = fromB64u(given.tabKey);
    ring = await restoreTab(given.tab, tabKey, given.member);
    opened = given.opened ? await restoreOpened(given.opened, tabKey, given.member) : {};
    return { inst: ring.inst };
  },
  async load(given) {
    bundles = given.bundles;
    reading = undefined;
    return null;
  },
  async show({ asked }) {
    const shown: Shown[] = [];
    for (const one of asked) shown.push(await showOne(one));
    return { shown, opened: ring ? await closeOpened(opened, tabKey, ring.member) : "" };
  },
  async card({ subject, item }) {
    return page().of(subject).card(item);
  },
  async file({ subject, item, ct }, progress) {
    const of = page().of(subject);
    const report = (done: number) => progress(done / Math.max(1, ct.byteLength));
    const blob = new Blob(await of.file(item, new Uint8Array(ct), report));
    return { blob, sha256: hex(await sha256(new Uint8Array(await blob.arrayBuffer()))) };
  },
  async seal({ things, make, part }) {
    const made = make && (await page().of(make).make(part));
    let all: Sealing = { sealed: [], ...(made && { made }) };
    for (const thing of things) {
      const done = await page().of(thing.subject).seal(thing);
      all = { ...all, ...done, sealed: all.sealed.concat(done.sealed) };
    }
    return all;
  },
  async accept({ subject }) {
    return page().of(subject).accept();
  },
  async reissue({ subject, r, day }) {
    return page().of(subject).reissue(fromB64u(r), day);
  },
  async epoch(given) {
    return makeEpoch(open(), given);
  },
  async give(given) {
    return giveEpochs(open(), given);
  },
  async keyring(given) {
    return makeKeyring(given);
  },
  async fingerprints({ keys }) {
    return Promise.all(keys.map(({ box, sign }) => fingerprint(box, sign)));
  },
  async sign(given) {
    return signList(open(), given);
  },
  async rewrap(given) {
    return rewrap(open(), given);
  },
  async reopen(given) {
    return reopen(open(), given);
  },
  async halve(given) {
    return toArchive(open(), given);
  },
  async handOn(given) {
    return handOn(open(), given);
  },
  async join(given) {
    return joinHalves(open(), given);
  },
  async cards(given) {
    const lists = makeReading(open(), given.bundles, opened);
    for (const { of, list, item } of given.asked) {
      try {
        const shown = await lists.of(list).show({ subject: list, comp: LIST, what: LIST_CARD, item });
        if (shown.state === "open") people.add(readCard(shown.text, of));
      } catch {
        // A card on the wrong row: the list page says so; here it is not found.
      }
    }
    return people.size;
  },
  async find({ text }) {
    return people.find(text);
  },
  async alike({ subject, belongs }) {
    const all = [subject, ...belongs];
    const cards = all.map((one) => people.of(one)).filter((card) => card !== undefined);
    if (!people.of(subject) && !isOfCase(subject))
      cards.push(readCard(composeCard(subject, await toldBy(subject)), subject));
    return people.alike(cards, all);
  },
  async approve(given) {
    return approvePeer(open(), given);
  },
  async grant(given) {
    return page().of(given.subject).grant(given);
  },
  async granted({ subject, grant }) {
    return page().of(subject).checked(grant);
  },
  async link(given) {
    return page().of(given.subject).link(given);
  },
  async own(given) {
    return wrapOwn(open(), given);
  },
  async begin({ bundle, ...told }) {
    return beginGenerations(open(), bundle, told);
  },
  async slice(given) {
    return makeSlice(open(), given, showOne);
  },
  async arrive(given) {
    return openSlice(open(), given);
  },
  async list({ subject, list, day, items }) {
    const [accused, named] = [true, false].map((asked) => items.filter((one) => ACCUSED.test(one) === asked));
    const known = items.length ? await knownOf(subject, named ?? []) : await toldBy(subject);
    const card = composeCard(
      subject,
      known,
      await knownOf(
        subject,
        (accused ?? []).map((one) => one.slice(1)),
      ),
    );
    return page().of(list).sealCard(card, day);
  },
};

scope.onmessage = ({ data }) => {
  const { number, name } = data;
  const progress = (share: number) => scope.postMessage({ number, progress: share });
  const work = doing[name] as (given: unknown, progress: Progress) => Promise<unknown>;
  work(data.given, progress).then(
    (answer) => scope.postMessage({ number, answer }),
    (error: Error) => scope.postMessage({ number, error: error.message }),
  );
};
