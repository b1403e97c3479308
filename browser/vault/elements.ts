// The elements that show sealed things in place: text, cards and files.

import { readCard } from "./lists";
import type { Padlock } from "./padlock";
import type { Asked, Shown } from "./reading";
import type { Bundle } from "./thread";

const DOTS = "••••••";
const TEXT_TYPES = /^text\/plain\b/;
const PICTURE_TYPES = /^image\/(png|jpeg|gif|webp|avif)$/; // never svg: it can carry script

/** Hands the bundles of the page to the Worker. */
export async function loadBundles(padlock: Padlock): Promise<void> {
  const scripts = document.querySelectorAll("script#sealed-bundle");
  const bundles = Array.from(scripts, (one) => JSON.parse(one.textContent ?? "{}") as Bundle);
  await padlock.crew()?.ask("load", { bundles });
}

function askedBy(element: Element): Asked {
  const get = (name: string) => element.getAttribute(name) ?? "";
  const item = get("item");
  return { subject: get("subject"), comp: get("comp"), what: get("what"), ...(item && { item }) };
}

/** What a message in place of a text says. */
function notice(padlock: Padlock, state: string): string {
  const texts: Record<string, string | undefined> = {
    missing: padlock.page.textMissing,
    broken: padlock.page.textBroken,
    empty: padlock.page.textEmpty,
  };
  return texts[state] ?? DOTS;
}

function cover(padlock: Padlock, element: HTMLElement): void {
  element.dataset.state = "locked";
  delete element.dataset.gap;
  const places = element.querySelectorAll("[data-card]");
  if (element.localName === "sealed-card") for (const place of places) place.textContent = DOTS;
  else element.textContent = DOTS;
  element.setAttribute("aria-label", padlock.page.textLocked ?? "");
}

function reveal(padlock: Padlock, element: HTMLElement, shown: Shown): void {
  element.dataset.state = shown.state;
  element.removeAttribute("aria-label");
  if (shown.gap) element.dataset.gap = `${shown.gap}`;
  if (element.localName === "sealed-card") revealCard(padlock, element, shown);
  else if (shown.state === "open") element.textContent = shown.text || notice(padlock, "empty");
  else element.textContent = notice(padlock, shown.state);
}

function revealCard(padlock: Padlock, element: HTMLElement, shown: Shown): void {
  const [name, phone] = ["n", "p"].map((part) => element.querySelector(`[data-card=${part}]`));
  if (!name || !phone) return;
  phone.textContent = "";
  try {
    if (shown.state !== "open") throw new Error(shown.state);
    const card = readCard(shown.text, element.dataset.of ?? "");
    name.textContent = card.n || (padlock.page.textUnnamed ?? "");
    if (card.p) phone.textContent = `…${card.p}`;
  } catch {
    name.textContent = notice(padlock, shown.state === "missing" ? "missing" : "broken");
  }
}

/** Watches sealed texts and cards; opens all that are new in one order to the Worker. */
function watchTexts(padlock: Padlock): (element: HTMLElement) => void {
  const known = new Set<HTMLElement>();
  let fresh = new Set<HTMLElement>();
  let planned = false;

  async function openFresh(): Promise<void> {
    planned = false;
    const crew = padlock.crew();
    const now = Array.from(fresh).filter((one) => one.isConnected);
    if (!crew || !now.length) return;
    fresh = new Set();
    for (const one of now) one.dataset.state = "opening";
    await loadBundles(padlock);
    const { shown, opened } = await crew.ask("show", { asked: now.map(askedBy) });
    if (padlock.crew() !== crew) return; // locked meanwhile
    now.forEach((one, i) => {
      reveal(padlock, one, shown[i] as Shown);
    });
    padlock.keepOpened(opened);
  }

  function plan(): void {
    if (planned || !padlock.crew()) return;
    planned = true;
    setTimeout(() => openFresh().catch(() => {})); // ended by a lock: covered already
  }

  document.addEventListener("vault:open", () => {
    fresh = new Set(known);
    plan();
  });
  document.addEventListener("vault:locked", () => {
    for (const one of known) {
      if (one.isConnected) cover(padlock, one);
      else known.delete(one);
    }
  });
  return (element) => {
    known.add(element);
    fresh.add(element);
    cover(padlock, element);
    plan();
  };
}

