// What few pages carry, fetched by import() where it stands: packets, transfers, old keys, lost codes, grants.

import { hangChecks, hangGranting, hangRenewal, hangShared } from "./grantpage";
import { hangLinking } from "./linkmaking";
import { hangOwnWords } from "./ownpage";
import { hangPacket } from "./packet";
import type { Padlock } from "./padlock";
import { hangArriving, hangSlicing } from "./peerpage";
import { hangReissue } from "./reissuing";
import { hangJob } from "./rewrappage";

export { readyToSend } from "../chat/ready";
export { renew } from "./grantpage";

const HANGS = {
  "form[data-packet]": hangPacket,
  "form[data-slice]": hangSlicing,
  "form[data-arrive]": hangArriving,
  "form[data-job]": hangJob,
  "form[data-grant]": hangGranting,
  "form[data-link]": hangLinking,
  "form[data-reissue]": hangReissue,
  "form[data-own-words]": hangOwnWords,
};

/** Hangs each of these forms that the page carries. */
export function hangRare(padlock: Padlock): void {
  for (const [which, hang] of Object.entries(HANGS))
    for (const form of document.querySelectorAll<HTMLFormElement>(which)) hang(form, padlock);
  hangChecks(padlock);
  hangRenewal(padlock);
  hangShared(padlock);
}
