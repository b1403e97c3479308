import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "./bytes";
import { crc32, zip } from "./zip";

test("the checksum is the one of the format", () => {
  assert.equal(crc32(utf8("123456789")), 0xcbf43926);
  assert.equal(crc32(new Uint8Array(0)), 0);
});

test("every file stands in it as it is, and again in its directory", () => {
  const files = [
    { name: "01-catatan.txt", bytes: utf8("Contoh catatan") },
    { name: "02-é.bin", bytes: new Uint8Array([0, 255, 80, 75]) },
  ];
  const bytes = zip(files);
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 22;
  assert.equal(view.getUint32(end, true), 0x06054b50);
  assert.equal(view.getUint16(end + 10, true), 2);
  let at = view.getUint32(end + 16, true);
  for (const file of files) {
    assert.equal(view.getUint32(at, true), 0x02014b50);
    const [size, named] = [view.getUint32(at + 24, true), view.getUint16(at + 28, true)];
    const place = view.getUint32(at + 42, true);
    assert.deepEqual(bytes.slice(at + 46, at + 46 + named), utf8(file.name));
    assert.equal(view.getUint32(place, true), 0x04034b50);
    const begin = place + 30 + view.getUint16(place + 26, true);
    assert.deepEqual(bytes.slice(begin, begin + size), file.bytes);
    assert.equal(view.getUint32(at + 16, true), crc32(file.bytes));
    at += 46 + named;
  }
  assert.equal(at, end);
});

test("the same files make the same packet", () => {
  const files = [{ name: "a", bytes: utf8("b") }];
  assert.deepEqual(zip(files), zip(files));
});
