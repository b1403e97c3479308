// A sealed file on a page of the office: its name once open, and its content only by a click.

import { say } from "../intake/answers";
import { loadBundles } from "./bundles";
import type { Padlock } from "./padlock";
import { saveAs } from "./saving";
import { type Close, showFile } from "./showing";

const DOTS = "••••••";
const SAID = ["SaveOnly", "TooLarge", "Unreadable", "Protected", "NotReached"];

function sizeText(bytes: number): string {
  const format = new Intl.NumberFormat(document.documentElement.lang || "id", { maximumFractionDigits: 1 });
  if (bytes < 1e3) return `${bytes} B`;
  return bytes < 1e6 ? `${format.format(bytes / 1e3)} kB` : `${format.format(bytes / 1e6)} MB`;
}

/** The name under which the template says what went wrong. */
function failureOf(error: Error): string {
  if (error.message === "Failed to fetch") return "NotReached";
  return SAID.includes(error.message) ? error.message : "Broken";
}

/** Which file of which subject. */
interface Named {
  readonly subject: string;
  readonly item: string;
}

interface Opened {
  readonly blob: Blob;
  readonly name: string;
  readonly sha256: string;
}

/** Fetches a file and opens it; undefined while locked. Throws NotReached, and what the Worker says. */
export async function openFile(
  padlock: Padlock,
  file: Named,
  progress: (share: number) => void,
): Promise<Opened | undefined> {
  const crew = padlock.crew();
  if (!crew) return undefined;
  const card = await crew.ask("card", file);
  const answer = await fetch(`${padlock.page.fileUrl}${file.item}/`, { cache: "no-store" });
  if (!answer.ok) throw new Error("NotReached");
  const ct = await readWhole(answer, (bytes) => progress(bytes / Math.max(1, card.size)));
  const { blob, sha256 } = await crew.ask("file", { ...file, ct });
  return { blob: new Blob([blob], { type: card.type }), name: card.name, sha256 };
}

/** Ties the buttons of a file to what they do. */
export function hangFile(padlock: Padlock, element: HTMLElement): void {
  if (!element.firstElementChild) {
    const template = document.getElementById("berkas-tersegel") as HTMLTemplateElement | null;
    if (template) element.replaceChildren(template.content.cloneNode(true));
  }
  const part = <E extends HTMLElement>(name: string) => element.querySelector<E>(`[data-${name}]`);
  const [name, size, words] = [part("name"), part("size"), part("words")];
  const hash = part("hash");
  const [original, cleaned] = [part("original"), part("cleaned")];
  const [view, turning, bar] = [part("view"), part("turning"), part<HTMLProgressElement>("bar")];
  const file = { subject: element.getAttribute("subject") ?? "", item: element.getAttribute("item") ?? "" };
  let shown = file; // what "Buka" opens: the copy without camera data, where there is one
  let close: Close | undefined;
  let turn = 0; // whose result counts: a lock or another click ends what was begun before

  function tell(what: string): void {
    if (words) say(words, what);
    if (bar) bar.hidden = what !== "loading";
  }

  function shut(): void {
    close?.();
    close = undefined;
  }

  async function nameIt(): Promise<void> {
    await loadBundles(padlock);
    const card = await padlock.crew()?.ask("card", file);
    if (name && card) name.textContent = card.name;
    if (size && card) size.textContent = sizeText(card.size);
    const copy = { ...file, item: card?.copy ?? "" };
    const found =
      card?.copy &&
      (await padlock
        .crew()
        ?.ask("card", copy)
        .catch(() => undefined));
    shown = found ? copy : file; // one that did not arrive whole is not there
    for (const one of [original, cleaned]) if (one) one.hidden = !found;
  }

  async function work(which: Named, use: (opened: Opened) => Promise<void>): Promise<void> {
    turn += 1;
    const own = turn;
    tell("loading");
    const progress = (share: number) => {
      if (bar && own === turn) bar.value = share * bar.max;
    };
    try {
      const opened = await openFile(padlock, which, progress);
      if (opened && own === turn) {
        if (hash) hash.textContent = `SHA-256 ${opened.sha256}`;
        await use(opened);
      }
      if (own === turn) tell("");
    } catch (error) {
      if (own === turn) tell(failureOf(error as Error));
    }
  }

  async function show({ blob, name }: Opened): Promise<void> {
    if (!view || !turning) return;
    const own = turn;
    shut();
    const closing = await showFile(blob, name, { view, turning });
    if (own !== turn) return closing();
    close = closing;
    view.scrollIntoView({ block: "nearest" }); // in a column it may lie below what is seen
  }

  const offer = (can: boolean) => {
    for (const button of [part("open"), part("save")]) if (button) button.hidden = !can;
    if (!can) for (const one of [original, cleaned]) if (one) one.hidden = true;
  };
  const save = async ({ blob, name }: Opened) => saveAs(blob, name);
  const open = () => {
    offer(true);
    nameIt().catch(() => tell("Broken"));
  };
  const lock = () => {
    turn += 1;
    shut();
    tell("");
    offer(false);
    if (name) name.textContent = DOTS;
    if (hash) hash.textContent = "";
  };
  part("open")?.addEventListener("click", () => work(shown, show));
  original?.addEventListener("click", () => work(file, show));
  part("save")?.addEventListener("click", () => work(file, save));
  document.addEventListener("vault:open", open);
  document.addEventListener("vault:locked", lock);
  lock();
  if (padlock.crew()) open();
}

/** The whole body of an answer, telling how much has come. */
async function readWhole(answer: Response, progress: (bytes: number) => void): Promise<ArrayBuffer> {
  const reader = answer.body?.getReader();
  if (!reader) return answer.arrayBuffer();
  const parts: BlobPart[] = [];
  let size = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value);
    size += step.value.length;
    progress(size);
  }
  return new Blob(parts).arrayBuffer();
}
