"""Worker processes: same results, in the same order; what ends or stalls a worker is one document not read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import pytest

import govstats
from govstats.corpus import Settings, entries
from govstats.corpus.engines import Limits, Local, pool
from govstats.corpus.engines.notes import Notes
from govstats.corpus.records import records
from govstats.errors import ReaderFaultError, UsageError
from govstats.model.audits import Unread
from govstats.model.report import Report
from govstats.pipeline import Read, attempts
from govstats.sources import Source, plan

SAMPLE = next(path for path in govstats.samples() if "suqian-2023" in path.name)
LIMITS = Limits(seconds=1.0, memory=2**28)
PATIENT = Limits(seconds=0.5)
"""By the clock a document may take 3 seconds, however busy the machine is."""


@dataclass(frozen=True, slots=True)
class Trap(Source):
    """A document whose reading goes wrong in a given way."""

    kind: str = ""

    def parts(self) -> Iterator[Source]:
        yield self

    def read(self) -> bytes:
        if self.kind == "endless":
            while True:
                sum(range(1000))
        if self.kind == "asleep":
            time.sleep(60)
        if self.kind == "slow":
            time.sleep(1.4 * PATIENT.seconds)
        if self.kind == "killed":
            os.abort()
        if self.kind.startswith("once-"):
            with suppress(FileExistsError):
                Path(self.name).touch(exist_ok=False)
                os.kill(os.getpid(), signal.Signals[self.kind.removeprefix("once-")])
        if self.kind == "memory":
            return b"x" * 2**34
        if self.kind == "fault":
            raise ZeroDivisionError("a fault of the reader")
        return SAMPLE.read_bytes()


def read(sources: list[Source], jobs: int = 1) -> list[Read]:
    results = list(pool.run(list, enumerate(sources), jobs, LIMITS))
    assert [number for number, _ in results] == list(range(len(sources)))
    return [result for _, result in results]


def traps(*kinds: str) -> list[Source]:
    return [Trap(f"{number}-{kind or 'good'}", None, kind) for number, kind in enumerate(kinds)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_dies_costs_one_document(jobs: int) -> None:
    sources = traps("", "killed", "", "", "killed", "killed", "", *[""] * 8)
    found = read(sources, jobs)
    assert [each.path for each in found] == [source.name for source in sources]
    assert [isinstance(each, Unread) for each in found] == ["killed" in source.name for source in sources]
    assert "意外中止" in str(next(each.error for each in found if isinstance(each, Unread)))


def test_what_kills_workers_costs_those_who_share_them_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does looking at what each worker does, from both threads, while it dies and is replaced."""
    monkeypatch.setattr(pool, "_LOOK_AGAIN", 0.0005)
    shared = pool.Pool(list, 2, LIMITS, largest=1)

    def told(*kinds: str) -> list[type[Read]]:
        return [type(each) for _, each in shared.run(enumerate(traps(*kinds)), seen=lambda *_: None)]

    try:
        with ThreadPoolExecutor(2) as threads:
            hostile = threads.submit(told, "killed")
            assert told(*[""] * 30) == [Report] * 30
            assert hostile.result() == [Unread]
    finally:
        shared.stop()


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGSEGV"])
def test_a_worker_that_someone_killed_costs_nothing(name: str, tmp_path: Path) -> None:
    sources = [
        Trap(str(tmp_path / f"{number}.html"), None, f"once-{name}" if number % 3 == 1 else "") for number in range(9)
    ]
    assert [type(each) for each in read(sources, 2)] == [Report] * 9


def large(reads: list[Read]) -> list[bytes]:
    """Takes a while to be sent; the first time, the process is killed meanwhile."""
    mark = Path(f"{reads[0].path}.mark")
    if not mark.exists():
        mark.touch()
        Timer(float(mark.parent.name), os.kill, (os.getpid(), signal.SIGKILL)).start()
    return [bytes(2**27) for _ in reads]


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("delay", [0.1, 0.25, 0.4, 0.6])
def test_a_worker_that_is_killed_while_it_sends_is_not_waited_for(delay: float, tmp_path: Path) -> None:
    (tmp_path / str(delay)).mkdir()
    sources = [Source(str(tmp_path / str(delay) / f"{number}"), SAMPLE.read_bytes()) for number in range(2)]
    found = list(pool.run(large, enumerate(sources), 1, Limits(memory=2**32)))
    assert [len(each) for _, each in found if isinstance(each, bytes)] == [2**27] * 2


def killing(reads: list[Read]) -> list[Read]:
    """The process ends with the work, as often as there is any."""
    os.abort()


def unstartable(*_: object) -> None:
    os._exit(1)


def test_processes_that_do_not_start_accuse_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govstats.corpus.engines.spawned.orphans.begin", unstartable)
    with pytest.raises(UsageError, match="起不来"):
        read(traps("", "", ""))


def test_what_dies_when_all_is_read_is_told_for_each(tmp_path: Path) -> None:
    found = [result for _, result in pool.run(killing, enumerate(traps("", "")), 1, LIMITS)]
    assert [type(each) for each in found] == [Unread] * 2


