// The pages of keys: forms that ask the Worker for something, and a member's first phrase.

import { loadWords, say } from "../intake/answers";
import { startCrew } from "./crew";
import type { Padlock } from "./padlock";
import type { Work, WorkName } from "./work";

const PHRASE_WORDS = 6; // of 2,048: 66 bits (docs/sealing.md 3)

type Asking = Extract<WorkName, "epoch" | "give" | "sign" | "approve">;

/** What a form gives to the Worker: its data, and what was ticked beside it. */
function givenBy(form: HTMLFormElement): Record<string, unknown> {
  const data = form.querySelector('script[type="application/json"]')?.textContent ?? "{}";
  const ticked = Array.from(form.querySelectorAll<HTMLInputElement>("[data-confirmed]:checked"));
  const confirmed = ticked.flatMap((box) => box.value.split(" "));
  return { ...(JSON.parse(data) as object), ...(confirmed.length && { confirmed }) };
}

/** A form whose answer is made by the Worker before it is sent. */
export function hangAsking(form: HTMLFormElement, padlock: Padlock): void {
  let busy = false;

  async function make(): Promise<string> {
    await padlock.settled(); // pressed while it was opening
    const crew = padlock.crew();
    if (!crew) return "locked";
    say(form, "working");
    const name = form.dataset.ask as Asking;
    const made = await crew.ask(name, givenBy(form) as unknown as Work[Asking]["given"]);
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "made", value: JSON.stringify(made) });
    form.append(field);
    return "";
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    const outcome = await make().catch(() => "failed");
    if (!outcome) return form.submit();
    say(form, outcome);
    busy = false;
  });
}

/** Fingerprints of new members, for comparing by voice; shown while the padlock is open. */
export function hangFingerprints(padlock: Padlock): void {
  const places = Array.from(document.querySelectorAll<HTMLElement>("[data-fingerprint]"));
  if (!places.length) return;
  const keys = places.map(({ dataset }) => ({ box: dataset.box ?? "", sign: dataset.sign ?? "" }));

  async function show(): Promise<void> {
    const told = (await padlock.crew()?.ask("fingerprints", { keys })) ?? [];
    told.forEach((text, i) => {
      (places[i] as HTMLElement).textContent = text;
    });
  }

  document.addEventListener("vault:open", () => show().catch(() => {}));
  if (padlock.crew()) show().catch(() => {});
}

async function drawPhrase(address: string): Promise<string> {
  const words = await loadWords(address);
  const numbers = crypto.getRandomValues(new Uint16Array(PHRASE_WORDS));
  return Array.from(numbers, (number) => words[number % words.length]).join(" ");
}

function plain(text: string): string {
  return text.toLowerCase().trim().split(/\s+/).join(" ");
}

/** The page where a member without a keyring makes one. */
export async function hangNewPhrase(form: HTMLFormElement, padlock: Padlock): Promise<void> {
  const { beginUrl = "", finishUrl = "", wordsUrl = "" } = form.dataset;
  const shown = form.querySelector("[data-phrase-shown]");
  const again = form.querySelector<HTMLInputElement>("#again");
  const phrase = await drawPhrase(wordsUrl);
  if (shown) shown.textContent = phrase;

  async function make(): Promise<string> {
    const begun = await padlock.post(beginUrl);
    if (!begun.ok) return "failed";
    const { share, member } = (await begun.json()) as { share: string; member: string };
    const crew = startCrew(padlock.page.workerUrl ?? "");
    const { fingerprint, ...made } = await crew
      .ask("keyring", { member, phrase, share })
      .finally(() => crew.end());
    const kept = await padlock.post(finishUrl, { made: JSON.stringify(made) });
    if (!kept.ok) return "failed";
    const place = form.querySelector("[data-fingerprint-shown]");
    if (place) place.textContent = fingerprint;
    if (shown) shown.textContent = "";
    for (const part of form.querySelectorAll<HTMLElement>(".field, button")) part.hidden = true;
    return "done";
  }

  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    if (plain(again?.value ?? "") !== phrase) return say(form, "different");
    busy = true;
    say(form, "working");
    const outcome = await make().catch(() => "failed");
    say(form, outcome);
    busy = outcome === "done";
  });
}
