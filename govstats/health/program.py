"""govstats itself, Python, and the system → Facts."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import govstats
from govstats.health.fact import Fact, Status
from govstats.lang import Text

_OLDEST = (3, 11)
_TOO_OLD = Text("需要 Python {oldest} 或更新的。", "Python {oldest} or newer is needed.")


def facts() -> Iterator[Fact]:
    """Version and folder of govstats; version and path of Python; the system."""
    folder = Path(govstats.__file__).parent
    yield _told("govstats", f"{govstats.__version__} ({folder})")
    told = f"{platform.python_implementation()} {platform.python_version()} ({sys.executable})"
    oldest = ".".join(map(str, _OLDEST))
    new_enough = sys.version_info[:2] >= _OLDEST
    yield Fact(
        "program",
        "Python",
        Status.OK if new_enough else Status.BROKEN,
        Text(told, told),
        hint=None if new_enough else _TOO_OLD.format(oldest=oldest),
    )
    yield _told("system", platform.platform())


def _told(name: str, detail: str) -> Fact:
    return Fact("program", name, Status.OK, Text(detail, detail))
