// The size of a photo is read from its header, so that no phone draws one that is too large for it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanedCopy, pixelsOf } from "./cleaned";

const PNG = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82];

function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(32);
  bytes.set(PNG);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

/** A JPEG's beginning: what a camera wrote, a table, then the size. */
function jpeg(width: number, height: number, camera: number, mark = 0xc2): Uint8Array<ArrayBuffer> {
  const part = (kind: number, length: number) => [0xff, kind, length >> 8, length & 255];
  const told = [8, height >> 8, height & 255, width >> 8, width & 255, 3, 0, 0, 0];
  const before = [0xff, 0xd8, ...part(0xe1, camera), ...Array(camera - 2).fill(0xc0)];
  const table = [...part(0xc4, 6), 1, 2, 3, 4];
  return new Uint8Array([...before, ...table, ...part(mark, 11), ...told, 0, 0, 0]);
}

test("a photo tells its size itself, whatever its camera wrote before it", () => {
  assert.equal(pixelsOf(png(3000, 2000)), 6000000);
  for (const mark of [0xc0, 0xc2]) assert.equal(pixelsOf(jpeg(4000, 3000, 300, mark)), 12000000);
});

test("what is no photo, or ends before its size, tells none", () => {
  for (const cut of [3, 24, 60]) assert.equal(pixelsOf(jpeg(4000, 3000, 300).slice(0, cut)), 0);
  assert.equal(pixelsOf(new Uint8Array(1000)), 0);
  assert.equal(pixelsOf(new TextEncoder().encode("%PDF-1.7 contoh contoh contoh")), 0);
});

test("one that is too large for a phone is not drawn", async () => {
  const bytes = png(12000, 12000);
  assert.equal(await cleanedCopy(new Blob([bytes]), bytes), undefined);
});
