// What may leave the office as a file: nothing that tells where it was made.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readyToSend } from "./ready";

test("only what can be cleaned of where it was made is sent", async () => {
  const pdf = new File(["isi"], "alamat.pdf", { type: "application/pdf" });
  const ready = await readyToSend(pdf, 3);
  assert.deepEqual([ready.name, ready.type, ready.bytes.byteLength], ["alamat.pdf", "application/pdf", 3]);
  await assert.rejects(readyToSend(pdf, 2), /TooLarge/);
  const tell = ["foto.heic", "foto.webp", "rekaman.m4a", "rumah.svg", "FOTO.JPG"];
  for (const name of tell) await assert.rejects(readyToSend(new File(["isi"], name), 9), /Traces/);
  await assert.rejects(readyToSend(new File(["isi"], "x", { type: "video/mp4" }), 9), /Traces/);
});
