"""Texts → the signs of each: of which kinds it may hold words, all of them looked for in one pass over all texts.

What a judge looks for begins with words of its kind, so that it is asked only where their sign is. A sign may stand
where its words do not (a word that begins within another one has its sign too), never the other way round.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import product

from govstats.prose.figures import Lines
from govstats.prose.words import words

Signs = frozenset[str]
NONE: Signs = frozenset()


def signs_of(lines: Lines) -> dict[int, Signs]:
    """Number of the line → its signs, if it has any."""
    pattern, shown = _lexicon()
    found: dict[int, Signs] = {}
    for match in pattern.finditer(lines.together):
        number = bisect_right(lines.starts, match.start()) - 1
        found[number] = found.get(number, NONE) | shown[match[0]]
    return found


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """Sign → its words."""
    known = words()
    return {
        "none": known.none_words,
        "requests": known.requests,
        "carried": known.carried,
        "list": (*known.introducers, *known.by_kind, *known.whole_of),
        "inside": ("含", *_joined(known.inside, ("中", "当中")), *_joined(known.dealing, known.dealt)),
        "change": (*known.up, *known.down, *known.change_rates),
        "total": known.grand_totals,
        "bare total": _joined(",，", known.bare_totals),
        "cumulative": _joined(("累计", "累计主动"), known.published),
        "cases": known.cases,
        "complement": tuple(other for _, other in known.complements),
        "rest": ("等", *known.rest),
    }


def _joined(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(one + other for one, other in product(first, second))


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, Signs]]:
    """A pattern for all the words, and the signs that each of them shows."""
    kinds = _kinds()
    every = {word for kind in kinds.values() for word in kind}
    shown = {
        word: frozenset(sign for sign, kind in kinds.items() if any(_may_hold(word, other) for other in kind))
        for word in every
    }
    return re.compile(_one_of(every)), shown


def _may_hold(word: str, other: str) -> bool:
    """Does the other word stand in it, or may it begin in it and run on?"""
    return other in word or any(other.startswith(word[at:]) for at in range(1, len(word)))


def _one_of(all_words: Iterable[str]) -> str:
    """The longest of the words, as a pattern that reads each character once."""
    tails: dict[str, list[str]] = {}
    for word in sorted(all_words):
        tails.setdefault(word[:1], []).append(word[1:])
    tails.pop("", None)
    return "|".join(_continued(first, rest) for first, rest in tails.items())


def _continued(first: str, rest: list[str]) -> str:
    behind = _one_of(rest)
    return re.escape(first) + (f"(?:{behind})" + "?" * ("" in rest) if behind else "")
