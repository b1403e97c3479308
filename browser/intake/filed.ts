// Pages on which a report is filed for somebody: every form that asks for it.

import { hangFiling } from "./filing";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-file-report]")) hangFiling(form);
