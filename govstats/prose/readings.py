"""A total and a list → how the list may be read: which of its figures are the parts.

A sum is accused only if no reading makes it hold; the first reading that does is the claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govstats.prose.passages import Passage
from govstats.prose.totals import Total
from govstats.prose.words import one_of, words


class Reading(NamedTuple):
    """Parts, and the figures of the list that this reading leaves over."""

    parts: tuple[int, ...]
    left: tuple[int, ...] = ()


def closing(passage: Passage, total: Total, listed: tuple[int, ...]) -> Reading | None:
    """The first reading whose sum is the total."""
    own = family_parts(passage, total, listed)
    if not _can_close(passage, total, own):
        return None
    for parts in _ways(passage, total, own):
        if len(parts) > 1 and total.equals(*summed(passage, parts)):
            return Reading(parts, tuple(index for index in own if index > parts[-1]))
    return None


def _can_close(passage: Passage, total: Total, own: tuple[int, ...]) -> bool:
    """Do all parts reach the total, and no two alone go beyond it? Most figures before a list are not its total."""
    if len(own) < 2:
        return False
    figures = [passage.figures[index] for index in own]
    values = sorted(figure.value for figure in figures)
    least, greatest = total.reach(max(figure.grain for figure in figures))
    return sum(values) >= least and values[0] + values[1] <= greatest


def _ways(passage: Passage, total: Total, own: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    yield own
    yield from _prefixes(passage, total, own)
    yield from _choices(passage, total, own)


def default(passage: Passage, total: Total, listed: tuple[int, ...]) -> Reading | None:
    """The reading that a careful reader takes first, if there is one: at least two figures that count alike."""
    own = family_parts(passage, total, listed)
    segments = by_segment(passage, own)
    if len(segments) > 1 and any(len(segment) > 1 for segment in segments):
        kept = _first_segment(segments) or _one_of_each(passage, total, segments)
    else:
        alike = _same_unit(passage, total, own)
        kept = alike if len(alike) > 1 else own
    kept = tuple(index for index in kept if not is_stage(passage, index))
    return Reading(kept) if len(kept) > 1 else None


def _first_segment(segments: list[tuple[int, ...]]) -> tuple[int, ...]:
    """`其中甲 3 件, 乙 2 件; 另外 1 件…`: the list ends at the semicolon."""
    return segments[0] if len(segments) == 2 and len(segments[0]) > 1 == len(segments[1]) else ()


def _one_of_each(passage: Passage, total: Total, segments: list[tuple[int, ...]]) -> tuple[int, ...]:
    """The figure of each segment that has the total's measure word, else its first."""
    return tuple(next((i for i in each if _unit(passage, i) == total.unit), each[0]) for each in segments)


def family_parts(passage: Passage, total: Total, listed: tuple[int, ...]) -> tuple[int, ...]:
    """The listed figures that count what the total counts; without a measure word they count anything."""
    kinds, figures = (total.family, ""), passage.figures
    return tuple([index for index in listed if figures[index].family in kinds])


def by_segment(passage: Passage, parts: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The parts between semicolons."""
    found: dict[int, list[int]] = {}
    for index in parts:
        found.setdefault(passage.segments[index], []).append(index)
    return [tuple(segment) for segment in found.values()]


def summed(passage: Passage, parts: tuple[int, ...]) -> tuple[float, float]:
    """Their sum, and one unit of the coarsest last place."""
    figures = [passage.figures[index] for index in parts]
    return round(sum([figure.value for figure in figures]), 6), max([figure.grain for figure in figures])


def is_stage(passage: Passage, index: int) -> bool:
    """办结 780 件: not a part, but what became of the parts."""
    return _stage().match(passage.labels[index]) is not None


@cache
def _stage() -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of(words().adverbs)})*(?:{one_of(words().stages)})")


def _prefixes(passage: Passage, total: Total, own: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The shortest beginnings that reach the total; a total made of two figures has but its whole list."""
    value = 0.0
    for count, index in enumerate(own if len(total.at) == 1 else (), 1):
        value += passage.figures[index].value
        if count > 1 and value + max(total.grain, 1) >= total.value > 0:
            yield own[:count]
            yield own[: count + 1]
            return


def _choices(passage: Passage, total: Total, own: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    segments = by_segment(passage, own)
    yield _same_unit(passage, total, own)
    yield tuple(index for index in own if not is_stage(passage, index))
    if len(segments) > 1:
        yield tuple(segment[0] for segment in segments)
        yield _one_of_each(passage, total, segments)
        yield from segments if len(total.at) == 1 else ()


def _same_unit(passage: Passage, total: Total, own: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(index for index in own if _unit(passage, index) == total.unit)


def _unit(passage: Passage, index: int) -> str:
    return passage.figures[index].unit
