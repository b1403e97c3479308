// What office and Worker say to each other.

import type { Given, Halved, Joined, ToGive, ToHalve, ToJoin } from "./archive";
import type { Signed } from "./envelope";
import type { Begun, Grant, Granted, ToGrant } from "./grants";
import type { Unlocking } from "./keyring";
import type { EpochMade, EpochsGiven, Held, KeyringMade, Listed } from "./keys";
import type { ListCard } from "./lists";
import type { Package } from "./manifest";
import type { Filed } from "./ownwords";
import type { Arrived, Peer, Signers, ToSlice } from "./peers";
import type { Candidate } from "./people";
import type { Asked, Card, Linked, Reissued, SealedCard, Sealing, Shown, ToSeal } from "./reading";
import type { OldParts, Reopened, Rewrapped } from "./rewrapping";
import type { Acceptance, Bundle } from "./thread";

/** The card of a ticket or a case, and where it lies. */
export interface CardAsked {
  readonly of: string;
  readonly list: string;
  readonly item: string;
}

/** A file as it was sent, and the SHA-256 of these very bytes in hex: for whoever must prove it later. */
export interface OpenedFile {
  readonly blob: Blob;
  readonly sha256: string;
}

/** Everything the Worker does, by name: what it is given, and what it answers. */
export interface Work {
  unlock: {
    given: { answer: Unlocking; phrase: string; inst: string; day: string; ed25519: string };
    answer: { tab: string; expired: boolean; keyring?: { blob: string; sig: string } };
  };
  restore: {
    given: { tab: string; opened: string; tabKey: string; member: string; ed25519: string };
    answer: { inst: string };
  };
  load: { given: { bundles: Bundle[] }; answer: null };
  show: { given: { asked: Asked[] }; answer: { shown: Shown[]; opened: string } };
  card: { given: { subject: string; item: string }; answer: Card };
  file: { given: { subject: string; item: string; ct: ArrayBuffer }; answer: OpenedFile };
  /** `make`: the case whose compartments are made first where it has none; of `part` only that one. */
  seal: { given: { things: ToSeal[]; make?: string; part?: string }; answer: Sealing };
  accept: { given: { subject: string }; answer: Acceptance };
  /** A new code for whoever lost hers; `r` as the page carries it. */
  reissue: { given: { subject: string; r: string; day: string }; answer: Reissued };
  epoch: { given: { team: string; day: string; members: Held[] }; answer: EpochMade };
  give: { given: { epochs: string[]; member: Held }; answer: EpochsGiven };
  keyring: { given: { member: string; phrase: string; share: string }; answer: KeyringMade };
  fingerprints: { given: { keys: { box: string; sign: string }[] }; answer: string[] };
  sign: {
    given: { package: Package; day: string; until: string; keys: Listed[]; confirmed: string[] };
    answer: Signed;
  };
  rewrap: { given: OldParts; answer: Rewrapped };
  reopen: { given: OldParts; answer: Reopened };
  /** For the archive: a key in two halves, a holder's half handed on, two halves joined. */
  halve: { given: ToHalve; answer: Halved };
  handOn: { given: ToGive; answer: Given };
  join: { given: ToJoin; answer: Joined };
  /** Opens more cards for the search; answers how many are known. */
  cards: { given: { bundles: Bundle[]; asked: CardAsked[] }; answer: number };
  find: { given: { text: string }; answer: ListCard[] };
  /** Who may be the same person as a report or case names; `belongs`: codes that are one with it. */
  alike: { given: { subject: string; belongs: string[] }; answer: Candidate[] };
  /** A supervisor's word about another office's root key. */
  approve: { given: { peer: string; root: string }; answer: Signed };
  /** Parts of a case for people outside its team; what a grant says, signed by somebody of a team. */
  grant: { given: ToGrant; answer: Granted[] };
  granted: { given: { subject: string; grant: Signed }; answer: Grant };
  /** The same parts for whoever holds a link. */
  link: { given: Omit<ToGrant, "to">; answer: Linked };
  /** What was just filed, for whoever filed it: their own key and their statement, or nothing. */
  own: { given: Filed; answer: string };
  /** The next generation of what a withdrawal has spent; `keys`: of whoever reads on. */
  begin: {
    given: { bundle: Bundle; keys: { kid: string; key: string }[]; day: string };
    answer: Begun;
  };
  slice: { given: ToSlice; answer: { file: string; cmp: string } };
  arrive: {
    given: { file: string; peers: Peer[]; signers: Signers; day: string };
    answer: Arrived;
  };
  /** The card of a report, or of a case by the cards of its survivors, and of its accused after a "!". */
  list: { given: { subject: string; list: string; day: string; items: string[] }; answer: SealedCard };
}

export type WorkName = keyof Work;

export interface Order {
  readonly number: number;
  readonly name: WorkName;
  readonly given: unknown;
}

export interface Report {
  readonly number: number;
  readonly progress?: number;
  readonly answer?: unknown;
  readonly error?: string;
}
