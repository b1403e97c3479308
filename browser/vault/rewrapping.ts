// When a team's epoch has ended: its compartments are wrapped to the new one, and a colleague's are tried.

import { b64u, fromB64u, fromJson, jsonBytes } from "./bytes";
import { type Descriptor, type Signed, signed, unwrap } from "./envelope";
import type { Ring } from "./keyring";
import type { Held } from "./keys";
import { teamOfKid, trust } from "./manifest";
import { makeReading } from "./reading";
import { sha256 } from "./suite";
import type { Bundle } from "./thread";

/** The label under which a member says that wraps open. */
const REOPENED = "teduh/v1/reopened";

/** Compartments of an old epoch as the server hands them out; `parts` names those asked for. */
export interface OldParts {
  readonly epoch: string;
  readonly bundles: readonly Bundle[];
  readonly parts: readonly string[];
  readonly to: Held;
  readonly day: string;
}

export interface NewWrap {
  readonly cmp: string;
  readonly kid: string;
  readonly w: string;
}

/** A wrap that was tried, by the hash of its bytes. */
export interface Tried {
  readonly cmp: string;
  readonly kid: string;
  readonly sha256: string;
}

export interface Rewrapped {
  readonly wraps: readonly NewWrap[];
  /** How many compartments do not open, or nobody stands for: they stay as they are. */
  readonly failed: number;
}

export interface Reopened {
  /** The signed word about those that opened; nothing when none did. */
  readonly statement?: Signed;
  readonly broken: readonly Tried[];
}

/** The compartments asked for among those handed out, and where each lies. */
export async function partsOf({
  bundles,
  parts,
}: Pick<OldParts, "bundles" | "parts">): Promise<{ subject: string; cmp: string; comp: string }[]> {
  const found: { subject: string; cmp: string; comp: string }[] = [];
  for (const { subject, compartments } of bundles) {
    for (const { d } of compartments) {
      const bytes = fromB64u(d);
      const cmp = b64u(await sha256(bytes));
      if (parts.indexOf(cmp) < 0) continue;
      const { comp } = fromJson<Descriptor>(bytes);
      found.push({ subject, cmp, comp });
    }
  }
  return found;
}

/** Wraps what was handed out to the team's new epoch; throws NoKey, or what is wrong with the epoch. */
export async function rewrap(ring: Ring, told: OldParts): Promise<Rewrapped> {
  if (!ring.boxes[told.epoch]) throw new Error("NoKey");
  const to = await trust(ring.manifest, "team", told.to.kid, fromB64u(told.to.key));
  if (teamOfKid(to.kid) !== teamOfKid(told.epoch)) throw new Error("WrongTeam");
  const reading = makeReading(ring, told.bundles, {});
  const wraps: NewWrap[] = [];
  for (const { subject, cmp, comp } of await partsOf(told)) {
    const made = await reading
      .of(subject)
      .rewrap(cmp, comp, to)
      .catch(() => undefined);
    if (made) wraps.push({ cmp, ...made });
  }
  return { wraps, failed: told.parts.length - wraps.length };
}

/** Opens each new wrap by itself, and signs which did; one whose key this ring lacks is passed over. */
export async function reopen(ring: Ring, told: OldParts): Promise<Reopened> {
  const opened: Tried[] = [];
  const broken: Tried[] = [];
  for (const { inst, subject, compartments } of told.bundles) {
    for (const { d, comp, wraps } of compartments) {
      const bytes = fromB64u(d);
      const cmp = b64u(await sha256(bytes));
      for (const one of wraps) {
        const box = ring.boxes[one.kid];
        if (!box || inst !== ring.inst || told.parts.indexOf(cmp) < 0) continue;
        const tried = { cmp, kid: one.kid, sha256: b64u(await sha256(fromB64u(one.w))) };
        const opens = unwrap(bytes, one, box, { inst, subject, comp });
        (
          await opens.then(
            () => opened,
            () => broken,
          )
        ).push(tried);
      }
    }
  }
  if (!opened.length) return { broken };
  const { epoch, day } = told;
  const body = jsonBytes({ v: 1, inst: ring.inst, epoch, day, by: ring.author.kid, opened });
  return { statement: await signed(ring.author.seed, REOPENED, body), broken };
}
