"""Limits: how long one document may take to read, and how much memory; past them its worker process ends."""

from __future__ import annotations

import ctypes
import faulthandler
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TextIO

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

PATIENCE = 6
"""On a busy machine, or waiting for another program, a document may take so many times its seconds by the clock."""
_LEEWAY = 0.25
"""Of the clock's seconds, so much may pass between two documents that are watched together."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` of processor time for each document; `memory` in bytes for a worker, beyond what it needs before
    it reads anything."""

    seconds: float = 10.0
    memory: int = 2**30


def limit_memory(more: int) -> None:
    """Let this process have so many bytes more than it has now. Only Linux can tell and keep such a limit."""
    if resource is None:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def give_back_memory() -> None:
    """What large documents left free between what is kept. Only glibc can."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    except (OSError, TypeError):
        return None
    return trim


class Watchdog:
    """Ends this process when a document takes too long, also where a C library never comes back.

    Processor time is limited by the system, where it can; the clock by a thread of `faulthandler`, whose last words
    are in `log`. To start one for each document would take longer than to look at the clock: while little of its
    time is over, the next document runs under the same. So it goes on between two documents, until it is told to rest.
    """

    def __init__(self, log: TextIO) -> None:
        self._log = log
        self._seconds = 0.0
        self._since = -math.inf

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """End this process if the block takes longer than `seconds` of processor time, or many times that by the
        clock."""
        now = time.monotonic()
        if seconds != self._seconds or now - self._since > seconds * _LEEWAY:
            most = seconds * (PATIENCE if resource else 1 + _LEEWAY)
            faulthandler.dump_traceback_later(most, exit=True, file=self._log)
            self._seconds, self._since = seconds, now
        _limit_processor(math.ceil(time.process_time() + seconds))
        try:
            yield
        finally:
            _limit_processor(None)

    def extend(self, seconds: float) -> None:
        """End this process if it goes on for longer than `seconds` from now, whatever was said before."""
        faulthandler.dump_traceback_later(seconds * (PATIENCE if resource else 1 + _LEEWAY), exit=True, file=self._log)
        self._since = -math.inf
        _limit_processor(math.ceil(time.process_time() + seconds))

    def rest(self) -> None:
        """Nothing is limited until the next block."""
        faulthandler.cancel_dump_traceback_later()
        self._since = -math.inf


def _limit_processor(until: int | None) -> None:
    if resource is not None:
        resource.setrlimit(
            resource.RLIMIT_CPU, (resource.RLIM_INFINITY if until is None else until, resource.RLIM_INFINITY)
        )
