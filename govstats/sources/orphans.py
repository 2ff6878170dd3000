"""A process that ends with the one that started it, from its first moment on.

It stands here, where little is loaded: what a worker needs takes seconds to load on a busy machine, and whoever started
it may be killed meanwhile.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from contextlib import suppress
from importlib import import_module
from threading import Thread

_WATCH = 0.5
"""Seconds between two looks whether anybody is left to work for."""
_PR_SET_PDEATHSIG = 1


def begin(parent: int, module: str, *arguments: object) -> None:
    """End with `parent`, and let `start` of a module begin the work.

    The parent is told, not asked for: it may be gone already, and then another has taken its place.
    """
    _end_with(parent)
    import_module(module).start(*arguments)


def _end_with(parent: int) -> None:
    """Linux sees to it, even while a C library is at work; elsewhere somebody looks now and then."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.name == "posix":
        _end_without(parent)
        Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while True:
        time.sleep(_WATCH)
        _end_without(parent)


def _end_without(parent: int) -> None:
    if os.getppid() != parent:
        os._exit(1)
