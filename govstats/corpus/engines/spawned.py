"""Spawned: a worker process that starts anew and reads chunk after chunk, until it dies or has nothing to do."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.resource_tracker import ensure_running
from typing import Any, TypeVar

from loky import ProcessPoolExecutor, process_executor
from loky.process_executor import ShutdownExecutorError

from govstats.corpus.engines import worker
from govstats.model.audits import Unread
from govstats.sources import orphans

T = TypeVar("T")

_KEPT = str(2**25)
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": _KEPT,
    "MALLOC_MMAP_THRESHOLD_": _KEPT,
    "MALLOC_ARENA_MAX": "1",
}
"""A worker is one of several: threads of its own would only take the processors from the others, and what is set aside
for each counts as memory. It keeps the memory of one document for the next: to give it back and ask for it again takes
longer than to read a page."""


_PATIENCE = 5.0
"""Seconds for the system to say how a process ended that has said its last."""


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """What this thread starts meanwhile hears no Ctrl-C, from its first moment on: it is for the process that started
    it. Python's tracker of resources, which loky starts too, would lift the block when it starts: it is started before.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start(notes: str, seconds: float, memory: int) -> None:
    """In the process: what `worker.start` does. One that keeps memory for the next document is not to be replaced."""
    process_executor._USE_PSUTIL = False
    worker.start(notes, seconds, memory)


class Spawned:
    """A pool of one: if its process dies, it is known at which chunk."""

    def __init__(self, setting: worker.Setting, idle: float | None) -> None:
        start = (os.getpid(), __name__, *setting)
        self._idle = idle
        self._process: Any = None
        self._executor: Any = ProcessPoolExecutor(
            1, timeout=idle, env=_ENVIRONMENT, initializer=orphans.begin, initargs=start
        )

    def work(self, finish: worker.Finish[T], chunk: Sequence[worker.Task]) -> list[tuple[int, T | Unread]]:
        """What `worker.work_and_tidy` makes of a chunk. Raises DiedError if the process does not live to tell, or the
        system has no room for it."""
        try:
            sent = self._submitted(finish, chunk)
        except OSError as error:
            raise worker.DiedError(f"{error}") from error
        except (BrokenProcessPool, ShutdownExecutorError) as error:
            raise worker.DiedError(f"{error} {self._end()}") from error
        try:
            done: list[tuple[int, T | Unread]] = sent.result()
        except (BrokenProcessPool, ShutdownExecutorError) as error:
            raise worker.DiedError(f"{error} {self._end()}") from error
        return done

    def stop(self) -> None:
        """End the process at once."""
        self._executor.shutdown(wait=True, kill_workers=True)

    def _submitted(self, finish: worker.Finish[T], chunk: Sequence[worker.Task]) -> Future[Any]:
        """The chunk on its way. Our own ends of what only the process uses are closed: of one that was killed in the
        middle of a message, the rest would be waited for for ever. (One that may end when it is idle is started again
        by the pool, which needs them.)"""
        with _deaf_to_ctrl_c():
            future: Future[Any] = self._executor.submit(worker.work_and_tidy, finish, chunk)
        if self._process is None:
            self._process = next(iter(self._executor._processes.values()), None)
            if self._idle is None:
                self._executor._result_queue._writer.close()
                self._executor._call_queue._reader.close()
        return future

    def _end(self) -> str:
        """By which signal the process ended."""
        if self._process is None:
            return ""
        self._process.join(_PATIENCE)
        code = self._process.exitcode or 0
        return signal.Signals(-code).name if code < 0 else ""
