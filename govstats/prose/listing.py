"""Passage → Listings: where a sentence breaks a total into parts (其中, 包括, 分别, a colon, brackets)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from govstats.prose.openings import MOST_PARTS, bracket_s_own, openings
from govstats.prose.passages import Passage
from govstats.prose.words import finder, says
from govstats.text.patterns import lazy

_MOST_TOTALS = 8
"""So many figures before a list are asked whether they are its total; more would only bring chance."""
_SENTENCES_BACK = 3
"""在主动公开的信息中 may stand so many sentences behind what it speaks of."""
_ANEW = lazy(r"(?:信息|文件|申请|办件|结件|复件|公开件)(?:当)?中")
"""制作信息 1500 条，其中主动公开 1200 条；主动公开信息中，政策类 360 条: a list of its own."""
_DIVIDED = lazy(
    r"其中|^:|^[,，]?分别[为是]|[,，](?:包括|包含)(?=[一-鿿])|[,，]含(?=[一-鿿])(?!上|去|[^,，。;]{0,6}结转)"
)
"""门户网站 1233 条，含规范性文件 2 条，其他文件 1231 条; 网站 17 条：政策 1 条…: a part is divided in its turn."""
_ENDING = ("ender", "grand total")
_MAINLY = lazy(r"主要|不限于|较为?集中|较多|重点(?:包括|包含|涉及|有|为|是|涵盖|发布|公开)")
_AND_SO_ON = lazy(r"^[^,，。;()\d]{0,2}等|^[,，、]等等")
_AND_SO_ON_ARE = lazy(r"等[^,，。;()\d]{0,6}分别")
_CHANGE = lazy(r"^(?:同比|环比|较|比|与)?[^,，。;]{0,12}(?:增加|增长|减少|下降|上升|提高|增多|增量|减量|多收|少收)")
_COMPARED = lazy(r"^(?:同比|环比|较|比|与)")
_GROWN = lazy(
    r"(?:(?<!新)(?:增加|增长|减少|下降|上升|增多|净增)|[较比](?:上年|去年|上一年|同期)[^,，。;]{0,4}[多少增减])了?$"
)
"""自然人申请增加 14 件，法人申请减少 2 件: of the change, and no parts of what there is."""


_IN_COMPARISON = lazy(r"[比较](?:上年|去年|上一年|(?:19|20)\d{2}年)[^,，。;]{0,6}的$|^(?:达|达到|增至|升至|降至)$")
"""…；公开量较上年的 4428 条增长 4.5%，达到 4628 条: two years, and no parts."""


class Listing(NamedTuple):
    """Figures that may be the total, nearest first, and the figures listed, in order.

    `partial`: the list says itself that it names only some (主要, 等). `attached`: nothing stands between the nearest
    total and the list. `inside`: 在公开的信息中 opens it.
    `of_results`: 从办理结果看, 已办结申请中: its total is what was handled, told or not (govstats/prose/partitions.py).
    `inner`: its total is a part of another list, so that nobody knows where it ends.
    """

    totals: tuple[int, ...]
    parts: tuple[int, ...]
    partial: bool = False
    attached: bool = False
    inside: bool = False
    of_results: bool = False
    inner: bool = False


def listings(passage: Passage) -> Iterator[Listing]:
    """All listings of a passage, inner ones too; one that has no total is told with its parts alone."""
    of_lists: set[int] = set()
    outer: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    is_made = False
    opened_at = sorted(openings(passage).items())
    for number, (first, opened) in enumerate(opened_at):
        behind = (
            other
            for other, how in opened_at[number + 1 :]
            if how == "kinds" or (how == "inside" and _ANEW.search(passage.gaps[other]))
        )
        anew = next(behind, len(passage.figures))
        parts = tuple(_parts(passage, first, anew))
        if parts:
            totals = tuple(_told_before(passage, first, opened)) if opened in ("kinds", "inside") else ()
            totals += tuple(_told_beside(passage, totals[0], first)) if totals and opened == "kinds" else ()
            if opened == "kinds" and last and passage.sentences[last[0]] == passage.sentences[first]:
                totals = totals or last  # 按渠道分，…；按内容分，…: the same once more
            totals = totals or tuple(_totals(passage, first))
            totals = (bracket_s_own(passage, first) if passage.depths[first] else ()) or totals
            totals = (first - 1,) if opened == "part" else totals
            attached = bool(totals) and _is_attached(passage, totals[0], first)
            partial, inside = _is_partial(passage, parts), opened == "inside"
            apart = opened in ("kinds", "inside") or _begins_a_sentence(passage, first)
            results = apart and _are_results(passage, parts)
            inner = (
                bool(totals)
                and opened != "part"
                and totals[0] in of_lists
                and passage.depths[totals[0]] == passage.depths[first]
            )
            if inner and (
                (is_made and _ends_the_outer(passage, outer, totals[0], first))
                or _goes_on_behind(passage, outer, totals[0])
            ):
                totals, parts, inner = totals[:1], _of_segment(passage, parts), False
            yield Listing(totals, parts, partial, attached, inside, results, inner)
            own = _before_it_is_made(passage, totals, parts)
            last = totals[:1]
            if not (totals and totals[0] in outer):
                outer, is_made = own, bool(totals) and _make(passage, own, totals[0])
            if totals or len(parts) > 1:
                of_lists |= {*own} | (
                    {*_flat(passage, own)} if "其中" in passage.gaps[first] and own == parts else set()
                )


def _goes_on_behind(passage: Passage, outer: tuple[int, ...], part: int) -> bool:
    """网站 157 条，包括动态 139 条、公告 18 条；微信 52 条: does a semicolon end the list of a part?"""
    return part in outer and any(passage.segments[other] > passage.segments[part] for other in outer)


def _ends_the_outer(passage: Passage, outer: tuple[int, ...], part: int, first: int) -> bool:
    """概况 47 篇；总结 385 篇；业务 685 篇，其中许可 474 篇，处罚 211 篇: of a list of semicolons that makes its total
    nothing is left to come."""
    apart = len({passage.segments[each] for each in outer}) == len(outer)
    return apart and part == outer[-1] and passage.segments[part] == passage.segments[first]


def _of_segment(passage: Passage, parts: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(part for part in parts if passage.segments[part] == passage.segments[parts[0]])


def _before_it_is_made(passage: Passage, totals: tuple[int, ...], parts: tuple[int, ...]) -> tuple[int, ...]:
    """The parts; of a list that makes its total before a semicolon those that do."""
    here = _of_segment(passage, parts)
    return here if totals and len(here) > 1 and _make(passage, here, totals[0]) else parts


def _make(passage: Passage, parts: tuple[int, ...], total: int) -> bool:
    return sum(passage.figures[part].value for part in parts) == passage.figures[total].value


def _flat(passage: Passage, parts: tuple[int, ...]) -> range:
    """All figures from the first part to the end of its sentence or bracket: inner totals are among them."""
    last, sentence, depth = parts[-1], passage.sentences[parts[0]], passage.depths[parts[0]]
    while (
        last + 1 < len(passage.figures)
        and passage.sentences[last + 1] == sentence
        and passage.depths[last + 1] >= depth
    ):
        last += 1
    return range(parts[0], last + 1)


def _is_partial(passage: Passage, parts: tuple[int, ...]) -> bool:
    """Does the list say itself that it is not whole: 主要包括 …; …等?"""
    gap = passage.gaps[parts[0]]
    mainly = next(_MAINLY.finditer(gap), None) is not None and "类别" not in gap
    if mainly or ("分别" in gap and _AND_SO_ON_ARE.search(gap)):
        return True
    own = len(parts) > 1 and ")" in passage.gaps[parts[1]]  # each in a bracket of its own
    tails = [passage.gaps[part + 1] for part in parts] if "rest" in passage.signs else []
    return any(_AND_SO_ON.match(tail.removeprefix(")") if own else tail) for tail in tails)


def _is_attached(passage: Passage, total: int, first: int) -> bool:
    """Do the total and the list follow each other with no other count between?"""
    between = range(total + 1, first)  # none, if the total stands behind
    depth = passage.depths[total]
    return all(passage.figures[i].percent or passage.depths[i] > depth or is_change(passage, i) for i in between)


def is_change(passage: Passage, index: int) -> bool:
    """较上年增加 20 件: by how much, not a part."""
    label = passage.labels[index]
    if "change" not in passage.signs and not label.endswith(("多", "少")):
        return False
    if _GROWN.search(label):
        return True
    return _CHANGE.match(label) is not None and (_COMPARED.match(label) is not None or says(label, "before"))


def is_base(passage: Passage, index: int) -> bool:
    """占总数 603 件的 50.6%: what a share is of."""
    return "share" in passage.signs and passage.labels[index].startswith("占")


def with_more(passage: Passage, parts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The figures of the next two sentences, if they count the same and speak of nothing else: requests, reviews …"""
    last, found = parts[-1], list(parts)
    unit = passage.figures[last].unit
    for sentence in range(passage.sentences[last] + 1, passage.sentences[last] + 3):
        there = _of_sentence(passage, found[-1] + 1, sentence)
        alike = [*takewhile(lambda i: passage.figures[i].unit == unit and not _is_of_else(passage, i), there)]
        whole, ended = len(alike) == len(there), [i for i in alike if passage.segments[i] == passage.segments[there[0]]]
        if ended and not whole and len(ended) == len(alike) and ";" not in passage.gaps[there[len(alike)]]:
            return
        if ended and len(ended) < len(there):
            yield (*found, *ended)
        if not whole or not there:
            return
        found += alike
        yield tuple(found)


