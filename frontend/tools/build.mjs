// SPDX-License-Identifier: Apache-2.0
// Builds the room: one script, one style sheet, their licences. `--out DIR` builds somewhere else (to compare).
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const at = process.argv.indexOf("--out");
const target = at > 0 ? process.argv[at + 1] : join(root, "..", "src", "huiyao", "web", "assets", "room");
const LIMIT = 60 * 1024;
const BUNDLED = ["yjs", "lib0", "y-protocols", "y-indexeddb", "fractional-indexing"];

mkdirSync(target, { recursive: true });

// The words, and a number for each key that is only ever written out whole: `say("agenda.left")`, not `say(`kind.${k}`)`.
const sources = join(root, "src", "room");
const compiled = await build({
  entryPoints: [join(sources, "words.ts")],
  bundle: true,
  format: "esm",
  write: false,
  logLevel: "warning",
});
const words = await import(`data:text/javascript;base64,${Buffer.from(compiled.outputFiles[0].contents).toString("base64")}`);
const read = (name) => readFileSync(join(sources, name), "utf8");
const composed = new Set(readdirSync(sources).filter((name) => name.endsWith(".ts")).flatMap((name) => [...read(name).matchAll(/`([a-z_]+)\.\$\{/g)].map(([, family]) => family)));
const whole = Object.keys(words.TABLES.en).filter((key) => key.includes(".") && !composed.has(key.split(".")[0]));
const shorter = new Map(whole.map((key, at) => [key, String(at)]));
const byNumber = {
  name: "words-by-number",
  setup: (building) => building.onLoad({ filter: /src[\\/]room[\\/]\w+\.ts$/ }, ({ path }) => ({
    loader: "ts", contents: readFileSync(path, "utf8").replace(/"([a-z_]+\.\w+)"/g, (literal, key) => (shorter.has(key) ? `"${shorter.get(key)}"` : literal)),
  })),
};

// The record holds maps and texts; the gate refuses everything else. Without Yjs's XML types the script is 2 % smaller.
const without = (source, pattern, instead) => {
  if (!pattern.test(source)) throw new Error(`Yjs reads otherwise than expected: ${pattern}`);
  return source.replace(pattern, instead);
};
const noXml = {
  name: "no-xml",
  setup: (building) => building.onLoad({ filter: /yjs[\\/]dist[\\/]yjs\.mjs$/ }, ({ path }) => {
    const refuse = "() => { throw new Error('XML') }";
    let source = readFileSync(path, "utf8");
    for (const type of ["Element", "Fragment", "Hook", "Text"]) source = without(source, new RegExp(`^  readYXml${type}(?=,?$)`, "m"), `  ${refuse}`);
    for (const type of ["Element", "Fragment"]) source = without(source, new RegExp(`^  getXml${type} \\([^)]*\\) \\{[^]*?\n  \\}`, "m"), "");
    return { contents: source, loader: "js" };
  }),
};

// Bundled by esbuild, made small by terser, which is the better of the two at it.
const bundled = await build({
  entryPoints: [join(sources, "room.ts")],
  bundle: true,
  write: false,
  format: "iife",
  target: ["es2021"],
  charset: "utf8",
  legalComments: "none",
  alias: { "lib0/logging": join(root, "src", "quiet-logging.ts") },
  plugins: [byNumber, noXml],
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
const preamble = "/* SPDX-License-Identifier: Apache-2.0; libraries: LICENSES.txt */";
const { code } = await minify(Buffer.from(bundled.outputFiles[0].contents).toString(), { ecma: 2021, compress: { passes: 3, ecma: 2021, pure_getters: true, drop_console: true }, format: { ecma: 2021, comments: false, preamble }, mangle: { properties: { regex: /^_[a-z]/ } } });
writeFileSync(join(target, "room.js"), `${code}\n`);

// A page carries only the words of its own language.
for (const [language, table] of Object.entries(words.TABLES)) {
  const rest = Object.fromEntries(Object.entries(table).filter(([key]) => !shorter.has(key)));
  const numbered = JSON.stringify(whole.map((key) => table[key])); // a list: the number of a key is its place
  writeFileSync(join(target, `words.${language}.js`), `/* SPDX-License-Identifier: Apache-2.0 */\nvar roomWords=Object.assign(${numbered},${JSON.stringify(rest)});\n`);
}

await build({
  entryPoints: [join(root, "src", "room", "room.css")],
  outfile: join(target, "room.css"),
  bundle: true,
  minify: true,
  charset: "utf8",
  target: ["chrome110", "firefox115", "safari16"],
  logLevel: "warning",
});

const licence = (name) => {
  const folder = join(root, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}\n`;
};
writeFileSync(join(target, "LICENSES.txt"), BUNDLED.map(licence).join(`\n${"-".repeat(72)}\n\n`));

const size = (name) => brotliCompressSync(readFileSync(join(target, name))).length;
const script = size("room.js") + Math.max(...Object.keys(words.TABLES).map((language) => size(`words.${language}.js`)));
console.log(`room.js with words ${script} bytes brotli, room.css ${size("room.css")} bytes brotli`);
if (script > LIMIT) throw new Error(`room.js is larger than ${LIMIT} bytes brotli`);
