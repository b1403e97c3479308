// A code of her own in place of one that staff know: shown once, then sealed and sent at her click.

import { b64u, fromB64u } from "../vault/bytes";
import { drawCode, spellDigits, spellWords } from "../vault/codes";
import { carriedOf, sealRenewal } from "../vault/renewing";
import { type Entry, enter } from "../vault/reporter";
import { fallbackAt } from "../vault/suite";
import { voicesOf } from "../vault/thread";
import { ask, fill, loadWords, say } from "./answers";
import { type ChatTold, openOwnChat } from "./ownchat";
import { type PublicKeys, readersOf } from "./report";

interface Opening extends ChatTold {
  readonly gen: number;
  readonly keys: PublicKeys;
}

/** Whose ticket it is, as the page has opened it. */
export interface Holder {
  readonly ticket: string;
  readonly inst: string;
  readonly entry: Entry;
}

/** Where the page finds what it loads only now. */
export interface Places {
  readonly words: string;
  readonly ed25519: string | undefined;
}

/** Shows a new code in the form that the server gave; `done` once it has taken the old one's place. */
export function offerNewCode(
  form: HTMLFormElement,
  holder: Holder,
  places: Places,
  done: (entry: Entry) => void,
): void {
  const { ticket, inst, entry } = holder;
  const opening = JSON.parse(form.dataset.opening as string) as Opening;
  const button = form.querySelector("button") as HTMLButtonElement;
  const code = drawCode();
  let sealed: FormData | undefined; // sent again unchanged when an answer was lost
  let busy = false;

  async function seal(): Promise<FormData> {
    const { keys, gen } = opening;
    const readers = await readersOf(keys, inst, keys.teams[0]);
    const { reporter, chat, greeting } = await openOwnChat(inst, ticket, entry, opening);
    const renewal = await sealRenewal({
      inst,
      ticket,
      gen,
      day: readers.day,
      orig: "browser",
      code,
      r: fromB64u(opening.r),
      greeting,
      readers: [readers.team, readers.recovery],
      author: reporter.author,
      before: carriedOf(await voicesOf(greeting, chat)),
      after: greeting.hello.after,
    });
    const body = new FormData();
    body.set("ticket", ticket);
    body.set("auth", b64u(entry.auth));
    body.set("renewal", renewal);
    return body;
  }

  async function send(): Promise<string> {
    sealed = sealed || (await seal());
    const { status } = await ask(form.getAttribute("action") as string, sealed);
    if (status === 409 || status === 403) return "taken";
    if (status !== 200) return status ? "busy" : "offline";
    done(await enter(code, inst, ticket));
    return "";
  }

  fallbackAt(places.ed25519);
  fill(form, "[data-ticket]", ticket);
  fill(form, "[data-digits]", spellDigits(code));
  loadWords(places.words)
    .then((words) => spellWords(code, words))
    .then((text) => fill(form, "[data-words]", text))
    .catch(() => {}); // the digits are shown; the words are a second spelling
  button.disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    say(form, "sealing");
    say(form, await send().catch(() => "broken"));
    busy = false;
  });
}
