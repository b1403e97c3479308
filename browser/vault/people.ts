// Everybody whom the cards of one's teams name: found by a caller's name, and who may be one person.

import { type ListCard, phoneTail } from "./lists";
import {
  type Alike,
  alike,
  type Called,
  isCommon,
  isFather,
  isTypo,
  keyOf,
  namesOf,
  plainWords,
  withoutHonorifics,
} from "./names";

/** Why two cards may speak of one person: the kind, and the words on either side where they differ. */
export interface Reason {
  readonly kind: "nik" | "phone" | "year" | "year_near" | Alike["kind"];
  readonly here?: string;
  readonly there?: string;
}

/** A card that may speak of the same person, and why. */
export interface Candidate {
  readonly card: ListCard;
  /** Who it may be again: the survivor, or the accused of both. */
  readonly who: "survivor" | "accused";
  readonly reasons: readonly Reason[];
}

/** A card made ready for comparing. */
interface Entry {
  readonly card: ListCard;
  readonly typed: string; // a space before each word of the name, the digits, the year, the code
  readonly heard: string; // the same of the name, as it sounds
  readonly keys: readonly string[];
  readonly names: readonly Called[];
  readonly accused: readonly Called[];
  readonly year: number | undefined;
}

const MOST_FOUND = 20; // rows; more means: type one more letter
const MOST_ALIKE = 6; // candidates; whoever reads more reads none
const YEARS = 1; // between two years of birth that may be one: many know theirs by heart, not by paper
const NIK = /^\d{16}$/;
const WEIGHT: { readonly [kind in Reason["kind"]]: number } = {
  nik: 9,
  same: 5,
  spelling: 5,
  phone: 4,
  near: 3,
  short: 3,
  year: 2,
  year_near: 1,
  part: 1,
};

/** The year of birth a card tells, else the one in its NIK: digits 7 to 12 are day, month, year. */
function yearOf({ y, i }: ListCard): number | undefined {
  if (y) return Number(y);
  if (!i || !NIK.test(i)) return undefined;
  const year = Number(i.slice(10, 12));
  return year + (2000 + year > new Date().getFullYear() ? 1900 : 2000);
}

function entryOf(card: ListCard): Entry {
  const names = namesOf(card.n);
  const keys = names.flatMap(({ own, father }) => [...own, ...father]).map(({ key }) => key);
  return {
    card,
    typed: ` ${plainWords(`${card.n} ${card.p} ${card.y ?? ""} ${card.t}`).join(" ")}`,
    heard: ` ${keys.join(" ")}`,
    keys,
    names,
    accused: namesOf(card.a ?? ""),
    year: yearOf(card),
  };
}

/** Why two cards may speak of one person; empty where they do not. */
function reasonsOf(a: Entry, b: Entry): Reason[] {
  const [mine, other] = [a.card.i ?? "", b.card.i ?? ""];
  const papers = NIK.test(mine) && NIK.test(other);
  const name = alike(a.names, b.names);
  const phone = a.card.p !== "" && a.card.p === b.card.p;
  const apart = a.year && b.year ? Math.abs(a.year - b.year) : undefined;
  const near = apart !== undefined && apart <= YEARS;
  const reasons: Reason[] = [];
  if (papers && mine === other) reasons.push({ kind: "nik" });
  if (name) reasons.push(name);
  if (phone) reasons.push({ kind: "phone", here: a.card.p });
  if (near) reasons.push({ kind: apart ? "year_near" : "year", here: `${a.year}`, there: `${b.year}` });
  if (reasons[0]?.kind === "nik") return reasons;
  const against = (papers && mine !== other) || (apart !== undefined && !near);
  if (against) return name && phone ? reasons : [];
  const telling = name && name.kind !== "part" && !a.names.every(isCommon);
  return telling || (phone && (name || near)) || (name && near && !common(a, b)) ? reasons : [];
}

/** Why the accused of two cards may be one: by name alone, so that it must be one that tells. */
function reasonsOfAccused(a: Entry, b: Entry): Reason[] {
  const telling = (names: readonly Called[]) => names.filter((one) => !isCommon(one));
  const name = alike(telling(a.accused), telling(b.accused));
  return name && name.kind !== "part" ? [name] : [];
}

function common(a: Entry, b: Entry): boolean {
  return a.names.every(isCommon) || b.names.every(isCommon);
}

const WHOSE = [
  ["survivor", reasonsOf],
  ["accused", reasonsOfAccused],
] as const;

function weight(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { kind }) => sum + WEIGHT[kind], 0);
}

/** How well a word that was typed fits a card: 2 as it begins, 1 but for one letter, 0 not. */
function fitOf({ typed, key }: Asked, entry: Entry): number {
  if (entry.typed.includes(` ${typed}`)) return 2;
  if (/\d/.test(typed)) return 0;
  if (key.length > 1 && entry.heard.includes(` ${key}`)) return 2;
  return entry.keys.some((one) => isTypo(key, one)) ? 1 : 0;
}

/** A word to look for, as typed and as heard. */
interface Asked {
  readonly typed: string;
  readonly key: string;
}

/** What was typed, as words to look for: of a whole number only its tail stands on a card. */
function askedFor(text: string): Asked[] {
  const tail = phoneTail(text);
  const words = tail ? [tail] : withoutHonorifics(plainWords(text));
  const told = words.filter((word, i) => i === 0 || !isFather(word));
  return told.map((typed) => ({ typed, key: keyOf(typed) }));
}

/** Cards by what they speak of; a newer card takes the place of an older one. */
export class People {
  private readonly entries = new Map<string, Entry>();

  get size(): number {
    return this.entries.size;
  }

  add(card: ListCard): void {
    this.entries.set(card.t, entryOf(card));
  }

  of(subject: string): ListCard | undefined {
    return this.entries.get(subject)?.card;
  }

  /** Cards in which every word typed begins a word, however it is spelled; near misses come last. */
  find(text: string): ListCard[] {
    const typed = askedFor(text);
    if (!typed.length) return [];
    const found: [number, ListCard][] = [];
    for (const entry of this.entries.values()) {
      const fits = typed.map((one) => fitOf(one, entry));
      if (fits.every(Boolean)) found.push([Math.min(...fits), entry.card]);
    }
    found.sort(([a], [b]) => b - a);
    return found.slice(0, MOST_FOUND).map(([, card]) => card);
  }

  /** Who may be the same person as one of these cards names, the most telling first; `but`: no candidates. */
  alike(cards: readonly ListCard[], but: readonly string[]): Candidate[] {
    const own = cards.map(entryOf);
    const found: Candidate[] = [];
    for (const entry of this.entries.values()) {
      if (but.includes(entry.card.t)) continue;
      for (const [who, why] of WHOSE) {
        const [reasons = []] = own.map((one) => why(one, entry)).sort((a, b) => weight(b) - weight(a));
        if (reasons.length) found.push({ card: entry.card, who, reasons });
      }
    }
    found.sort((a, b) => weight(b.reasons) - weight(a.reasons));
    return found.slice(0, MOST_ALIKE);
  }
}
