"""Someone ends the run, or its workers, at any moment: no process and no file stays, no result is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.corpus.test_run import folder_of

KILLS = 100 if os.environ.get("GOVSTATS_NIGHTLY") else 6
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc"),
    pytest.mark.timeout(600 + 30 * KILLS),
]
PATIENCE = 5.0
MARK = "GOVSTATS_TEST_OF_KILLS"
PAGES = 60


class Siege:
    """A folder of reports, and everything that a run may leave somewhere."""

    def __init__(self, folder: Path) -> None:
        self.reports = folder_of(folder / "reports", PAGES)
        self.cache, self.out, self.temporary = (folder / name for name in ("cache", "out", "tmp"))
        self.out.mkdir()
        self.temporary.mkdir()
        self.mark = str(folder)

    def started(self, *more: str) -> subprocess.Popen[bytes]:
        more = more or ("--cache-dir", str(self.cache))
        command = ["check", str(self.reports), "--jobs", "2", "-o", str(self.out / "a.jsonl"), *more]
        with (self.reports.parent / "stderr").open("wb") as errors:
            return subprocess.Popen(
                [sys.executable, "-X", "faulthandler", "-m", "govstats", *command],
                stderr=errors,
                env={**os.environ, "TMPDIR": str(self.temporary), MARK: self.mark},
            )

    def ended(self, run: subprocess.Popen[bytes]) -> int:
        """The exit code; of a run that hangs, where it does."""
        try:
            return run.wait(120)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGABRT)
            run.wait(30)
            raise AssertionError((self.reports.parent / "stderr").read_text("utf-8", "replace")) from None

    def told(self, *more: str) -> tuple[int, bytes]:
        """Exit code and output of a run that nobody disturbs."""
        code = self.ended(self.started(*more))
        return code, (self.out / "a.jsonl").read_bytes()

    def living(self) -> Iterator[psutil.Process]:
        for each in psutil.process_iter():
            try:
                if each.environ().get(MARK) == self.mark and each.status() != psutil.STATUS_ZOMBIE:
                    yield each
            except psutil.Error:
                continue

    def left(self) -> list[str]:
        """Processes and files that should not be there, after some patience."""
        until = time.monotonic() + PATIENCE
        while (found := [*map(str, self.living()), *self.files()]) and time.monotonic() < until:
            time.sleep(0.1)
        return found

    def files(self) -> list[str]:
        return [path.name for path in (*self.out.iterdir(), *self.temporary.iterdir()) if path.name != "a.jsonl"]


@pytest.fixture
def siege(tmp_path: Path) -> Siege:
    return Siege(tmp_path)


def test_whoever_is_killed_and_whenever_nothing_stays_and_nothing_is_lost(siege: Siege) -> None:
    begun = time.monotonic()
    whole = siege.told("--no-cache")
    lasts = time.monotonic() - begun
    chance = random.Random(22)  # noqa: S311
    for kill in range(KILLS):
        name = ("SIGKILL", "SIGTERM")[kill % 2]
        victim = ("parent", "worker", "workers")[kill // 2 % 3]
        (siege.out / "a.jsonl").unlink(missing_ok=True)
        for file in siege.cache.glob("*") if kill % 4 == 0 else ():
            file.unlink()
        before = set(siege.files())
        run = siege.started()
        time.sleep(chance.uniform(0, lasts))
        hit = struck(siege, run, victim, signal.Signals[name])
        code = siege.ended(run)
        left = set(siege.left()) - before
        if victim == "parent" and name == "SIGKILL" and hit:  # names of what is half-written go with the next start
            left = {each for each in left if not each.endswith((".part", ".log"))}
        assert left == set(), (kill, victim, name, left)
        if victim != "parent" or not hit:
            assert (code, (siege.out / "a.jsonl").read_bytes()) == whole, (kill, victim, name)
    assert siege.told() == whole
    assert siege.left() == []


def struck(siege: Siege, run: subprocess.Popen[bytes], victim: str, how: signal.Signals) -> bool:
    """Send the signal. Whether there was somebody to hit."""
    if victim == "parent":
        run.send_signal(how)
        return True
    workers = [each for each in siege.living() if each.pid != run.pid and "popen_loky" in " ".join(command(each))]
    for worker in workers[: 1 if victim == "worker" else None]:
        try:
            worker.send_signal(how)
        except psutil.NoSuchProcess:
            continue
    return bool(workers)


def command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_a_parent_that_is_killed_while_its_workers_start_leaves_none(siege: Siege) -> None:
    for _ in range(max(KILLS // 5, 2)):
        run = siege.started("--no-cache")
        while len(list(siege.living())) < 2 and run.poll() is None:
            time.sleep(0.01)
        run.kill()
        run.wait(30)
        assert [each for each in siege.left() if not each.endswith((".part", ".log"))] == []
