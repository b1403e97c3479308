// A page on which an agency files: with an open padlock, what is filed is wrapped to whoever files it.

import type { Sealing } from "../intake/filing";
import type { Padlock } from "./padlock";

/** Hands the keys of what was just sealed to the Worker; without an open padlock the report goes without. */
export function hangOwnWords(form: HTMLFormElement, padlock: Padlock): void {
  async function wrapped({ subject, made, items }: Sealing): Promise<string> {
    await padlock.settled();
    const compartments = [made.identity, made.narrative];
    return (await padlock.crew()?.ask("own", { subject, compartments, items })) ?? "";
  }

  function show(): void {
    const open = Boolean(padlock.crew());
    for (const one of form.querySelectorAll<HTMLElement>("[data-own-open]")) one.hidden = !open;
    for (const one of form.querySelectorAll<HTMLElement>("[data-own-locked]")) one.hidden = open;
  }

  document.addEventListener("vault:open", show);
  document.addEventListener("vault:locked", show);
  show();
  form.addEventListener("report:sealed", (event) => {
    const { detail } = event as CustomEvent<Sealing>;
    detail.also("own", wrapped(detail));
  });
}
