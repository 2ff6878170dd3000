"""Lane: one worker process and what to do when it dies. The document that it died of is told as not read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from govstats.corpus.engines import worker
from govstats.corpus.engines.limits import Limits
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.audits import Unread

T = TypeVar("T")

_OUT_OF_TIME = "SIGXCPU"
"""How the process ended, as the pool tells it, if its processor time was used up."""


class Process(Protocol):
    """What a lane works with: a process that reads chunks under limits, and can be lost."""

    def work(self, finish: worker.Finish[T], chunk: Sequence[worker.Task]) -> list[tuple[int, T]]:
        """What `worker.work` makes of a chunk. Raises worker.DiedError if the process does not live to tell."""

    def stop(self) -> None:
        """End it at once."""


Start = Callable[[Path, Limits, float | None], Process]


class Lane(Generic[T]):
    """Reads chunks one after the other in a process of its own; a new process takes the place of one that died.

    One that had nothing to do for `idle` seconds ends, until there is more (None: it waits).
    """

    def __init__(
        self, finish: worker.Finish[T], limits: Limits, idle: float | None = None, start: Start | None = None
    ) -> None:
        self._finish = finish
        self._start_process = start or _spawned
        self._limits = limits
        self._idle = idle
        self._stopped = False
        handle, log = tempfile.mkstemp(prefix="govstats-", suffix=".log")
        os.close(handle)
        self._log = Path(log)
        self._process = self._start()

    def process(self, chunk: Sequence[worker.Task]) -> list[tuple[int, T | Unread]]:
        """What becomes of each source, in order; of one that ends the process, an Unread that says why."""
        done: list[tuple[int, T | Unread]] = []
        while chunk:
            try:
                return [*done, *self._process.work(self._finish, chunk)]
            except worker.DiedError as error:
                if self._stopped:
                    return done
                at, why = self._autopsy(error)
                self._process = self._start()
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
        self._process.stop()
        self._log.unlink()

    def _start(self) -> Process:
        return self._start_process(self._log, self._limits, self._idle)

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


def _spawned(log: Path, limits: Limits, idle: float | None) -> Process:
    from govstats.corpus.engines.spawned import Spawned

    return Spawned(log, limits, idle)


def _ended() -> ReadError:
    return ReadError(
        Text(
            "读取时进程意外中止（多半是文件损坏，或内存超过限度）。",
            "The process that read it ended unexpectedly (most likely the file is damaged, or needs too much memory).",
        ),
        Text("请检查文件，或另存一份再试。", "Check the file, or save it anew and try again."),
    )
