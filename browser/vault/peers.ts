// Other offices: a slice of a case, sealed to another office's key here, opened by it there.

import { type Bytes, b64u, fromB64u, fromJson, fromUtf8, jsonBytes, utf8 } from "./bytes";
import { DESCRIPTOR } from "./cases";
import {
  type Envelope,
  headerOf,
  makeCompartment,
  open,
  type Signed,
  seal,
  signed,
  unwrap,
  type Wrap,
  wrap,
} from "./envelope";
import { parseParts } from "./groups";
import type { Ring } from "./keyring";
import { type Package, readManifest, trust, trustInTeam } from "./manifest";
import type { Asked, Shown } from "./reading";
import { sha256, sign, signPublicOf, verify } from "./suite";
import { staffKey } from "./thread";

/** An office whose root key a supervisor of this one has compared by voice, with their word. */
export interface Peer {
  readonly inst: string;
  readonly root: string;
  readonly approval: Signed;
  readonly package: Package;
  readonly team: { readonly kid: string; readonly key: string };
}

export type Signers = readonly { readonly kid: string; readonly key: string }[];

/** One part of a case that leaves: its name in the slice, open words, and the items it is read from. */
export interface SlicePart {
  readonly part: string;
  readonly text: string;
  readonly asked: readonly (Asked & { readonly label: string })[];
}

/** What a page gives to make a slice. `facts`: everything open about the case, and the consent. */
export interface ToSlice {
  readonly peer: Peer;
  readonly signers: Signers;
  readonly package: Package;
  readonly code: string;
  readonly day: string;
  readonly parts: readonly SlicePart[];
  readonly facts: { readonly [name: string]: unknown };
}

/** What was opened of a slice, what our server is shown of it, and our word that we have it. */
export interface Arrived {
  readonly head: string;
  readonly from: string;
  readonly code: string;
  readonly facts: { readonly [name: string]: unknown };
  readonly parts: { readonly [part: string]: string };
  readonly receipt: string;
}

interface SliceFile {
  readonly v: number;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly code: string;
  readonly by: string;
  readonly key: string;
  readonly d: string;
  readonly descSig: string;
  readonly package: Package;
  readonly wrap: Wrap;
  readonly items: readonly Envelope[];
}

const PEER = "teduh/v1/peer";
const RECEIPT = "teduh/v1/receipt";
const FILE = "teduh/v1/slice";
const SLICE = "slice"; // the compartment
const FACTS = "facts"; // the part that names all others
const GRACE = 90; // days that a file may travel after its office's list has run out

function whatOf(part: string): string {
  return `cases.slice.${part}`;
}

function approvalOf(inst: string, peer: string, root: string, by: string): Bytes {
  return jsonBytes({ v: 1, inst, peer, root, by });
}

/** A supervisor's word that this root key is that office's, compared by voice. */
export function approvePeer(ring: Ring, told: { peer: string; root: string }): Promise<Signed> {
  const { kid, seed } = ring.author;
  return signed(seed, PEER, approvalOf(ring.inst, told.peer, told.root, kid));
}

/** Throws UnknownPeer unless somebody of this office vouched for exactly this root key. */
async function checkPeer(peer: Peer, signers: Signers, ring: Ring): Promise<void> {
  try {
    const body = fromB64u(peer.approval.body);
    const { by } = fromJson<{ by: string }>(body);
    const key = await staffKey(by, signers, ring.manifest, { day: "" });
    await verify(key, fromB64u(peer.approval.sig), PEER, await sha256(body));
    if (b64u(approvalOf(ring.inst, peer.inst, peer.root, by)) !== peer.approval.body) throw new Error();
  } catch {
    throw new Error("UnknownPeer");
  }
}

/** A group in one line, anything else as it stands. */
function plain(text: string): string {
  try {
    const told = Object.values(parseParts(text));
    return told.map((one) => (typeof one === "string" ? one : one.join(", "))).join(", ");
  } catch {
    return text;
  }
}

/** The text of one part; throws CannotOpen where a key is missing or something was changed. */
async function textOf(part: SlicePart, show: (asked: Asked) => Promise<Shown>): Promise<string> {
  const texts = part.text ? [part.text] : [];
  for (const { label, ...asked } of part.asked) {
    const { state, text } = await show(asked);
    if (state !== "open") throw new Error("CannotOpen");
    if (text) texts.push(label ? `${label}: ${plain(text)}` : text);
  }
  return texts.join("\n\n");
}

