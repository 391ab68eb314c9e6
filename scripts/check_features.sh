#!/usr/bin/env bash
# Compiles the SDK with each of its features alone, with none and with all: a warning is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
features=$(sed -n '/^\[features\]/,/^\[dependencies\]/s/^\([a-z][a-z_-]*\) = .*/\1/p' generated/Cargo.toml)
[[ -n $features ]] || { printf 'generated/Cargo.toml names no features\n' >&2; exit 1; }
count=0
check() {
    local said
    if ! said=$(cargo check --package capillary-sdk "$@" 2>&1) || grep -q '^warning' <<<"$said"; then
        printf '%s\nfailed: %s\n' "$said" "$*" >&2
        exit 1
    fi
    count=$((count + 1))
}
check --no-default-features
for feature in $features; do
    check --no-default-features --features "$feature"
done
check --all-features
printf '%d combinations of features compile without warnings\n' "$count"
