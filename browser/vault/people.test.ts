// Finding somebody among cards, and who may be the same person. Every name is made up.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ListCard } from "./lists";
import { People } from "./people";

function peopleOf(...cards: ListCard[]): People {
  const people = new People();
  for (const card of cards) people.add(card);
  return people;
}

const CARDS: ListCard[] = [
  { t: "TDH-7K2M-9QXR", n: "Contoh Melati", p: "4321" },
  { t: "TDH-0000-0001", n: "Contoh Méla", p: "" },
  { t: "TDH-0000-0002", n: "", p: "9321" },
  { t: "KSS-0000-0003", n: "Hj. Soehartini binti Achmad, Moh. Teladan", p: "7788", y: "1990" },
];

test("a search finds by the beginning of words, by digits, by year and by code, however typed", () => {
  const people = peopleOf(...CARDS);
  const found = (text: string) => people.find(text).map((card) => card.t.slice(-1));
  const cases: [string, string[]][] = [
    ["mela", ["R", "1"]],
    ["MELATI contoh", ["R"]],
    ["4321", ["R"]],
    ["9321", ["2"]],
    ["tdh-7k2m", ["R"]],
    ["elati", []],
    ["  ", []],
    ["Ibu Suhartini", ["3"]],
    ["bu suhartini ahmad", ["3"]],
    ["suhartini binti ahmad", ["3"]],
    ["soeh", ["3"]],
    ["muhammad teladan", ["3"]],
    ["mochamad", ["3"]],
    ["suhartini 1990", ["3"]],
    ["suhartini 1991", []],
    ["suhartani", ["3"]],
    ["+62 812-5555-7788", ["3"]],
    ["0812 5555 7789", []],
  ];
  for (const [text, tickets] of cases) assert.deepEqual(found(text), tickets, text);
});

test("what fits as typed comes before what fits but for one letter, and twenty are enough", () => {
  const people = peopleOf({ t: "a", n: "Sumirih", p: "" }, { t: "b", n: "Sumirah", p: "" });
  assert.deepEqual(
    people.find("sumirah").map(({ t }) => t),
    ["b", "a"],
  );
  const many = Array.from({ length: 50 }, (_, i) => ({ t: `${i}`, n: "Contoh", p: "" }));
  assert.equal(peopleOf(...many).find("con").length, 20);
});

test("a newer card takes the place of the older one", () => {
  const people = peopleOf({ t: "a", n: "Contoh Lama", p: "" }, { t: "a", n: "Contoh Baru", p: "" });
  assert.equal(people.size, 1);
  assert.deepEqual(people.find("lama"), []);
  assert.equal(people.find("baru").length, 1);
});

const NIK = "2172015507940001"; // of nobody: a woman born on 15 July 1994
const HER: ListCard = { t: "TDH-0000-0001", n: "Contoh Sumirah", p: "4321", y: "1994" };

/** What is said of a card beside hers. */
function said(other: Partial<ListCard>, her: Partial<ListCard> = {}): string {
  const card = { t: "KSS-0000-0002", n: "", p: "", ...other };
  const [found] = peopleOf(card).alike([{ ...HER, ...her }], []);
  return (found?.reasons ?? []).map(({ kind }) => kind).join(" ");
}

test("candidates have reasons, and nobody is one for a number or a year alone", () => {
  const cases: [Partial<ListCard>, Partial<ListCard>, string][] = [
    [{ n: "Contoh Sumirah" }, {}, "same"],
    [{ n: "Tjontoh Soemirah" }, {}, "spelling"],
    [{ n: "Bu Contoh Sumirah", p: "4321", y: "1995" }, {}, "same phone year_near"],
    [{ n: "Sumirah", y: "1994" }, {}, "part year"],
    [{ n: "Sumirah", p: "4321" }, {}, "part phone"],
    [{ p: "4321", y: "1993" }, {}, "phone year_near"],
    [{ n: "Lain Nama", i: NIK }, { i: NIK }, "nik year"],
    [{ n: "Contoh Sumirah", i: NIK }, {}, "same year"], // the year in the NIK
    [{ p: "4321" }, {}, ""],
    [{ y: "1994" }, {}, ""],
    [{ n: "Sumirah" }, {}, ""],
    [{ n: "Contoh Sumirah", y: "1970" }, {}, ""],
    [{ n: "Contoh Sumirah", y: "1970", p: "4321" }, {}, "same phone"],
    [{ n: "Contoh Sumirah", i: "2172015507940002" }, { i: NIK }, ""],
    [{ n: "Siti" }, { n: "Siti" }, ""],
    [{ n: "Siti", p: "4321" }, { n: "Siti" }, "same phone"],
    [{ n: "Siti", y: "1994" }, { n: "Siti Sumirah" }, ""],
    [{ n: "Contoh Lain" }, {}, ""],
    [{}, { n: "", p: "" }, ""],
  ];
  for (const [other, her, why] of cases) assert.equal(said(other, her), why, JSON.stringify([other, her]));
});

