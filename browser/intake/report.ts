// Sealing a report: compartments, wraps, items and hello, before anything leaves the device.

import { type Bytes, b64u, fromB64u, jsonBytes, utf8 } from "../vault/bytes";
import {
  type Compartment,
  type Envelope,
  makeCompartment,
  type Origin,
  seal,
  type Wrap,
  wrap,
} from "../vault/envelope";
import { type Package, REPORTER_GRACE, ROOT, readManifest, type TrustedKey, trust } from "../vault/manifest";
import type { Entry, Reporter } from "../vault/reporter";
import { ADDITION } from "../vault/thread";

/** The office's public keys, as /kunci/ answers. */
export interface PublicKeys {
  readonly package: Package;
  readonly inst: string;
  readonly day: string;
  readonly teams: readonly { code: string; kid: string; key: string; alternate: boolean }[];
  readonly recovery: { kid: string; key: string };
}

/** Whom a report is sealed to. */
export interface Readers {
  readonly inst: string;
  readonly day: string;
  readonly team: TrustedKey;
  readonly recovery: TrustedKey;
}

/** What is added under a ticket: new compartments, and her statement among the items. */
export interface SealedAddition {
  readonly compartments: readonly { d: string; wraps: Wrap[] }[];
  readonly items: readonly Envelope[];
}

export interface SealedReport {
  readonly v: 1;
  readonly ticket: string;
  readonly auth: string;
  readonly kotak: string;
  readonly tanda: string;
  readonly compartments: readonly { d: string; wraps: Wrap[] }[];
  readonly items: readonly Envelope[];
}

/** One sealed answer: what it is, and its text. */
export interface Told {
  readonly what: string;
  readonly text: string;
}

const COMPARTMENTS = ["identity", "narrative", "file", "chat"] as const;
const ADDED = ["identity", "narrative", "file"] as const;
type CompartmentName = (typeof COMPARTMENTS)[number];
export type Compartments = { readonly [name in CompartmentName]: Compartment };

const IDENTITY = /^intake\.report\.(name|contact_\w+|unsafe_officer|companion)$/;

/** The compartment an answer belongs to. */
export function compartmentOf(what: string): CompartmentName {
  return IDENTITY.test(what) ? "identity" : "narrative";
}

/** The keys to seal a new report to, each proven by the root key; throws when one is not. */
export function chooseReaders(
  keys: PublicKeys,
  inst: string,
  alternate: boolean,
  root: string = ROOT,
): Promise<Readers> {
  const team = keys.teams.find((t) => Boolean(t.alternate) === alternate);
  return readersOf(keys, inst, team, root);
}

/** A team's key and the recovery key, each proven by the root key; throws when one is not. */
export async function readersOf(
  keys: PublicKeys,
  inst: string,
  team: PublicKeys["teams"][0] | undefined,
  root: string = ROOT,
): Promise<Readers> {
  const when = { inst, day: keys.day, grace: REPORTER_GRACE };
  const manifest = await readManifest(keys.package, when, root);
  if (!team) throw new Error("NoSuchTeam");
  const vouch = (kind: "team" | "recovery", of: { kid: string; key: string }) =>
    trust(manifest, kind, of.kid, fromB64u(of.key));
  return {
    inst,
    day: keys.day,
    team: await vouch("team", team),
    recovery: await vouch("recovery", keys.recovery),
  };
}

/** The four compartments of a new report. */
export async function makeCompartments(inst: string, subject: string): Promise<Compartments> {
  const made: { [name: string]: Compartment } = {};
  for (const comp of COMPARTMENTS) made[comp] = await makeCompartment({ inst, subject, comp });
  return made as Compartments;
}

async function helloOf(ticket: string, reporter: Reporter, made: Compartments): Promise<Bytes> {
  return jsonBytes({
    ticket,
    kotak: b64u(reporter.box.key),
    tanda: b64u(reporter.signKey),
    d: COMPARTMENTS.map((comp) => made[comp].cmp),
  });
}

/** The whole report, ready to be sent; `orig`: "staff" where somebody else's browser seals it for her. */
export async function sealReport(
  ticket: string,
  entry: Entry,
  reporter: Reporter,
  readers: Readers,
  made: Compartments,
  told: readonly Told[],
  orig: Origin = "browser",
): Promise<SealedReport> {
  const compartments: { d: string; wraps: Wrap[] }[] = [];
  for (const comp of COMPARTMENTS) {
    const to = [readers.team, readers.recovery].concat(comp === "chat" ? reporter.boxKey : []);
    const wraps: Wrap[] = [];
    for (const key of to) wraps.push(await wrap(made[comp], key));
    compartments.push({ d: b64u(made[comp].d), wraps });
  }
  const put = (comp: CompartmentName, what: string, plain: Bytes) => {
    const words = { what, seq: 0, orig, day: readers.day, pad: "pow2-4k" } as const;
    const seen = comp === "chat" ? { seen: "" } : {};
    return seal(made[comp], { ...words, ...seen }, plain, reporter.author);
  };
  const items: Envelope[] = [];
  for (const one of told) items.push(await put(compartmentOf(one.what), one.what, utf8(one.text)));
  items.push(await put("chat", "chat.thread.hello", await helloOf(ticket, reporter, made)));
  return {
    v: 1,
    ticket,
    auth: b64u(entry.auth),
    kotak: b64u(reporter.box.key),
    tanda: b64u(reporter.signKey),
    compartments,
    items,
  };
}

/** What an addition is made of: whose it is, its number, the open chat, and whether files follow. */
export interface ToAdd {
  readonly ticket: string;
  readonly gen: number;
  readonly chat: Compartment;
  readonly reporter: Reporter;
  readonly readers: Readers;
  readonly files: boolean;
}

/** An addition ready to be sent, and the compartment its files go into. */
export async function sealAddition(
  to: ToAdd,
  told: readonly Told[],
): Promise<{ addition: SealedAddition; file?: Compartment }> {
  const { ticket, gen, chat, reporter, readers } = to;
  const made: { [name: string]: Compartment } = {};
  const compartments: { d: string; wraps: Wrap[] }[] = [];
  for (const comp of ADDED) {
    const needed = comp === "file" ? to.files : told.some((one) => compartmentOf(one.what) === comp);
    if (!needed) continue;
    const one = await makeCompartment({ inst: readers.inst, subject: ticket, comp }, gen);
    made[comp] = one;
    const wraps = [await wrap(one, readers.team), await wrap(one, readers.recovery)];
    compartments.push({ d: b64u(one.d), wraps });
  }
  const words = { seq: 0, orig: "browser", day: readers.day, pad: "pow2-4k" } as const;
  const items: Envelope[] = [];
  for (const { what, text } of told) {
    const into = made[compartmentOf(what)] as Compartment;
    items.push(await seal(into, { ...words, what }, utf8(text), reporter.author));
  }
  const named = jsonBytes({ ticket, gen, d: Object.keys(made).map((comp) => made[comp]?.cmp) });
  items.push(await seal(chat, { ...words, what: ADDITION, seq: gen }, named, reporter.author));
  const { file } = made;
  return { addition: { compartments, items }, ...(file && { file }) };
}
