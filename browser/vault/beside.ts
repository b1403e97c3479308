// What somebody else saved meanwhile, beside what is being written here.

/** Shows it in the form's own place; the next sending has then seen it. */
export async function showBeside(form: HTMLFormElement, address: string, seen: string): Promise<void> {
  const place = form.querySelector("[data-beside]");
  const known = form.querySelector<HTMLInputElement>("input[name=seen]");
  const answer = await fetch(address, { cache: "no-store" });
  if (!place || !known || !answer.ok || answer.redirected) return;
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...Array.from(part.body.childNodes));
  known.value = seen;
}
