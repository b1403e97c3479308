// Finding a report or a case by name or by the last digits of a number, among all cards of one's teams.

import { copyOf, fill, say } from "../intake/answers";
import { isOfCase } from "./lists";
import type { Padlock } from "./padlock";
import type { Bundle } from "./thread";
import type { CardAsked } from "./work";

/** One page of cards, as the desk answers it. */
interface Cards {
  readonly lists: readonly Bundle[];
  readonly places: { readonly [ticket: string]: { list: string; item: string } };
  readonly last: number;
  readonly all: number;
}

const PAUSE = 60; // milliseconds after the last key: all of what is typed in one go is one search
const FRESH = 20_000; // milliseconds in which nothing new is fetched

/** The search field of the work list: fetches and opens the cards at the first key. */
export function hangSearch(form: HTMLFormElement, padlock: Padlock): void {
  const field = form.querySelector<HTMLInputElement>("input[type=search]");
  const results = form.querySelector("[data-results]");
  const bar = form.querySelector("progress");
  const { address = "", report = "", ofCase = "" } = form.dataset;
  let last = 0;
  let loading: Promise<void> | undefined;
  let loaded = 0; // when, in milliseconds since 1970
  let timer = 0;

  async function load(): Promise<void> {
    for (let more = true; more; ) {
      const answer = await fetch(`${address}?sesudah=${last}`, { cache: "no-store" });
      if (!answer.ok) throw new Error("NotReached");
      const page = (await answer.json()) as Cards;
      const asked = Object.entries(page.places).map(
        ([of, { list, item }]): CardAsked => ({ of, list, item }),
      );
      const crew = padlock.crew();
      if (!crew) throw new Error("Locked");
      const known = await crew.ask("cards", { bundles: [...page.lists], asked });
      more = page.last > last;
      last = page.last;
      if (bar) bar.value = page.all ? known / page.all : 1;
    }
    loaded = Date.now();
  }

  /** All cards, once; later those that are new since. */
  async function catchUp(): Promise<void> {
    if (loading && loaded && Date.now() - loaded > FRESH) loading = undefined;
    loading = loading ?? load();
    await loading.catch((error) => {
      loading = undefined; // the next key tries again
      throw error;
    });
  }

  async function find(): Promise<string> {
    const text = field?.value.trim() ?? "";
    results?.replaceChildren();
    if (text.length < 2) return "";
    if (!padlock.crew()) return "locked";
    if (bar) bar.hidden = false;
    await catchUp();
    if (bar) bar.hidden = true;
    const found = (await padlock.crew()?.ask("find", { text })) ?? [];
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
    last = 0;
    loaded = 0;
    loading = undefined;
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  field?.addEventListener("input", later);
  document.addEventListener("vault:locked", forget);
}
