// Bundles browser/ and the stylesheets into built/ (called by scripts/build).
import { copyFile, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const HOUSE = join(dirname(fileURLToPath(import.meta.url)), "..");
const BUILT = join(HOUSE, "built");

// Cheap phones keep old WebViews: the oldest that was tried is Chromium 70.
const OLD = ["chrome67"];
const OLD_STYLE = ["chrome67", "safari12"];
const NEW = ["chrome111", "firefox115", "safari16.4"];
const GLOBAL_THIS = 'typeof globalThis=="undefined"&&(self.globalThis=self);';

const PUBLIC_SCRIPTS = {
  exit: "browser/web/exit.ts",
  lapangan: "browser/field/app.ts",
  "lapangan-kerja": "browser/field/worker.ts",
  lapor: "browser/intake/form.ts",
  mitra: "browser/vault/linkpage.ts",
  status: "browser/intake/status.ts",
  tambah: "browser/intake/addition.ts",
  tanya: "browser/intake/question.ts",
};
// Fetched by import() when they are needed: signatures on old browsers, words for the answer, files of hers and of the office.
const PUBLIC_MODULES = {
  ed25519: "browser/vault/ed25519.ts",
  kode: "browser/intake/newcode.ts",
  kiriman: "browser/intake/sent.ts",
  lampir: "browser/intake/attaching.ts",
  rekam: "browser/intake/recorder.ts",
  words: "browser/intake/words.ts",
};
// What only one page needs stands apart, so that every other one stays light.
const PUBLIC_STYLES = {
  public: "src/teduh/web/css/public.css",
  front: "src/teduh/web/css/public/front.css",
  mitra: "src/teduh/web/css/public/shared.css",
  signs: "src/teduh/web/css/public/signs.css",
};
const STAFF_SCRIPTS = {
  kantor: "browser/vault/office.ts",
  obrolan: "browser/chat/desk.ts",
  passkey: "browser/access/passkey.ts",
  risiko: "browser/cases/risk.ts",
  ukuran: "browser/services/measures.ts",
  catat: "browser/intake/filed.ts",
  layar: "browser/conferences/screen.ts",
  datang: "browser/walkin/app.ts",
  langsung: "browser/services/live.ts",
};
// Fetched by import() on the few pages that carry what they do.
const STAFF_MODULES = {
  jarang: "browser/vault/rare.ts",
  kaitan: "browser/vault/alike.ts",
  telepon: "browser/intake/call.ts",
};
const STAFF_WORKERS = { "vault-worker": "browser/vault/worker.ts" };
// What draws evidence in PDF, fetched by the click that opens one: drawing, parser, and the parts
// the parser asks for by name (fonts a file only names, decoders without WebAssembly).
const PDF_JS = "node_modules/pdfjs-dist";
const PDF_SCRIPTS = {
  "pdf/pdf": "browser/vault/pdf.ts",
  "pdf/pdf-worker": `${PDF_JS}/legacy/build/pdf.worker.mjs`,
  "pdf/decoders/openjpeg_nowasm_fallback": `${PDF_JS}/wasm/openjpeg_nowasm_fallback.js`,
  "pdf/decoders/jbig2_nowasm_fallback": `${PDF_JS}/wasm/jbig2_nowasm_fallback.js`,
};

const COMMON = {
  absWorkingDir: HOUSE,
  outdir: BUILT,
  bundle: true,
  // X-Wing calls only the primitives of this package; the rest of it stays out.
  alias: { "@hpke/dhkem-x25519": "./browser/vault/x25519.ts" },
  minify: true,
  charset: "utf8",
  legalComments: "none",
  loader: { ".txt": "text" },
  external: ["/s/*", "crypto"],
  logLevel: "warning",
  logLimit: 10,
  write: false,
};

/** Writes beside and renames, so that a page being served never meets half a file. */
async function put(path, bytes) {
  const beside = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(beside, bytes);
  await rename(beside, path);
}

/** The same packed beside it: at the start of an office these two megabytes would take seconds. */
async function putPacked(path, bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  await Promise.all([put(path, bytes), put(`${path}.br`, brotliCompressSync(bytes, { params }))]);
}

async function bundlePdf(entryPoints) {
  const made = await build({ ...COMMON, entryPoints, format: "esm", target: NEW });
  await Promise.all(made.outputFiles.map((file) => putPacked(file.path, file.contents)));
}

/** Fonts, and the licences of all that lies under pdf/. */
async function copyPdfParts() {
  const fonts = await readdir(join(HOUSE, PDF_JS, "standard_fonts"));
  const licences = (await readdir(join(HOUSE, PDF_JS, "wasm"))).filter((name) =>
    /^LICENSE_.*(JBIG2|OPENJPEG)$/.test(name),
  );
  const parts = [
    ["LICENSE", "LICENSE"],
    ...fonts.map((name) => [`standard_fonts/${name}`, `fonts/${name}`]),
    ...licences.map((name) => [`wasm/${name}`, `decoders/${name}`]),
  ];
  await Promise.all(
    parts.map(async ([from, to]) => put(join(BUILT, "pdf", to), await readFile(join(HOUSE, PDF_JS, from)))),
  );
}

async function bundle(entryPoints, options) {
  const made = await build({ ...COMMON, ...options, entryPoints });
  await Promise.all(made.outputFiles.map((file) => put(file.path, file.contents)));
}

async function bundlePublicStyle(name, path) {
  const made = await build({ ...COMMON, entryPoints: { [name]: path }, target: OLD_STYLE });
  const lowered = lowerLogical(withoutLayers(made.outputFiles[0].text));
  await put(join(BUILT, `${name}.css`), lowered);
}

/** Old browsers drop a whole @layer block: unwraps the blocks, in the order their names were given. */
function withoutLayers(css) {
  const order = [];
  const layers = new Map();
  let rest = "";
  for (const rule of topRules(css)) {
    const block = /^@layer\s*([^{;]*)\{([\s\S]*)\}$/.exec(rule);
    const names = /^@layer\s+([^{;]+);$/.exec(rule);
    if (names) order.push(...names[1].split(",").map((name) => name.trim()));
    else if (!block) rest += rule;
    else {
      const name = block[1].trim();
      if (!order.includes(name)) order.push(name);
      layers.set(name, (layers.get(name) ?? "") + withoutLayers(block[2]));
    }
  }
  return order.map((name) => layers.get(name) ?? "").join("") + rest;
}

/** Splits minified css into its outermost rules. */
function topRules(css) {
  const rules = [];
  let depth = 0;
  let quote = "";
  let start = 0;
  for (let at = 0; at < css.length; at += 1) {
    const letter = css[at];
    if (letter === "\\") at += 1;
    else if (quote) quote = letter === quote ? "" : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === "{") depth += 1;
    else if (letter === "}") depth -= 1;
    if (depth === 0 && !quote && (letter === "}" || letter === ";")) {
      rules.push(css.slice(start, at + 1).trim());
      start = at + 1;
    }
  }
  rules.push(css.slice(start).trim());
  return rules.filter(Boolean);
}

// Every language of the public pages runs left to right and top to bottom.
const SIDES = { "inline-start": "left", "inline-end": "right", "block-start": "top", "block-end": "bottom" };
const PAIRS = { inline: ["left", "right"], block: ["top", "bottom"] };
const SIZES = { "inline-size": "width", "block-size": "height" };

/** Writes margins, paddings, borders, offsets and sizes with the side's name that old browsers know. */
function lowerLogical(css) {
  return css
    .replace(/(?<=[{;])(min-|max-|)((?:inline|block)-size):/g, (_, bound, size) => `${bound}${SIZES[size]}:`)
    .replace(
      /(?<=[{;])(margin|padding|border|inset)-((?:inline|block)-(?:start|end))(-[a-z]+)?:/g,
      (_, what, side, part = "") => (what === "inset" ? `${SIDES[side]}:` : `${what}-${SIDES[side]}${part}:`),
    )
    .replace(/(?<=[{;])(margin|padding|inset)-(inline|block):([^;}]+)/g, (_, what, axis, value) =>
      bothSides(what === "inset" ? "" : `${what}-`, "", axis, value),
    )
    .replace(/(?<=[{;])border-(inline|block)(-[a-z]+)?:([^;}]+)/g, (_, axis, part = "", value) =>
      oneForBoth("border-", part, axis, value),
    );
}

function bothSides(before, after, axis, value) {
  const important = /\s*!important$/.exec(value)?.[0] ?? "";
  const values = spaced(value.slice(0, value.length - important.length));
  const [first, second] = [values[0], values[1] ?? values[0]];
  const [start, end] = PAIRS[axis];
  return `${before}${start}${after}:${first}${important};${before}${end}${after}:${second}${important}`;
}

function oneForBoth(before, after, axis, value) {
  return PAIRS[axis].map((side) => `${before}${side}${after}:${value}`).join(";");
}

/** Splits at spaces that stand outside parentheses. */
function spaced(value) {
  const parts = [""];
  let depth = 0;
  for (const letter of value.trim()) {
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (letter === " " && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.filter(Boolean);
}

async function copyHtmx() {
  const from = join(HOUSE, "node_modules", "htmx.org", "dist", "htmx.min.js");
  const beside = join(BUILT, `htmx.js.${process.pid}`);
  await copyFile(from, beside);
  await rename(beside, join(BUILT, "htmx.js"));
}

/** Styles that one page or two of the office need, and no other carries. */
const OWN_STYLES = ["letter", "screen", "visits"];

/** One bundle for each entry point, so that a broken one keeps no other from being built. */
const each = (entries, options) =>
  Object.entries(entries).map(([name, path]) => bundle({ [name]: path }, options));

await mkdir(BUILT, { recursive: true });
const parts = await Promise.allSettled([
  ...each(PUBLIC_SCRIPTS, { format: "iife", target: OLD, banner: { js: GLOBAL_THIS } }),
  ...each(PUBLIC_MODULES, { format: "esm", target: OLD }),
  ...each(STAFF_SCRIPTS, { format: "iife", target: NEW }),
  ...each(STAFF_MODULES, { format: "esm", target: NEW }),
  ...each(STAFF_WORKERS, { format: "esm", target: NEW }),
  ...each({ staff: "src/teduh/web/css/staff.css" }, { target: NEW }),
  ...each({ practice: "src/teduh/web/css/practice.css" }, { target: OLD_STYLE }),
  ...each({ room: "src/teduh/web/css/room.css" }, { target: NEW }),
  ...each(Object.fromEntries(OWN_STYLES.map((name) => [name, `src/teduh/web/css/${name}.css`])), {
    target: NEW,
  }),
  ...Object.entries(PDF_SCRIPTS).map(([name, path]) => bundlePdf({ [name]: path })),
  copyPdfParts(),
  ...Object.entries(PUBLIC_STYLES).map(([name, path]) => bundlePublicStyle(name, path)),
  copyHtmx(),
]);
// esbuild has said why; what could be built is built all the same.
process.exitCode = parts.some((part) => part.status === "rejected") ? 1 : 0;
