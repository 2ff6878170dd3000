"""A lane where the system has no room: it says so, and goes on as soon as there is room again."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

import govstats
from govstats.corpus.engines import Limits, pool
from govstats.corpus.engines.lane import Lane
from govstats.corpus.engines.spawned import Spawned
from govstats.corpus.engines.worker import DiedError, Task
from govstats.errors import UsageError
from govstats.model.report import Report
from govstats.sources import Source

_TASKS = [(0, Source("0.html", b"")), (1, Source("1.html", b""))]


class Process:
    """Reads nothing, but gives what it was given; of the first so many it dies at once, as one that was stopped."""

    def __init__(self, deaths: int) -> None:
        self._deaths = deaths
        self._stopped = False

    def work(self, finish: object, chunk: Sequence[Task]) -> list[Any]:
        self._deaths -= 1
        if self._stopped or self._deaths >= 0:
            raise DiedError
        return [(number, source.name) for number, source in chunk]

    def stop(self) -> None:
        self._stopped = True


@contextmanager
def lane(*starts: Callable[[], Process]) -> Iterator[Lane[Any]]:
    """One whose processes start so, the last of them again and again."""
    waiting = list(starts)
    made: Lane[Any] = Lane(list, Limits(), start=lambda *_: waiting.pop(0)() if len(waiting) > 1 else waiting[0]())
    try:
        yield made
    finally:
        made.stop()


def full() -> Process:
    raise OSError(errno.ENOMEM, "no room")


def test_a_process_that_could_not_be_replaced_is_replaced_for_the_next_chunk() -> None:
    with lane(lambda: Process(1), full, full, lambda: Process(0)) as made:
        for _ in range(2):
            with pytest.raises(OSError, match="no room"):
                made.process(_TASKS)
        assert made.process(_TASKS) == [(0, "0.html"), (1, "1.html")]


def test_processes_that_never_begin_accuse_no_document() -> None:
    with lane(lambda: Process(1)) as made:
        with pytest.raises(UsageError, match="起不来") as told:
            made.process(_TASKS)
        assert isinstance(told.value.__cause__, DiedError)


def test_a_process_for_which_there_is_no_room_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, submitted = [True], Spawned._submitted

    def without_room(self: Spawned, *what: Any) -> Any:
        if waiting and waiting.pop():
            full()
        return submitted(self, *what)

    monkeypatch.setattr(Spawned, "_submitted", without_room)
    sample = next(iter(govstats.samples()))
    ((_, found),) = pool.run(list, [(0, Source(sample.name, sample.read_bytes()))], 1)
    assert isinstance(found, Report)
    assert not waiting
