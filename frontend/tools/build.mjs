// SPDX-License-Identifier: Apache-2.0
// Builds the room: one script, one style sheet, their licences. `--out DIR` builds somewhere else (to compare).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const at = process.argv.indexOf("--out");
const target = at > 0 ? process.argv[at + 1] : join(root, "..", "src", "huiyao", "web", "assets", "room");
const LIMIT = 60 * 1024;
const BUNDLED = ["yjs", "lib0", "y-protocols", "y-indexeddb", "fractional-indexing"];

mkdirSync(target, { recursive: true });
await build({
  entryPoints: [join(root, "src", "room", "room.ts")],
  outfile: join(target, "room.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2021"],
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/* SPDX-License-Identifier: Apache-2.0; libraries: LICENSES.txt */" },
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
await build({
  entryPoints: [join(root, "src", "room", "room.css")],
  outfile: join(target, "room.css"),
  bundle: true,
  minify: true,
  charset: "utf8",
  target: ["chrome110", "firefox115", "safari16"],
  logLevel: "warning",
});

// One small script of words for each language, so that a page carries only its own.
const compiled = await build({
  entryPoints: [join(root, "src", "room", "words.ts")],
  bundle: true,
  format: "esm",
  write: false,
  logLevel: "warning",
});
const words = await import(`data:text/javascript;base64,${Buffer.from(compiled.outputFiles[0].contents).toString("base64")}`);
for (const [language, table] of Object.entries(words.TABLES)) {
  writeFileSync(join(target, `words.${language}.js`), `/* SPDX-License-Identifier: Apache-2.0 */\nvar roomWords=${JSON.stringify(table)};\n`);
}

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
