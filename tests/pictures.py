"""The pictures of README and docs, made from real output: `make pictures` (the screenshots need a Chromium).

Terminal output is drawn here: rich's own `export_svg` squeezes 汉字 into half their width, and fetches a font.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from unittest import mock

from lxml import html as pages
from markupsafe import escape
from rich.cells import cell_len
from rich.text import Text as Styled

import govstats
from govstats.corpus import entries
from govstats.display.look import Look
from govstats.renderers import render
from govstats.sources import plan
from tests.folders import ROOT

IMAGES = ROOT / "docs" / "images"
COLUMNS = 100
_CELL, _LINE, _EDGE, _BAR = 8.4, 19, 18, 30
_COLOURS = {"color(1)": "#ff7b72", "color(2)": "#7ee787", "color(3)": "#e3b341", "color(6)": "#79c0ff"}
"""Red, green, yellow and cyan of a terminal."""
_FONTS = "ui-monospace, 'Sarasa Mono SC', 'Noto Sans Mono CJK SC', Menlo, Consolas, 'Microsoft YaHei', monospace"


def zhaotong() -> Path:
    """The sample whose totals are not filled in."""
    return next(path for path in govstats.samples() if "zhaotong" in path.name)


def printed(form: str, colour: bool = False) -> str:
    """What `govstats check zhaotong-2021.html` prints in a format."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, TERM="xterm"):
        copy = Path(folder, "zhaotong-2021.html")
        copy.write_bytes(zhaotong().read_bytes())
        look = Look(lang="zh", width=COLUMNS, colour=colour)
        chunks = [str(chunk) for chunk in render(form, entries(plan([str(copy)]).sources), look)]
    return "".join(chunks).replace(str(copy), copy.name).replace(folder, "")


def terminal() -> str:
    """The output at a terminal as SVG: each run of narrow or wide characters at its column."""
    lines = ["$ govstats check zhaotong-2021.html", *printed("text", colour=True).rstrip().split("\n")]
    width, height = COLUMNS * _CELL + 2 * _EDGE, len(lines) * _LINE + _BAR + 2 * _EDGE
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" role="img" '
        f'aria-label="govstats check zhaotong-2021.html">',
        f'<rect width="{width:.0f}" height="{height}" rx="8" fill="#0d1117"/>',
        *(f'<circle cx="{22 + 20 * at}" cy="20" r="6" fill="#484f58"/>' for at in range(3)),
        f'<g font-family="{_FONTS}" font-size="14" fill="#e6edf3">',
        *(run for at, line in enumerate(lines) for run in _runs(line, _BAR + _EDGE + (at + 0.75) * _LINE)),
        "</g>",
        "</svg>",
    ]
    return "\n".join(drawn) + "\n"


def _runs(line: str, y: float) -> Iterator[str]:
    column = 0
    for (wide, _, style), characters in groupby(_styled(line), key=_kind):
        text = "".join(character for character, _ in characters)
        start, column = column, column + cell_len(text)
        if text.strip():
            indent = 0 if wide else len(text) - len(text.lstrip())
            size = cell_len(text.strip()) * _CELL
            yield (
                f'<text x="{_EDGE + (start + indent) * _CELL:.1f}" y="{y:.1f}" textLength="{size:.1f}" '
                f'lengthAdjust="spacingAndGlyphs" xml:space="preserve"{style}>{escape(text.strip())}</text>'
            )


def _kind(character: tuple[str, str]) -> tuple[bool, bool, str]:
    """Characters of one kind stand in one run: fonts have ASCII, signs and 汉字 in different widths."""
    return cell_len(character[0]) > 1, character[0].isascii(), character[1]


def _styled(line: str) -> Iterator[tuple[str, str]]:
    """Each character with the attributes of its style."""
    text = Styled.from_ansi(line)
    for at, character in enumerate(text.plain):
        names = " ".join(str(span.style) for span in text.spans if span.start <= at < span.end)
        colour = next((value for name, value in _COLOURS.items() if name in names), None)
        weight = ' font-weight="bold"' if re.search(r"\bbold\b", names) else ""
        dim = ' opacity="0.65"' if re.search(r"\bdim\b", names) else ""
        yield character, (f' fill="{colour}"' if colour else "") + weight + dim


def words_of_the_page() -> str:
    """A digest of what the page of `-o audit.html` says: while it is the same, so are its screenshots."""
    page = pages.document_fromstring(printed("html"))
    for each in page.xpath("//script | //style | //footer"):
        each.drop_tree()
    return hashlib.sha256(" ".join(page.text_content().split()).encode()).hexdigest()


def screenshots(program: str) -> None:
    """The page as a clerk sees it, whole, its finding, and its marks."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        file = Path(folder, "audit.html")
        file.write_text(printed("html"), "utf-8")
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 960, "height": 800})
        page.goto(file.as_uri())
        page.screenshot(path=IMAGES / "report.png")
        page.locator("article.finding").first.screenshot(path=IMAGES / "finding.png")
        page.locator("dl.legend").screenshot(path=IMAGES / "marks.png")
        browser.close()
    (IMAGES / "report.sha256").write_text(words_of_the_page() + "\n", "utf-8")


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / "zhaotong.svg").write_text(terminal(), "utf-8", newline="\n")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium: zhaotong.svg was drawn, the screenshots were not taken")
    screenshots(chromium)
