// A ticket and its messages: opened with the secret code, which never leaves the page.

import { readTicket } from "../vault/codes";
import { enter } from "../vault/reporter";
import { fallbackAt } from "../vault/suite";
import { cityDay } from "../vault/today";
import { whenAble } from "./able";
import { say } from "./answers";
import type { Asked } from "./conversation";
import { codeOf } from "./secret";
import { hangTalk } from "./talk";

function start(form: HTMLFormElement, section: HTMLElement): void {
  const page = form.dataset;
  const talk = hangTalk(form, section);

  const ready = whenAble(form, () => {});

  function typed(name: string): string {
    const input = form.elements.namedItem(name);
    return input instanceof HTMLInputElement ? input.value : "";
  }

  /** Whose messages they are, by what was typed; nothing where it cannot be read. */
  async function shown(): Promise<Asked | undefined> {
    const ticket = readTicket(typed("ticket"));
    const code = await codeOf(typed("code"), page.wordsUrl as string).catch(() => undefined);
    if (!ticket || !code) return undefined;
    const inst = page.inst as string;
    return { ticket, inst, entry: await enter(code, inst, ticket), day: cityDay() };
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    talk.alone(async () => {
      if (!(await ready)) return form.submit();
      say(form, "opening");
      say(form, await talk.open(shown).catch(() => "broken"));
    });
  });
  fallbackAt(page.ed25519Url);
}

const form = document.querySelector<HTMLFormElement>("form[data-messages-form]");
const section = document.querySelector<HTMLElement>("[data-opened]");
if (form && section) start(form, section);
