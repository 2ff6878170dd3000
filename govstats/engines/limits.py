"""Limits: how long one document may take to read, and how much memory; past them its worker process ends."""

from __future__ import annotations

import faulthandler
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` for each document; `memory` in bytes for a worker, beyond what it needs before it reads anything."""

    seconds: float = 10.0
    memory: int = 2**30


def limit_memory(more: int) -> None:
    """Let this process have so many bytes more than it has now. Only Linux can tell and keep such a limit."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


@contextmanager
def limit_time(seconds: float, log: TextIO) -> Iterator[None]:
    """End this process if the block takes longer, also where a C library never comes back; `log` tells that it did."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=log)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
