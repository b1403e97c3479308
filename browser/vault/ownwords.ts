// Own words: whoever files a report for somebody wraps what they wrote to themselves, and opens just that.

import { b64u, fromB64u, fromJson, jsonBytes } from "./bytes";
import { type Compartment, type Envelope, envelopeHash, headerOf, type Signed, wrap } from "./envelope";
import type { Ring } from "./keyring";
import { trust } from "./manifest";
import { sha256, sign, signPublicOf, verify } from "./suite";

/** The label under which a filer says which items are theirs. */
export const OWN = "teduh/v1/own";

/** What a browser just sealed under a ticket: its compartments with their keys, and every item. */
export interface Filed {
  readonly subject: string;
  readonly compartments: readonly Compartment[];
  readonly items: readonly Envelope[];
}

interface Said {
  readonly v: number;
  readonly inst: string;
  readonly subject: string;
  readonly cmp: string;
  readonly items: readonly string[];
}

/**
 * Each compartment that holds something, wrapped to the own box of this ring, with a statement of its
 * items; empty for whoever sits in a team.
 */
export async function wrapOwn(ring: Ring, { subject, compartments, items }: Filed): Promise<string> {
  const { inst, manifest, author, own = "" } = ring;
  const box = ring.boxes[own];
  if (!box) return "";
  const to = await trust(manifest, "member", own, box.key);
  const made: unknown[] = [];
  for (const one of compartments) {
    const { cmp } = one;
    const hashes: string[] = [];
    for (const item of items) if (headerOf(item).cmp === cmp) hashes.push(await envelopeHash(item));
    if (!hashes.length) continue;
    const body = jsonBytes({ v: 1, inst, subject, cmp, items: hashes, to: own, by: author.kid });
    const sig = b64u(await sign(author.seed, OWN, await sha256(body)));
    made.push({ wrap: { cmp, ...(await wrap(one, to)) }, body: b64u(body), sig });
  }
  return made.length ? JSON.stringify(made) : "";
}

/** Throws NotOwn unless the holder of this ring signed that this item, in this compartment, is theirs. */
export async function checkOwn(
  item: Envelope,
  subject: string,
  filed: readonly Signed[],
  ring: Ring,
): Promise<void> {
  const key = await signPublicOf(ring.author.seed);
  const { cmp } = headerOf(item);
  const hash = await envelopeHash(item);
  for (const { body, sig } of filed) {
    try {
      const bytes = fromB64u(body);
      await verify(key, fromB64u(sig), OWN, await sha256(bytes));
      const said = fromJson<Said>(bytes);
      const here = said.v === 1 && said.inst === ring.inst && said.subject === subject && said.cmp === cmp;
      if (here && said.items.indexOf(hash) >= 0) return;
    } catch {
      // not signed by this member: nobody else's word makes something theirs
    }
  }
  throw new Error("NotOwn");
}
