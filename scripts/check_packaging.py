#!/usr/bin/env python3
"""Whether what carries the program for those without Rust agrees with the workspace: check_packaging.py [--tag TAG].

Versions have one home, the root Cargo.toml; all else takes them from there. Platforms are listed in
packaging/npm/targets.json; the workflow and the installer of the action name them, too. It needs nothing but Python 3.11.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = re.compile(r"\b(?:x86_64|aarch64)-(?:unknown-linux-musl|apple-darwin|pc-windows-msvc)\b")


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def toml(path):
    return tomllib.loads(text(path))


def problems(tag):
    version = toml("Cargo.toml")["workspace"]["package"]["version"]
    if tag is not None and tag != f"v{version}":
        yield f"the tag is {tag}, the version {version}"
    cli = toml("cli/Cargo.toml")["package"]
    if cli["version"] != {"workspace": True}:
        yield "cli/Cargo.toml has a version of its own"

    python = toml("pyproject.toml")
    project = python["project"]
    if "version" in project or "version" not in project["dynamic"]:
        yield "pyproject.toml has a version: maturin takes that of cli/Cargo.toml"
    if project["name"] != cli["name"]:
        yield f"pyproject.toml is called {project['name']}"
    for path in (project["readme"], python["tool"]["maturin"]["manifest-path"]):
        if not (ROOT / path).is_file():
            yield f"pyproject.toml names {path}, which is not there"

    npm = json.loads(text("packaging/npm/package.json"))
    if npm["name"] != cli["name"]:
        yield f"package.json is called {npm['name']}"
    for key in ("version", "description", "license", "optionalDependencies"):
        if key in npm:
            yield f'package.json has "{key}": pack.mjs fills that in'
    for path in npm["bin"].values():
        if not (ROOT / "packaging/npm" / path).is_file():
            yield f"package.json names {path}, which is not there"

    targets = json.loads(text("packaging/npm/targets.json"))
    for name, one in targets.items():
        if name != f"{one['os']}-{one['cpu']}":
            yield f"targets.json: {name} is not {one['os']}-{one['cpu']}"
    all_targets = {one["rust"] for one in targets.values()}
    workflow = set(TARGET.findall(text(".github/workflows/release.yml")))
    if workflow != all_targets:
        yield f"release.yml and targets.json differ in {sorted(workflow ^ all_targets)}"
    # Runners of the action with Windows are not supported: its scripts are for a shell and for tar archives.
    unix = {target for target in all_targets if "windows" not in target}
    installer = set(TARGET.findall(text("packaging/action/install.sh")))
    if installer != unix:
        yield f"install.sh and targets.json differ in {sorted(installer ^ unix)}"

    # Inputs of the action reach its scripts as variables; one that is misspelt would be empty.
    said = set(re.findall(r"^ {8}(INPUT_[A-Z_]+):", text("action.yml"), re.MULTILINE))
    read = set(re.findall(r"\bINPUT_[A-Z_]+", text("packaging/action/lint.sh")))
    if said != read:
        yield f"action.yml and lint.sh differ in {sorted(said ^ read)}"

    scripts = [*ROOT.glob("packaging/**/*.sh"), *ROOT.glob("scripts/*.sh"), ROOT / ".ci/run"]
    for script in scripts:
        said = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
        if said.returncode != 0:
            yield f"{script.relative_to(ROOT)}: {said.stderr.strip()}"


def main():
    tag = sys.argv[2] if sys.argv[1:2] == ["--tag"] else None
    found = list(problems(tag))
    for problem in found:
        print(f"packaging: {problem}", file=sys.stderr)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
