"""Texts → the signs of each: of which kinds it may hold words, all of them looked for in one pass over all texts.

What a judge looks for begins with words of its kind, so that it is asked only where their sign is. A sign may stand
where its words do not (a word that begins within another one has its sign too), never the other way round.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import chain, product

from govstats.prose.figures import Lines
from govstats.prose.words import NUMERAL, words
from govstats.text.lexicon import Kinds, Lexicon
from govstats.text.patterns import lazy

NONE: Kinds = frozenset()
_PATTERNS = 3
_CHANGE: Kinds = frozenset(["change"])
_BEFORE_A_FIGURE = lazy(rf"[^,，;:。、()\n\d{NUMERAL}]*[\d{NUMERAL}]")
"""增长 20%: a word of change is none without a figure in its clause (提升质量)."""


def signs_of(lines: Lines) -> dict[int, Kinds]:
    """Number of the line → its signs, if it has any."""
    (patterns, shown), (text, starts) = _lexicon(), lines
    found: dict[int, Kinds] = {}
    for match in chain.from_iterable([pattern.finditer(text) for pattern in patterns]):
        signs = shown[match[0]]
        if signs is _CHANGE and not _BEFORE_A_FIGURE.match(text, match.end()):
            continue
        number = bisect_right(starts, match.start())
        found[number - 1] = found.get(number - 1, NONE) | signs
    return found


@cache
def kinds_of_words() -> dict[str, tuple[str, ...]]:
    """Sign → its words."""
    known = words()
    return {
        "none": known.none_words,
        "requests": known.requests,
        "carried": known.carried,
        "ender": known.enders,
        "list": (*known.introducers, *known.by_kind, *known.whole_of),
        "inside": ("含", *_joined(known.inside, ("中", "当中")), *_joined(known.dealing, known.dealt)),
        "change": (*known.up, *known.down, *known.change_rates, *known.more_or_less),
        "grand total": (
            *known.grand_totals,
            *_joined(",，", known.bare_totals),
            *_joined(("累计", "累计主动"), known.published),
        ),
        "cases": known.cases,
        "complement": tuple(other for _, other in known.complements),
        "rest": ("等", *known.rest),
        "left out": ("除",),
        "ten thousands": ("万",),
        "items": ("一是", "(1)"),
        "share": ("占", "比例", "比重", *known.rates),
        "all of": ("自然人", "维持"),
    }


def _joined(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(one + other for one, other in product(first, second))


@cache
def _lexicon() -> Lexicon:
    known = Lexicon.of(kinds_of_words(), _PATTERNS)
    return known._replace(kinds={word: _CHANGE if signs == _CHANGE else signs for word, signs in known.kinds.items()})
