// The counsellor's desk: list and columns are read again by themselves, and what is being written stays.

const BEAT = 5000; // milliseconds between two looks
const NEAR = 40; // pixels from the end that count as there

/** Reads one part of the page again; nothing changes where the server has nothing new. */
async function refresh(place: HTMLElement, names: Map<HTMLElement, string>): Promise<void> {
  const known = names.get(place);
  const answer = await fetch(place.dataset.refresh ?? "", {
    headers: known ? { "If-None-Match": known } : {},
    cache: "no-store",
  });
  if (answer.status !== 200 || answer.redirected) return;
  names.set(place, answer.headers.get("ETag") ?? "");
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  const opened = Array.from(place.querySelectorAll("details"), ({ open }) => open);
  for (const file of place.querySelectorAll("sealed-file")) {
    // One that somebody is looking at stays as it is.
    part.body.querySelector(`sealed-file[item="${file.getAttribute("item")}"]`)?.replaceWith(file);
  }
  place.replaceChildren(...Array.from(part.body.childNodes));
  place.querySelectorAll("details").forEach((one, i) => {
    one.open = opened[i] ?? false;
  });
  toTheEnd(place);
}

/** The newest words in sight, also while texts open, until somebody scrolls back. */
function toTheEnd(place: HTMLElement): void {
  const lines = place.querySelector<HTMLElement>("[data-lines]");
  if (!lines) return;
  const end = () => {
    lines.scrollTop = lines.scrollHeight;
  };
  let there = true;
  lines.addEventListener("scroll", () => {
    there = lines.scrollHeight - lines.scrollTop - lines.clientHeight < NEAR;
  });
  const growing = new ResizeObserver(() => {
    if (there) end();
  });
  for (const text of lines.querySelectorAll("sealed-text")) growing.observe(text);
  end();
}

/** A sentence to begin with goes where the cursor is, to be changed there. */
function put(button: HTMLElement): void {
  const field = button.closest(".talk")?.querySelector("textarea");
  if (!field) return;
  const before = field.value && !/\s$/.test(field.value) ? "\n" : "";
  field.setRangeText(
    `${before}${button.textContent?.trim() ?? ""}`,
    field.selectionStart,
    field.selectionEnd,
    "end",
  );
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

/** Takes one step without leaving the page; says what the server says where it does not go. */
async function take(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  const said = form.closest(".talk")?.querySelector<HTMLElement>("[data-said]");
  const body = new FormData(form, button);
  const headers = { Accept: "application/json" };
  const answer = await fetch(form.action, { method: "POST", headers, body });
  const { message = "" } = (await answer.json().catch(() => ({}))) as { message?: string };
  if (!said) return;
  said.hidden = answer.ok;
  said.textContent = message;
}

const desk = document.querySelector<HTMLElement>("[data-talks]");
if (desk) {
  const names = new Map<HTMLElement, string>();
  const places = Array.from(desk.querySelectorAll<HTMLElement>("[data-refresh]"));
  let busy = false;

  const look = async () => {
    if (busy) return;
    busy = true;
    for (const place of places) {
      // Somebody choosing in it is not disturbed.
      if (place.querySelector("select:focus")) continue;
      await refresh(place, names).catch(() => {}); // the next look tries again
    }
    busy = false;
  };

  desk.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest<HTMLElement>("[data-put]");
    if (button) put(button);
  });
  desk.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute("data-step")) return;
    event.preventDefault();
    take(form, event.submitter).then(look, () => form.submit());
  });
  document.addEventListener("vault:sent", () => look());
  setInterval(() => {
    if (!document.hidden) look();
  }, BEAT);
  for (const place of places) toTheEnd(place);
}
