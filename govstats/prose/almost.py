"""Figures that nearly make the total before them where nobody knows for sure that they are its parts: a hint.

A list whose end is unsure (…，财务 30 条，发布动态 248 条), a run without 其中 (公布 69 条，动态 61 条，管理 5 条 …):
by chance such figures miss a total by much, and only a slip brings them so near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govstats.prose.openings import MOST_PARTS
from govstats.prose.passages import Passage
from govstats.prose.readings import is_divided, is_each, is_stage, summed
from govstats.prose.totals import Total, total_of
from govstats.prose.weighing import Sum, weighed
from govstats.prose.words import says
from govstats.text.keying import slip
from govstats.text.patterns import lazy

_LEAST = 20
"""Below, figures come near to each other by chance."""
_FEW = 3
_NEAR = 0.03
_TELLING = 100
"""Figures of two digits differ in one by chance."""
_MISTYPED = ("replaced", "swapped")


def almost(passage: Passage, total: Total, ends: Iterable[tuple[int, ...]]) -> Sum | None:
    """The first of the ends at which a list nearly makes its total."""
    found = (weighed(passage, total, parts) for parts in ends if _is_almost(passage, total, parts))
    return next((each._replace(severity="info") for each in found if not each.holds), None)


def _is_almost(passage: Passage, total: Total, parts: tuple[int, ...]) -> bool:
    figures = [passage.figures[index] for index in parts]
    if len(parts) < _FEW or total.approx or total.value < _LEAST or {each.unit for each in figures} != {total.unit}:
        return False
    if any(each.approx or each.value >= total.value for each in figures) or is_divided(passage, parts):
        return False
    if any(says(passage.about(index), "channels_of_news", "another_view") for index in parts):
        return False  # by two outlets the same is published
    value = summed(passage, parts)[0]
    near = abs(value - total.value) <= _NEAR * total.value
    return near or (total.value >= _TELLING and slip(total.value, value) in _MISTYPED)


def runs_almost(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """公布信息 69 条，动态 61 条，运输 5 条，建设 2 条: the first count of a sentence, and nouns behind it that nearly
    make it."""
    for first, figure in enumerate(passage.figures[:-_FEW]):
        whole = says(passage.labels[first], "wholes") or _PUBLISHED.search(passage.labels[first])
        if first in known or not (whole and passage.begins_sentence(first)) or figure.value < _LEAST:
            continue
        parts = tuple(_behind(passage, first, known))
        if found := almost(passage, total_of(figure, first), (parts[:end] for end in range(len(parts), _FEW - 1, -1))):
            yield found


_PUBLISHED = lazy("(?:公开|发布|公布|更新|报送|推送)(?:各类|相关|政府|政务|工作)*(?:信息|消息|内容)?$")
_MAINLY = lazy("主要|包括|其中")


def _behind(passage: Passage, first: int, known: set[int]) -> Iterator[int]:
    """The figures of its clause behind one that are told by nouns, and count as it does."""
    for index in range(first + 1, min(first + MOST_PARTS, len(passage.figures))):
        figure, said = passage.figures[index], passage.about(index)
        apart = passage.segments[index] != passage.segments[first] or passage.depths[index] != passage.depths[first]
        if apart or figure.unit != passage.figures[first].unit or figure.percent or index in known:
            return
        if not passage.labels[index] or is_stage(passage, index) or is_each(passage, index):
            return
        if says(said, "cases", "stocks", "told_twice", "up", "down", "carried") or _MAINLY.search(passage.gaps[index]):
            return
        yield index
