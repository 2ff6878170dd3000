"""Source and splices → the source with them; all other characters stay where and as they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govstats.correction.inplace._contract import CannotOperate


class Splice(NamedTuple):
    """What takes the place of source[start:end]; of several at one place the first given comes first."""

    start: int
    end: int
    text: str


def spliced(source: str, splices: Iterable[Splice]) -> str:
    """The source with all of them. Raises CannotOperate where two want the same characters."""
    pieces: list[str] = []
    at = 0
    for splice in sorted(splices, key=lambda each: each[:2]):
        if splice.start < at:
            raise CannotOperate("two changes in one place")
        pieces += [source[at : splice.start], splice.text]
        at = splice.end
    return "".join([*pieces, source[at:]])
