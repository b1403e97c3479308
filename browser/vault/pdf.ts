// Draws the pages of a PDF on a canvas. A bundle of its own, fetched by the click that opens one.

import { AnnotationMode, getDocument, PasswordException, PDFWorker } from "pdfjs-dist/legacy/build/pdf.mjs";

/** An open PDF. */
export interface Pages {
  readonly count: number;
  /** Draws page 1, 2, 3… and gives its text for those who do not see it. */
  draw(page: number, canvas: HTMLCanvasElement): Promise<string>;
  end(): void;
}

const WIDEST = 1600; // canvas pixels: an A4 page at 190 dots per inch
const LARGEST = 8_000_000; // canvas pixels of a page, 32 MB
const LARGEST_IMAGE = 40_000_000; // pixels of a picture in it: a scan of A4 at 600 dots per inch
const SILENT = 0; // nothing a file says may reach the console

/** Everything that could compile, call out or change the page is off; see docs/decisions. */
const CALM = {
  enableXfa: false,
  useWasm: false,
  useSystemFonts: false,
  disableFontFace: true, // letters come as drawn paths, no font of the file reaches the browser
  disableWorkerRendering: true,
  isImageDecoderSupported: false,
  isOffscreenCanvasSupported: false,
  useWorkerFetch: false,
  maxImageSize: LARGEST_IMAGE,
  verbosity: SILENT,
};

function scaleFor(width: number, height: number): number {
  return Math.min(WIDEST / width, Math.sqrt(LARGEST / (width * height)));
}

/** Starts the parser, which can reach nothing: the answer that brings its script says so. */
function startParser(place: string): { parser: Worker; failed: Promise<never> } {
  const parser = new Worker(`${place}pdf-worker.js`, { type: "module" });
  const failed = new Promise<never>((_, reject) => {
    parser.onerror = () => reject(new Error("NotReached"));
  });
  failed.catch(() => {}); // heard by whoever waits for the file; a later one has ended it already
  return { parser, failed };
}

/** Opens a PDF with the parts that lie at `place`, a whole address; throws Protected, Unreadable, NotReached. */
export async function openPdf(data: ArrayBuffer, place: string): Promise<Pages> {
  const { parser, failed } = startParser(place);
  const worker = PDFWorker.create({ port: parser, verbosity: SILENT });
  const parts = { standardFontDataUrl: `${place}fonts/`, wasmUrl: `${place}decoders/` };
  const task = getDocument({ ...CALM, ...parts, data, worker });
  const end = () => {
    task.destroy().catch(() => {});
    parser.terminate();
  };
  const file = await Promise.race([task.promise, failed]).catch((error) => {
    end();
    if (error instanceof PasswordException) throw new Error("Protected");
    throw error.message === "NotReached" ? error : new Error("Unreadable");
  });
  return {
    count: file.numPages,
    async draw(number, canvas) {
      const page = await file.getPage(number);
      const own = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: scaleFor(own.width, own.height) });
      canvas.width = Math.max(1, Math.floor(viewport.width));
      canvas.height = Math.max(1, Math.floor(viewport.height));
      await page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE }).promise;
      const { items } = await page.getTextContent();
      page.cleanup();
      return items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
    },
    end,
  };
}
