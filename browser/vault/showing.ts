// Showing an opened file in its place: pictures, sound, plain text, and PDF page by page.

/** What closes a shown file and forgets it. */
export type Close = () => void;

/** Where a file is shown, with the words and the addresses the page has ready for it. */
export interface Stage {
  readonly view: HTMLElement;
  /** The line with the buttons and the number of the page. */
  readonly turning: HTMLElement;
}

const PICTURES = /^image\/(png|jpeg|gif|webp|avif)$/; // never svg: it can carry script
const SOUNDS = /^audio\//;
const TEXTS = /^text\/plain\b/;
const LARGEST_TEXT = 1_000_000; // bytes; more of it stops the page
const LARGEST_PICTURE = 100_000_000; // pixels, 400 MB once drawn

/** Shows a file; throws SaveOnly, TooLarge, Unreadable, Protected or NotReached. */
export async function showFile(blob: Blob, name: string, stage: Stage): Promise<Close> {
  if (PICTURES.test(blob.type)) return showPicture(blob, name, stage);
  if (SOUNDS.test(blob.type)) return showSound(blob, name, stage);
  if (TEXTS.test(blob.type)) return showText(blob, stage);
  if (await isPdf(blob)) return showPdf(blob, name, stage);
  throw new Error("SaveOnly");
}

/** Phones do not always say what a file is; a PDF says it itself. */
async function isPdf(blob: Blob): Promise<boolean> {
  return blob.type === "application/pdf" || (await blob.slice(0, 5).text()) === "%PDF-";
}

/** The size is known before the browser draws: a small file can hold a picture of any size. */
async function showPicture(blob: Blob, name: string, { view }: Stage): Promise<Close> {
  const image = new Image();
  image.alt = name;
  const address = URL.createObjectURL(blob);
  const close = () => {
    URL.revokeObjectURL(address);
    image.remove();
  };
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error("Unreadable"));
      image.src = address;
    });
    if (image.naturalWidth * image.naturalHeight > LARGEST_PICTURE) throw new Error("TooLarge");
  } catch (error) {
    close();
    throw error;
  }
  view.replaceChildren(image);
  return close;
}

/** It begins by itself only where somebody presses play. */
async function showSound(blob: Blob, name: string, { view }: Stage): Promise<Close> {
  const sound = new Audio();
  const address = URL.createObjectURL(blob);
  const close = () => {
    sound.pause();
    sound.removeAttribute("src");
    sound.load();
    URL.revokeObjectURL(address);
    sound.remove();
  };
  sound.controls = true;
  sound.setAttribute("aria-label", name);
  try {
    await new Promise((resolve, reject) => {
      sound.onloadedmetadata = resolve;
      sound.onerror = () => reject(new Error("Unreadable"));
      sound.src = address;
    });
  } catch (error) {
    close();
    throw error;
  }
  view.replaceChildren(sound);
  return close;
}

async function showText(blob: Blob, { view }: Stage): Promise<Close> {
  if (blob.size > LARGEST_TEXT) throw new Error("TooLarge");
  const text = document.createElement("pre");
  text.tabIndex = 0; // a long text is scrolled by keyboard too
  text.textContent = await blob.text();
  view.replaceChildren(text);
  return () => text.remove();
}

async function showPdf(blob: Blob, name: string, { view, turning }: Stage): Promise<Close> {
  const place = new URL(view.dataset.pdf ?? "", location.href).href;
  const { openPdf } = (await import(`${place}pdf.js`).catch(() => {
    throw new Error("NotReached");
  })) as typeof import("./pdf");
  const pages = await openPdf(await blob.arrayBuffer(), place);
  const [back, next] = ["back", "next"].map((way) => turning.querySelector(`[data-turn=${way}]`));
  const told = turning.querySelector<HTMLElement>("[data-page]");
  const over = new AbortController();
  let wanted = 1;

  const close = () => {
    over.abort();
    pages.end();
    turning.hidden = true;
    view.replaceChildren();
  };

  async function draw(): Promise<void> {
    const number = wanted;
    back?.setAttribute("aria-disabled", `${number === 1}`);
    next?.setAttribute("aria-disabled", `${number === pages.count}`);
    const canvas = document.createElement("canvas");
    const text = await pages.draw(number, canvas).catch(() => "");
    if (over.signal.aborted || number !== wanted) return; // closed, or turned on meanwhile
    const words = told?.dataset.page ?? "";
    const where = words.replace("{page}", `${number}`).replace("{pages}", `${pages.count}`);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${name}, ${where}`);
    canvas.textContent = text;
    if (told) told.textContent = where;
    view.replaceChildren(canvas);
  }

  function turn(by: number): void {
    const page = Math.min(pages.count, Math.max(1, wanted + by));
    if (page === wanted) return;
    wanted = page;
    draw();
  }

  back?.addEventListener("click", () => turn(-1), over);
  next?.addEventListener("click", () => turn(1), over);
  turning.hidden = false;
  await draw();
  return close;
}
