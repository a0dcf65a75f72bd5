// SPDX-License-Identifier: Apache-2.0
// Copies the libraries the pages load as they are, minified, with their licences beside them.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "node_modules");
const at = process.argv.indexOf("--out");
const target = at > 0 ? process.argv[at + 1] : join(here, "..", "..", "src", "huiyao", "web", "assets", "vendor");
const version = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;

mkdirSync(target, { recursive: true });
copyFileSync(join(modules, "htmx.org", "dist", "htmx.min.js"), join(target, "htmx.min.js"));
copyFileSync(join(modules, "htmx.org", "LICENSE"), join(target, "htmx.LICENSE.txt"));
await build({
  entryPoints: [join(modules, "@hotwired", "stimulus", "dist", "stimulus.umd.js")],
  outfile: join(target, "stimulus.min.js"),
  minify: true,
  legalComments: "inline",
  target: "es2020",
  logLevel: "warning",
});
copyFileSync(join(modules, "@hotwired", "stimulus", "LICENSE.md"), join(target, "stimulus.LICENSE.txt"));
writeFileSync(
  join(target, "VERSIONS.txt"),
  `htmx.org ${version("htmx.org")} (0BSD): htmx.min.js, global htmx\n` +
    `@hotwired/stimulus ${version("@hotwired/stimulus")} (MIT): stimulus.min.js, global Stimulus\n`,
);
