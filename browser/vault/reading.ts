// Opening what a staff page shows, and sealing what staff write, with the keys of one ring.

import { type Bytes, b64u, fromB64u, fromJson, fromUtf8, utf8 } from "./bytes";
import { belongs, DESCRIPTOR, isCall, isCase, makeCase, makePart, readersOf } from "./cases";
import { drawCode } from "./codes";
import {
  type Compartment,
  checkPlace,
  type Descriptor,
  envelopeHash,
  type Header,
  headerOf,
  makeCompartment,
  open,
  openBody,
  type Place,
  restore,
  seal,
  unwrap,
  type Wrap,
  wrap,
} from "./envelope";
import { type Holder, readHolders } from "./holders";
import type { OpenedKeys, Ring } from "./keyring";
import { LIST, LIST_CARD } from "./lists";
import { type TrustedKey, teamOfKid, trust } from "./manifest";
import { chatParts } from "./packing";
import { sealRenewal } from "./renewing";
import { sha256, sign, verify } from "./suite";
import {
  type Acceptance,
  accept,
  type Bundle,
  checkAcceptance,
  type Greeting,
  HELLO,
  type Item,
  MESSAGE,
  type Numbers,
  readHello,
  type Sealed,
  sideOf,
  staffKey,
} from "./thread";
import { type Told, vouch } from "./vouching";

/** What a page asks to see. */
export interface Asked {
  readonly subject: string;
  readonly comp: string;
  readonly what: string;
  readonly item?: string;
}

/** What became of it. `gap` counts messages of the same author that are missing before this one. */
export interface Shown {
  readonly state: "open" | "missing" | "broken";
  readonly text: string;
  readonly gap?: number;
}

/** The signed description of a file. */
export interface Card {
  readonly item: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly ct_sha256: string;
  readonly at: string;
}

/** Something to seal, as a page's form says it. */
export interface ToSeal {
  readonly subject: string;
  readonly comp: string;
  readonly what: string;
  readonly text: string;
  readonly day: string;
  /** What is told in the open about it, to be signed with it. */
  readonly told?: Told;
}

export interface Sealing {
  readonly sealed: readonly string[];
  /** The signature over what is told in the open. */
  readonly statement?: string;
  readonly accept?: Acceptance;
  /** The compartments of a case, where this browser made them. */
  readonly made?: string;
}

/** A card for a list, and the list itself where this browser had to make it. */
export interface SealedCard {
  readonly card: string;
  readonly made?: string;
}

/** A code for whoever lost hers: in clear for the paper, and as the server keeps it. */
export interface Reissued {
  readonly code: string;
  readonly renewal: string;
  readonly accept: Acceptance;
}

/** No key of this ring opens the compartment. */
class NoKey extends Error {}

const BODY = "intake.evidence.body";
const CARD = "intake.evidence.card";
const HERS = /^intake\./; // what only the reporter writes
const ANY_DAY = ""; // before whatever day a member may have left

async function cmpOf({ d }: Sealed): Promise<string> {
  return b64u(await sha256(fromB64u(d)));
}

/** One subject of a page, with what was already opened of it. */
class Subject {
  private compartments = new Map<string, Promise<Compartment>>();
  private greeting: Promise<Greeting> | undefined;
  private held: Promise<Holder[]> | undefined;
  private names: ReadonlyMap<string, Item[]> | undefined;
  private fresh: ReadonlyMap<string, Compartment> = new Map();

  constructor(
    private readonly bundle: Bundle,
    private readonly ring: Ring,
    private readonly opened: OpenedKeys,
  ) {}

  /** Whether staff vouch for the compartments: those of a list or a case, never those of a ticket. */
  private staffMade(comp: string): boolean {
    return comp === LIST || isCase(this.bundle.subject);
  }

  private place(comp: string): Place {
    return { inst: this.ring.inst, subject: this.bundle.subject, comp };
  }

  private async openCompartment(cmp: string, comp: string): Promise<Compartment> {
    for (const one of this.bundle.compartments) {
      const { d, wraps } = one;
      const bytes = fromB64u(d);
      if ((await cmpOf(one)) !== cmp) continue;
      checkPlace(bytes, this.place(comp));
      if (this.staffMade(comp)) await this.checkMaker(one);
      const kept = this.opened[cmp];
      if (kept) return restore(bytes, fromB64u(kept));
      const compartment = await this.unwrapAny(bytes, wraps, comp);
      this.opened[cmp] = b64u(compartment.key);
      return compartment;
    }
    throw new NoKey();
  }

