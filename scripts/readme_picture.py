#!/usr/bin/env python3
"""Puts what `lint` and `why` print into README.md. With --check it writes nothing, and fails where the README is stale.

Each picture stands below a comment `<!-- picture: ARGUMENTS | N -->`: what `cargo xtask` is given, and how many blocks of
its output are shown. A block ends where a line is blank, or where a line begins with "for:".
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = re.compile(r"(<!-- picture: (.+?) \| (\d+) -->\n\n```text\n).*?(```\n)", re.DOTALL)


def blocks(text):
    out = [[]]
    for line in text.rstrip().splitlines():
        if line.startswith("for:") and out[-1]:
            out.append([])
        if line.strip():
            out[-1].append(line.rstrip())
        elif out[-1]:
            out.append([])
    return out


def picture(found):
    head, arguments, count, tail = found.groups()
    ran = subprocess.run(
        ["cargo", "xtask", *shlex.split(arguments)], cwd=ROOT, capture_output=True, text=True, env=None, check=False
    )
    # 1 says that there are findings.
    if ran.returncode > 1 or not ran.stdout.strip():
        sys.exit(f"README: {arguments}: {ran.stderr}")
    shown = blocks(ran.stdout)[: int(count)]
    lines = [f"$ cargo xtask {arguments}", *(line for block in shown for line in block), "…"]
    return head + "\n".join(lines) + "\n" + tail


def main():
    path = ROOT / "README.md"
    old = path.read_text()
    new, count = PICTURE.subn(picture, old)
    if not count:
        sys.exit("README: there is no picture in it")
    if new == old:
        print(f"{count} pictures in the README are what the commands print")
    elif "--check" in sys.argv[1:]:
        sys.exit("README: the pictures are stale: run scripts/readme_picture.py")
    else:
        path.write_text(new)


main()
