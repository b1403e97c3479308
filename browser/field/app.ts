// The field page: installed by tap, wiped by tap.

import { hangInstalling } from "./install";

const page = document.querySelector<HTMLElement>("[data-field]");
const nothing = async () => {};
if (page) hangInstalling(page, nothing, nothing);