  /** By the first wrap that opens: one that a colleague made anew may be spoilt, the old one stands. */
  private async unwrapAny(d: Bytes, wraps: readonly Wrap[], comp: string): Promise<Compartment> {
    let failure: unknown = new NoKey();
    for (const one of wraps) {
      const box = this.ring.boxes[one.kid];
      if (!box) continue;
      try {
        return await unwrap(d, one, box, this.place(comp));
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  /** A believed compartment of this subject for a later epoch of its team. */
  async rewrap(cmp: string, comp: string, to: TrustedKey): Promise<Wrap> {
    return wrap(await this.believed(cmp, comp), to);
  }

  /** Throws unless somebody of the team signed this descriptor: anybody could wrap to a team. */
  private async checkMaker({ d, by = "", sig = "" }: Sealed): Promise<void> {
    const key = await this.memberKey(by, isCase(this.bundle.subject) ? ANY_DAY : this.firstDay());
    await verify(key, fromB64u(sig), DESCRIPTOR, await sha256(fromB64u(d)));
  }

  /** The first day of a list's month: who made it was there then. */
  private firstDay(): string {
    return `${this.bundle.subject.slice(-7)}-01`;
  }

  /**
   * The key of a member of the team whose subject this is: its list, or what its epoch opens. A case
   * outlives seats: somebody of any team may have written it.
   */
  private memberKey(by: string, day?: string): Promise<Bytes> {
    const { subject, compartments, signers } = this.bundle;
    const when = day === undefined ? {} : { day };
    if (isCase(subject)) return staffKey(by, signers, this.ring.manifest, when);
    const kids = compartments.flatMap(({ wraps }) => wraps.map(({ kid }) => kid));
    const own = kids.find((kid) => this.ring.boxes[kid]) ?? "";
    const list = compartments.every(({ comp }) => comp === LIST);
    const team = list ? subject.slice(0, subject.lastIndexOf(".")) : teamOfKid(own);
    return staffKey(by, signers, this.ring.manifest, { team, ...when });
  }

  /** As compartment, and one that the reporter stands for, unless staff made it. */
  async believed(cmp: string, comp: string): Promise<Compartment> {
    const found = await this.compartment(cmp, comp);
    if (!this.staffMade(comp)) await this.holderOf(cmp);
    return found;
  }

  /** The compartment of this hash, if it is the named one of this subject. */
  private async compartment(cmp: string, comp: string): Promise<Compartment> {
    let found = this.compartments.get(`${cmp} ${comp}`);
    if (!found) {
      found = this.openCompartment(cmp, comp);
      this.compartments.set(`${cmp} ${comp}`, found);
    }
    return found;
  }

  /** Hello, checked once, and against its acceptance where one is stored. */
  hello(): Promise<Greeting> {
    this.greeting = this.greeting || this.readHello();
    return this.greeting;
  }

  private async readHello(): Promise<Greeting> {
    const item = this.bundle.items.find((one) => one.what === HELLO);
    if (!item) throw new Error("NoHello");
    const greeting = await readHello(this.bundle, await this.compartment(headerOf(item).cmp, "chat"));
    const stored = this.bundle.accept;
    if (stored) {
      const key = await this.memberKey(stored.by, ANY_DAY); // it names no day; they may have left since
      await checkAcceptance(stored, greeting, key);
    }
    return greeting;
  }

  /** Who held the code, first to last: each new one was vouched for by the one before, or by staff. */
  private holders(): Promise<Holder[]> {
    this.held = this.held || this.readHolders();
    return this.held;
  }

  private async readHolders(): Promise<Holder[]> {
    return readHolders(this.bundle, await this.hello(), {
      inst: this.ring.inst,
      chatOf: (cmp) => this.compartment(cmp, "chat"),
      keyOf: (by, day) => this.memberKey(by, day),
    });
  }

  /** Who stands for a compartment; an item of a reporter counts in her own ones only. */
  private async holderOf(cmp: string): Promise<Holder> {
    const found = (await this.holders()).find((one) => one.named.has(cmp));
    if (!found) throw new Error("NotInHello");
    return found;
  }

  /** Who holds the code now. */
  async holder(): Promise<Holder> {
    const held = await this.holders();
    return held[held.length - 1] as Holder;
  }

  /** The items by name, read once: a list holds a thousand. */
  private byName(): ReadonlyMap<string, Item[]> {
    if (this.names) return this.names;
    const names = new Map<string, Item[]>();
    for (const one of this.bundle.items) {
      const { item } = headerOf(one);
      names.set(item, [...(names.get(item) ?? []), one]);
    }
    this.names = names;
    return names;
  }

  /** The item asked for; without a name the first of a report, the newest of a case. */
  private find({ comp, what, item }: Asked): Item {
    const all = item ? (this.byName().get(item) ?? []) : this.bundle.items;
    const fits = all.filter((one) => one.comp === comp && one.what === what);
    const found = isCase(this.bundle.subject) ? fits[fits.length - 1] : fits[0];
    if (!found) throw new NoKey();
    return found;
  }

  /** The key that may have written this item: her report is hers alone, the rest may be the team's. */
  private async signer({ by, what, day, cmp }: Header): Promise<Bytes> {
    const { subject } = this.bundle;
    if (!belongs(what, subject)) throw new Error("WrongItem");
    if (what === LIST_CARD || isCase(subject)) return this.memberKey(by, day);
    const { kid, key } = await this.holderOf(cmp);
    if (by === kid) return key;
    if (HERS.test(what)) throw new Error("NotHers");
    return this.memberKey(by, day);
  }

  private async text(item: Item, asked: Asked): Promise<string> {
    const header = headerOf(item);
    const compartment = await this.believed(header.cmp, asked.comp);
    return fromUtf8(await open(compartment, item, asked, await this.signer(header)));
  }

  /** Opens one item for a page. */
  async show(asked: Asked): Promise<Shown> {
    try {
      const item = this.find(asked);
      const gap = asked.what === MESSAGE ? await this.gapBefore(item) : 0;
      return { state: "open", text: await this.text(item, asked), gap };
    } catch (error) {
      return { state: error instanceof NoKey ? "missing" : "broken", text: "" };
    }
  }

  /**
   * Missing numbers of a side before a message; throws when its number was used before, or it lies
   * in an older chat than one before it.
   */
  private async gapBefore(item: Item): Promise<number> {
    const own = headerOf(item);
    const { seq } = own;
    const held = await this.holders();
    const place = (cmp: string) => held.findIndex((one) => one.chat.cmp === cmp);
    let before = 0;
    for (const other of this.bundle.items) {
      const header = headerOf(other);
      if (other.what !== MESSAGE || sideOf(header) !== sideOf(own)) continue;
      if (other === item) break;
      if (header.seq >= seq || place(header.cmp) > place(own.cmp)) throw new Error("Repeated");
      before = header.seq;
    }
    return Math.max(0, seq - before - 1);
  }

  /** The card of a file, by the item of its body. */
  async card(item: string): Promise<Card> {
    for (const one of this.bundle.items.filter((i) => i.what === CARD && i.comp === "file")) {
      const asked = { subject: this.bundle.subject, comp: "file", what: CARD };
      const card = fromJson<Card>(utf8(await this.text(one, asked)));
      if (card.item === item) return card;
    }
    throw new NoKey();
  }

  /** The parts of a file's body, proven to be the one its signed card speaks of. */
  async file(item: string, ct: Bytes, progress: (done: number) => void): Promise<Bytes[]> {
    const card = await this.card(item);
    if (b64u(await sha256(ct)) !== card.ct_sha256) throw new Error("WrongBody");
    const body = this.find({ subject: "", comp: "file", what: BODY, item });
    const compartment = await this.believed(headerOf(body).cmp, "file");
    return openBody(compartment, body.hdr, ct, { what: BODY, item }, progress);
  }

  /** The text of a field of this subject, empty where it was left out or does not open. */
  async plain(asked: Asked): Promise<string> {
    const shown = await this.show(asked);
    return shown.state === "open" ? shown.text : "";
  }

  /** Seals a card into this list, which is made where there is none yet. */
  async sealCard(text: string, day: string): Promise<SealedCard> {
    const [first] = this.bundle.compartments;
    if (first)
      return { card: await this.cardIn(await this.compartment(await cmpOf(first), LIST), text, day) };
    const { epoch } = this.bundle;
    if (!epoch) throw new NoKey();
    const made = await makeCompartment(this.place(LIST));
    const team = await trust(this.ring.manifest, "team", epoch.kid, fromB64u(epoch.key));
    const list = {
      d: b64u(made.d),
      by: this.ring.author.kid,
      sig: b64u(await sign(this.ring.author.seed, DESCRIPTOR, await sha256(made.d))),
      wrap: await wrap(made, team),
    };
    return { card: await this.cardIn(made, text, day), made: JSON.stringify(list) };
  }

  private async cardIn(list: Compartment, text: string, day: string): Promise<string> {
    const words = { what: LIST_CARD, seq: 0, orig: "staff", day, pad: "card-256" } as const;
    return JSON.stringify(await seal(list, words, utf8(text), this.ring.author));
  }

  /** Signs hello, unless that is already done. */
  async accept(): Promise<Acceptance> {
    return this.bundle.accept || accept(await this.hello(), this.ring.author);
  }

  /**
   * Makes the compartments of a case that has none yet, or the one of a part that nobody has written;
   * what is sealed next lies in them.
   */
  async make(part = ""): Promise<string> {
    const { compartments, subject } = this.bundle;
    const stands = part ? compartments.some(({ comp }) => comp === part) : compartments.length;
    if (stands && !isCall(subject)) return "";
    const { parts, made } = await (part
      ? makePart(this.bundle, this.ring, part)
      : makeCase(this.bundle, this.ring));
    this.fresh = parts;
    return made;
  }

  /** The newest compartment of a name, if somebody stands for it. */
  private async writable(comp: string): Promise<Compartment> {
    const fresh = this.fresh.get(comp);
    if (fresh) return fresh;
    let newest: { cmp: string; gen: number } | undefined;
    for (const one of this.bundle.compartments.filter((c) => c.comp === comp)) {
      const bytes = fromB64u(one.d);
      const { gen } = fromJson<Descriptor>(bytes);
      if (!newest || gen > newest.gen) newest = { cmp: b64u(await sha256(bytes)), gen };
    }
    if (!newest) throw new NoKey();
    return this.believed(newest.cmp, comp);
  }

  /** Number and `seen` of the office's next message. */
  private async chatWords(): Promise<{ seq: number; seen: string }> {
    const { office } = this.numbers();
    let seen = (await this.holder()).greeting.hash;
    for (const item of this.bundle.items.filter((one) => one.what === MESSAGE)) {
      const header = headerOf(item);
      if (sideOf(header) === "office") continue;
      const { subject } = this.bundle;
      const asked = { subject, comp: "chat", what: MESSAGE, item: header.item };
      if ((await this.show(asked)).state === "open") seen = await envelopeHash(item);
    }
    return { seq: office + 1, seen };
  }

  /** The last number of each side in the chat. */
  numbers(): Numbers {
    const last = { reporter: 0, office: 0 };
    for (const header of this.bundle.items.filter((one) => one.what === MESSAGE).map(headerOf)) {
      const side = sideOf(header);
      last[side] = Math.max(last[side], header.seq);
    }
    return last;
  }

  /** A fresh code for whoever lost hers; what was said until now stays closed to it. */
  async reissue(r: Bytes, day: string): Promise<Reissued> {
    const { inst, author } = this.ring;
    const { greeting, chat } = await this.holder();
    const code = drawCode();
    const renewal = await sealRenewal({
      inst,
      ticket: this.bundle.subject,
      gen: fromJson<Descriptor>(chat.d).gen + 1,
      day,
      orig: "staff",
      code,
      r,
      greeting,
      readers: await readersOf(this.bundle, this.ring),
      author,
      after: this.numbers(),
    });
    return { code: b64u(code), renewal, accept: await this.accept() };
  }

  /** Seals what a member wrote; an unaccepted hello is accepted in the same breath. */
  async seal(given: ToSeal): Promise<Sealing> {
    if (!belongs(given.what, this.bundle.subject)) throw new Error("WrongPlace");
    const compartment = await this.writable(given.comp);
    const chat = given.comp === "chat";
    const { seq, seen } = chat ? await this.chatWords() : { seq: 0, seen: "" };
    const parts = chat ? chatParts(given.text) : [given.text];
    const sealed: string[] = [];
    let statement: string | undefined;
    for (let i = 0; i < parts.length; i++) {
      const words = { what: given.what, seq: seq + i, orig: "staff", day: given.day } as const;
      const rest = chat ? ({ pad: "chat-1k", seen } as const) : ({ pad: "pow2-4k" } as const);
      const plain = utf8(parts[i] as string);
      const envelope = await seal(compartment, { ...words, ...rest }, plain, this.ring.author);
      sealed.push(JSON.stringify(envelope));
      if (given.told) statement = await vouch(envelope, given.told, this.place(given.comp), this.ring.author);
    }
    const greeted = isCase(this.bundle.subject) || this.bundle.accept;
    return { sealed, ...(statement && { statement }), ...(!greeted && { accept: await this.accept() }) };
  }
}

/** What can be done with the things of a page. */
export interface Reading {
  of(subject: string): Subject;
}

/** The subjects of a page; those of another office are not taken. */
export function makeReading(ring: Ring, bundles: readonly Bundle[], opened: OpenedKeys): Reading {
  const subjects = new Map<string, Subject>();
  const all = bundles.reduce<Bundle[]>((list, one) => list.concat(one.subjects || one), []);
  for (const bundle of all) {
    if (bundle.inst !== ring.inst) continue;
    subjects.set(bundle.subject, new Subject(bundle, ring, opened));
  }
  return {
    of(subject) {
      const found = subjects.get(subject);
      if (!found) throw new NoKey();
      return found;
    },
  };
}
