"""A noun and the words around it → whether it may name there what it names."""

from __future__ import annotations

from functools import lru_cache

from govstats.prose.mentions import is_account
from govstats.prose.nouns import Noun, topic_of, verb_of
from govstats.prose.passages import Passage
from govstats.prose.unnamed import is_of_applicants, is_of_results, is_under_their_heading
from govstats.prose.words import says
from govstats.text.patterns import lazy

_MARKS = lazy("[,，;:。、()]")


def fits(passage: Passage, index: int, noun: Noun, label: str) -> bool:
    """Are the words around those that the noun asks for?"""
    head = passage.head(index)
    near = not noun.near or (any(word in head for word in noun.near) if noun.close else _says_any(passage, noun.near))
    if not near and not (_is_unnamed(passage, index, noun, head) or _is_headed(passage, noun, head)):
        return False
    if noun.units and passage.figures[index].unit not in noun.units:
        return False
    if any(word in label for word in noun.lacks):
        return False
    if noun.unlike and any(word in _sentence(passage, index) for word in noun.unlike):
        return False
    if noun.topic and _topic(passage, index, noun, label) != noun.topic:
        return False
    if noun.verbs and verb_of(passage.labels[index], head) not in noun.verbs:
        return False
    if noun.own_verbs and verb_of(label, head if _PUBLISHED.search(head) else label) not in noun.own_verbs:
        return False
    published = noun.bare and "处理决定" not in head and verb_of(passage.text, "") == "publish"
    if noun.bare and (published or not _BARE.fullmatch(head)):
        return False
    return not noun.around or any(word in _sentence(passage, index) for word in noun.around)


_PUBLISHED = lazy(r":|(?:公开|公示|公布|发布)[^,，;\d]{0,80}\d")
"""主动公开 500 条, 行政处罚决定数量 100 件: perhaps those that were published."""


@lru_cache(maxsize=64)
def _says_any(passage: Passage, near: tuple[str, ...]) -> bool:
    return any(word in passage.text for word in near)


def _is_unnamed(passage: Passage, index: int, noun: Noun, head: str) -> bool:
    """Can the noun only be one of requests, though nobody calls them so?"""
    figure = passage.figures[index]
    if figure.unit not in _OF_REQUESTS and not figure.percent:
        return False
    if noun.whole:
        return _is_of_requests(passage, head)
    return noun.of_applicants and is_of_applicants(_sentence(passage, index))


_OF_REQUESTS = ("件", "宗", "份", "起", "例", "")


def _is_headed(passage: Passage, noun: Noun, head: str) -> bool:
    """Does the heading above say what the noun asks for, and, if it must stand close, of reviews and suits?"""
    heading = passage.heading
    if not heading or (noun.close and topic_of(heading) == ""):
        return False
    return any(word in heading for word in noun.near) and not says(head, "other_matters")


def _topic(passage: Passage, index: int, noun: Noun, label: str) -> str:
    """Of what the figure's own words (规章：制发 2 件 has them before a colon), or else its sentence, speak last."""
    tail = passage.tails[index]
    if not noun.own_topic:
        behind = _WRITTEN_BEHIND.match(tail)
        return topic_of(passage.head(index), noun.topic) or topic_of(behind[0] if behind else "", noun.topic)
    gap = passage.gaps[index].replace(" ", "")
    lead = gap[: len(gap) - len(label)] if gap.endswith(label) else ""
    before = _MARKS.split(lead[:-1])[-1] if lead.endswith(":") else ""
    return topic_of(before + label + tail) or topic_of(_told_of(passage, index))


def _told_of(passage: Passage, index: int) -> str:
    """Of what the figure in whose bracket it stands is told (现行有效规范性文件 27 件(其中本年制发 3 件)), or all that
    follows (规范性文件方面，新制定 3 件)."""
    depth = passage.depths[index]
    if depth:
        return next((passage.labels[at] for at in range(index - 1, -1, -1) if passage.depths[at] < depth), "")
    opening = _ASPECT.match(passage.head(index))
    return opening[1] if opening else ""


_ASPECT = lazy(r" *(?:[^,，;。:\d]{0,12}[,，])?([^,，;。:\d]{0,16})方面[,，:]")
_WRITTEN_BEHIND = lazy("(?:(?:行政|政府|部门)?(?:规范性文件|规章))?")
"""现行有效的 25 件行政规范性文件."""


def _is_of_requests(passage: Passage, head: str) -> bool:
    """Does it tell results, or what was carried in and on, so that it can only speak of requests?"""
    headed = is_under_their_heading(passage) and not says(head, "other_matters")
    return headed or is_of_results(passage) or ("carried" in passage.signs and is_account(passage.text))


_BARE = lazy(
    r"(?:(?:19|20)\d\d年度?|全年|本年度?|[我本全][局委办厅院镇乡站队]|本机关|行政(?:许可|处罚|强制|事业性收费)|(?:处理)?决定|数量|金额|分别|为|共|[,，、;:]"
    r"|\d[\d,.]*(?:件|宗|起|例|项|次|万?元)?)*"
)
"""2023年, 行政许可 129 件, 行政处罚 67 件: told of nothing but what was decided."""


def _sentence(passage: Passage, index: int) -> str:
    first, last = passage.bounds(passage.figures[index].start, passage.figures[index].end)
    return passage.text[first:last]
