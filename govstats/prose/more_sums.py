"""Sums without 其中: a total at the end, two words that divide a whole, 除…其余, a run that adds up to its first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from govstats.prose.almost import runs_almost
from govstats.prose.holdings import holdings
from govstats.prose.judge import judged
from govstats.prose.passages import Passage
from govstats.prose.readings import is_each, summed
from govstats.prose.runs import MOST_PARTS, items, more_by_one_way, runs, slips, ways_of_publishing
from govstats.prose.totals import Total, is_left_out, total_of
from govstats.prose.weighing import Sum, is_counted_once, weighed
from govstats.prose.words import finder, says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_FEWEST = 2
_LONGEST_OBJECT = 6
"""合计转发文件 72 件: as many characters may stand between 合计 and its figure, else it opens a topic of its own."""
_LONGEST_CUMULATION = 14


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
        for i in range(max(0, index - MOST_PARTS), index + 1)
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
    for part in range(index - 1, max(-1, index - 1 - MOST_PARTS), -1):
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
        pairs = [pair for pair in words().complements if _is_pair(passage.about(first), passage.about(second), *pair)]
        if pairs and not any(name in passage.labels[whole] for name in pairs[0]):
            found = weighed(passage, total_of(passage.figures[whole], whole), (first, second))
            if not found.holds and _is_of_more(passage, whole, found):
                continue
            both = found.reason == "above" and says(passage.about(second), "ways")  # 线上 8 场, 线下 6 场 of 10
            yield found._replace(severity="info") if both else found


def _is_of_more(passage: Passage, whole: int, found: Sum) -> bool:
    """建议 33 件、提案 26 件，主办 21 件，会办 38 件: do they divide what the counts before make together, or
    one before the nearest?"""
    made, value = summed(passage, found.parts)[0], 0.0
    for index in range(whole, -1, -1):
        if passage.sentences[index] != passage.sentences[whole]:
            return False
        value += passage.figures[index].value
        if made in (value, passage.figures[index].value) and index != whole:
            return True
    return False


def _joined_nouns(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """发布会及访谈共 55 场，发布会 42 场，在线访谈 17 场: what a total joins; 在线访谈 need not be all of it."""
    for whole, label in enumerate(passage.labels[:-2]) if "共" in passage.text else ():
        first, second = whole + 1, whole + 2
        joined = _JOINED.search(label) if "共" in label else None
        if not joined or first in known or second in known or not _together(passage, whole, second):
            continue
        if all(passage.labels[at].endswith(noun) for at, noun in zip((first, second), joined.groups(), strict=True)):
            found = weighed(passage, total_of(passage.figures[whole], whole), (first, second))
            if found.reason != "below":
                yield found


_JOINED = lazy("([一-鿿]{2})(?:以及|[和及与])[一-鿿]{0,6}?([一-鿿]{2})(?:一共|总共|共计|共)$")


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
    alike = [other for other in alike if not says(passage.about(other), "form_results")]
    here = [other for other in alike if passage.sentences[other] == passage.sentences[index]]
    before = [
        other
        for other in alike
        if passage.sentences[other] == passage.sentences[index] - 1 and says(passage.labels[other], "totals")
    ]
    return here or before[-1:]


_FINDERS: tuple[tuple[str, Callable[[Passage, set[int]], Iterator[Sum]]], ...] = (
    ("", holdings),
    ("grand total", _at_the_end),
    ("complement", _complements),
    ("", _joined_nouns),
    ("left out", _all_but),
    ("", runs),
    ("rest", ways_of_publishing),
    ("", more_by_one_way),
    ("ten thousands", slips),
    ("items", items),
    ("", runs_almost),
)
"""The sign without which there is no such sum, and what finds it."""
