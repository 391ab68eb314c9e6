#!/usr/bin/env bash
# Builds `slate-gen` for Linux as one static file, and prints its path, kind and size: `static_binary.sh [ARCH]`.
#
# With musl where its target is installed (`rustup target add ARCH-unknown-linux-musl`) and its C compiler is to be had, which
# the allocator needs (musl-gcc, or CC_ARCH_unknown_linux_musl), else with glibc linked in.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
fail() { printf 'static binary: %s\n' "$1" >&2; exit 1; }

arch=${1:-$(uname -m)}
musl=$arch-unknown-linux-musl
cc=CC_${musl//-/_}
sysroot=$(rustc --print sysroot)
if [[ -d $sysroot/lib/rustlib/$musl ]] && { [[ -n ${!cc:-} ]] || command -v musl-gcc >/dev/null; }; then
    target=$musl
else
    target=$arch-unknown-linux-gnu
fi
# musl links statically as it is; flags would have maturin compile all of it again for the wheel.
[[ $target == *-musl ]] || export RUSTFLAGS="${RUSTFLAGS:-} -C target-feature=+crt-static"
CARGO_PROFILE_RELEASE_STRIP=symbols \
    cargo build --quiet --release --locked --package slate-gen --target "$target" >&2
binary=${CARGO_TARGET_DIR:-$PWD/target}/$target/release/slate-gen

# A program that asks for a loader has a segment that names it.
python3 - "$binary" <<'PY' || fail "$binary asks for a loader"
import struct, sys
elf = open(sys.argv[1], "rb").read()
assert elf[:5] == b"\x7fELF\x02", "no 64-bit ELF file"
start, size, count = struct.unpack_from("<Q", elf, 32)[0], *struct.unpack_from("<HH", elf, 54)
sys.exit(any(struct.unpack_from("<I", elf, start + i * size)[0] == 3 for i in range(count)))
PY
printf '%s\t%s\t%s\n' "$binary" "$target" "$(stat -c %s "$binary")"
