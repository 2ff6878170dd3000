"""10^6 cells as Parquet: ours, from reports as read to the file and back to a DataFrame, against bare pyarrow.

Bare pyarrow is given the finished table of the same columns, and reads it back as a table; each is the smallest of
several turns, in processor time, taken one by one.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import govstats
from govstats.panels.files import saved
from govstats.panels.stream import Told, batches

REPORTS = 5_000
TURNS = 5


def least(*works: Callable[[], object]) -> list[float]:
    """Seconds of processor time of each, the smallest of several turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(TURNS):
        for work, taken in zip(works, times, strict=True):
            begin = time.process_time()
            work()
            taken.append(time.process_time() - begin)
    return [min(taken) for taken in times]


def corpus() -> list[govstats.Report]:
    """Reports of many agencies with the tables of the samples, no two with the same figures."""
    reports = [govstats.read(path) for path in govstats.samples()]
    return [_another(reports[n % len(reports)], n) for n in range(REPORTS)]


def _another(report: govstats.Report, n: int) -> govstats.Report:
    tables = {name: replace(table, values=table.values * (n % 997 + 1)) for name, table in report.tables.items()}
    return replace(
        report, agency=f"某市第{n // 5}局", year=2021 + n % 5, path=f"{n}.html", sha256=f"{n:064x}", tables=tables
    )


def write(reports: list[govstats.Report], target: Path, *, harmonised: bool = False) -> Told:
    """Write a panel as the command does."""
    told = Told()
    with saved(target, ".parquet") as files:
        for table, batch in batches(reports, told, harmonised=harmonised):
            files.write(table, batch)
    return told


def main() -> None:
    """Print both, for writing and for reading, and their ratios."""
    reports = corpus()
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = Path(folder) / "ours.parquet", Path(folder) / "bare.parquet"
        told = write(reports, ours)
        finished = pa.Table.from_batches(pq.read_table(ours).to_batches())
        writing, raw_writing, series = least(
            lambda: write(reports, ours),
            lambda: pq.write_table(finished, bare, compression="zstd", row_group_size=100_000),
            lambda: write(reports, Path(folder) / "more.parquet", harmonised=True),
        )
        reading, raw_reading = least(lambda: pd.read_parquet(ours), lambda: pq.read_table(bare))
    aim = "(aim: at most 3)"
    print(f"{told.reports:,} reports, {told.cells:,} cells; least of {TURNS}, processor time")
    print(f"govstats: reports to Parquet  {writing * 1e3:7.0f} ms   with series {series * 1e3:7.0f} ms")
    print(f"pyarrow: table to Parquet     {raw_writing * 1e3:7.0f} ms   ratio {writing / raw_writing:5.2f} {aim}")
    print(f"govstats: Parquet to frame    {reading * 1e3:7.0f} ms")
    print(f"pyarrow: Parquet to table     {raw_reading * 1e3:7.0f} ms   ratio {reading / raw_reading:5.2f} {aim}")


if __name__ == "__main__":
    main()
