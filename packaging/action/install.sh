#!/usr/bin/env bash
# Fetches `slate-gen` of a release, checks it against the list of digests of that release, and prints the path of the program:
# install.sh VERSION FOLDER. $SLATE_GEN_RELEASES is where the files of releases are, in folders called as their tags.
set -euo pipefail
fail() { printf 'slate-gen: %s\n' "$1" >&2; exit 2; }

version=${1#v}
folder=$2
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] ||
    fail "\"$1\" is no version: use the action by a tag such as v0.1.0, or set its input \"version\""
case $(uname -s)-$(uname -m) in
    Linux-x86_64) target=x86_64-unknown-linux-musl ;;
    Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-musl ;;
    Darwin-x86_64) target=x86_64-apple-darwin ;;
    Darwin-arm64) target=aarch64-apple-darwin ;;
    *) fail "no release has a program for $(uname -s) on $(uname -m)" ;;
esac

name=slate-gen-$version-$target.tar.gz
base=${SLATE_GEN_RELEASES:?}/v$version
mkdir -p "$folder"
cd "$folder"
for file in SHA256SUMS "$name"; do
    curl --fail --silent --show-error --location --retry 3 --output "$file" "$base/$file" || fail "$base/$file cannot be had"
done
listed=$(grep -F "  $name" SHA256SUMS) || fail "$name is not in the digests of the release"
if command -v sha256sum >/dev/null; then digest=(sha256sum); else digest=(shasum -a 256); fi
"${digest[@]}" --check --status <<<"$listed" || fail "$name is not what the release lists"
tar -xzf "$name" slate-gen
rm "$name" SHA256SUMS
printf '%s/slate-gen\n' "$PWD"
