#!/usr/bin/env bash
# Packs every crate that is published, as `cargo publish` would, and looks at what is in the packages: what has to be there,
# what has no business there, and that every file which the code takes in while it is compiled comes along. Prints sizes.
#
# `--verify` also compiles each from its package, in the order in which they are published (`cargo publish --dry-run`).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
fail() { printf 'packages: %s\n' "$1" >&2; exit 1; }
verify=no
[[ ${1:-} != --verify ]] || verify=yes

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cargo metadata --format-version 1 --no-deps --locked >"$scratch/metadata.json"
mapfile -t published < <(python3 scripts/check_packages.py "$scratch/metadata.json")

# A checkout that is being worked on may be looked at; a release is made from a clean one (RELEASING.md).
options=(--locked --target-dir "$scratch/target")
[[ ${CI:-} == true ]] || options+=(--allow-dirty)
cargo package "${published[@]/#/--package=}" "${options[@]}" --no-verify >"$scratch/said" 2>&1 ||
    { cat "$scratch/said" >&2; exit 1; }
# Tests and benches that stay at home are meant to.
if grep '^warning' "$scratch/said" | grep -Ev 'ignoring (bench|test)' >&2; then fail 'cargo warns'; fi

python3 scripts/check_packages.py "$scratch/metadata.json" "$scratch/target/package"

if [[ $verify == yes ]]; then
    dry=(--workspace --dry-run --locked)
    [[ ${CI:-} == true ]] || dry+=(--allow-dirty)
    cargo publish "${dry[@]}"
fi
