// Files on their way, one after the other, each with its row: name, progress, and another try.

import type { Unfinished } from "../vault/resuming";
import { copyOf, fill } from "./answers";
import { type Destination, makeUpload } from "./upload";

/** A file to send, and what has come of it already. */
export interface ToSend {
  readonly file: File;
  readonly begun?: Unfinished | undefined;
}

const PAUSES = [2, 4, 8, 16, 32, 60, 60, 60, 60, 60]; // seconds before each try by itself

/** Sends the files and shows how far each has come. */
export async function sendFiles(files: readonly ToSend[], to: Destination, list: Element): Promise<void> {
  for (const one of files) await sendFile(one, to, list);
}

/** Names the files that were too large to send beside those that were. */
export function tellTooLarge(files: readonly File[], list: Element): void {
  for (const file of files) {
    const row = copyOf("berkas");
    fill(row, "[data-name]", file.name);
    const state = row.querySelector<HTMLElement>("[data-state]");
    fill(row, "[data-state]", state?.dataset.large || "");
    row.querySelector("progress")?.remove();
    list.appendChild(row);
  }
}

/** Waits so many seconds, or until the phone has a network again or she taps. */
function pause(seconds: number, button: Element): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener("online", over);
      button.removeEventListener("click", over);
      resolve();
    };
    const timer = setTimeout(over, seconds * 1000);
    addEventListener("online", over);
    button.addEventListener("click", over);
  });
}

async function sendFile({ file, begun }: ToSend, to: Destination, list: Element): Promise<void> {
  const row = copyOf("berkas");
  fill(row, "[data-name]", file.name);
  const bar = row.querySelector("progress") as HTMLProgressElement;
  const state = row.querySelector<HTMLElement>("[data-state]") as HTMLElement;
  const retry = row.querySelector<HTMLButtonElement>("[data-retry]") as HTMLButtonElement;
  list.appendChild(row);
  const upload = makeUpload(file, to, begun);
  const tell = (what: string) => {
    state.textContent = state.dataset[what] || "";
    retry.hidden = what === "sending" || what === "done";
  };

  async function once(): Promise<string> {
    tell("sending");
    const moved = (share: number) => {
      bar.value = share * (bar.max || 1);
    };
    return upload.go(moved).then(
      (done) => (done ? "done" : "waiting"),
      (error) => (error.message === "Full" ? "full" : "failed"),
    );
  }

  async function go(): Promise<void> {
    let outcome = await once();
    for (const seconds of PAUSES) {
      if (outcome !== "waiting") break;
      tell("waiting");
      await pause(seconds, retry);
      outcome = await once();
    }
    tell(outcome === "waiting" ? "failed" : outcome);
    if (outcome !== "done") retry.addEventListener("click", go, { once: true });
  }
  await go();
}