def _of_sentence(passage: Passage, begin: int, sentence: int) -> list[int]:
    """The counts of a sentence, from a figure on, that stand outside brackets."""
    there = []
    for index in range(begin, min(begin + MOST_PARTS, len(passage.figures))):
        if passage.sentences[index] > sentence:
            break
        if passage.sentences[index] == sentence and not passage.figures[index].percent and not passage.depths[index]:
            there.append(index)
    return there


def _is_of_else(passage: Passage, index: int) -> bool:
    return says(passage.about(index), "form_results", "cases", "results", "requests", "other_matters")


def _parts(passage: Passage, first: int, anew: int) -> Iterator[int]:
    """Figures at the first's depth, to the end of its sentence or bracket, or to where 在公开的信息中 lists anew; what
    inner 其中 or 含 list is left out."""
    depth, sentence, inner = passage.depths[first], passage.sentences[first], -1
    for index in range(first, min(first + MOST_PARTS, anew)):
        if (
            passage.sentences[index] != sentence
            or passage.depths[index] < depth
            or (index > first and (_ends(passage, index) or _is_other_case(passage, first, index)))
        ):
            return
        if index > first and passage.depths[index] == depth and _DIVIDED.search(passage.gaps[index]):
            inner = passage.segments[index]
        own = passage.segments[index] != inner and passage.depths[index] == depth
        if own and not (passage.figures[index].percent or is_change(passage, index) or is_base(passage, index)):
            if index > first and passage.gaps[index].startswith(";") and _closes(passage, index - 1):
                return
            if index > first and "change" in passage.signs and _IN_COMPARISON.search(passage.labels[index]):
                return
            yield index


