"""A total and a list → how the list may be read: which of its figures are the parts.

A sum is accused only if no reading makes it hold; the first reading that does is the claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from govstats.prose.openings import IN_BRACKETS
from govstats.prose.overlapping import is_besides
from govstats.prose.passages import Passage
from govstats.prose.totals import Total
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy


class Reading(NamedTuple):
    """Parts, and the figures of the list that this reading leaves over."""

    parts: tuple[int, ...]
    left: tuple[int, ...] = ()


def closing(passage: Passage, total: Total, listed: tuple[int, ...]) -> Reading | None:
    """The first reading whose sum is the total."""
    own = family_parts(passage, total, listed)
    if _can_close(passage, total, own):
        for parts in _ways(passage, total, own):
            if len(parts) > 1 and total.equals(*summed(passage, parts)):
                return _with_nothings(passage, own, parts)
    any_kind = tuple(index for index in listed if passage.figures[index].family not in _NEVER_ADDED)
    last = max(_same_unit(passage, total, own), default=-1)
    for parts in (any_kind, tuple(index for index in any_kind if index <= last)):
        kinds = {passage.figures[index].family for index in parts}
        if own and len(kinds) > 1 and total.equals(*summed(passage, parts)):
            return Reading(parts)
    return None


def _with_nothings(passage: Passage, own: tuple[int, ...], parts: tuple[int, ...]) -> Reading:
    """The parts, those of 0 behind them too: a list does not end before what makes no difference."""
    left = tuple(index for index in own if index > parts[-1])
    zeros = tuple(takewhile(lambda index: not passage.figures[index].value, left))
    return Reading(parts + zeros, left[len(zeros) :])


_NEVER_ADDED = ("%", "money", "duration")
"""25 篇, 12 期, 23 篇 may make 60 篇; yuan and days never do."""


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


def lawful(passage: Passage, total: Total, listed: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The beginnings of a list at which it may end, the shortest first; the last is all of it.

    A list may end where a full stop or semicolon is followed by something of another make, where the measure word
    changes, where 其他 has closed it, before what became of its parts (办结 780 件), and where a part is divided
    (…9 条，包括…) or the whole once more (按办理结果分类…).
    """
    own = _reader_s_parts(passage, total, listed)
    return [own[:count] for count in range(1, len(own)) if _may_end(passage, total, own, count)] + [own]


def _reader_s_parts(passage: Passage, total: Total, listed: tuple[int, ...]) -> tuple[int, ...]:
    """What a careful reader takes for the parts: not what became of them or is true of them besides, and of two figures
    told side by side in every segment (制发 7 件, 公开 7 件; …) the one that counts as the total does."""
    own = family_parts(passage, total, listed)
    own = tuple(index for index in own if not (is_stage(passage, index) or is_besides(passage, total, index)))
    segments = by_segment(passage, own)
    mixed = all(len({_unit(passage, index) for index in segment}) > 1 for segment in segments)
    single = 2 * sum(len(segment) == 1 for segment in segments) > len(segments) > 2
    single = single and all(_has_one_part(passage, segment) for segment in segments)
    if len(segments) > 1 and (mixed or single):
        return _one_of_each(passage, total, segments)
    alike = _same_unit(passage, total, own)
    in_pairs = len(alike) > 1 and alike in (own[0::2], own[1::2]) and len(own) == 2 * len(alike)
    return alike if in_pairs else own


def _has_one_part(passage: Passage, segment: tuple[int, ...]) -> bool:
    """制发 7 件，公开 7 件；网站 166 条，包括动态 126 条，公告 40 条；…: three side by side are a list of their own."""
    return len(segment) <= _SIDE_BY_SIDE or _DIVIDES_ANEW.search(passage.gaps[segment[1]]) is not None


_SIDE_BY_SIDE = 2
_DIVIDES_ANEW = lazy(r"包括|包含|涵盖|按照?[^,，。;:\d]{1,14}(?:分类|划分|区分|统计|来分|来看|分|看)")


