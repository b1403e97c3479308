// Draws what was measured over time: only while its parts are open, and nothing of it once they lock.

const TOP = 12; // of the picture, in its own units, as services/psych_days.py has them
const BOTTOM = 112;
const FIGURE = /^\d{1,4}$/;
const SVG = "http://www.w3.org/2000/svg";

/** The sum of the answers times the factor; nothing where one of them is no number. */
export function scoreOf(answers: readonly string[], factor: number): number | undefined {
  if (!answers.length || !answers.every((one) => FIGURE.test(one))) return undefined;
  return answers.reduce((sum, one) => sum + Number(one), 0) * factor;
}

/** Where a score lies in the picture. */
export function heightOf(score: number, most: number): number {
  return BOTTOM - Math.round((BOTTOM - TOP) * Math.min(Math.max(score / most, 0), 1));
}

/** Opened answers of one row, in their order; nothing while they are locked or cannot be opened. */
function answersOf(row: Element): string[] {
  const sealed = row.querySelector<HTMLElement>("sealed-parts");
  if (sealed?.dataset.state !== "open") return [];
  return Array.from(sealed.querySelectorAll("[data-part]"), (one) => one.textContent?.trim() ?? "");
}

function draw(trend: HTMLElement): void {
  const factor = Number(trend.dataset.factor);
  const most = Number(trend.dataset.most);
  const points: string[] = [];
  const dots: Element[] = [];
  for (const row of trend.querySelectorAll<HTMLElement>("[data-x]")) {
    const score = scoreOf(answersOf(row), factor);
    const place = row.querySelector("[data-score]");
    if (place) place.textContent = score === undefined ? "" : `${score}`;
    if (score === undefined) continue;
    const x = row.dataset.x ?? "";
    const y = `${heightOf(score, most)}`;
    points.push(`${x},${y}`);
    const dot = document.createElementNS(SVG, "circle");
    for (const [name, value] of Object.entries({ cx: x, cy: y, r: "4" })) dot.setAttribute(name, value);
    dots.push(dot);
  }
  trend.querySelector("polyline")?.setAttribute("points", points.join(" "));
  trend.querySelector("[data-dots]")?.replaceChildren(...dots);
}

if (typeof document !== "undefined") {
  for (const trend of document.querySelectorAll<HTMLElement>("[data-trend]")) {
    const watch = new MutationObserver(() => draw(trend));
    for (const sealed of trend.querySelectorAll("sealed-parts"))
      watch.observe(sealed, { attributes: true, attributeFilter: ["data-state"] });
    draw(trend);
  }
}
