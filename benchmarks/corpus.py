"""A corpus of N reports, read, checked, diagnosed and compared: reports a second, and the memory of all processes.

The corpora are those of `corpora.py`. Cold, warm, with 1 and 2 jobs, and with two workers of dask; each a process of
its own, taken one after the other. Beside the clock, the processor time of a report: a busy machine alters it less.

    python benchmarks/corpus.py [N] [--corpus sites] [--folder FOLDER] [--without-dask]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.corpora import CORPORA, write


class Measured(NamedTuple):
    """A run: seconds by the clock and of the processors, the most memory of all its processes (MB), its exit code."""

    seconds: float
    processor: float
    memory: float
    code: int


def measured(*arguments: str) -> Measured:
    """Run govstats, and watch all its processes. Memory that they share is counted once (PSS)."""
    begin, most, used = time.perf_counter(), 0.0, _used()
    with subprocess.Popen(
        [sys.executable, "-m", "govstats", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        root = psutil.Process(run.pid)
        while run.poll() is None:
            most = max(most, memory(root))
            time.sleep(0.2)
    return Measured(time.perf_counter() - begin, _used() - used, most, run.returncode)


def _used() -> float:
    """Processor time of all children that have ended, and theirs."""
    times = os.times()
    return times.children_user + times.children_system


def memory(root: psutil.Process) -> float:
    """MB of a process and all below it."""
    total = 0
    for process in [root, *root.children(recursive=True)]:
        try:
            info = process.memory_full_info()
        except psutil.Error:
            continue
        total += getattr(info, "pss", info.rss)
    return total / 2**20


def main() -> None:
    """Print the runs, and their ratios."""
    options = argparse.ArgumentParser()
    options.add_argument("count", type=int, nargs="?", default=2000)
    options.add_argument("--corpus", choices=CORPORA, default="sites")
    options.add_argument("--folder", type=Path)
    options.add_argument("--without-dask", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch, "corpus")
        if not folder.exists():
            write(given.corpus, folder, given.count)
        measure(folder, Path(scratch, "cache"), given.without_dask)


def measure(folder: Path, cache: Path, without_dask: bool) -> None:
    """All runs over one corpus."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / max(1, len(files))
    print(f"{len(files):,} documents of {size / 1e3:.0f} KB on average")
    check = ("check", os.fspath(folder), "--format", "concise")
    runs: dict[str, tuple[str, ...]] = {
        "2 jobs, cold": (*check, "--jobs", "2", "--cache-dir", os.fspath(cache)),
        "2 jobs, warm": (*check, "--jobs", "2", "--cache-dir", os.fspath(cache)),
        "1 job": (*check, "--jobs", "1", "--no-cache"),
        "2 jobs": (*check, "--jobs", "2", "--no-cache"),
    }
    if not without_dask:
        runs["dask, 2 workers"] = (*check, "--engine", "dask", "--jobs", "2", "--no-cache")
    found = {}
    for name, arguments in runs.items():
        found[name] = run = measured(*arguments)
        print(
            f"{name:16} {run.seconds:8.1f} s {len(files) / run.seconds:7.0f} reports/s"
            f" {1e3 * run.processor / len(files):7.2f} ms of processor time {run.memory:6.0f} MB"
            f"  exit {run.code}",
            flush=True,
        )
    print(f"warm is {found['2 jobs, cold'].seconds / found['2 jobs, warm'].seconds:.1f} times as fast (aim: 10)")
    print(f"2 jobs are {found['1 job'].seconds / found['2 jobs'].seconds:.2f} times as fast as 1 (aim: 1.8)")
    if "dask, 2 workers" in found:
        print(f"dask takes {found['dask, 2 workers'].seconds / found['2 jobs'].seconds:.2f} times as long (aim: 1.15)")


if __name__ == "__main__":
    main()