def _closes(passage: Passage, index: int) -> bool:
    """…，其他处理 28 件；: the form has no further result."""
    return says(passage.about(index), "closing_results")


def _is_other_case(passage: Passage, first: int, index: int) -> bool:
    """行政诉讼 14 件 behind a list is no part of it, unless the list itself is of reviews and suits."""
    if "cases" not in passage.signs:
        return False
    told = [says(passage.labels[at], "cases") and not says(passage.labels[at], "results") for at in (first, index)]
    return told[1] and not told[0]


def _begins_a_sentence(passage: Passage, first: int) -> bool:
    return first > 0 and passage.sentences[first] != passage.sentences[first - 1]


def _are_results(passage: Passage, parts: tuple[int, ...]) -> bool:
    """Do most of the parts name results, or all of them applicants?"""
    applicants = [says(passage.about(part), "persons", "bodies_asking") for part in parts]
    if len(parts) > 1 and all(applicants):
        return True
    return 2 * sum(says(passage.about(part), "form_results", "closing_results") for part in parts) > len(parts)


def _ends(passage: Passage, index: int) -> bool:
    if passage.signs.isdisjoint(_ENDING):
        return False
    gap = passage.gaps[index]
    return len(gap) > 1 and (says(gap, "enders") or finder("grand_totals").match(passage.labels[index]) is not None)


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
        if not passage.figures[index].percent and passage.depths[index] <= depth and not is_change(passage, index):
            yield index
            given += 1
            depth = passage.depths[index]  # what an earlier bracket holds is no total of this one
        index -= 1


def _told_before(passage: Passage, first: int, opened: str) -> Iterator[int]:
    """For 按申请方式分: what the sentences before call a total; for 在公开的信息中: what they count."""
    given = 0
    for index in range(first - 1, max(-1, first - MOST_PARTS), -1):
        there = passage.sentences[first] - passage.sentences[index]
        if (
            passage.figures[index].percent
            or given >= _MOST_TOTALS
            or passage.depths[index]
            or is_change(passage, index)
        ):
            continue
        near = opened == "inside" and there <= _SENTENCES_BACK
        if near or (opened == "kinds" and says(passage.labels[index], "totals")):
            yield index
            given += 1


def _told_beside(passage: Passage, total: int, first: int) -> Iterator[int]:
    """公开信息 66 条，公众号推送 20 条。按内容分: the figure behind a total may be divided with it."""
    other = total + 1
    alike = other < first and passage.sentences[other] == passage.sentences[total] != passage.sentences[first]
    if alike and passage.figures[other].unit == passage.figures[total].unit and not passage.depths[other]:
        yield other
