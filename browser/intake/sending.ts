// Files on their way, one after the other, each with its row: name, progress, and another try.

import { copyOf, fill } from "./answers";
import { type Destination, makeUpload } from "./upload";

/** Sends the files and shows how far each has come. */
export async function sendFiles(files: readonly File[], to: Destination, list: Element): Promise<void> {
  for (const file of files) await sendFile(file, to, list);
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
