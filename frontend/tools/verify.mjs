// SPDX-License-Identifier: Apache-2.0
// Builds everything anew somewhere else and compares it with what is committed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const assets = join(here, "..", "..", "src", "huiyao", "web", "assets");
const fresh = mkdtempSync(join(tmpdir(), "huiyao-assets-"));
const differing = [];

function compare(folder) {
  const [committed, built] = [join(assets, folder), join(fresh, folder)];
  const names = new Set([...readdirSync(committed), ...readdirSync(built)]);
  for (const name of names) {
    try {
      if (!readFileSync(join(committed, name)).equals(readFileSync(join(built, name)))) differing.push(`${folder}/${name}`);
    } catch {
      differing.push(`${folder}/${name}`);
    }
  }
}

try {
  for (const [script, folder] of [["build.mjs", "room"], ["vendor.mjs", "vendor"]]) {
    const run = spawnSync(process.execPath, [join(here, script), "--out", join(fresh, folder)], { stdio: ["ignore", "ignore", "inherit"] });
    if (run.status !== 0) process.exit(1);
    compare(folder);
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
if (differing.length > 0) {
  console.error(`not as committed: ${differing.join(", ")}; run "npm run build" and "npm run vendor" in frontend/`);
  process.exit(1);
}
