// Opening what a staff page shows with the keys of one ring: only what somebody stands for.

import { type Bytes, b64u, fromB64u, fromJson, fromUtf8, utf8 } from "./bytes";
import { SENT, SENT_CARD } from "./carded";
import { belongs, DESCRIPTOR, isCase } from "./cases";
import {
  type Compartment,
  checkPlace,
  type Header,
  headerOf,
  open,
  openBody,
  openUnproven,
  type Place,
  restore,
  unwrap,
  type Wrap,
  wrap,
} from "./envelope";
import { checkGrant } from "./grants";
import { type Holder, readHolders } from "./holders";
import type { OpenedKeys, Ring } from "./keyring";
import { LIST, LIST_CARD } from "./lists";
import { type TrustedKey, teamOfKid } from "./manifest";
import { checkOwn } from "./ownwords";
import { sha256, verify } from "./suite";
import {
  type Bundle,
  checkAcceptance,
  type Greeting,
  HELLO,
  type Item,
  MESSAGE,
  readHello,
  type Sealed,
  sideOf,
  staffKey,
} from "./thread";
import { cityDay } from "./today";

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
  /** The item of the same picture drawn anew, without camera data. */
  readonly copy?: string;
}

/** No key of this ring opens the compartment. */
export class NoKey extends Error {}

/** The body that a card speaks of, by where the card lies and what it is. */
const BODY_OF: { readonly [card: string]: string | undefined } = {
  "file intake.evidence.card": "intake.evidence.body",
  [`chat ${SENT_CARD}`]: SENT,
};
const HERS = /^intake\./; // what only the reporter writes
const OURS = /^chat\.file\./; // what only staff send
const ANY_DAY = ""; // before whatever day a member may have left

export async function cmpOf({ d }: Sealed): Promise<string> {
  return b64u(await sha256(fromB64u(d)));
}

/** One subject of a page, with what was already opened of it: whose word counts, and what it says. */
export class Opening {
  private compartments = new Map<string, Promise<Compartment>>();
  private greeting: Promise<Greeting> | undefined;
  private held: Promise<Holder[]> | undefined;
  private names: ReadonlyMap<string, Item[]> | undefined;

  constructor(
    protected readonly bundle: Bundle,
    protected readonly ring: Ring,
    private readonly opened: OpenedKeys,
    private readonly today = cityDay(),
  ) {}

  /** Whether staff vouch for the compartments: those of a list or a case, never those of a ticket. */
  private staffMade(comp: string): boolean {
    return comp === LIST || isCase(this.bundle.subject);
  }

  protected place(comp: string): Place {
    return { inst: this.ring.inst, subject: this.bundle.subject, comp };
  }

  private async openCompartment(cmp: string, comp: string): Promise<Compartment> {
    for (const one of this.bundle.compartments) {
      const { d, wraps } = one;
      const bytes = fromB64u(d);
      if ((await cmpOf(one)) !== cmp) continue;
      checkPlace(bytes, this.place(comp));
      if (this.staffMade(comp)) await this.checkMaker(one);
      if (this.ring.own && wraps.some(({ kid }) => kid === this.ring.own)) return this.openGranted(one);
      const kept = this.opened[cmp];
      if (kept) return restore(bytes, fromB64u(kept));
      const compartment = await this.unwrapAny(bytes, wraps, comp);
      this.opened[cmp] = b64u(compartment.key);
      return compartment;
    }
    throw new NoKey();
  }

  /** Opened by one's own key, under a grant that somebody of a team signed; its key is never kept. */
  private async openGranted({ comp, d, wraps }: Sealed): Promise<Compartment> {
    const { own, manifest } = this.ring;
    let failure: unknown = new Error("Forged");
    for (const one of this.bundle.grants ?? []) {
      try {
        const grant = await checkGrant(one, manifest, this.bundle, this.today);
        if (grant.to !== own || grant.comps.indexOf(comp) < 0) continue;
        return await this.unwrapAny(fromB64u(d), wraps, comp);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
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
  protected async compartment(cmp: string, comp: string): Promise<Compartment> {
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
    if (by === kid && OURS.test(what)) throw new Error("NotOurs");
    if (by === kid) return key;
    if (HERS.test(what)) throw new Error("NotHers");
    return this.memberKey(by, day);
  }

  private async text(item: Item, asked: Asked): Promise<string> {
    const header = headerOf(item);
    if (this.bundle.filed?.length) return this.ownText(item, asked);
    const compartment = await this.believed(header.cmp, asked.comp);
    return fromUtf8(await open(compartment, item, asked, await this.signer(header)));
  }

  /** What the holder of this ring filed themselves; the key is never kept. */
  private async ownText(item: Item, asked: Asked): Promise<string> {
    const { subject, filed = [], compartments } = this.bundle;
    await checkOwn(item, subject, filed, this.ring);
    const { cmp } = headerOf(item);
    for (const one of compartments) {
      if ((await cmpOf(one)) !== cmp) continue;
      const compartment = await this.unwrapAny(fromB64u(one.d), one.wraps, asked.comp);
      return fromUtf8(await openUnproven(compartment, item, asked));
    }
    throw new NoKey();
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
    return (await this.carded(item)).card;
  }

  /** The same with where its body lies: her evidence, or what the office sent with a message. */
  private async carded(item: string): Promise<{ card: Card; comp: string; what: string }> {
    let why = new NoKey() as Error;
    for (const one of this.bundle.items) {
      const { what, comp } = one;
      const body = BODY_OF[`${comp} ${what}`];
      if (!body) continue;
      try {
        const text = await this.text(one, { subject: this.bundle.subject, comp, what });
        const card = fromJson<Card>(utf8(text));
        if (card.item === item) return { card, comp, what: body };
      } catch (error) {
        why = error as Error; // it keeps nobody from the files of the others
      }
    }
    throw why;
  }

  /** The parts of a file's body, proven to be the one its signed card speaks of. */
  async file(item: string, ct: Bytes, progress: (done: number) => void): Promise<Bytes[]> {
    const { card, comp, what } = await this.carded(item);
    if (b64u(await sha256(ct)) !== card.ct_sha256) throw new Error("WrongBody");
    const body = this.find({ subject: "", comp, what, item });
    const compartment = await this.believed(headerOf(body).cmp, comp);
    return openBody(compartment, body.hdr, ct, { what, item }, progress);
  }

  /** The text of a field of this subject, empty where it was left out or does not open. */
  async plain(asked: Asked): Promise<string> {
    const shown = await this.show(asked);
    return shown.state === "open" ? shown.text : "";
  }
}
