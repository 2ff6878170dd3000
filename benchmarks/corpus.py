"""A corpus of N reports, read, checked, diagnosed and compared: reports a second, and the memory of all processes.

The pages: 95 KB as pasted from Word, agencies over four years whose figures agree (what one year carries on the next
takes over), sixteen layouts, prose with claims; 3 % are damaged, 1 % are hostile. Cold, warm, with 1 and 2 jobs, and
with two workers of dask; each a process of its own, taken one after the other.

    python benchmarks/corpus.py [N] [--folder FOLDER] [--turns T]
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import psutil

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.reading import PAGE_SIZE, word_pasted
from tests.chronicle import Paper, histories
from tests.containers.pages import page
from tests.damage import source_damaged
from tests.dresses import DRESSES
from tests.factory import as_figures
from tests.readers.test_hostile import HOSTILE
from tests.stories import story

YEARS = range(2021, 2025)
DAMAGED, IS_HOSTILE = 0.03, 0.01
_LARGEST = 2**20
"""Hostile documents above this size are left out: they would fill the disk before they test the reader."""
_SENTENCES = (
    "主动公开政府信息{a}条，其中：门户网站公开{b}条、政务新媒体公开{c}条。",
    "{year}年，收到和处理政府信息公开申请{new}件，均在法定期限内答复。",
    "举办新闻发布会{d}场，解读政策文件{e}件，回应公众留言{f}条，办结率100%。",
    "本年度坚持以公开为常态、不公开为例外，加强组织领导，完善工作机制，回应社会关切。",
    "一是解读形式不够丰富，二是公开的时效性有待提高，三是基层力量较为薄弱。",
    "进一步规范政府信息公开申请的接收、登记、审核、办理、答复、归档等环节，提高答复质量。",
)


def agencies() -> Iterator[str]:
    """Names of agencies, as many as are asked for."""
    heads, tails = "东西南北中上下前后高长大小新青", "安宁平康昌兴隆丰盛泰和顺祥福禄江河湖海山川原林泉溪"
    offices = (
        "财政",
        "水利",
        "教育",
        "民政",
        "司法",
        "审计",
        "统计",
        "体育",
        "信访",
        "商务",
        "林业",
        "气象",
        "卫生健康",
    )
    for head in heads:
        for tail in tails:
            for level in "市县":
                for office in offices:
                    yield f"{head}{tail}{level}{office}局"


def written(paper: Paper, dress: str, chance: random.Random) -> bytes:
    """A page of 95 KB."""
    told = story(as_figures(paper.tables), f"{paper.agency}{paper.year}年政府信息公开工作年度报告")
    source = page(DRESSES[dress](told))
    parts = {name: chance.randrange(1, 400) for name in "bcdef"}
    fields = {
        **parts,
        "a": parts["b"] + parts["c"],
        "year": paper.year,
        "new": int(paper.get("applications", "1", "total")),
    }
    prose = "".join(f"<p>{text.format(**fields)}</p>" for text in chance.sample(_SENTENCES, len(_SENTENCES)))
    source = source.replace("本年度共发布信息12条。", "本年度工作情况如下。")
    return word_pasted(source.replace("<table", prose + "<table", 1))


def pages(count: int) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each document."""
    chance = random.Random(2023)  # noqa: S311
    hostile = cycle([data for data in (make() for make in HOSTILE.values()) if len(data) < _LARGEST])
    dresses = cycle(DRESSES)
    names = list(islice(agencies(), -(-count // len(YEARS))))
    for number, name in enumerate(names):
        for year, paper in histories(number, [name], YEARS)[name].items():
            data, kind = written(paper, next(dresses), chance), chance.random()
            if kind < IS_HOSTILE:
                data = next(hostile)
            elif kind < IS_HOSTILE + DAMAGED:
                data = source_damaged(data.decode(), chance).data
            yield f"{number % 100:02}/{name}{year}.html", data


def write(folder: Path, count: int) -> None:
    """The corpus, in a hundred folders."""
    for number in range(100):
        (folder / f"{number:02}").mkdir(parents=True, exist_ok=True)
    for name, data in islice(pages(count), count):
        (folder / name).write_bytes(data)


class Measured(NamedTuple):
    """A run: seconds by the clock, the most memory that all its processes had together (MB), its exit code."""

    seconds: float
    memory: float
    code: int


def measured(*arguments: str) -> Measured:
    """Run govstats, and watch all its processes. Memory that they share is counted once (PSS)."""
    begin, most = time.perf_counter(), 0.0
    with subprocess.Popen(
        [sys.executable, "-m", "govstats", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        root = psutil.Process(run.pid)
        while run.poll() is None:
            most = max(most, memory(root))
            time.sleep(0.2)
    return Measured(time.perf_counter() - begin, most, run.returncode)


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
    options.add_argument("--folder", type=Path)
    options.add_argument("--without-dask", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch, "corpus")
        if not folder.exists():
            write(folder, given.count)
        measure(folder, Path(scratch, "cache"), given.without_dask)


def measure(folder: Path, cache: Path, without_dask: bool) -> None:
    """All runs over one corpus."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / max(1, len(files))
    print(f"{len(files):,} documents of {size / 1e3:.0f} KB on average (pages of {PAGE_SIZE / 1e3:.0f} KB)")
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
            f"{name:16} {run.seconds:8.1f} s {len(files) / run.seconds:7.0f} reports/s {run.memory:6.0f} MB"
            f"  exit {run.code}",
            flush=True,
        )
    print(f"warm is {found['2 jobs, cold'].seconds / found['2 jobs, warm'].seconds:.1f} times as fast (aim: 10)")
    print(f"2 jobs are {found['1 job'].seconds / found['2 jobs'].seconds:.2f} times as fast as 1 (aim: 1.8)")
    if "dask, 2 workers" in found:
        print(f"dask takes {found['dask, 2 workers'].seconds / found['2 jobs'].seconds:.2f} times as long (aim: 1.15)")


if __name__ == "__main__":
    main()
