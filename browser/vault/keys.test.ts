// Keys that live on: a team's new key, a colleague's copy, a first keyring, and who may enter the list.

import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, fromB64u, fromJson, utf8 } from "./bytes";
import { keyOverKeyring, type Ring, unlock } from "./keyring";
import { fingerprint, giveEpochs, type Listed, makeEpoch, makeKeyring, signList } from "./keys";
import { type KeyKind, type Manifest, trust } from "./manifest";
import { nameKey } from "./reporter";
import { boxOf, boxOpen, decrypt, random, sha256, signPublicOf, verify } from "./suite";
import { DAY, INST, makeOffice, PHRASE, type TestOffice, unlockingOf } from "./test-office";

const UNTIL = "2026-12-29"; // 35 days after DAY

async function ringOf(office: TestOffice): Promise<Ring> {
  return (await unlock(await unlockingOf(office), PHRASE, { inst: INST, day: DAY }, office.root)).ring;
}

const held = (of: { kid: string; box: { key: Uint8Array<ArrayBuffer> } }) => ({
  kid: of.kid,
  key: b64u(of.box.key),
});

/** The keys of the office as the server lists them. */
function listed(office: TestOffice): Listed[] {
  return office.keys.map(({ kid, kind, key, teams }) => line(kid, kind, b64u(key), { teams: teams ?? null }));
}

function line(kid: string, kind: KeyKind, key: string, rest: Partial<Listed> = {}): Listed {
  return { kid, kind, key, owner: "", teams: null, since: DAY, by: "", sig: "", gone: "", ...rest };
}

async function newTeamKey(office: TestOffice, ring: Ring): Promise<Listed> {
  const made = await makeEpoch(ring, { team: "asesmen", day: DAY, members: [held(office.member)] });
  const kid = await nameKey("tim-asesmen-202611", fromB64u(made.public));
  return line(kid, "team", made.public, { owner: "asesmen", by: made.by, sig: made.sig });
}

async function sign(office: TestOffice, ring: Ring, keys: Listed[], confirmed: string[] = []) {
  const told = { package: await office.pack(), day: DAY, until: UNTIL, keys, confirmed };
  return signList(ring, told, office.root);
}

test("a team's new key opens for each member it was made for", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const made = await makeEpoch(ring, { team: "asesmen", day: DAY, members: [held(office.member)] });
  const kid = await nameKey("tim-asesmen-202611", fromB64u(made.public));
  const [wrap] = made.wraps;
  assert.ok(wrap && made.wraps.length === 1);
  const info = utf8(`teduh/v1/epoch\0${kid}\0${wrap.kid}`);
  const seed = await boxOpen(office.member.box, info, fromB64u(wrap.w));
  assert.equal(b64u((await boxOf(seed)).key), made.public);
});

test("no key is made for, or given to, somebody the list does not name", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const stranger = { kid: office.member.kid, key: b64u((await boxOf(random(32))).key) };
  await assert.rejects(makeEpoch(ring, { team: "asesmen", day: DAY, members: [stranger] }), /Untrusted/);
  await assert.rejects(giveEpochs(ring, { epochs: [office.team.kid], member: stranger }), /Untrusted/);
});

test("a colleague is given the keys this member holds, and no others", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const epochs = [office.team.kid, office.other.kid];
  const { wraps } = await giveEpochs(ring, { epochs, member: held(office.member) });
  assert.deepEqual(
    wraps.map((one) => one.epoch),
    [office.team.kid],
  );
  const info = utf8(`teduh/v1/epoch\0${office.team.kid}\0${office.member.kid}`);
  const seed = await boxOpen(office.member.box, info, fromB64u(wraps[0]?.w ?? ""));
  assert.equal(b64u(seed), b64u(office.team.seed));
  await assert.rejects(
    giveEpochs(ring, { epochs: [office.other.kid], member: held(office.member) }),
    /NoKey/,
  );
});

