// Compartments, wraps and envelopes: making them, and refusing what is not what the page asked for.

import { type Bytes, b64u, fromB64u, fromJson, join, jsonBytes, utf8 } from "./bytes";
import type { TrustedKey } from "./manifest";
import { type Pad, pack, unpack } from "./packing";
import { type Box, boxOpen, boxSeal, decrypt, encrypt, hkdf, random, sha256, sign, verify } from "./suite";

export type Origin = "browser" | "server" | "staff";

export interface Descriptor {
  readonly v: number;
  readonly suite: number;
  readonly inst: string;
  readonly subject: string;
  readonly comp: string;
  readonly gen: number;
  readonly id: string;
  readonly kc: string;
}

export interface Wrap {
  readonly kid: string;
  readonly w: string;
}

/** Bytes and a signature over them, as they travel. */
export interface Signed {
  readonly body: string;
  readonly sig: string;
}

/** Signs exact bytes under a label. */
export async function signed(seed: Bytes, label: string, body: Bytes): Promise<Signed> {
  return { body: b64u(body), sig: b64u(await sign(seed, label, await sha256(body))) };
}

export interface Header {
  readonly v: number;
  readonly cmp: string;
  readonly item: string;
  readonly what: string;
  readonly seq: number;
  readonly n: string;
  readonly orig: Origin;
  readonly day: string;
  readonly pad: Pad;
  readonly by: string;
  readonly seen?: string;
}

export interface Envelope {
  readonly hdr: string;
  readonly ct: string;
  readonly sig: string;
}

/** An opened compartment: its key, its descriptor as exact bytes, and the hash that names it. */
export interface Compartment {
  readonly key: Bytes;
  readonly d: Bytes;
  readonly cmp: string;
}

/** Where the page says a compartment belongs. */
export interface Place {
  readonly inst: string;
  readonly subject: string;
  readonly comp: string;
}

/** Who writes: the name of the key in the header, and the seed that signs. */
export interface Author {
  readonly kid: string;
  readonly seed: Bytes;
}

/** What is sealed, with everything its header says openly. */
export interface Words {
  readonly what: string;
  readonly seq: number;
  readonly orig: Origin;
  readonly day: string;
  readonly pad: Pad;
  readonly seen?: string;
}

/** The bytes of one chunk of a file before sealing, and the tag each chunk gains. */
export const CHUNK = 65536;
export const TAG = 16;

const SIG = "teduh/v1/sig";

function commitment(key: Bytes, id: string): Promise<Bytes> {
  return hkdf(key, fromB64u(id), "teduh/v1/commit");
}

/** A fresh compartment with its descriptor. */
export async function makeCompartment(place: Place, gen = 1): Promise<Compartment> {
  const key = random(32);
  const id = b64u(random(16));
  const { inst, subject, comp } = place;
  const kc = b64u(await commitment(key, id));
  const d = jsonBytes({ v: 1, suite: 1, inst, subject, comp, gen, id, kc });
  return { key, d, cmp: b64u(await sha256(d)) };
}

async function wrapInfo(d: Bytes, kid: string): Promise<Bytes> {
  return join(utf8("teduh/v1/wrap\0"), await sha256(d), utf8(kid));
}

/** The compartment key for one recipient; only keys somebody has vouched for are taken. */
export async function wrap(compartment: Compartment, to: TrustedKey): Promise<Wrap> {
  const info = await wrapInfo(compartment.d, to.kid);
  return { kid: to.kid, w: b64u(await boxSeal(to.key, info, compartment.key)) };
}

/** Opens a wrap; throws unless the descriptor is the place asked for and the key is the one it commits to. */
export async function unwrap(d: Bytes, sealed: Wrap, box: Box, asked: Place): Promise<Compartment> {
  checkPlace(d, asked);
  const key = await boxOpen(box, await wrapInfo(d, sealed.kid), fromB64u(sealed.w));
  return restore(d, key);
}

/** A compartment of a key kept from before; throws WrongKey unless it is the committed one. */
export async function restore(d: Bytes, key: Bytes): Promise<Compartment> {
  const said = fromJson<Descriptor>(d);
  const kc = b64u(await commitment(key, said.id));
  if (said.v !== 1 || said.suite !== 1 || said.kc !== kc) throw new Error("WrongKey");
  return { key, d, cmp: b64u(await sha256(d)) };
}

/** Throws WrongPlace unless the descriptor names exactly what the page asked for. */
export function checkPlace(d: Bytes, asked: Place): void {
  const said = fromJson<Descriptor>(d);
  const same = said.inst === asked.inst && said.subject === asked.subject && said.comp === asked.comp;
  if (!same) throw new Error("WrongPlace");
}

