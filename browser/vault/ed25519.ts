// Ed25519 in plain script, loaded only by browsers that have none of their own.

import { getPublicKeyAsync, signAsync, verifyAsync } from "@noble/ed25519";

export const publicOf = getPublicKeyAsync;
export const sign = signAsync;

/** The strict rule of RFC 8032, as native implementations have it. */
export function verify(signature: Uint8Array, message: Uint8Array, key: Uint8Array): Promise<boolean> {
  return verifyAsync(signature, message, key, { zip215: false });
}
