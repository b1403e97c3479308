// What an officer has entered in a form so far, as one text; and back into the form.

import { fromJson, fromUtf8, jsonBytes, utf8 } from "../vault/bytes";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What is kept of a call that goes on: its fields, and the ticket and code drawn for it. */
export interface Draft {
  readonly v: 1;
  readonly ticket: string;
  readonly r: string;
  /** The secret code, base64url: a report sent again after a crash is the one that is kept. */
  readonly code: string;
  readonly fields: { readonly [key: string]: string };
}

const CHOICE = /^(radio|checkbox)$/;
const SILENT = /^(hidden|file|button|submit)$/;

/** The name under which a field is kept: sealed ones have lost the name they are sent by. */
function keyOf(field: Field): string {
  return CHOICE.test(field.type) ? `${field.name}=${field.value}` : field.id || field.name;
}

function fieldsOf(form: HTMLFormElement): Field[] {
  const all = Array.from(form.querySelectorAll<Field>("input, textarea, select"));
  return all.filter(({ type }) => !SILENT.test(type));
}

/** What the fields hold, those left empty left out. */
export function entered(form: HTMLFormElement): { [key: string]: string } {
  const told: { [key: string]: string } = {};
  for (const field of fieldsOf(form)) {
    const chosen = !CHOICE.test(field.type) || (field as HTMLInputElement).checked;
    if (chosen && field.value.trim()) told[keyOf(field)] = field.value;
  }
  return told;
}

/** Puts what was kept back into the fields nobody has touched since. */
export function putBack(form: HTMLFormElement, told: { readonly [key: string]: string }): void {
  for (const field of fieldsOf(form)) {
    const kept = told[keyOf(field)];
    if (CHOICE.test(field.type)) (field as HTMLInputElement).checked = kept !== undefined;
    else if (kept !== undefined) field.value = kept;
  }
}

export function textOf(draft: Draft): string {
  return fromUtf8(jsonBytes(draft));
}

/** The draft in a text; throws when it is none. */
export function readDraft(text: string): Draft {
  const draft = fromJson<Draft>(utf8(text));
  if (draft.v !== 1 || !draft.ticket || typeof draft.fields !== "object") throw new Error("NoDraft");
  return draft;
}