def _may_end(passage: Passage, total: Total, own: tuple[int, ...], count: int) -> bool:
    last, following = own[count - 1], own[count]
    gap = passage.gaps[following]
    if passage.segments[following] != passage.segments[last] and _is_beyond(passage, total, own, count):
        return True
    if _is_another_decision(passage, total, following):
        return True
    gap = IN_BRACKETS.sub("", gap) if "(" in gap else gap
    if ("以及" in gap and not is_rest(passage, following)) or _DIVIDES_ANEW.search(gap):
        return True
    other_unit = _unit(passage, following) not in (_unit(passage, last), total.unit, "")
    other_unit = other_unit and not _goes_on_to_the_rest(passage, own)
    closed = is_rest(passage, last) and not is_rest(passage, following) and not _is_in_row(passage, last, following)
    enclosed = passage.depths[following] > passage.depths[total.at[0]]
    alike = enclosed or _is_next_in_row(passage, own[:count], following) or _repeats(passage, total, following)
    alike = alike or is_parallel(passage, own[:count], following) or _is_in_the_midst(passage, own, count)
    return other_unit or closed or not alike


def _is_in_the_midst(passage: Passage, own: tuple[int, ...], count: int) -> bool:
    """职能类 12 条，微博、微信 131 条，公告 50 条; 动态 87 条；公开资金 43 条；招考 38 条: does the list go on behind
    it with the same mark, and as it began?"""
    following, behind = own[count], own[count + 1 : count + 2]
    marks = {passage.gaps[index].lstrip(")")[:1] for index in own[1:]}
    units = {_unit(passage, index) for index in own}
    return (
        bool(behind)
        and len(marks) == len(units) == 1
        and not begins_a_statement(passage, following)
        and not opens_clause(passage, own[0])
        and all(not opens_clause(passage, index) and is_parallel(passage, own[:count], index) for index in behind)
    )


def _goes_on_to_the_rest(passage: Passage, own: tuple[int, ...]) -> bool:
    """156 篇，其中职能 1 篇，许可 65 条，其他信息 71 条: one list, in whatever measure words, as far as 其他."""
    marks = {passage.gaps[index][:1] for index in own[1:]}
    return len(marks) == 1 and is_rest_of_all(passage, own[-1])


def is_rest_of_all(passage: Passage, index: int) -> bool:
    """其他, 其他信息 5 条: what is left of all, and of no kind."""
    return is_rest(passage, index) and len(rest_of(passage, index)) <= _SHORT_REST


_SHORT_REST = 2
"""其他, 其他信息; 其他规范性文件 is a kind of its own."""


def _is_beyond(passage: Passage, total: Total, own: tuple[int, ...], count: int) -> bool:
    """动态 122 条、公告 217 条；公众号推送 8614 条 of 632: behind the semicolon stands no part that is as much as the
    whole, where none parts the others; nor anything, where the whole is a result itself (无法提供); nor what is no
    request behind requests."""
    before, following = own[:count], own[count]
    apart = any(passage.gaps[index].startswith(";") for index in own[1:] if index != following)
    more = passage.figures[following].value >= total.value and not apart
    matters = [says(passage.labels[index], "other_matters") for index in (before[-1], following)]
    other = matters == [False, True] and says(passage.about(total.at[0]), "requests")
    return more or other or says(passage.about(total.at[0]), "form_results")


def _is_another_decision(passage: Passage, total: Total, following: int) -> bool:
    """许可 2991 件，其中网办 2931 件；作出处罚 400 件: a decision of another kind than the whole counts."""
    kinds = _DECISION.findall(passage.about(total.at[0]))
    return bool(kinds) and not {*_DECISION.findall(passage.about(following))} <= {*kinds}


_DECISION = lazy("许可|处罚|强制|确认|裁决|检查|征收|给付|奖励")


