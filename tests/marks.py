"""Parts of a text that are set apart, as private characters in it: each container writes them in its own manner.

A dress puts them in (tests/markings.py), `runs` takes them out again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeVar
from zlib import crc32

PLAIN = ""
RAISED, STRUCK, HIDDEN, PICTURE = "\ue010", "\ue011", "\ue012", "\ue013"
"""A note mark above the line; what is struck out; what nobody sees; what is shown by a picture."""
WRITTEN, WRITTEN_RAISED, WRITTEN_UNSEEN, COUNTED = "\ue014", "\ue015", "\ue016", "\ue017"
"""What a page's style writes: text, a note mark, what nobody sees; and a counter, a picture or a letter of an icon."""
_KINDS = RAISED + STRUCK + HIDDEN + PICTURE + WRITTEN + WRITTEN_RAISED + WRITTEN_UNSEEN + COUNTED
_END = "\ue01f"
_RUN = re.compile(rf"([{_KINDS}])([^{_END}]*){_END}|([^{_KINDS}]+)")
_Manner = TypeVar("_Manner")


class Run(NamedTuple):
    """A part of a text, and how it is set apart (PLAIN: not at all)."""

    kind: str
    text: str


def marked(kind: str, text: str) -> str:
    """The text, set apart."""
    return f"{kind}{text}{_END}"


def is_marked(text: str) -> bool:
    """Is anything in it set apart?"""
    return _END in text


def runs(text: str) -> list[Run]:
    """The parts of a text in order."""
    return [Run(kind, inner) if kind else Run(PLAIN, rest) for kind, inner, rest in _RUN.findall(text)]


def bare(text: str) -> str:
    """The text without its marks: all that stands there."""
    return "".join(run.text for run in runs(text))


def manner(text: str, manners: Sequence[_Manner]) -> _Manner:
    """One of several manners of writing: always the same one for a text, and all of them for many texts."""
    return manners[crc32(text.encode()) % len(manners)]
