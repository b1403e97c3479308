// Evidence: sealed from the file itself, sent piece by piece after the report has arrived.

import type { Bytes } from "../vault/bytes";
import { sealCarded } from "../vault/carded";
import { type Body, CHUNK, type Compartment, sealBody, TAG } from "../vault/envelope";
import type { Reporter } from "../vault/reporter";
import { keepBody, resumeBody, type Unfinished } from "../vault/resuming";
import { sha256 } from "../vault/suite";
import { ask } from "./answers";
import { cleanedCopy } from "./cleaned";

const PIECE = 16 * (CHUNK + TAG); // about 1 MiB a request: little is lost when the line drops

/** Where files go, and whose they are; `compartment` takes those that are not begun yet. */
export interface Destination {
  readonly address: string;
  readonly ticket: string;
  readonly auth: string;
  readonly day: string;
  readonly compartment?: Compartment | undefined;
  readonly reporter: Reporter;
}

/** A file on its way: `go` sends what is left, may be called again, throws Full or Refused. */
export interface Upload {
  go(progress: (share: number) => void): Promise<boolean>;
}

/** A file as it lies sealed in this page, and the number of the next piece to send. */
interface Sealed {
  readonly item: string;
  readonly hdr: string;
  readonly ct: Blob; // the browser keeps blobs where it likes, not in the script's memory
  readonly first: { readonly card?: string; readonly resume?: string };
  next: number;
  /** The same picture without camera data, where it is one; it goes first. */
  copy?: Sealed | undefined;
}

const [AS_SENT, CLEANED] = [0, 1]; // seq of a file's body (docs/sealing.md)
const BODY = "intake.evidence.body";
const CARD = "intake.evidence.card";

/** Reads a part of a file; a Response does it where Blob.arrayBuffer is missing. */
async function read(blob: Blob): Promise<Bytes> {
  return new Uint8Array(await new Response(blob).arrayBuffer());
}

/** Which of the unfinished files this one is: the same bytes, whatever its name is now. */
export async function findBegun(
  file: Blob,
  begun: readonly Unfinished[],
  { resume }: Reporter,
): Promise<Unfinished | undefined> {
  if (!begun.length) return undefined;
  const hash = await sha256(await read(file));
  for (const one of begun) {
    const same = await resumeBody(one, resume, hash).catch(() => undefined);
    if (same) return one;
  }
  return undefined;
}

/** Seals a file; what is hashed and what is sealed are the same bytes, read once. */
async function sealFile(file: File, to: Destination, begun?: Unfinished): Promise<Sealed> {
  const plain = await read(file);
  if (begun) {
    const body = await resumeBody(begun, to.reporter.resume, await sha256(plain));
    return shape(body, await sealBody(body, plain), {}, begun.seq);
  }
  const picture = await cleanedCopy(file, plain);
  const copy = picture && (await sealNew(picture, file.name, await read(picture), to, CLEANED));
  return { ...(await sealNew(file, file.name, plain, to, AS_SENT, copy?.item)), copy };
}

/** Seals a body and its card, which names the copy without camera data where there is one. */
async function sealNew(
  file: Blob,
  name: string,
  plain: Bytes,
  { reporter, compartment, day }: Destination,
  seq: number,
  copy?: string,
): Promise<Sealed> {
  if (!compartment) throw new Error("NoCompartment");
  const kind = { body: BODY, card: CARD, seq, cardSeq: 0, orig: "browser", day } as const;
  const named = { name, type: file.type, copy };
  const { body, ct, card, hash } = await sealCarded(compartment, reporter.author, kind, named, plain);
  const resume = await keepBody(body, reporter.resume, hash);
  return shape(body, ct, { card: JSON.stringify(card), resume }, 0);
}

function shape({ item, hdr }: Body, ct: Bytes, first: Sealed["first"], next: number): Sealed {
  return { item, hdr, ct: new Blob([ct]), first, next };
}

/** Prepares one file, or the rest of one that was begun; nothing is read before `go`. */
export function makeUpload(file: File, to: Destination, begun?: Unfinished): Upload {
  let sealed: Sealed | undefined;

  /** Sends the next piece; the number of the one to send after it, undefined when it did not arrive. */
  async function send({ item, hdr, ct, first, next }: Sealed): Promise<number | undefined> {
    const end = (next + 1) * PIECE;
    const form = new FormData();
    const last = end >= ct.size ? "1" : "0";
    const fields = { ticket: to.ticket, auth: to.auth, item, hdr, seq: `${next}`, last };
    for (const [name, value] of Object.entries({ ...fields, ...(!next && first) })) form.append(name, value);
    form.append("piece", ct.slice(next * PIECE, end), "piece");
    const { status, body } = await ask<{ seq: number; wait: number }>(to.address, form);
    if (status === 200) return next + 1;
    if (status === 409 && body.seq !== next) return body.seq; // another window has sent more
    if (status === 507) throw new Error("Full");
    if (status === 400 || status === 403) throw new Error("Refused");
    if (status === 429 && body.wait) {
      await new Promise((resolve) => setTimeout(resolve, (body.wait as number) * 1000));
      return next;
    }
    return undefined;
  }

  async function sendAll(one: Sealed, progress: (share: number) => void): Promise<boolean> {
    const pieces = Math.ceil(one.ct.size / PIECE);
    progress(one.next / pieces);
    while (one.next < pieces) {
      const next = await send(one);
      if (next === undefined) return false;
      one.next = next;
      progress(one.next / pieces);
    }
    return true;
  }

  return {
    async go(progress) {
      sealed = sealed || (await sealFile(file, to, begun));
      const { copy } = sealed;
      if (copy && !(await sendAll(copy, () => {}))) return false;
      return sendAll(sealed, progress);
    },
  };
}
