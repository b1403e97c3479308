// The words of the secret code, in a file of their own: loaded when a code is drawn or typed as words.

import text from "../../src/teduh/vault/data/words.txt";

export default text.trim().split(/\s+/);
