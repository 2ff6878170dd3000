"""Connection: one of uvicorn's, which must say what it wants in time; those that say nothing make room for others."""

from __future__ import annotations

import asyncio
import time

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from govstats.serve.headers import HEADERS

_SECONDS = 10.0
"""For the head of a request; as long may a connection wait for its next one."""
_STALL = 30.0
"""For somebody to take more of an answer."""
_MOST = 256
"""Connections; one more takes the place of the one that has said nothing for longest."""
_WRONG = b"Invalid HTTP request received."


class Connection(H11Protocol):
    """Closes itself where no request comes. No state of ours while one is answered: that has deadlines of its own."""

    _deadline: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None
    _silent_since = 0.0
    _is_known = False
    """Has it asked before? Then it makes room only where there are no others."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > _MOST:
            others = (each for each in self.connections if isinstance(each, Connection) and each is not self)
            silent = [each for each in others if each.is_silent] or [self]
            min(silent, key=lambda each: (each._is_known, each._silent_since)).abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._wait_no_more()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Something was said."""
        super().data_received(data)
        if not self.is_silent:
            self._wait_no_more()

    def on_response_complete(self) -> None:
        """An answer was given."""
        super().on_response_complete()
        self._is_known = True
        if self.is_silent:
            self._wait()

    def pause_writing(self) -> None:
        """The answer is not taken."""
        super().pause_writing()
        self._stall = self._stall or self.loop.call_later(_STALL, self.abort)

    def resume_writing(self) -> None:
        """It is again."""
        super().resume_writing()
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    @property
    def is_silent(self) -> bool:
        """Is no request at hand?"""
        return self.cycle is None or self.cycle.response_complete

    def abort(self) -> None:
        """End at once, whatever is still to be sent."""
        self._wait_no_more()
        self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP gets the headers that every answer has."""
        headers = {"Content-Type": "text/plain; charset=utf-8", "Connection": "close", "Cache-Control": "no-store"}
        told = [(name.encode(), value.encode()) for name, value in {**headers, **HEADERS}.items()]
        for event in (h11.Response(status_code=400, headers=told), h11.Data(data=_WRONG), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _wait(self) -> None:
        self._wait_no_more()
        self._silent_since = time.monotonic()
        self._deadline = self.loop.call_later(_SECONDS, self.abort)

    def _wait_no_more(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
