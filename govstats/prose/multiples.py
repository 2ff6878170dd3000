"""Multiples of the year before: 收到 125 件, 是上年(50 件)的 2.5 倍; 比上年的 50 件增长 1.5 倍."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govstats.prose.judge import judged
from govstats.prose.passages import Passage
from govstats.prose.words import words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

TIMES = "倍"
_TIMES = lazy(r"\)?的(\d+(?:\.(\d+))?)倍(?![多余以左])")
_GREW = lazy(r"\)?(?:增长|增加|上升|提高|增多|翻)了?(\d+(?:\.(\d+))?)倍(?![多余以左])")


class Multiple(NamedTuple):
    """Figure `new` is said to be `times` as much as figure `old`, or that much more (`grew`); `place` is where."""

    old: int
    new: int
    times: float
    place: tuple[int, int]
    holds: bool
    grew: bool


def multiples(passage: Passage) -> Iterator[Multiple]:
    """What a figure is said to be of last year's, which stands before 的…倍, and is the figure right before it."""
    for old in range(1, len(passage.figures)):
        gap, before = passage.gaps[old + 1], passage.gaps[old].replace(" ", "")
        if (match := _TIMES.match(gap)) and _of_last_year().fullmatch(before):
            yield from _multiple(passage, old, match, grew=False)
        elif (match := _GREW.match(gap)) and _than_last_year().fullmatch(before):
            yield from _multiple(passage, old, match, grew=True)


def _multiple(passage: Passage, old: int, match: re.Match[str], *, grew: bool) -> Iterator[Multiple]:
    """What grew by 1.5 times is 2.5 times as much, for most; for some it is 1.5 times."""
    then, times, grain = passage.figures[old], float(match[1]), 10.0 ** -len(match[2] or "")
    news = [
        new
        for new in range(old - 1, -1, -1)
        if passage.sentences[new] == passage.sentences[old] and passage.figures[new].unit == then.unit
    ]
    if then.percent or not then.value or any(passage.figures[at].approx for at in (old, *news)):
        return
    found = judged(
        news,
        lambda new: min(_gap(times, grain, passage.figures[new].value / then.value - base) for base in range(1 + grew)),
    )
    if found:
        place = then.end + match.start(1), then.end + match.end()
        yield Multiple(old, found[0], times, place, found[1], grew)


def _gap(times: float, grain: float, ratio: float) -> float:
    off = abs(ratio - times)
    return off if off >= grain else 0.0


@cache
def _than_last_year() -> re.Pattern[str]:
    before = one_of(words().before)
    return lazy(rf"[,，](?:同比)?[比较](?:{before}|(?:19|20)\d{{2}}年)(?:度|全年|同期|的)*\(?")


@cache
def _of_last_year() -> re.Pattern[str]:
    """It is this year's figure that is so many times as much: nothing stands between it and 是上年的."""
    before = one_of(words().before)
    return lazy(
        rf"[,，](?:约|已)?(?:是|为|相当于|达到?)(?:{before}|(?:19|20)\d{{2}}年)(?:度|全年|同期|总数|总量|数量|的)*\(?"
    )
