#!/usr/bin/env python3
"""Looks at built pages: check_pages.py [--browser] [--shots DIR] FOLDER…

Every link to a file below a folder has to lead to a file there, and its anchor to an element. With `--browser` each page is
opened in a headless Chromium at the width of a desk and of a hand; none may be wider than the window. Where no Chromium is
installed, this says so and is no failure. `--shots` also writes pictures of what is named with `--page PATH`.

A folder of rustdoc is given with the crate, as target/doc:NAME, and only the pages of that crate are looked at. Nothing but
Python is needed.
"""

import argparse
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

WIDTHS = (1280, 390)
# Lines of rustdoc's source pages: its script makes a range of two anchors.
LINES = re.compile(r"(\d+)-\d+")
# What rustdoc writes by itself and cannot hold: a method of an impl leads to that of its trait, be that hidden or not; docs of
# other crates come along with links of theirs; scripts list the impls in crates that have none. What is written in our own docs
# is checked by rustdoc.
RUSTDOC = re.compile(r"#(?:ty)?method\.\w+$|^dispatcher#|/trait\.impl/")
# What makes a page wider than its window, as its script would find it: the widest elements that no box of their own scrolls.
WIDER = """(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width + 1) return null;
  const scrolls = (e) => { for (; e && e !== document.body; e = e.parentElement)
    if (getComputedStyle(e).overflowX !== "visible") return true; return false; };
  const wide = [...document.body.querySelectorAll("*")].filter(
    (e) => e.getBoundingClientRect().right + scrollX > width + 1 && !scrolls(e.parentElement));
  return document.documentElement.scrollWidth + " of " + width + ": " +
    wide.slice(-3).map((e) => e.tagName.toLowerCase() + (e.className ? "." + e.className : "") + " " +
      JSON.stringify(e.textContent.trim().slice(0, 60))).join(", ");
})()"""


class Page(HTMLParser):
    """Anchors and links of a page."""

    def __init__(self, path):
        super().__init__()
        self.anchors, self.links, self.forwards = {"", "top"}, [], None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        for key in ("id", "name"):
            if tag != "meta" and attributes.get(key):
                self.anchors.add(attributes[key])
        if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh":
            self.forwards = (attributes.get("content") or "").partition("URL=")[2] or None
        for key in ("href", "src"):
            # An icon of the theme is no link of a page.
            if attributes.get(key) is not None and tag != "base":
                self.links.append(attributes[key])


