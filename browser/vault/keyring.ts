// A member's keyring: opened by the sealing phrase, kept for the next page under the tab key.

import { type Bytes, b64u, fromB64u, fromJson, join, jsonBytes, utf8 } from "./bytes";
import type { Author, Wrap } from "./envelope";
import {
  isArchive,
  isOutside,
  type Manifest,
  type Package,
  ROOT,
  readManifest,
  teamOfKid,
  trust,
} from "./manifest";
import { nameKey } from "./reporter";
import {
  type Box,
  boxOf,
  boxOpen,
  decrypt,
  encrypt,
  hkdf,
  random,
  sha256,
  sign,
  signPublicOf,
  stretchPhrase,
} from "./suite";

/** What /kantor/kunci/buka/ answers. */
export interface Unlocking {
  readonly salt: string;
  readonly blob: string;
  readonly share: string;
  readonly member: string;
  readonly epochs: readonly Wrap[];
  readonly package: Package;
  readonly keys: readonly { kid: string; key: string }[];
  readonly tabKey: string;
  readonly day?: string;
}

export interface Secrets {
  readonly x: string;
  readonly s: string;
  readonly serial: number;
}

/**
 * What stays in the tab: never the own X-Wing seed of whoever sits in a team. `own`: that of somebody
 * outside, which opens only what was granted to them.
 */
interface Kept {
  readonly member: string;
  readonly inst: string;
  readonly sign: string;
  readonly signKid: string;
  readonly epochs: readonly { kid: string; seed: string }[];
  readonly manifest: string;
  readonly own?: { readonly kid: string; readonly seed: string };
}

/** An open keyring. */
export interface Ring {
  readonly member: string;
  readonly inst: string;
  readonly author: Author;
  readonly manifest: Manifest;
  readonly boxes: { readonly [kid: string]: Box };
  /** The name of the own box, where it is among them: of somebody to whom only grants are opened. */
  readonly own?: string;
  /** The private seeds of team epochs, for a colleague who lacks one. */
  readonly seeds: { readonly [kid: string]: string };
}

export interface Unlocked {
  readonly ring: Ring;
  readonly tab: string;
  readonly expired: boolean;
  /** The keyring closed again with a newer serial number, and the holder's signature of it. */
  readonly keyring?: { readonly blob: string; readonly sig: string };
}

const NOTHING = new Uint8Array(0);
const STAFF_GRACE = 90; // days: an expired manifest is an alarm, not a locked-out office

function keyringLabel(member: string): Bytes {
  return utf8(`teduh/v1/keyring\0${member}`);
}

/** Random nonce and ciphertext, in one. */
async function close(key: Bytes, value: unknown, aad: Bytes): Promise<string> {
  const iv = random(12);
  return b64u(join(iv, await encrypt(key, iv, jsonBytes(value), aad)));
}

async function reopen<T>(key: Bytes, sealed: string, aad: Bytes): Promise<T> {
  const bytes = fromB64u(sealed);
  return fromJson<T>(await decrypt(key, bytes.slice(0, 12), bytes.slice(12), aad));
}

/** The phrase as it is stretched: small letters, single spaces. */
function normalise(phrase: string): string {
  return phrase.toLowerCase().trim().split(/\s+/).join(" ");
}

/** The key over a keyring: the phrase, stretched, and the server's share. */
export async function keyOverKeyring(phrase: string, salt: Bytes, share: Bytes): Promise<Bytes> {
  const stretched = await stretchPhrase(normalise(phrase), salt);
  return hkdf(join(stretched, share), NOTHING, "teduh/v1/kek");
}

/** A keyring as it is stored, closed under its key. */
export function closeKeyring(kek: Bytes, secrets: Secrets, member: string): Promise<string> {
  return close(kek, secrets, keyringLabel(member));
}

/** The same with its holder's signature: a stolen session alone must not be able to spoil it. */
async function signedKeyring(kek: Bytes, secrets: Secrets, member: string) {
  const blob = await closeKeyring(kek, secrets, member);
  const sig = await sign(fromB64u(secrets.s), "teduh/v1/keyring", await sha256(fromB64u(blob)));
  return { blob, sig: b64u(sig) };
}

