// Phrases never to use: whoever writes one is asked once more before it is sealed.

import { FIELDS, type Field } from "./groups";

const LETTER = "[\\p{L}\\p{N}]";

/** Which of these phrases stand in a text as words of their own, in the order of the list. */
export function neverIn(text: string, phrases: readonly string[]): string[] {
  const plain = text.toLowerCase().replace(/\s+/g, " ");
  return phrases.filter((one) => one && new RegExp(`(?<!${LETTER})${one}(?!${LETTER})`, "u").test(plain));
}

/** Stops the first sending of a text with such a phrase, says which, and lets the second one go. */
export function hangNever(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>("[data-never-say]");
  const button = form.querySelector<HTMLButtonElement>("button:not([type=button])");
  const phrases = (form.dataset.never ?? "").split("|");
  if (!place || !button) return;
  const usual = button.textContent;
  let warned = "";

  function texts(): string {
    return Array.from(form.querySelectorAll<Field>(`sealed-field :is(${FIELDS})`), (one) => one.value).join(
      "\n",
    );
  }

  form.addEventListener(
    "submit",
    (event) => {
      const found = neverIn(texts(), phrases).join(", ");
      if (!found || found === warned) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      warned = found;
      const said = place.querySelector("b");
      if (said) said.textContent = found;
      place.hidden = false;
      button.textContent = place.dataset.anyway ?? usual;
    },
    { capture: true },
  );
  form.addEventListener("input", () => {
    if (neverIn(texts(), phrases).length) return;
    warned = "";
    place.hidden = true;
    button.textContent = usual;
  });
}
