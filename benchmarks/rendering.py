"""10,000 findings in every output format: seconds, size; the workbook against bare openpyxl, turn by turn in one run.

python benchmarks/rendering.py [N]
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).parent.parent))

from govstats.renderers import render, renderers
from tests import audits

TURNS = 3


def seconds(action: Callable[[], object]) -> float:
    """Processor seconds of the quickest of some turns."""
    taken = []
    for _ in range(TURNS):
        begin = time.process_time()
        action()
        taken.append(time.process_time() - begin)
    return min(taken)


def main() -> None:
    """Print a line for each format, and the ratio of the workbook."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    entries = list(audits.many(count))
    print(f"{count:,} findings in {len(entries):,} reports")
    taken = {}
    for name in renderers():
        chunks = list(render(name, entries))
        size = sum(len(chunk if isinstance(chunk, bytes) else chunk.encode()) for chunk in chunks)
        taken[name] = seconds(lambda name=name: list(render(name, entries)))
        print(f"{name:10} {taken[name]:7.2f} s {size / 1e6:8.1f} MB")

    def bare() -> None:
        book = openpyxl.Workbook()
        for row in range(count + len(entries)):
            book.active.append([f"某一格的文字{row}"] * 14)
        book.save(io.BytesIO())

    print(f"xlsx takes {taken['xlsx'] / seconds(bare):.1f} times as long as writing so many cells (aim: 6)")


if __name__ == "__main__":
    main()
