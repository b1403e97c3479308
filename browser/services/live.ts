// A page that follows a visit: its stations are asked for again and again while somebody looks.

const POLL = 10_000; // milliseconds

/** Puts what the server says now in the place of what was shown; the focus stays on its button. */
function put(place: HTMLElement, text: string): void {
  const focused = document.activeElement;
  const value = place.contains(focused) ? focused?.getAttribute("value") : null;
  const part = new DOMParser().parseFromString(text, "text/html");
  place.replaceChildren(...Array.from(part.body.childNodes));
  if (!value) return;
  const buttons = Array.from(place.querySelectorAll("button"));
  const number = value.split(" ")[0];
  const same = buttons.find((one) => one.value === value);
  (same ?? buttons.find((one) => one.value.split(" ")[0] === number))?.focus();
}

function follow(place: HTMLElement): void {
  const lost = document.querySelector<HTMLElement>("[data-live-lost]");
  let shown = "";

  async function ask(): Promise<void> {
    const answer = await fetch(place.dataset.live ?? "", { cache: "no-store" });
    const good = answer.ok && !answer.redirected;
    if (lost) lost.hidden = good;
    if (!good) return;
    const text = (await answer.text()).trim();
    if (text === shown) return;
    shown = text;
    put(place, text);
  }

  function now(): void {
    if (document.visibilityState !== "visible") return;
    ask().catch(() => {
      if (lost) lost.hidden = false;
    });
  }

  setInterval(now, POLL);
  document.addEventListener("visibilitychange", now);
}

for (const place of document.querySelectorAll<HTMLElement>("[data-live]")) follow(place);

export {};
