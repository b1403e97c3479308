// Asking the server for a thread.

import { type Bytes, fromJson } from "../vault/bytes";
import { countDown, say } from "./answers";

/** The server's answer: bytes where the status is 200, and their name for the next time. */
export interface Told {
  readonly status: number;
  readonly bytes: Bytes;
  readonly etag: string;
}

/** Asks for the thread; status 0 when the server was not reached, 304 when nothing is new. */
export async function askThread(address: string, fields: [string, string][], etag = ""): Promise<Told> {
  const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
  const body = new URLSearchParams(fields);
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers,
      body,
      credentials: "same-origin",
      cache: "no-store",
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { status: answer.status, bytes, etag: answer.headers.get("ETag") || "" };
  } catch {
    return { status: 0, bytes: new Uint8Array(), etag: "" };
  }
}

/** Whether the server asked to come back later, and that time has passed. */
export async function slowed(where: HTMLElement, told: Told): Promise<boolean> {
  if (told.status !== 429) return false;
  const { wait } = fromJson<{ wait: number }>(told.bytes);
  say(where, "slow");
  await countDown(where, wait);
  return true;
}

/** The name of what went wrong. */
export function failureOf(status: number): string {
  return status ? "busy" : "offline";
}
