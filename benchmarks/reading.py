"""Reading one page, side by side in one run: ours, selectolax collecting all cells, pandas.read_html and pandera.

Two pages: one of 95 KB as pasted from Word, every cell a paragraph in a span with styles; and one as a site serves it,
with a menu of 300 links that no other page has, which is read, identified and audited. No page is read twice.
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

import govstats
from govstats.catalog.formats import known_formats
from govstats.pipeline import audited, parse
from tests.factory import as_figures

PAGE_SIZE = 95_000
TURNS = 30


def word_pasted(page: str) -> bytes:
    """The page with every cell dressed as Word does, filled up with prose to its size."""
    dress = "<p class='MsoNormal' align='center' style='text-align:center'><span lang='EN-US' style='font-family:宋体'>"
    page = page.replace("</td>", "<o:p></o:p></span></p></td>")
    opened = []
    for piece in page.split("<td"):
        tag, end, rest = piece.partition(">")
        opened.append(
            f"{tag} style='border:solid windowtext 1.0pt;padding:0cm 5.4pt'{end}{dress}{rest}" if opened else piece
        )
    page = "<td".join(opened)
    prose = "<p style='text-indent:32pt'><span>本年度坚持以公开为常态，及时发布各类信息，回应社会关切。</span></p>"
    missing = max(0, PAGE_SIZE - len(page.encode()))
    return page.replace("</body>", prose * (missing // len(prose.encode())) + "</body>").encode()


def rivals(*works: Callable[[], object]) -> list[float]:
    """Milliseconds of processor time of each, the median of many turns, taken one by one."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(TURNS):
        for work, taken in zip(works, times, strict=True):
            begin = time.process_time()
            work()
            taken.append(time.process_time() - begin)
    return [sorted(taken)[TURNS // 2] * 1e3 for taken in times]


def main() -> None:
    """Print the three for each page, and their ratios."""
    known_formats()
    sample = next(path for path in govstats.samples() if "suqian-2023" in path.name)
    one_page("read, located, aligned", [word_pasted(sample.read_text("utf-8"))] * TURNS, parse)
    one_page("read, identified, audited", list(served(TURNS)), lambda name, data: audited([parse(name, data)]))


def served(count: int) -> Iterator[bytes]:
    """Pages with a menu of 300 links, each of a site of its own."""
    from benchmarks.sites import Site
    from benchmarks.writing import Writer
    from tests.containers.pages import SHAPES
    from tests.factory import random_valid
    from tests.stories import story

    for number in range(count):
        chance = random.Random(number)  # noqa: S311
        figures = as_figures(random_valid(np.random.default_rng(number)))
        told = story(figures, f"青山县教育局{2021 + number % 3}年政府信息公开工作年度报告")
        told[2:3] = Writer(chance, "青山县教育局", 2021 + number % 3, number).overview(6_000)
        table = SHAPES["from-word"][0]
        body = "".join(f"<p>{block}</p>" if isinstance(block, str) else table(block) for block in told)
        yield Site(number, links=300).page(str(told[0]), body, "2024-01-20", "青山县教育局", chance).encode()


def one_page(what: str, pages: list[bytes], work: Callable[[str, bytes], object]) -> None:
    """Print how long the three take for pages of one kind."""
    import pandas as pd
    from selectolax.lexbor import LexborHTMLParser

    gate = govstats.schema("national-2021", "applications")
    frame = parse("page", pages[0]).applications
    texts = [data.decode() for data in pages]
    turns = [iter(range(len(pages))) for _ in range(3)]

    def collect() -> list[str]:
        return [cell.text() for cell in LexborHTMLParser(texts[next(turns[1])]).css("td, th")]

    def with_pandas() -> None:
        pd.read_html(io.StringIO(texts[next(turns[2])]), flavor="lxml")
        gate.validate(frame)

    ours, bare, pandas = rivals(lambda: work("page", pages[next(turns[0])]), collect, with_pandas)
    print(f"page of {len(pages[0]):,} bytes, {texts[0].count('<td'):,} cells; median of {TURNS}")
    print(f"govstats: {what:27}{ours:8.2f} ms")
    print(f"selectolax: parse, collect cells     {bare:8.2f} ms   ratio {ours / bare:5.2f}")
    print(f"pandas.read_html and pandera         {pandas:8.2f} ms   ratio {pandas / ours:5.1f}")


if __name__ == "__main__":
    main()
