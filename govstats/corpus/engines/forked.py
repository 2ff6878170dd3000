"""Forked: a copy of this process for each chunk. Nothing has to start; it is under limits, and may end as it likes."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, NoReturn, TypeVar

from govstats.catalog.divisions import divisions
from govstats.catalog.formats import known_formats
from govstats.catalog.rules import known_rules
from govstats.corpus.engines import worker
from govstats.corpus.engines.lane import Lane
from govstats.corpus.engines.limits import Limits
from govstats.errors import CatalogError
from govstats.model.audits import Unread
from govstats.sources import orphans

T = TypeVar("T")

_CHUNK = 32


def is_possible() -> bool:
    """Only where the system's libraries bear it, and no other thread may hold what the copy would wait for."""
    return sys.platform == "linux" and threading.active_count() == 1


def run(
    finish: worker.Finish[T], tasks: Iterable[worker.Task], limits: Limits | None = None
) -> Iterator[tuple[int, T | Unread]]:
    """Read sources, few at a time, and give what `finish` makes of them, in their order."""
    lane = Lane(finish, limits or Limits(), start=Forked)
    waiting = iter(tasks)
    try:
        while chunk := list(islice(waiting, _CHUNK)):
            yield from lane.process(chunk)
    finally:
        lane.stop()


class Forked:
    """Copies of this process, one at a time."""

    def __init__(self, setting: worker.Setting, idle: float | None = None) -> None:
        self._begin = (os.getpid(), worker.__name__, *setting)
        self._child = 0

    def work(self, finish: worker.Finish[T], chunk: Sequence[worker.Task]) -> list[tuple[int, T | Unread]]:
        """What `worker.work` makes of a chunk. Raises DiedError if the copy does not live to tell."""
        _load_what_both_need()
        source, target = os.pipe()
        self._child = _forked()
        if not self._child:
            os.close(source)
            _serve(target, self._begin, finish, chunk)
        os.close(target)
        try:
            with os.fdopen(source, "rb") as answers:
                told = answers.read()
        finally:
            how = self._ended(kill=sys.exc_info()[0] is not None)
        if not told or how:
            raise worker.DiedError(how)
        done, problem = pickle.loads(told)  # noqa: S301
        if problem is not None:
            raise problem
        found: list[tuple[int, T | Unread]] = done
        return found

    def stop(self) -> None:
        """Nothing is left to end: a copy ends with its chunk."""

    def _ended(self, kill: bool) -> str:
        """Wait for the copy, and tell what ended it; empty if it came to its end."""
        if kill:
            os.kill(self._child, signal.SIGKILL)
        _, status = os.waitpid(self._child, 0)
        code = os.waitstatus_to_exitcode(status)
        return signal.Signals(-code).name if code < 0 else f"exit {code}" if code else ""


def _forked() -> int:
    """Python 3.12 warns of any thread; here only those of numerical libraries can be (`is_possible`), which bear it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _load_what_both_need() -> None:
    """The copy reads by it, and this process shows by it what was read. What is wrong with it the copy tells."""
    with suppress(CatalogError):
        known_formats()
        known_rules()
        divisions()


def _serve(target: int, begin: tuple[Any, ...], finish: worker.Finish[Any], chunk: Sequence[Any]) -> NoReturn:
    """The life of a copy. It leaves without what its parent has yet to finish: files, threads, exit handlers."""
    code = 1
    try:
        orphans.begin(*begin)
        try:
            answer: tuple[Any, Exception | None] = worker.work(finish, chunk), None
        except Exception as problem:
            answer = None, problem
        with os.fdopen(target, "wb") as answers:
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)
