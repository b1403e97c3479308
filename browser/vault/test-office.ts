// A small office for the tests: root, key officer, manifest, a team with its epoch, a member.

import { type Bytes, b64u, join, jsonBytes, utf8 } from "./bytes";
import type { Author } from "./envelope";
import { keyOverKeyring } from "./keyring";
import type { Entry, KeyKind, Package } from "./manifest";
import { nameKey } from "./reporter";
import { type Box, boxOf, boxSeal, encrypt, random, sha256, sign, signPublicOf } from "./suite";

export const INST = "kota-coba";
export const DAY = "2026-11-24";
export const PHRASE = "satu dua tiga empat lima enam";

export interface KeyLine {
  kid: string;
  kind: KeyKind;
  key: Bytes;
  teams?: string[];
  until?: string;
}

export interface TestOffice {
  root: string;
  keys: KeyLine[];
  team: { kid: string; box: Box; seed: Bytes };
  other: { kid: string; box: Box; seed: Bytes };
  recovery: { kid: string; box: Box; seed: Bytes };
  member: { code: string; kid: string; box: Box; seed: Bytes; author: Author; signKey: Bytes };
  pack(change?: Partial<{ serial: number; from: string; until: string; inst: string }>): Promise<Package>;
}

async function boxNamed(name: string) {
  const seed = random(32);
  const box = await boxOf(seed);
  return { kid: await nameKey(name, box.key), box, seed };
}

export async function makeOffice(): Promise<TestOffice> {
  const rootSeed = random(32);
  const officerSeed = random(32);
  const officer = await signPublicOf(officerSeed);
  const team = await boxNamed("tim-asesmen-202611");
  const other = await boxNamed("tim-pengganti-202611");
  const recovery = await boxNamed("pemulihan");
  const code = "a1b2";
  const own = await boxNamed(`anggota-${code}`);
  const signSeed = random(32);
  const signKey = await signPublicOf(signSeed);
  const author = { kid: await nameKey(`tanda-${code}`, signKey), seed: signSeed };
  const keys: KeyLine[] = [
    { kid: team.kid, kind: "team", key: team.box.key },
    { kid: other.kid, kind: "team", key: other.box.key },
    { kid: recovery.kid, kind: "recovery", key: recovery.box.key },
    { kid: own.kid, kind: "member", key: own.box.key, teams: ["asesmen"] },
    { kid: author.kid, kind: "sign", key: signKey, teams: ["asesmen"] },
  ];
  return {
    root: b64u(await signPublicOf(rootSeed)),
    keys,
    team,
    other,
    recovery,
    member: { code, ...own, author, signKey },
    async pack(change = {}) {
      const inst = change.inst ?? INST;
      const kid = await nameKey("pejabat-z9", officer);
      const cert = jsonBytes({
        v: 1,
        inst,
        kid,
        key: b64u(officer),
        from: "2026-01-01",
        until: "2027-01-31",
      });
      const listed: Entry[] = [];
      for (const { kid, kind, key, teams, until } of keys) {
        const entry = { kid, kind, sha256: b64u(await sha256(key)) };
        listed.push({ ...entry, ...(teams && { teams }), ...(until && { until }) });
      }
      const { serial = 7, from = "2026-11-01", until = "2026-12-05" } = change;
      const manifest = jsonBytes({ v: 1, inst, serial, from, until, keys: listed });
      return {
        cert: b64u(cert),
        certSig: b64u(await sign(rootSeed, "teduh/v1/cert", await sha256(cert))),
        manifest: b64u(manifest),
        sig: b64u(await sign(officerSeed, "teduh/v1/manifest", await sha256(manifest))),
      };
    },
  };
}

/** The answer of the unlock page for the member of a test office. */
export async function unlockingOf(office: TestOffice, serial = 7) {
  const { member, team } = office;
  const salt = random(16);
  const share = random(32);
  const secrets = { x: b64u(member.seed), s: b64u(member.author.seed), serial };
  const info = utf8(`teduh/v1/epoch\0${team.kid}\0${member.kid}`);
  const stranger = utf8(`teduh/v1/epoch\0${office.other.kid}\0${member.kid}`);
  return {
    salt: b64u(salt),
    blob: await closeKeyring(PHRASE, salt, share, secrets, member.code),
    share: b64u(share),
    member: member.code,
    epochs: [
      { kid: team.kid, w: b64u(await boxSeal(member.box.key, info, team.seed)) },
      // A seed that is not the key its name says: must not be taken.
      { kid: office.other.kid, w: b64u(await boxSeal(member.box.key, stranger, random(32))) },
    ],
    package: await office.pack(),
    keys: [],
    tabKey: b64u(random(32)),
  };
}

/** A keyring blob under a phrase and a share. */
async function closeKeyring(
  phrase: string,
  salt: Bytes,
  share: Bytes,
  secrets: unknown,
  member: string,
): Promise<string> {
  const iv = random(12);
  const kek = await keyOverKeyring(phrase, salt, share);
  const label = utf8(`teduh/v1/keyring\0${member}`);
  return b64u(join(iv, await encrypt(kek, iv, jsonBytes(secrets), label)));
}
