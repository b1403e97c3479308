// The number or address she wrote, taken from what is open on the page into the form that hands it on.

import { isTouched } from "./fill";
import type { Padlock } from "./padlock";

const PHONE = /(?:\+|\b)(?:62|0)[\s().-]*8[\d\s().-]{6,16}\d/;
const EMAIL = /[^\s@<>,;]+@[^\s@<>,;]+\.[a-z0-9-]{2,}/i;
const WRITTEN = 'sealed-text[what="intake.report.contact_how"][data-state=open]';

/** The newest number or e-mail address among texts; empty where there is none. */
export function addressIn(texts: readonly string[], way: string): string {
  const like = way === "email" ? EMAIL : PHONE;
  const found = texts.map((text) => like.exec(text)?.[0] ?? "").filter(Boolean);
  return found[found.length - 1] ?? "";
}

/** A form is good only while the padlock is open; what it shows is covered with everything else. */
export function hangHandOver(form: HTMLFormElement, padlock: Padlock): void {
  const field = form.querySelector<HTMLInputElement>("[data-address]");
  const take = form.querySelector<HTMLButtonElement>("[data-take]");
  const send = form.querySelector<HTMLButtonElement>("[data-send]");
  const none = form.querySelector<HTMLElement>("[data-none]");
  if (!field || !take || !send) return;
  let opened = false;
  let covered = ""; // what was typed by hand, while the padlock is closed

  function follow(): void {
    const open = padlock.crew() !== undefined;
    if (open && covered && field) {
      field.value = field.value || covered;
      covered = "";
    } else if (opened && !open && field?.value) {
      covered = isTouched(field) ? field.value : "";
      field.value = "";
    }
    opened = opened || open;
    if (take) take.hidden = !open;
    if (send) send.disabled = !open;
  }

  take.addEventListener("click", () => {
    const texts = Array.from(document.querySelectorAll(WRITTEN), (one) => one.textContent ?? "");
    const address = addressIn(texts, form.dataset.handOver ?? "");
    if (none) none.hidden = address !== "";
    if (address) field.value = address;
    field.focus();
  });
  for (const event of ["vault:open", "vault:locked"]) document.addEventListener(event, follow);
  follow();
}
