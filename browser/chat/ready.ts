// A file for somebody outside: a photo is drawn anew, so that it does not tell where it was taken.

import { cleanedCopy, pixelsOf } from "../intake/cleaned";
import type { ToSend } from "../vault/reading";

const TELLING = /^(image|video|audio)\//; // camera, phone or recorder may have written where it was made
const NAMED =
  /\.(jpe?g|png|gif|webp|avif|hei[cf]|tiff?|bmp|svg|dng|mp4|mov|3gp|webm|m4a|mp3|ogg|opus|amr|wav)$/i;
const ENDING = /(\.\w*)?$/;

/** The file as it may leave; throws TooLarge, and Traces for what cannot be cleaned here. */
export async function readyToSend(file: File, most: number): Promise<ToSend> {
  if (file.size > most) throw new Error("TooLarge");
  const bytes = await file.arrayBuffer();
  const { name, type } = file;
  const whole = new Uint8Array(bytes);
  if (!TELLING.test(type) && !NAMED.test(name) && !pixelsOf(whole)) return { name, type, bytes };
  const copy = await cleanedCopy(file, whole);
  if (!copy) throw new Error("Traces");
  return { name: name.replace(ENDING, ".jpg"), type: copy.type, bytes: await copy.arrayBuffer() };
}
