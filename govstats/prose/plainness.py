"""Sums that do not hold: told as faults only where every figure beside their parts is accounted for, the law does not
let them differ, and they are not so far apart that the parts are as likely of something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap

from govstats.prose.listing import is_base, is_change
from govstats.prose.mentions import is_carried_on
from govstats.prose.passages import Passage
from govstats.prose.readings import is_by_a_way, summed
from govstats.prose.weighing import Sum
from govstats.prose.words import says
from govstats.text.keying import slip
from govstats.text.patterns import lazy

_COUNTS = ("thing", "")


def if_plain(passage: Passage, found: Sum) -> Sum:
    """公开 512 条, 其他 16 条。其中文件 3 条, 其他文件 8 条, 图解 4 条: a count between the parts, or one of their own
    measure word behind them in their clause, that the reading leaves over may belong to a list that nobody has thought
    of: a hint. What divides a part (其中 …), and what is of another kind behind, are none. A hint, too, is what may
    overlap, and what is far apart and not tied by the sentence."""
    if found.holds or found.severity != "warning" or found.kind != "sum":
        return found
    if _is_far(passage, found) and not _is_tied(passage, found):
        return found._replace(severity="info", reason="ways" if _may_overlap(passage, found) else "far")
    if len({passage.segments[part] for part in found.parts}) == len(found.parts):
        return found  # one of each segment: 制发 7 件，公开 7 件；公报 219 条；…
    return found._replace(severity="info") if any(_left_over(passage, found)) else found


_FAR = 0.25
_FEW = 3


def _is_far(passage: Passage, found: Sum) -> bool:
    """Are the parts so much more, or less, than their total that no figure mistyped, left out or told twice explains
    it? Then it is as likely that they are of something else. Results are of requests and of nothing else."""
    parts = [passage.figures[index].value for index in found.parts]
    off = summed(passage, found.parts)[0] - found.total.value
    near = abs(off) <= max(_FEW, _FAR * found.total.value) or off in parts
    mistyped = [(found.total.value, found.total.value + off), *((part, part - off) for part in parts)]
    results = all(says(passage.about(index), "form_results", "results") for index in found.parts)
    return found.reason in ("rest", "above") and not (near or results or any(starmap(slip, mistyped)))


def _is_tied(passage: Passage, found: Sum) -> bool:
    """公开 38 条，其中公文 8 条，非公文 66 条: more than a total that is part of nothing, and said to be of it;
    or more than one that sums them up."""
    (at, *more), first = found.total.at, found.parts[0]
    if more or found.reason != "above" or _may_overlap(passage, found):
        return False
    if at > found.parts[-1]:
        return says(passage.labels[at], "wholes", "bare_totals")
    if not all(is_change(passage, index) for index in range(at + 1, first)):
        return False
    heads = at == 0 or passage.segments[at - 1] != passage.segments[at]
    gap = passage.gaps[first]
    return _IN_BRACKET.fullmatch(gap) is not None or (heads and (gap.startswith(":") or says(gap, "introducers")))


_IN_BRACKET = lazy("[(（][^:：,，。;；]*")
"""公开 132 条（文件 21 条、动态 53 条、其他 265 条）."""


def _may_overlap(passage: Passage, found: Sum) -> bool:
    """公开 420 条，其中网站 400 条，公众号 310 条: what is published in several ways counts once (国办发〔2014〕32号:
    不同渠道和方式公开相同信息计1条), so that only one way alone is surely too many."""
    within = all(passage.figures[index].value <= found.total.value for index in found.parts)
    published = says(passage.about(found.total.at[0]), "published", "publishing")
    return within and published and all(is_by_a_way(passage, index) for index in found.parts)


def _left_over(passage: Passage, found: Sum) -> Iterator[bool]:
    told, (*_, last) = {*found.total.at, *found.parts}, found.parts
    segments = {passage.segments[part] for part in found.parts}
    units = {passage.figures[part].unit for part in found.parts}
    depth, inner = min(passage.depths[part] for part in found.parts), False
    for index in range(min(told) + 1, len(passage.figures)):
        if passage.sentences[index] > passage.sentences[last] or (passage.depths[index] < depth and index > last):
            return
        figure = passage.figures[index]
        inner = index not in told and (inner or _INNER.search(passage.gaps[index]) is not None)
        counted = figure.family in _COUNTS and not (
            inner or figure.percent or is_change(passage, index) or is_base(passage, index)
        )
        beside = passage.segments[index] in segments and passage.depths[index] == depth
        of_more = says(passage.gaps[index], *_OF_MORE)
        alike = index < last or (figure.unit in units and not of_more)
        adds = found.reason == "above" and (not figure.value or is_carried_on(passage.about(index)))
        yield counted and beside and alike and index not in told and not adds


_OF_MORE = ("cases", "stocks", "grand_totals", "outlets", "other_matters", "receiving")
"""引发复议 8 件; 目前共有 344 项; 公众号发布 33 条; 处理投诉 30 条: no further parts."""
_INNER = lazy("其中|包括|包含|涵盖|[(（]")
