"""Numbered sources → numbered results in the same order, by several lanes at once; few chunks are in hand."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from multiprocessing.resource_tracker import ensure_running
from queue import SimpleQueue
from typing import Generic, TypeVar

from govstats.corpus.engines.lane import Lane
from govstats.corpus.engines.limits import Limits
from govstats.corpus.engines.worker import Finish, Task
from govstats.model.audits import Unread

T = TypeVar("T")

_FIRST_CHUNK = 4
_LARGEST_CHUNK = 50
_LARGEST_BYTES = 16 * 2**20
_AHEAD = 1
"""Chunks that wait for each lane, so that none is idle while results are told; more would delay an interruption."""


def default_jobs() -> int:
    """As many worker processes as this process may use processors."""
    import loky

    return int(loky.cpu_count())


class Pool(Generic[T]):
    """Lanes, and a thread for each; several runs, each from a thread of its own, may share them in turn."""

    def __init__(
        self,
        finish: Finish[T],
        jobs: int,
        limits: Limits | None = None,
        *,
        largest: int = _LARGEST_CHUNK,
        heaviest: int = _LARGEST_BYTES,
        ahead: int = _AHEAD,
    ) -> None:
        self._most = jobs * (1 + ahead)
        self._largest = largest
        self._heaviest = heaviest
        self._lanes: list[Lane[T]] = []
        try:
            for _ in range(jobs):
                self._lanes.append(Lane(finish, limits or Limits()))
        except BaseException:  # told to end while they are made: those that are made leave nothing behind
            self._stop_lanes()
            raise
        self._free: SimpleQueue[Lane[T]] = SimpleQueue()
        for lane in self._lanes:
            self._free.put(lane)
        self._threads = ThreadPoolExecutor(jobs, initializer=_leave_ctrl_c)

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[int, T | Unread]]:
        """Read every source; the results carry their source's number and come in the order of the sources."""
        pending: deque[Future[list[tuple[int, T | Unread]]]] = deque()
        try:
            for chunk in chunks(iter(tasks), self._largest, self._heaviest):
                pending.append(self._threads.submit(self._process, chunk))
                if len(pending) > self._most:
                    yield from pending.popleft().result()
            while pending:
                yield from pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()

    def stop(self) -> None:
        """End all processes at once."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._stop_lanes()
        self._threads.shutdown(wait=True)

    def _stop_lanes(self) -> None:
        for lane in self._lanes:
            lane.stop()

    def _process(self, chunk: list[Task]) -> list[tuple[int, T | Unread]]:
        lane = self._free.get()
        try:
            return lane.process(chunk)
        finally:
            self._free.put(lane)


def run(
    finish: Finish[T], tasks: Iterable[Task], jobs: int, limits: Limits | None = None
) -> Iterator[tuple[int, T | Unread]]:
    """Read every source in worker processes, and give what `finish` makes of them, in the order of the sources.

    Results carry their source's number.
    """
    pool = Pool(finish, jobs, limits)
    try:
        yield from pool.run(tasks)
    finally:
        pool.stop()


def _leave_ctrl_c() -> None:
    """What this thread starts hears no Ctrl-C, from its first moment on: it is for the process that started it.

    Python's tracker of resources, which loky starts too, would lift the block when it starts: it is started before.
    """
    if hasattr(signal, "pthread_sigmask"):
        ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def chunks(
    tasks: Iterator[Task], largest: int = _LARGEST_CHUNK, heaviest: int = _LARGEST_BYTES
) -> Iterator[list[Task]]:
    """Tasks in lots, few at first so that the first results come soon, none too large to send."""
    size = _FIRST_CHUNK
    while chunk := list(_light(islice(tasks, size), heaviest)):
        yield chunk
        size = min(2 * size, largest)


def _light(tasks: Iterator[Task], heaviest: int) -> Iterator[Task]:
    """Tasks until those that carry their bytes are too many to send at once."""
    carried = 0
    for task in tasks:
        yield task
        carried += task[1].carried
        if carried > heaviest:
            return
