#!/usr/bin/env bash
# Opens a pull request if the docs in a folder of another repository changed since they were last looked at; its text is what
# `diff --markdown` says. The note of which commit that was is spec/SEEN. For .github/workflows/docs-changed.yml.
#
# With `--dry-run` it prints the text and changes nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dry=no
[[ ${1:-} != --dry-run ]] || { dry=yes; shift; }
source=${1:?the folder with index.html.md}

commit=$(git -C "$source" log -1 --format=%H -- .)
[[ $commit =~ ^[0-9a-f]{40,64}$ ]] || { printf 'no commit touches %s\n' "$source" >&2; exit 1; }
branch=docs-${commit:0:12}
if [[ $(cat spec/SEEN 2>/dev/null) == "$commit" ]]; then
    printf 'these docs were looked at: %s\n' "$commit"
    exit 0
fi
if [[ $dry == no ]] && git ls-remote --exit-code --heads origin "$branch" >/dev/null; then
    printf 'there is a branch for these docs: %s\n' "$branch"
    exit 0
fi

text=$(mktemp)
trap 'rm -f "$text"' EXIT
# 1 says that facts changed, 2 that the docs cannot be read.
rc=0
cargo xtask diff checked-in "$source" --markdown >"$text" || rc=$?
((rc < 2)) || exit "$rc"
printf '\nDocs at %s. See docs/guide/src/maintaining.md for what to do.\n' "$commit" >>"$text"
# The text of a pull request has a limit.
if (($(wc -c <"$text") > 60000)); then
    head -c 60000 "$text" | sed '$d' >"$text.cut"
    printf '\n… and more: `cargo xtask diff checked-in DIR --markdown`\n' >>"$text.cut"
    mv "$text.cut" "$text"
fi
if [[ $dry == yes ]]; then
    cat "$text"
    exit 0
fi

git switch --create "$branch"
printf '%s\n' "$commit" >spec/SEEN
git add spec/SEEN
git -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
    commit --message 'The published docs changed'
git push origin "$branch"
gh pr create --head "$branch" --title "The docs changed: ${commit:0:12}" --body-file "$text"