class Book:
    """The pages of a folder."""

    def __init__(self, said):
        folder, _, crate = said.partition(":")
        self.crate = crate
        self.root = Path(folder).resolve()
        below = [self.root / crate, self.root / "src" / crate] if crate else [self.root]
        self.read = {}
        # Pages that nothing leads to are those of an earlier build, or of the tool itself.
        start = below[0] / "index.html"
        if not start.is_file():
            sys.exit(f"pages: {start} is not there")
        self.pages = [start]
        for page in self.pages:
            for link in self.page(page).links:
                target = self.target(page, link)
                if target and target.suffix == ".html" and target not in self.read and target.is_file():
                    if any(top in target.parents for top in below):
                        self.page(target)
                        self.pages.append(target)

    def target(self, page, link):
        """The file that a link leads to; nothing, if it leads out of the folder."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return None
        path = unquote(parts.path)
        target = page if not path else (self.root / path[1:] if path[0] == "/" else page.parent / path)
        target = Path(os.path.normpath(target))
        return target / "index.html" if path.endswith("/") or target.is_dir() else target

    def page(self, path):
        if path not in self.read:
            self.read[path] = Page(path)
        return self.read[path]

    def dead(self, page):
        """What is wrong with the links of a page."""
        for link in dict.fromkeys(self.page(page).links):
            target = self.target(page, link)
            if target is None or (self.crate and RUSTDOC.search(link)):
                continue
            if target.suffix == ".html" and target.is_file() and self.page(target).forwards:
                # The page that it forwards to takes the anchor over.
                target = self.target(target, self.page(target).forwards)
            if not target.is_file():
                yield f"{link} leads nowhere"
                continue
            # Browsers look for the anchor as it is written first, and only then for what it stands for.
            anchor = urlsplit(link).fragment
            if target.suffix != ".html" or {anchor, unquote(anchor)} & self.page(target).anchors:
                continue
            lines = LINES.fullmatch(anchor)
            if not (lines and lines[1] in self.page(target).anchors):
                yield f"{link}: no such anchor"


class Browser:
    """A headless Chromium, spoken to over pipes."""

    def __init__(self, program):
        self.profile = tempfile.TemporaryDirectory()
        to_read, self.to_write = os.pipe()
        self.from_read, from_write = os.pipe()

        def ends():
            # Chromium reads from 3 and writes to 4.
            for end, number in ((os.dup(to_read), 3), (os.dup(from_write), 4)):
                os.dup2(end, number)

        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        self.process = subprocess.Popen(
            [program, "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
             f"--user-data-dir={self.profile.name}", *sandbox, "about:blank"],
            preexec_fn=ends, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.number, self.rest, self.session, self.loaded = 0, b"", None, False
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")

    def message(self):
        while b"\0" not in self.rest:
            more = os.read(self.from_read, 1 << 16)
            if not more:
                sys.exit("pages: the browser ended")
            self.rest += more
        one, _, self.rest = self.rest.partition(b"\0")
        return json.loads(one)

    def call(self, method, **params):
        self.number += 1
        what = {"id": self.number, "method": method, "params": params}
        if self.session:
            what["sessionId"] = self.session
        os.write(self.to_write, json.dumps(what).encode() + b"\0")
        while True:
            answer = self.message()
            self.loaded |= answer.get("method") == "Page.loadEventFired"
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"pages: {method}: {answer['error']['message']}")
                return answer["result"]

    def open(self, page):
        # The event may come before the answer.
        self.loaded = False
        self.call("Page.navigate", url=page.as_uri())
        while not self.loaded:
            self.loaded = self.message().get("method") == "Page.loadEventFired"

    def width(self, width):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)

    def says(self, script):
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def shot(self, file):
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--at-most", type=int, default=sys.maxsize, metavar="N",
                        help="open about so many pages, spread evenly over all")
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--page", action="append", default=[])
    arguments = parser.parse_args()
    books = [Book(said) for said in arguments.folders]
    pages = [(book, page) for book in books for page in book.pages]
    wrong = [f"{page.relative_to(book.root)}: {what}" for book, page in pages for what in book.dead(page)]
    links = sum(len(book.page(page).links) for book, page in pages)
    print(f"{len(pages)} pages, {links} links, {len(wrong)} dead")

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if arguments.browser and not program:
        print("pages: NOT LOOKED AT: no Chromium is installed")
    elif arguments.browser:
        browser = Browser(program)
        # Pages of source are for looking things up; their lines are as long as they are.
        shown = [(b, p) for b, p in pages if not b.page(p).forwards and b.root / "src" not in p.parents]
        step = max(1, -(-len(shown) // arguments.at_most))
        named = [pair for pair in shown if str(pair[1].relative_to(pair[0].root)) in arguments.page]
        shown = list(dict.fromkeys(named + shown[::step]))
        wide = 0
        for book, page in shown:
            browser.open(page)
            name = str(page.relative_to(book.root))
            for width in WIDTHS:
                browser.width(width)
                said = browser.says(WIDER)
                if said:
                    wide += 1
                    wrong.append(f"{name}: wider than the window: {said}")
                if arguments.shots and name in arguments.page:
                    arguments.shots.mkdir(parents=True, exist_ok=True)
                    browser.shot(arguments.shots / f"{name.replace('/', '_')}.{width}.png")
        browser.close()
        print(f"{len(shown)} pages in a window of {' and '.join(map(str, WIDTHS))}: {wide} wider than that")
    for what in wrong:
        print(f"pages: {what}", file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
