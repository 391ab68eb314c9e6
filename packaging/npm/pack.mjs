// Packs the npm packages: node pack.mjs OUT PLATFORM=BINARY… (platforms: targets.json).
//
// One package for each platform that carries its binary, and `slate-gen`, which depends on all of them as optional ones of
// the same version. What cli/Cargo.toml and the root say is taken from there: version, description, licence, addresses.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const [out, ...given] = process.argv.slice(2);
const targets = JSON.parse(readFileSync(join(here, "targets.json"), "utf8"));
if (!out || given.length === 0) {
  console.error("usage: node pack.mjs OUT PLATFORM=BINARY…");
  process.exit(2);
}
mkdirSync(out, { recursive: true });

const metadata = JSON.parse(
  execFileSync("cargo", ["metadata", "--format-version", "1", "--no-deps", "--locked"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  }),
);
const { version, description, license, repository, homepage, keywords } = metadata.packages.find(
  (one) => one.name === "slate-gen",
);
const common = {
  version,
  description,
  license: `(${license})`,
  repository: { type: "git", url: `git+${repository}.git` },
  homepage,
};
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

function pack(fill) {
  const folder = mkdtempSync(join(tmpdir(), "slate-gen-npm-"));
  try {
    fill(folder);
    for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(root, licence), join(folder, licence));
    execFileSync(npm, ["pack", "--silent", "--pack-destination", resolve(out)], { cwd: folder, stdio: "inherit" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const one of given) {
  const at = one.indexOf("=");
  const [platform, binary] = [one.slice(0, at), one.slice(at + 1)];
  const target = targets[platform];
  if (!target) {
    console.error(`no such platform in targets.json: ${one}`);
    process.exit(2);
  }
  pack((folder) => {
    const program = target.os === "win32" ? "slate-gen.exe" : "slate-gen";
    mkdirSync(join(folder, "bin"));
    copyFileSync(binary, join(folder, "bin", program));
    chmodSync(join(folder, "bin", program), 0o755);
    const name = `slate-gen-${platform}`;
    writeFileSync(
      join(folder, "package.json"),
      json({ name, ...common, os: [target.os], cpu: [target.cpu], files: ["bin", "LICENSE-*"], preferUnplugged: true }),
    );
    writeFileSync(
      join(folder, "README.md"),
      `# ${name}\n\nThe program of [slate-gen](https://www.npmjs.com/package/slate-gen) for this platform. Install that.\n`,
    );
  });
}

pack((folder) => {
  cpSync(join(here, "bin"), join(folder, "bin"), { recursive: true });
  copyFileSync(join(here, "README.md"), join(folder, "README.md"));
  const own = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  const optionalDependencies = Object.fromEntries(
    Object.keys(targets).map((platform) => [`slate-gen-${platform}`, version]),
  );
  writeFileSync(join(folder, "package.json"), json({ ...own, ...common, keywords, optionalDependencies }));
});
