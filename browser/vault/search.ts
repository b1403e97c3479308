// Finding a report or a case by name or by the last digits of a number, among all cards of one's teams.

import { copyOf, fill, say } from "../intake/answers";
import { catalogueOf } from "./catalogue";
import { isOfCase } from "./lists";
import type { Padlock } from "./padlock";

const PAUSE = 60; // milliseconds after the last key: all of what is typed in one go is one search

/** The search field of the work list: fetches and opens the cards at the first key. */
export function hangSearch(form: HTMLFormElement, padlock: Padlock): void {
  const field = form.querySelector<HTMLInputElement>("input[type=search]");
  const results = form.querySelector("[data-results]");
  const bar = form.querySelector("progress");
  const { address = "", report = "", ofCase = "" } = form.dataset;
  let timer = 0;

  async function find(): Promise<string> {
    const text = field?.value.trim() ?? "";
    results?.replaceChildren();
    if (text.length < 2) return "";
    await padlock.settled(); // typed while it was opening
    if (!padlock.crew()) return "locked";
    if (bar) bar.hidden = false;
    const crew = await catalogueOf(padlock, address).ready((share) => {
      if (bar) bar.value = share;
    });
    if (bar) bar.hidden = true;
    const found = await crew.ask("find", { text });
    if (field?.value.trim() !== text) return ""; // typed on meanwhile: the next search shows
    results?.replaceChildren();
    for (const { t, n, p } of found) {
      const row = copyOf("temuan");
      const link = row.querySelector("a");
      if (link) link.href = `${isOfCase(t) ? ofCase : report}${t}/`;
      fill(row, "[data-ticket]", t);
      fill(row, "[data-name]", n || (padlock.page.textUnnamed ?? ""));
      fill(row, "[data-phone]", p && `…${p}`);
      results?.append(row);
    }
    return found.length ? "" : "none";
  }

  function later(): void {
    clearTimeout(timer);
    timer = window.setTimeout(async () => {
      say(form, await find().catch((error) => (error.message === "Locked" ? "locked" : "failed")));
    }, PAUSE);
  }

  function forget(): void {
    results?.replaceChildren();
    if (field) field.value = "";
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  field?.addEventListener("input", later);
  document.addEventListener("vault:locked", forget);
}
