"""A list whose parts make their total, and one more figure: is it a part like the others, or do they divide anew?"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from govstats.prose.mentions import is_carried_on
from govstats.prose.passages import Passage
from govstats.prose.readings import NO_NAME, begins_a_statement, clause_at, is_parallel, is_rest, opens_clause
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy


def are_of_one_kind(passage: Passage, parts: tuple[int, ...]) -> bool:
    """Do all of them divide requests by one thing of which each has one: who asks, its result, its way?"""
    (kind, *more) = {_axis(passage, index) for index in parts}
    steps = kind == _OUTCOMES and any(says(passage.about(index), "steps") for index in parts)
    return not more and kind < len(_AXES) and not steps


def is_sibling(passage: Passage, before: tuple[int, ...], following: int) -> bool:
    """Does it divide as the parts before it do, and not anew: by applicant, by way, by result, by what came of them?"""
    if is_rest(passage, following):
        return True
    label = passage.labels[following]
    if not is_parallel(passage, before, following) or divides_anew(passage, before, following):
        return False
    if says(label, "of_the_same", "another_view") or label.startswith(TOTALS):
        return False
    return all(_axis(passage, index) == _axis(passage, following) for index in before)


def divides_anew(passage: Passage, before: tuple[int, ...], following: int) -> bool:
    """自然人 15 件，法人 4 件，网络 12 件; 网站 5 条，公众号 4 条，发布解读 3 条; 网站 5 条，收到留言 4 条: is the last
    by its words another view of the whole, or nothing of it? So is a statement of its own (2021年，我局公开 304 条)."""
    if is_rest(passage, following) or is_carried_on(passage.about(following)):
        return False
    label, (*_, last) = _RECRUITED.sub("", passage.labels[following]), before
    if begins_a_statement(passage, following) and not begins_a_statement(passage, last):
        return True
    axes, axis = {_axis(passage, index) for index in before}, _axis(passage, following)
    if says(label, "stocks"):
        return True
    if axes == {axis} and axis in _OF_WHOLE:
        return False
    if _WAYS.match(re.split("[;。]", passage.gaps[following])[-1]) and not any(
        _WAYS.search(passage.gaps[index]) for index in before
    ):
        return True
    if says(label, "another_view") and not says(passage.labels[last], "another_view"):
        return True
    if all(_is_channel(passage, index) for index in before) and _publishes_otherwise(passage, following):
        return True
    in_row = axes == {len(_AXES)} and passage.gaps[following].startswith("、")
    if len(axes) == 1 and axis not in axes and axis < len(_AXES) and not in_row:
        return True
    doing, does = [_doing(clause_at(passage, index)) for index in before], _doing(clause_at(passage, following))
    if does == _RECEIVES and _RECEIVES not in doing:
        return True
    return {*doing} == {_WAY} and does != _WAY and opens_clause(passage, following)


_RECRUITED = lazy("(?:招[考聘录]|考试|人员|公务员)[^,，。;]{0,2}录用")
"""招考录用 226 条: a kind of news, and not what others took over."""
_WAYS = lazy("通过|利用|依托")
"""制作信息 15 条，其中主动公开 7 条；通过网站公开 42 条: by the way that its clause begins with."""


def _is_channel(passage: Passage, index: int) -> bool:
    """门户网站发布, 通过微信公开; not 法定主动公开专栏类."""
    return says(passage.about(index), "channels_of_news") and not passage.labels[index].endswith("类")


def _publishes_otherwise(passage: Passage, index: int) -> bool:
    """发布政策解读 5 条 behind channels."""
    said = clause_at(passage, index) + passage.about(index)
    return (opens_clause(passage, index) or says(said, "made_of")) and not says(
        said, "channels_of_news", "ways_of", "ways"
    )


_RECEIVES, _WAY = "receives", "way"


@lru_cache(maxsize=256)
def _doing(label: str) -> str:
    """收到 …, 回应 …: what others sent; 通过 …: a way."""
    match = _doings().match(label)
    return (match.lastgroup or "") if match else ""


@cache
def _doings() -> re.Pattern[str]:
    known = words()
    return lazy(
        rf"(?:{one_of(known.adverbs)})*(?:(?P<receives>(?:{one_of(known.receiving)}){NO_NAME})|(?P<way>{one_of(known.ways_of)}))"
    )


_AXES = (("persons", "bodies_asking"), ("outcomes",), ("ways",))
_OUTCOMES = 1
_OF_WHOLE = (0, 2)
"""Who asks, and how: 当面申请 …, 来信申请 … have no stages."""
TOTALS = ("共", "合计", "总")
"""…，部门 32 名，乡镇 13 名，共 48 名: the total of more."""
_REQUESTS = ("件", "宗", "份", "起", "")


@lru_cache(maxsize=256)
def _axis(passage: Passage, index: int) -> int:
    """By what a figure divides requests: who asks, what came of it, how it came; none of them: the last."""
    said = passage.about(index)
    if says(said, "results") and says(passage.head(index), "cases"):  # 复议 22 起，其中 9 起被维持、13 起被撤销
        return len(_AXES)
    if "requests" not in passage.signs or passage.figures[index].unit not in _REQUESTS:
        return len(_AXES)
    if is_carried_on(said):
        return _OUTCOMES
    return next((at for at, names in enumerate(_AXES) if says(said, *names)), len(_AXES))
