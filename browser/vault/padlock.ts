// The padlock of the office: open or locked, in every window at once, and never longer than needed.

import { type Crew, startCrew } from "./crew";
import type { Unlocking } from "./keyring";
import { cityDay } from "./today";

/** The open or locked state of this window. */
export interface Padlock {
  readonly page: DOMStringMap;
  /** The Worker while open, nothing while locked. */
  crew(): Crew | undefined;
  /** Done when an opening without the phrase, under way or to be tried again, has opened or not. */
  settled(): Promise<void>;
  /** Opens with the phrase; throws what went wrong by name. */
  unlock(answer: Unlocking, phrase: string): Promise<{ expired: boolean }>;
  post(address: string, fields?: Record<string, string>): Promise<Response>;
  keepOpened(opened: string): void;
  lock(): void;
}

type Word =
  | { readonly say: "ask" | "lock" | "active" }
  | { readonly say: "session"; readonly member: string; readonly csrf: string }
  /** What opens a window without the phrase; `fresh` comes from an unlocking and ends older ones. */
  | { readonly say: "blob"; readonly tab: string; readonly opened: string; readonly fresh: boolean };

const TAB = "teduh.tab";
const OPENED = "teduh.opened";
const MINUTE = 60000; // milliseconds
const IDLE = 10 * MINUTE; // as long as the server gives the tab key out after a human request
const HUMAN = ["pointerdown", "keydown", "wheel", "touchstart"];

/** Ties the padlock of a page to the keys; tells the document `vault:open` and `vault:locked`. */
export function hangPadlock(element: HTMLElement): Padlock {
  const page = element.dataset;
  const channel = new BroadcastChannel("teduh-vault");
  let crew: Crew | undefined;
  let restoring = Promise.resolve();
  let turn = 0; // of the opening that counts: a lock, or a later one, ends those before
  let owed = false; // an opening whose request broke is tried again while somebody is there
  let lastActive = Date.now();
  let lastReport = Date.now();
  let active = false;

  function show(open: boolean): void {
    element.dataset.state = open ? "open" : "locked";
    for (const part of element.querySelectorAll<HTMLElement>("[data-when]")) {
      part.hidden = (part.dataset.when === "open") !== open;
    }
    document.dispatchEvent(new Event(open ? "vault:open" : "vault:locked"));
  }

  function post(address: string, fields: Record<string, string> = {}): Promise<Response> {
    const headers = { Accept: "application/json", "X-CSRFToken": page.csrf ?? "" };
    const body = new URLSearchParams(fields);
    return fetch(address, { method: "POST", headers, body, credentials: "same-origin", cache: "no-store" });
  }

  function tell(word: Word): void {
    channel.postMessage(word);
  }

  function tellBlob(fresh = false): void {
    const tab = sessionStorage.getItem(TAB);
    if (tab) tell({ say: "blob", tab, opened: sessionStorage.getItem(OPENED) ?? "", fresh });
  }

  /** After a new sign-in in another window this one goes on, with what it has written. */
  function follow(member: string, csrf: string): void {
    if (!csrf || member !== page.member) return;
    page.csrf = csrf;
    const fields = document.querySelectorAll<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
    for (const field of fields) field.value = csrf;
  }

  function forget(): void {
    turn += 1;
    owed = false;
    sessionStorage.removeItem(TAB);
    sessionStorage.removeItem(OPENED);
    crew?.end();
    crew = undefined;
    show(false);
  }

  function lock(): void {
    forget();
    tell({ say: "lock" });
    if (page.lockUrl) post(page.lockUrl).catch(() => {}); // locked here in any case
  }

  /** Opens with the blob of an earlier page, if the server still gives the tab key; throws when it broke. */
  async function restore(): Promise<void> {
    const tab = sessionStorage.getItem(TAB);
    if (!tab || crew) return;
    turn += 1;
    const mine = turn;
    const answer = await post(page.tabUrl ?? "");
    if (turn !== mine) return;
    if (answer.status >= 500) throw new Error("Broken");
    if (!answer.ok) return forget();
    const { tabKey } = (await answer.json()) as { tabKey: string };
    const started = startCrew(page.workerUrl ?? "");
    const opened = sessionStorage.getItem(OPENED) ?? "";
    const given = { tab, opened, tabKey, member: page.member ?? "", ed25519: page.ed25519Url ?? "" };
    try {
      await started.ask("restore", given);
    } catch (error) {
      started.end();
      if (turn !== mine) return;
      if ((error as Error).message === "WorkerFailed") throw error;
      return forget(); // a blob of another session
    }
    if (turn !== mine) return started.end();
    crew = started;
    show(true);
  }

  function tryRestore(): void {
    owed = false;
    restoring = restore().catch(() => {
      owed = true; // still locked, the blob stays
    });
  }

  function tryAgain(): void {
    if (owed) tryRestore();
  }

  async function unlock(answer: Unlocking, phrase: string): Promise<{ expired: boolean }> {
    const { inst = "", ed25519Url = "" } = page;
    if (page.member && answer.member !== page.member) throw new Error("WrongMember");
    const started = startCrew(page.workerUrl ?? "");
    const given = { answer, phrase, inst, day: answer.day ?? cityDay(), ed25519: ed25519Url };
    try {
      const done = await started.ask("unlock", given);
      sessionStorage.setItem(TAB, done.tab);
      sessionStorage.removeItem(OPENED);
      if (done.keyring && page.keyringUrl) await post(page.keyringUrl, { ...done.keyring }).catch(() => {});
      turn += 1;
      owed = false;
      crew?.end();
      crew = started;
      tellBlob(true);
      show(true);
      return { expired: done.expired };
    } catch (error) {
      started.end();
      throw error;
    }
  }

  function beat(): void {
    if (Date.now() - lastActive > IDLE) {
      if (crew || owed) forget();
      return;
    }
    tryAgain();
    if (!active || Date.now() - lastReport < MINUTE || !crew) return;
    active = false;
    lastReport = Date.now();
    post(page.touchUrl ?? "").catch(() => {}); // the next minute tries again
  }

  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.say === "lock") forget();
    else if (data.say === "active") lastActive = Date.now();
    else if (data.say === "ask") tellBlob();
    else if (data.say === "session") follow(data.member, data.csrf);
    else if (data.say === "blob" && (data.fresh || !crew)) {
      sessionStorage.setItem(TAB, data.tab);
      sessionStorage.setItem(OPENED, data.opened);
      tryRestore();
    }
  };
  for (const kind of HUMAN) {
    addEventListener(
      kind,
      () => {
        // The other windows are told at most once a second.
        if (Date.now() - lastActive > 1000) tell({ say: "active" });
        lastActive = Date.now();
        active = true;
      },
      { passive: true, capture: true },
    );
  }
  setInterval(beat, MINUTE / 4);
  addEventListener("online", tryAgain);
  element.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-when=open]");
    if (button) lock();
  });
  addEventListener("pagehide", () => {
    crew?.end();
    crew = undefined;
    show(false);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  show(false);
  tell({ say: "session", member: page.member ?? "", csrf: page.csrf ?? "" });
  if (sessionStorage.getItem(TAB)) tryRestore();
  else tell({ say: "ask" });
  return {
    page,
    crew: () => crew,
    settled: () => {
      tryAgain();
      return restoring;
    },
    unlock,
    post,
    keepOpened: (opened) => opened && sessionStorage.setItem(OPENED, opened),
    lock,
  };
}
