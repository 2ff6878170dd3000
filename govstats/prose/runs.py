"""Sums of figures that stand side by side: a run that adds up to its first, items, ways of publishing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from math import gcd

from govstats.prose.passages import Passage
from govstats.prose.readings import Reading, is_each, is_rest, summed
from govstats.prose.totals import total_of
from govstats.prose.unequal import as_closed
from govstats.prose.weighing import Sum, weighed
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

MOST_PARTS = 40
_WAN, _LEAST_SLIP = 10_000, 100
_NOT_SUMMED = ("%", "duration")
_CHANCE = 100
"""Below, counted in what all figures are multiples of (300 = 200 + 100 is 3 = 2 + 1), figures that stand side by side
add up by chance; such a run is a sum only if its first figure is called a total, or its last one the rest."""


def runs(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """招投标信息 4552 条, 招标公告 1560 条, 中标公示 1618 条, 其它公告 1374 条: seen only where it adds up."""
    first = 0
    units = [figure.unit for figure in passage.figures]
    while first < len(units) - 2:
        alike = units[first] == units[first + 1] == units[first + 2]
        parts = _run(passage, first, known) if alike else ()
        if parts:
            left = tuple(_alike_behind(passage, parts[-1], known))
            found = as_closed(passage, total_of(passage.figures[first], first), Reading(parts, left))
            if found.holds or (passage.begins_sentence(first) and not says(passage.labels[first], "channels_of_news")):
                yield found if found.holds else found._replace(severity="info")
        first = parts[-1] + 1 if parts else first + 1


def _alike_behind(passage: Passage, last: int, known: set[int]) -> Iterator[int]:
    """What goes on behind a run as its last part does: 1 条 more than there are."""
    for index in range(last + 1, min(last + MOST_PARTS, len(passage.figures))):
        figure = passage.figures[index]
        if figure.unit != passage.figures[last].unit or passage.segments[index] != passage.segments[last]:
            return
        if index in known or figure.approx or figure.percent:
            return
        yield index


def _run(passage: Passage, first: int, known: set[int]) -> tuple[int, ...]:
    figures = passage.figures
    total, unit = figures[first].value, figures[first].unit
    if figures[first].family in _NOT_SUMMED or figures[first].approx or total <= 0:
        return ()
    value = 0.0
    for index in range(first + 1, min(first + MOST_PARTS, len(figures))):
        if figures[index].unit != unit or passage.sentences[index] != passage.sentences[first] or index in known:
            return ()
        value = round(value + figures[index].value, 6)
        if value >= total:
            parts = tuple(range(first + 1, index + 1))
            whole = value == total and index > first + 1 and not _is_rest_behind(passage, index)
            return parts if whole and _is_no_chance(passage, first, parts) else ()
    return ()


def _is_rest_behind(passage: Passage, last: int) -> bool:
    """网站 230 条，公众号 251 条，其他 15 条 of 481 条: does the list go on to a rest?"""
    rest = last + 1
    if rest == len(passage.figures) or passage.segments[rest] != passage.segments[last]:
        return False
    figure = passage.figures[rest]
    return figure.unit == passage.figures[last].unit and figure.value > 0 and is_rest(passage, rest)


def _is_no_chance(passage: Passage, first: int, parts: tuple[int, ...]) -> bool:
    if says(passage.labels[first], "wholes") or (passage.begins_sentence(first) and is_rest(passage, parts[-1])):
        return True
    values = [passage.figures[index].value for index in (first, *parts)]
    return all(map(float.is_integer, values)) and values[0] / gcd(*map(int, values)) >= _CHANCE


def ways_of_publishing(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """共 400 条, 通过门户网站 90 条、通过微信 350 条、其他方式 20 条: whole, for the last part gathers all others."""
    for first in range(len(passage.figures) - 2):
        whole, published = _is_a_whole(passage, first), _is_published(passage, first)
        parts = _to_the_rest(passage, first, known) if whole or published else ()
        if len(parts) > 1:
            found = weighed(passage, total_of(passage.figures[first], first), parts, "rest")
            if whole or found.reason == "above":
                yield found


def more_by_one_way(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """公开信息 15 条，通过网站公开 16 条，通过微信公开 50 条: more by one way than in all."""
    for first, label in enumerate(passage.labels[:-2]) if "信息" in passage.text else ():
        if not label.endswith("信息") or not _is_published(passage, first):
            continue
        parts = tuple(_ways_behind(passage, first))
        more = any(passage.figures[part].value > passage.figures[first].value for part in parts)
        if more and len(parts) > 1 and not known & {*parts}:
            yield weighed(passage, total_of(passage.figures[first], first), parts)


def _ways_behind(passage: Passage, first: int) -> list[int]:
    """The ways that follow a total, of which the same is told (推送 50 条 may be of anything)."""
    found: list[int] = []
    total = passage.figures[first]
    for index in range(first + 1, min(first + MOST_PARTS, len(passage.figures))):
        figure, label = passage.figures[index], passage.labels[index]
        apart = passage.segments[index] != passage.segments[first] or passage.depths[index] or figure.unit != total.unit
        if apart or figure.approx or not _BY_A_WAY.fullmatch(label):
            break
        found.append(index)
    return found


_BY_A_WAY = lazy(
    "(?:通过|利用|依托|在)?[^,，。;、]{0,12}(?:网站|官网|公众号|微信|微博|报纸|公开栏|公告栏|电视|广播|公报)(?:平台)?"
    "(?:(?:主动)?公开(?:政府|政务)?(?:信息)?)?"
)


def _is_published(passage: Passage, first: int) -> bool:
    """全年公开信息 260 条: the first figure of its sentence, of everything that was published."""
    figure = passage.figures[first]
    return (
        passage.begins_sentence(first)
        and not figure.approx
        and _published().fullmatch(passage.labels[first]) is not None
    )


@cache
def _published() -> re.Pattern[str]:
    own = one_of((*words().own_bodies, *words().own_agency, "全年"))
    return lazy(rf"(?:\d{{4}}年)?(?:{own}){{0,2}}(?:主动)?公开(?:政府|政务|各类)*信息")


def _is_a_whole(passage: Passage, index: int) -> bool:
    """共, 总数, and not one channel among others."""
    figure, label = passage.figures[index], passage.labels[index]
    named = says(label, "wholes") and not says(label, "channels_of_news")
    return named and not figure.approx and not figure.percent and passage.depths[index] == 0


def _to_the_rest(passage: Passage, first: int, known: set[int]) -> tuple[int, ...]:
    """The figures behind a total up to 其他, if they stand in its sentence and count as it does."""
    unit, sentence = passage.figures[first].unit, passage.sentences[first]
    for index in range(first + 1, min(first + MOST_PARTS, len(passage.figures))):
        figure = passage.figures[index]
        if passage.sentences[index] != sentence or figure.unit != unit or figure.approx or index in known:
            return ()
        if passage.depths[index] or passage.segments[index] != passage.segments[first] or is_each(passage, index):
            return ()
        if is_rest(passage, index):
            parts = tuple(range(first + 1, index + 1))
            ways = all(says(passage.labels[part], "channels_of_news", "ways", "rest") for part in parts)
            last = index + 1 == len(passage.figures) or passage.segments[index + 1] != passage.segments[index]
            named = _wholes().search(passage.labels[first]) or passage.labels[index].startswith("其余")
            return parts if last and (ways or named) else ()
    return ()


@cache
def _wholes() -> re.Pattern[str]:
    return lazy(f"(?:{one_of(words().wholes)})(?:计|数|量|达|为)*$")


def slips(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """公开信息 5000 万条. 市级 2000 条, 县级 3000 条: 万 where the parts make 5000."""
    for first, figure in enumerate(passage.figures[:-2]):
        if figure.value >= _WAN * _LEAST_SLIP and "万" in passage.text[figure.start : figure.end]:
            parts = _following(passage, first)
            if len(parts) > 1 and not known & set(parts) and summed(passage, parts)[0] * _WAN == figure.value:
                yield Sum(total_of(figure, first), parts, False, "warning", "scale")


def items(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """公开信息共计 410 条。一是甲类 12 条。二是乙类 376 条。三是丙类 22 条: a total, and a figure for each item."""
    for first in range(len(passage.figures) - 2):
        published = _is_published(passage, first)
        if _FIRST_ITEM.search(passage.gaps[first + 1]) and (published or says(passage.labels[first], "wholes")):
            parts = tuple(_one_of_each_item(passage, first))
            if len(parts) > 1 and not known & {first, *parts}:
                found = weighed(passage, total_of(passage.figures[first], first), parts)
                if published and not found.holds and not _are_kinds(passage, found):
                    continue
                if found.reason != "below" or summed(passage, parts)[0] >= found.total.value * _SELECTION:
                    yield found


def _are_kinds(passage: Passage, found: Sum) -> bool:
    """公开信息 844 条。（1）动态 310 条；（2）公告 260 条；（3）法规 311 条: kinds are too many, ways may be."""
    smaller = all(passage.figures[part].value < found.total.value for part in found.parts)
    return (
        found.reason == "above"
        and smaller
        and not any(says(passage.about(part), "channels_of_news", "other_matters") for part in found.parts)
    )


def _one_of_each_item(passage: Passage, total: int) -> list[int]:
    """The figures behind a total that are the only ones of an item of the kind 二是…; none if an item has two."""
    found: list[int] = []
    for index in range(total + 1, min(total + MOST_PARTS, len(passage.figures))):
        alike, gap = passage.figures[index].unit == passage.figures[total].unit, passage.gaps[index]
        if not _ITEM.search(gap):
            return [] if alike and "。" not in gap else found
        if not alike:
            return found
        found.append(index)
    return found


_ITEM = lazy(r"[。;:,，] *(?:[一二三四五六七八九十]是|\(\d{1,2}\))")
_FIRST_ITEM = lazy(r"[。;:,，] *(?:一是|\(1\))")
_SELECTION = 0.5
"""Items that make less than half of the total pick out examples."""


def _following(passage: Passage, first: int) -> tuple[int, ...]:
    """The figures of the same measure word in one sentence, that of the total or the next."""
    after = first + 1
    if passage.sentences[after] > passage.sentences[first] + 1:
        return ()
    last = min(first + MOST_PARTS, len(passage.figures))
    there = [i for i in range(after, last) if passage.sentences[i] == passage.sentences[after]]
    return tuple(there) if all(passage.figures[i].unit == passage.figures[first].unit for i in there) else ()
