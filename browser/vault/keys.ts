// Keys that live on, made in browsers: a team's new key, a colleague's copies, a first keyring, the list.

import { checkApart } from "./archive";
import { type Bytes, b64u, fromB64u, hex8, join, jsonBytes, utf8 } from "./bytes";
import { type Signed, signed, type Wrap } from "./envelope";
import { closeKeyring, keyOverKeyring, type Ring } from "./keyring";
import {
  type Entry,
  type KeyKind,
  type Manifest,
  type Package,
  plusDays,
  ROOT,
  readManifest,
  teamOfKid,
  trust,
  trustInTeam,
} from "./manifest";
import { nameKey } from "./reporter";
import { boxOf, boxSeal, random, sha256, sign, signPublicOf, verify } from "./suite";

/** Somebody's public key, as the server tells it. */
export interface Held {
  readonly kid: string;
  readonly key: string;
}

/** A key of the next list; a team's carries the word of who made it. */
export interface Listed extends Held {
  readonly kind: KeyKind;
  readonly teams: readonly string[] | null;
  readonly owner: string;
  readonly since: string;
  readonly by: string;
  readonly sig: string;
  readonly gone: string;
}

export interface EpochMade {
  readonly public: string;
  readonly by: string;
  readonly sig: string;
  readonly wraps: readonly Wrap[];
}

export interface EpochsGiven {
  readonly wraps: readonly { epoch: string; kid: string; w: string }[];
}

export interface KeyringMade {
  readonly salt: string;
  readonly blob: string;
  readonly box: string;
  readonly sign: string;
  readonly fingerprint: string;
}

const NEW_KEY = "teduh/v1/newkey";
const MANIFEST = "teduh/v1/manifest";
const GRACE = 90; // days; an expired list can still be followed by a new one
const FRESH_DAYS = 7; // after its making a team's key may enter a list
const DAYS = 35; // of a list (docs/sealing.md 3)

function epochInfo(epoch: string, member: string): Bytes {
  return utf8(`teduh/v1/epoch\0${epoch}\0${member}`);
}

/** What the maker of a key signs. */
async function statement(inst: string, key: Omit<Listed, "sig" | "gone" | "teams">): Promise<Bytes> {
  const { kid, kind, owner, since, by } = key;
  const hash = b64u(await sha256(fromB64u(key.key)));
  return sha256(jsonBytes({ v: 1, inst, kid, kind, owner, sha256: hash, day: since, by }));
}

/** A team's new key, sealed to each of its members whom the list names. */
export async function makeEpoch(
  ring: Ring,
  told: { team: string; day: string; members: readonly Held[] },
): Promise<EpochMade> {
  const { team, day } = told;
  const seed = random(32);
  const { key } = await boxOf(seed);
  const kid = await nameKey(`tim-${team}-${day.slice(0, 7).replace("-", "")}`, key);
  const wraps: Wrap[] = [];
  for (const member of told.members) {
    const of = { kid: member.kid, key: fromB64u(member.key) };
    const to = await trustInTeam(ring.manifest, "member", of, team);
    wraps.push({ kid: to.kid, w: b64u(await boxSeal(to.key, epochInfo(kid, to.kid), seed)) });
  }
  const by = ring.author.kid;
  const made = { kid, key: b64u(key), kind: "team", owner: team, since: day, by } as const;
  const sig = await sign(ring.author.seed, NEW_KEY, await statement(ring.inst, made));
  return { public: made.key, by, sig: b64u(sig), wraps };
}

/** Copies of a team's keys for a member whom the list names in that team. */
export async function giveEpochs(
  ring: Ring,
  told: { epochs: readonly string[]; member: Held },
): Promise<EpochsGiven> {
  const of = { kid: told.member.kid, key: fromB64u(told.member.key) };
  const to = await trust(ring.manifest, "member", of.kid, of.key);
  const wraps: { epoch: string; kid: string; w: string }[] = [];
  for (const epoch of told.epochs) {
    const seed = ring.seeds[epoch];
    if (!seed) continue; // a key this member never had: a colleague gives that one
    await trustInTeam(ring.manifest, "member", of, teamOfKid(epoch));
    const w = await boxSeal(to.key, epochInfo(epoch, to.kid), fromB64u(seed));
    wraps.push({ epoch, kid: to.kid, w: b64u(w) });
  }
  if (!wraps.length) throw new Error("NoKey");
  return { wraps };
}

