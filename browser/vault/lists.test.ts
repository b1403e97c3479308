// Cards of a list: what they say, who may make a list, and whose card is believed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, utf8 } from "./bytes";
import { headerOf, makeCompartment, wrap } from "./envelope";
import type { Ring } from "./keyring";
import { unlock } from "./keyring";
import { composeCard, isOfCase, LIST, LIST_CARD, phoneTail, readCard } from "./lists";
import { ownKey } from "./manifest";
import { makeReading } from "./reading";
import { random, sha256, sign } from "./suite";
import { DAY, INST, makeOffice, PHRASE, type TestOffice, unlockingOf } from "./test-office";
import type { Bundle, Item, Sealed } from "./thread";

const TICKET = "TDH-7K2M-9QXR";
const NAME = "asesmen.2026-11";
const HER = { name: "Contoh Melati", contact: "WA 0812-0000-4321" };
const CARD = composeCard(TICKET, [HER]);

async function ringOf(office: TestOffice): Promise<Ring> {
  return (await unlock(await unlockingOf(office), PHRASE, { inst: INST, day: DAY }, office.root)).ring;
}

function listOf(office: TestOffice, rest: Partial<Bundle> = {}): Bundle {
  return {
    inst: INST,
    subject: NAME,
    compartments: [],
    items: [],
    signers: [{ kid: office.member.author.kid, key: b64u(office.member.signKey) }],
    epoch: { kid: office.team.kid, key: b64u(office.team.box.key) },
    ...rest,
  };
}

/** The list as the server keeps it after a browser has made it, with its one card. */
function kept(office: TestOffice, card: string, made: string): Bundle {
  const { d, by, sig, wrap: only } = JSON.parse(made);
  const item: Item = { ...JSON.parse(card), what: LIST_CARD, comp: LIST };
  return listOf(office, { compartments: [{ d, by, sig, comp: LIST, wraps: [only] }], items: [item] });
}

function asked(bundle: Bundle) {
  const { item } = headerOf(bundle.items[0] as Item);
  return { subject: NAME, comp: LIST, what: LIST_CARD, item };
}

test("the first card of a month makes the list, and the list opens for the team", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const done = await makeReading(ring, [listOf(office)], {})
    .of(NAME)
    .sealCard(CARD, DAY);
  assert.ok(done.made);
  const bundle = kept(office, done.card, done.made);
  const page = makeReading(ring, [bundle], {}).of(NAME);
  assert.deepEqual(await page.show(asked(bundle)), { state: "open", text: CARD, gap: 0 });
  const next = await page.sealCard(CARD, DAY);
  assert.equal(next.made, undefined);
  assert.equal(headerOf(JSON.parse(next.card)).cmp, headerOf(JSON.parse(done.card)).cmp);
  const without = makeReading({ ...ring, boxes: {} }, [bundle], {}).of(NAME);
  assert.equal((await without.show(asked(bundle))).state, "missing");
});

test("a list nobody of the office signed is not written to, even with the right wrap", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const planted = await makeCompartment({ inst: INST, subject: NAME, comp: LIST });
  const wraps = [await wrap(planted, ownKey(office.team.kid, office.team.box.key))];
  const stranger = random(32);
  const bySomebody = await sign(stranger, "teduh/v1/desc", await sha256(planted.d));
  const signed: Partial<Sealed>[] = [
    {},
    { by: ring.author.kid, sig: b64u(bySomebody) },
    { by: "tanda-orang.00000000", sig: b64u(bySomebody) },
  ];
  for (const by of signed) {
    const compartments = [{ d: b64u(planted.d), comp: LIST, wraps, ...by }];
    const page = makeReading(ring, [listOf(office, { compartments })], {}).of(NAME);
    await assert.rejects(page.sealCard(CARD, DAY), /UnknownSigner|BadSignature/);
  }
});

test("a list is not wrapped to a team key that the manifest does not name", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const epoch = { kid: office.team.kid, key: b64u(office.recovery.box.key) };
  const page = makeReading(ring, [listOf(office, { epoch })], {}).of(NAME);
  await assert.rejects(page.sealCard(CARD, DAY), /UntrustedKey/);
});

test("a list of another month or team is not taken for this one", async () => {
  const office = await makeOffice();
  const ring = await ringOf(office);
  const done = await makeReading(ring, [listOf(office)], {})
    .of(NAME)
    .sealCard(CARD, DAY);
  const bundle = { ...kept(office, done.card, done.made ?? ""), subject: "asesmen.2026-10" };
  const page = makeReading(ring, [bundle], {}).of("asesmen.2026-10");
  assert.equal((await page.show({ ...asked(bundle), subject: "asesmen.2026-10" })).state, "broken");
});

test("a card is cut to its room and says whose it is", () => {
  assert.deepEqual(readCard(CARD, TICKET), { t: TICKET, n: "Contoh Melati", p: "4321" });
  assert.throws(() => readCard(CARD, "TDH-0000-0000"), /WrongCard/);
  const long = composeCard(TICKET, [{ name: 'é🙂"'.repeat(100), contact: "" }]);
  assert.ok(utf8(long).length <= 252);
  assert.ok(utf8(long).length > 240);
  assert.equal(readCard(long, TICKET).n.codePointAt(0), 0xe9);
});

test("a case is listed by every survivor it names, and by what is known of them", () => {
  const code = "KSS-7K2M-9QXR";
  const known = [
    { ...HER, born: "Contoh, 3 Mei 1994", nik: "" },
    { name: "Contoh  Mawar", contact: "0812 3456 7890", born: "2011", nik: "2172 0055 3811 0001" },
    { name: " ", contact: "" },
  ];
  const card = readCard(composeCard(code, known), code);
  assert.deepEqual(card, {
    t: code,
    n: "Contoh Melati, Contoh Mawar",
    p: "4321",
    y: "1994",
    i: "2172005538110001",
  });
  assert.equal(readCard(composeCard(code, [{ ...HER, nik: "5538" }]), code).i, undefined);
  assert.equal(isOfCase(card.t), true);
  assert.equal(isOfCase(TICKET), false);
  assert.ok(
    utf8(
      composeCard(
        code,
        known.map((one) => ({ ...one, name: "Contoh".repeat(40) })),
      ),
    ).length <= 252,
  );
});

test("the accused of a case stand apart, and never crowd the card", () => {
  const code = "KSS-7K2M-9QXR";
  const him = { name: "Teladan  Cemara", contact: "0812 3456 7890", nik: "2172005538110001" };
  const card = readCard(composeCard(code, [HER], [him, { name: "Teladan", contact: "" }]), code);
  assert.deepEqual(card, { t: code, n: "Contoh Melati", p: "4321", a: "Teladan Cemara, Teladan" });
  for (const name of ["🙂".repeat(300), "Contoh".repeat(60)]) {
    const long = composeCard(code, [{ ...HER, name, nik: him.nik }], [{ ...him, name }]);
    assert.ok(utf8(long).length <= 252);
    assert.equal(readCard(long, code).i, him.nik);
  }
});

test("only the tail of something that looks like a number is kept", () => {
  const cases: [string, string][] = [
    ["0812 3456 7890", "7890"],
    ["+62 (771) 21-234", "1234"],
    ["lewat tetangga nomor 12", ""],
    ["surel contoh@contoh.invalid", ""],
    ["", ""],
  ];
  for (const [contact, tail] of cases) assert.equal(phoneTail(contact), tail);
});
