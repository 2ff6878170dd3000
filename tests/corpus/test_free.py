"""Lanes shared by those in a hurry and others: the hurried go first, and one lane is kept for them, not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from govstats.corpus.engines import pool
from govstats.corpus.engines.pool import Free


def test_an_urgent_one_takes_a_lane_before_those_that_wait_longer() -> None:
    free, order = Free(["lane"]), list[str]()
    lane = free.take()

    def take(name: str, *, urgent: bool) -> None:
        taken = free.take(urgent=urgent)
        order.append(name)
        free.put(taken)

    with ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(take, "first", urgent=False)]
        _until(lambda: asked[0].running())
        asked.append(threads.submit(take, "urgent", urgent=True))
        _until(lambda: free._waiting == 1)
        free.put(lane)
    assert order == ["urgent", "first"]


def test_one_lane_is_kept_while_there_are_urgent_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(pool, "monotonic", lambda: clock[0])
    monkeypatch.setattr(pool, "_LOOK_AGAIN", 0.01)
    free = Free(["a", "b"])
    free.put(free.take(urgent=True))
    free.take()
    with ThreadPoolExecutor(1) as threads:
        patient: Future[str] = threads.submit(free.take)
        time.sleep(0.05)
        assert not patient.done(), "the second lane waits for an urgent one"
        free.put(free.take(urgent=True))
        assert not patient.done()
        clock[0] += pool._KEPT
        assert patient.result(10)


def test_without_urgent_ones_all_lanes_are_for_everybody() -> None:
    free = Free(["a", "b"])
    assert {free.take(), free.take()} == {"a", "b"}


def test_whoever_waits_for_the_kept_lane_gets_it_when_all_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "monotonic", lambda: 100.0)
    free = Free(["a", "b"])
    free.put(free.take(urgent=True))
    free.take()
    with ThreadPoolExecutor(1) as threads:
        patient: Future[str] = threads.submit(free.take)
        free.keep_none()
        assert patient.result(10)


def test_a_lone_lane_is_kept_for_nobody() -> None:
    free = Free(["a"])
    free.put(free.take(urgent=True))
    assert free.take() == "a"


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.001)
