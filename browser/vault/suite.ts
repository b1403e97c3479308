// The one suite, and the only file that calls a primitive: X-Wing HPKE, HKDF, PBKDF2, AES-GCM, Ed25519.

import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { argon2id } from "hash-wasm";
import { type Bytes, b64u, fromB64u, join, utf8 } from "./bytes";

/** An X-Wing key pair made of a 32-byte seed. */
export interface Box {
  readonly pair: CryptoKeyPair;
  readonly key: Bytes;
}

/** Signatures where the browser has none of its own; the module in ed25519.ts. */
export interface SignatureModule {
  publicOf(seed: Bytes): Promise<Uint8Array>;
  sign(message: Bytes, seed: Bytes): Promise<Uint8Array>;
  verify(signature: Bytes, message: Bytes, key: Bytes): Promise<boolean>;
}

const WRAP_ENC = 1120; // bytes: ML-KEM-768 ciphertext 1088 and X25519 share 32
const PKCS8_ED25519 = fromB64u("MC4CAQAwBQYDK2VwBCIEIA"); // RFC 8410: the 16 bytes before a seed
const NATIVE = { name: "Ed25519" };

// Marked as pure, so that a bundle which opens no box does not carry the library.
const kem = /* @__PURE__ */ new XWing();
const hpke = /* @__PURE__ */ new CipherSuite({
  kem,
  kdf: /* @__PURE__ */ new HkdfSha256(),
  aead: /* @__PURE__ */ new Aes256Gcm(),
});
let fallbackAddress = "/s/ed25519.js";
let signatures: Promise<SignatureModule> | undefined;

/** Random bytes of the platform. */
export function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** HKDF-SHA256 to 32 bytes. */
export async function hkdf(ikm: Bytes, salt: Bytes, info: Bytes | string): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", ikm, "HKDF", false, ["deriveBits"]);
  const label = typeof info === "string" ? utf8(info) : info;
  const how = { name: "HKDF", hash: "SHA-256", salt, info: label };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

/** PBKDF2-HMAC-SHA256 to 32 bytes. */
export async function pbkdf2(password: Bytes, salt: Bytes, iterations: number): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

/** Argon2id of a sealing phrase to 32 bytes; only the office's Worker carries it. */
export async function stretchPhrase(phrase: string, salt: Bytes): Promise<Bytes> {
  const size = { memorySize: 65536, iterations: 3, parallelism: 1, hashLength: 32 }; // KiB, passes
  const hash = await argon2id({ password: phrase, salt, ...size, outputType: "binary" });
  return new Uint8Array(hash);
}

function gcm(key: Bytes, use: KeyUsage): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, [use]);
}

/** AES-256-GCM; the 16-byte tag is at the end. */
export async function encrypt(key: Bytes, iv: Bytes, plain: Bytes, aad: Bytes): Promise<Bytes> {
  const how = { name: "AES-GCM", iv, additionalData: aad };
  return new Uint8Array(await crypto.subtle.encrypt(how, await gcm(key, "encrypt"), plain));
}

/** Undoes encrypt; throws when a bit of anything differs. */
export async function decrypt(key: Bytes, iv: Bytes, sealed: Bytes, aad: Bytes): Promise<Bytes> {
  const how = { name: "AES-GCM", iv, additionalData: aad };
  return new Uint8Array(await crypto.subtle.decrypt(how, await gcm(key, "decrypt"), sealed));
}

/** The key pair of a seed. The library keeps and clears the array it gets, hence the copy. */
export async function boxOf(seed: Bytes): Promise<Box> {
  const pair = await kem.generateKeyPairDerand(seed.slice());
  return { pair, key: new Uint8Array(await kem.serializePublicKey(pair.publicKey)) };
}

/** HPKE base mode to a raw public key: enc and ciphertext in one. */
export async function boxSeal(key: Bytes, info: Bytes, plain: Bytes): Promise<Bytes> {
  const recipientPublicKey = await kem.deserializePublicKey(key);
  const sealed = await hpke.seal({ recipientPublicKey, info }, plain);
  return join(new Uint8Array(sealed.enc), new Uint8Array(sealed.ct));
}

/** Undoes boxSeal. */
export async function boxOpen(box: Box, info: Bytes, sealed: Bytes): Promise<Bytes> {
  const enc = sealed.slice(0, WRAP_ENC);
  const params = { recipientKey: box.pair, enc, info };
  return new Uint8Array(await hpke.open(params, sealed.slice(WRAP_ENC)));
}

/** Tells where the fallback for Ed25519 lies; it is loaded only where needed. */
export function fallbackAt(address: string | undefined): void {
  if (address) fallbackAddress = address;
}

function nativeKey(seed: Bytes): Promise<CryptoKey> {
  const pkcs8 = join(PKCS8_ED25519, seed);
  return crypto.subtle.importKey("pkcs8", pkcs8, NATIVE, true, ["sign"]);
}

const native: SignatureModule = {
  async publicOf(seed) {
    const jwk = await crypto.subtle.exportKey("jwk", await nativeKey(seed));
    return fromB64u(jwk.x as string);
  },
  async sign(message, seed) {
    return new Uint8Array(await crypto.subtle.sign(NATIVE, await nativeKey(seed), message));
  },
  async verify(signature, message, key) {
    const known = await crypto.subtle.importKey("raw", key, NATIVE, false, ["verify"]);
    return crypto.subtle.verify(NATIVE, known, signature, message);
  },
};

function signer(): Promise<SignatureModule> {
  if (!signatures) {
    signatures = native.publicOf(new Uint8Array(32)).then(
      () => native,
      () => import(fallbackAddress) as Promise<SignatureModule>,
    );
    signatures.catch(() => {
      signatures = undefined; // the next call may have a network again
    });
  }
  return signatures;
}

/** The Ed25519 public key of a seed. */
export async function signPublicOf(seed: Bytes): Promise<Bytes> {
  return new Uint8Array(await (await signer()).publicOf(seed));
}

/** Ed25519 over label, zero byte and the hashes given. */
export async function sign(seed: Bytes, label: string, ...hashes: Bytes[]): Promise<Bytes> {
  const message = join(utf8(`${label}\0`), ...hashes);
  return new Uint8Array(await (await signer()).sign(message, seed));
}

/** Throws BadSignature unless the signature is this key's over exactly these hashes. */
export async function verify(key: Bytes, signature: Bytes, label: string, ...hashes: Bytes[]): Promise<void> {
  const message = join(utf8(`${label}\0`), ...hashes);
  const good = await (await signer()).verify(signature, message, key).catch(() => false);
  if (!good) throw new Error("BadSignature");
}

/** Tries every primitive once with random keys; throws when this browser cannot seal. */
export async function selfTest(): Promise<void> {
  const seed = random(32);
  const info = utf8("teduh/v1/coba");
  const box = await boxOf(seed);
  const opened = await boxOpen(box, info, await boxSeal(box.key, info, seed));
  const key = await hkdf(opened, info, await sha256(info));
  const iv = new Uint8Array(12);
  const back = await decrypt(key, iv, await encrypt(key, iv, await pbkdf2(seed, info, 1), info), info);
  await verify(await signPublicOf(seed), await sign(seed, "coba", back), "coba", back);
  if (b64u(opened) !== b64u(seed)) throw new Error("SelfTestFailed");
}
