"""Words of several kinds → one pattern that finds them all in one pass, and the kinds that each find may be of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

Kinds = frozenset[str]


class Lexicon(NamedTuple):
    """`patterns` find the words; `kinds` tells of what each may be a word: a kind may be told where no word of it
    stands (a word that begins within the one found has its kind too), never the other way round."""

    patterns: tuple[re.Pattern[str], ...]
    kinds: Mapping[str, Kinds]

    @classmethod
    def of(cls, words: Mapping[str, Iterable[str]], parts: int = 1) -> Lexicon:
        """Kind → its words, in so many patterns: a character that a word may begin with is held against all first
        characters of an alternation, so that two halves take less than the whole."""
        whole: defaultdict[str, set[str]] = defaultdict(set)
        begun: defaultdict[str, set[str]] = defaultdict(set)
        for kind, each in words.items():
            for word in each:
                whole[word].add(kind)
                for end in range(1, len(word)):
                    begun[word[:end]].add(kind)
        first = sorted({word[:1] for word in whole})
        shares = [frozenset(first[part::parts]) for part in range(parts)]
        patterns = (re.compile(one_of(word for word in whole if word[:1] in share)) for share in shares)
        return cls(tuple(patterns), {word: _kinds(word, whole, begun) for word in whole})


def _kinds(word: str, whole: Mapping[str, set[str]], begun: Mapping[str, set[str]]) -> Kinds:
    """Of what is a word in it, and of what a word may begin in it and run on."""
    begins = range(len(word))
    inside = [word[begin:end] for begin in begins for end in range(begin + 1, len(word) + 1)]
    return frozenset().union(
        *(whole[each] for each in inside if each in whole),
        *(begun[word[at:]] for at in begins[1:] if word[at:] in begun),
    )


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
