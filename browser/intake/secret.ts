// The secret code somebody typed. Apart from answers.ts, which pages without sealing load too.

import type { Bytes } from "../vault/bytes";
import { looksLikeDigits, readDigits, readWords } from "../vault/codes";
import { loadWords } from "./answers";

/** The secret code in either spelling; throws WrongSpelling. */
export async function codeOf(text: string, wordsAddress: string): Promise<Bytes> {
  if (looksLikeDigits(text)) return readDigits(text);
  return readWords(text, await loadWords(wordsAddress));
}
