// Builds static/vendor/ from the parts in package.json. A maintainer's step: `make vendor`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { transform } from "lightningcss";
import subsetFont from "subset-font";

const HERE = dirname(fileURLToPath(import.meta.url));
const PARTS = join(HERE, "node_modules");
const ROOT = resolve(HERE, "../..");
const OUT = join(ROOT, "static/vendor");
const ALLOWED = new Set(["EUPL-1.2", "OFL-1.1", "MIT", "ISC", "0BSD"]);

const THEME = "@nl-design-system-unstable/voorbeeld-design-tokens";
const FONT = "@fontsource-variable/noto-sans";
const PRINT_FONT = "@expo-google-fonts/noto-sans";

const UTRECHT = [
  "root", "document", "surface", "page-layout", "page-header", "page-body", "page-footer",
  "alert", "breadcrumb-nav", "button-group", "status-badge", "table",
  "form-field", "form-field-description", "form-field-error-message", "form-fieldset", "form-label",
  "textbox", "textarea", "select", "radio-button", "checkbox", "custom-checkbox",
  "ordered-list", "unordered-list", "separator", "blockquote",
];
const CANDIDATE = ["button", "heading", "link", "paragraph", "skip-link", "number-badge", "mark", "data-badge"];
const DEN_HAAG = ["process-steps", "step-marker", "side-navigation"];

// The icons in use; <c-icon name="…"> knows these names and no others.
const ICONS = readFileSync(join(HERE, "icons.txt"), "utf8").split(/\s+/).filter(Boolean).sort();

const read = (...path) => readFileSync(join(...path), "utf8");
const manifest = (name) => JSON.parse(read(PARTS, name, "package.json"));
const ledger = [];

function part(name) {
  const { version, license } = manifest(name);
  if (!license.split(" AND ").every((each) => ALLOWED.has(each))) throw new Error(`${name} has the licence ${license}, which is not on the list`);
  return { package: name, version, licence: license };
}

function write(path, content, packages) {
  const bytes = Buffer.from(content);
  mkdirSync(dirname(join(OUT, path)), { recursive: true });
  writeFileSync(join(OUT, path), bytes);
  ledger.push({
    file: path,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    parts: [...new Set(packages)].map(part),
  });
  console.log(path.padEnd(28), bytes.length, path.endsWith("woff2") ? "" : gzipSync(bytes).length);
}

function minify(css, visitor) {
  return transform({ filename: "vendor.css", code: Buffer.from(css), minify: true, targets: { chrome: 111 << 16, firefox: 113 << 16, safari: 16 << 16 | 4 << 8 }, visitor })
    .code.toString();
}

function stylesheet(packageName, file) {
  return read(PARTS, packageName, file).replace(/\/\*[\s\S]*?\*\//g, "");
}

/** Only the tokens that the components or our own sheet use, directly or through another token. */
function usedTokens(theme, users) {
  const defined = new Map([...theme.matchAll(/^\s*(--[\w-]+):\s*([^;]*);/gm)].map((match) => [match[1], match[2]]));
  const wanted = new Set();
  const visit = (text) => {
    for (const [, name] of text.matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (wanted.has(name)) continue;
      wanted.add(name);
      if (defined.has(name)) visit(defined.get(name));
    }
  };
  users.forEach(visit);
  const lines = [...defined].filter(([name]) => wanted.has(name)).map(([name, value]) => `${name}:${value}`);
  return `.voorbeeld-theme{${lines.join(";")}}`;
}

function components() {
  const names = [
    ...UTRECHT.map((name) => [`@utrecht/${name}-css`, "dist/index.css"]),
    ...CANDIDATE.map((name) => [`@nl-design-system-candidate/${name}-css`, `dist/${name}.css`]),
    ...DEN_HAAG.map((name) => [`@gemeente-denhaag/${name}`, "dist/index.css"]),
  ];
  const css = names.map(([name, file]) => stylesheet(name, file)).join("\n");
  return { css: `@layer vendor{${css}}`, packages: names.map(([name]) => name) };
}

function sprite() {
  const symbols = ICONS.map((name) => {
    const svg = read(PARTS, "lucide-static/icons", `${name}.svg`);
    const inner = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/<svg[\s\S]*?>/, "").replace("</svg>", "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
}

const codepoints = (...ranges) => ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index))).join("");

const LATIN = codepoints([0x20, 0x7e], [0xa0, 0xff], [0x131, 0x131], [0x152, 0x153], [0x2010, 0x2026], [0x2032, 0x2033], [0x2039, 0x203a], [0x20ac, 0x20ac], [0x2122, 0x2122], [0x2190, 0x2193], [0x2212, 0x2212]);
const EXTENDED = codepoints([0x100, 0x17f], [0x18f, 0x18f], [0x1cd, 0x1dc], [0x1e6, 0x1eb], [0x218, 0x21b], [0x259, 0x259], [0x1e80, 0x1e85], [0x1e9e, 0x1e9e], [0x1ef2, 0x1ef3]);
const BEYOND = codepoints([0x180, 0x24f], [0x300, 0x36f], [0x384, 0x3ce], [0x400, 0x45f], [0x2010, 0x2027], [0x2030, 0x2040], [0x20a0, 0x20bf]);

/** For the browser a file for every set of letters, with all weights in it. */
async function fonts() {
  for (const [subset, letters] of [["latin", LATIN], ["latin-ext", EXTENDED]]) {
    const file = readFileSync(join(PARTS, FONT, "files", `noto-sans-${subset}-wght-normal.woff2`));
    write(`noto-sans-${subset}.woff2`, await subsetFont(file, letters, { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 700 } } }), [FONT]);
  }
}

/** For documents (typst) a file for every weight, with all letters in it. */
async function printFonts() {
  for (const weight of ["400Regular", "700Bold"]) {
    const file = readFileSync(join(PARTS, PRINT_FONT, weight, `NotoSans_${weight}.ttf`));
    write(`print/noto-sans-${weight.slice(0, 3)}.ttf`, await subsetFont(file, LATIN + EXTENDED + BEYOND, { targetFormat: "sfnt" }), [PRINT_FONT]);
  }
}

if (existsSync(OUT)) readdirSync(OUT).forEach((name) => rmSync(join(OUT, name), { recursive: true }));
const { css, packages } = components();
const ownSheets = join(ROOT, "static/app");
const own = existsSync(ownSheets) ? readdirSync(ownSheets).filter((name) => name.endsWith(".css")).map((name) => read(ownSheets, name)) : [];
write("theme.css", minify(`@layer vendor{${usedTokens(stylesheet(THEME, "dist/theme.css"), [css, ...own])}}`), [THEME]);
write("components.css", minify(css), packages);
await fonts();
await printFonts();
write("icons.svg", sprite(), ["lucide-static"]);
write("htmx.min.js", read(PARTS, "htmx.org/dist/htmx.min.js"), ["htmx.org"]);
writeFileSync(join(OUT, "VENDOR.json"), `${JSON.stringify({ files: ledger }, null, 2)}\n`);
