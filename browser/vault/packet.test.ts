import assert from "node:assert/strict";
import { test } from "node:test";
import { fromUtf8 } from "./bytes";
import { lineOf, markedText, nameOf } from "./packet";

test("a name leads nowhere else and hides nothing, whatever the phone called the file", () => {
  assert.equal(nameOf(1, "foto luka.jpg"), "01-foto luka.jpg");
  assert.equal(nameOf(2, "../../etc/passwd"), "02-_.._etc_passwd");
  assert.equal(nameOf(3, "laporan\u202egpj.exe"), "03-laporan_gpj.exe");
  assert.equal(nameOf(12, "a\u0000b\nc:d"), "12-a_b_c_d");
  assert.equal(nameOf(4, ""), "04-isi");
  assert.equal(nameOf(120, "x".repeat(200)), `120-${"x".repeat(80)}`);
});

test("a line of the list tells the file, its hash, who sealed it and when", () => {
  const line = lineOf({ name: "01-a.txt", sha: "ab" }, ["Contoh Melati", "2026-11-24", "KSS-0000-0001"]);
  assert.deepEqual(line.split("\n    "), [
    "01-a.txt",
    "SHA-256 ab",
    "Contoh Melati",
    "2026-11-24",
    "KSS-0000-0001",
  ]);
});

test("the hash of a short text in a packet is not the hash of its words", () => {
  const [one, again] = [markedText("Contoh", "Angka acak:"), markedText("Contoh", "Angka acak:")];
  assert.ok(/^Contoh\n\nAngka acak: [0-9a-f]{32}\n$/.test(fromUtf8(one)));
  assert.ok(fromUtf8(one) !== fromUtf8(again));
});
