"""Upload → what happens to it: each document as soon as it is read, then the result. A thread for each audit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from threading import Event
from typing import NamedTuple

from govstats.corpus import Settings, running
from govstats.corpus.records import Record, Row, entry_of
from govstats.errors import GovstatsError
from govstats.lang import Text
from govstats.model.audits import Entry
from govstats.serve.kept import Result
from govstats.serve.originals import originals_of
from govstats.serve.reading import Left, Reading, Workers
from govstats.serve.refused import Refused, busy, lacks_room, no_room
from govstats.serve.settings import Bounds
from govstats.serve.upload import Upload

_log = logging.getLogger(__name__)


class Page(NamedTuple):
    """A page of a scan that is being recognised."""

    name: str
    number: int


Happening = Page | Entry | Result | Refused
"""A page that is recognised, a document as read, not compared with others yet; at the end the result, or why there is
none."""

_FAULT = Text("出了没有料到的错，没有核对完。", "An unexpected error: the audit was not finished.")


class Auditing:
    """Audits of all requests: so many at once, others wait, and more than can wait are refused.

    Few small reports do not wait behind many: who sends those waits for others of that kind.
    """

    def __init__(self, workers: Workers, bounds: Bounds) -> None:
        self._workers = workers
        self._bounds = bounds
        self._quick = ThreadPoolExecutor(bounds.at_once, "audit")
        self._long = ThreadPoolExecutor(max(bounds.at_once // 2, 1), "long-audit")
        self._begun = 0

    async def happenings(self, upload: Upload) -> AsyncGenerator[Happening, None]:
        """What happens, in order; the last is a Result or a Refused. Left early, the audit ends soon."""
        if self._begun >= self._bounds.at_once + self._bounds.waiting:
            yield busy()
            return
        loop, told, left = asyncio.get_running_loop(), asyncio.Queue[Happening](), Event()

        def tell(each: Happening) -> None:
            """Into the queue, from the thread of the audit."""
            if not left.is_set():
                loop.call_soon_threadsafe(told.put_nowait, each)

        threads = self._quick if upload.is_small else self._long
        done = loop.run_in_executor(threads, self._audit, upload, tell, left)
        self._begun += 1
        done.add_done_callback(self._ended)
        try:
            while True:
                each = await told.get()
                yield each
                if isinstance(each, (Result, Refused)):
                    break
        finally:
            left.set()

    async def result(self, upload: Upload) -> Result:
        """The result alone. Raises Refused."""
        async with aclosing(self.happenings(upload)) as happenings:
            async for each in happenings:
                if isinstance(each, Refused):
                    raise each
                if isinstance(each, Result):
                    return each
        raise AssertionError("an audit ends with a result")

    def stop(self) -> None:
        """Wait for nothing."""
        for threads in (self._quick, self._long):
            threads.shutdown(wait=False, cancel_futures=True)

    def _ended(self, _: object) -> None:
        self._begun -= 1

    def _audit(self, upload: Upload, tell: Callable[[Happening], None], left: Event) -> None:
        try:
            if not left.is_set():
                tell(self._result(upload, tell, left))
        except Left:
            pass
        except Refused as refused:
            tell(refused)
        except Exception as error:
            if not left.is_set():  # else the upload was closed while it was read
                _log.exception("an audit failed")
                tell(_told(error))

    def _result(self, upload: Upload, tell: Callable[[Happening], None], left: Event) -> Result:
        engine = Reading(
            self._workers,
            self._bounds,
            lambda record: tell(_alone(record)),
            lambda name, number: tell(Page(name, number)),
            left,
            upload.is_small,
        )
        with running(Settings(engine)) as run:
            run.read(upload.sources())
            run.compare(upload.roster)
            entries = tuple(run.entries())
        originals = originals_of(upload.sources(), entries, self._bounds.originals)
        return Result(
            entries, engine.size + sum(map(len, originals.values())), originals, upload.passed_over, upload.rosters
        )


def _told(error: Exception) -> Refused:
    """What is told of an error; who runs the server finds it in the log."""
    if lacks_room(error):
        return no_room()
    return Refused(500, error.message, error.hint) if isinstance(error, GovstatsError) else Refused(500, _FAULT)


def _alone(record: Record) -> Entry:
    return entry_of(Row(0, record.name, record.read, record.head, record.body))
