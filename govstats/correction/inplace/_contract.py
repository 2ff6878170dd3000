"""What a surgeon is given, what it gives back, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from govstats.correction.marks import Mark as Mark
from govstats.sources.own import MAKER


@dataclass(frozen=True, slots=True)
class Signed:
    """Who changes and comments, and when: `2025-01-31T00:00:00Z`. `blanks`: may texts be put into blank cells to find
    them?"""

    date: str
    author: str = MAKER
    blanks: bool = True


class CannotOperate(Exception):  # noqa: N818 - it says what happened
    """The document is of a kind, or in a state, in which nothing can be changed in place."""


class Surgeon(Protocol):
    """What a module in this folder offers."""

    SUFFIXES: tuple[str, ...]
    """The endings of the files that it writes; the first for one whose name says nothing."""
    PLAIN: bool
    """Can it write no comments?"""

    def operate(self, data: bytes, marks: Sequence[Mark], signed: Signed) -> tuple[bytes, list[Mark]]:
        """The document with the marks, and those of them that were made. Raises CannotOperate."""
