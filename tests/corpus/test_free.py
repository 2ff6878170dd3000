"""Lanes shared by those in a hurry and others: the hurried go first and one lane is left to them; nobody starves."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest

from govstats.corpus.engines import pool
from govstats.corpus.engines.pool import Free


class Clock:
    """Stands still until it is moved."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(pool, "monotonic", made)
    monkeypatch.setattr(pool, "_LOOK_AGAIN", 0.01)
    return made


@contextmanager
def asking(free: Free[str], *, urgent: bool = False) -> Iterator[Future[str]]:
    """Somebody who takes a lane as soon as it is to be had, and keeps it to the end."""
    with ExitStack() as held, ThreadPoolExecutor(1) as threads:
        yield threads.submit(lambda: held.enter_context(free.lane(urgent=urgent)))


def waits(asked: Future[str]) -> bool:
    time.sleep(0.05)
    return not asked.done()


def test_an_urgent_one_takes_a_lane_before_those_that_wait_longer(clock: Clock) -> None:
    free, order = Free(["lane"]), list[str]()

    def take(name: str, *, urgent: bool) -> None:
        with free.lane(urgent=urgent):
            order.append(name)

    with ThreadPoolExecutor(2) as threads, free.lane():
        first = threads.submit(take, "first", urgent=False)
        _until(first.running)
        threads.submit(take, "urgent", urgent=True)
        _until(lambda: free._urgent_ones == 1)
    assert order == ["urgent", "first"]


def test_one_lane_is_left_to_urgent_ones_while_there_are_such(clock: Clock) -> None:
    free = Free(["a", "b"])
    with free.lane(urgent=True):
        pass
    with free.lane(), asking(free) as patient:
        assert waits(patient)
        with free.lane(urgent=True):
            assert waits(patient)
        clock.now += pool._KEPT + 1
        assert patient.result(10)


def test_an_urgent_one_at_work_leaves_the_other_lane_to_all(clock: Clock) -> None:
    free = Free(["a", "b"])
    with free.lane(urgent=True), asking(free) as patient:
        assert patient.result(10)


def test_who_has_waited_long_waits_for_no_urgent_ones(clock: Clock) -> None:
    free = Free(["a"])
    with ExitStack() as held:
        held.enter_context(free.lane())
        with asking(free) as patient:
            free._urgent_ones += 1  # one who asks again and again
            held.pop_all().close()
            assert waits(patient)
            clock.now += pool._LONG + 1
            assert patient.result(10)


def test_whoever_waits_for_the_kept_lane_gets_it_when_all_ends(clock: Clock) -> None:
    free = Free(["a", "b"])
    with free.lane(urgent=True):
        pass
    with free.lane(), asking(free) as patient:
        assert waits(patient)
        free.keep_none()
        assert patient.result(10)


def test_without_urgent_ones_all_lanes_are_for_everybody() -> None:
    free = Free(["a", "b"])
    with free.lane() as one, free.lane() as other:
        assert {one, other} == {"a", "b"}


def test_a_lone_lane_is_kept_for_nobody() -> None:
    free = Free(["a"])
    with free.lane(urgent=True):
        pass
    with free.lane() as lane:
        assert lane == "a"


def _until(holds: Callable[[], bool]) -> None:
    while not holds():  # for ever, if it never does: pytest-timeout ends it
        time.sleep(0.001)


def test_what_was_cancelled_is_not_waited_for() -> None:
    made: Future[list[tuple[int, object]]] = Future()
    made.cancel()
    stopped: pool.Pool[object] = pool.Pool.__new__(pool.Pool)
    stopped._lanes = []
    pending = deque([pool._Pending([], made)])
    with pytest.raises(CancelledError):
        stopped._first(pending, lambda name, page: None)
