#!/usr/bin/env bash
# Runs `slate-gen lint` as the inputs of action.yml say: lint.sh PROGRAM. Its exit code is that of `lint`.
set -euo pipefail
program=$1
project=${INPUT_PROJECT:-.}
format=${INPUT_FORMAT:-github}
fail_on=${INPUT_FAIL_ON:-error}
case $format in github | sarif) ;; *) printf 'slate-gen: the format is github or sarif\n' >&2; exit 2 ;; esac

if [[ -n ${INPUT_DOCS:-} && ! -e $project/slate.yaml ]]; then
    # Docs without a project: with the words that Slate docs have in common, and what `init` sees in them.
    project=$(mktemp -d "${RUNNER_TEMP:-/tmp}/slate-gen.XXXXXX")
    "$program" init --docs "$INPUT_DOCS" --project "$project" >&2
fi
arguments=(--project "$project" lint --format "$format" --fail-on "$fail_on")
[[ -z ${INPUT_DOCS:-} ]] || arguments+=(--docs "$INPUT_DOCS")
if [[ $format == github ]]; then
    exec "$program" "${arguments[@]}"
fi
file=${INPUT_SARIF_FILE:-slate-gen.sarif}
rc=0
"$program" "${arguments[@]}" >"$file" || rc=$?
[[ -z ${GITHUB_OUTPUT:-} ]] || printf 'sarif-file=%s\n' "$file" >>"$GITHUB_OUTPUT"
exit "$rc"
