"""How time and memory grow with what there is to read: at three sizes, and to which power (1: in proportion).

    python benchmarks/growth.py [KIND …]

Kinds: lengths of texts, counts of lines, links, tags and tables, claims, what is opened and never closed, files in a
folder, comparisons, and findings in every output format. Processor time, the best of some turns; memory as Python
allocates it, in a turn of its own.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from govstats.comparison import InMemory, compare
from govstats.pipeline import audited, parse
from govstats.renderers import render, renderers
from govstats.sources import plan
from tests import audits
from tests.chronicle import histories
from tests.containers.pages import page
from tests.figuresets import sample
from tests.stories import story

TURNS = 3
AIM = 1.1
_STORY = page(story(sample("distinct", 1).figures))


_BEGINS = count(10_000, 10_000)


def _numbers(size: int) -> range:
    """So many numbers that were not given before: what is remembered of texts would hide how reading them grows."""
    begin = next(_BEGINS)
    return range(begin, begin + size)


class Kind(NamedTuple):
    """What grows. `sizes`: how much of it; `prepare`: a size → the work to be measured."""

    sizes: tuple[int, int, int]
    prepare: Callable[[int], Callable[[], object]]


def page_with(piece: str, sizes: tuple[int, int, int] = (500, 2_000, 8_000)) -> Kind:
    """A report with a piece of source again and again; `{n}` in it is the number of the piece."""

    def prepare(size: int) -> Callable[[], object]:
        pieces = "".join([piece.replace("{n}", str(number)) for number in _numbers(size)])
        data = _STORY.replace("</body>", f"{pieces}</body>").encode()
        return lambda: audited([parse("page", data)])

    return Kind(sizes, prepare)


def plain_text(line: str, sizes: tuple[int, int, int] = (500, 2_000, 8_000)) -> Kind:
    """A text of such lines."""

    def prepare(size: int) -> Callable[[], object]:
        data = "\n".join([line.replace("{n}", str(number)) for number in _numbers(size)]).encode()
        return lambda: audited([parse("text", data)])

    return Kind(sizes, prepare)


def _folder(size: int) -> Callable[[], object]:
    folder = Path(tempfile.mkdtemp())
    for number in range(size):
        (folder / f"{number}.html").touch()
    return lambda: list(plan([folder]).sources)


def _comparisons(size: int) -> Callable[[], object]:
    names = [f"第{number}区财政局" for number in range(size // 4)]
    papers = [paper for years in histories(1, names, range(2021, 2025)).values() for paper in years.values()]
    reports = [paper.report() for paper in papers]
    return lambda: list(compare(InMemory(reports)))


def _rendering(name: str) -> Kind:
    def prepare(size: int) -> Callable[[], object]:
        entries = list(audits.many(size))
        return lambda: [None for _ in render(name, entries)]

    return Kind((125, 500, 2_000), prepare)


def _one_line(size: int) -> Callable[[], object]:
    data = "".join([f"政府信息公开{number}条，" for number in _numbers(size)]).encode()
    return lambda: audited([parse("text", data)])


def _rows(size: int) -> Callable[[], object]:
    rows = "".join([f"<tr><td>栏目{number}</td><td>{number}</td></tr>" for number in _numbers(size)])
    data = _STORY.replace("</body>", f"<table>{rows}</table></body>").encode()
    return lambda: audited([parse("page", data)])


KINDS: dict[str, Kind] = {
    "text: sentences": plain_text("本机关第{n}次会议强调要加强政务公开工作，及时回应社会关切。"),
    "text: claims": plain_text(
        "主动公开信息{n}条，其中网站公开12条、新媒体公开{n}条，同比增长5.2%。", (250, 1_000, 4_000)
    ),
    "text: short lines": plain_text("（一）规章 {n}"),
    "text: one line": Kind((500, 2_000, 8_000), _one_line),
    "page: paragraphs": page_with("<p>本机关第{n}次会议强调要加强政务公开工作。</p>"),
    "page: links": page_with("<li><a href='/{n}/' title='{n}'>栏目{n}</a></li>"),
    "page: tags": page_with("<div class='a{n}'><span>"),
    "page: cells": page_with("<table><tr><td>栏目</td><td>{n}</td></tr></table>", (100, 400, 1_600)),
    "page: rows": Kind((500, 2_000, 8_000), _rows),
    "page: comments": page_with("<!-- {n} --><script>if(a<{n}){}</script>"),
    "unclosed: pre": page_with("<pre>{n} "),
    "unclosed: script": page_with("<script>{n} "),
    "unclosed: comment": page_with("<!-- {n} "),
    "unclosed: title": page_with("<title>{n} "),
    "unclosed: select": page_with("<select><style>{n} "),
    "unclosed: optgroup": page_with("<optgroup><option>{n}"),
    "unclosed: link": page_with("<a href='{n}'>{n} "),
    "folder": Kind((500, 2_000, 8_000), _folder),
    "comparisons": Kind((200, 800, 3_200), _comparisons),
    **{f"findings: {name}": _rendering(name) for name in renderers()},
}


class Grown(NamedTuple):
    """Seconds and megabytes at each size."""

    seconds: tuple[float, ...]
    memory: tuple[float, ...]


def measured(kind: Kind) -> Grown:
    """Time and memory at the three sizes."""
    seconds, memory = [], []
    for size in kind.sizes:
        taken = []
        for _ in range(TURNS):
            work = kind.prepare(size)
            begin = time.process_time()
            work()
            taken.append(time.process_time() - begin)
        seconds.append(min(taken))
        tracemalloc.start()
        work()
        memory.append(tracemalloc.get_traced_memory()[1] / 2**20)
        tracemalloc.stop()
    return Grown(tuple(seconds), tuple(memory))


def exponent(sizes: tuple[int, ...], found: tuple[float, ...]) -> float:
    """The power from the second size to the third: at the first, what does not grow hides what does."""
    return math.log(max(found[2], 1e-9) / max(found[1], 1e-9)) / math.log(sizes[2] / sizes[1])


def main() -> None:
    """Print a line for each kind; those that grow faster than in proportion are marked."""
    wanted = sys.argv[1:]
    for name, kind in KINDS.items():
        if wanted and not any(name.startswith(each) for each in wanted):
            continue
        try:
            grown = measured(kind)
        except Exception as error:  # a page beyond the limits is refused, at whatever size
            print(f"{name:22} {type(error).__name__}: {error}")
            continue
        powers = exponent(kind.sizes, grown.seconds), exponent(kind.sizes, grown.memory)
        shown = " ".join(f"{1e3 * each:8.1f}" for each in grown.seconds)
        mark = "  above the aim" if max(powers) > AIM else ""
        print(
            f"{name:22} {shown} ms  n^{powers[0]:.2f}   {grown.memory[2]:7.1f} MB  n^{powers[1]:.2f}{mark}", flush=True
        )


if __name__ == "__main__":
    main()
