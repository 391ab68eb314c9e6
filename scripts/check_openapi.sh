#!/usr/bin/env bash
# The OpenAPI document, looked at by tools that others made: a validator, a validator of its examples, and a mock server
# that the generated client calls. They are installed into a folder of their own, $OPENAPI_TOOLS or a new one.
#
#   --install  only installs them, which needs $OPENAPI_TOOLS
#   --built    calls the examples as they stand in the target folder, and does not build them
#
# Where they cannot be installed for want of a network, nothing is checked, and this says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

docs=../shared/docs/capillary-v1.1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
scratch=$(mktemp -d)
tools=${OPENAPI_TOOLS:-$scratch/tools}
prism=
clean() {
    [[ -z $prism ]] || kill "$prism" 2>/dev/null || true
    rm -rf "$scratch"
}
trap clean EXIT
skip() { printf 'openapi: NOT CHECKED: %s\n' "$1"; exit 0; }
fail() { printf 'openapi: %s\n' "$1" >&2; exit 1; }

mkdir -p "$tools"
if [[ ! -x $tools/venv/bin/python ]]; then
    python3 -m venv "$tools/venv" 2>"$scratch/said" || skip 'python3 cannot make a venv'
fi
"$tools/venv/bin/python" -c 'import openapi_spec_validator' 2>/dev/null ||
    "$tools/venv/bin/pip" install -q 'openapi-spec-validator>=0.7,<1' jsonschema 2>"$scratch/said" ||
    skip "the validator cannot be installed: $(tail -n 1 "$scratch/said")"
no_prism=
if ! command -v npm >/dev/null; then
    no_prism='the mock server needs npm'
elif [[ ! -x $tools/node_modules/.bin/prism ]]; then
    npm install --silent --no-audit --no-fund --prefix "$tools" '@stoplight/prism-cli@5' >"$scratch/said" 2>&1 ||
        no_prism="the mock server cannot be installed: $(tail -n 1 "$scratch/said")"
fi
[[ ${1:-} != --install ]] || exit 0

cargo xtask openapi >"$scratch/own.json"
"$tools/venv/bin/python" scripts/check_openapi.py "$scratch/own.json"
# The third, current, states the facts of the own edition.
for revision in 2020-10-29 2021-12-28; do
    [[ -d $docs/$revision ]] || continue
    cargo xtask openapi --docs "$docs/$revision" >"$scratch/revision.json"
    printf '%s: ' "$revision"
    "$tools/venv/bin/python" scripts/check_openapi.py "$scratch/revision.json"
done

[[ -z $no_prism ]] || skip "$no_prism"
[[ ${1:-} == --built ]] || cargo build --quiet --package capillary-guide --bins
: >"$scratch/prism.log"
"$tools/node_modules/.bin/prism" mock --port "$port" "$scratch/own.json" >"$scratch/prism.log" 2>&1 &
prism=$!
for _ in {1..60}; do
    ! grep -q 'is listening' "$scratch/prism.log" || break
    kill -0 "$prism" 2>/dev/null || { tail -n 20 "$scratch/prism.log" >&2; fail 'the mock server ended'; }
    sleep 1
done
grep -q 'is listening' "$scratch/prism.log" || fail 'the mock server does not listen'

# The client reads what the mock server answers: single reads, queries, a batch, points, a token and its header.
says() {
    local said
    said=$(CAPILLARY_URL=http://127.0.0.1:$port "${CARGO_TARGET_DIR:-target}/debug/$1" 2>&1) || true
    grep -q -- "$2" <<<"$said" || fail "$1 said: $said"
    printf '%s: %s\n' "$1" "$(head -n 1 <<<"$said")"
}
says look_up_customer 'Tom has .* points'
says add_transaction 'added as transaction Some('
says redeem_points 'redeemed as Some('
says oauth_attribution 'answer for the till'
# The sample that answers has one item, the batch has three: the client reads it, and does not take it for all of them.
says register_batch 'fewer outcomes than customers'

# The mock server refuses what the document does not allow.
refused() {
    local status
    status=$(curl -s -m 30 -o /dev/null -w '%{http_code}' "${@:2}")
    [[ $status == "$1" ]] || fail "status $status instead of $1 for: ${*: -1}"
}
user=till1:202cb962ac59075b964b07152d234b70
api=http://127.0.0.1:$port/v1.1
refused 401 "$api/customer/get?mobile=44700900000"
refused 422 -u "$user" "$api/points/isredeemable?mobile=44700900000"
refused 422 -u "$user" "$api/customer/get?mobile=44700900000&coupon_sort_order=sideways"
refused 422 -u "$user" -H 'Content-Type: application/json' -d '{"root": 5}' "$api/customer/add"
refused 404 -u "$user" "$api/nowhere"
printf 'the mock server refuses wrong calls\n'