/** Nonce of a chunk: seven zero bytes, its number, and whether it is the last. */
function nonce(chunk: number, last: boolean): Bytes {
  const bytes = new Uint8Array(12);
  new DataView(bytes.buffer).setUint32(7, chunk);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

function contentKey(key: Bytes, hdr: Bytes): Promise<Bytes> {
  return sha256(hdr).then((salt) => hkdf(key, salt, "teduh/v1/enc"));
}

function makeHeader(compartment: Compartment, by: string, words: Words): Bytes {
  const header: Header = {
    v: 1,
    cmp: compartment.cmp,
    item: b64u(random(16)),
    what: words.what,
    seq: words.seq,
    n: b64u(random(16)),
    orig: words.orig,
    day: words.day,
    pad: words.pad,
    by,
  };
  return jsonBytes(words.seen === undefined ? header : { ...header, seen: words.seen });
}

/** Seals and signs one item; the header is made here, with a fresh random part. */
export async function seal(
  compartment: Compartment,
  words: Words,
  plain: Bytes,
  author: Author,
): Promise<Envelope> {
  const hdr = makeHeader(compartment, author.kid, words);
  const packed = pack(plain, words.pad);
  const ct = await encrypt(await contentKey(compartment.key, hdr), nonce(0, true), packed, hdr);
  const sig = await sign(author.seed, SIG, await sha256(hdr), await sha256(ct));
  return { hdr: b64u(hdr), ct: b64u(ct), sig: b64u(sig) };
}

/** The header of an envelope; nothing in it is proven yet. */
export function headerOf(envelope: Envelope): Header {
  return fromJson<Header>(fromB64u(envelope.hdr));
}

/** SHA-256 of header and ciphertext, by which chat and acceptances name an envelope. */
export async function envelopeHash(envelope: Envelope): Promise<string> {
  return b64u(await sha256(join(fromB64u(envelope.hdr), fromB64u(envelope.ct))));
}

/** Throws WrongItem unless the header is of this compartment and says what the page asked for. */
function checkHeader(compartment: Compartment, hdr: Bytes, what: string, item?: string): Header {
  const header = fromJson<Header>(hdr);
  const same = header.v === 1 && header.cmp === compartment.cmp && header.what === what;
  if (!same || (item && header.item !== item)) throw new Error("WrongItem");
  return header;
}

/** The text of an item nobody has vouched for yet: only for hello, which carries its own key. */
export async function openUnproven(
  compartment: Compartment,
  envelope: Envelope,
  asked: { what: string; item?: string },
): Promise<Bytes> {
  const hdr = fromB64u(envelope.hdr);
  const header = checkHeader(compartment, hdr, asked.what, asked.item);
  const key = await contentKey(compartment.key, hdr);
  const packed = await decrypt(key, nonce(0, true), fromB64u(envelope.ct), hdr);
  return unpack(packed, header.pad);
}

/** Opens a signed item; `key` is the public key the page trusts for the name in the header. */
export async function open(
  compartment: Compartment,
  envelope: Envelope,
  asked: { what: string; item?: string },
  key: Bytes,
): Promise<Bytes> {
  const hashes = [await sha256(fromB64u(envelope.hdr)), await sha256(fromB64u(envelope.ct))];
  await verify(key, fromB64u(envelope.sig), SIG, ...hashes);
  return openUnproven(compartment, envelope, asked);
}

/** A file body being sealed: its header, its own key, and a function for each chunk. */
export interface Body {
  readonly hdr: string;
  readonly item: string;
  readonly key: Bytes;
  chunk(plain: Bytes, number: number, last: boolean): Promise<Bytes>;
}

/** A fresh body; no other is ever sealed under its key. */
export async function makeBody(compartment: Compartment, words: Words, by: string): Promise<Body> {
  const hdr = makeHeader(compartment, by, { ...words, pad: "none" });
  return bodyOf(hdr, await contentKey(compartment.key, hdr));
}

/** The body of this header and key. One body seals one file: its nonces are the chunks' numbers. */
export function bodyOf(hdr: Bytes, key: Bytes): Body {
  return {
    hdr: b64u(hdr),
    item: fromJson<Header>(hdr).item,
    key,
    chunk: (plain, number, last) => encrypt(key, nonce(number, last), plain, hdr),
  };
}

/** All of a file, sealed chunk by chunk. */
export async function sealBody(body: Body, plain: Bytes): Promise<Bytes> {
  const chunks = Math.max(1, Math.ceil(plain.length / CHUNK));
  const ct = new Uint8Array(plain.length + chunks * TAG);
  for (let n = 0; n < chunks; n++) {
    const part = plain.subarray(n * CHUNK, (n + 1) * CHUNK);
    ct.set(await body.chunk(part, n, n === chunks - 1), n * (CHUNK + TAG));
  }
  return ct;
}

/** Opens a whole file body; throws when a chunk is missing, moved or changed. */
export async function openBody(
  compartment: Compartment,
  header: string,
  ct: Bytes,
  asked: { what: string; item: string },
  progress?: (done: number) => void,
): Promise<Bytes[]> {
  const hdr = fromB64u(header);
  checkHeader(compartment, hdr, asked.what, asked.item);
  const key = await contentKey(compartment.key, hdr);
  const parts: Bytes[] = [];
  for (let at = 0; at < ct.length || at === 0; at += CHUNK + TAG) {
    const end = at + CHUNK + TAG;
    const iv = nonce(parts.length, end >= ct.length);
    parts.push(await decrypt(key, iv, ct.slice(at, end), hdr));
    if (progress) progress(Math.min(end, ct.length));
  }
  return parts;
}
