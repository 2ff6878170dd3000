"""Options → a server that runs until it is told to stop, and then leaves nothing behind."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import uvicorn

from govstats.errors import UsageError, reason
from govstats.lang import Text
from govstats.serve.app import application
from govstats.serve.connection import Connection
from govstats.serve.folder import private_folder
from govstats.serve.settings import Options

_GRACE = 5
"""Seconds in which answers at hand may end."""
_AT = Text("请在浏览器打开 {url} （Ctrl-C 停止）", "Open {url} in a browser (Ctrl-C stops it)")
_CANNOT = Text("不能在 {host}:{port} 上运行：{reason}。", "Cannot listen on {host}:{port}: {reason}.")
_OTHER = Text(
    "请用 --port 换一个端口（0 是任选一个），或检查 --host。", "Choose another --port (0: any), or check --host."
)


def run(
    options: Options, port: int, tell: Callable[[str], None], show: Callable[[str], object] = lambda _: None
) -> None:
    """Serve until Ctrl-C or SIGTERM; `show` gets the address once it answers.

    Raises UsageError where it cannot listen.
    """
    with _listening(options.host, port) as listening, private_folder():
        shown = f"[{options.host}]" if ":" in options.host else options.host
        url = f"http://{shown}:{listening.getsockname()[1]}/"

        def ready() -> None:
            tell(_AT.format(url=url).of())
            Thread(target=show, args=(_for_a_browser(url),), daemon=True).start()

        server = _Server(_config(options), ready)
        logging.getLogger("uvicorn.error").addFilter(lambda record: not server.should_exit or _is_no_goodbye(record))
        before = signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it again at its end
        try:
            with suppress(KeyboardInterrupt):
                server.run(sockets=[listening])
        finally:
            signal.signal(signal.SIGTERM, before)


def _is_no_goodbye(record: logging.LogRecord) -> bool:
    """Who still sent or took something when the server was stopped is cut off: no trouble that anybody must look at."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, asyncio.CancelledError) and "graceful shutdown exceeded" not in record.getMessage()


def _for_a_browser(url: str) -> str:
    """All addresses of a machine are none that a browser could open."""
    return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")


class _Server(uvicorn.Server):
    """Tells when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _config(options: Options) -> uvicorn.Config:
    """No access log: it would name what people look at."""
    return uvicorn.Config(
        application(options),
        log_level="warning",
        access_log=False,
        server_header=False,
        http=Connection,
        ws="none",
        timeout_graceful_shutdown=_GRACE,
        lifespan="on",
    )


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":
                made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(address)
        except OSError:
            made.close()
            raise
        return made
    except OSError as error:
        told = _CANNOT.format(host=host, port=port, reason=reason(error))
        raise UsageError(told, _OTHER) from error