test("the next list names the new key and is signed by the officer", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const fresh = await newTeamKey(office, ring);
  const { body, sig } = await sign(office, ring, [...listed(office), fresh]);
  await verify(office.member.signKey, fromB64u(sig), "teduh/v1/manifest", await sha256(fromB64u(body)));
  const said = fromJson<Manifest>(fromB64u(body));
  assert.equal(said.serial, fromJson<Manifest>(fromB64u((await office.pack()).manifest)).serial + 1);
  assert.ok(said.keys.some((key) => key.kid === fresh.kid && key.kind === "team"));
});

test("a planted team key is not signed into the list", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const good = await newTeamKey(office, ring);
  const planted = b64u((await boxOf(random(32))).key);
  const kid = await nameKey("tim-asesmen-202611", fromB64u(planted));
  const wrong: Listed[] = [
    { ...good, key: planted, kid },
    { ...good, owner: "hotline" },
    { ...good, by: "tanda-orang.00000000" },
    { ...good, sig: b64u(random(64)) },
    { ...good, since: "2026-11-01" },
  ];
  for (const one of wrong) {
    await assert.rejects(
      sign(office, ring, [...listed(office), one]),
      /BadSignature|UnknownSigner|NotInTeam|OldKey/,
    );
  }
});

test("a new member enters the list only when the officer has compared the keys", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const fresh = line("anggota-baru.00000000", "member", b64u((await boxOf(random(32))).key));
  const keys = [...listed(office), fresh];
  await assert.rejects(sign(office, ring, keys), /NotConfirmed/);
  const { body } = await sign(office, ring, keys, [fresh.kid]);
  assert.ok(fromJson<Manifest>(fromB64u(body)).keys.some((key) => key.kid === fresh.kid));
});

test("a key that the last list named otherwise is new again", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const swapped = listed(office).map((key) =>
    key.kind === "recovery" ? { ...key, key: b64u(office.other.box.key) } : key,
  );
  await assert.rejects(sign(office, ring, swapped), /NotConfirmed/);
});

test("an older list than the one this officer has seen is not followed", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const told = { day: DAY, until: UNTIL, keys: listed(office), confirmed: [] };
  await assert.rejects(
    signList(ring, { ...told, package: await office.pack({ serial: 1 }) }, office.root),
    /RolledBack/,
  );
  const late = { ...told, package: await office.pack(), until: "2027-12-29" };
  await assert.rejects(signList(ring, late, office.root), /WrongDays/);
});

test("who left is named with a last day, and believed until then", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const keys = listed(office).map((key) => (key.kind === "sign" ? { ...key, gone: DAY } : key));
  const said = fromJson<Manifest>(fromB64u((await sign(office, ring, keys)).body));
  const { kid } = office.member.author;
  await trust(said, "sign", kid, office.member.signKey, DAY);
  await assert.rejects(trust(said, "sign", kid, office.member.signKey, "2026-11-25"), /UntrustedKey/);
});

test("a first keyring opens with its phrase, and its fingerprint stands for its keys", async () => {
  const share = random(32);
  const made = await makeKeyring({ member: "baru", phrase: PHRASE, share: b64u(share) });
  const again = await makeKeyring({ member: "baru", phrase: PHRASE, share: b64u(share) });
  assert.ok(/^[0-9a-f]{4}( [0-9a-f]{4}){3}$/.test(made.fingerprint));
  assert.ok(made.fingerprint !== again.fingerprint);
  assert.equal(await fingerprint(made.box, made.sign), made.fingerprint);
  const kek = await keyOverKeyring(PHRASE, fromB64u(made.salt), share);
  const blob = fromB64u(made.blob);
  const label = utf8("teduh/v1/keyring\0baru");
  const secrets = fromJson<{ x: string; s: string }>(
    await decrypt(kek, blob.slice(0, 12), blob.slice(12), label),
  );
  assert.equal(b64u((await boxOf(fromB64u(secrets.x))).key), made.box);
  assert.equal(b64u(await signPublicOf(fromB64u(secrets.s))), made.sign);
});
