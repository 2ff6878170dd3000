"""Numbered sources → numbered results in the same order, read by dask workers, on this machine or on many."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from typing import Any, Generic, TypeVar
from uuid import uuid4

from govstats.catalog.version import version
from govstats.corpus.engines import cluster, lanes
from govstats.corpus.engines.limits import Limits
from govstats.corpus.engines.pool import chunks
from govstats.corpus.engines.worker import Finish, Task
from govstats.errors import GovstatsError, ReadError, UsageError
from govstats.lang import Text
from govstats.model.audits import Unread

T = TypeVar("T")

_AHEAD = 4
"""Chunks in hand for each thread of the workers: those behind one that takes long can be read meanwhile."""
_MOST_BYTES = 2**28
"""Sources that carry their bytes lie with the scheduler until they are read: never more than so many at once."""
_COUNTED = 5.0
"""Workers come and go: so often, in seconds, they are counted anew."""
_PATIENCE = 60.0
"""Seconds without any worker after which the run is given up."""


class Dask:
    """On the workers of a dask scheduler: `scheduler` is its address; None: `jobs` workers of this machine.

    A worker hands its chunks to a process under `limits`, as on one machine, so that no document can end the worker.
    Raises UsageError where `distributed` is not installed.
    """

    def __init__(self, scheduler: str | None = None, jobs: int | None = None, limits: Limits | None = None) -> None:
        if find_spec("distributed") is None:
            raise UsageError(
                Text("--engine dask 需要安装 distributed。", "--engine dask needs distributed."),
                Text("请运行 pip install 'govstats[dask]'。", "Run pip install 'govstats[dask]'."),
            )
        self._scheduler = scheduler
        self._jobs = jobs
        self._limits = limits or Limits()

    def __call__(self, finish: Finish[T], tasks: Iterable[Task], /) -> Iterator[tuple[int, T | Unread]]:
        waiting = ((number, source.placed()) for number, source in tasks)
        first = next(waiting, None)
        if first is None:
            return
        with cluster.connected(self._scheduler, self._jobs) as client:
            if self._scheduler is not None:
                cluster.check_workers(client, first[1])
            yield from _Run(client, finish, self._limits).results(chain([first], waiting))


@dataclass(frozen=True, slots=True)
class _Sent:
    """A chunk that was sent to the scheduler; `future` holds what becomes of it."""

    chunk: list[Task]
    future: Any

    @property
    def carried(self) -> int:
        return sum(source.carried for _, source in self.chunk)


class _Run(Generic[T]):
    def __init__(self, client: Any, finish: Finish[T], limits: Limits) -> None:
        self._client = client
        self._finish = finish
        self._limits = limits
        self._name = uuid4().hex
        self._sent: deque[_Sent] = deque()
        self._threads = 1
        self._counted = float("-inf")

    def results(self, tasks: Iterator[Task]) -> Iterator[tuple[int, T | Unread]]:
        try:
            for chunk in chunks(tasks):
                self._sent.append(self._send(chunk))
                while self._sent and (self._is_enough() or self._sent[0].future.done()):
                    yield from self._results(self._sent.popleft())
            while self._sent:
                yield from self._results(self._sent.popleft())
        finally:
            with suppress(Exception, CancelledError):
                self._client.cancel([sent.future for sent in self._sent])
                self._client.run(lanes.close, self._name, on_error="ignore")

    def _send(self, chunk: list[Task]) -> _Sent:
        arguments = (self._name, version(), self._finish, chunk, self._limits)
        return _Sent(chunk, self._client.submit(lanes.process, *arguments, pure=False))

    def _is_enough(self) -> bool:
        if time.monotonic() - self._counted > _COUNTED:
            self._threads = sum(self._client.nthreads().values())
            self._counted = time.monotonic()
        return (
            len(self._sent) > _AHEAD * max(self._threads, 1) or sum(each.carried for each in self._sent) > _MOST_BYTES
        )

    def _results(self, sent: _Sent) -> list[tuple[int, T | Unread]]:
        """The results of a chunk. One whose workers were lost again and again is sent anew, document by document,
        each after the one before it: all that lie with a worker are blamed when it is lost.
        """
        from distributed import KilledWorker

        try:
            return self._awaited(sent.future)
        except KilledWorker:
            if len(sent.chunk) == 1:
                ((number, source),) = sent.chunk
                return [(number, Unread(source.name, _deadly()))]
            return [each for task in sent.chunk for each in self._results(self._send([task]))]
        except GovstatsError:
            raise
        except (Exception, CancelledError) as error:
            raise _broken(error) from error

    def _awaited(self, future: Any) -> list[tuple[int, T | Unread]]:
        while True:
            with suppress(TimeoutError):
                found: list[tuple[int, T | Unread]] = future.result(timeout=_PATIENCE)
                return found
            if not self._client.nthreads():
                raise cluster.no_workers()


def _deadly() -> ReadError:
    return ReadError(
        Text(
            "读它的工作机几次都意外中止（多半是内存不够）。",
            "The workers that read it ended unexpectedly, several times (most likely memory ran out).",
        ),
        Text("请在一台机器上单独检查这个文件。", "Check this file alone, on one machine."),
    )


def _broken(error: BaseException) -> UsageError:
    told = f"{type(error).__name__}: {error}"
    return UsageError(
        Text(f"集群中断（{told}）。", f"The cluster broke down ({told})."),
        Text(
            "集群恢复后再运行一次，会接着读（用了 --no-cache 则从头读）。",
            "Run again to go on from here (with --no-cache: from the beginning).",
        ),
    )
