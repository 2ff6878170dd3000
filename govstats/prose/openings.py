"""Passage → where its lists begin, and how: 其中, 按内容分, 在公开的信息中, a colon, a bracket."""

from __future__ import annotations

import re
from bisect import bisect_left

from govstats.prose.passages import Passage
from govstats.prose.words import finder, words
from govstats.text.patterns import lazy

MOST_PARTS = 60
"""A list has no more."""
_LONGEST_NOUN = 12
"""As far may a colon or bracket stand from the figure that it explains."""
_WHOLE_OF = lazy(
    r"(?:信息|文件|申请|结果|办件|结件|复件|公开件)(?:当)?中(?=[,，:]|[^,，。;]{0,40}\d)"
    r"|(?:^|(?<=[,，。;:]))[一-鿿]{0,4}(?:办理|处理|答复|申请)(?:结果|回复|情况)(?:为|是|中|:)"
    r"|(?<=[,，(])含(?=[一-鿿])(?!上|去|结转|[^,，。;]{0,6}结转)|\(含(?=[一-鿿]{2,10}\d)(?!上|去|结转)"
)
_ANALYSIS = "析"
"""统计分析 38 篇 begins no list by kind (按类别统计分)."""
_FAR = 400
"""As far may the words that begin a list stand from its first figure."""
IN_BRACKETS = lazy(r"\([^()]*\)")
_WORDS = ("introducers", "by_kind", "whole_of")


def openings(passage: Passage) -> dict[int, str]:
    """The figures that begin a list, and how: `words` (其中), `kinds` (按…分), `inside` (在…中), `marks` (a colon),
    `part` (新媒体中, behind its figure)."""
    found = {}
    if "(" in passage.text or ":" in passage.text:
        for first in range(1, len(passage.figures)):
            gap = passage.gaps[first]
            if ("(" in gap and _is_bracket(passage, first)) or (":" in gap and _is_colon(passage, first)):
                found[first] = "marks"
    if "中" in passage.text:
        found |= {at: "part" for at in range(2, len(passage.figures)) if _is_of_a_part_before(passage, at)}
    if passage.signs.isdisjoint(("list", "inside")):
        return found
    starts = [figure.start for figure in passage.figures]
    for match in _WHOLE_OF.finditer(passage.text) if "inside" in passage.signs else ():
        first = bisect_left(starts, match.end())
        if not _is_near(starts, first, match):
            continue
        if not set("。)") & set(IN_BRACKETS.sub("", passage.text[match.end() : starts[first]])):
            found[first] = "inside"
    for match in finder(*_WORDS).finditer(passage.text) if "list" in passage.signs else ():
        first = bisect_left(starts, match.end())
        if _is_near(starts, first, match) and not _is_cut(passage, match, first):
            if "(" in passage.gaps[first] and ")" not in passage.text[match.end() : starts[first]]:
                first = next(iter(bracket_s_own(passage, first)), first)  # 其中动态(含图片 13 张)476 条
            kinds = match[0] in words().by_kind and found.get(first) != "words"
            found[first] = found[first] if found.get(first) == "inside" else "kinds" if kinds else "words"
    return found


def _is_near(starts: list[int], first: int, match: re.Match[str]) -> bool:
    return first < len(starts) and starts[first] - match.end() <= _FAR


def _is_of_a_part_before(passage: Passage, first: int) -> bool:
    """微信 200 条，微信中原创 90 条; 新媒体 136 条。新媒体中，微信 45 条: does it name the last part, to divide it?"""
    match = _AMONG.search(passage.gaps[first]) if "中" in passage.gaps[first] else None
    return match is not None and len(match[1]) > 1 and passage.labels[first - 1].endswith(match[1])


_AMONG = lazy("[,，。;]([一-鿿]{2,8})(?:当)?中[,，:]?[^,，。;:]*$")


def _is_cut(passage: Passage, match: re.Match[str], first: int) -> bool:
    """Does the sentence, or the bracket that the word stands in, end before the figure (文件类(包括通知)9 条), does the
    word only say what is counted (包括图解在内的解读 15 条), or is `在所有` not followed by `中,`?"""
    between = passage.text[match.end() : passage.figures[first].start]
    if passage.text[: match.start()].endswith(_FURTHER):
        return True
    if between.startswith(_ANALYSIS) or "。" in between or ";" in between or "在内" in between:
        return True
    if ")" in between and ")" in IN_BRACKETS.sub("", between):
        return True
    return match[0] in words().whole_of and "中," not in between.replace("，", ",")


_FURTHER = ("还", "也")
"""另外, 还包括公告 29 条: more, and no parts of what stands before."""


def _is_bracket(passage: Passage, first: int) -> bool:
    return passage.gaps[first].find("(") <= _LONGEST_NOUN and passage.depths[first] > passage.depths[first - 1]


def _is_colon(passage: Passage, first: int) -> bool:
    before = passage.gaps[first].partition(":")[0]
    return len(before) <= _LONGEST_NOUN and not set(before) & set(",，;。、)")


def bracket_s_own(passage: Passage, first: int) -> tuple[int, ...]:
    """新媒体（微信 10 条、其他 21 条）31 条: the figure that the bracket's noun has behind it."""
    noun, bracket, _ = passage.gaps[first].rpartition("(")
    if not bracket or not noun[-1:].isalnum() or not passage.depths[first]:
        return ()
    behind = range(first + 1, min(first + MOST_PARTS, len(passage.figures)))
    index = next((at for at in behind if passage.depths[at] < passage.depths[first]), None)
    return (index,) if index and passage.gaps[index].endswith(")") else ()
