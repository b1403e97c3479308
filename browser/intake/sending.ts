// Files on their way, one after the other, each with its row: name, progress, and another try.

import { copyOf, fill } from "./answers";
import { type Destination, makeUpload } from "./upload";

/** Sends the files and shows how far each has come. */
export async function sendFiles(files: readonly File[], to: Destination, list: Element): Promise<void> {
  for (const file of files) await sendFile(file, to, list);
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

async function sendFile(file: File, to: Destination, list: Element): Promise<void> {
  const row = copyOf("berkas");
  fill(row, "[data-name]", file.name);
  const bar = row.querySelector("progress") as HTMLProgressElement;
  const state = row.querySelector<HTMLElement>("[data-state]") as HTMLElement;
  const retry = row.querySelector<HTMLButtonElement>("[data-retry]") as HTMLButtonElement;
  list.appendChild(row);
  const upload = await makeUpload(file, to);
  const go = async () => {
    retry.hidden = true;
    state.textContent = state.dataset.sending || "";
    const outcome = await upload
      .go((share) => {
        bar.value = share * (bar.max || 1);
      })
      .then((done) => (done ? "done" : "failed"))
      .catch((error) => (error.message === "Full" ? "full" : "failed"));
    state.textContent = state.dataset[outcome] || "";
    retry.hidden = outcome === "done";
  };
  retry.addEventListener("click", go);
  await go();
}
