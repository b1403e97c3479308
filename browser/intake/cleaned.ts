// A picture drawn anew: without what camera and phone wrote into it, such as where it was taken.

import type { Bytes } from "../vault/bytes";

const MOST = 50000000; // pixels; 200 MB while it is drawn
const LONGEST = 2048; // pixels; a page of writing stays readable
const QUALITY = 0.85;
const PNG = 0x89504e47;
const JPEG = 0xffd8;
const [FIRST, LAST] = [0xc0, 0xcf]; // marks of a JPEG that tell its size, but for these three
const OTHERS = [0xc4, 0xc8, 0xcc];

/** How many pixels a photo has by its own header, before anything is drawn; 0 for what is no photo. */
export function pixelsOf(bytes: Bytes): number {
  if (bytes.length < 24) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0) === PNG) return view.getUint32(16) * view.getUint32(20);
  if (view.getUint16(0) !== JPEG) return 0;
  for (let at = 2; at + 9 < bytes.length; at += 2 + view.getUint16(at + 2)) {
    const mark = bytes[at + 1] as number;
    const tells = mark >= FIRST && mark <= LAST && OTHERS.indexOf(mark) < 0;
    if (tells) return view.getUint16(at + 5) * view.getUint16(at + 7);
  }
  return 0;
}

/** The copy; nothing where this browser cannot draw it. `bytes`: the whole of it. */
export async function cleanedCopy(file: Blob, bytes: Bytes): Promise<Blob | undefined> {
  const pixels = pixelsOf(bytes);
  if (!pixels || pixels > MOST) return undefined;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const drawing = canvas.getContext("2d") as CanvasRenderingContext2D;
    drawing.fillStyle = "#fff"; // behind what is see-through
    drawing.fillRect(0, 0, canvas.width, canvas.height);
    drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await new Promise((resolve) =>
      canvas.toBlob((made) => resolve(made || undefined), "image/jpeg", QUALITY),
    );
  } catch {
    return undefined; // broken, or too large for this phone
  }
}
