// A voice instead of the written story: recorded in this page only, and handed to the form as a file.
// Fetched when she taps for it. Nothing is recorded before a second tap, nothing is kept when she leaves.

import { say } from "./answers";

const QUALITY = 24000; // bits a second: a voice is well understood, ten minutes are 1.8 MB
const LOOKS = 250; // milliseconds between two looks at the clock

/** What a browser calls a microphone that is not there, or not for us. */
const REFUSALS: { readonly [name: string]: string } = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
};

function spoken(seconds: number): string {
  return `${Math.floor(seconds / 60)}.${`0${Math.floor(seconds % 60)}`.slice(-2)}`;
}

/** Browsers write the name of their recorder into the file, and nothing of her. */
function fileOf(parts: BlobPart[], type: string): File {
  const kind = /mp4/.test(type) ? "mp4" : /ogg/.test(type) ? "ogg" : "webm";
  return new File(parts, `suara.${kind}`, { type });
}

/** Puts the recorder where the file field stood; `input` takes what was recorded. */
export async function openRecorder(place: HTMLElement, input: HTMLInputElement): Promise<void> {
  const answer = await fetch(place.dataset.voice as string, {
    credentials: "same-origin",
    cache: "no-store",
  });
  if (!answer.ok) throw new Error("NotReached");
  const html = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = document.importNode(html.querySelector("[data-recorder]") as HTMLElement, true);
  place.insertAdjacentElement("afterend", part);
  hang(part, input);
}

function hang(part: HTMLElement, input: HTMLInputElement): void {
  const form = input.form as HTMLFormElement;
  const find = <E extends HTMLElement>(name: string) => part.querySelector(name) as E;
  const [begin, stop, time] = [find("[data-start]"), find("[data-stop]"), find("[data-time]")];
  const sound = find<HTMLAudioElement>("audio");
  const most = Number(part.dataset.minutes) * 60;
  let over: ((keep: boolean) => void) | undefined; // ends what is being recorded
  let turn = 0; // leaving ends one: a permission given afterwards starts nothing

  function draw(recording: boolean): void {
    const made = !recording && Boolean(input.files?.length);
    begin.hidden = recording || made; // a new one only after this one was deleted on purpose
    stop.hidden = !recording;
    for (const one of Array.from(part.querySelectorAll<HTMLElement>("[data-made]"))) one.hidden = !made;
    for (const button of Array.from(form.elements)) {
      if (button instanceof HTMLButtonElement && button.type === "submit") button.disabled = recording;
    }
  }

  function forget(): void {
    turn++;
    over?.(false);
    URL.revokeObjectURL(sound.src);
    sound.removeAttribute("src");
    sound.load();
    input.value = "";
    time.textContent = "";
    draw(false);
  }

  function keep(file: File): void {
    const held = new DataTransfer();
    held.items.add(file);
    input.files = held.files;
    sound.src = URL.createObjectURL(file);
  }

  function record(stream: MediaStream): void {
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: QUALITY });
    const parts: Blob[] = [];
    const since = Date.now();
    const look = setInterval(() => {
      const seconds = (Date.now() - since) / 1000;
      time.textContent = `${spoken(seconds)} / ${spoken(most)}`;
      if (seconds >= most) end(true, "full");
    }, LOOKS);

    function end(wanted: boolean, said = "made"): void {
      over = undefined;
      clearInterval(look);
      recorder.onstop = () => {
        if (!wanted) return;
        keep(fileOf(parts, recorder.mimeType));
        draw(false);
        say(part, said);
        sound.focus();
      };
      if (recorder.state !== "inactive") recorder.stop();
      for (const track of stream.getTracks()) track.stop();
      if (!wanted) parts.length = 0;
    }

    recorder.ondataavailable = ({ data }) => parts.push(data);
    over = end;
    recorder.start();
    draw(true);
    say(part, "recording");
    stop.focus();
  }

  sound.style.width = "100%"; // a rule for it would weigh on every page

  begin.addEventListener("click", async () => {
    forget();
    say(part, "");
    const own = turn;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (own === turn) record(stream);
      else for (const track of stream.getTracks()) track.stop();
    } catch (error) {
      say(part, REFUSALS[(error as Error).name] || "broken");
    }
  });
  stop.addEventListener("click", () => over?.(true));
  find("[data-delete]").addEventListener("click", () => {
    forget();
    say(part, "deleted");
    begin.focus();
  });
  form.addEventListener("reset", forget); // the quick exit, and after sending
  addEventListener("pagehide", forget);
  begin.focus();
}
