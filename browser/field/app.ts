// The field page: refer in three taps, install by a tap, wipe by a tap.

import { hangInstalling, installed } from "./install";
import { hangReferring } from "./refer";
import { forgetAll } from "./store";

const page = document.querySelector<HTMLElement>("[data-field]");
const form = page?.querySelector<HTMLFormElement>("[data-refer]");
if (page && form) {
  const { stock } = hangReferring(page, form);
  hangInstalling(page, stock, forgetAll);
  installed(page).then((is) => (is ? stock() : undefined));
}
