"""Sources → results in the same order, by several lanes at once; only a few chunks are in hand at any time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from queue import SimpleQueue
from typing import TypeVar

from govstats.audits import Unread
from govstats.engines.lane import Lane
from govstats.engines.limits import Limits
from govstats.engines.worker import Finish
from govstats.sources import Source

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


def run(finish: Finish[T], sources: Iterable[Source], jobs: int, limits: Limits | None = None) -> Iterator[T | Unread]:
    """Read every source in worker processes, and give what `finish` makes of them, in the order of the sources.

    Chunks grow from a few documents to many, so that the first results come soon.
    """
    lanes = [Lane(finish, limits or Limits()) for _ in range(jobs)]
    free: SimpleQueue[Lane[T]] = SimpleQueue()
    for lane in lanes:
        free.put(lane)

    def process(chunk: list[Source]) -> list[T | Unread]:
        lane = free.get()
        try:
            return lane.process(chunk)
        finally:
            free.put(lane)

    threads = ThreadPoolExecutor(jobs)
    try:
        pending: deque[Future[list[T | Unread]]] = deque()
        for chunk in _chunks(iter(sources)):
            pending.append(threads.submit(process, chunk))
            if len(pending) > jobs * (1 + _AHEAD):
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for lane in lanes:
            lane.stop()
        threads.shutdown(wait=True)


def _chunks(sources: Iterator[Source]) -> Iterator[list[Source]]:
    size = _FIRST_CHUNK
    while chunk := list(_light(islice(sources, size))):
        yield chunk
        size = min(2 * size, _LARGEST_CHUNK)


def _light(sources: Iterator[Source]) -> Iterator[Source]:
    """Sources until those that carry their bytes are too many to send at once."""
    carried = 0
    for source in sources:
        yield source
        carried += source.carried
        if carried > _LARGEST_BYTES:
            return
