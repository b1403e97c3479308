// The walk-in desk: a talk in the room is locked as it is kept, and leaves when there is a line.

import { hangInstalling, installed } from "../field/install";
import { hangLocking, lockReport, type Paper } from "../field/locking";
import { sendAll, type Trouble } from "../field/outbox";
import { sealParcel } from "../field/parcel";
import { dropParcel, forgetAll, keepParcel, keepUnder, waiting } from "../field/store";
import type { Ration } from "../field/supplies";
import { ask, fill, loadWords, say } from "../intake/answers";
import { fieldsIn } from "../intake/fields";
import { fromB64u } from "../vault/bytes";
import { spellWords } from "../vault/codes";
import { fallbackAt, selfTest } from "../vault/suite";

const DOOR = "door"; // an answer that tells nothing by itself
const NEEDED: { readonly [error: string]: string } = { NoSupplies: "supplies", ExpiredManifest: "old" };

function hangRoom(page: HTMLElement, form: HTMLFormElement): void {
  const { inst = "", action = "", pass = "", wordsUrl = "" } = form.dataset;
  const outbox = page.querySelector("[data-outbox]") as HTMLElement;
  const left = page.querySelector("[data-left]") as HTMLElement;
  const done = page.querySelector("[data-done]") as HTMLElement;
  const broom = page.querySelector("[data-wipe]") as HTMLButtonElement;
  const fields = fieldsIn(form);

  function answersOf(): { [name: string]: string[] } {
    const answers: { [name: string]: string[] } = {};
    new FormData(form).forEach((said, name) => {
      if (said) answers[name] = (answers[name] ?? []).concat(String(said));
    });
    return answers;
  }

  function isEmpty(): boolean {
    return !fields.told().length && Object.keys(answersOf()).every((name) => name === DOOR);
  }

  /** Seals what was told and puts it into the outbox. */
  async function lock(ration: () => Promise<Ration>): Promise<Paper> {
    const [words, answers] = [fields.told(), answersOf()];
    const taken = await ration();
    const { ticket, r } = taken;
    const { code, report } = await lockReport(inst, taken, words, Boolean(answers.avoid_team), "staff");
    const told = { v: 1, kind: "walkin", ticket, r, answers, sealed: JSON.stringify(report) } as const;
    return { number: await keepParcel(await sealParcel(told, fromB64u(taken.box), inst)), ticket, code };
  }

  /** The token of the session there is now; nothing without a line. */
  async function session(): Promise<{ csrfmiddlewaretoken: string } | Trouble> {
    const { status, body } = await ask<{ csrf: string }>(pass);
    if (status === 403) return "over";
    return status === 200 && body.csrf ? { csrfmiddlewaretoken: body.csrf } : "";
  }

  async function count(trouble: Trouble): Promise<void> {
    const numbers = await waiting();
    outbox.hidden = !numbers.length;
    broom.hidden = Boolean(numbers.length); // nothing is wiped that did not arrive
    fill(outbox, "[data-waiting]", `${numbers.length}`);
    say(outbox, trouble);
    left.textContent = "";
    if (trouble === "refused") left.append(...numbers.map(refused));
  }

  /** A parcel the server does not take: kept until somebody decides, by two taps. */
  function refused(number: IDBValidKey): HTMLElement {
    const row = (page.querySelector("#ditolak") as HTMLTemplateElement).content.cloneNode(true);
    const item = (row as DocumentFragment).firstElementChild as HTMLElement;
    fill(item, "[data-number]", `${number}`);
    const button = item.querySelector("button") as HTMLButtonElement;
    button.addEventListener("click", async () => {
      if (!button.dataset.sure) {
        button.dataset.sure = "asked";
        button.textContent = button.dataset.again as string;
        return;
      }
      await dropParcel(number);
      await flush();
    });
    return item;
  }

  async function flush(): Promise<void> {
    await count("");
    await count(await sendAll(action, session));
  }

  /** The second spelling of the code; where the list does not come, the digits are there. */
  function spell({ code }: Paper): void {
    loadWords(wordsUrl)
      .then((list) => spellWords(code, list))
      .then((text) => fill(done, "[data-words]", text))
      .catch(() => {});
  }

  const locking = { needed: NEEDED, isEmpty, lock, flush, shown: spell, closed: () => scrollTo(0, 0) };
  const stock = hangLocking(form, done, locking);
  for (const button of page.querySelectorAll<HTMLElement>("[data-turn]"))
    button.addEventListener("click", () => {
      const turned = page.toggleAttribute("data-turned");
      button.setAttribute("aria-pressed", `${turned}`);
    });
  (done.querySelector("[data-print]") as Element).addEventListener("click", () => print());
  (outbox.querySelector("[data-send]") as Element).addEventListener("click", flush);
  addEventListener("beforeunload", (event) => {
    if (!isEmpty()) event.preventDefault(); // the browser asks whether to leave what was told
  });
  fallbackAt(form.dataset.ed25519);
  selfTest().then(
    () => {
      fields.hideNames();
      form.hidden = false;
      (page.querySelector("[data-plain]") as HTMLElement).hidden = true;
      return flush().then(stock);
    },
    () => {}, // the page goes on saying that this browser cannot lock
  );
  hangInstalling(page, stock, forgetAll);
  installed(page).then((is) => (is ? stock() : undefined));
}

keepUnder("datang");
const page = document.querySelector<HTMLElement>("[data-room]");
const form = page?.querySelector<HTMLFormElement>("form");
if (page && form) hangRoom(page, form);