@pytest.mark.skipif(os.name == "nt", reason="POSIX locks")
def test_notes_of_a_killed_run_go_with_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "govstats-left0_8z.log").write_text("      -3\n")
    (tmp_path / "other.log").write_text("")
    living = Notes()
    Notes().close()
    assert {path.name for path in tmp_path.iterdir()} == {living.path.name, "other.log"}
    living.close()


@pytest.mark.parametrize("kind", ["endless", "asleep"])
def test_a_document_that_never_ends_is_stopped_and_told(kind: str) -> None:
    found = read(traps("", kind, ""))
    assert [type(each) for each in found] == [Report, Unread, Report]
    assert "1 秒" in str(found[1].error)  # type: ignore[union-attr]


def workers(reads: list[Read]) -> list[int]:
    """In which process, for each document."""
    return [os.getpid() for _ in reads]


def test_each_document_has_its_own_time() -> None:
    found = [worker for _, worker in pool.run(workers, enumerate(traps(*["slow"] * 6)), 1, PATIENT)]
    assert len(found) == 6
    assert len(set(found)) == 1


@dataclass(frozen=True, slots=True)
class Far(Source):
    """A document that comes slowly: its own time begins when it is there."""

    def read(self) -> bytes:
        time.sleep(8 * PATIENT.seconds)
        return SAMPLE.read_bytes()


def test_what_comes_slowly_has_its_time_all_the_same() -> None:
    sources = [Source(str(SAMPLE)), Far("far.html"), Source(str(SAMPLE))]
    found = list(pool.run(list, enumerate(sources), 1, PATIENT))
    assert [type(each) for _, each in found] == [Report] * 3


WAITS = """
import sys, time
from govstats.corpus.engines.limits import Watchdog
watchdog = Watchdog(sys.stderr)
with watchdog.limit(0.05):
    pass
watchdog.rest()
time.sleep(1)
print("still there", flush=True)
with watchdog.limit(0.05):
    time.sleep(60)
"""


def test_a_worker_may_wait_for_the_next_documents() -> None:
    done = subprocess.run([sys.executable, "-c", WAITS], capture_output=True, text=True, timeout=30)
    assert done.stdout == "still there\n"
    assert done.stderr.startswith("Timeout")
    assert done.returncode == 1


def test_a_document_that_eats_memory_is_stopped_and_told() -> None:
    found = read(traps("", "memory", ""))
    assert [type(each) for each in found] == [Report, Unread, Report]


@pytest.mark.parametrize("jobs", [0, 1])
def test_a_fault_of_a_reader_is_told_and_does_not_end_the_run(jobs: int) -> None:
    found = list(entries(traps("", "fault", ""), Settings(Local(jobs))))
    faults = [each.error for each in found if isinstance(each, Unread)]
    assert len(found) == 3
    assert len(faults) == 1
    assert isinstance(faults[0], ReaderFaultError)
    assert "ZeroDivisionError" in str(faults[0])


def stumbling(reads: list[Read]) -> list[str]:
    """Falls over one of the documents, with all that are finished beside it."""
    if any(each.path.startswith("1-") for each in reads):
        raise ZeroDivisionError("a fault of a check")
    return [each.path for each in reads]


@pytest.mark.parametrize("jobs", [0, 1, None])
def test_a_fault_of_a_check_is_told_and_costs_one_document(jobs: int | None) -> None:
    found = [made for _, made in Local(jobs)(stumbling, enumerate(traps("", "", "")))]
    assert found[::2] == ["0-good", "2-good"]
    assert isinstance(found[1], Unread)
    assert "ZeroDivisionError" in str(found[1].error)


def test_workers_say_what_one_process_says(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.html").write_bytes(SAMPLE.read_bytes())
        (tmp_path / f"{number:02}.txt").write_text("", "utf-8")
    here, there = (
        [each.to_dict() for each in entries(plan([tmp_path]).sources, Settings(Local(jobs)))] for jobs in (0, 2)
    )
    assert len(here) == 40
    assert here == there


def test_a_run_that_is_left_early_leaves_no_worker_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    results = pool.run(records, enumerate(traps(*[""] * 100)), 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert not list(tmp_path.iterdir())


def masks(reads: list[Read]) -> list[bool]:
    """Is Ctrl-C blocked in this process, once for each document?"""
    return [signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()) for _ in reads]


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_workers_never_hear_ctrl_c_and_this_process_does() -> None:
    results = list(pool.run(masks, enumerate(traps("", "killed", "", "")), 2, LIMITS))
    assert [heard for _, heard in results if not isinstance(heard, Unread)] == [True] * 3
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_what_could_not_be_read_holds_on_to_nothing() -> None:
    """A traceback would keep the document alive, and all that were read beside it."""
    broken = [Source("broken.docx", b"PK\x03\x04" + b"x" * 50), Source("empty.html", b""), Source("gone.html")]
    errors = [each.error for source in broken for each in attempts(source) if isinstance(each, Unread)]
    assert len(errors) == 3
    assert {(error.__traceback__, error.__cause__, error.__context__) for error in errors} == {(None, None, None)}
