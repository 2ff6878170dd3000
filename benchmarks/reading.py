"""Reading one page, side by side in one run: ours, selectolax collecting all cells, pandas.read_html and pandera.

The page is 95 KB as pasted from Word: every cell a paragraph in a span with styles.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import govstats
from govstats.catalog.formats import known_formats
from govstats.pipeline import parse

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
    """Print the three, and their ratios."""
    import pandas as pd
    from selectolax.lexbor import LexborHTMLParser

    sample = next(path for path in govstats.samples() if "suqian-2023" in path.name)
    data = word_pasted(sample.read_text("utf-8"))
    text = data.decode()
    known_formats()
    gate = govstats.schema("national-2021", "applications")
    frame = parse("page", data).applications

    def collect() -> list[str]:
        return [cell.text() for cell in LexborHTMLParser(text).css("td, th")]

    def with_pandas() -> None:
        pd.read_html(io.StringIO(text), flavor="lxml")
        gate.validate(frame)

    ours, bare, pandas = rivals(lambda: parse("page", data), collect, with_pandas)
    print(f"page of {len(data):,} bytes, {text.count('<td'):,} cells; median of {TURNS}")
    print(f"govstats: read, locate, align     {ours:7.2f} ms")
    print(f"selectolax: parse, collect cells  {bare:7.2f} ms   ratio {ours / bare:5.2f} (aim: at most 1.7)")
    print(f"pandas.read_html and pandera      {pandas:7.2f} ms   ratio {pandas / ours:5.1f} (aim: 5 or more)")


if __name__ == "__main__":
    main()
