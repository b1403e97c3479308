// Writing back in a conversation: words, and files with them.

import { say } from "./answers";
import { askThread, failureOf, slowed, type Told } from "./asking";
import type { Attached, Attaching } from "./attaching";
import { type Asked, type Conversation, canReply, fieldsOf, sealReply } from "./conversation";

const ATTACHING: string = "/s/lampir.js";
const MOST_PAGES = 100; // asked for by itself before a reply; a server may not keep it asking for ever
const SAYS = /^(busy|offline)$/; // what a reply has words for, beside "broken"

/** The conversation that is written in. */
export interface Thread {
  asked(): Asked | undefined;
  talk(): Conversation | undefined;
  /** Where signatures of old browsers lie. */
  readonly ed25519: string | undefined;
  /** Shows what Django has written. */
  show(place: Element, html: string): void;
  /** Eight more of the older messages; the name of what went wrong, or an empty text. */
  readBack(): Promise<string>;
  readAgain(): Promise<void>;
  take(whose: Asked, told: Told): Promise<void>;
  alone(act: () => Promise<void>): Promise<void>;
}

/** A message sealed once, with its files; sent again unchanged when an answer was lost. */
interface Outgoing {
  readonly print: string;
  readonly sealed: readonly string[];
  readonly attached: Attached | undefined;
}

/** Hangs the form of a reply; `address`: where it goes. */
export function hangReply(reply: HTMLFormElement, address: string, thread: Thread): void {
  const field = reply.querySelector("textarea") as HTMLTextAreaElement;
  const place = reply.querySelector<HTMLElement>("[data-attaching]");
  let outgoing: Outgoing | undefined;
  let attaching: Promise<Attaching> | undefined;

  /** What files need is fetched once she wants to send one. */
  function loadFiles(place: HTMLElement, from: string): Promise<Attaching> {
    say(reply, "");
    const fetched = import(ATTACHING) as Promise<typeof import("./attaching")>;
    const hung = fetched.then(({ hangFiles }) => hangFiles(reply, place, { ...thread, from }));
    attaching = hung;
    hung.catch(() => {
      attaching = undefined; // the next tap tries again
    });
    return hung;
  }

  /** Seals a message; when nothing changed since one that was not answered, that one. */
  async function seal(whose: Asked, text: string, files: readonly File[]): Promise<Outgoing> {
    const print = JSON.stringify([whose.ticket, text, files.map(({ name, size }) => [name, size])]);
    if (outgoing && outgoing.print === print) return outgoing;
    const attached = files.length && attaching ? await (await attaching).attach(whose) : undefined;
    const words = [text.trim() && text, attached ? attached.words : ""].filter(Boolean).join("\n");
    for (let pages = 0, talk = thread.talk(); talk && !canReply(talk) && pages < MOST_PAGES; pages++) {
      const failure = await thread.readBack();
      if (failure) throw new Error(failure);
      talk = thread.talk();
    }
    const talk = thread.talk();
    if (!talk) throw new Error("Left");
    outgoing = { print, sealed: words ? await sealReply(talk, words) : [], attached };
    return outgoing;
  }

  async function send(text: string, files: readonly File[], triesLeft = 1): Promise<string> {
    const whose = thread.asked();
    if (!whose) return "broken";
    const made = await seal(whose, text, files);
    const { sealed, attached } = made;
    if (sealed.length) {
      const fields = fieldsOf(whose).concat(sealed.map((one): [string, string] => ["sealed", one]));
      if (attached?.sealed) fields.push(["attached", attached.sealed]);
      const told = await askThread(address, fields);
      if (await slowed(reply, told)) return send(text, files, triesLeft);
      if (told.status === 409 && triesLeft) {
        await thread.readAgain(); // written from another window meanwhile: the next number is taken
        outgoing = undefined;
        return send(text, files, triesLeft - 1);
      }
      if (told.status !== 200) return failureOf(told.status); // sent again, it is the same message
      await thread.take(whose, told);
    }
    outgoing = undefined;
    if (attached) attached.go(); // meanwhile she can go on writing
    return "sent";
  }

  async function submit(): Promise<void> {
    say(reply, "sealing");
    const files = attaching ? (await attaching).files() : [];
    const outcome = files.length || field.value.trim() ? await send(field.value, files) : "";
    if (outcome === "sent") {
      field.value = "";
      if (attaching) (await attaching).clear();
    }
    say(reply, outcome);
  }

  // Leaving the page forgets what was sealed on it.
  addEventListener("pagehide", () => {
    outgoing = undefined;
  });
  field.removeAttribute("name");
  reply.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!(field.value.trim() || attaching)) return;
    thread.alone(() =>
      submit().catch(({ message }: Error) => say(reply, SAYS.test(message) ? message : "broken")),
    );
  });
  place?.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest("button");
    const address = button?.dataset.url;
    if (address && !attaching) loadFiles(place, address).catch(() => say(reply, "offline"));
  });
}
