"""Inside a worker process: a chunk of sources is read one by one under limits, each noted before its turn.

If the process ends, the notes tell at which source, and why.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from govstats.corpus.engines.limits import Limits, Watchdog, give_back_memory, limit_memory
from govstats.corpus.engines.notes import FINISHING, Pen
from govstats.errors import GovstatsError
from govstats.model.audits import Unread
from govstats.pipeline import Read, attempts, stumbled
from govstats.readers._limits import Watch, watched_by
from govstats.sources import Source

T = TypeVar("T")
Task = tuple[int, Source]
"""A source and its number, which its results carry."""
Finish = Callable[[list[Read]], list[T]]
"""What is made of a chunk of documents as read; a function of a module, so that it can be sent to a worker."""

Setting = tuple[str, float, int]
"""What `start` is given: where to note, and the limits of seconds and memory."""


class DiedError(Exception):
    """A worker process ended before its chunk was done; how, as far as it is known."""


TIMEOUT = "Timeout"
_workers: list[_Worker] = []
"""The one of this process."""


def start(notes: str, seconds: float, memory: int) -> None:
    """Set this process up, once: its notes, its limits, and Ctrl-C left to the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pen = Pen(Path(notes))
    except FileNotFoundError:  # in the stead of one that had nothing to do: the lane starts another
        os._exit(1)
    _workers.append(_Worker(pen, Limits(seconds, memory)))


def finished(finish: Finish[T], reads: list[Read]) -> list[T | Unread]:
    """What is made of documents; one over which `finish` falls costs none of the others, and is told as not read."""
    try:
        return [*finish(reads)]
    except GovstatsError:
        raise
    except Exception as error:
        if len(reads) == 1:
            return [stumbled(reads[0].path, error)]
        return [made for each in reads for made in finished(finish, [each])]


def work(finish: Finish[T], chunk: Sequence[Task]) -> list[tuple[int, T | Unread]]:
    """What becomes of a chunk, in its order; an archive gives as many results as it has members."""
    return _workers[0].work(finish, chunk)


def work_and_tidy(finish: Finish[T], chunk: Sequence[Task]) -> list[tuple[int, T | Unread]]:
    """As `work`, and memory is put in order for the next chunk."""
    try:
        return work(finish, chunk)
    finally:
        _tidy()


def _tidy() -> None:
    """Garbage goes, and what Python and the C library would keep for later. What outlived a chunk is kept on purpose:
    frozen, it is not looked through again."""
    gc.collect()
    gc.freeze()
    give_back_memory()


class _Worker:
    def __init__(self, pen: Pen, limits: Limits) -> None:
        self._pen = pen
        self._limits = limits
        self._watchdog = Watchdog(pen.last_words)
        watched_by(Watch(self._watchdog.extend, self._extend_memory, pen.note_page))
        faulthandler.enable(pen.last_words)
        limit_memory(limits.memory)
        gc.freeze()
        gc.disable()

    def work(self, finish: Finish[T], chunk: Sequence[Task]) -> list[tuple[int, T | Unread]]:
        """What came of a chunk."""
        try:
            with self._pen.at_work():
                return self._work(finish, chunk)
        finally:
            self._watchdog.rest()

    def _extend_memory(self, more: int) -> None:
        limit_memory(max(more, self._limits.memory))

    def _work(self, finish: Finish[T], chunk: Sequence[Task]) -> list[tuple[int, T | Unread]]:
        numbers: list[int] = []
        reads: list[Read] = []
        for at, (number, source) in enumerate(chunk):
            self._pen.note(at)
            if not source.comes_at_once:
                self._watchdog.rest()
            reads += attempts(source, lambda: self._watchdog.limit(self._limits.seconds))
            numbers += [number] * (len(reads) - len(numbers))
        self._pen.note(FINISHING)
        with self._watchdog.limit(self._limits.seconds * len(chunk)):
            made = finished(finish, reads)
        return list(zip(numbers, made, strict=True))
