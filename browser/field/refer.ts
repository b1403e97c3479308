// Three taps: how grave, where, send. Sealed, locked into the outbox, sent as soon as there is a line.

import { fill, say } from "../intake/answers";
import type { Told } from "../intake/report";
import { fromB64u } from "../vault/bytes";
import { fallbackAt, selfTest } from "../vault/suite";
import { hangCard, signWith } from "./card";
import { hangLocking, lockReport, type Paper } from "./locking";
import { sendAll } from "./outbox";
import { sealParcel } from "./parcel";
import { keepParcel, waiting } from "./store";
import type { Ration } from "./supplies";

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

export function hangReferring(place: HTMLElement, form: HTMLFormElement): Referring {
  const { inst = "", action = "" } = form.dataset;
  const outbox = place.querySelector<HTMLElement>("[data-outbox]") as HTMLElement;
  const done = place.querySelector<HTMLElement>("[data-done]") as HTMLElement;
  const card = hangCard(form.querySelector("[data-card]") as HTMLDetailsElement);

  function told(): Told[] {
    const fields = Array.from(form.querySelectorAll<Field>("[data-what]"));
    const written = fields.filter((field) => field.value.trim());
    return written.map((field) => ({ what: field.dataset.what as string, text: field.value }));
  }

  /** Seals what the form says and puts it into the outbox. */
  async function lock(ration: () => Promise<Ration>): Promise<Paper> {
    const answers = new FormData(form);
    const words = told();
    const hand = card.hand();
    const taken = await ration();
    const { ticket, r } = taken;
    const { code, reporter, report } = await lockReport(inst, taken, words);
    const level = String(answers.get("level"));
    const area = String(answers.get("area") ?? "");
    const reach = words.some(({ what }) => what === "intake.report.contact_how");
    const signed = hand ? await signWith(hand, inst, ticket, reporter.signKey) : { number: "", sig: "" };
    const sealed = JSON.stringify(report);
    const parcel = { v: 1, ticket, r, level, area, reach, sealed, ...signed } as const;
    return { number: await keepParcel(await sealParcel(parcel, fromB64u(taken.box), inst)), ticket, code };
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

  const page = {
    needed: NEEDED,
    isEmpty: () => false, // the browser itself asks how grave it is
    lock,
    flush,
    shown: () => card.clear(),
    closed: () => {},
  };
  const stock = hangLocking(form, done, page);
  (outbox.querySelector("[data-send]") as Element).addEventListener("click", flush);
  fallbackAt(form.dataset.ed25519);
  selfTest().then(
    () => {
      form.hidden = false;
      (place.querySelector("[data-plain]") as HTMLElement).hidden = true;
      return flush();
    },
    () => {}, // the link to the report form stays
  );
  return { stock };
}
