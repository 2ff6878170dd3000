"""A share told before its part and its whole: 66.7% 的申请（12 件）来自网络，全年申请共 18 件."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.prose.judge import judged
from govstats.prose.passages import Passage
from govstats.prose.ratios import Ratio, gap
from govstats.prose.words import says
from govstats.text.patterns import lazy

_NOUN = lazy(r"的([一-鿿]{2,12})\((?:共|即|计)?")
_BARE = lazy(r"[一二三四五六七八九十百分之近约有超过多半成即其中大]*")
"""Before the percentage nothing that may narrow what it is of: 上半年 85% 的申请 speaks of another whole."""


def shares_ahead(passage: Passage) -> Iterator[Ratio]:
    """Percentages whose part follows in brackets, and whose whole follows that in the same sentence."""
    for index in passage.percents:
        if index + 2 < len(passage.figures) and not passage.figures[index + 1].percent:
            noun = _NOUN.fullmatch(passage.gaps[index + 1])
            if noun and passage.text.startswith(")", passage.figures[index + 1].end):
                yield from _share(passage, index, noun[1])


def _share(passage: Passage, index: int, noun: str) -> Iterator[Ratio]:
    percent, part = passage.figures[index], passage.figures[index + 1]
    wholes = [at for at in _behind(passage, index) if passage.figures[at].unit == part.unit]
    found = judged(wholes, lambda whole: gap(percent, part.value, passage.figures[whole].value))
    if found and found[1]:
        yield Ratio(index, (index + 1,), (found[0],), True)
    elif len(wholes) == 1 and _is_sure(passage, index, wholes[0], noun):
        yield Ratio(index, (index + 1,), (wholes[0],), False, "warning", "share")


def _behind(passage: Passage, index: int) -> Iterator[int]:
    """The counts behind the part, in its sentence and outside brackets."""
    for at in range(index + 2, len(passage.figures)):
        if passage.sentences[at] != passage.sentences[index]:
            return
        if not passage.figures[at].percent and passage.depths[at] == passage.depths[index]:
            yield at


def _is_sure(passage: Passage, index: int, whole: int, noun: str) -> bool:
    """Is the only count that follows called a total of what the percentage is of, and by nobody narrowed?"""
    label = passage.labels[whole]
    exact = not passage.figures[whole].approx and not passage.figures[index + 1].approx
    return exact and says(label, "totals") and noun in label and _BARE.fullmatch(passage.labels[index]) is not None
