// The sealed bundles a page of the office carries.

import type { Padlock } from "./padlock";
import type { Bundle } from "./thread";

/** Hands the bundles of the page to the Worker. */
export async function loadBundles(padlock: Padlock): Promise<void> {
  const scripts = document.querySelectorAll("script#sealed-bundle");
  const bundles = Array.from(scripts, (one) => JSON.parse(one.textContent ?? "{}") as Bundle);
  await padlock.crew()?.ask("load", { bundles });
}
