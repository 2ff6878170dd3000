"""Sums without 其中: a total at the end, two words that divide a whole, 除…其余, a run that adds up to its first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from math import gcd

from govstats.prose.judge import judged
from govstats.prose.passages import Passage
from govstats.prose.readings import is_each, is_rest, summed
from govstats.prose.totals import Total, is_left_out, total_of
from govstats.prose.weighing import Sum, is_counted_once, weighed
from govstats.prose.words import finder, says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_MOST_PARTS = 40
_FEWEST = 2
_LONGEST_OBJECT = 6
"""合计转发文件 72 件: as many characters may stand between 合计 and its figure, else it opens a topic of its own."""
_LONGEST_CUMULATION = 14
_NOT_SUMMED = ("%", "duration")
_CHANCE = 100
"""Below, counted in what all figures are multiples of (300 = 200 + 100 is 3 = 2 + 1), figures that stand side by side
add up by chance; such a run is a sum only if its first figure is called a total, or its last one the rest."""


def more_sums(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """Sums of figures that are not `known` as the parts of a listing, if two are left at least."""
    if len(passage.figures) - len(known) < _FEWEST:
        return
    for sign, find in _FINDERS:
        for found in find(passage, known) if not sign or sign in passage.signs else ():
            if not known & set(found.parts) and not is_counted_once(passage, found):
                known |= {*found.parts}
                yield found


def _at_the_end(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """行政许可 2340 项, …, 总计 54841 项."""
    for index in range(2, len(passage.figures)):
        label = passage.labels[index]
        match = finder("grand_totals").search(label)
        if match:
            of_all = len(label) - match.end() <= _LONGEST_OBJECT and not _has_own_noun(label[: match.start()])
            yield from _ended(passage, index, of_all, known)
        elif _bare().fullmatch(passage.gaps[index]) and _alike(passage, index):
            yield from _ended(passage, index, True, known)
        elif _cumulating().match(label):
            yield from _cumulative(passage, index)


def _has_own_noun(before: str) -> bool:
    """其他类信息共计 844 条: how many of these there are, not of all before; 以上合计, 各类信息共计 are of all."""
    return _of_all().fullmatch(before) is None


@cache
def _of_all() -> re.Pattern[str]:
    return lazy(f"(?:{one_of((*words().of_all, *words().publishing, *words().adverbs))})*")


@cache
def _bare() -> re.Pattern[str]:
    return lazy(rf"[,，](?:{one_of(words().bare_totals)})")


def _alike(passage: Passage, index: int) -> bool:
    """Do the figures before count with one measure word, back to the sentence's beginning?"""
    units = {
        passage.figures[i].unit
        for i in range(max(0, index - _MOST_PARTS), index + 1)
        if passage.sentences[i] == passage.sentences[index]
    }
    return len(units) == 1


def _ended(passage: Passage, index: int, strict: bool, known: set[int]) -> Iterator[Sum]:
    total = total_of(passage.figures[index], index)
    chain = _chain(passage, index)
    found = judged((chain[first:] for first in range(len(chain) - 1)), lambda parts: total.gap(*summed(passage, parts)))
    if found and found[1]:
        yield Sum(total, found[0], True)
        return
    alike = all(passage.figures[part].unit == total.unit for part in chain)
    chain = _since_divided(passage, [part for part in chain if passage.segments[part] == passage.segments[index]])
    strict = strict and not says(passage.gaps[index], "stocks") and not _has_own_list(passage, index)
    strict = strict and not any(_is_no_part(passage, total, part) for part in chain)
    if strict and alike and len(chain) > 1 and not total.approx and not known & set(chain):
        told = weighed(passage, total, chain, "total")
        if told.reason == "above" or not passage.gaps[index].startswith(_AND_SO_ON):
            yield told


_AND_SO_ON = "等"
"""政策 20 条、动态 30 条等信息共计 60 条: of all that there are two are named."""


def _is_no_part(passage: Passage, total: Total, part: int) -> bool:
    """回复 5 条, 共计办理 5 条: the total once more; 各 46 份: of each so many."""
    return passage.figures[part].value == total.value or is_each(passage, part)


def _since_divided(passage: Passage, chain: list[int]) -> tuple[int, ...]:
    """新增 66 项, 其中许可 15 项, 总计 15 项: a whole and its parts are never added together."""
    begins = [at for at, part in enumerate(chain) if "其中" in passage.gaps[part]]
    return tuple(chain[begins[-1] :] if begins else chain)


@cache
def _cumulating() -> re.Pattern[str]:
    return lazy("累计(?:主动)?(?:公开|发布|推送|公布)")


def _cumulative(passage: Passage, index: int) -> Iterator[Sum]:
    """网站公开 161 条, 微博公开 53 条, 累计公开 214 条: seen only where it adds up, for 累计 may count more years."""
    parts, total = _chain(passage, index), total_of(passage.figures[index], index)
    alike = all(passage.figures[part].unit == total.unit for part in parts)
    plain = len(passage.labels[index]) <= _LONGEST_CUMULATION
    if (
        len(parts) > 1
        and alike
        and plain
        and not _has_own_list(passage, index)
        and total.equals(*summed(passage, parts))
    ):
        yield Sum(total, parts, True)


