#!/usr/bin/env node
// Runs the program of this platform, which is in a package of its own: npm installs only the one that fits.
"use strict";

const { spawnSync } = require("node:child_process");
const { constants } = require("node:os");

const platform = `${process.platform}-${process.arch}`;
const name = `slate-gen-${platform}`;
const program = process.platform === "win32" ? "slate-gen.exe" : "slate-gen";

let path;
try {
  path = require.resolve(`${name}/bin/${program}`);
} catch {
  const known = Object.keys(require("../package.json").optionalDependencies ?? {});
  console.error(
    known.includes(name)
      ? `slate-gen: the package ${name} is missing. Install again, without --omit=optional and --no-optional.`
      : `slate-gen: there is no package for ${platform}. With Rust: cargo install slate-gen`,
  );
  process.exit(2);
}

// Ctrl-C goes to both; the program decides what becomes of it, and this waits.
const run = spawnSync(path, process.argv.slice(2), { stdio: "inherit" });
if (run.error) {
  console.error(`slate-gen: ${path}: ${run.error.message}`);
  process.exit(2);
}
process.exit(run.status ?? 128 + (constants.signals[run.signal] ?? 0));
