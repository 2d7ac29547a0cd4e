// Check what was built: browser features, and the weights that the design promises.
//
// The oldest supported browsers stand under "browserslist" in package.json. What they do not know is
// refused, except the improvements that the design allows and a page reads well without.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import compat from "eslint-plugin-compat";
import stylelint from "stylelint";

const HERE = dirname(fileURLToPath(import.meta.url));
const BUILT = join(HERE, "../build/static");
const BROWSERS = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8")).browserslist;

const IMPROVEMENTS = [
	"css-has", // a chosen radio in a frame or a row of segments is also seen by its own mark
	"css-subgrid", // facts: without it the value stands under its name
	"css-content-visibility", // ::details-content: without it filters open by their button
	"css-media-scripting", // toasts of a page without a script lie at its end instead of over it
	"css-paged-media", // the margin of a printed sheet
	"css-resize", // the corner of a text field
	"css-scrollbar", // a row of tabs shows its scroll bar
	"css3-cursors", // iOS has no pointer
	"text-size-adjust", // only iOS and Chromium enlarge text by themselves
];
const KIB = 1024;
const LIMITS = [
	{ pattern: /^ui\..*\.css$/, bytes: 45 * KIB },
	{ pattern: /^ui\..*\.css\.gz$/, bytes: 12 * KIB },
	{ pattern: /^ui\..*\.js\.gz$/, bytes: 25 * KIB },
	{ pattern: /latin.*\.woff2$/, bytes: 29 * KIB },
];

const faults = [...(await styles()), ...(await scripts()), ...weights()];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length ? 1 : 0;

async function styles() {
	const { results } = await stylelint.lint({
		files: `${BUILT}/*.css`,
		config: {
			plugins: [join(HERE, "node_modules/stylelint-no-unsupported-browser-features/lib/index.js")],
			rules: {
				"plugin/no-unsupported-browser-features": [
					true,
					{ browsers: BROWSERS, ignore: IMPROVEMENTS, ignorePartialSupport: true },
				],
			},
		},
	});
	return results.flatMap((result) => result.warnings.map((fault) => `${result.source}: ${fault.text}`));
}

async function scripts() {
	const eslint = new ESLint({
		cwd: BUILT,
		overrideConfigFile: true,
		overrideConfig: [
			{
				...compat.configs["flat/recommended"],
				settings: { browsers: BROWSERS },
				linterOptions: { noInlineConfig: true },
				languageOptions: { ecmaVersion: 2022, sourceType: "script" },
			},
		],
	});
	const results = await eslint.lintFiles(["*.js"]);
	return results.flatMap((result) => result.messages.map((fault) => `${result.filePath}: ${fault.message}`));
}

function weights() {
	const names = readdirSync(BUILT);
	return LIMITS.flatMap(({ pattern, bytes }) =>
		names
			.filter((name) => pattern.test(name) && statSync(join(BUILT, name)).size > bytes)
			.map((name) => `${name}: more than ${bytes} bytes`),
	);
}
