"""Words of several kinds → one pattern that finds them all in one pass, and the kinds that each find may be of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

Kinds = frozenset[str]


class Lexicon(NamedTuple):
    """`pattern` finds the words; `kinds` tells of what each may be a word: a kind may be told where no word of it
    stands (a word that begins within the one found has its kind too), never the other way round."""

    pattern: re.Pattern[str]
    kinds: Mapping[str, Kinds]

    @classmethod
    def of(cls, words: Mapping[str, Iterable[str]]) -> Lexicon:
        """Kind → its words."""
        every = {kind: frozenset(each) for kind, each in words.items()}
        kinds = {
            word: frozenset(kind for kind, others in every.items() if any(_may_hold(word, other) for other in others))
            for word in frozenset().union(*every.values())
        }
        return cls(re.compile(one_of(kinds)), kinds)


def _may_hold(word: str, other: str) -> bool:
    """Does the other word stand in it, or may it begin in it and run on?"""
    return other in word or any(other.startswith(word[at:]) for at in range(1, len(word)))


def one_of(words: Iterable[str]) -> str:
    """The longest of the words: an alternation in which what they begin with stands once."""
    tails: dict[str, set[str]] = {}
    for word in sorted(words):
        tails.setdefault(word[:1], set()).add(word[1:])
    tails.pop("", None)
    return "|".join(re.escape(first) + _behind(rest) for first, rest in tails.items())


def _behind(rest: set[str]) -> str:
    behind = one_of(rest)
    return f"(?:{behind})" + "?" * ("" in rest) if behind else ""
