"""Gate: who may ask, from where, and how much they may send; and the headers that every answer carries."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from govstats.lang import Text
from govstats.serve.refused import Refused, too_large
from govstats.serve.settings import Options

COOKIE = "govstats-token"

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""`same-origin`, not `no-referrer`: browsers would send `Origin: null` with our own form."""
_OPEN = ("/healthz", "/static/", "/token")
"""What anybody may see: it says nothing of any report."""
_UPLOADS = ("/check", "/api/check")
_SAFE = {"GET", "HEAD", "OPTIONS"}
_FORM = 2**20
"""Bytes that a form needs beside its files."""
_DRAIN = 2**30
_DRAIN_SECONDS = 30.0

_STRANGE_HOST = Refused(
    421,
    Text("请求用的主机名不是本机的。", "This server does not go by the name that the request uses."),
    Text("请用 http://127.0.0.1 打开；经代理时用 --public-host。", "Use http://127.0.0.1, or --public-host."),
)
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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        body = _Body(receive, self._most(scope))
        app = self._app if refused is None else await self._answer(Request(scope), refused)
        await app(scope, body, _answering(send, scope["path"], body))

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
    """The request's body, counted. Raises Refused past `most` bytes beside the form itself."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._seen = 0
        self._ended = False

    async def __call__(self) -> Message:
        message = await self._next()
        if self._seen > self._most + _FORM:
            raise too_large(self._most)
        return message

    async def drain(self) -> None:
        """Throw away what is still to come: browsers show an answer only when they have sent all."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while not self._ended and self._seen <= _DRAIN:
                    await self._next()

    async def _next(self) -> Message:
        message = await self._receive()
        self._ended = not message.get("more_body", False)
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
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


def _answering(send: Send, path: str, body: _Body) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            if message["status"] >= 400:
                await body.drain()
            headers = MutableHeaders(scope=message)
            headers.update(_HEADERS)
            headers.setdefault("Cache-Control", "no-cache" if path.startswith("/static/") else "no-store")
        await send(message)

    return sending