def _repeats(passage: Passage, total: Total, following: int) -> bool:
    """主动公开信息 126 条，…，公开建议提案 35 条: the total's own verb once more, and no channel (公众号公开)."""
    label = passage.labels[following]
    named = "公开" in passage.labels[total.at[0]] or "信息" in passage.labels[total.at[0]]
    alike = passage.segments[following] == passage.segments[following - 1] and label.startswith("公开")
    return named and alike and not says(label, "channels_of_news")


def _is_in_row(passage: Passage, last: int, following: int) -> bool:
    """其他信息 33 条、义务教育 13 条: is it parted from the next as all are, so that 其他 is a name among others?"""
    marks = {passage.gaps[index].strip()[:1] for index in (last, following)}
    return len(marks) == 1 and marks <= {"、", ";"}


def _is_next_in_row(passage: Passage, before: tuple[int, ...], following: int) -> bool:
    """甲 1 条、组织乙 2 条、丙 3 条: parted by pauses alone, whatever it is called, unless an outlet counts anew."""
    paused = [passage.gaps[index].lstrip(")").startswith("、") for index in (*before[1:][-1:], following)]
    return all(paused) and not is_outlet_behind_kinds(passage, before, following)


def is_parallel(passage: Passage, before: tuple[int, ...], following: int) -> bool:
    """Is it told as the parts before it are: a noun among nouns, a way (通过…) among ways, a channel among channels?"""
    if is_outlet_behind_kinds(passage, before, following):
        return False
    if not opens_clause(passage, following) or any(opens_clause(passage, index) for index in before[-2:]):
        return True
    return all(says(passage.labels[index], "channels_of_news") for index in (before[-1], following))


def is_divided(passage: Passage, parts: tuple[int, ...]) -> bool:
    """不予公开 20 件，主要涉及甲 8 件、乙 7 件、丙 5 件: is one of them what those behind it make?"""
    values = [passage.figures[index].value for index in parts]
    return any(
        values[at] == sum(values[at + 1 :]) and _GOES_INTO.search(passage.gaps[parts[at + 1]])
        for at in range(len(values) - 2)
    )


_GOES_INTO = lazy("主要|涉及|包括|包含|涵盖|原因|理由")


def is_each(passage: Passage, index: int) -> bool:
    """档案馆、图书馆各 46 份, 每月 2 期: so many of each, and nobody knows how many in all; or the end of a change."""
    return _EACH.search(passage.labels[index]) is not None


_EACH = lazy(
    "(?:[各均]|每(?:[年月周日期]|季度?))(?:有|为|占|报送|公开|发布|刊发|编发|推送|举办|开展|召开)?$|[加长少降升缩简短高大低减增][到至为]$"
)


def is_outlet_behind_kinds(passage: Passage, before: tuple[int, ...], following: int) -> bool:
    """概况类 4 条，动态类 421 条，公众号公开 80 条: an outlet counts anew what kinds have divided."""
    outlet = says(passage.about(following), "outlets")
    told = [index for index in before if not passage.labels[index].endswith("类")]  # 专栏类 is a kind
    return outlet and not any(says(passage.about(index), "channels_of_news", "rest") for index in told)


_NEWS = lazy("发布会|新闻发布")
"""新闻发布会解读 4 次, and a column 新闻发布 7 条, publish nothing."""


def begins_a_statement(passage: Passage, index: int) -> bool:
    """Does its clause name a year or the body anew: …；2021年, 我局共公开 304 条?"""
    clause = re.split("[;。]", passage.gaps[index])[-1]
    apart = len(clause) < len(passage.gaps[index]) and "其中" not in clause
    return apart and _anew().search(clause) is not None


@cache
def _anew() -> re.Pattern[str]:
    own = one_of(words().own_bodies)
    year = r"(?:19|20)\d{2}年(?![^,，]{0,12}(?:预算|决算|报告|年报|计划|总结|要点|结转|新))"
    return lazy(rf"{year}|全年|截[至止]|{own}|^(?:同时|此外|另外)|累计|总共|[我本][县市区]")


