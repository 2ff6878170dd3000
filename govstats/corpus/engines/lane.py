"""Lane: one worker process and what to do when it dies. The document that it died of is told as not read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Generic, TypeVar

from loky import ProcessPoolExecutor
from loky.process_executor import ShutdownExecutorError

from govstats.corpus.engines import worker
from govstats.corpus.engines.limits import Limits
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.audits import Unread

T = TypeVar("T")

_KEPT = str(2**25)
_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": _KEPT,
    "MALLOC_MMAP_THRESHOLD_": _KEPT,
}
"""A worker is one of several: threads of its own would only take the processors from the others. It keeps the memory
of one document for the next: to give it back and ask for it again takes longer than to read a page."""


_OUT_OF_TIME = "SIGXCPU"
"""How the process ended, as the pool tells it, if its processor time was used up."""


class Lane(Generic[T]):
    """Reads chunks one after the other in a process of its own; a new process takes the place of one that died.

    One that had nothing to do for `idle` seconds ends, until there is more (None: it waits).
    """

    def __init__(self, finish: worker.Finish[T], limits: Limits, idle: float | None = None) -> None:
        self._finish = finish
        self._limits = limits
        self._idle = idle
        self._stopped = False
        handle, log = tempfile.mkstemp(prefix="govstats-", suffix=".log")
        os.close(handle)
        self._log = Path(log)
        self._executor = self._start()

    def process(self, chunk: Sequence[worker.Task]) -> list[tuple[int, T | Unread]]:
        """What becomes of each source, in order; of one that ends the process, an Unread that says why."""
        done: list[tuple[int, T | Unread]] = []
        while chunk:
            try:
                return [*done, *self._executor.submit(worker.work, self._finish, chunk).result()]
            except (BrokenProcessPool, ShutdownExecutorError) as error:
                if self._stopped:
                    return done
                at, why = self._autopsy(error)
                self._executor = self._start()
            if at == worker.FINISHING and len(chunk) > 1:
                return [*done, *(each for task in chunk for each in self.process([task]))]
            at = max(at, 0)
            number, source = chunk[at]
            done += [*self.process(chunk[:at]), (number, Unread(source.name, why))]
            chunk = chunk[at + 1 :]
        return done

    def stop(self) -> None:
        """End the process at once."""
        self._stopped = True
        self._executor.shutdown(wait=True, kill_workers=True)
        self._log.unlink()

    def _start(self) -> Any:
        start = (self._log, self._limits)
        return ProcessPoolExecutor(1, timeout=self._idle, env=_ENVIRONMENT, initializer=worker.start, initargs=start)

    def _autopsy(self, error: Exception) -> tuple[int, ReadError]:
        """At which source of the chunk the process died, and why."""
        with self._log.open(encoding="utf-8", errors="replace") as log:
            number, *last_words = log.read().splitlines() or [str(worker.FINISHING)]
        timed_out = _OUT_OF_TIME in str(error) or any(line.startswith(worker.TIMEOUT) for line in last_words)
        return int(number), self._too_long() if timed_out else _ended()

    def _too_long(self) -> ReadError:
        return ReadError(
            Text(
                f"读了 {self._limits.seconds:g} 秒还没有读完，已停止。",
                f"Not read after {self._limits.seconds:g} seconds; stopped.",
            ),
            Text("这不像一份报告；请检查文件。", "This is hardly a report; check the file."),
        )


def _ended() -> ReadError:
    return ReadError(
        Text(
            "读取时进程意外中止（多半是文件损坏，或内存超过限度）。",
            "The process that read it ended unexpectedly (most likely the file is damaged, or needs too much memory).",
        ),
        Text("请检查文件，或另存一份再试。", "Check the file, or save it anew and try again."),
    )
