// The fields of a form whose words are sealed: what they hold, and that nothing of it leaves as it is.

import { fill } from "./answers";
import type { Told } from "./report";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What a server found wrong, by the name of the field. */
export interface Errors {
  readonly [field: string]: readonly string[];
}

export interface Fields {
  /** Takes the names away, so that the form itself cannot send what was written. */
  hideNames(): void;
  /** Gives them back, for sending by the server path. */
  showNames(): void;
  told(): Told[];
  /** The chosen files that may be sent. */
  files(): File[];
  /** The chosen files that stay behind. */
  tooLarge(): File[];
  showErrors(errors: Errors): void;
  clearErrors(): void;
}

const FILES = "intake.evidence.body";

export function fieldsIn(form: HTMLFormElement): Fields {
  const names = new Map<Field, string>();
  const sealed = () => Array.from(form.querySelectorAll<Field>("[data-what]"));

  function chosen(fits: boolean): File[] {
    const field = form.querySelector<HTMLInputElement>("[data-max-bytes]");
    const most = Number(field?.dataset.maxBytes || Infinity);
    const all = sealed().reduce<File[]>((all, field) => {
      const here = field.dataset.what === FILES && (field as HTMLInputElement).files;
      return here ? all.concat(Array.from(here)) : all;
    }, []);
    return all.filter((file) => file.size <= most === fits);
  }

  // Told at once, while she can still choose another one; the rest is sent without it.
  form.addEventListener("change", () => {
    const place = form.querySelector<HTMLElement>("[data-too-large]");
    const names = chosen(false).map((file) => file.name);
    if (!place) return;
    place.hidden = !names.length;
    fill(place, "b", names.join(", "));
  });

  /** Where a field says what is wrong with it; made when the page has no place for it. */
  function placeFor(name: string, at: Element | undefined): HTMLElement | null {
    const place = form.querySelector<HTMLElement>(`[data-error-for="${name}"]`);
    if (place || !(at instanceof HTMLElement)) return place;
    const made = document.createElement("p");
    made.className = "error";
    made.dataset.errorFor = name;
    at.insertAdjacentElement("afterend", made);
    return made;
  }

  function clearErrors(): void {
    for (const place of Array.from(form.querySelectorAll<HTMLElement>("[data-error-for]"))) {
      place.textContent = "";
      place.hidden = true;
    }
    for (const field of Array.from(form.querySelectorAll("[aria-invalid]"))) {
      field.removeAttribute("aria-invalid");
    }
  }

  return {
    hideNames() {
      for (const field of sealed()) {
        names.set(field, field.name);
        field.removeAttribute("name");
      }
    },
    showNames() {
      names.forEach((name, field) => {
        field.name = name;
      });
    },
    told() {
      const texts = new Map<string, string>();
      for (const field of sealed()) {
        const what = field.dataset.what as string;
        const box = field as HTMLInputElement;
        const off = (box.type === "checkbox" || box.type === "radio") && !box.checked;
        if (what === FILES || off || !field.value.trim()) continue;
        const before = texts.get(what);
        texts.set(what, before === undefined ? field.value : `${before}\n${field.value}`);
      }
      return Array.from(texts, ([what, text]) => ({ what, text }));
    },
    files: () => chosen(true),
    tooLarge: () => chosen(false),
    showErrors(errors) {
      clearErrors();
      for (const [name, lines] of Object.entries(errors)) {
        const field = sealed().find((f) => names.get(f) === name) || form.elements.namedItem(name);
        const at = field instanceof Element ? field : field?.[0];
        const place = placeFor(name, at as Element | undefined);
        if (place) {
          place.hidden = false;
          place.textContent = lines.join(" ");
        }
        if (at instanceof HTMLElement) at.setAttribute("aria-invalid", "true");
      }
      const first = form.querySelector<HTMLElement>("[aria-invalid]");
      if (first) first.focus();
    },
    clearErrors,
  };
}
