// Build what the browser loads: styles, scripts, fonts, the icon sprite.
//
// Every file gets its digest in its name, so that it may be kept for ever; `manifest.json` tells the
// names. Beside each text file lie its .gz and .br. Running it again changes nothing.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build as bundle } from "esbuild";
import { transform } from "lightningcss";
import subsetFont from "subset-font";

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCE = join(HERE, "../sreda/ui/static/ui");
const FONTS = join(HERE, "node_modules/@fontsource-variable/golos-text/files");
const OUT = join(HERE, "../build/static");

const version = (major, minor = 0) => (major << 16) | (minor << 8);
const TARGETS = {
	chrome: version(111),
	edge: version(111),
	firefox: version(115),
	safari: version(16, 4),
	ios_saf: version(16, 4),
};
const SCRIPT_TARGETS = ["chrome111", "firefox115", "safari16.4"];
const STYLES = ["tokens", "fonts", "base", "layout", "components", "utilities"];
const SCRIPTS = ["ui", "upload"];
// Digits, signs and basic letters, as unicode-range in fonts.css says.
const LATIN = `${range(0x20, 0x7e) + range(0xa0, 0xbf)}×÷${range(0x2010, 0x2027)}‰‹›⁄€™↑↓−`;

const manifest = {};
const written = new Set(["manifest.json"]);

mkdirSync(OUT, { recursive: true });
const fonts = {
	"golos-text-cyrillic-wght-normal.woff2": readFileSync(join(FONTS, "golos-text-cyrillic-wght-normal.woff2")),
	"golos-text-latin-wght-normal.woff2": await reducedLatin(),
};
for (const [name, content] of Object.entries(fonts)) put(name, content);
put("ui.css", style(STYLES));
put("print.css", style(["print"]));
put("sprite.svg", compact(source("icons.svg")));
put("icon.svg", source("icon.svg"));
for (const name of SCRIPTS) put(`${name}.js`, await script(name));
write("manifest.json", Buffer.from(`${JSON.stringify(manifest, null, "\t")}\n`));
for (const name of readdirSync(OUT)) if (!written.has(name)) rmSync(join(OUT, name));

function range(first, last) {
	return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, at) => first + at));
}

function source(name) {
	return readFileSync(join(SOURCE, name), "utf8");
}

async function reducedLatin() {
	const full = readFileSync(join(FONTS, "golos-text-latin-wght-normal.woff2"));
	return subsetFont(full, LATIN, { targetFormat: "woff2" });
}

function style(names) {
	const text = names.map((name) => source(`css/${name}.css`)).join("\n");
	const placed = text.replace(/url\("\.\.\/fonts\/([^"]+)"\)/g, (_, name) => `url("${manifest[name]}")`);
	return transform({ filename: "ui.css", code: Buffer.from(placed), minify: true, targets: TARGETS }).code;
}

async function script(name) {
	const result = await bundle({
		entryPoints: [join(HERE, `src/${name}.ts`)],
		bundle: true,
		minify: true,
		write: false,
		format: "iife",
		target: SCRIPT_TARGETS,
		legalComments: "none",
	});
	return result.outputFiles[0].contents;
}

function compact(svg) {
	return svg.replace(/\n/g, "");
}

// Write the file under its hashed name, with its compressed copies when it is text.
function put(name, content) {
	const bytes = Buffer.from(content);
	const kind = extname(name);
	const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
	const hashed = `${name.slice(0, -kind.length)}.${digest}${kind}`;
	manifest[name] = hashed;
	write(hashed, bytes);
	if (kind === ".woff2") return;
	const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
	write(`${hashed}.gz`, () => gzipSync(bytes, { level: 9 }));
	write(`${hashed}.br`, () => brotliCompressSync(bytes, { params: quality }));
}

// A hashed name never changes its content, so what is there already is left alone.
function write(name, content) {
	written.add(name);
	const path = join(OUT, name);
	if (name !== "manifest.json" && existsSync(path)) return;
	writeFileSync(path, typeof content === "function" ? content() : content);
}
