"""Many things at once, at the worst moment: nothing is lost, and running again says what an undisturbed run says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from govstats.corpus import ledger
from tests.corpus.test_run import SUQIAN, ZHAOTONG, folder_of, told

NIGHTLY = bool(os.environ.get("GOVSTATS_NIGHTLY"))
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX")


def started(folder: Path, cache: Path | None, out: Path, **environment: str) -> subprocess.Popen[bytes]:
    kept = ["--cache-dir", str(cache)] if cache else ["--no-cache"]
    command = ["check", str(folder), "--jobs", "1", "-o", str(out), *kept]
    return subprocess.Popen(
        [sys.executable, "-m", "govstats", *command], stderr=subprocess.PIPE, env={**os.environ, **environment}
    )


def ended(run: subprocess.Popen[bytes]) -> int:
    run.communicate(timeout=300)
    return run.returncode


@pytest.mark.parametrize("runs", [8 if NIGHTLY else 3])
def test_runs_on_one_cache_say_the_same(tmp_path: Path, runs: int) -> None:
    folder, cache = folder_of(tmp_path / "reports", 40), tmp_path / "cache"
    for _ in range(2):
        outs = [tmp_path / f"{number}.jsonl" for number in range(runs)]
        at_once = [started(folder, cache, out) for out in outs]
        assert [(run.communicate(timeout=300)[1].count(b"\n"), run.returncode) for run in at_once] == [(1, 1)] * runs
        assert len({out.read_bytes() for out in outs}) == 1
    assert ended(started(folder, None, tmp_path / "alone.jsonl")) == 1
    assert (tmp_path / "alone.jsonl").read_bytes() == outs[0].read_bytes()


def test_runs_that_write_one_file_leave_a_whole_one(tmp_path: Path) -> None:
    folder, out = folder_of(tmp_path / "reports", 20), tmp_path / "out" / "a.jsonl"
    out.parent.mkdir()
    at_once = [started(folder, None, out) for _ in range(3)]
    assert [(run.communicate(timeout=300), run.returncode)[1] for run in at_once] == [1] * 3
    assert len(out.read_text("utf-8").splitlines()) == 22
    assert list(out.parent.iterdir()) == [out]


@contextmanager
def full_disk(megabytes: int, folder: Path) -> Iterator[Path]:
    """A file system of its own, that is soon full."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@POSIX
@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("mount"), reason="Linux")
@pytest.mark.parametrize("place", ["cache", "output", "temporary"])
def test_a_full_disk_ends_in_a_line_and_loses_nothing(tmp_path: Path, place: str) -> None:
    folder = folder_of(tmp_path / "reports", 300)
    (tmp_path / "free").mkdir()
    with full_disk(1, tmp_path / "small") as small:
        places = dict.fromkeys(("cache", "output", "temporary"), tmp_path / "free") | {place: small}
        out = places["output"] / "a.jsonl"
        small.joinpath("ballast").write_bytes(bytes(2**19))
        out.write_bytes(b"old")
        run = started(
            folder, places["cache"], out, TMPDIR=str(places["temporary"]), SQLITE_TMPDIR=str(places["temporary"])
        )
        _, lines = run.communicate(timeout=300)
        assert b"Traceback" not in lines
        if place == "cache":  # what was read is told all the same, and that not all is kept
            assert run.returncode == 1
            assert "没有全部保存" in lines.decode()
        else:
            assert (run.returncode, out.read_bytes()) == (2, b"old")
            assert len(lines.splitlines()) == 1
        assert {path.name for path in small.iterdir()} - {"a.jsonl", "ballast"} == (
            {path.name for path in small.glob("ledger-*")}
        )
    assert ended(started(folder, tmp_path / "free", tmp_path / "again.jsonl")) == 1
    assert ended(started(folder, None, tmp_path / "alone.jsonl")) == 1
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "alone.jsonl").read_bytes()


@pytest.mark.parametrize("shift", [-86_400, 86_400])
def test_a_clock_that_is_set_hides_no_change(tmp_path: Path, shift: int, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = folder_of(tmp_path / "reports", 6), tmp_path / "cache"
    told(folder, cache)
    now = time.time_ns()
    monkeypatch.setattr(ledger.time, "time_ns", lambda: now + shift * 10**9)
    told(folder, cache)
    page = folder / "001.html"
    before = page.stat()
    page.write_bytes(ZHAOTONG[: before.st_size].ljust(before.st_size))
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert told(folder, cache) == told(folder, None)


def test_files_that_change_while_they_are_read_are_read_again(tmp_path: Path) -> None:
    folder, cache = folder_of(tmp_path / "reports", 10), tmp_path / "cache"
    enough = Event()

    def replace() -> None:
        turn = 0
        while not enough.wait(0.002):
            turn += 1
            page = (SUQIAN, ZHAOTONG)[turn % 2] + f"<!-- {turn} -->".encode()
            target = folder / f"{turn % 10:03}.html"
            if turn % 3:
                target.write_bytes(page)
            else:
                (folder / "new").write_bytes(page)
                (folder / "new").replace(target)

    changing = Thread(target=replace)
    changing.start()
    try:
        for _ in range(30 if NIGHTLY else 4):
            assert len(told(folder, cache)) >= 12
    finally:
        enough.set()
        changing.join()
    assert told(folder, cache) == told(folder, None)
