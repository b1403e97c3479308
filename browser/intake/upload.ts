// Evidence: sealed piece by piece from the file itself, sent after the report has arrived.

import { type Bytes, b64u, jsonBytes } from "../vault/bytes";
import { CHUNK, type Compartment, type Envelope, makeBody, seal } from "../vault/envelope";
import type { Reporter } from "../vault/reporter";
import { sha256 } from "../vault/suite";
import { ask } from "./answers";

const CHUNKS_IN_PIECE = 16; // about 1 MiB a request: little is lost when the line drops

/** Where files go, and whose they are. */
export interface Destination {
  readonly address: string;
  readonly ticket: string;
  readonly auth: string;
  readonly day: string;
  readonly compartment: Compartment;
  readonly reporter: Reporter;
}

/** A file on its way: `go` sends what is left, may be called again, throws Full when there is no room. */
export interface Upload {
  go(progress: (share: number) => void): Promise<boolean>;
}

interface Piece {
  readonly blob: Blob;
  readonly seq: number;
  readonly last: boolean;
  readonly card?: Envelope;
}

const BODY = "intake.evidence.body";
const CARD = "intake.evidence.card";

/** Reads a part of a file; a Response does it where Blob.arrayBuffer is missing. */
async function read(blob: Blob): Promise<Bytes> {
  return new Uint8Array(await new Response(blob).arrayBuffer());
}

/** Prepares one file; nothing is read before `go`. */
export async function makeUpload(file: File, to: Destination): Promise<Upload> {
  const words = { seq: 0, orig: "browser", day: to.day } as const;
  const by = to.reporter.author;
  const body = await makeBody(to.compartment, { ...words, what: BODY, pad: "none" }, by.kid);
  const sealedParts: Blob[] = []; // the browser keeps blobs where it likes, not in the script's memory
  const chunks = Math.max(1, Math.ceil(file.size / CHUNK));
  let chunk = 0;
  let waiting: Piece | undefined; // sealed but not yet taken by the server

  /** WebCrypto hashes only a whole: 25 MB at once, one after the other, when the file has been read. */
  async function card(): Promise<Envelope> {
    const told = {
      item: body.item,
      name: file.name,
      type: file.type,
      size: file.size,
      sha256: b64u(await sha256(await read(file))),
      ct_sha256: b64u(await sha256(await read(new Blob(sealedParts)))),
      at: new Date().toISOString(),
    };
    const what = { ...words, what: CARD, pad: "pow2-4k" } as const;
    return seal(to.compartment, what, jsonBytes(told), by);
  }

  async function next(): Promise<Piece> {
    const seq = chunk / CHUNKS_IN_PIECE;
    const parts: BlobPart[] = [];
    while (chunk < chunks && parts.length < CHUNKS_IN_PIECE) {
      const plain = await read(file.slice(chunk * CHUNK, (chunk + 1) * CHUNK));
      parts.push(await body.chunk(plain, chunk, chunk === chunks - 1));
      chunk++;
    }
    const last = chunk === chunks;
    const piece = { blob: new Blob(parts), seq, last };
    sealedParts.push(piece.blob);
    return last ? { ...piece, card: await card() } : piece;
  }

  async function send(piece: Piece): Promise<boolean> {
    const form = new FormData();
    const fields = {
      ticket: to.ticket,
      auth: to.auth,
      item: body.item,
      hdr: body.hdr,
      seq: `${piece.seq}`,
      last: piece.last ? "1" : "0",
    };
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (piece.card) form.append("card", JSON.stringify(piece.card));
    form.append("piece", piece.blob, "piece");
    const answer = await ask<{ seq: number; wait: number }>(to.address, form);
    if (answer.status === 429 && answer.body.wait) {
      await new Promise((resolve) => setTimeout(resolve, (answer.body.wait as number) * 1000));
      return send(piece);
    }
    if (answer.status === 507) throw new Error("Full");
    // A server that already expects the next piece has this one: its answer was lost.
    return answer.status === 200 || (answer.status === 409 && answer.body.seq === piece.seq + 1);
  }

  return {
    async go(progress) {
      while (waiting || chunk < chunks) {
        waiting = waiting || (await next());
        if (!(await send(waiting))) return false;
        waiting = undefined;
        progress(chunk / chunks);
      }
      return true;
    },
  };
}
