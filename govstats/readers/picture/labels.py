"""A label as recognised → the form's, where it differs from it in a few characters and from all others in many."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache, lru_cache

from govstats.catalog.formats import known_formats
from govstats.text.labels import label

_ALIKE = 0.74
_SHORTEST = 3


TITLE = "政府信息公开工作年度报告"
_TITLES = (TITLE, "政府信息公开年度报告")
_MISREAD = 2


def as_titled(text: str) -> str:
    """The line; the words of a report's title in it as they must be, where a character or two was misread."""
    for words in _TITLES:
        for start in range(len(text) - len(words) + 1):
            end = start + len(words)
            if sum(one != other for one, other in zip(text[start:end], words, strict=True)) <= _MISREAD:
                return text[:start] + words + text[end:]
    return text


@cache
def _known() -> dict[str, str]:
    """The words of the labels of all forms → how they are printed."""
    found: dict[str, str] = {}
    for form in known_formats().values():
        for table in form.tables.values():
            printed = [
                *(row.label.zh for row in table.data_rows),
                *(column.label.zh for column in table.columns.values()),
                table.title.zh,
            ]
            for text in printed:
                found.setdefault(label(text).words, text)
    return found


@lru_cache(maxsize=4096)
def as_printed(text: str) -> str:
    """The text, or the label that it must be."""
    words = label(text).words
    if len(words) < _SHORTEST or words in _known():
        return text
    close = get_close_matches(words, _known(), n=2, cutoff=_ALIKE)
    return _known()[close[0]] if len(close) == 1 else text


_PIECE = 5


@cache
def _pieces() -> frozenset[str]:
    """All runs of five characters in the labels of all forms, and the shorter labels."""
    return frozenset(words[at : at + _PIECE] for words in _known() for at in range(max(1, len(words) - _PIECE + 1)))


def is_of_form(text: str) -> bool:
    """Does a line hold a piece of a label, or a short one? Labels are broken over lines."""
    words = label(text).words
    return words in _pieces() or any(words[at : at + _PIECE] in _pieces() for at in range(len(words) - _PIECE + 1))
