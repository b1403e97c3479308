// Bytes and their spellings: base64url without padding, UTF-8, hexadecimal.

export type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes of a text in UTF-8. */
export function utf8(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text));
}

/** Text of UTF-8 bytes; throws on bytes that are no text. */
export function fromUtf8(bytes: Bytes): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** All parts one after another. */
export function join(...parts: Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Base64url without padding. */
export function b64u(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i++) binary += String.fromCharCode(bytes[i] as number);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Bytes of a base64url text; throws on any other sign. */
export function fromB64u(text: string): Bytes {
  if (!/^[\w-]*$/.test(text)) throw new Error("NotBase64url");
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Bytes in hex. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `0${byte.toString(16)}`.slice(-2)).join("");
}

/** The first eight digits of bytes in hex. */
export function hex8(bytes: Uint8Array): string {
  return hex(bytes.subarray(0, 4));
}

/** Bytes of compact JSON: the keys in the order they were given. */
export function jsonBytes(value: unknown): Bytes {
  return utf8(JSON.stringify(value));
}

/** The value in JSON bytes; the caller checks its shape. */
export function fromJson<T>(bytes: Bytes): T {
  return JSON.parse(fromUtf8(bytes)) as T;
}
