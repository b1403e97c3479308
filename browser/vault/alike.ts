// What a report or case is linked to, and who else may be the same person: a guess with its reasons.

import { copyOf, fill, say } from "../intake/answers";
import { loadBundles } from "./bundles";
import { catalogueOf } from "./catalogue";
import { isOfCase } from "./lists";
import type { Padlock } from "./padlock";
import type { Candidate, Reason } from "./people";

/** The section of a page about its links, once it is in sight: those there are, and who may be linked too. */
export function hangAlike(section: HTMLElement, padlock: Padlock): void {
  const { subject = "", address = "", links = "", ask = "", report = "", ofCase = "" } = section.dataset;
  const linked = section.querySelector("[data-linked-here]");

  async function showLinks(): Promise<void> {
    const answer = await fetch(links, { cache: "no-store" });
    if (!answer.ok || answer.redirected) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    linked?.replaceChildren(...Array.from(part.body.childNodes));
  }

  /** "nama sama, ejaan lain: Soemirah / Sumirah" */
  function said({ kind, here = "", there = "" }: Reason): string {
    const told = section.querySelector(`[data-words] [data-reason=${kind}]`)?.textContent ?? "";
    const both = there && there !== here ? `${here} / ${there}` : here;
    return both ? `${told}: ${both}` : told;
  }

  function rowOf({ card, who, reasons }: Candidate): DocumentFragment {
    const row = copyOf("calon");
    const [open, propose] = ["open", "propose"].map((name) =>
      row.querySelector<HTMLAnchorElement>(`[data-${name}]`),
    );
    if (open) open.href = `${isOfCase(card.t) ? ofCase : report}${card.t}/`;
    if (propose) propose.href = `${ask}?dengan=${card.t}&jenis=${who}`;
    fill(row, "[data-code]", card.t);
    fill(row, "[data-name]", card.n || (padlock.page.textUnnamed ?? ""));
    const whose = section.querySelector(`[data-words] [data-who=${who}]`)?.textContent ?? "";
    fill(row, "[data-why]", whose + reasons.map(said).join("; "));
    return row;
  }

  async function look(): Promise<void> {
    await shown;
    say(section, "looking");
    const crew = await catalogueOf(padlock, address).ready();
    await loadBundles(padlock);
    const belongs = section.querySelector("[data-belongs]")?.getAttribute("data-belongs") ?? "";
    const found = await crew.ask("alike", { subject, belongs: belongs.split(" ").filter(Boolean) });
    const known = new Set(
      Array.from(section.querySelectorAll("[data-linked]"), (one) => one.getAttribute("data-linked")),
    );
    const fresh = found.filter(({ card }) => !known.has(card.t));
    show(fresh);
    say(section, fresh.length ? "" : "none");
  }

  function show(found: readonly Candidate[]): void {
    section.querySelector("[data-results]")?.replaceChildren(...found.map(rowOf));
    const box = section.querySelector<HTMLElement>("[data-candidates]");
    if (box) box.hidden = !found.length;
  }

  const shown = showLinks().catch(() => {}); // the link below leads to the same
  const open = () => look().catch(() => say(section, padlock.crew() ? "failed" : ""));
  document.addEventListener("vault:open", open);
  document.addEventListener("vault:locked", () => {
    show([]);
    say(section, "");
  });
  if (padlock.crew()) open();
}
