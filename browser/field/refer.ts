// Three taps: how grave, where, send. Sealed, locked into the outbox, sent as soon as there is a line.

import { fill, say } from "../intake/answers";
import { chooseReaders, makeCompartments, sealReport, type Told } from "../intake/report";
import { type Bytes, fromB64u } from "../vault/bytes";
import { drawCode, spellDigits } from "../vault/codes";
import { enter, keysOf } from "../vault/reporter";
import { fallbackAt, selfTest } from "../vault/suite";
import { hangCard, signWith } from "./card";
import { sendAll } from "./outbox";
import { sealParcel } from "./parcel";
import { keepParcel, waiting } from "./store";
import { fetchSupplies, freshEnough, type Ration, takeRation } from "./supplies";

/** The paper of a referral, shown once, and its number in the outbox. */
interface Paper {
  readonly number: IDBValidKey;
  readonly ticket: string;
  readonly code: Bytes;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

export interface Referring {
  /** Fetches what is needed to seal without signal. */
  stock(): Promise<void>;
}

const NEEDED: { readonly [error: string]: string } = {
  NoSupplies: "supplies",
  ExpiredManifest: "old",
  HalfACard: "card",
};

export function hangReferring(page: HTMLElement, form: HTMLFormElement): Referring {
  const { inst = "", supplies = "", action = "" } = form.dataset;
  const outbox = page.querySelector<HTMLElement>("[data-outbox]") as HTMLElement;
  const done = page.querySelector<HTMLElement>("[data-done]") as HTMLElement;
  const card = hangCard(form.querySelector("[data-card]") as HTMLDetailsElement);
  let busy = false;

  async function ration(): Promise<Ration> {
    return takeRation().catch(async (error) => {
      if (!(await fetchSupplies(supplies))) throw error;
      return takeRation();
    });
  }

  function told(): Told[] {
    const fields = Array.from(form.querySelectorAll<Field>("[data-what]"));
    const written = fields.filter((field) => field.value.trim());
    return written.map((field) => ({ what: field.dataset.what as string, text: field.value }));
  }

  /** Seals what the form says and puts it into the outbox. */
  async function lock(): Promise<Paper> {
    const answers = new FormData(form);
    const words = told();
    const hand = card.hand();
    const { keys, box, ticket, r } = await ration();
    const readers = await chooseReaders(keys, inst, false);
    const code = drawCode();
    const entry = await enter(code, inst, ticket);
    const reporter = await keysOf(entry, fromB64u(r));
    const made = await makeCompartments(inst, ticket);
    const sealed = JSON.stringify(await sealReport(ticket, entry, reporter, readers, made, words));
    const level = String(answers.get("level"));
    const area = String(answers.get("area") ?? "");
    const reach = words.some(({ what }) => what === "intake.report.contact_how");
    const signed = hand ? await signWith(hand, inst, ticket, reporter.signKey) : { number: "", sig: "" };
    const parcel = { v: 1, ticket, r, level, area, reach, sealed, ...signed } as const;
    const number = await keepParcel(await sealParcel(parcel, fromB64u(box), inst));
    return { number, ticket, code };
  }

  async function count(refused: boolean): Promise<void> {
    const left = (await waiting()).length;
    outbox.hidden = !left;
    fill(outbox, "[data-waiting]", `${left}`);
    say(outbox, refused ? "refused" : "");
  }

  async function flush(): Promise<void> {
    await count(false);
    await count((await sendAll(action)) !== "");
  }

  function show({ ticket, code }: Paper): void {
    fill(done, "[data-ticket]", ticket);
    fill(done, "[data-digits]", spellDigits(code));
    say(done, "kept");
    done.hidden = false;
    form.hidden = true;
    done.focus();
  }

  function close(): void {
    fill(done, "[data-ticket],[data-digits]", "");
    done.hidden = true;
    form.hidden = false;
  }

  async function submit(): Promise<void> {
    say(form, "sealing");
    try {
      const paper = await lock();
      form.reset();
      card.clear();
      say(form, "");
      show(paper);
      await flush();
      if ((await waiting()).indexOf(paper.number) < 0) say(done, "sent");
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
  (done.querySelector("[data-close]") as Element).addEventListener("click", close);
  (outbox.querySelector("[data-send]") as Element).addEventListener("click", flush);
  addEventListener("online", () => flush().then(stock, () => {}));
  addEventListener("pagehide", () => {
    form.reset();
    close();
  });
  fallbackAt(form.dataset.ed25519);
  selfTest().then(
    () => {
      form.hidden = false;
      (page.querySelector("[data-plain]") as HTMLElement).hidden = true;
      return flush();
    },
    () => {}, // the link to the report form stays
  );
  return { stock };
}
