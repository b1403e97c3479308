// What is told in the open about a sealed item, signed by whoever sealed it.

import { jsonBytes } from "./bytes";
import { type Author, type Envelope, headerOf, signed } from "./envelope";

/** Open words about an item, as a page's form tells them. */
export type Told = { readonly [name: string]: string };

/** The label by the field that is sealed: a page asks for no other. */
const LABELS: { readonly [what: string]: string } = { "cases.risk.answers": "teduh/v1/risk" };

/** Where an item lies. */
export interface Where {
  readonly inst: string;
  readonly subject: string;
}

/** The statement as a form sends it; its place and author are ours to say, not the page's. */
export async function vouch(envelope: Envelope, told: Told, where: Where, author: Author): Promise<string> {
  const { item, what } = headerOf(envelope);
  const label = LABELS[what];
  if (!label) throw new Error("WrongPlace");
  const body = jsonBytes({ ...told, v: 1, inst: where.inst, subject: where.subject, item, by: author.kid });
  return JSON.stringify(await signed(author.seed, label, body));
}
