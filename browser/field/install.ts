// Installing by tap, and wiping by tap: what this phone keeps of us, and that it keeps nothing.

import { say } from "../intake/answers";

interface Offer extends Event {
  prompt(): Promise<void>;
}

let offer: Offer | undefined;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event as Offer;
});

/** Whether this page opens without signal on this phone. */
export async function installed(page: HTMLElement): Promise<boolean> {
  const found = await navigator.serviceWorker?.getRegistration(page.dataset.scope);
  return Boolean(found?.active) && new URL(found?.scope as string).pathname === page.dataset.scope;
}

/** Registers the worker, which fetches the page's files; resolves once they are all here. */
async function install(page: HTMLElement): Promise<void> {
  const { worker, scope } = page.dataset;
  const made = await navigator.serviceWorker.register(worker as string, { scope: scope as string });
  await new Promise<void>((resolve, reject) => {
    const coming = made.installing ?? made.waiting ?? made.active;
    const look = () => {
      if (coming?.state === "activated") resolve();
      if (coming?.state === "redundant") reject(new Error("NotInstalled"));
    };
    coming?.addEventListener("statechange", look);
    look();
  });
  await navigator.storage?.persist?.();
}

/** Takes the worker, the kept files and the store of a page off this device. */
async function wipe({ dataset }: HTMLElement, forget: () => Promise<void>): Promise<void> {
  await forget();
  const cache = `lapangan ${dataset.scope} `; // as worker.ts names its caches
  for (const name of await caches.keys()) if (name.indexOf(cache) === 0) await caches.delete(name);
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  for (const one of workers) if (new URL(one.scope).pathname === dataset.scope) await one.unregister();
}

/** Hangs the two buttons; `ready` runs once the page is installed, `forget` clears the store. */
export async function hangInstalling(
  page: HTMLElement,
  ready: () => Promise<void>,
  forget: () => Promise<void>,
): Promise<void> {
  const card = page.querySelector<HTMLElement>("[data-installing]") as HTMLElement;
  const button = card.querySelector<HTMLButtonElement>("[data-install]") as HTMLButtonElement;
  const broom = page.querySelector<HTMLButtonElement>("[data-wipe]") as HTMLButtonElement;
  const able = "serviceWorker" in navigator && "caches" in self;
  card.hidden = false;
  button.hidden = !able;
  if (!able) say(card, "unable");
  else if (await installed(page)) {
    button.hidden = true;
    say(card, "installed");
  }
  button.addEventListener("click", async () => {
    button.disabled = true;
    say(card, "installing");
    try {
      await install(page);
      await ready();
      button.hidden = true;
      say(card, "installed");
      await offer?.prompt();
    } catch {
      say(card, "failed");
    }
    button.disabled = false;
  });
  broom.addEventListener("click", async () => {
    if (!broom.dataset.sure) {
      broom.dataset.sure = "asked";
      broom.textContent = broom.dataset.again as string;
      return;
    }
    broom.disabled = true;
    await wipe(page, forget);
    location.replace(page.dataset.away as string);
  });
}
