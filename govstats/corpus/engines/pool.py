"""Numbered sources → numbered results in the same order, by several lanes at once; few chunks are in hand."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from multiprocessing.resource_tracker import ensure_running
from threading import Condition
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

from govstats.corpus.engines.lane import Lane
from govstats.corpus.engines.limits import Limits
from govstats.corpus.engines.worker import Finish, Task
from govstats.model.audits import Unread

T = TypeVar("T")
L = TypeVar("L")
Seen = Callable[[str, int], None]
"""What is told of a source: its name, and which page of it is recognised."""

_FIRST_CHUNK = 4
_LARGEST_CHUNK = 50
_LARGEST_BYTES = 16 * 2**20
_AHEAD = 1
"""Chunks that wait for each lane, so that none is idle while results are told; more would delay an interruption."""
_KEPT = 10.0
"""Seconds after the last urgent document in which a lane is kept for the next one."""
_LONG = 5.0
"""Seconds after which who can wait has waited long enough."""
_LOOK_AGAIN = 1.0


def default_jobs() -> int:
    """As many worker processes as this process may use processors."""
    import loky

    return int(loky.cpu_count())


class Free(Generic[L]):
    """Lanes that nobody uses. Who is urgent goes first, and while there are such one lane is left to them; but whoever
    has waited long waits for neither."""

    def __init__(self, lanes: Iterable[L]) -> None:
        self._lanes = list(lanes)
        self._most = len(self._lanes)
        self._keeps = self._most > 1
        self._given = Condition()
        self._urgent_ones = self._patient_ones = 0
        self._kept_until = 0.0

    @contextmanager
    def lane(self, *, urgent: bool = False) -> Iterator[L]:
        """A lane, as soon as there is one; free again behind it."""
        with self._given:
            lane = self._urgently() if urgent else self._patiently()
            self._patient_ones += not urgent
        try:
            yield lane
        finally:
            with self._given:
                self._patient_ones -= not urgent
                self._lanes.append(lane)
                self._given.notify_all()

    def keep_none(self) -> None:
        """No lane is kept for anybody any more."""
        with self._given:
            self._keeps = False
            self._given.notify_all()

    def _urgently(self) -> L:
        self._urgent_ones += 1
        while not self._lanes:
            self._given.wait(_LOOK_AGAIN)
        self._urgent_ones -= 1
        self._kept_until = monotonic() + _KEPT
        return self._lanes.pop()

    def _patiently(self) -> L:
        long = monotonic() + _LONG
        while not self._lanes or not (self._are_enough or monotonic() > long):
            self._given.wait(_LOOK_AGAIN)
        return self._lanes.pop()

    @property
    def _are_enough(self) -> bool:
        is_one_kept = self._keeps and monotonic() < self._kept_until
        return not self._urgent_ones and self._patient_ones < self._most - is_one_kept


class _Pending(NamedTuple, Generic[T]):
    chunk: list[Task]
    made: Future[list[tuple[int, T | Unread]]]


class Pool(Generic[T]):
    """Lanes, and threads that wait for one; several runs, each from a thread of its own, may share them in turn."""

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
        self._free = Free(self._lanes)
        self._threads = ThreadPoolExecutor(jobs, initializer=_leave_ctrl_c)
        self._urgent = ThreadPoolExecutor(jobs, initializer=_leave_ctrl_c)

    def run(
        self, tasks: Iterable[Task], *, urgent: bool = False, seen: Seen | None = None
    ) -> Iterator[tuple[int, T | Unread]]:
        """Read every source; the results carry their source's number and come in the order of the sources.

        What is urgent is read before what is not begun, and one lane is left to it. `seen` is told now and then which
        page of which source is recognised.
        """
        threads = self._urgent if urgent else self._threads
        pending: deque[_Pending[T]] = deque()
        try:
            for chunk in chunks(iter(tasks), self._largest, self._heaviest):
                pending.append(_Pending(chunk, threads.submit(self._process, chunk, urgent=urgent)))
                if len(pending) > self._most:
                    yield from self._first(pending, seen)
            while pending:
                yield from self._first(pending, seen)
        finally:
            for each in pending:
                each.made.cancel()

    def _first(self, pending: deque[_Pending[T]], seen: Seen | None) -> list[tuple[int, T | Unread]]:
        """What becomes of the first chunk, which is waited for."""
        while seen is not None and not pending[0].made.done():
            wait([pending[0].made], _LOOK_AGAIN)  # one that is cancelled is done, and not waited for
            for source, page in filter(None, (lane.page() for lane in self._lanes)):
                if any(source is own for each in pending for _, own in each.chunk):
                    seen(source.name, page)
        return pending.popleft().made.result()

    def stop(self) -> None:
        """End all processes at once."""
        for threads in (self._urgent, self._threads):
            threads.shutdown(wait=False, cancel_futures=True)
        self._free.keep_none()
        self._stop_lanes()
        for threads in (self._urgent, self._threads):
            threads.shutdown(wait=True)

    def _stop_lanes(self) -> None:
        for lane in self._lanes:
            lane.stop()

    def _process(self, chunk: list[Task], *, urgent: bool) -> list[tuple[int, T | Unread]]:
        with self._free.lane(urgent=urgent) as lane:
            return lane.process(chunk)


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
