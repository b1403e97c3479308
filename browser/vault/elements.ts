// The elements that show sealed things in place: text, groups and cards; files hang in file.ts.

import { loadBundles } from "./bundles";
import { hangFile } from "./file";
import type { Padlock } from "./padlock";
import { askedBy } from "./place";
import type { Shown } from "./reading";
import { cover, reveal } from "./reveal";

/** Watches sealed texts and cards; opens all that are new in one order to the Worker. */
function watchTexts(padlock: Padlock): (element: HTMLElement) => void {
  const known = new Set<HTMLElement>();
  let fresh = new Set<HTMLElement>();
  let planned = false;

  async function openFresh(): Promise<void> {
    planned = false;
    const crew = padlock.crew();
    const now = Array.from(fresh).filter((one) => one.isConnected);
    if (!crew || !now.length) return;
    fresh = new Set();
    for (const one of now) one.dataset.state = "opening";
    await loadBundles(padlock);
    const { shown, opened } = await crew.ask("show", { asked: now.map(askedBy) });
    if (padlock.crew() !== crew) return; // locked meanwhile
    now.forEach((one, i) => {
      reveal(padlock.page, one, shown[i] as Shown);
    });
    padlock.keepOpened(opened);
  }

  function plan(): void {
    if (planned || !padlock.crew()) return;
    planned = true;
    setTimeout(() => openFresh().catch(() => {})); // ended by a lock: covered already
  }

  document.addEventListener("vault:open", () => {
    fresh = new Set(known);
    plan();
  });
  document.addEventListener("vault:locked", () => {
    for (const one of known) {
      if (one.isConnected) cover(padlock.page, one);
      else known.delete(one);
    }
  });
  return (element) => {
    known.add(element);
    fresh.add(element);
    cover(padlock.page, element);
    plan();
  };
}

/** Makes the elements known to the page. */
export function defineElements(padlock: Padlock): void {
  const watch = watchTexts(padlock);
  for (const name of ["sealed-text", "sealed-card", "sealed-parts"]) {
    customElements.define(
      name,
      class extends HTMLElement {
        connectedCallback() {
          watch(this);
        }
      },
    );
  }
  customElements.define(
    "sealed-file",
    class extends HTMLElement {
      connectedCallback() {
        if (this.dataset.hung) return;
        this.dataset.hung = "yes";
        hangFile(padlock, this);
      }
    },
  );
}
