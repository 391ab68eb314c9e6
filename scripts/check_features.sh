#!/usr/bin/env bash
# Compiles the SDK with each of its features alone, with none and with all: a warning is an error. Then tests what the
# client says where it has no TLS.
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

# What a program is told that comes without TLS, or without the crypto provider it is to bring.
told() {
    local said
    said=$(cargo test --package slate-runtime --no-default-features --features "$1" --test missing "$2" 2>&1) &&
        grep -q '^test result: ok. 1 passed' <<<"$said" || { printf '%s\n' "$said" >&2; exit 1; }
}
told '' without_tls
told rustls-no-provider without_a_crypto_provider
printf 'a client without TLS says what is missing\n'
