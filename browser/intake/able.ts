// Whether this browser can seal, tried once before a form's own sending is taken over.

import { selfTest } from "../vault/suite";
import { say } from "./answers";

/** Whether every primitive works; `takeOver` then prepares the form, else it says so. */
export function whenAble(form: Element, takeOver: () => void): Promise<boolean> {
  return selfTest().then(
    () => {
      takeOver();
      return true;
    },
    () => {
      say(form, "noseal");
      return false;
    },
  );
}
