// An old browser: no Ed25519 of its own, the plain script is loaded instead.

import assert from "node:assert/strict";
import { test } from "node:test";
import { b64u, utf8 } from "./bytes";
import * as plain from "./ed25519";
import { makeCompartment, open, seal } from "./envelope";
import { fallbackAt, random, selfTest, sha256, sign, signPublicOf, verify } from "./suite";

const native = crypto.subtle.importKey.bind(crypto.subtle);
let loaded = 0;

/** Takes Ed25519 away, as browsers before 2025 had it. */
function forgetEd25519(): void {
  const refuse = (...given: Parameters<typeof native>) =>
    JSON.stringify(given[2]).includes("Ed25519")
      ? Promise.reject(new DOMException("Unrecognized name", "NotSupportedError"))
      : native(...given);
  Object.defineProperty(crypto.subtle, "importKey", { value: refuse });
  Object.defineProperty(globalThis, "plainEd25519", {
    get() {
      loaded += 1;
      return plain;
    },
  });
  fallbackAt("data:text/javascript,export const {publicOf,sign,verify}=globalThis.plainEd25519");
}

async function nativeSignature(seed: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>) {
  const before = Uint8Array.from(atob("MC4CAQAwBQYDK2VwBCIEIA=="), (one) => one.charCodeAt(0));
  const pkcs8 = new Uint8Array([...before, ...seed]);
  const key = await native("pkcs8", pkcs8, { name: "Ed25519" }, true, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign({ name: "Ed25519" }, key, message));
}

test("without native signatures the plain script signs the same bytes, loaded once", async () => {
  forgetEd25519();
  await selfTest();
  const seed = random(32);
  const hash = await sha256(utf8("sebuah pesan"));
  const message = new Uint8Array([...utf8("teduh/v1/sig\0"), ...hash]);
  const signature = await sign(seed, "teduh/v1/sig", hash);
  assert.equal(b64u(signature), b64u(await nativeSignature(seed, message)));
  await verify(await signPublicOf(seed), signature, "teduh/v1/sig", hash);
  await assert.rejects(
    verify(await signPublicOf(random(32)), signature, "teduh/v1/sig", hash),
    /BadSignature/,
  );
  assert.equal(loaded, 1);
});

test("without native signatures an item is sealed, opened and its changes refused", async () => {
  const seed = random(32);
  const compartment = await makeCompartment({ inst: "kota", subject: "TDH-AAAA-BBBB", comp: "chat" });
  const what = "chat.message.text";
  const words = { what, seq: 1, orig: "browser", day: "2026-11-24", pad: "chat-1k", seen: "" } as const;
  const envelope = await seal(compartment, words, utf8("halo"), { kid: "pelapor.1", seed });
  const key = await signPublicOf(seed);
  assert.deepEqual(await open(compartment, envelope, { what }, key), utf8("halo"));
  const forged = { ...envelope, sig: b64u(random(64)) };
  await assert.rejects(open(compartment, forged, { what }, key), /BadSignature/);
});
