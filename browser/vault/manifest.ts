// The chain of trust: root key, key officer's certificate, manifest, and the public keys it names.

import { type Bytes, b64u, fromB64u, fromJson } from "./bytes";
import { sha256, verify } from "./suite";

/** The office's root public key; put in its place when the static files are collected. */
export const ROOT = "TEDUH_ROOT_PUBLIC_KEY_GOES_HERE____________";

/** Reporters may still seal to a manifest that ran out this many days ago. */
export const REPORTER_GRACE = 90;

const CERT_DAYS = 400; // longest life of a certificate (docs/sealing.md 3)
const DAYS = 35; // and of a list

export interface Package {
  readonly cert: string;
  readonly certSig: string;
  readonly manifest: string;
  readonly sig: string;
}

interface Certificate {
  readonly v: number;
  readonly inst: string;
  readonly key: string;
  readonly from: string;
  readonly until: string;
}

export type KeyKind = "team" | "member" | "sign" | "recovery" | "archive" | "partner";

export interface Manifest {
  readonly v: number;
  readonly inst: string;
  readonly serial: number;
  readonly from: string;
  readonly until: string;
  readonly keys: readonly Entry[];
}

/** One key of the list. `until`: the last day of a key whose holder has left. */
export interface Entry {
  readonly kid: string;
  readonly kind: KeyKind;
  readonly sha256: string;
  /** The teams in which a member sits; nobody else reads or writes for a team. */
  readonly teams?: readonly string[];
  readonly until?: string;
}

declare const vouched: unique symbol;

/** A public key that a verified manifest or acceptance, or its own holder, stands for. */
export interface TrustedKey {
  readonly kid: string;
  readonly key: Bytes;
  readonly [vouched]: true;
}

/** Whose day it is: the office, the day, and how many days after its end a manifest still counts. */
export interface Moment {
  readonly inst: string;
  readonly day: string;
  readonly grace: number;
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);
}

/** The manifest of a package; throws unless root, officer, office and day all agree. */
export async function readManifest(given: Package, when: Moment, root: string = ROOT): Promise<Manifest> {
  const certBytes = fromB64u(given.cert);
  const bytes = fromB64u(given.manifest);
  await verify(fromB64u(root), fromB64u(given.certSig), "teduh/v1/cert", await sha256(certBytes));
  const cert = fromJson<Certificate>(certBytes);
  const officer = fromB64u(cert.key);
  await verify(officer, fromB64u(given.sig), "teduh/v1/manifest", await sha256(bytes));
  const manifest = fromJson<Manifest>(bytes);
  const here = [cert, manifest].every((part) => part.v === 1 && part.inst === when.inst);
  const certified = cert.from <= manifest.from && manifest.from <= cert.until;
  if (!here || !certified) throw new Error("WrongManifest");
  const short =
    cert.until <= plusDays(cert.from, CERT_DAYS) && manifest.until <= plusDays(manifest.from, DAYS);
  if (!short) throw new Error("WrongManifest");
  if (when.day < manifest.from || when.day > plusDays(manifest.until, when.grace)) {
    throw new Error("ExpiredManifest");
  }
  return manifest;
}

/** The key, if the manifest names it as this kind, in use on `day`; throws UntrustedKey. */
export async function trust(
  manifest: Manifest,
  kind: KeyKind,
  kid: string,
  key: Bytes,
  day = manifest.from,
): Promise<TrustedKey> {
  const hash = b64u(await sha256(key));
  const found = manifest.keys.find((k) => k.kid === kid && k.kind === kind && k.sha256 === hash);
  if (!found || (found.until && day > found.until)) throw new Error("UntrustedKey");
  return { kid, key } as TrustedKey;
}

/** As trust, of somebody who sits in `team`, or in any where it is left out; throws NotInTeam. */
export async function trustInTeam(
  manifest: Manifest,
  kind: "member" | "sign",
  of: { kid: string; key: Bytes },
  team?: string,
  day?: string,
): Promise<TrustedKey> {
  const trusted = await trust(manifest, kind, of.kid, of.key, day);
  const entry = manifest.keys.find((one) => one.kid === of.kid && one.kind === kind);
  const teams = entry?.teams ?? [];
  if (!(team === undefined ? teams.length : teams.indexOf(team) >= 0)) throw new Error("NotInTeam");
  return trusted;
}

/** Whether a team only holds halves of the archive, and walks with no case. */
export function isArchive(team: string): boolean {
  return /^arsip-/.test(team);
}

/** Whether the list names somebody in no team that walks with cases: they read only what is granted. */
export function isOutside(manifest: Manifest, kid: string): boolean {
  const entry = manifest.keys.find((one) => one.kid === kid);
  return (entry?.teams ?? []).every(isArchive);
}

/** The team of an epoch's kid: `tim-<team>-<month>.<hash>`; nothing for another kind of kid. */
export function teamOfKid(kid: string): string {
  return /^tim-(.+)-\d{6}\.[0-9a-f]{8}$/.exec(kid)?.[1] ?? "";
}

/** A key its own holder made on this page. */
export function ownKey(kid: string, key: Bytes): TrustedKey {
  return { kid, key } as TrustedKey;
}
