"""Inside a dask worker: chunks are read in processes of its own, kept from chunk to chunk until their run ends."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from multiprocessing.util import Finalize
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from govstats.catalog.version import version
from govstats.corpus.engines.lane import Lane
from govstats.corpus.engines.limits import Limits
from govstats.corpus.engines.worker import Finish, Task
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.audits import Unread

T = TypeVar("T")

_IDLE = 60.0
"""Seconds after which a process without work ends: a client that was killed says no good-bye."""
_lock = Lock()
_started: dict[str, list[Lane[Any]]] = {}
_free: dict[str, list[Lane[Any]]] = {}
"""Lanes by run. A worker with several threads has as many lanes at work."""
_ended: set[str] = set()
"""Runs that were closed: a chunk that was on its way when its run ended must not start a lane again."""


def process(
    run: str, expected: str, finish: Finish[T], chunk: Sequence[Task], limits: Limits
) -> list[tuple[int, T | Unread]]:
    """What becomes of a chunk, in its order. Raises UsageError where govstats is of another version than expected."""
    if version() != expected:
        raise other_version(f"{version()} ≠ {expected}")
    with _lent(run, finish, limits) as lane:
        return lane.process(chunk)


def look(path: str | None) -> tuple[str, bool]:
    """The version of govstats here, and whether a file can be seen from here."""
    return version(), path is None or Path(path).exists()


def close(run: str) -> None:
    """End the processes of a run at once."""
    with _lock:
        _ended.add(run)
        _free.pop(run, None)
        lanes = _started.pop(run, [])
    for lane in lanes:
        lane.stop()


def other_version(told: str) -> UsageError:
    """Another govstats reads another text: results of two versions are never mixed."""
    return UsageError(
        Text(f"工作机上的 govstats 和本机的不同（{told}）。", f"govstats differs between workers and here ({told})."),
        Text(
            "请在每台机器上安装同一版本的 govstats 和同样的依赖，用同一版本的 Python。",
            "Install the same govstats and libraries on every machine, with the same Python.",
        ),
    )


@contextmanager
def _lent(run: str, finish: Finish[Any], limits: Limits) -> Iterator[Lane[Any]]:
    with _lock:
        if run in _ended:
            raise CancelledError(run)
        free = _free.setdefault(run, [])
        lane = free.pop() if free else _start(run, finish, limits)
    try:
        yield lane
    finally:
        with _lock:
            if run in _started:
                _free[run].append(lane)


def _start(run: str, finish: Finish[Any], limits: Limits) -> Lane[Any]:
    if not _started:
        _may_start_processes()
    lane = Lane(finish, limits, _IDLE)
    _started.setdefault(run, []).append(lane)
    return lane


def _may_start_processes() -> None:
    """A worker under a nanny is daemonic: Python lets it start no process, since nobody would end it. We do."""
    Finalize(None, _close_all, exitpriority=100)
    multiprocessing.current_process()._config.pop("daemon", None)  # type: ignore[attr-defined]


def _close_all() -> None:
    for run in list(_started):
        close(run)
