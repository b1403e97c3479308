// Passkeys: a form whose answer this device makes; the server's question lies in the form as JSON.

import { say } from "../intake/answers";
import { type Asked, answered, toCreate, toGet } from "./credential";

// Names of the errors that WebAuthn tells apart, and what the page says to them.
const SAID: Record<string, string> = {
  InvalidStateError: "known",
  NotSupportedError: "unable",
  SecurityError: "address",
};

function able(): boolean {
  return isSecureContext && typeof PublicKeyCredential === "function";
}

async function make(form: HTMLFormElement): Promise<string> {
  const asked = JSON.parse(form.querySelector("[type='application/json']")?.textContent ?? "{}") as Asked;
  const made =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: toCreate(asked) })
      : await navigator.credentials.get({ publicKey: toGet(asked) });
  return answered(made as PublicKeyCredential);
}

function hang(form: HTMLFormElement): void {
  let busy = false;

  async function send(): Promise<void> {
    say(form, "waiting");
    const field = form.querySelector<HTMLInputElement>("[name=credential]");
    if (field) field.value = await make(form);
    form.submit();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    await send().catch((error: unknown) => {
      say(form, (error instanceof DOMException && SAID[error.name]) || "cancelled");
      busy = false;
    });
  });
  say(form, "");
  for (const button of form.querySelectorAll("button")) button.hidden = false;
}

if (able()) for (const form of document.querySelectorAll<HTMLFormElement>("[data-passkey]")) hang(form);
