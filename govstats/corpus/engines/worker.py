"""Inside a worker process: a chunk of sources is read one by one under limits, each noted in a log before its turn.

If the process ends, the log tells at which source, and why.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import time
from collections.abc import Callable, Sequence
from mmap import mmap
from pathlib import Path
from threading import Thread
from typing import TypeVar

from govstats.corpus.engines.limits import Limits, Watchdog, give_back_memory, limit_memory
from govstats.pipeline import Read, attempts
from govstats.sources import Source

T = TypeVar("T")
Task = tuple[int, Source]
"""A source and its number, which its results carry."""
Finish = Callable[[list[Read]], list[T]]
"""What is made of a chunk of documents as read; a function of a module, so that it can be sent to a worker."""


class DiedError(Exception):
    """A worker process ended before its chunk was done; how, as far as it is known."""


FINISHING = -1
TIMEOUT = "Timeout"
_WATCH = 1.0
"""Seconds between two looks whether anybody is left to work for."""

_workers: list[_Worker] = []
"""The one of this process."""


def start(log: Path, limits: Limits) -> None:
    """Set this process up, once: its log, its limits, and Ctrl-C left to the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    _workers.append(_Worker(log, limits))


def work(finish: Finish[T], chunk: Sequence[Task]) -> list[tuple[int, T]]:
    """What becomes of a chunk, in its order; an archive gives as many results as it has members."""
    return _workers[0].work(finish, chunk)


def _tidy() -> None:
    """Garbage goes, and what Python and the C library would keep for later. What outlived a chunk is kept on purpose:
    frozen, it is not looked through again."""
    gc.collect()
    gc.freeze()
    give_back_memory()


def _end_with(parent: int) -> None:
    """End this process when the one that started it was killed: it would wait for ever."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)


class _Worker:
    def __init__(self, log: Path, limits: Limits) -> None:
        self._log = _Log(log)
        self._limits = limits
        self._watchdog = Watchdog(self._log.last_words)
        faulthandler.enable(self._log.last_words)
        limit_memory(limits.memory)
        gc.freeze()
        gc.disable()

    def work(self, finish: Finish[T], chunk: Sequence[Task]) -> list[tuple[int, T]]:
        """What came of a chunk; behind it, memory is put in order."""
        try:
            return self._work(finish, chunk)
        finally:
            self._watchdog.rest()
            _tidy()

    def _work(self, finish: Finish[T], chunk: Sequence[Task]) -> list[tuple[int, T]]:
        numbers: list[int] = []
        reads: list[Read] = []
        for at, (number, source) in enumerate(chunk):
            self._log.note(at)
            if not source.comes_at_once:
                self._watchdog.rest()
            reads += attempts(source, lambda: self._watchdog.limit(self._limits.seconds))
            numbers += [number] * (len(reads) - len(numbers))
        self._log.note(FINISHING)
        with self._watchdog.limit(self._limits.seconds * len(chunk)):
            return list(zip(numbers, finish(reads), strict=True))


class _Log:
    """First which source of the chunk is read, then the last words of a process that ends.

    The note is written into mapped memory: it outlives the process, and costs no call of the system.
    """

    def __init__(self, path: Path) -> None:
        path.write_bytes(_noted(0))
        self.last_words = path.open("r+", encoding="utf-8")
        self._first_line = mmap(self.last_words.fileno(), 0)
        self.last_words.seek(0, os.SEEK_END)

    def note(self, at: int) -> None:
        self._first_line[:] = _noted(at)


def _noted(at: int) -> bytes:
    return b"%8d\n" % at