/** A slice for another office as a file, and the hash that names it. */
export async function makeSlice(
  ring: Ring,
  told: ToSlice,
  show: (asked: Asked) => Promise<Shown>,
): Promise<{ file: string; cmp: string }> {
  const { peer, code, day } = told;
  await checkPeer(peer, told.signers, ring);
  const list = await readManifest(peer.package, { inst: peer.inst, day, grace: 0 }, peer.root);
  const to = await trust(list, "team", peer.team.kid, fromB64u(peer.team.key), day);
  const made = await makeCompartment({ inst: peer.inst, subject: code, comp: SLICE });
  const facts = { ...told.facts, parts: told.parts.map(({ part }) => part) };
  const texts: [string, string][] = [[FACTS, JSON.stringify(facts)]];
  for (const part of told.parts) texts.push([part.part, await textOf(part, show)]);
  const items: Envelope[] = [];
  for (const [part, text] of texts) {
    const words = { what: whatOf(part), seq: 0, orig: "staff", day, pad: "pow2-4k" } as const;
    items.push(await seal(made, words, utf8(text), ring.author));
  }
  const { kid: by, seed } = ring.author;
  const file: SliceFile = {
    v: 1,
    kind: FILE,
    from: ring.inst,
    to: peer.inst,
    code,
    by,
    key: b64u(await signPublicOf(seed)),
    d: b64u(made.d),
    descSig: b64u(await sign(seed, DESCRIPTOR, await sha256(made.d))),
    package: told.package,
    wrap: await wrap(made, to),
    items,
  };
  return { file: JSON.stringify(file), cmp: made.cmp };
}

function readFile(text: string): SliceFile {
  let file: SliceFile | undefined;
  try {
    file = JSON.parse(text) as SliceFile;
  } catch {
    // no JSON: no slice either
  }
  if (file?.v !== 1 || file.kind !== FILE) throw new Error("NotASlice");
  return file;
}

/** Opens every part; throws Changed unless they are just those that the sender named. */
async function readParts(
  file: SliceFile,
  compartment: Parameters<typeof open>[0],
  key: Bytes,
): Promise<{ facts: Arrived["facts"]; parts: Arrived["parts"] }> {
  const found: { [part: string]: string } = {};
  for (const item of file.items) {
    const { what, by } = headerOf(item);
    if (by !== file.by || found[what] !== undefined) throw new Error("Changed");
    found[what] = fromUtf8(await open(compartment, item, { what }, key));
  }
  const facts = JSON.parse(found[whatOf(FACTS)] ?? "null") as { parts: string[] } | null;
  if (!facts) throw new Error("Changed");
  const parts: { [part: string]: string } = {};
  for (const part of facts.parts) {
    const text = found[whatOf(part)];
    if (text === undefined) throw new Error("Changed");
    parts[part] = text;
  }
  if (Object.keys(found).length !== facts.parts.length + 1) throw new Error("Changed");
  return { facts, parts };
}

/**
 * Opens a slice that another office sent. Throws NotASlice, OtherOffice, UnknownPeer, ExpiredManifest,
 * NoKey where it is sealed to another team, and Changed for whatever else does not hold.
 */
export async function openSlice(
  ring: Ring,
  told: { file: string; peers: readonly Peer[]; signers: Signers; day: string },
): Promise<Arrived> {
  const file = readFile(told.file);
  if (file.to !== ring.inst) throw new Error("OtherOffice");
  const peer = told.peers.find((one) => one.inst === file.from);
  if (!peer) throw new Error("UnknownPeer");
  await checkPeer(peer, told.signers, ring);
  const box = ring.boxes[file.wrap.kid];
  if (!box) throw new Error("NoKey");
  try {
    return await openFrom(ring, file, peer.root, box, told.day);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(message === "ExpiredManifest" ? message : "Changed");
  }
}

async function openFrom(
  ring: Ring,
  file: SliceFile,
  root: string,
  box: Parameters<typeof unwrap>[2],
  day: string,
): Promise<Arrived> {
  const { from, code, by } = file;
  const list = await readManifest(file.package, { inst: from, day, grace: GRACE }, root);
  const { key } = await trustInTeam(list, "sign", { kid: by, key: fromB64u(file.key) }, undefined, day);
  const d = fromB64u(file.d);
  await verify(key, fromB64u(file.descSig), DESCRIPTOR, await sha256(d));
  const place = { inst: ring.inst, subject: code, comp: SLICE };
  const compartment = await unwrap(d, file.wrap, box, place);
  const { facts, parts } = await readParts(file, compartment, key);
  const { kid, seed } = ring.author;
  const body = { v: 1, inst: ring.inst, to: from, code, cmp: compartment.cmp, day, by: kid };
  const receipt = JSON.stringify(await signed(seed, RECEIPT, jsonBytes(body)));
  const { wrap: _wrap, items: _items, ...head } = file;
  return { head: JSON.stringify(head), from, code, facts, parts, receipt };
}
