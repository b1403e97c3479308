// Calling back: how it is safe stands first, the number only behind it.

const CLOSED = /^(none|ticket)$/;

function writtenIn(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLInputElement>(`[data-what="intake.report.${name}"]`)?.value.trim() ?? "";
}

/** Shows the plan of an opened draft; the number appears when somebody says that they have read it. */
export function hangPlan(form: HTMLFormElement): void {
  const plan = form.querySelector<HTMLElement>("[data-plan]");
  const button = plan?.querySelector<HTMLButtonElement>("[data-plan-show]");
  if (!plan || !button) return;
  const chosen = form.querySelector<HTMLInputElement>("input[name=contact_via]:checked");
  const told: { [part: string]: string } = {
    via: chosen?.closest("label")?.textContent?.trim() ?? "",
    when: writtenIn(form, "contact_when"),
    words: writtenIn(form, "contact_words"),
    name: writtenIn(form, "name"),
  };
  for (const place of plan.querySelectorAll<HTMLElement>("[data-plan-part]"))
    place.textContent = told[place.dataset.planPart as string] || "–";
  const state = !chosen ? "unasked" : CLOSED.test(chosen.value) ? "closed" : "open";
  for (const one of plan.querySelectorAll<HTMLElement>("[data-plan-say]"))
    one.hidden = one.dataset.planSay !== state;
  const number = writtenIn(form, "contact_how");
  const field = form.querySelector<HTMLElement>("[data-number]");
  const open = () => field?.removeAttribute("hidden");
  if (!number) open();
  button.hidden = state !== "open" || !number;
  button.addEventListener("click", () => {
    button.hidden = true;
    const place = plan.querySelector("[data-plan-number]");
    if (place) place.textContent = number;
    open();
    form.querySelector<HTMLElement>("[data-start]")?.focus(); // the next thing to press
  });
  form.addEventListener("change", (event) => {
    if ((event.target as HTMLInputElement).name === "contact_via") open(); // she is here, and says otherwise
  });
}