function sizeText(bytes: number): string {
  const format = new Intl.NumberFormat(document.documentElement.lang || "id", { maximumFractionDigits: 1 });
  if (bytes < 1e3) return `${bytes} B`;
  return bytes < 1e6 ? `${format.format(bytes / 1e3)} kB` : `${format.format(bytes / 1e6)} MB`;
}

function saveAs(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** A file: its name once open, and its content only by a click. */
function hangFile(padlock: Padlock, element: HTMLElement): void {
  if (!element.firstElementChild) {
    const template = document.getElementById("berkas-tersegel") as HTMLTemplateElement | null;
    if (template) element.replaceChildren(template.content.cloneNode(true));
  }
  const part = <E extends HTMLElement>(selector: string) => element.querySelector<E>(selector);
  const bar = part<HTMLProgressElement>("progress");
  const state = part("[data-state]");
  const view = part("[data-view]");
  const { subject, item } = askedBy(element) as Asked & { item: string };
  let picture = "";

  function tell(name: string): void {
    if (state) state.textContent = state.dataset[name] ?? "";
  }

  function clear(): void {
    if (picture) URL.revokeObjectURL(picture);
    picture = "";
    view?.replaceChildren();
    const name = part("[data-name]");
    if (name) name.textContent = DOTS;
  }

  async function nameIt(): Promise<void> {
    await loadBundles(padlock);
    const card = await padlock.crew()?.ask("card", { subject, item });
    const [name, size] = [part("[data-name]"), part("[data-size]")];
    if (name && card) name.textContent = card.name;
    if (size && card) size.textContent = sizeText(card.size);
  }

  async function fetchBlob(): Promise<{ blob: Blob; name: string } | undefined> {
    const crew = padlock.crew();
    if (!crew) return undefined;
    tell("loading");
    if (bar) bar.hidden = false;
    const card = await crew.ask("card", { subject, item });
    const answer = await fetch(`${padlock.page.fileUrl}${item}/`, { cache: "no-store" });
    if (!answer.ok) throw new Error("NotReached");
    const ct = await readWhole(answer, (bytes) => {
      if (bar) bar.value = (bytes / Math.max(1, card.size)) * (bar.max || 1);
    });
    const blob = await crew.ask("file", { subject, item, ct });
    return { blob: new Blob([blob], { type: card.type }), name: card.name };
  }

  async function work(use: (blob: Blob, name: string) => Promise<void>): Promise<void> {
    try {
      const file = await fetchBlob();
      tell("");
      if (file) await use(file.blob, file.name);
    } catch (error) {
      tell(/NotReached|Failed to fetch/.test((error as Error).message) ? "failed" : "broken");
    }
    if (bar) bar.hidden = true;
  }

  async function show(blob: Blob, name: string): Promise<void> {
    if (PICTURE_TYPES.test(blob.type)) {
      const image = document.createElement("img");
      picture = URL.createObjectURL(blob);
      image.src = picture;
      image.alt = name;
      view?.replaceChildren(image);
    } else if (TEXT_TYPES.test(blob.type)) {
      const text = document.createElement("pre");
      text.textContent = await blob.text();
      view?.replaceChildren(text);
    } else {
      tell("saveonly");
      saveAs(new Blob([blob], { type: "application/octet-stream" }), name);
    }
  }

  const plain = (blob: Blob) => new Blob([blob], { type: "application/octet-stream" });
  part("[data-open]")?.addEventListener("click", () => work(show));
  part("[data-save]")?.addEventListener("click", () => work(async (blob, name) => saveAs(plain(blob), name)));
  const open = () => nameIt().catch(() => tell("broken"));
  document.addEventListener("vault:open", open);
  document.addEventListener("vault:locked", clear);
  clear();
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

/** Makes the elements known to the page. */
export function defineElements(padlock: Padlock): void {
  const watch = watchTexts(padlock);
  for (const name of ["sealed-text", "sealed-card"]) {
    customElements.define(
      name,
      class extends HTMLElement {
        connectedCallback() {
          watch(this);
        }
      },
    );
  }
  customElements.define(
    "sealed-file",
    class extends HTMLElement {
      connectedCallback() {
        if (this.dataset.hung) return;
        this.dataset.hung = "yes";
        hangFile(padlock, this);
      }
    },
  );
}