test("who is accused again is found by a name that tells, beside or without the survivor", () => {
  const cards = [
    { t: "KSS-1", n: "Teladan Lain", p: "", a: "Pak Tjemara Uji" },
    { t: "KSS-2", n: "Contoh Sumirah", p: "", a: "Cemara Uji, Muhammad" },
    { t: "KSS-3", n: "Cemara Uji", p: "" }, // a survivor elsewhere
    { t: "KSS-4", n: "Teladan", p: "", a: "Muhammad" },
  ];
  const her = { ...HER, a: "Cemara Uji, Muhammad" };
  const found = peopleOf(...cards).alike([her], [her.t]);
  assert.deepEqual(
    found.map(({ card, who, reasons }) => `${card.t} ${who} ${reasons.map(({ kind }) => kind)}`),
    ["KSS-1 accused spelling", "KSS-2 survivor same", "KSS-2 accused same"],
  );
});

test("each card of what belongs together is compared, and a candidate stands there once", () => {
  const lone = { t: "TDH-0000-0009", n: "Teladan Lain", p: "" };
  const cards = [
    { t: "KSS-1", n: "Contoh Sumirah", p: "" },
    { t: "KSS-2", n: "Teladan Lain", p: "" },
  ];
  const found = peopleOf(...cards, lone).alike([HER, lone], [HER.t, lone.t]);
  assert.deepEqual(
    found.map(({ card }) => card.t),
    ["KSS-1", "KSS-2"],
  );
});

test("the most telling come first, and what belongs to her is no candidate", () => {
  const cards = [
    { t: "KSS-1", n: "Contoh S. Sumirah", p: "" },
    { t: "KSS-2", n: "Contoh Sumirah", p: "4321" },
    { t: "KSS-3", n: "Contoh Sumirah", p: "" },
    { ...HER, t: "KSS-4" },
  ];
  const found = peopleOf(HER, ...cards).alike([HER], [HER.t, "KSS-4"]);
  assert.deepEqual(
    found.map(({ card }) => card.t),
    ["KSS-2", "KSS-3", "KSS-1"],
  );
});

const FIRST = "siti nur muhammad moh. sri dewi achmad contoh soemirah wayan".split(" ");
const MIDDLE = "melati kenanga teladan cemara seroja mawar anggrek delima".split(" ");
const LAST = "contohan teladanto cemarawati melatiningsih kenangasari mawarni".split(" ");

/** So many cards, no two of one name. */
function many(count: number): People {
  const people = new People();
  for (let i = 0; i < count; i++) {
    const name = [FIRST[i % 10], MIDDLE[(i >> 3) % 8], `${LAST[(i >> 6) % 6]}${(i >> 5).toString(36)}`];
    const p = `${1000 + ((i * 7919) % 9000)}`;
    people.add({ t: `TDH-${i}`, n: name.join(" "), p, y: `${1950 + (i % 70)}` });
  }
  return people;
}

test("among 5,000 cards a caller and her doubles are found while the telephone still rings", () => {
  const spent = () => process.cpuUsage().user / 1000; // milliseconds: others may use this machine
  const begun = spent();
  const people = many(5000);
  people.add({ t: "KSS-X", n: "Hj. Soemijati Tjontoh", p: "1234", y: "1988" });
  const indexed = spent() - begun;
  const times: number[] = [];
  for (const typed of ["su", "Ibu Sumiyati", "sumiyati contoh", "siti melati", "1234"]) {
    const from = spent();
    const found = people.find(typed);
    times.push(spent() - from);
    if (/sumi|1234/.test(typed))
      assert.equal(
        found.some(({ t }) => t === "KSS-X"),
        true,
        typed,
      );
  }
  const from = spent();
  const [first] = people.alike([{ t: "TDH-Y", n: "Sumiyati Contoh", p: "", y: "1987" }], []);
  const alike = spent() - from;
  assert.equal(first?.card.t, "KSS-X");
  const told = { indexed, slowest: Math.max(...times), alike };
  process.stdout.write(`# 5,000 cards, milliseconds: ${JSON.stringify(told)}\n`);
  assert.ok(told.slowest < 300 && alike < 300);
});
