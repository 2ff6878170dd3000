"""Gate: who may ask, from where, and how much they may send; and the headers that every answer carries."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from govstats.lang import Text
from govstats.serve.headers import HEADERS
from govstats.serve.refused import Refused, busy, too_large, too_slow
from govstats.serve.settings import Options

_log = logging.getLogger(__name__)

COOKIE = "govstats-token"

_OPEN = ("/healthz", "/static/", "/token")
"""What anybody may see: it says nothing of any report."""
_UPLOADS = ("/check", "/api/check")
_SAFE = {"GET", "HEAD", "OPTIONS"}
_FORM = 2**20
"""Bytes that a form needs beside its files."""
_DRAIN = 2**30
_DRAIN_SECONDS = 30.0
_STALL = 30.0
"""Seconds in which something must come, where something is to come."""
_FORM_SECONDS = 30.0
"""For a body that is no upload."""
_MOST = 192
"""Requests at a time; one more takes the place of the slowest upload."""
_FAIR = 5.0
"""Seconds in which no upload counts as slow."""

_STRANGE_HOST = Refused(
    421,
    Text("请求用的主机名不是本机的。", "This server does not go by the name that the request uses."),
    Text("请用 http://127.0.0.1 打开；经代理时用 --public-host。", "Use http://127.0.0.1, or --public-host."),
)
_FAULT = Refused(500, Text("出了没有料到的错。", "An unexpected error."))
_CROSS_SITE = Refused(403, Text("不接受别的网站发来的表单。", "Forms of other sites are refused."))
_NO_TOKEN = Refused(401, Text("需要口令。", "A token is needed."))

Answer = Callable[[Request, Refused], Awaitable[ASGIApp]]
"""What a refused request is told."""


class Gate:
    """Lets through to `app` what may pass; `answer` makes the response for all else."""

    def __init__(self, app: ASGIApp, options: Options, answer: Answer) -> None:
        self._app = app
        self._options = options
        self._answer = answer
        self._at_hand: set[_Body] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_upload = scope["path"] in _UPLOADS
        seconds = self._options.bounds.upload_seconds if is_upload else _FORM_SECONDS
        body = _Body(receive, self._most(scope), seconds)
        answering = _Answering(send, scope["path"], body)
        self._at_hand.add(body)
        try:
            refused = self._refused(scope) or self._crowded()
            app = self._app if refused is None else await self._answer(Request(scope), refused)
            await app(scope, body, answering)
        except Exception:
            if answering.begun:
                raise
            _log.exception("a request failed")
            await (await self._answer(Request(scope), _FAULT))(scope, body, answering)
        finally:
            self._at_hand.discard(body)

    def _crowded(self) -> Refused | None:
        if len(self._at_hand) <= _MOST:
            return None
        slow = [body for body in self._at_hand if body.age > _FAIR and not body.ended]
        if not slow:
            return busy()
        min(slow, key=lambda body: body.rate).give_up()
        return None

    def _refused(self, scope: Scope) -> Refused | None:
        headers = Headers(scope=scope)
        hosts = self._options.hosts
        if hosts is not None and _name(headers.get("host", "")) not in hosts:
            return _STRANGE_HOST
        if scope["method"] not in _SAFE and _is_cross_site(headers):
            return _CROSS_SITE
        if not scope["path"].startswith(_OPEN) and not self._may_see(Request(scope)):
            return _NO_TOKEN
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self._most(scope) + _FORM:
            return too_large(self._most(scope))
        return None

    def _most(self, scope: Scope) -> int:
        """Bytes that a request may send beside the form itself."""
        return self._options.bounds.upload if scope["path"] in _UPLOADS else _FORM

    def _may_see(self, request: Request) -> bool:
        token = self._options.token
        if token is None:
            return True
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and same(given.strip(), token):
            return True
        return same(request.cookies.get(COOKIE, ""), cookie(token))


class _Body:
    """The request's body, counted and timed. Raises Refused past `most` bytes beside the form itself, and past
    `seconds`, or where nothing comes any more."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive = receive
        self._most = most
        self._seconds = seconds
        self._begun = time.monotonic()
        self._seen = 0
        self._waiting: asyncio.Timeout | None = None
        self.ended = False

    async def __call__(self) -> Message:
        try:
            message = await self._next(min(_STALL, self._seconds - self.age))
        except TimeoutError as error:
            raise too_slow(min(self._seconds, max(self.age, 1))) from error
        if self._seen > self._most + _FORM:
            raise too_large(self._most)
        return message

    @property
    def age(self) -> float:
        """Seconds since its head came."""
        return time.monotonic() - self._begun

    @property
    def rate(self) -> float:
        """Bytes a second."""
        return self._seen / max(self.age, 1.0)

    def give_up(self) -> None:
        """Wait for it no longer."""
        self._seconds = 0.0
        if self._waiting:
            self._waiting.reschedule(asyncio.get_running_loop().time())

    async def drain(self) -> None:
        """Throw away what is still to come: browsers show an answer only when they have sent all."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while self._seconds and not self.ended and self._seen <= _DRAIN:
                    await self._next(_STALL)

    async def _next(self, seconds: float) -> Message:
        if self.ended:  # what comes behind the end is told when the visitor leaves
            return await self._receive()
        async with asyncio.timeout(seconds) as self._waiting:
            message = await self._receive()
        self.ended = not message.get("more_body", False)
        self._seen += len(message.get("body", b""))
        return message


def cookie(token: str) -> str:
    """What a browser keeps in the token's stead."""
    return hmac.new(token.encode(), b"govstats cookie", hashlib.sha256).hexdigest()


def same(given: str, expected: str) -> bool:
    """Compared in a time that does not tell how much was right."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _name(host: str) -> str:
    """`[::1]:8765` → `[::1]`."""
    return (host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host).lower()


def _is_cross_site(headers: Headers) -> bool:
    """Browsers say where a form is from: all of them by Origin, and where they deem it safe by Sec-Fetch-Site too."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and _netloc(origin) != headers.get("host", "").lower()


def _netloc(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


class _Answering:
    """What is sent, with the headers of every answer."""

    def __init__(self, send: Send, path: str, body: _Body) -> None:
        self._send = send
        self._path = path
        self._body = body
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            if message["status"] >= 400:
                await self._body.drain()
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("Cache-Control", "no-cache" if self._path.startswith("/static/") else "no-store")
        await self._send(message)
