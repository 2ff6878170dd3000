"""Processor time of each stage, a document: reading it, locating, aligning, identity, prose, relations, checks, record.

Each document is read once, so that nothing is remembered of it; a stage is charged for what it does itself, not for
the stages within it. Beside it, what a bare selectolax takes to parse the same pages and collect their cells.

    python benchmarks/stages.py [CORPUS …] [--count N]
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from unittest import mock

from selectolax.lexbor import LexborHTMLParser

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.corpora import CORPORA, documents
from govstats import checks, pipeline
from govstats.alignment import tables
from govstats.comparison import compare
from govstats.corpus.records import Record
from govstats.corpus.results import Entered, Results, StoredFilings
from govstats.sources import Source

STAGES: tuple[tuple[Any, str, str], ...] = (
    (pipeline, "read_document", "document"),
    (tables, "shape", "locate"),
    (tables, "printed_rows", "locate"),
    (tables, "detect", "locate"),
    (tables, "locate", "locate"),
    (pipeline, "read_tables", "align"),
    (pipeline, "identify", "identity"),
    (pipeline, "named_by_path", "identity"),
    (pipeline, "seat", "identity"),
    (pipeline, "statements", "prose"),
    (pipeline, "examine", "relations"),
    (checks, "findings", "checks"),
)
"""Module, function, and the stage that it is charged to."""
ORDER = ("document", "locate", "align", "identity", "prose", "relations", "checks", "compare", "record", "rest")
_STACK, _FEW = 32, 50


class Meter:
    """Processor time by stage: the innermost one that runs is charged."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._stack = ["rest"]
        self._since = time.process_time()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What runs in here is charged to the stage."""
        self._charge()
        self._stack.append(name)
        try:
            yield
        finally:
            self._charge()
            self._stack.pop()

    def _charge(self) -> None:
        now = time.process_time()
        self.seconds[self._stack[-1]] += now - self._since
        self._since = now

    def metered(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        """The function, charged to a stage."""

        def run(*given: Any, **named: Any) -> Any:
            with self.stage(stage):
                return function(*given, **named)

        return run


def profile(pages: list[tuple[str, bytes]]) -> dict[str, float]:
    """Seconds by stage, of all documents."""
    meter = Meter()
    with ExitStack() as patched:
        for home, name, stage in STAGES:
            patched.enter_context(mock.patch.object(home, name, meter.metered(getattr(home, name), stage)))
        results = Results()
        for first in range(0, len(pages), _STACK):
            reads = [
                read for name, data in pages[first : first + _STACK] for read in pipeline.attempts(Source(name, data))
            ]
            entries = pipeline.audited(reads)
            with meter.stage("record"):
                made = [Record.of(entry) for entry in entries]
                results.enter(Entered(first + at, each) for at, each in enumerate(made))
        with meter.stage("compare"):
            list(compare(StoredFilings(results)))
        results.close()
    with meter.stage("rest"):
        pass
    return dict(meter.seconds)


def bare(pages: list[tuple[str, bytes]]) -> float:
    """Seconds that selectolax takes for a page and its cells: the median, since hostile pages take seconds."""
    times = []
    for text in [data.decode("utf-8", "replace") for name, data in pages if name.endswith(".html")][:_FEW]:
        begin = time.process_time()
        [cell.text() for cell in LexborHTMLParser(text).css("td, th")]
        times.append(time.process_time() - begin)
    return sorted(times)[len(times) // 2]


def main() -> None:
    """Print a table: a stage a row, a corpus a column."""
    options = argparse.ArgumentParser()
    options.add_argument("corpora", nargs="*", default=list(CORPORA))
    options.add_argument("--count", type=int, default=400)
    given = options.parse_args()
    found = {}
    gc.disable()
    for name in given.corpora:
        pages = list(islice(documents(name, given.count), given.count))
        warm, pages = pages[:_STACK], pages[_STACK:]
        profile(warm)
        found[name] = {stage: 1e3 * taken / len(pages) for stage, taken in profile(pages).items()}
        found[name]["all"] = sum(found[name].values())
        found[name]["selectolax"] = 1e3 * bare(pages)
    print(f"{'ms of processor time':22}" + "".join(f"{name:>10}" for name in found))
    for stage in (*ORDER, "all", "selectolax"):
        print(f"{stage:22}" + "".join(f"{figures.get(stage, 0):10.2f}" for figures in found.values()))


if __name__ == "__main__":
    main()
