// The report form: takes over sending after a self-test, seals, sends, and shows ticket and code.

import { spellDigits, spellWords } from "../vault/codes";
import { fallbackAt } from "../vault/suite";
import { whenAble } from "./able";
import { copyOf, fill, loadWords, say } from "./answers";
import { fieldsIn } from "./fields";
import { makeSender, type Sealed } from "./sender";
import { sendFiles, tellTooLarge } from "./sending";

const RECORDER: string = "/s/rekam.js";

/** Where voices can be recorded and locked here, a button takes the place of the field for a file. */
function offerRecorder(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>("[data-voice]");
  const input = place?.querySelector("input");
  const label = place?.querySelector("label");
  const able = "MediaRecorder" in self && navigator.mediaDevices && "DataTransfer" in self;
  if (!place || !input || !label || !able) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = (label.textContent as string).trim();
  place.hidden = true;
  place.insertAdjacentElement("afterend", button);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { openRecorder } = (await import(RECORDER)) as typeof import("./recorder");
      await openRecorder(place, input);
      button.remove();
    } catch {
      button.disabled = false;
      say(form, "offline");
    }
  });
}

function start(form: HTMLFormElement): void {
  const page = form.dataset;
  const fields = fieldsIn(form);
  const sender = makeSender(form, fields, openAnswers, "browser");
  let sending = false;
  let byServer = false;
  let pressed: HTMLButtonElement | undefined; // SubmitEvent.submitter is missing before Chromium 81

  const ready = whenAble(form, () => {
    fields.hideNames();
    say(form, "ready");
  });

  function leaveToServer(): void {
    fields.showNames();
    byServer = true;
    form.submit();
  }

  /** The coded answers, with the button that was pressed. */
  function openAnswers(): FormData {
    const answers = new FormData(form);
    if (pressed?.name) answers.append(pressed.name, pressed.value);
    return answers;
  }

  async function finish(sent: Sealed, next: string): Promise<string> {
    const files = fields.files();
    const large = fields.tooLarge();
    const answer = copyOf("jawaban");
    fill(answer, "[data-ticket]", sent.ticket);
    fill(answer, "[data-digits]", spellDigits(sent.code));
    for (const place of Array.from(answer.querySelectorAll("[data-next]"))) {
      if (place instanceof HTMLAnchorElement) place.href = next;
      else place.textContent = next;
    }
    const list = answer.querySelector("[data-files]");
    const focus = answer.querySelector<HTMLElement>("[data-focus]");
    const wordPlaces = Array.from(answer.querySelectorAll("[data-words]"));
    const place = document.querySelector("[data-answer]") as HTMLElement;
    form.reset();
    place.textContent = "";
    place.appendChild(answer);
    sender.forget();
    forgetOnLeaving(place);
    scrollTo(0, 0);
    if (focus) focus.focus();
    loadWords(page.wordsUrl as string)
      .then((words) => spellWords(sent.code, words))
      .then((text) => {
        for (const one of wordPlaces) one.textContent = text;
      })
      .catch(() => {}); // the digits are shown; the words are a second spelling
    const { ticket, auth, day, reporter } = sent;
    const address = page.piecesUrl as string;
    const to = { address, ticket, auth, day, reporter, compartment: sent.files };
    if (list) tellTooLarge(large, list);
    const all = files.map((file) => ({ file }));
    if (list) await sendFiles(all, to, list);
    return "";
  }

  /** Ticket and code go with her; whoever comes back finds the page that asks for them. */
  function forgetOnLeaving(place: HTMLElement): void {
    const after = place.querySelector<HTMLAnchorElement>("[data-after]")?.href;
    addEventListener("pagehide", () => {
      place.textContent = "";
    });
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted && after) location.replace(after);
    });
  }

  async function submit(): Promise<void> {
    if (sending) return; // a double tap is one request
    sending = true;
    if (!(await ready)) leaveToServer();
    else {
      fields.clearErrors();
      const { outcome, sealed, next = "" } = await sender.send();
      say(form, sealed ? await finish(sealed, next) : outcome);
    }
    sending = false;
  }

  ready.then((can) => {
    if (can) offerRecorder(form);
  });
  fallbackAt(page.ed25519Url);
  form.addEventListener("submit", (event) => {
    if (byServer) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("button");
    if (button?.hasAttribute("data-by-server")) leaveToServer();
    else pressed = button || undefined;
  });
}

const form = document.querySelector<HTMLFormElement>("form[data-seal-report]");
if (form) start(form);
