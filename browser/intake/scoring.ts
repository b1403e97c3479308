// Score and band of a risk instrument: the same as src/teduh/intake/scoring.py, by shared examples.

/** The highest first (code list 4.14). */
export const BANDS = ["extreme", "high", "medium", "low"] as const;
export type Band = (typeof BANDS)[number];

export interface Question {
  readonly key: string;
  readonly weight: number;
  /** The band below which a yes leaves nobody, empty where there is none. */
  readonly floor: string;
}

/** An instrument as a page hands it over; the words stand in the page itself. */
export interface Instrument {
  readonly name: string;
  readonly version: string;
  readonly bands: { readonly [band: string]: number };
  readonly together: { readonly [band: string]: number };
  readonly unanswered: string;
  readonly questions: readonly Question[];
}

/** What the answers come to; `floors`: questions whose yes forbids a lower band. */
export interface Result {
  readonly score: number;
  readonly band: Band;
  readonly floors: readonly string[];
  readonly unanswered: readonly string[];
}

function rank(band: string): number {
  const found = BANDS.indexOf(band as Band);
  return found < 0 ? BANDS.length - 1 : found;
}

/** The highest of these bands; low where there is none. */
export function highest(bands: readonly string[]): Band {
  const ranks = bands.map(rank);
  return BANDS[Math.min(BANDS.length - 1, ...ranks)] ?? "low";
}

/** The bands of a table whose number is reached. */
function reached(table: Instrument["bands"], number: number): string[] {
  return Object.keys(table).filter((band) => number >= (table[band] ?? Number.POSITIVE_INFINITY));
}

/** What not knowing allows no fall below: at most what a yes alone would have made of it. */
function leftOpen({ bands, unanswered }: Instrument, { floor, weight }: Question): string {
  const alone = highest([floor, ...reached(bands, weight)]);
  return rank(alone) > rank(unanswered) ? alone : unanswered;
}

/** Score, band, floors. One more yes never lowers anything, nor does not answering. */
export function assess(
  instrument: Instrument,
  answers: { readonly [key: string]: string | undefined },
): Result {
  const { questions, bands, together } = instrument;
  const yes = questions.filter(({ key }) => answers[key] === "yes");
  const left = questions.filter(({ key }) => answers[key] !== "yes" && answers[key] !== "no");
  const floors = yes.filter(({ floor }) => floor);
  const score = yes.reduce((sum, { weight }) => sum + weight, 0);
  const band = highest([
    ...reached(bands, score),
    ...floors.map(({ floor }) => floor),
    ...reached(together, floors.length),
    ...left.map((one) => leftOpen(instrument, one)),
  ]);
  return { score, band, floors: floors.map(({ key }) => key), unanswered: left.map(({ key }) => key) };
}
