"""Options → the ASGI application: the pages, the interface for programs, and what they share while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from govstats.lang import Text
from govstats.serve import answers, api, static
from govstats.serve.auditing import Auditing
from govstats.serve.gate import Gate
from govstats.serve.kept import Kept
from govstats.serve.reading import Workers
from govstats.serve.refused import Refused
from govstats.serve.settings import Options
from govstats.serve.shared import Shared

_SWEEP_SECONDS = 30.0
_NOWHERE = Text("没有这个页面。", "There is no such page.")
_NO_METHOD = Text("这个地址不接受这种请求。", "This address takes no such request.")
_FAULT = Text("出了没有料到的错。", "An unexpected error.")


def application(options: Options | None = None) -> Starlette:
    """The application. Its workers start with it and end with it. Raises UsageError for unsafe options."""
    chosen = (options or Options()).checked()
    return Starlette(
        routes=[
            Route("/", answers.index),
            Route("/check", answers.check, methods=["POST"]),
            Route("/results/{id}", answers.result),
            Route("/results/{id}/audit.{format}", answers.audit),
            Route("/results/{id}/copies/{number:int}.{format}", answers.copy),
            Route("/token", answers.token, methods=["GET", "POST"]),
            Route("/api", answers.about_api),
            Route("/api/check", api.check, methods=["POST"]),
            Route("/api/openapi.json", api.document),
            Route("/healthz", api.health),
            Mount("/static", routes=static.routes()),
        ],
        middleware=[Middleware(Gate, options=chosen, answer=_refusal)],
        exception_handlers={Refused: _refused, HTTPException: _http, Exception: _fault},
        lifespan=_lifespan(chosen),
    )


def _lifespan(options: Options) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        bounds = options.bounds
        workers = Workers(bounds, options.jobs)
        shared = Shared(options, Auditing(workers, bounds), Kept(bounds))
        app.state.shared = shared
        await anyio.to_thread.run_sync(workers.warm)
        sweeper = asyncio.create_task(_sweep(shared.kept))
        try:
            yield
        finally:
            sweeper.cancel()
            with suppress(asyncio.CancelledError):
                await sweeper
            shared.auditing.stop()
            await anyio.to_thread.run_sync(workers.stop)
            shared.kept.clear()

    return lifespan


async def _sweep(kept: Kept) -> None:
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        kept.drop()


async def _refusal(request: Request, refused: Refused) -> ASGIApp:
    return answers.refusal(request, refused)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101
    return answers.refusal(request, error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    told = {404: _NOWHERE, 405: _NO_METHOD}.get(error.status_code, _FAULT)
    return answers.refusal(request, Refused(error.status_code, told), dict(error.headers or {}))


async def _fault(request: Request, error: Exception) -> Response:
    return answers.refusal(request, Refused(500, _FAULT))
