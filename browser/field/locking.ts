// A form that is locked on this device before it leaves: what the field page and the walk-in desk share.

import { fill, say } from "../intake/answers";
import { chooseReaders, makeCompartments, type SealedReport, sealReport, type Told } from "../intake/report";
import { type Bytes, fromB64u } from "../vault/bytes";
import { drawCode, spellDigits } from "../vault/codes";
import { enter, keysOf, type Reporter } from "../vault/reporter";
import { waiting } from "./store";
import { fetchSupplies, freshEnough, type Ration, takeRation } from "./supplies";

/** What is shown once of a report that was locked, and its number in the outbox. */
export interface Paper {
  readonly number: IDBValidKey;
  readonly ticket: string;
  readonly code: Bytes;
}

/** A report sealed from a ration, with the code and the keys that were drawn for it. */
export interface Locked {
  readonly code: Bytes;
  readonly reporter: Reporter;
  readonly report: SealedReport;
}

/** What differs between the pages. */
export interface Page {
  /** What is said by which error of locking; any other is "broken". */
  readonly needed: { readonly [error: string]: string };
  /** Whether there is nothing to lock. */
  isEmpty(): boolean;
  /** Reads the form, then asks for a ration; puts the parcel into the outbox. */
  lock(ration: () => Promise<Ration>): Promise<Paper>;
  flush(): Promise<void>;
  /** After the paper is shown, and after it is put away. */
  shown(paper: Paper): void;
  closed(): void;
}

/** Seals what was told with the keys and the ticket of a ration. */
export async function lockReport(
  inst: string,
  { keys, ticket, r }: Ration,
  words: readonly Told[],
  avoidTeam = false,
  origin?: "staff",
): Promise<Locked> {
  const readers = await chooseReaders(keys, inst, avoidTeam);
  const code = drawCode();
  const entry = await enter(code, inst, ticket);
  const reporter = await keysOf(entry, fromB64u(r));
  const made = await makeCompartments(inst, ticket);
  return { code, reporter, report: await sealReport(ticket, entry, reporter, readers, made, words, origin) };
}

/** Locks on "submit", shows the paper in `done`; answers what fetches supplies for days without signal. */
export function hangLocking(form: HTMLFormElement, done: HTMLElement, page: Page): () => Promise<void> {
  const { supplies = "" } = form.dataset;
  let busy = false;

  async function ration(): Promise<Ration> {
    return takeRation().catch(async (error) => {
      if (!(await fetchSupplies(supplies))) throw error;
      return takeRation();
    });
  }

  function show(paper: Paper): void {
    fill(done, "[data-ticket]", paper.ticket);
    fill(done, "[data-digits]", spellDigits(paper.code));
    page.shown(paper);
    say(done, "kept");
    done.hidden = false;
    form.hidden = true;
    done.focus();
  }

  function close(): void {
    fill(done, "[data-ticket],[data-digits],[data-words]", "");
    done.hidden = true;
    form.hidden = false;
    page.closed();
  }

  async function submit(): Promise<void> {
    if (page.isEmpty()) return say(form, "empty");
    say(form, "sealing");
    try {
      const paper = await page.lock(ration);
      form.reset();
      say(form, "");
      show(paper);
      await page.flush();
      if ((await waiting()).indexOf(paper.number) < 0) say(done, "sent");
    } catch (error) {
      say(form, page.needed[(error as Error).message] ?? "broken");
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
  (done.querySelector("[data-close]") as Element).addEventListener("click", close);
  addEventListener("online", () => page.flush().then(stock, () => {}));
  addEventListener("pagehide", () => {
    form.reset();
    close();
  });
  return stock;
}
