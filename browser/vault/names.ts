// Names as Indonesia writes them: one person, many spellings.

/** One way somebody is called: own words, and the father's after bin or binti. */
export interface Called {
  readonly own: readonly Word[];
  readonly father: readonly Word[];
}

/** A word as it was written, and as it sounds in every spelling. */
export interface Word {
  readonly said: string;
  readonly key: string;
}

/**
 * How two names are one: the same words; the same in another spelling; one letter apart; one shorter
 * than the other or with initials; a single name that is a part of the other.
 */
export type Likeness = "same" | "spelling" | "near" | "short" | "part";

/** A likeness, with the words that stand on either side where they differ. */
export interface Alike {
  readonly kind: Likeness;
  readonly here: string;
  readonly there: string;
}

// Said before a name and no part of it; "h" and "hj" are pilgrims.
const HONORIFICS = new Set(
  (
    "bapak bpk pak ibu bu bunda ny nyonya nn nona tn tuan sdr sdri saudara saudari dr drs dra drg prof ir " +
    "h hj haji hajah hajjah kh kiai kyai ustad ustaz ustadz ustadzah mbak mas kak kakak bang abang dik adik " +
    "dek om tante encik cik nek nenek kakek alm almh"
  ).split(" "),
);
// Titles after a name, whether a comma stands before them or not.
const TITLES =
  /[,\s]+(?:[SM]\. ?(?:Pd|Ag|Sos|Kom|Si|IP|Keb|Kep|Psi|Farm|Hum|Kes|Kn|[HETPM])|A\. ?Md|Ph\. ?D)\b\.?(?: ?[A-Z][a-z]*\.)*/g;
const BARE_TITLES = new Set(
  "sh se st spd sag ssos skom ssi sip skm skep skeb spsi mm mh msi mpd amd".split(" "),
);
const FATHER = new Set(["bin", "binti", "binte", "bt", "bte"]);
const OTHERWISE = /,|\/|\(|\)|\balias\b|\bals\b|\bdipanggil\b|\bpanggilan\b/i;
const ABBREVIATED: { readonly [word: string]: string } = { st: "siti", abd: "abdul", mhd: "muhamad" };
const MUHAMMAD = /^muh(?:d|am(?:[ae]d?)?)?$/; // Moh., Muh., Mohd., Mochamad, Muhammed …

/** From what is written to what is heard, in this order; both sides of a comparison go through it. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/oe|oo/g, "u"], // Soekarno, Noor
  [/([^aiueo])y$/, "$1i"], // Dewy, Rizky
  [/tj/g, "c"], // Tjahja
  [/dj|j/g, "y"], // Djaja, Jusuf; so Jaya and Yaya sound alike too
  [/sy|sh|[xz]h|dz|z/g, "s"], // Syarif, Sjarif, Sharif; Dzaki, Zaki, Saki
  [/ch|kh/g, "h"], // Achmad, Akhmad, Ahmad
  [/([tdbg])h/g, "$1"], // Ridho, Martha
  [/ph|[fv]/g, "p"], // Novi, Nofi, Nopi
  [/ck|q/g, "k"], // Rizqi
  [/x/g, "ks"],
  [/ae/g, "ai"], // Zaenal, Zainal
  [/ie/g, "i"],
  [/(.)\1+/g, "$1"], // Annisa, Hassan
  [/^moh/, "muh"],
];
const LAST = /(.{2})h$/; // Aisyah, Aisya

const NEAR = 5; // letters; in a shorter word one other letter makes another name
const JOINED = 8; // letters of a name that may be written as one word or as two

/** A word as it sounds: the same for every spelling of it. */
export function keyOf(word: string): string {
  const heard = SOUNDS.reduce((text, [from, to]) => text.replace(from, to), word);
  if (MUHAMMAD.test(heard)) return "muhamad";
  return ABBREVIATED[word] ?? heard.replace(LAST, "$1");
}

/** The words of a text in small letters without accents; "Nu'man" is one word. */
export function plainWords(text: string): string[] {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f'’‘`]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

// Borne by so many that alone they say nothing about who it is.
const COMMON = new Set(
  "muhamad m siti nur sri ahmad abdul dewi dwi tri eka putri putra ni i wayan made nyoman ketut kadek putu ayu"
    .split(" ")
    .map(keyOf),
);

/** The words without what is said before a name; a word that stands alone is the name. */
export function withoutHonorifics(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !HONORIFICS.has(word));
  return first < 0 ? words.slice(-1) : words.slice(first);
}

