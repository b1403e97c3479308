// Photos and files in a conversation: sealed like those of a report, in a compartment that goes with
// her message; the pieces follow it.

import { fallbackAt } from "../vault/suite";
import { countDown, fill, say } from "./answers";
import { type Fields, fieldsIn } from "./fields";
import { openTicket, type Whose } from "./opened";
import { sealAddition } from "./report";
import { sendFiles } from "./sending";

/** Files ready to go with a message. */
export interface Attached {
  /** What the server keeps with the message; empty where every file was begun before. */
  readonly sealed: string;
  /** The line of the message that names them. */
  readonly words: string;
  /** Sends what is left of each, once the message is kept. */
  go(): Promise<void>;
}

/** The chosen files of one form. */
export interface Attaching {
  /** The files that may be sent; one that is too large is named in the form and stays behind. */
  files(): File[];
  /** Throws Said with the name of what went wrong. */
  attach(whose: Whose): Promise<Attached>;
  /** Lets go of what was chosen. */
  clear(): void;
}

/** Where the field comes from, where signatures of old browsers lie, and what shows it. */
export interface Source {
  readonly from: string;
  readonly ed25519: string | undefined;
  show(place: Element, html: string): void;
}

/** Hangs the field for files of a reply, which is fetched first. Throws where it cannot be. */
export async function hangFiles(
  reply: HTMLFormElement,
  place: HTMLElement,
  { from, ed25519, show }: Source,
): Promise<Attaching> {
  const answer = await fetch(from, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) throw new Error("offline");
  show(place, await answer.text());
  const { dataset } = place.querySelector("[data-files-of]") as HTMLElement;
  const list = place.querySelector("[data-files]") as HTMLElement;
  const chosen = place.querySelector("input") as HTMLInputElement;
  const fields: Fields = fieldsIn(reply);
  const files = () => fields.files();

  function clear(): void {
    chosen.value = "";
    reply.dispatchEvent(new Event("change")); // one that was too large is named no more
  }

  fallbackAt(ed25519);
  chosen.focus();
  // The names of files go with her.
  addEventListener("pagehide", () => {
    clear();
    fill(place, "[data-files]", "");
  });

  return {
    files,
    clear,
    async attach(whose) {
      const slow = (seconds: number) => {
        say(reply, "slow");
        return countDown(reply, seconds);
      };
      const opened = await openTicket(dataset.addUrl as string, whose, files(), slow);
      const fresh = opened.files.filter(({ begun }) => !begun);
      const made = fresh.length ? await sealAddition({ ...opened, files: true }, []) : undefined;
      const { ticket, auth, reporter, readers } = opened;
      const address = dataset.piecesUrl as string;
      const to = { address, ticket, auth, day: readers.day, reporter, compartment: made?.file };
      const names = fresh.map(({ file }) => file.name).join(", ");
      return {
        sealed: made ? JSON.stringify(made.addition) : "",
        words: names && `${dataset.said} ${names}`,
        go: () => sendFiles(opened.files, to, list),
      };
    },
  };
}
