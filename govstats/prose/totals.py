"""Totals that a list may belong to: a figure, a figure and what was carried over, a figure less what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govstats.model.claim import Quantity
from govstats.prose.passages import Passage
from govstats.prose.words import says
from govstats.text.patterns import lazy

_REACH = 12
_PAIR = 2
_ROUND = 10
_CARRIED = "结转"
_SAVE = "除"
_LEFT_OUT = ("外", "之外", "以外")


class Total(NamedTuple):
    """A figure to compare a sum with: its value, one unit of its last place, `>`, `<`, `~` if approximate.

    `at` are the figures that make it, the first being the one that gives it its name.
    """

    value: float
    grain: float
    unit: str
    family: str
    approx: str
    at: tuple[int, ...]

    def equals(self, value: float, grain: float = 1.0) -> bool:
        """To the last printed place: one unit is allowed where figures are rounded (万), none where all are whole."""
        if self.approx == ">":
            return self.value <= value < self._most
        if self.approx == "<":
            return self.value / 2 < value <= self.value
        if self.approx == "~":
            return abs(value - self.value) <= self.value / 10
        coarsest = max(self.grain, grain)
        return abs(value - self.value) <= (coarsest * 1.000001 if coarsest > 1 else 0.000001)

    @property
    def _most(self) -> float:
        """500 余 may be twice as many; 732 余 is no round figure, and means a few more."""
        few_more = self.value % _ROUND and self.value.is_integer()
        return (self.value // _ROUND + 1) * _ROUND if few_more else 2 * self.value

    def gap(self, value: float, grain: float = 1.0) -> float:
        """By how much a sum misses it; 0 if it equals it."""
        return 0.0 if self.equals(value, grain) else abs(value - self.value)

    def reach(self, grain: float) -> tuple[float, float]:
        """The least and the greatest sum that can equal it, and a little beyond: what lies outside does not."""
        if self.approx == ">":
            least, greatest = self.value, self._most
        elif self.approx == "<":
            least, greatest = self.value / 2, self.value
        elif self.approx:
            least, greatest = self.value * 0.9, self.value * 1.1
        else:
            least, greatest = self.value, self.value
        coarsest = max(self.grain, grain, 1.0)
        return least - 2 * coarsest, greatest + 2 * coarsest


def total_of(figure: Quantity, index: int) -> Total:
    """One figure as a total."""
    return Total(figure.value, figure.grain, figure.unit, figure.family, figure.approx, (index,))


def totals(passage: Passage, candidates: tuple[int, ...], of_bracket: bool = False) -> Iterator[Total]:
    """Figures that may be the total, nearest first → each, and what it makes with its neighbour. `of_bracket`: the list
    stands in brackets behind the nearest, so that it is of no figure before a comma (结转 12 件，办结 100 件（…）)."""
    if of_bracket and _begins_anew(passage, candidates[0]):
        candidates = candidates[:1]
    for index in candidates:
        yield total_of(passage.figures[index], index)
    if len(candidates) > 1:
        yield from _joined(passage, *sorted(candidates[:2]))
    if len(candidates) > _PAIR:
        yield from _all_of_them(passage, candidates)
    if _CARRIED in passage.text or _SAVE in passage.text:
        for index in candidates:
            yield from _with_carried(passage, index)
            yield from _without(passage, index)


def is_of_many_units(passage: Passage, total: Total) -> bool:
    """文件 86 件、公告 120 条，其中 …: a sum of unlike figures, seen only where a list makes it."""
    return len({passage.figures[index].unit for index in total.at}) > 1


def _begins_anew(passage: Passage, index: int) -> bool:
    return bool(set(",，、") & set(passage.gaps[index])) and not is_carried_in(passage.about(index))


def _joined(passage: Passage, first: int, second: int) -> Iterator[Total]:
    """复议 6 件和诉讼 3 件, 其中 …: the list may be of both."""
    one, other = passage.figures[first], passage.figures[second]
    near = second - first == 1 and passage.sentences[first] == passage.sentences[second]
    apart = is_left_out(passage, second) or says(passage.labels[second], "stocks")
    apart = apart or (_ANSWERED.match(passage.labels[second]) is not None and says(passage.labels[first], "receiving"))
    apart = apart or ";" in passage.gaps[second] or says(passage.gaps[second], "introducers")
    if near and one.family == other.family and not apart:
        yield total_of(one, first)._replace(value=one.value + other.value, at=(first, second))


_ANSWERED = lazy("(?:已|均|全部|按期|按时)*(?:办结|办复|答复|回复)")
"""收到留言 71 条，办结 71 条: the same once more."""


def _all_of_them(passage: Passage, candidates: tuple[int, ...]) -> Iterator[Total]:
    """网站公开 75 条，公众号公开 280 条，其他方式公开 5 条。其中 …: the list may be of all that one sentence tells."""
    row = candidates[::-1]
    if row[-1] - row[0] != len(row) - 1 or passage.sentences[row[0]] != passage.sentences[row[-1]]:
        return
    apart = any(
        is_left_out(passage, index) or ";" in passage.gaps[index] or says(passage.labels[index], "stocks")
        for index in row[1:]
    )
    if len({passage.figures[index].family for index in row}) == 1 and not apart:
        value = sum(passage.figures[index].value for index in row)
        yield total_of(passage.figures[row[0]], row[0])._replace(value=value, at=row)


def _with_carried(passage: Passage, index: int) -> Iterator[Total]:
    """收到 92 件、上一年度结转 2 件 → 94, wherever in the sentence, or the next, the carried are told."""
    figure = passage.figures[index]
    for other in range(max(0, index - 1), min(index + _REACH, len(passage.figures))):
        carried = passage.figures[other]
        near = abs(passage.sentences[other] - passage.sentences[index]) <= 1
        if (
            near
            and other != index
            and not _is_inside(passage, index, other)
            and carried.family == figure.family
            and is_carried_in(passage.about(other))
        ):
            yield total_of(figure, index)._replace(value=figure.value + carried.value, at=(index, other))


_INSIDE = lazy(r"\((?:其中|包括|包含|含)")


def _is_inside(passage: Passage, index: int, other: int) -> bool:
    """受理 54 宗(包括上年结转 2 宗): the carried are in the figure already."""
    depth = passage.depths[index]
    enclosed = other > index and all(passage.depths[at] > depth for at in range(index + 1, other + 1))
    return enclosed and _INSIDE.match(passage.gaps[index + 1]) is not None


def _without(passage: Passage, index: int) -> Iterator[Total]:
    """受理 256 件, 除 1 件正在办理外 → 255."""
    figure = passage.figures[index]
    for other in range(index + 1, min(index + 3, len(passage.figures))):
        left_out = passage.figures[other]
        if left_out.family == figure.family and is_left_out(passage, other):
            yield total_of(figure, index)._replace(value=figure.value - left_out.value, at=(index, other))


def is_carried_in(words: str) -> bool:
    """上年结转, 2021年结转; not 结转下年度."""
    return _CARRIED in words and not any(word in words for word in ("结转下", "结转至", "结转到", "转下"))


def is_left_out(passage: Passage, index: int) -> bool:
    """除 1 件…外."""
    return passage.labels[index].endswith(_SAVE) and passage.tails[index].endswith(_LEFT_OUT)
