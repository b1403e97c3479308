// The walk-in desk: a talk in the room is locked as it is kept, and leaves when there is a line.

import { hangInstalling, installed } from "../field/install";
import { sendAll, type Trouble } from "../field/outbox";
import { sealParcel } from "../field/parcel";
import { dropParcel, forgetAll, keepParcel, keepUnder, waiting } from "../field/store";
import { fetchSupplies, freshEnough, type Ration, takeRation } from "../field/supplies";
import { ask, fill, loadWords, say } from "../intake/answers";
import { fieldsIn } from "../intake/fields";
import { chooseReaders, makeCompartments, sealReport } from "../intake/report";
import { type Bytes, fromB64u } from "../vault/bytes";
import { drawCode, spellDigits, spellWords } from "../vault/codes";
import { enter, keysOf } from "../vault/reporter";
import { fallbackAt, selfTest } from "../vault/suite";

/** The paper of a talk, shown once. */
interface Paper {
  readonly ticket: string;
  readonly code: Bytes;
}

const DOOR = "door"; // an answer that tells nothing by itself
const NEEDED: { readonly [error: string]: string } = { NoSupplies: "supplies", ExpiredManifest: "old" };

function hangRoom(page: HTMLElement, form: HTMLFormElement): void {
  const { inst = "", supplies = "", action = "", pass = "", wordsUrl = "" } = form.dataset;
  const outbox = page.querySelector("[data-outbox]") as HTMLElement;
  const left = page.querySelector("[data-left]") as HTMLElement;
  const done = page.querySelector("[data-done]") as HTMLElement;
  const broom = page.querySelector("[data-wipe]") as HTMLButtonElement;
  const fields = fieldsIn(form);
  let busy = false;

  async function ration(): Promise<Ration> {
    return takeRation().catch(async (error) => {
      if (!(await fetchSupplies(supplies))) throw error;
      return takeRation();
    });
  }

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
  async function lock(): Promise<Paper> {
    const [words, answers] = [fields.told(), answersOf()];
    const { keys, box, ticket, r } = await ration();
    const readers = await chooseReaders(keys, inst, Boolean(answers.avoid_team));
    const code = drawCode();
    const entry = await enter(code, inst, ticket);
    const reporter = await keysOf(entry, fromB64u(r));
    const made = await makeCompartments(inst, ticket);
    const report = await sealReport(ticket, entry, reporter, readers, made, words, "staff");
    const told = { v: 1, kind: "walkin", ticket, r, answers, sealed: JSON.stringify(report) } as const;
    await keepParcel(await sealParcel(told, fromB64u(box), inst));
    return { ticket, code };
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

  function show({ ticket, code }: Paper): void {
    fill(done, "[data-ticket]", ticket);
    fill(done, "[data-digits]", spellDigits(code));
    loadWords(wordsUrl)
      .then((list) => spellWords(code, list))
      .then((text) => fill(done, "[data-words]", text))
      .catch(() => {}); // the digits are shown; the words are a second spelling
    done.hidden = false;
    form.hidden = true;
    done.focus();
  }

  function close(): void {
    fill(done, "[data-ticket],[data-digits],[data-words]", "");
    done.hidden = true;
    form.hidden = false;
    scrollTo(0, 0);
  }

  async function submit(): Promise<void> {
    if (isEmpty()) return say(form, "empty");
    say(form, "sealing");
    try {
      const paper = await lock();
      form.reset();
      say(form, "");
      show(paper);
      await flush();
      say(done, (await waiting()).length ? "kept" : "sent");
    } catch (error) {
      say(form, NEEDED[(error as Error).message] ?? "broken");
    }
  }

  async function stock(): Promise<void> {
    if (!(await freshEnough())) await fetchSupplies(supplies);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    await submit();
    busy = false;
  });
  for (const button of page.querySelectorAll<HTMLElement>("[data-turn]"))
    button.addEventListener("click", () => {
      const turned = page.toggleAttribute("data-turned");
      button.setAttribute("aria-pressed", `${turned}`);
    });
  (done.querySelector("[data-close]") as Element).addEventListener("click", close);
  (done.querySelector("[data-print]") as Element).addEventListener("click", () => print());
  (outbox.querySelector("[data-send]") as Element).addEventListener("click", flush);
  addEventListener("online", () => flush().then(stock, () => {}));
  addEventListener("beforeunload", (event) => {
    if (!isEmpty()) event.preventDefault(); // the browser asks whether to leave what was told
  });
  addEventListener("pagehide", () => {
    form.reset();
    close();
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
