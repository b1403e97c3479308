// A new code for somebody who lost hers: made in the officer's browser, handed over on a slip.

import { say } from "../intake/answers";
import { showSlip } from "../intake/slip";
import { loadBundles } from "./bundles";
import { fromB64u } from "./bytes";
import type { Padlock } from "./padlock";
import type { Reissued } from "./reading";

/** A form that names what agreed: one code for it, sent again unchanged when an answer was lost. */
export function hangReissue(form: HTMLFormElement, padlock: Padlock): void {
  const { subject = "", r = "", day = "", wordsUrl = "" } = form.dataset;
  let made: Reissued | undefined;
  let busy = false;

  async function send(): Promise<string> {
    await padlock.settled();
    const crew = padlock.crew();
    if (!crew) return "locked";
    say(form, "sealing");
    await loadBundles(padlock);
    made = made ?? (await crew.ask("reissue", { subject, r, day }));
    const body = new FormData(form);
    body.set("renewal", made.renewal);
    body.set("accept", JSON.stringify(made.accept));
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    if (answer.redirected || answer.status === 403) return "over";
    if (answer.status === 422) return mend(await answer.json());
    if (!answer.ok) {
      made = undefined; // somebody else gave a code meanwhile: the next one follows that
      return "refused";
    }
    showSlip({ ticket: subject, code: fromB64u(made.code), next: `/kantor/laporan/${subject}/` }, wordsUrl);
    for (const one of document.querySelectorAll<HTMLElement>("[data-asking]")) one.hidden = true;
    return "";
  }

  function mend({ message = "" }: { message?: string }): string {
    const place = form.querySelector("[data-say=mend]");
    if (place) place.textContent = message;
    return "mend";
  }

  for (const button of form.querySelectorAll("button")) button.disabled = false; // waited for this script
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    say(form, await send().catch((error) => (error instanceof TypeError ? "offline" : "broken")));
    busy = false;
  });
}
