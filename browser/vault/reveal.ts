// What opened in its place, or why it did not; `page`: the words it is said with, from data-text-….

import { parseParts, saidOf } from "./groups";
import { readCard } from "./lists";
import type { Shown } from "./opening";

const DOTS = "••••••";

/** What a message in place of a text says. */
function notice(page: DOMStringMap, state: string): string {
  const texts: Record<string, string | undefined> = {
    missing: page.textMissing,
    broken: page.textBroken,
    empty: page.textEmpty,
  };
  return texts[state] ?? DOTS;
}

/** Puts dots where something opened stood. */
export function cover(page: DOMStringMap, element: HTMLElement): void {
  element.dataset.state = "locked";
  delete element.dataset.gap;
  const places = element.querySelectorAll("[data-card], [data-part]");
  if (element.localName === "sealed-text") element.textContent = DOTS;
  else for (const place of places) place.textContent = DOTS;
  if (element.localName !== "sealed-parts") element.setAttribute("aria-label", page.textLocked ?? "");
}

/** Shows what became of one. */
export function reveal(page: DOMStringMap, element: HTMLElement, shown: Shown): void {
  element.dataset.state = shown.state;
  element.removeAttribute("aria-label");
  if (shown.gap) element.dataset.gap = `${shown.gap}`;
  if (element.localName === "sealed-card") revealCard(page, element, shown);
  else if (element.localName === "sealed-parts") revealParts(page, element, shown);
  else if (shown.state === "open") element.textContent = shown.text || notice(page, "empty");
  else element.textContent = notice(page, shown.state);
}

function revealCard(page: DOMStringMap, element: HTMLElement, shown: Shown): void {
  const [name, phone] = ["n", "p"].map((part) => element.querySelector(`[data-card=${part}]`));
  if (!name || !phone) return;
  phone.textContent = "";
  try {
    if (shown.state !== "open") throw new Error(shown.state);
    const card = readCard(shown.text, element.dataset.of ?? "");
    name.textContent = card.n || (page.textUnnamed ?? "");
    if (card.p) phone.textContent = `…${card.p}`;
  } catch {
    name.textContent = notice(page, shown.state === "missing" ? "missing" : "broken");
  }
}

/** Each part in its place; what went wrong stands in the first. */
function revealParts(page: DOMStringMap, element: HTMLElement, shown: Shown): void {
  const places = Array.from(element.querySelectorAll<HTMLElement>("[data-part]"));
  try {
    if (shown.state !== "open") throw new Error(shown.state);
    const parts = parseParts(shown.text);
    for (const place of places) {
      const { part = "", labels } = place.dataset;
      const said = saidOf(parts[part], labels);
      place.textContent = said || notice(page, "empty");
      const before = place.previousElementSibling;
      for (const one of before?.localName === "dt" ? [place, before] : [place]) {
        if (said) one.removeAttribute("data-empty");
        else one.setAttribute("data-empty", "");
      }
    }
  } catch {
    const state = shown.state === "missing" ? "missing" : "broken";
    element.dataset.state = state;
    places.forEach((place, i) => {
      place.textContent = i ? "" : notice(page, state);
    });
  }
}
