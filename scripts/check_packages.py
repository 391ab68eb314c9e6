#!/usr/bin/env python3
"""Looks at packed crates: check_packages.py METADATA.json FOLDER. Fails with all that is wrong, or prints the sizes.

Without a folder it prints the names of what is published.
"""

import json
import re
import sys
import tarfile
from pathlib import Path, PurePosixPath

KEYS = ("description", "license", "repository", "homepage", "documentation", "readme", "keywords", "categories")
LICENCES = ("LICENSE-MIT", "LICENSE-APACHE")
# The registry takes 10 MiB. Far below it a package that has doubled should be looked at.
LARGEST = 1024 * 1024
SECRET = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")
TAKES_IN = re.compile(r'include_(?:str|bytes)!\(\s*"([^"]+)"')
# Code for tests only may take in what stays at home: it stands below this line.
TESTS = re.compile(r"^\s*#\[cfg\(test\)\]", re.MULTILINE)


def plain(path):
    parts = []
    for part in PurePosixPath(path).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def look(package, crate, root):
    stem = f"{package['name']}-{package['version']}/"
    with tarfile.open(crate) as tar:
        files = {m.name.removeprefix(stem): tar.extractfile(m).read() for m in tar.getmembers() if m.isfile()}
    for key in KEYS:
        if not package[key]:
            yield f"no {key}"
    for name in LICENCES:
        if files.get(name) != (root / name).read_bytes():
            yield f"{name} is missing, or not that of the repository"
    if "README.md" not in files:
        yield "no README.md"
    if not package["metadata"] or "docs" not in package["metadata"]:
        yield "says nothing to docs.rs"
    for name, content in files.items():
        if name.startswith(("tests/", "benches/", ".")) and name != ".cargo_vcs_info.json":
            yield f"{name} has no business there"
        if SECRET.search(content):
            yield f"{name} has a private key"
        if not name.endswith(".rs") or PurePosixPath(name).name in ("tests.rs",) or "/tests/" in name:
            continue
        text = TESTS.split(content.decode())[0]
        for taken in TAKES_IN.findall(text):
            path = plain(PurePosixPath(name).parent / taken)
            if path not in files:
                yield f"{name} takes in {taken}, which is not there"
    size = crate.stat().st_size
    if size > LARGEST:
        yield f"{size} bytes"
    unpacked = sum(map(len, files.values()))
    print(f"{package['name']}: {len(files)} files, {unpacked / 1024:.0f} KiB, packed {size / 1024:.0f} KiB")


def main():
    metadata = json.loads(Path(sys.argv[1]).read_text())
    published = [package for package in metadata["packages"] if package["publish"] != []]
    if len(sys.argv) < 3:
        print("\n".join(package["name"] for package in published))
        return 0
    folder = Path(sys.argv[2])
    root = Path(metadata["workspace_root"])
    wrong, seen = [], 0
    for package in published:
        crate = folder / f"{package['name']}-{package['version']}.crate"
        if not crate.exists():
            wrong.append(f"{package['name']}: was not packed")
            continue
        seen += 1
        wrong += [f"{package['name']}: {what}" for what in look(package, crate, root)]
    versions = {p["name"]: p["rust_version"] for p in published}
    if versions["capillary-sdk"] != versions["slate-runtime"]:
        wrong.append(f"the SDK is for another compiler than its runtime: {versions}")
    if not seen:
        wrong.append("nothing is published")
    for what in wrong:
        print(f"packages: {what}", file=sys.stderr)
    return 1 if wrong else 0


sys.exit(main())
