// A link for somebody without an account: made in the officer's browser, shown once with its words.

import { fill, loadWords, say } from "../intake/answers";
import { inGroups } from "../intake/slip";
import { loadBundles } from "./bundles";
import { fromB64u } from "./bytes";
import { spellWords } from "./codes";
import type { ToGrant } from "./grants";
import type { Padlock } from "./padlock";
import type { Linked } from "./reading";

/** Link and words in the place of the form, until the page is left. */
async function showLink(form: HTMLFormElement, address: string, made: Linked): Promise<void> {
  const place = form.parentElement?.querySelector<HTMLElement>("[data-made]");
  if (!place) return;
  const words = await spellWords(fromB64u(made.words), await loadWords(form.dataset.wordsUrl ?? ""));
  const whole = `${address}#${made.fragment}`;
  const link = place.querySelector<HTMLInputElement>("[data-address]") as HTMLInputElement;
  link.value = whole;
  inGroups(place.querySelector("[data-words]") as Element, words, / /);
  place.querySelector("[data-copy]")?.addEventListener("click", async () => {
    link.select();
    const copied = await navigator.clipboard.writeText(whole).then(
      () => true,
      () => false, // it is selected: the keyboard copies it
    );
    for (const one of place.querySelectorAll<HTMLElement>("[data-copied]")) one.hidden = !copied;
  });
  addEventListener("pagehide", () => {
    link.value = "";
    fill(place, "[data-words]", "");
  });
  form.hidden = true;
  place.hidden = false;
  place.querySelector<HTMLElement>("[data-focus]")?.focus();
}

/** The parts of a consent, wrapped here to a key that only link and words together make. */
export function hangLinking(form: HTMLFormElement, padlock: Padlock): void {
  const text = form.querySelector('script[type="application/json"]')?.textContent ?? "{}";
  const told = JSON.parse(text) as Omit<ToGrant, "to">;
  for (const button of form.querySelectorAll("button")) button.disabled = false; // waited for this script
  let busy = false;

  async function make(): Promise<string> {
    await padlock.settled();
    const crew = padlock.crew();
    if (!crew) return "locked";
    say(form, "working");
    await loadWords(form.dataset.wordsUrl ?? ""); // without it the words could not be shown
    await loadBundles(padlock);
    const made = await crew.ask("link", told);
    const { granted, key, auth } = made;
    const body = new FormData(form);
    body.set("link", JSON.stringify({ granted, key, auth }));
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", headers, body });
    if (answer.redirected || answer.status === 403) return "over";
    if (!answer.ok) return "refused";
    const { address } = (await answer.json()) as { address: string };
    await showLink(form, address, made);
    return "";
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    say(form, await make().catch((error) => (error instanceof TypeError ? "offline" : "broken")));
    busy = false;
  });
}
