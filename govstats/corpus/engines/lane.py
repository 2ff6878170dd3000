"""Lane: one worker process and what to do when it dies. The document that it died of, twice, is told as not read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from govstats.corpus.engines import worker
from govstats.corpus.engines.limits import Limits
from govstats.corpus.engines.notes import FINISHING, Notes
from govstats.errors import ReadError, UsageError
from govstats.lang import Text
from govstats.model.audits import Unread
from govstats.sources import Source

T = TypeVar("T")

_OUT_OF_TIME = "SIGXCPU"
"""How the process ended, as the pool tells it, if its processor time was used up."""
_FALSE_STARTS = 4
"""So many processes in a row may end without having read anything."""


@dataclass(frozen=True, slots=True)
class _Death:
    """Of a process: at which source of the chunk, and whether its time was up."""

    at: int
    timed_out: bool


class Process(Protocol):
    """What a lane works with: a process that reads chunks under limits, and can be lost."""

    def work(self, finish: worker.Finish[T], chunk: Sequence[worker.Task]) -> list[tuple[int, T | Unread]]:
        """What `worker.work` makes of a chunk. Raises worker.DiedError if the process does not live to tell."""

    def stop(self) -> None:
        """End it at once."""


Start = Callable[[worker.Setting, float | None], Process]
"""What its `worker.start` is given, and after how many seconds without work it may end → the process."""


class Lane(Generic[T]):
    """Reads chunks one after the other in a process of its own; a new process takes the place of one that died.

    One that had nothing to do for `idle` seconds ends, until there is more (None: it waits).
    """

    def __init__(
        self, finish: worker.Finish[T], limits: Limits, idle: float | None = None, start: Start | None = None
    ) -> None:
        self._finish = finish
        self._start = start or _spawned
        self._limits = limits
        self._idle = idle
        self._stopped = False
        self._false_starts = 0
        self._tries: Sequence[worker.Task] = ()
        self._notes = Notes()
        try:
            self._process = self._started()
        except BaseException:
            self._notes.close()
            raise

    def process(self, chunk: Sequence[worker.Task]) -> list[tuple[int, T | Unread]]:
        """What becomes of each source, in order; of one that ends the process, an Unread that says why.

        Raises UsageError if no process can be started.
        """
        done: list[tuple[int, T | Unread]] = []
        while chunk and not self._stopped:
            made = self._tried(chunk)
            if not isinstance(made, _Death):
                return [*done, *made]
            if made.at == FINISHING and len(chunk) > 1:
                return [*done, *(each for task in chunk for each in self.process([task]))]
            at = max(made.at, 0)
            done += [*self.process(chunk[:at]), *self._suspected(chunk[at], made)]
            chunk = chunk[at + 1 :]
        return done

    def page(self) -> tuple[Source, int] | None:
        """The source that is being recognised, and at which page; None if there is none. For another thread."""
        tries = self._tries
        at, page = self._notes.page if not self._stopped else (0, 0)
        return (tries[at][1], page) if page and 0 <= at < len(tries) else None

    def stop(self) -> None:
        """End the process at once."""
        self._stopped = True
        self._process.stop()
        self._notes.close()

    def _suspected(self, task: worker.Task, death: _Death) -> list[tuple[int, T | Unread]]:
        """A source at which a process died: it may have been killed by someone, so the source is tried once alone."""
        made = death if death.timed_out else self._tried([task])
        if not isinstance(made, _Death):
            return made
        number, source = task
        return [(number, Unread(source.name, self._too_long() if made.timed_out else _ended()))]

    def _tried(self, chunk: Sequence[worker.Task]) -> list[tuple[int, T | Unread]] | _Death:
        """What becomes of a chunk, or what its process died of; one that died before or behind it does not count."""
        self._tries = chunk
        while not self._stopped:
            try:
                made = self._process.work(self._finish, chunk)
            except worker.DiedError as error:
                if self._stopped:
                    break
                death = self._autopsy(error)
                self._restart()
                if death.at >= FINISHING:
                    return death
                self._note_false_start(error)
            else:
                self._false_starts = 0
                return made
        return []

    def _note_false_start(self, error: worker.DiedError) -> None:
        self._false_starts += 1
        if self._false_starts > _FALSE_STARTS:
            raise UsageError(
                Text(
                    "读取进程起不来，或总被别的程序结束。",
                    "Worker processes do not start, or are killed again and again.",
                ),
                Text(
                    "请检查内存和进程数的限制，或用 --jobs 0 在本进程里读。",
                    "Check the limits of memory and processes, or read in this process with --jobs 0.",
                ),
            ) from error

    def _restart(self) -> None:
        """Raises OSError where the system has no room for it; then the next chunk begins with another try."""
        self._process.stop()
        self._notes.close()
        self._notes = Notes()
        self._process = self._started()

    def _started(self) -> Process:
        return self._start((str(self._notes.path), self._limits.seconds, self._limits.memory), self._idle)

    def _autopsy(self, error: Exception) -> _Death:
        at, last_words = self._notes.read()
        timed_out = _OUT_OF_TIME in str(error) or any(line.startswith(worker.TIMEOUT) for line in last_words)
        return _Death(at, timed_out)

    def _too_long(self) -> ReadError:
        return ReadError(
            Text(
                f"读了 {self._limits.seconds:g} 秒还没有读完，已停止。",
                f"Not read after {self._limits.seconds:g} seconds; stopped.",
            ),
            Text("这不像一份报告；请检查文件。", "This is hardly a report; check the file."),
        )


def _spawned(setting: worker.Setting, idle: float | None) -> Process:
    from govstats.corpus.engines.spawned import Spawned

    return Spawned(setting, idle)


def _ended() -> ReadError:
    return ReadError(
        Text(
            "读取时进程意外中止（多半是文件损坏，或内存超过限度）。",
            "The process that read it ended unexpectedly (most likely the file is damaged, or needs too much memory).",
        ),
        Text("请检查文件，或另存一份再试。", "Check the file, or save it anew and try again."),
    )
