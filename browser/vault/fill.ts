// Filling forms from what is sealed already: to edit it, or to tell a story only once.

import { loadBundles } from "./bundles";
import { controlsOf, FIELDS, type Field, parseParts, putPart } from "./groups";
import type { Padlock } from "./padlock";
import { askedBy } from "./place";

const CHOSEN = /^(radio|checkbox|select)/; // what these hold before anybody touched them was not typed
const touched = new WeakSet<EventTarget>();
const filled = new Set<readonly Field[]>(); // of one part each

/** Whether somebody wrote into this field, beyond what was filled in for them. */
export function isTouched(field: Field): boolean {
  return touched.has(field);
}

/** The fields that one text fills: a part of a group, the field of a sealed-field, or itself. */
function targets(element: HTMLElement, text: string): [readonly Field[], string | readonly string[]][] {
  if (element.matches(FIELDS)) return [[[element as Field], text]];
  const controls = controlsOf(element);
  const { fillPart } = element.dataset;
  if (fillPart) return [[controls.get(fillPart) ?? [], text]];
  const field = element.querySelector<Field>(FIELDS);
  if (element.localName === "sealed-field") return field ? [[[field], text]] : [];
  const parts = parseParts(text);
  return Array.from(controls, ([part, fields]) => [fields, parts[part] ?? ""]);
}

function isFree(fields: readonly Field[]): boolean {
  return fields.every((one) => !touched.has(one) && (CHOSEN.test(one.type) || !one.value));
}

function fill(element: HTMLElement, text: string): void {
  for (const [fields, told] of targets(element, text)) {
    if (!told.length || !isFree(fields)) continue;
    putPart(fields, told);
    filled.add(fields);
  }
  element.dispatchEvent(new CustomEvent("vault:filled", { bubbles: true }));
}

/** Fills what is untouched as soon as the padlock is open; empties what is still untouched at its lock. */
export function hangFills(padlock: Padlock): void {
  async function fillAll(): Promise<void> {
    const crew = padlock.crew();
    const elements = Array.from(document.querySelectorAll<HTMLElement>("[data-fill]"));
    if (!crew || !elements.length) return;
    await loadBundles(padlock);
    const { shown } = await crew.ask("show", { asked: elements.map(askedBy) });
    if (padlock.crew() !== crew) return; // locked meanwhile
    elements.forEach((element, i) => {
      const one = shown[i];
      if (one?.state === "open") fill(element, one.text);
    });
  }

  document.addEventListener("input", ({ target }) => target && touched.add(target));
  document.addEventListener("vault:open", () => fillAll().catch(() => {}));
  document.addEventListener("vault:locked", () => {
    for (const fields of filled) if (fields.every((one) => !touched.has(one))) putPart(fields, []);
    filled.clear();
    document.dispatchEvent(new CustomEvent("vault:filled"));
  });
  if (padlock.crew()) fillAll().catch(() => {});
}
