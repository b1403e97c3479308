// The elements that show sealed things in place: text, groups and cards; files hang in file.ts.

import { loadBundles } from "./bundles";
import { hangFile } from "./file";
import { parseParts, saidOf } from "./groups";
import { readCard } from "./lists";
import type { Padlock } from "./padlock";
import { askedBy } from "./place";
import type { Shown } from "./reading";

const DOTS = "••••••";

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
  const places = element.querySelectorAll("[data-card], [data-part]");
  if (element.localName === "sealed-text") element.textContent = DOTS;
  else for (const place of places) place.textContent = DOTS;
  if (element.localName !== "sealed-parts") element.setAttribute("aria-label", padlock.page.textLocked ?? "");
}

function reveal(padlock: Padlock, element: HTMLElement, shown: Shown): void {
  element.dataset.state = shown.state;
  element.removeAttribute("aria-label");
  if (shown.gap) element.dataset.gap = `${shown.gap}`;
  if (element.localName === "sealed-card") revealCard(padlock, element, shown);
  else if (element.localName === "sealed-parts") revealParts(padlock, element, shown);
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

/** Each part in its place; what went wrong stands in the first. */
function revealParts(padlock: Padlock, element: HTMLElement, shown: Shown): void {
  const places = Array.from(element.querySelectorAll<HTMLElement>("[data-part]"));
  try {
    if (shown.state !== "open") throw new Error(shown.state);
    const parts = parseParts(shown.text);
    for (const place of places) {
      const { part = "", labels } = place.dataset;
      const said = saidOf(parts[part], labels);
      place.textContent = said || notice(padlock, "empty");
      place.toggleAttribute("data-empty", !said);
    }
  } catch {
    const state = shown.state === "missing" ? "missing" : "broken";
    element.dataset.state = state;
    places.forEach((place, i) => {
      place.textContent = i ? "" : notice(padlock, state);
    });
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

/** Makes the elements known to the page. */
export function defineElements(padlock: Padlock): void {
  const watch = watchTexts(padlock);
  for (const name of ["sealed-text", "sealed-card", "sealed-parts"]) {
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
