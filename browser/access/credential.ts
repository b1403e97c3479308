// WebAuthn in JSON: what the server asks for and what a device answers, with bytes as base64url.

import { b64u, fromB64u } from "../vault/bytes";

interface Named {
  readonly id: string;
  readonly type: "public-key";
  readonly transports?: AuthenticatorTransport[];
}

interface Creation
  extends Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> {
  readonly challenge: string;
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials?: readonly Named[] | null;
}

interface Request extends Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> {
  readonly challenge: string;
  readonly allowCredentials?: readonly Named[] | null;
}

/** What the server asks for; `publicKey` as in the standard. */
export interface Asked {
  readonly publicKey: Creation | Request;
}

/** The options of `navigator.credentials.create`. */
export function toCreate(asked: Asked): PublicKeyCredentialCreationOptions {
  const told = asked.publicKey as Creation;
  return {
    ...told,
    challenge: fromB64u(told.challenge),
    user: { ...told.user, id: fromB64u(told.user.id) },
    excludeCredentials: named(told.excludeCredentials),
  };
}

/** The options of `navigator.credentials.get`. */
export function toGet(asked: Asked): PublicKeyCredentialRequestOptions {
  const told = asked.publicKey as Request;
  return { ...told, challenge: fromB64u(told.challenge), allowCredentials: named(told.allowCredentials) };
}

function named(list: readonly Named[] | null | undefined): PublicKeyCredentialDescriptor[] {
  return (list ?? []).map((one) => ({ ...one, id: fromB64u(one.id) }));
}

/** A device's answer as the server reads it. */
export function answered(made: PublicKeyCredential): string {
  const { id, type } = made;
  const told = made.response;
  const response: Record<string, string> = { clientDataJSON: spelled(told.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const bytes = (told as unknown as Record<string, ArrayBuffer | null | undefined>)[part];
    if (bytes) response[part] = spelled(bytes);
  }
  const clientExtensionResults = made.getClientExtensionResults();
  return JSON.stringify({ id, rawId: spelled(made.rawId), type, response, clientExtensionResults });
}

function spelled(bytes: ArrayBuffer): string {
  return b64u(new Uint8Array(bytes));
}
