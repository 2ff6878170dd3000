"""Passages that speak of requests without their name: under a heading that has it, or by what only requests come to."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from govstats.prose.passages import Passage
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_HEADINGS = ("依申请公开", "依申請公開", "办理政府信息公开申请", "处理政府信息公开申请")
_RESULTS = lazy("无法提供|不予处理|逾期[不未]补正|予以公开|部分公开|不予公开|其他处理")
_OF_OTHERS = frozenset(["予以公开", "部分公开", "不予公开", "其他处理"])
_TWO = 2
_LONGEST = 32


def is_of_unnamed_requests(passage: Passage) -> bool:
    """Can it only speak of requests, though nobody calls them so?"""
    return is_under_their_heading(passage) or is_of_results(passage)


def is_under_their_heading(passage: Passage) -> bool:
    """（二）依申请公开情况, in a line of its own above."""
    return passage.heading != "" and _has_their_name(passage.heading)


@lru_cache(maxsize=64)
def _has_their_name(heading: str) -> bool:
    return any(name in heading for name in _HEADINGS)


def is_of_results(passage: Passage) -> bool:
    """Only requests come to such results: 全年答复 404 件, 其中无法提供 183 件; 办结 263 件, 其中其他处理 8 件."""
    text = passage.text
    if not ("予" in text or "提供" in text or "分公开" in text or "补正" in text or "他处理" in text):
        return False
    found = list(_RESULTS.finditer(text))
    told = {match[0] for match in found}
    if not told or "分别" in passage.text or says(passage.text[: found[-1].end()], "other_matters"):
        return False
    return (len(told) >= _TWO and not told <= _OF_OTHERS) or _is_bare_account(passage)


def _is_bare_account(passage: Passage) -> bool:
    """办结 263 件, 其中…; 无法提供的 34 件中…, 办结 263 件: does it begin so, or with a result of what is told then?"""
    first = passage.labels[0]
    return is_bare(first) or (_RESULTS.match(first) is not None and any(map(is_bare, passage.labels)))


def is_bare(label: str) -> bool:
    """全年共答复: a verb of the account, and nothing that it is done to."""
    return len(label) <= _LONGEST and _bare().fullmatch(label) is not None


@cache
def _bare() -> re.Pattern[str]:
    verbs = one_of(words().account)
    when = r"(?:19|20)\d\d年度?|全年度?|年内|本年度?|今年|当年|[我本全][局委办厅院镇乡站队区县市]|本机关|我单位"
    how = "其中|共|共计|累计|合计|均|已|新|依法|按期|按时|总计|一共|作出|书面"
    return lazy(rf"(?:{when}|{how})*(?:{verbs}){{1,2}}(?:申请|件|的|了|共|计|总|数|量|为|:)*")
