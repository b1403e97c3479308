// Groups of inputs that are sealed as one item: what they hold, and putting it back.

/** What a group holds: a text by part, or the chosen texts where several may be chosen. */
export type Parts = { readonly [part: string]: string | readonly string[] };

export type Field = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement;

export const FIELDS = "textarea, input, select";
const CHOICE = /^(radio|checkbox)$/;

/** The controls of a group, by part. */
export function controlsOf(group: ParentNode): Map<string, Field[]> {
  const found = new Map<string, Field[]>();
  for (const field of group.querySelectorAll<Field>("[data-part]")) {
    const part = field.dataset.part ?? "";
    found.set(part, [...(found.get(part) ?? []), field]);
  }
  return found;
}

function textOf(field: Field): string {
  if (CHOICE.test(field.type) && !(field as HTMLInputElement).checked) return "";
  return field.value.trim();
}

/** What was entered for one part; several texts where there are several boxes or lines for it. */
function entered(fields: readonly Field[]): string | string[] {
  const texts = fields.map(textOf).filter(Boolean);
  const [first] = fields;
  return first?.type === "checkbox" || (first?.type !== "radio" && fields.length > 1)
    ? texts
    : (texts[0] ?? "");
}

/** What a group holds as compact JSON, parts left empty left out; nothing when all are. */
export function readGroup(group: ParentNode): string {
  const parts: { [part: string]: string | string[] } = {};
  for (const [part, fields] of controlsOf(group)) {
    const told = entered(fields);
    if (told.length) parts[part] = told;
  }
  return Object.keys(parts).length ? JSON.stringify(parts) : "";
}

/** The parts of an opened item; throws when it is no group. */
export function parseParts(text: string): Parts {
  const parts = JSON.parse(text) as Parts;
  if (typeof parts !== "object" || Array.isArray(parts)) throw new Error("NoGroup");
  const right = Object.values(parts).every(
    (one) => typeof one === "string" || (Array.isArray(one) && one.every((t) => typeof t === "string")),
  );
  if (!right) throw new Error("NoGroup");
  return parts;
}

/** A part as it is read: codes by their labels, several joined by commas. */
export function saidOf(told: string | readonly string[] | undefined, labels: string | undefined): string {
  const names: { [code: string]: string } = labels ? JSON.parse(labels) : {};
  const texts = typeof told === "string" ? [told] : (told ?? []);
  return texts.map((text) => names[text] ?? text).join(", ");
}

/** Puts what a part holds into its controls; an empty list empties them. */
export function putPart(fields: readonly Field[], told: string | readonly string[]): void {
  const texts = typeof told === "string" ? [told] : told;
  fields.forEach((field, i) => {
    if (CHOICE.test(field.type)) (field as HTMLInputElement).checked = texts.indexOf(field.value) >= 0;
    else field.value = texts[i] ?? "";
  });
}

let groups = 0;

/** Buttons of one part exclude each other; belonging to no form, they are sent with none. */
export function joinRadios(group: ParentNode): void {
  groups += 1;
  for (const radio of group.querySelectorAll<HTMLInputElement>("input[type=radio][data-part]")) {
    radio.setAttribute("form", "sealed-nowhere");
    radio.name = `sealed-${groups}-${radio.dataset.part}`;
  }
}