def _has_own_list(passage: Passage, index: int) -> bool:
    """目前共计 9 个, 其中 …: the total of what follows, not of what came before."""
    return index + 1 < len(passage.figures) and "其中" in passage.gaps[index + 1]


def _chain(passage: Passage, index: int) -> tuple[int, ...]:
    """The counts of its family before a figure, in its sentence and at its depth."""
    found: list[int] = []
    figure = passage.figures[index]
    for part in range(index - 1, max(-1, index - 1 - _MOST_PARTS), -1):
        if passage.sentences[part] != passage.sentences[index] or passage.figures[part].percent:
            break
        if passage.depths[part] == passage.depths[index] and passage.figures[part].family in (figure.family, ""):
            found.insert(0, part)
    return tuple(found)


def _complements(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """抽查 45 个, 合格 42 个, 不合格 3 个."""
    for second in range(2, len(passage.figures)):
        first, whole = second - 1, second - 2
        if first in known or second in known or not _together(passage, whole, second):
            continue
        if any(_is_pair(passage.about(first), passage.about(second), *pair) for pair in words().complements):
            found = weighed(passage, total_of(passage.figures[whole], whole), (first, second))
            both = found.reason == "above" and says(passage.about(second), "ways")  # 线上 8 场, 线下 6 场 of 10
            yield found._replace(severity="info") if both else found


def _is_pair(one: str, two: str, name: str, other: str) -> bool:
    return other in two and name in one and other not in one


def _together(passage: Passage, first: int, last: int) -> bool:
    """Do the figures stand in one sentence, count alike, and is none a percentage?"""
    figures = passage.figures[first : last + 1]
    if figures[0].unit != figures[-1].unit:
        return False
    return (
        passage.sentences[first] == passage.sentences[last]
        and passage.segments[first] == passage.segments[last]
        and len({figure.unit for figure in figures}) == 1
        and not figures[0].percent
    )


def _all_but(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """除 2 件仍在办理外, 其余 41 件…, 全年受理 43 件."""
    for index in range(len(passage.figures) - 1):
        rest = index + 1
        if is_left_out(passage, index) and says(passage.labels[rest], "rest"):
            parts = (index, rest)
            totals = [total_of(passage.figures[each], each) for each in _others(passage, index, rest)]
            found = judged(totals, lambda total, parts=parts: total.gap(*summed(passage, parts)))  # type: ignore[misc]
            if found and (found[1] or len(totals) == 1):
                yield weighed(passage, found[0], parts, "rest")


def _others(passage: Passage, index: int, rest: int) -> list[int]:
    """The other counts of the sentence, those before first; if it has none, the last of the sentence before."""
    figure = passage.figures[rest]
    near = [*range(max(0, index - 3), index), *range(rest + 1, min(rest + 3, len(passage.figures)))]
    alike = [other for other in near if passage.figures[other].unit == figure.unit]
    here = [other for other in alike if passage.sentences[other] == passage.sentences[index]]
    before = [other for other in alike if passage.sentences[other] == passage.sentences[index] - 1]
    return here or before[-1:]


def _runs(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """招投标信息 4552 条, 招标公告 1560 条, 中标公示 1618 条, 其它公告 1374 条: seen only where it adds up."""
    first = 0
    units = [figure.unit for figure in passage.figures]
    while first < len(units) - 2:
        alike = units[first] == units[first + 1] == units[first + 2]
        parts = _run(passage, first, known) if alike else ()
        if parts:
            yield Sum(total_of(passage.figures[first], first), parts, True)
        first = parts[-1] + 1 if parts else first + 1


def _run(passage: Passage, first: int, known: set[int]) -> tuple[int, ...]:
    figures = passage.figures
    total, unit = figures[first].value, figures[first].unit
    if figures[first].family in _NOT_SUMMED or figures[first].approx or total <= 0:
        return ()
    value = 0.0
    for index in range(first + 1, min(first + _MOST_PARTS, len(figures))):
        if figures[index].unit != unit or passage.sentences[index] != passage.sentences[first] or index in known:
            return ()
        value = round(value + figures[index].value, 6)
        if value >= total:
            parts = tuple(range(first + 1, index + 1))
            return parts if value == total and index > first + 1 and _is_no_chance(passage, first, parts) else ()
    return ()


def _is_no_chance(passage: Passage, first: int, parts: tuple[int, ...]) -> bool:
    begins = first == 0 or passage.sentences[first - 1] != passage.sentences[first]
    if says(passage.labels[first], "wholes") or (begins and is_rest(passage, parts[-1])):
        return True
    values = [passage.figures[index].value for index in (first, *parts)]
    return all(map(float.is_integer, values)) and values[0] / gcd(*map(int, values)) >= _CHANCE


def _ways_of_publishing(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """共 400 条, 通过门户网站 90 条、通过微信 350 条、其他方式 20 条: whole, for the last part gathers all others."""
    for first in range(len(passage.figures) - 2):
        whole, published = _is_a_whole(passage, first), _is_published(passage, first)
        parts = _to_the_rest(passage, first, known) if whole or published else ()
        if len(parts) > 1:
            found = weighed(passage, total_of(passage.figures[first], first), parts, "rest")
            if whole or found.reason == "above":
                yield found


def _is_published(passage: Passage, first: int) -> bool:
    """全年公开信息 260 条: the first figure of its sentence, of everything that was published."""
    begins = first == 0 or passage.sentences[first - 1] != passage.sentences[first]
    figure = passage.figures[first]
    return begins and not figure.approx and _PUBLISHED.fullmatch(passage.labels[first]) is not None


_PUBLISHED = lazy(r"(?:\d{4}年)?(?:全年|我局|本局)?(?:主动)?公开(?:政府|政务|各类)*信息")


def _is_a_whole(passage: Passage, index: int) -> bool:
    """共, 总数, and not one channel among others."""
    figure, label = passage.figures[index], passage.labels[index]
    named = says(label, "wholes") and not says(label, "channels_of_news")
    return named and not figure.approx and not figure.percent and passage.depths[index] == 0


def _to_the_rest(passage: Passage, first: int, known: set[int]) -> tuple[int, ...]:
    """The figures behind a total up to 其他, if they stand in its sentence and count as it does."""
    unit, sentence = passage.figures[first].unit, passage.sentences[first]
    for index in range(first + 1, min(first + _MOST_PARTS, len(passage.figures))):
        figure = passage.figures[index]
        if passage.sentences[index] != sentence or figure.unit != unit or figure.approx or index in known:
            return ()
        if passage.depths[index] or passage.segments[index] != passage.segments[first] or is_each(passage, index):
            return ()
        if is_rest(passage, index):
            parts = tuple(range(first + 1, index + 1))
            ways = all(says(passage.labels[part], "channels_of_news", "ways", "rest") for part in parts)
            last = index + 1 == len(passage.figures) or passage.segments[index + 1] != passage.segments[index]
            return parts if last and (ways or _wholes().search(passage.labels[first])) else ()
    return ()


@cache
def _wholes() -> re.Pattern[str]:
    return lazy(f"(?:{one_of(words().wholes)})(?:计|数|量|达|为)*$")


def _slips(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """公开信息 5000 万条. 市级 2000 条, 县级 3000 条: 万 where the parts make 5000."""
    for first, figure in enumerate(passage.figures[:-2]):
        if figure.value >= _WAN * _LEAST_SLIP and "万" in passage.text[figure.start : figure.end]:
            parts = _following(passage, first)
            if len(parts) > 1 and not known & set(parts) and summed(passage, parts)[0] * _WAN == figure.value:
                yield Sum(total_of(figure, first), parts, False, "warning", "scale")


_WAN, _LEAST_SLIP = 10_000, 100


def _items(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """公开信息共计 410 条。一是甲类 12 条。二是乙类 376 条。三是丙类 22 条: a total, and a figure for each item."""
    for first in range(len(passage.figures) - 2):
        if _FIRST_ITEM.search(passage.gaps[first + 1]) and says(passage.labels[first], "wholes"):
            parts = tuple(_one_of_each_item(passage, first))
            if len(parts) > 1 and not known & {first, *parts}:
                found = weighed(passage, total_of(passage.figures[first], first), parts)
                if found.reason != "below" or summed(passage, parts)[0] >= found.total.value * _SELECTION:
                    yield found


def _one_of_each_item(passage: Passage, total: int) -> list[int]:
    """The figures behind a total that are the only ones of an item of the kind 二是…; none if an item has two."""
    found: list[int] = []
    for index in range(total + 1, min(total + _MOST_PARTS, len(passage.figures))):
        alike, gap = passage.figures[index].unit == passage.figures[total].unit, passage.gaps[index]
        if not _ITEM.search(gap):
            return [] if alike and "。" not in gap else found
        if not alike:
            return found
        found.append(index)
    return found


_ITEM = lazy("[。;:,，] *[一二三四五六七八九十]是")
_FIRST_ITEM = lazy("[。;:,，] *一是")
_SELECTION = 0.5
"""Items that make less than half of the total pick out examples."""


def _following(passage: Passage, first: int) -> tuple[int, ...]:
    """The figures of the same measure word in one sentence, that of the total or the next."""
    after = first + 1
    if passage.sentences[after] > passage.sentences[first] + 1:
        return ()
    last = min(first + _MOST_PARTS, len(passage.figures))
    there = [i for i in range(after, last) if passage.sentences[i] == passage.sentences[after]]
    return tuple(there) if all(passage.figures[i].unit == passage.figures[first].unit for i in there) else ()


_FINDERS: tuple[tuple[str, Callable[[Passage, set[int]], Iterator[Sum]]], ...] = (
    ("grand total", _at_the_end),
    ("complement", _complements),
    ("left out", _all_but),
    ("", _runs),
    ("rest", _ways_of_publishing),
    ("ten thousands", _slips),
    ("items", _items),
)
"""The sign without which there is no such sum, and what finds it."""
