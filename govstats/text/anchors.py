"""A regular expression → literal words, one of which stands in all that it matches: they are looked for first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_MOST = 64
_REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)
Words = frozenset[str]


_ANYWHERE = re.compile("")


def words_in_all(patterns: Iterable[str]) -> re.Pattern[str]:
    """What finds one of the words that every match of any of these patterns holds; anything, if one can do without.

    >>> words_in_all(["(?:与|和).{2,9}合并", "划[入归]|并入"]).pattern
    '划入|划归|合并|并入'
    """
    found = anchors(patterns)
    return _ANYWHERE if found is None else re.compile("|".join(map(re.escape, sorted(found))))


def anchors(patterns: Iterable[str]) -> Words | None:
    """The words, of which every match of any of these patterns holds one; None if one can do without.

    >>> sorted(anchors(["(?:与|和).{2,9}合并", "划[入归]|并入"]))
    ['划入', '划归', '合并', '并入']
    """
    found: set[str] = set()
    for pattern in patterns:
        words = _words(pattern)
        if words is None:
            return None
        found |= words
    return frozenset(word for word in found if not any(other != word and other in word for other in found))


@lru_cache(maxsize=256)
def _words(pattern: str) -> Words | None:
    return _best(_runs(parser.parse(pattern)))


def _best(sets: Iterable[Words]) -> Words | None:
    """Those that will be met least: no figures, the shortest of them long, and few."""
    return max(sets, key=_rarity, default=None)


def _rarity(words: Words) -> tuple[bool, int, int]:
    return not any(word.isdigit() for word in words), min(map(len, words)), -len(words)


def _runs(parsed: Iterable[Any]) -> list[Words]:
    """Sets of words, of each of which one must be there."""
    found: list[Words] = []
    run: Words = frozenset([""])
    for item in parsed:
        spelled = _spelled(item)
        longer = frozenset(map("".join, product(run, spelled))) if spelled else frozenset[str]()
        if spelled and len(longer) <= _MOST:
            run = longer
            continue
        found += [run, *_within(item)]
        run = spelled if spelled and len(spelled) <= _MOST else frozenset([""])
    return [words for words in [*found, run] if all(words)]


def _within(item: Any) -> list[Words]:
    """What must be there in a part that cannot be spelled out."""
    kind, given = item
    if kind is kinds.SUBPATTERN:
        return _runs(given[-1])
    if kind in _REPEATS and given[0] > 0:
        return _runs(given[2])
    if kind is kinds.BRANCH:
        each = [_best(_runs(branch)) for branch in given[1]]
        return [frozenset().union(*(words for words in each if words))] if all(each) else []
    return []


def _spelled(item: Any) -> Words | None:
    """All that a part can match, if these are a few words."""
    kind, given = item
    if kind is kinds.LITERAL:
        return frozenset([chr(given)])
    if kind is kinds.IN and all(each[0] is kinds.LITERAL for each in given):
        return frozenset(chr(code) for _, code in given)
    if kind is kinds.SUBPATTERN:
        return _sequence(given[-1])
    if kind is kinds.BRANCH:
        branches = [_sequence(branch) for branch in given[1]]
        return frozenset().union(*(words for words in branches if words)) if all(branches) else None
    if kind in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT):
        return frozenset([""])
    return None


def _sequence(parsed: Iterable[Any]) -> Words | None:
    words = frozenset([""])
    for item in parsed:
        spelled = _spelled(item)
        if spelled is None or len(words) * len(spelled) > _MOST:
            return None
        words = frozenset(map("".join, product(words, spelled)))
    return words
