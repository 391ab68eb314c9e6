#!/usr/bin/env bash
# Builds what carries the program for those without Rust (a static file, a wheel, npm packages) for this platform, installs
# each from its packed file into an empty place, and runs it there. The files stay in FOLDER, if one is named:
# check_packaging.sh [FOLDER]. It takes some minutes and needs pip and npm. Linux only.
#
# The tools of Python are installed into $PACKAGING_TOOLS, or a new folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
fail() { printf 'packaging: %s\n' "$1" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
out=${1:-$scratch/out}
mkdir -p "$out"
out=$(cd "$out" && pwd)
tools=${PACKAGING_TOOLS:-$scratch/tools}
python3 scripts/check_packaging.py

# What must work wherever the program runs: it says its version, and reads a project.
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
tries() {
    local name=$1 said
    shift
    said=$("$@" --version) || fail "$name does not run"
    [[ $said == "slate-gen $version" ]] || fail "$name says \"$said\""
    said=$("$@" --project "$project" lint) || fail "$name: lint fails: $said"
    grep -q '^0 errors' <<<"$said" || fail "$name: lint says: $said"
    # 2 is what the program answers to a wrong call: launchers have to hand it on.
    local rc=0
    "$@" no-such-command >"$scratch/said" 2>&1 || rc=$?
    [[ $rc == 2 ]] || fail "$name: a wrong call ends with $rc"
    printf '%s: runs\n' "$name"
}
project=$root/examples/kittn
size() { printf '%s: %s bytes\n' "$(basename "$1")" "$(stat -c %s "$1")"; }

IFS=$'\t' read -r binary target bytes < <(scripts/static_binary.sh)
printf 'slate-gen for %s: %s bytes\n' "$target" "$bytes"
tries 'the binary without environment' env -i "$binary"
if [[ $(id -u) == 0 ]]; then
    mkdir "$scratch/root"
    cp "$binary" "$scratch/root/slate-gen"
    cp -r examples/kittn "$scratch/root/kittn"
    project=kittn tries 'the binary in a folder with nothing else' chroot "$scratch/root" /slate-gen
fi
mkdir -p "$scratch/archive"
cp "$binary" LICENSE-MIT LICENSE-APACHE "$scratch/archive"
archive=$out/slate-gen-$version-$target.tar.gz
tar -czf "$archive" -C "$scratch/archive" slate-gen LICENSE-MIT LICENSE-APACHE
size "$archive"

# The installer of the action, with this folder in the place of a release.
if [[ $target == *-musl ]]; then
    mkdir -p "$scratch/releases/v$version"
    cp "$archive" "$scratch/releases/v$version"
    (cd "$scratch/releases/v$version" && sha256sum -- * >SHA256SUMS)
    installed=$(SLATE_GEN_RELEASES=file://$scratch/releases packaging/action/install.sh "v$version" "$scratch/action")
    tries 'what the action installs' "$installed"
    (cd "$root" && INPUT_PROJECT=examples/kittn INPUT_DOCS='' packaging/action/lint.sh "$installed") >"$scratch/said"
    grep -q '^::warning file=examples/kittn/docs/' "$scratch/said" || fail "the action says: $(cat "$scratch/said")"
    (cd "$root" && RUNNER_TEMP=$scratch INPUT_DOCS=examples/kittn/docs INPUT_PROJECT=. INPUT_FORMAT=sarif \
        INPUT_SARIF_FILE=$scratch/own.sarif packaging/action/lint.sh "$installed") 2>"$scratch/said"
    grep -q '"uri": "examples/kittn/docs/' "$scratch/own.sarif" || fail 'the action writes no SARIF'
    printf 0 >>"$scratch/releases/v$version/$(basename "$archive")"
    ! SLATE_GEN_RELEASES=file://$scratch/releases packaging/action/install.sh "$version" "$scratch/action" 2>"$scratch/said" ||
        fail 'the action takes a file that is not what the release lists'
    printf 'the action: annotates, writes SARIF, refuses a file with another digest\n'
fi

# The wheel.
[[ -x $tools/bin/python ]] || python3 -m venv "$tools"
"$tools/bin/pip" install -q 'maturin>=1.9,<2' pyyaml
for file in action.yml .pre-commit-hooks.yaml .github/workflows/*.yml; do
    "$tools/bin/python" -c 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$file"
done
maturin=(build --quiet --release --out "$out" --target "$target")
# A static file runs with either C library; a wheel has to say so.
[[ $target != *-musl ]] || maturin+=(--compatibility manylinux2014 musllinux_1_2)
"$tools/bin/maturin" "${maturin[@]}"
wheel=$(find "$out" -name "slate_gen-$version-*.whl")
[[ -f $wheel ]] || fail "not one wheel: $wheel"
size "$wheel"
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install -q --no-index "$wheel"
tries 'the wheel' "$scratch/venv/bin/slate-gen"
unzip=$(python3 -m zipfile -l "$wheel")
for licence in LICENSE-MIT LICENSE-APACHE; do
    grep -q "$licence" <<<"$unzip" || fail "the wheel has no $licence"
done

# The npm packages.
case $(uname -m) in x86_64) platform=linux-x64 ;; aarch64) platform=linux-arm64 ;; *) fail "no package for $(uname -m)" ;; esac
node packaging/npm/pack.mjs "$out" "$platform=$binary" >"$scratch/said"
main=$out/slate-gen-$version.tgz
own=$out/slate-gen-$platform-$version.tgz
size "$main"
size "$own"
for package in "$main" "$own"; do
    for licence in LICENSE-MIT LICENSE-APACHE; do
        grep -q "^package/$licence$" <<<"$(tar -tzf "$package")" || fail "$(basename "$package") has no $licence"
    done
done
mkdir "$scratch/npm"
(cd "$scratch/npm" && npm init -y >/dev/null &&
    npm install --silent --no-audit --no-fund --offline --omit=optional "$main" 2>"$scratch/said") ||
    fail "npm: $(cat "$scratch/said")"
launcher=$scratch/npm/node_modules/.bin/slate-gen
rc=0
"$launcher" --version >"$scratch/said" 2>&1 || rc=$?
[[ $rc == 2 ]] && grep -q "the package slate-gen-$platform is missing" "$scratch/said" ||
    fail "without its binary the launcher says: $(cat "$scratch/said")"
(cd "$scratch/npm" &&
    npm install --silent --no-audit --no-fund --offline --omit=optional "$own" "$main" 2>"$scratch/said") ||
    fail "npm: $(cat "$scratch/said")"
tries 'the npm package' "$launcher"
printf 'all packed files run\n'
