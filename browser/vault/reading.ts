// What a staff page opens, and what staff write and seal, with the keys of one ring.

import { type Bytes, b64u, fromB64u, fromJson, utf8 } from "./bytes";
import { SENT, SENT_CARD, sealCarded } from "./carded";
import { belongs, DESCRIPTOR, isCall, isCase, makeCase, makePart, readersOf } from "./cases";
import { drawCode } from "./codes";
import {
  type Compartment,
  type Descriptor,
  envelopeHash,
  headerOf,
  makeCompartment,
  type Signed,
  seal,
  wrap,
} from "./envelope";
import { checkGrant, type Grant, type Granted, makeGrant, makeLinkGrant, type ToGrant } from "./grants";
import type { OpenedKeys, Ring } from "./keyring";
import { FRAGMENT, linkKeys } from "./links";
import { LIST, LIST_CARD } from "./lists";
import { trust } from "./manifest";
import { cmpOf, NoKey, Opening } from "./opening";
import { chatParts } from "./packing";
import { sealRenewal } from "./renewing";
import { random, sha256, sign } from "./suite";
import { type Acceptance, accept, type Bundle, MESSAGE, type Numbers, sideOf } from "./thread";
import { type Told, vouch } from "./vouching";

export type { Asked, Card, Shown } from "./opening";

/** Something to seal, as a page's form says it. */
export interface ToSeal {
  readonly subject: string;
  readonly comp: string;
  readonly what: string;
  readonly text: string;
  readonly day: string;
  /** What is told in the open about it, to be signed with it. */
  readonly told?: Told;
  /** A file that goes with a message. */
  readonly file?: ToSend;
}

/** A file as it is sent: a photo without what the camera wrote. */
export interface ToSend {
  readonly name: string;
  readonly type: string;
  readonly bytes: ArrayBuffer;
}

/** The same sealed: its card, header and body. */
export interface SealedFile {
  readonly card: string;
  readonly hdr: string;
  readonly ct: ArrayBuffer;
}

export interface Sealing {
  readonly sealed: readonly string[];
  /** The signature over what is told in the open. */
  readonly statement?: string;
  readonly accept?: Acceptance;
  readonly file?: SealedFile;
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

/** A grant by link: what the server keeps, and in clear what only its recipient is told. */
export interface Linked {
  readonly granted: Granted;
  readonly key: string;
  readonly auth: string;
  readonly fragment: string;
  readonly words: string;
}

/** One subject of a page, read and written. */
class Subject extends Opening {
  private fresh: ReadonlyMap<string, Compartment> = new Map();

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

  /** Every generation of these compartments. */
  private async named(comps: readonly string[]): Promise<Compartment[]> {
    const opened: Compartment[] = [];
    for (const one of this.bundle.compartments)
      if (comps.indexOf(one.comp) >= 0) opened.push(await this.believed(await cmpOf(one), one.comp));
    return opened;
  }

  /** Grants of these compartments for each of these people. */
  async grant(told: ToGrant): Promise<Granted[]> {
    const opened = await this.named(told.comps);
    const granted: Granted[] = [];
    for (const to of told.to) granted.push(await makeGrant(this.ring, told, to, opened));
    return granted;
  }

  /** The same for whoever holds a link and its words, both drawn here. */
  async link(told: Omit<ToGrant, "to">): Promise<Linked> {
    const [id, fragment, words] = [b64u(random(16)), random(FRAGMENT), drawCode()];
    const { box, kid, auth } = await linkKeys(this.ring.inst, id, fragment, words);
    const opened = await this.named(told.comps);
    const granted = await makeLinkGrant(this.ring, told, { id, kid, key: box.key }, opened);
    return {
      granted,
      key: b64u(box.key),
      auth: b64u(auth),
      fragment: b64u(fragment),
      words: b64u(words),
    };
  }

  /** What a grant says, also one that is over; throws Forged. */
  checked(grant: Signed): Promise<Grant> {
    return checkGrant(grant, this.ring.manifest, this.bundle, "");
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
    const file = chat && given.file && (await this.sealFile(compartment, given.file, seq, given.day));
    return {
      sealed,
      ...(statement && { statement }),
      ...(file && { file }),
      ...(!greeted && { accept: await this.accept() }),
    };
  }

  /** Seals a file to whoever reads the chat; its card names the message by number. */
  private async sealFile(chat: Compartment, file: ToSend, seq: number, day: string): Promise<SealedFile> {
    const kind = { body: SENT, card: SENT_CARD, seq, cardSeq: seq, orig: "staff", day } as const;
    const plain = new Uint8Array(file.bytes);
    const { body, ct, card } = await sealCarded(chat, this.ring.author, kind, file, plain);
    return { card: JSON.stringify(card), hdr: body.hdr, ct: ct.buffer };
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
