"""Copy → a file in the official layout. A writer is a module here with SUFFIX and `write`; drop one in."""

from __future__ import annotations

from functools import cache
from typing import Protocol, cast

from govstats.catalog.dropins import member, names_in
from govstats.correction.copy import Copy


class Writer(Protocol):
    """What a module in this folder offers."""

    SUFFIX: str
    """The ending of the files that it writes, with the dot."""

    def write(self, copy: Copy) -> bytes:
        """The file's content."""


def names() -> list[str]:
    """The names of all writers, without loading their libraries."""
    return names_in(__path__)


@cache
def writers() -> dict[str, Writer]:
    """All writers by name."""
    return {name: cast(Writer, member(__name__, name)) for name in names()}
