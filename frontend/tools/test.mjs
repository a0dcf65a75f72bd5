// SPDX-License-Identifier: Apache-2.0
// Compiles what the tests need and runs them with node's own runner.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
await build({
  entryPoints: ["provider", "record", "typing", "facts", "words", "speak", "wire", "capture_text"].map((name) =>
    join(root, "src", "room", `${name}.ts`),
  ),
  outdir: join(root, "node_modules", ".room"),
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  packages: "external",
  format: "esm",
  target: "node20",
  logLevel: "warning",
});
const asked = process.argv.slice(2);
const files = readdirSync(join(root, "test")).filter((name) => name.endsWith(".test.mjs"));
const chosen = asked.length > 0 ? files.filter((name) => asked.some((word) => name.includes(word))) : files;
const run = spawnSync(process.execPath, ["--test", ...chosen.map((name) => join(root, "test", name))], {
  stdio: "inherit",
});
process.exit(run.status ?? 1);
