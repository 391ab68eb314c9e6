#!/usr/bin/env python3
"""Says whether two specs state the same facts in different words.

usage: same_spec.py ONE.json OTHER.json

The files are what `cargo xtask spec --json` prints. Keys whose values are sentences of the docs may differ in their
wording, but have to be there, or be missing, in both. Everything else is equal, or it is listed and the exit code is 1.
Of a list of messages the length counts.
"""
import json
import sys

PROSE = {"doc", "when", "messages"}
SHOWN = 40


def differences(one, other, at):
    if isinstance(one, dict) and isinstance(other, dict):
        name = one.get("id") or one.get("entity") or one.get("name") or one.get("code")
        here = f"{at}({name})" if isinstance(name, (str, int)) else at
        for key in list(one) + [key for key in other if key not in one]:
            where = f"{here}.{key}"
            # Which docs a spec is made of is never the same of two.
            if at == "spec.api" and key == "docs":
                continue
            if key not in one or key not in other:
                yield where, f"only in the {'first' if key in one else 'second'}"
            elif key in PROSE:
                yield from wording(one[key], other[key], where)
            else:
                yield from differences(one[key], other[key], where)
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            yield at, f"{len(one)} elements and {len(other)}"
        for number, (a, b) in enumerate(zip(one, other)):
            yield from differences(a, b, f"{at}[{number}]")
    elif type(one) is not type(other) or one != other:
        yield at, f"{json.dumps(one)} and {json.dumps(other)}"


def wording(one, other, at):
    if type(one) is not type(other) or bool(one) != bool(other):
        yield at, f"{json.dumps(one)} and {json.dumps(other)}"
    elif isinstance(one, list) and len(one) != len(other):
        yield at, f"{len(one)} messages and {len(other)}"


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    specs = []
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            specs.append(json.load(file))
    found = list(differences(*specs, "spec"))
    for at, what in found[:SHOWN]:
        print(f"{at}: {what}", file=sys.stderr)
    if len(found) > SHOWN:
        print(f"and {len(found) - SHOWN} more", file=sys.stderr)
    print(f"{len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
