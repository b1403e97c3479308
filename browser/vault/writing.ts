// Whether a page holds what somebody has written, sealed or not: it is not left before it is sent.

import { isTouched } from "./fill";
import type { Field } from "./groups";

const CHOSEN = /^(radio|checkbox|select|file)/; // their choice is not their value
const APART = "[role=search], [data-unlock]"; // what is looked for, and the phrase

/** Whether somebody has written into one of these fields, emptied one, or chosen something. */
export function isWriting(fields: Iterable<Field>): boolean {
  return Array.from(fields).some((field) => {
    if (!isTouched(field) || field.closest(APART)) return false;
    const { defaultValue = "" } = field as { defaultValue?: string };
    return CHOSEN.test(field.type) || Boolean(field.value.trim() || defaultValue.trim());
  });
}
