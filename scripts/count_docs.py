#!/usr/bin/env python3
"""Counts what a Slate documentation holds, by a route of its own, beside what the spec has of it.

usage: count_docs.py DOCS SPEC.json LINT.json
  DOCS      a Slate `source` folder
  SPEC.json what `cargo xtask spec --docs DOCS --json` prints
  LINT.json what `cargo xtask lint --docs DOCS --json` prints

A row of a parameter table, a row of a code table and a code block count by their line. A line is accounted for when the
spec names it as a source, or a finding of lint stands there.
"""
import json
import os
import re
import sys

if len(sys.argv) != 4:
    sys.exit(__doc__)
docs, spec, lint = sys.argv[1], json.load(open(sys.argv[2])), json.load(open(sys.argv[3]))

known = set()


def sources(node):
    if isinstance(node, dict):
        if set(node) == {"file", "line"}:
            known.add((node["file"], node["line"]))
        for value in node.values():
            sources(value)
    elif isinstance(node, list):
        for value in node:
            sources(value)


sources(spec)
found = {(f["file"], f["line"]) for f in lint["findings"]}

index = open(os.path.join(docs, "index.html.md"), encoding="utf-8").read()
includes = re.findall(r"^\s+- (\w+)\s*$", index.split("---")[1].split("includes:")[1].split("search")[0], re.M)
files = ["index.html.md"] + [f"includes/_{name}.md" for name in includes]
totals = {kind: [0, 0, []] for kind in ("parameter rows", "code rows", "code blocks")}
for file in files:
    lines = open(os.path.join(docs, file), encoding="utf-8-sig").read().split("\n")
    fence, heading, table = False, "", False
    for at, line in enumerate(lines):
        text = line.strip()
        if text.startswith("```"):
            if not fence:
                kind = "code blocks"
                place = (file, at + 1)
                totals[kind][0] += 1
                if place in known or place in found:
                    totals[kind][1] += 1
                else:
                    totals[kind][2].append(place)
            fence = not fence
            continue
        if fence:
            continue
        mark = re.match(r"(#{1,6})\s+(.*)", text)
        if mark:
            heading = mark.group(2).lower()
            table = False
            continue
        if not text:
            table = False
            continue
        if re.fullmatch(r"[\s|:-]*--[\s|:-]*", text):
            table = True
            continue
        if not table or "|" not in text:
            continue
        place = (file, at + 1)
        if re.search(r"error code|success code|response code|error message", heading):
            kind = "code rows"
        elif re.search(r"header", heading) or (
            re.search(r"request|query|path|body|response", heading) and re.search(r"param|attribute", heading)
        ):
            kind = "parameter rows"
        else:
            continue
        totals[kind][0] += 1
        if place in known or place in found:
            totals[kind][1] += 1
        else:
            totals[kind][2].append(place)
for kind, (count, there, missing) in totals.items():
    print(f"{kind}: {there} of {count} accounted for")
    for file, line in missing:
        print(f"  {file}:{line}")
operations = sum(len(e["operations"]) for e in spec["entities"])
print(f"operations in the spec: {operations}")
