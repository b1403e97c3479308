// The risk page and the short screen: score and band while answers are given, a person's own beside it.

import { assess, BANDS, type Band, type Instrument, type Result } from "../intake/scoring";

const KINDS: { readonly [band in Band]: string } = {
  extreme: "danger",
  high: "danger",
  medium: "warn",
  low: "calm",
};

function answersOf(form: HTMLFormElement): { [key: string]: string } {
  const chosen = form.querySelectorAll<HTMLInputElement>("input[data-part]:checked");
  return Object.fromEntries(Array.from(chosen, ({ dataset, value }) => [dataset.part ?? "", value]));
}

/** The words of a question, from the page. */
function textOf(form: HTMLFormElement, key: string): string {
  const field = form.querySelector(`[data-part="${CSS.escape(key)}"]`);
  return field?.closest("fieldset")?.querySelector("legend")?.textContent ?? key;
}

/** Computes anew with every answer; the band of a person follows until that person chooses one. */
function hangRisk(form: HTMLFormElement, instrument: Instrument): void {
  const place = (name: string) => form.querySelector<HTMLElement>(`[data-risk=${name}]`);
  const final = form.elements.namedItem("final") as HTMLSelectElement;
  let chosen = false;

  /** The short screen sends no score: what a form has no field for is left out. */
  function put(name: string, value: string): void {
    const field = form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null;
    if (field) field.value = value;
  }

  function say(name: string, text: string): void {
    const found = place(name);
    if (found && found.textContent !== text) found.textContent = text;
  }

  function labelOf(band: Band): string {
    return Array.from(final.options).find(({ value }) => value === band)?.text ?? band;
  }

  function showFloors({ floors }: Result): void {
    const lines = floors.map((key) => {
      const line = document.createElement("li");
      line.textContent = textOf(form, key);
      return line;
    });
    place("floors")?.replaceChildren(...lines);
    const dangers = place("dangers");
    if (dangers) dangers.hidden = !lines.length;
  }

  function show(): void {
    const result = assess(instrument, answersOf(form));
    put("score", `${result.score}`);
    put("computed", result.band);
    if (!chosen) final.value = result.band;
    say("score", `${result.score}`);
    say("band", labelOf(result.band));
    say("left", `${result.unanswered.length}`);
    const band = place("band");
    if (band) band.className = `badge ${KINDS[result.band]}`;
    showFloors(result);
    const lower = place("lower");
    if (lower) lower.hidden = BANDS.indexOf(final.value as Band) <= BANDS.indexOf(result.band);
    if (lower?.hidden) put("reason", "");
  }

  final.addEventListener("change", () => {
    chosen = true;
  });
  form.addEventListener("change", show);
  document.addEventListener("vault:filled", show);
  show();
}

const form = document.querySelector<HTMLFormElement>("form[data-risk-form]");
const told = document.getElementById("instrument")?.textContent;
if (form && told) hangRisk(form, JSON.parse(told) as Instrument);
