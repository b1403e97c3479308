// A packet of evidence, put together where it is opened: the server hears of hashes only.

import { say } from "../intake/answers";
import { loadBundles } from "./bundles";
import { type Bytes, hex, utf8 } from "./bytes";
import { openFile } from "./file";
import type { Padlock } from "./padlock";
import { saveAs } from "./saving";
import { random, sha256 } from "./suite";
import { type Entry, zip } from "./zip";

interface Opened extends Entry {
  readonly sha: string;
}

/** A name that every computer takes: the number first, then what is left of the file's own. */
export function nameOf(number: number, called: string): string {
  const plain = called
    .normalize("NFC")
    .replace(/[\p{C}"*/:<>?\\|]/gu, "_")
    .replace(/^\.+/, "")
    .slice(-80);
  return `${`0${number}`.slice(number > 99 ? -3 : -2)}-${plain || "isi"}`;
}

/** One line of the list: which file, its SHA-256, who sealed it, when, under which code. */
export function lineOf(one: { name: string; sha: string }, told: readonly string[]): string {
  return [one.name, `SHA-256 ${one.sha}`, ...told].join("\n    ");
}

/** A text as it goes into a packet: with a random line, so that nobody can guess it from its hash. */
export function markedText(text: string, mark: string): Bytes {
  return utf8(`${text}\n\n${mark} ${hex(random(16))}\n`);
}

async function openOne(padlock: Padlock, box: HTMLElement, number: number, mark: string): Promise<Opened> {
  const { subject = "", comp = "", what = "", item = "", called = "", file } = box.dataset;
  const crew = padlock.crew();
  if (!crew) throw new Error("Locked");
  if (file !== undefined) {
    const opened = await openFile(padlock, { subject, item }, () => {});
    if (!opened) throw new Error("Locked");
    const bytes = new Uint8Array(await opened.blob.arrayBuffer());
    return { name: nameOf(number, opened.name), bytes, sha: opened.sha256 };
  }
  const { shown } = await crew.ask("show", { asked: [{ subject, comp, what, item }] });
  if (shown[0]?.state !== "open") throw new Error("Broken");
  const bytes = markedText(shown[0].text, mark);
  return { name: nameOf(number, `${called}.txt`), bytes, sha: hex(await sha256(bytes)) };
}

/** Opens what is chosen and puts it together with its list; answers the file and each item's hash. */
async function putTogether(form: HTMLFormElement, padlock: Padlock, boxes: readonly HTMLElement[]) {
  await loadBundles(padlock);
  const entries: Entry[] = [];
  const items: [string, string][] = [];
  const lines: string[] = [form.dataset.name ?? ""];
  for (const box of boxes) {
    const one = await openOne(padlock, box, entries.length + 1, form.dataset.mark ?? "");
    const { by, day = "", subject = "", item = "" } = box.dataset;
    entries.push(one);
    items.push([item, one.sha]);
    lines.push(lineOf(one, [by || (form.dataset.reporter ?? ""), day, subject]));
  }
  const list = { name: `00-${form.dataset.list}.txt`, bytes: utf8(`${lines.join("\n")}\n`) };
  const bytes = zip([list, ...entries]);
  return { bytes, items, sha: hex(await sha256(bytes)) };
}

/** The form sends hashes; the packet is saved only once the server has written it down. */
export function hangPacket(form: HTMLFormElement, padlock: Padlock): void {
  for (const button of form.querySelectorAll("button")) button.disabled = false; // waited for this script

  async function make(): Promise<string> {
    const boxes = Array.from(form.querySelectorAll<HTMLInputElement>("[data-choose]:checked"));
    await padlock.settled(); // pressed while it was opening
    if (!padlock.crew()) return "locked";
    if (!boxes.length) return "empty";
    say(form, "making");
    const { bytes, items, sha } = await putTogether(form, padlock, boxes);
    const body = new FormData(form);
    body.set("items", JSON.stringify(items));
    body.set("sha", sha);
    body.set("size", `${bytes.length}`);
    const sent = fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
    const answer = await sent.catch(() => undefined);
    if (!answer) return "offline";
    if (!answer.ok || answer.redirected) return "refused";
    const { to = "" } = (await answer.json()) as { to?: string };
    const link = form.querySelector<HTMLAnchorElement>("[data-list-link]");
    if (link) link.href = new URL(to, location.href).pathname;
    saveAs(new Blob([bytes]), `${form.dataset.name}.zip`);
    return "done";
  }

  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    say(form, await make().catch((error) => (error.message === "Locked" ? "locked" : "broken")));
    busy = false;
  });
}
