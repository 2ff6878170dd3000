"""Copy → a file in the official layout. A writer is a module here with SUFFIX and `write`; drop one in."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from govstats.correction.copy import Copy


class Writer(Protocol):
    """What a module in this folder offers."""

    SUFFIX: str
    """The ending of the files that it writes, with the dot."""

    def write(self, copy: Copy) -> bytes:
        """The file's content."""


def names() -> list[str]:
    """The names of all writers, without loading their libraries."""
    return sorted(module.name for module in iter_modules(__path__))


@cache
def writers() -> dict[str, Writer]:
    """All writers by name."""
    return {name: cast(Writer, import_module(f"{__name__}.{name}")) for name in names()}
