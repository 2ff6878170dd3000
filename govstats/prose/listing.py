"""Passage → Listings: where a sentence breaks a total into parts (其中, 包括, 分别, a colon, brackets)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from govstats.prose.passages import Passage
from govstats.prose.words import finder, says, words

_MOST_PARTS = 60
_MOST_TOTALS = 8
"""So many figures before a list are asked whether they are its total; more would only bring chance."""
_LONGEST_NOUN = 12
"""As far may a colon or bracket stand from the figure that it explains."""


class Listing(NamedTuple):
    """Figures that may be the total, nearest first, and the figures listed, in order."""

    totals: tuple[int, ...]
    parts: tuple[int, ...]


def listings(passage: Passage) -> Iterator[Listing]:
    """All listings of a passage, inner ones too."""
    for first, opened in sorted(_openings(passage).items()):
        parts = tuple(_parts(passage, first))
        totals = tuple(_told_before(passage, first) if opened == "kinds" else _totals(passage, first))
        if parts and totals:
            yield Listing(totals, parts)


def _openings(passage: Passage) -> dict[int, str]:
    """The figures that begin a list, with `words` (其中, 包括 …), `kinds` (按…分), or `marks` (a colon, a bracket)."""
    found = {}
    if "(" in passage.text or ":" in passage.text:
        for first in range(1, len(passage.figures)):
            gap = passage.gaps[first]
            if ("(" in gap and _is_bracket(passage, first)) or (":" in gap and _is_colon(passage, first)):
                found[first] = "marks"
    starts: list[int] = []
    for match in finder("introducers", "by_kind", "whole_of").finditer(passage.text):
        starts = starts or [figure.start for figure in passage.figures]
        first = bisect_left(starts, match.end())
        if first < len(starts) and not _is_cut(passage, match, first):
            found[first] = "kinds" if match[0] in words().by_kind and found.get(first) != "words" else "words"
    return found


def _is_cut(passage: Passage, match: re.Match[str], first: int) -> bool:
    """Does the sentence end before the figure, or is `在所有` not followed by `中,`?"""
    between = passage.text[match.end() : passage.figures[first].start]
    return "。" in between or (match[0] in words().whole_of and "中," not in between.replace("，", ","))


def _is_bracket(passage: Passage, first: int) -> bool:
    return passage.gaps[first].find("(") <= _LONGEST_NOUN and passage.depths[first] > passage.depths[first - 1]


def _is_colon(passage: Passage, first: int) -> bool:
    before = passage.gaps[first].partition(":")[0]
    return len(before) <= _LONGEST_NOUN and not set(before) & set(",，;。、)")


def _parts(passage: Passage, first: int) -> Iterator[int]:
    """Figures at the first's depth, to the end of its sentence or bracket; what an inner 其中 lists is left out."""
    depth, sentence, inner = passage.depths[first], passage.sentences[first], -1
    for index in range(first, min(first + _MOST_PARTS, len(passage.figures))):
        if (
            passage.sentences[index] != sentence
            or passage.depths[index] < depth
            or (index > first and _ends(passage, index))
        ):
            return
        if index > first and passage.depths[index] == depth and "其中" in passage.gaps[index]:
            inner = passage.segments[index]
        if passage.segments[index] != inner and passage.depths[index] == depth and not passage.figures[index].percent:
            yield index


def _ends(passage: Passage, index: int) -> bool:
    gap = passage.gaps[index]
    return len(gap) > 1 and (says(gap, "enders") or says(passage.labels[index], "grand_totals"))


def _totals(passage: Passage, first: int) -> Iterator[int]:
    """Counts before the list: those of its sentence, or, if it opens the sentence, those of the one before."""
    sentence, depth = passage.sentences[first], passage.depths[first]
    there = sentence
    if first and passage.sentences[first - 1] != sentence:
        there = passage.sentences[first - 1]
        if there != sentence - 1:
            return
    index = first - 1
    given = 0
    while index >= 0 and given < _MOST_TOTALS and passage.sentences[index] == there:
        if not passage.figures[index].percent and passage.depths[index] <= depth:
            yield index
            given += 1
        index -= 1


def _told_before(passage: Passage, first: int) -> Iterator[int]:
    """For 按申请方式分, …: what the sentences before call a total."""
    given = 0
    for index in range(first - 1, max(-1, first - _MOST_PARTS), -1):
        if says(passage.labels[index], "totals") and not passage.figures[index].percent and given < _MOST_TOTALS:
            yield index
            given += 1
