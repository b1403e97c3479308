// Files of the office in her conversation: fetched by a tap, proven, opened here, saved by another tap.

import { saveAs } from "../vault/saving";
import { fallbackAt } from "../vault/suite";
import { sideOf } from "../vault/thread";
import { copyOf, fill, say } from "./answers";
import { askThread, failureOf, slowed } from "./asking";
import type { Conversation } from "./conversation";
import { openSent, type Received, savedAs } from "./received";

const MARK = /data-sent="([\d,]+)"/;
const PICTURE = /^image\/(jpeg|png)$/;

/** Where a conversation is shown, and how the server is asked for more of it. */
export interface Shown {
  readonly list: HTMLElement;
  readonly talk: Conversation;
  readonly fields: [string, string][];
  readonly address: string;
  readonly ed25519: string | undefined;
  /** Shows what Django has written. */
  show(place: Element, html: string): void;
  /** Whether this is what the page shows still. */
  isShown(): boolean;
}

const rows = new Map<number, HTMLElement>(); // by the number of the message; what is open in one stays
const numbers = new Set<number>();
let now: Shown | undefined;

function forget(): void {
  rows.clear();
  numbers.clear();
  now = undefined;
}

/** A photo is drawn, so that looking at it leaves nothing on the phone. */
async function draw(blob: Blob, canvas: HTMLCanvasElement, name: string): Promise<void> {
  const picture = await createImageBitmap(blob);
  canvas.width = picture.width;
  canvas.height = picture.height;
  (canvas.getContext("2d") as CanvasRenderingContext2D).drawImage(picture, 0, 0);
  picture.close();
  canvas.setAttribute("aria-label", name);
  canvas.style.width = "100%";
  canvas.hidden = false;
}

function rowOf(seq: number): HTMLElement {
  const row = copyOf("kiriman").firstElementChild as HTMLElement;
  const part = (name: string) => row.querySelector(`[data-${name}]`) as HTMLElement;
  let received: Received | undefined;
  let busy = false;

  /** The name of what became of it. */
  async function fetchIt(shown: Shown): Promise<string> {
    const { fields, address, talk } = shown;
    const told = await askThread(`${address}kiriman/`, fields.concat([["pesan", `${seq}`]]));
    if (await slowed(row, told)) return fetchIt(shown);
    if (told.status !== 200) return failureOf(told.status);
    received = await openSent(talk, seq, told.bytes);
    const { name, blob } = received;
    if (PICTURE.test(blob.type)) await draw(blob, part("view") as HTMLCanvasElement, name).catch(() => {});
    fill(row, "[data-name]", name);
    part("ask").hidden = true;
    part("keep").hidden = false;
    return "open";
  }

  part("open").addEventListener("click", async () => {
    if (busy || !now) return;
    busy = true;
    say(row, "loading");
    say(row, await fetchIt(now).catch(() => "broken"));
    busy = false;
  });
  part("save").addEventListener("click", () => {
    if (received) saveAs(received.blob, savedAs(received.name));
  });
  addEventListener("pagehide", () => {
    received = undefined;
  });
  return row;
}

/** What the rows are made of, fetched once. */
async function loadParts({ list, address, show }: Shown): Promise<void> {
  const answer = await fetch(`${address}kiriman/`, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) throw new Error("offline");
  const place = document.createElement("div");
  list.parentNode?.insertBefore(place, list.nextSibling);
  show(place, await answer.text());
}

/** Puts a button to each message that came with a file, as the stage tells by their numbers. */
export async function hangSent(shown: Shown): Promise<void> {
  fallbackAt(shown.ed25519);
  if (!document.getElementById("kiriman")) await loadParts(shown);
  if (!shown.isShown()) return;
  now = shown;
  const { list, talk } = shown;
  for (const one of (MARK.exec(talk.stage) || ["", ""])[1]?.split(",") || []) numbers.add(Number(one));
  talk.lines.forEach(({ header }, i) => {
    if (!header || sideOf(header) !== "office" || !numbers.has(header.seq)) return;
    const row = rows.get(header.seq) || rowOf(header.seq);
    rows.set(header.seq, row);
    (list.children[i] as Element).appendChild(row);
  });
}

// Leaving the page forgets what was opened on it.
addEventListener("pagehide", forget);