def opens_clause(passage: Passage, index: int) -> bool:
    """Is it told with a verb or a way of its own: 发布 …, 通过 …?"""
    behind = passage.gaps[index].removeprefix(passage.tails[index - 1]) if index else passage.gaps[index]
    label = _NEWS.sub("", clause_at(passage, index) if passage.labels[index] else behind)
    return _clause_openers().match(label) is not None or says(label, "publishing")


def clause_at(passage: Passage, index: int) -> str:
    """The words of a figure's clause: 通过公众号公开动态、公告共 238 条 has a pause in its midst."""
    return _CLAUSES.split(passage.gaps[index].replace(" ", ""))[-1]


_CLAUSES = lazy("[,，;:。()]")


@cache
def _clause_openers() -> re.Pattern[str]:
    return lazy(rf"(?:{one_of(words().adverbs)})*(?:{one_of(words().clause_openers)}){NO_NAME}")


NO_NAME = "(?!机构|架构|人事|领导|指南|目录|制度|年报|结果|决定|程序|流程|类|关切)"
"""组织机构类, 处理决定, 回应关切 are names, and no deeds."""


def _one_of_each(passage: Passage, total: Total, segments: list[tuple[int, ...]]) -> tuple[int, ...]:
    """The figure of each segment that has the total's measure word, else its first."""
    return tuple(next((i for i in each if _unit(passage, i) == total.unit), each[0]) for each in segments)


def is_rest(passage: Passage, index: int) -> bool:
    """其他, 其余, or a last part that gathers all other ways: a part that says that nothing is left out."""
    label = passage.labels[index]
    if says(label, "not_rest"):
        return False
    if _rest().match(label) or _ALL_OTHERS.search(label):
        return True
    return _GATHERS.search(label) is not None and says(clause_at(passage, index), "ways_of")


def is_by_a_way(passage: Passage, index: int) -> bool:
    """政府网站 93 条, 通过报刊、广播公开 80 条, 其他方式 20 条."""
    return says(passage.about(index), "channels_of_news", "ways") or says(clause_at(passage, index), "ways_of")


def rest_of(passage: Passage, index: int) -> str:
    """What 其他 is said of: 其他文件累计 → 文件; empty where it stands alone, and behind 其余."""
    label = _COUNTED.sub("", passage.labels[index])
    match = _rest().match(label)
    return label[match.end() :] if match and match[0].endswith(_OTHERS) else ""


_OTHERS = ("其他", "其它")
_COUNTED = lazy("(?:累计|共计|合计|总计|共|数量)$")


_GATHERS = lazy(r"等(?:其[他它])?(?:各种|多种)?(?:方式|渠道|形式|途径)")
_ALL_OTHERS = lazy(r"等[^,，。;、:()]{0,8}其[他它](?:各?类)?(?:政府|政务)?(?:信息|内容|事项)(?:共计|共|合计|总计)?$")
"""工作报告、预决算等公众关心的其他信息共计 2004 条."""


@cache
def _rest() -> re.Pattern[str]:
    return lazy(rf"(?:\d{{1,2}}[.．])?(?:其中|及|和|通过|以|按|为|属于|采用|归入)*(?:{one_of(words().rest)})")


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
    known = words()
    entered = (
        rf"(?:{one_of(known.entered)})(?:了|的|各类|政府|政务|公开)*(?:信息|内容|数据|栏目|稿件)*(?:数量|数|共|计)*$"
    )
    return lazy(rf"(?:{one_of(known.adverbs)})*(?:{one_of(known.stages)}|{entered})")


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
        for count in range(len(segments), 1, -1):
            yield tuple(segment[0] for segment in segments[:count])
        yield _one_of_each(passage, total, segments)
        yield from segments if len(total.at) == 1 else ()


def _same_unit(passage: Passage, total: Total, own: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(index for index in own if _unit(passage, index) == total.unit)


def _unit(passage: Passage, index: int) -> str:
    return passage.figures[index].unit
