import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, toCreate, toGet } from "./credential";

const bytes = (...numbers: number[]) => new Uint8Array(numbers).buffer;
const key = { id: "-_8", type: "public-key" } as const;

test("what the server asks for becomes bytes, and nothing else changes", () => {
  const asked = {
    publicKey: {
      challenge: "AQI",
      rp: { id: "localhost", name: "Teduh" },
      user: { id: "Mw", name: "a@contoh.invalid", displayName: "Contoh" },
      pubKeyCredParams: [{ type: "public-key" as const, alg: -7 }],
      excludeCredentials: [key],
    },
  };
  const told = toCreate(asked);
  assert.deepEqual(new Uint8Array(told.challenge as ArrayBuffer), new Uint8Array([1, 2]));
  assert.deepEqual(new Uint8Array(told.user.id as ArrayBuffer), new Uint8Array([51]));
  assert.deepEqual(
    new Uint8Array(told.excludeCredentials?.[0]?.id as ArrayBuffer),
    new Uint8Array([251, 255]),
  );
  assert.equal(told.rp.id, "localhost");
});

test("a request without a list of keys asks for any", () => {
  const told = toGet({ publicKey: { challenge: "AQI", rpId: "localhost", allowCredentials: null } });
  assert.deepEqual(told.allowCredentials, []);
});

test("an answer is spelled without padding, and what a device left out stays out", () => {
  const made = {
    id: "-_8",
    type: "public-key",
    rawId: bytes(251, 255),
    response: {
      clientDataJSON: bytes(123, 125),
      authenticatorData: bytes(1),
      signature: bytes(2),
      userHandle: null,
    },
    getClientExtensionResults: () => ({}),
  };
  assert.deepEqual(JSON.parse(answered(made as unknown as PublicKeyCredential)), {
    id: "-_8",
    rawId: "-_8",
    type: "public-key",
    response: { clientDataJSON: "e30", authenticatorData: "AQ", signature: "Ag" },
    clientExtensionResults: {},
  });
});
