// The secret code and its two spellings: 20 digits, or six words.

import { type Bytes, join } from "./bytes";
import { random, sha256 } from "./suite";

// Damm's quasigroup of order 10 (H. M. Damm, 2004): finds every single slip and every swap of neighbours.
const DAMM = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
];
const WORD_BITS = 11n;
const WORDS = 6;
const CHECK_BITS = 3n;

function damm(digits: string): number {
  let row = 0;
  for (const digit of digits) row = Number((DAMM[row] as string)[Number(digit)]);
  return row;
}

function toNumber(code: Bytes): bigint {
  return new DataView(code.buffer, code.byteOffset).getBigUint64(0);
}

function toBytes(number: bigint): Bytes {
  const code = new Uint8Array(8);
  new DataView(code.buffer).setBigUint64(0, number);
  return code;
}

/** A fresh code: 63 random bits as 8 bytes, most significant first. */
export function drawCode(): Bytes {
  const code = random(8);
  code[0] = (code[0] as number) & 127;
  return code;
}

/** Five groups of four digits; the last digit is the check. */
export function spellDigits(code: Bytes): string {
  const digits = `000000000000000000${toNumber(code)}`.slice(-19);
  return (digits + damm(digits)).replace(/(....)(?=.)/g, "$1 ");
}

async function checkBits(code: Bytes): Promise<bigint> {
  return BigInt((await sha256(join(code)))[0] as number) >> (8n - CHECK_BITS);
}

/** Six words of the list. */
export async function spellWords(code: Bytes, list: readonly string[]): Promise<string> {
  let rest = (toNumber(code) << CHECK_BITS) | (await checkBits(code));
  const words: string[] = [];
  for (let i = 0; i < WORDS; i++) {
    words.unshift(list[Number(rest & 2047n)] as string);
    rest >>= WORD_BITS;
  }
  return words.join(" ");
}

/** Whether the text is meant as digits: then no word list is needed. */
export function looksLikeDigits(text: string): boolean {
  return /^[\d\s.-]+$/.test(text);
}

/** The code of 20 digits, however they are grouped; throws WrongSpelling. */
export function readDigits(text: string): Bytes {
  const digits = text.replace(/\D/g, "");
  const number = digits.length === 20 && damm(digits) === 0 ? BigInt(digits.slice(0, 19)) : -1n;
  if (number < 0n || number >> 63n) throw new Error("WrongSpelling");
  return toBytes(number);
}

/** The code of six words; the first four letters of each are enough. Throws WrongSpelling. */
export async function readWords(text: string, list: readonly string[]): Promise<Bytes> {
  const typed = text.toLowerCase().match(/[a-z]+/g) || [];
  let number = 0n;
  for (const word of typed) {
    const exact = list.indexOf(word);
    const place = exact >= 0 ? exact : list.findIndex((known) => sameStart(known, word));
    if (place < 0) throw new Error("WrongSpelling");
    number = (number << WORD_BITS) | BigInt(place);
  }
  const code = toBytes(number >> CHECK_BITS);
  const check = number & ((1n << CHECK_BITS) - 1n);
  if (typed.length !== WORDS || check !== (await checkBits(code))) throw new Error("WrongSpelling");
  return code;
}

function sameStart(known: string, typed: string): boolean {
  return typed.length >= 4 && known.slice(0, 4) === typed.slice(0, 4);
}

/** The ticket as it is written: TDH-XXXX-XXXX, or "" when it is none. */
export function readTicket(text: string): string {
  const plain = text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/^TDH/, "");
  const symbols = plain.replace(/[IL]/g, "1").replace(/O/g, "0");
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(symbols) ? `TDH-${symbols.slice(0, 4)}-${symbols.slice(4)}` : "";
}