/** A member's first keyring under a phrase, and what the key officer compares by voice. */
export async function makeKeyring(told: {
  member: string;
  phrase: string;
  share: string;
}): Promise<KeyringMade> {
  const { member, phrase, share } = told;
  const [boxSeed, signSeed, salt] = [random(32), random(32), random(16)];
  const kek = await keyOverKeyring(phrase, salt, fromB64u(share));
  const blob = await closeKeyring(kek, { x: b64u(boxSeed), s: b64u(signSeed), serial: 1 }, member);
  const box = b64u((await boxOf(boxSeed)).key);
  const signKey = b64u(await signPublicOf(signSeed));
  return { salt: b64u(salt), blob, box, sign: signKey, fingerprint: await fingerprint(box, signKey) };
}

/** Four groups of four digits and letters that stand for a member's two public keys. */
export async function fingerprint(box: string, signKey: string): Promise<string> {
  const hash = await sha256(join(await sha256(fromB64u(box)), await sha256(fromB64u(signKey))));
  const halves = [hex8(hash), hex8(hash.slice(4))];
  return halves.map((half) => half.replace(/(....)(....)/, "$1 $2")).join(" ");
}

/** Throws unless this new key may enter the list: a member vouches for a team's, a person for the rest. */
async function checkNew(
  key: Listed,
  inst: string,
  manifest: Manifest,
  day: string,
  all: readonly Listed[],
  confirmed: readonly string[],
): Promise<void> {
  if (key.kind !== "team") {
    if (confirmed.indexOf(key.kid) < 0) throw new Error("NotConfirmed");
    return;
  }
  // An old key of the team must not come back by its old signature.
  if (day > plusDays(key.since, FRESH_DAYS)) throw new Error("OldKey");
  const maker = all.find((one) => one.kid === key.by && one.kind === "sign");
  if (!maker) throw new Error("UnknownSigner");
  const of = { kid: maker.kid, key: fromB64u(maker.key) };
  const { key: signKey } = await trustInTeam(manifest, "sign", of, key.owner);
  await verify(signKey, fromB64u(key.sig), NEW_KEY, await statement(inst, key));
}

async function entryOf({ kid, kind, key, teams, gone }: Listed): Promise<Entry> {
  const hash = b64u(await sha256(fromB64u(key)));
  return { kid, kind, sha256: hash, ...(teams && { teams }), ...(gone && { until: gone }) };
}

/** Whether the last list names a key so; one may lose a team or its use, but never gain them. */
function stands(entry: Entry, last: Manifest): boolean {
  const before = last.keys.find(
    (one) => one.kid === entry.kid && one.kind === entry.kind && one.sha256 === entry.sha256,
  );
  if (!before) return false;
  const same = (entry.teams ?? []).every((team) => (before.teams ?? []).indexOf(team) >= 0);
  return same && (!before.until || Boolean(entry.until && entry.until <= before.until));
}

/** The next list, signed: every key of it stands in the last one, or was vouched for. */
export async function signList(
  ring: Ring,
  told: {
    package: Package;
    day: string;
    until: string;
    keys: readonly Listed[];
    confirmed: readonly string[];
  },
  root: string = ROOT,
): Promise<Signed> {
  const { day, until, keys } = told;
  const last = await readManifest(told.package, { inst: ring.inst, day, grace: GRACE }, root);
  if (last.serial < ring.manifest.serial) throw new Error("RolledBack");
  const entries: Entry[] = [];
  for (const key of keys) {
    const entry = await entryOf(key);
    if (!stands(entry, last)) await checkNew(key, ring.inst, last, day, keys, told.confirmed);
    entries.push(entry);
  }
  if (until !== plusDays(day, DAYS)) throw new Error("WrongDays");
  checkApart({ keys: entries });
  const said = { v: 1, inst: ring.inst, serial: last.serial + 1, from: day, until, keys: entries };
  return signed(ring.author.seed, MANIFEST, jsonBytes(said));
}
