"""A total and parts that are less than it → why they must be all of it: their last gathers the rest, they are all that
the form knows, or the total says itself what, or how many, they are."""

from __future__ import annotations

import re
from functools import cache

from govstats.prose.mentions import is_answered
from govstats.prose.passages import Passage
from govstats.prose.readings import is_rest, rest_of, summed
from govstats.prose.results import end_the_results, name_all_results
from govstats.prose.totals import Total
from govstats.prose.words import words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy


def why_whole(passage: Passage, total: Total, parts: tuple[int, ...]) -> str:
    """Why the list must name all of its total; empty where it need not."""
    if is_rest(passage, parts[-1]) and not (_is_rest_of_a_kind(passage, total, parts) or _is_last_row(passage, parts)):
        return "rest"
    if name_all_results(passage, parts) or (_were_handled(passage, total) and end_the_results(passage, parts)):
        return "form"
    if are_of_two_years(passage, parts):
        return "years"
    named = _divide_the_noun(passage, total, parts) or _are_as_many(passage, total, parts)
    return "nouns" if named or _are_the_ways(passage, total, parts) else ""


def _were_handled(passage: Passage, total: Total) -> bool:
    """答复 660 件, 办结 357 件."""
    return len(total.at) == 1 and is_answered(passage.labels[total.at[0]])


def _is_last_row(passage: Passage, parts: tuple[int, ...]) -> bool:
    """逾期不补正 3 件，其他 6 件: 3.其他 of the form, and no rest of all."""
    return _BEFORE_OTHERS.search(passage.about(parts[-2])) is not None and not rest_of(passage, parts[-1])


_BEFORE_OTHERS = lazy("逾期|补正|缴费|缴纳")


_NEARLY = 0.97
"""Parts that make nearly all of the total are meant to make it."""


def _is_rest_of_a_kind(passage: Passage, total: Total, parts: tuple[int, ...]) -> bool:
    """信息 6000 条, 其中规范性文件 2 件, 其他文件 31 件: the others of a kind that the total does not name."""
    noun = rest_of(passage, parts[-1])
    if summed(passage, parts)[0] >= _NEARLY * total.value:
        return False
    return len(noun) > 1 and not _of_any_kind().fullmatch(noun) and noun not in passage.about(total.at[0])


@cache
def _of_any_kind() -> re.Pattern[str]:
    """其他类信息; 其他政策类文件 are of one kind."""
    return lazy(f"(?:{one_of(words().of_any_kind)}|政府|政务|公开|的|各|共|计)+")


_JOINED = lazy("、|以及|[和及与]")
_NO_NOUN = lazy(r"(?:类|信息|共计|总计|合计|共|总)+$")
_NOUN_END = 2


def _divide_the_noun(passage: Passage, total: Total, parts: tuple[int, ...]) -> bool:
    """建议、提案 40 件，其中建议 13 件，提案 17 件: are the parts what the total joins, one for one?"""
    clause = re.split("[,，;。:()]", passage.gaps[total.at[0]])[-1]
    ends = [_NO_NOUN.sub("", noun)[-_NOUN_END:] for noun in _JOINED.split(clause)]
    labels = [passage.about(index).removeprefix("其中") for index in parts]
    if any(set(label) - set(clause) for label in labels):  # 主办建议 is not all of 建议
        return False
    named = [[end for end in ends if end in label] for label in labels]
    return (
        len(total.at) == 1
        and len(ends) == len(parts) > 1
        and sorted(map(tuple, named)) == sorted((end,) for end in ends)
    )


def _are_as_many(passage: Passage, total: Total, parts: tuple[int, ...]) -> bool:
    """市、县、乡三级查阅点 230 个，其中市级 8 个，县级 72 个，乡级 150 个: does the total say how many parts it has?"""
    said = [_NUMBERS.index(match[1]) for match in _SO_MANY.finditer(passage.labels[total.at[0]])]
    return len(total.at) == 1 and said == [len(parts)]


_NUMBERS = "零一两三四五六七八九"
_SO_MANY = lazy(f"([{_NUMBERS[2:]}])(?:级|大?类|种|大?方面|大?平台|个渠道)")


def _are_the_ways(passage: Passage, total: Total, parts: tuple[int, ...]) -> bool:
    """通过省网和厅网公开 329 条，其中省网 88 条，厅网 240 条: are the parts the ways of the total, one for one?"""
    match = _BY_WAYS.search(passage.gaps[total.at[0]])
    ways = _JOINED.split(match[1]) if match else []
    labels = [passage.about(index).removeprefix("其中") for index in parts]
    return (
        len(total.at) == 1
        and len(ways) == len(parts) > 1
        and all(len(way) > 1 and label.startswith(way) for way, label in zip(ways, labels, strict=True))
    )


_BY_WAYS = lazy(
    r"(?:通过|利用|依托|借助)([^,，。;:()]{1,80}(?<!主动)(?<!累计)(?<!共))(?:等(?:渠道|平台|方式|途径)?)?(?:累计|共)?(?:主动)?(?:公开|发布|推送)[^,，。;:()]{0,80}$"
)


_NEW = lazy("^(?:其中)?(?:[:,，])?(?:本年度?|当年|今年)?新(?:收到|收|受理|接收|增)[^,，。;]{0,8}$")
_OLD = lazy("^(?:上一?年度?)?(?:结转|转结|遗留)[^,，。;]{0,8}$")


def are_of_two_years(passage: Passage, parts: tuple[int, ...]) -> bool:
    """应答复 63 件，其中新收 60 件、上年结转 3 件: there is no third kind."""
    labels = [passage.labels[index] for index in parts]
    return len(labels) == 2 and any(map(_NEW.search, labels)) and any(map(_OLD.search, labels))
