"""Reading: what audits of all requests share, worker processes that stay; each audit within bounds and watched."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import Any, cast

import govstats
from govstats.corpus.engines.pool import Pool, Seen, default_jobs
from govstats.corpus.engines.worker import Finish, Task
from govstats.corpus.records import Record, records
from govstats.lang import Text
from govstats.model.audits import Unread
from govstats.serve.refused import too_large, too_many, too_slow
from govstats.serve.settings import Bounds
from govstats.sources import Source

_LARGEST_CHUNK = 8
"""Documents that a worker is given at once: others that wait for it do not wait long."""
_HEAVIEST_CHUNK = 2**19
"""Bytes after which no more are added."""
_LIVE = 4
"""Findings as objects take so many times the bytes of their record, at most."""
_UNPACKED = Text("解压后的文件合计", "All files together, unpacked,")


class Workers:
    """Worker processes, started once and warmed: the first audit is as quick as the next."""

    def __init__(self, bounds: Bounds, jobs: int | None = None) -> None:
        self._jobs = jobs or default_jobs()
        self._pool: Pool[Record] = Pool(
            records, self._jobs, bounds.document, largest=_LARGEST_CHUNK, heaviest=_HEAVIEST_CHUNK, ahead=0
        )

    def warm(self) -> None:
        """Let every worker load what it needs, by reading the samples."""
        samples = [Source(path.name, path.read_bytes()) for path in govstats.samples()]
        many = samples * (2 * self._jobs * _LARGEST_CHUNK // len(samples))
        for _ in self._pool.run(enumerate(many)):
            pass

    def run(self, tasks: Iterable[Task], *, urgent: bool, seen: Seen) -> Iterator[tuple[int, Record | Unread]]:
        """What came of each source, in order; `seen` is told which pages are recognised."""
        return self._pool.run(tasks, urgent=urgent, seen=seen)

    def stop(self) -> None:
        """End them at once."""
        self._pool.stop()


class Left(Exception):  # noqa: N818 - nothing went wrong
    """Whoever asked is no longer there."""


@dataclass(slots=True)
class Reading:
    """The engine of one audit. `seen` is told every record, `page` which page of which source is recognised; raises
    Refused past a bound, Left after `left` is set.

    An urgent one's documents are read before those of all others.
    """

    workers: Workers
    bounds: Bounds
    seen: Callable[[Record], None]
    page: Seen
    left: Event
    urgent: bool
    until: float = field(init=False)
    size: int = field(default=0, init=False)
    """Bytes of all records, as they are held."""

    def __post_init__(self) -> None:
        self.until = time.monotonic() + self.bounds.seconds

    def __call__(self, finish: Finish[Any], tasks: Iterable[Task], /) -> Iterator[tuple[int, Any]]:
        """Read by the workers, who make records: `finish` is theirs."""
        if cast(Any, finish) is not records:
            raise ValueError("the workers make records")
        for number, made in self.workers.run(self._bounded(tasks), urgent=self.urgent, seen=self._page):
            self._look_up()
            record = Record.of(made) if isinstance(made, Unread) else made
            self.size += _LIVE * len(record.head) + len(record.body)
            self.seen(record)
            yield number, record

    def _bounded(self, tasks: Iterable[Task]) -> Iterator[Task]:
        carried = 0
        for count, task in enumerate(tasks, 1):
            self._look_up()
            carried += task[1].carried
            if count > self.bounds.files:
                raise too_many(self.bounds.files)
            if carried > self.bounds.unpacked:
                raise too_large(self.bounds.unpacked, _UNPACKED)
            yield task

    def _page(self, name: str, number: int) -> None:
        self._look_up()
        self.page(name, number)

    def _look_up(self) -> None:
        if self.left.is_set():
            raise Left
        if time.monotonic() > self.until:
            raise too_slow(self.bounds.seconds)