/** The private seeds of team epochs that really belong to the names they come under. */
async function openEpochs(
  own: Box,
  ownKid: string,
  wraps: readonly Wrap[],
  manifest: Manifest,
): Promise<{ kid: string; seed: string }[]> {
  const opened: { kid: string; seed: string }[] = [];
  for (const { kid, w } of wraps) {
    try {
      const seed = await boxOpen(own, utf8(`teduh/v1/epoch\0${kid}\0${ownKid}`), fromB64u(w));
      const { key } = await boxOf(seed);
      if ((await nameKey(kid.slice(0, kid.lastIndexOf(".")), key)) !== kid) continue;
      // Epochs of earlier months have left the manifest; a listed one must be the listed key.
      if (manifest.keys.some((k) => k.kid === kid)) await trust(manifest, "team", kid, key);
      opened.push({ kid, seed: b64u(seed) });
    } catch {
      // A wrap that is not for this member, or not the key it claims: her other keys still open.
    }
  }
  return opened;
}

async function ringOf(kept: Kept): Promise<Ring> {
  const boxes: { [kid: string]: Box } = {};
  const seeds: { [kid: string]: string } = {};
  for (const { kid, seed } of kept.epochs) {
    boxes[kid] = await boxOf(fromB64u(seed));
    seeds[kid] = seed;
  }
  const manifest = fromJson<Manifest>(fromB64u(kept.manifest));
  const author = { kid: kept.signKid, seed: fromB64u(kept.sign) };
  const { own } = kept;
  if (own) boxes[own.kid] = await boxOf(fromB64u(own.seed));
  return {
    member: kept.member,
    inst: kept.inst,
    author,
    manifest,
    boxes,
    seeds,
    ...(own && { own: own.kid }),
  };
}

/** Opens the keyring. Throws WrongPhrase, RolledBack, or what the chain of trust finds wrong. */
export async function unlock(
  answer: Unlocking,
  phrase: string,
  where: { inst: string; day: string },
  root: string = ROOT,
): Promise<Unlocked> {
  const { member } = answer;
  const label = keyringLabel(member);
  const kek = await keyOverKeyring(phrase, fromB64u(answer.salt), fromB64u(answer.share));
  const secrets = await reopen<Secrets>(kek, answer.blob, label).catch(() => {
    throw new Error("WrongPhrase");
  });
  const manifest = await readManifest(answer.package, { ...where, grace: STAFF_GRACE }, root);
  if (manifest.serial < secrets.serial) throw new Error("RolledBack");
  const own = await boxOf(fromB64u(secrets.x));
  const ownKid = await nameKey(`anggota-${member}`, own.key);
  await trust(manifest, "member", ownKid, own.key);
  const signKey = await signPublicOf(fromB64u(secrets.s));
  const signKid = await nameKey(`tanda-${member}`, signKey);
  await trust(manifest, "sign", signKid, signKey);
  const epochs = await openEpochs(own, ownKid, answer.epochs, manifest);
  const outside = isOutside(manifest, ownKid) && epochs.every(({ kid }) => isArchive(teamOfKid(kid)));
  const kept: Kept = {
    member,
    inst: where.inst,
    sign: secrets.s,
    signKid,
    epochs,
    manifest: answer.package.manifest,
    ...(outside && { own: { kid: ownKid, seed: secrets.x } }),
  };
  const newer = manifest.serial > secrets.serial;
  const remembered = { ...secrets, serial: manifest.serial };
  return {
    ring: await ringOf(kept),
    tab: await close(fromB64u(answer.tabKey), kept, tabLabel(member)),
    expired: where.day > manifest.until,
    ...(newer && { keyring: await signedKeyring(kek, remembered, member) }),
  };
}

function tabLabel(member: string): Bytes {
  return utf8(`teduh/v1/tab\0${member}`);
}

/** The keyring of an earlier page of this session; throws when the tab key is not the one. */
export async function restoreTab(tab: string, tabKey: Bytes, member: string): Promise<Ring> {
  return ringOf(await reopen<Kept>(tabKey, tab, tabLabel(member)));
}

/** Compartment keys opened before, by the hash of their descriptor. */
export type OpenedKeys = { [cmp: string]: string };

const MOST_OPENED = 500;

function openedLabel(member: string): Bytes {
  return utf8(`teduh/v1/opened\0${member}`);
}

/** Closes opened compartment keys for the next page, the newest 500. */
export function closeOpened(keys: OpenedKeys, tabKey: Bytes, member: string): Promise<string> {
  const kept: OpenedKeys = {};
  for (const cmp of Object.keys(keys).slice(-MOST_OPENED)) kept[cmp] = keys[cmp] as string;
  return close(tabKey, kept, openedLabel(member));
}

/** Undoes closeOpened; nothing when it cannot be read. */
export function restoreOpened(closed: string, tabKey: Bytes, member: string): Promise<OpenedKeys> {
  return reopen<OpenedKeys>(tabKey, closed, openedLabel(member)).catch(() => ({}));
}