/** Whether a word says that the father's name follows. */
export function isFather(word: string): boolean {
  return FATHER.has(word);
}

function wordsOf(words: readonly string[]): Word[] {
  return words.map((said) => ({ said, key: keyOf(said) }));
}

function called(text: string): Called {
  const words = withoutHonorifics(plainWords(text));
  const at = words.findIndex((word, i) => i > 0 && isFather(word));
  if (at < 0) return { own: wordsOf(words), father: [] };
  return { own: wordsOf(words.slice(0, at)), father: wordsOf(withoutHonorifics(words.slice(at + 1))) };
}

/** Every way somebody is called: "Contoh Mia, S.Pd. (Mimi)" is called in two. */
export function namesOf(text: string): Called[] {
  const all = text
    .replace(TITLES, " ")
    .split(OTHERWISE)
    .filter((part) => !plainWords(part).every((word) => BARE_TITLES.has(word)));
  return all.map(called).filter(({ own }) => own.length);
}

/** Whether one letter more, less, or other is all that is between two words. */
export function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return Math.max(a.length, b.length) - start - end <= 1;
}

type Fit = "key" | "near" | "initial" | undefined;

function fitOf(a: string, b: string): Fit {
  if (a === b) return "key";
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? "initial" : undefined;
  return isTypo(a, b) ? "near" : undefined;
}

/** Whether one word is another mistyped: long enough, begun alike, one letter apart. */
export function isTypo(a: string, b: string): boolean {
  return a[0] === b[0] && a.length >= NEAR && b.length >= NEAR && isNear(a, b);
}

/** Each word of the shorter name with its own word of the longer one; nothing where one has none. */
function pairs(few: readonly Word[], many: readonly Word[]): [Word, Word, Fit][] | undefined {
  if (!few.every((one) => many.some(({ key }) => fitOf(one.key, key)))) return undefined;
  const left = [...many];
  const found: [Word, Word, Fit][] = [];
  for (const wanted of ["key", "near", "initial"] as const) {
    for (const one of few) {
      if (found.some(([taken]) => taken === one)) continue;
      const at = left.findIndex(({ key }) => fitOf(one.key, key) === wanted);
      if (at >= 0) found.push([one, left.splice(at, 1)[0] as Word, wanted]);
    }
  }
  return found.length === few.length ? found : undefined;
}

const textOf = (words: readonly Word[]) => words.map(({ said }) => said).join(" ");
const joined = (words: readonly Word[]) => words.map(({ key }) => key).join("");
const common = ({ key }: Word) => key.length === 1 || COMMON.has(key);

/** How two lists of words are one name. */
function alikeWords(a: readonly Word[], b: readonly Word[]): Alike | undefined {
  const said = { here: textOf(a), there: textOf(b) };
  if (said.here === said.there) return { kind: "same", ...said };
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  const found = pairs(few, many);
  if (!found) {
    if (few.length === many.length) return undefined;
    const [whole, other] = [joined(few), joined(many)];
    return Math.min(whole.length, other.length) >= JOINED && isNear(whole, other)
      ? { kind: "near", ...said }
      : undefined;
  }
  if (few.length < many.length && few.length === 1) return { kind: "part", ...said };
  if (!found.some(([one, , fit]) => fit !== "initial" && !common(one)) && few.length < many.length)
    return { kind: "part", ...said };
  if (found.some(([, , fit]) => fit === "initial") || few.length < many.length)
    return { kind: "short", ...said };
  return { kind: found.some(([, , fit]) => fit === "near") ? "near" : "spelling", ...said };
}

/** Two fathers make two people, unless they too are alike. */
function alikeCalled(a: Called, b: Called): Alike | undefined {
  if (a.father.length && b.father.length && !alikeWords(a.father, b.father)) return undefined;
  return alikeWords(a.own, b.own);
}

const ORDER: readonly Likeness[] = ["same", "spelling", "near", "short", "part"];

/** The strongest way in which two people may be called alike. */
export function alike(a: readonly Called[], b: readonly Called[]): Alike | undefined {
  let best: Alike | undefined;
  for (const here of a)
    for (const there of b) {
      const found = alikeCalled(here, there);
      if (found && (!best || ORDER.indexOf(found.kind) < ORDER.indexOf(best.kind))) best = found;
    }
  return best;
}

/** Whether a name is one that so many bear that alone it says nothing. */
export function isCommon({ own }: Called): boolean {
  return own.every(common);
}
