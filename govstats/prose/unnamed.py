"""Passages that speak of requests without their name: under a heading that has it, or by what only requests come to."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from govstats.prose.passages import Passage
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_HEADINGS = ("依申请公开", "依申請公開", "办理政府信息公开申请", "处理政府信息公开申请")
_RESULTS = lazy(
    "无法提供|不予处理|逾期[不未]补正|予以公开|部分公开|不予公开|其他处理|不再处理"
    "|不掌握|现成信息|补正后|行政执法案卷(?!评)|行政查询事项|信访(?:举报投诉|投诉举报)类|重复申请|反复申请|[三四]类(?:内部|过程)"
)
"""Results of the form, and those of its reasons that nothing else is refused for."""
_OF_OTHERS = frozenset(["予以公开", "部分公开", "不予公开", "其他处理"])
_DIVIDED = frozenset(["予以公开", "部分公开"])
_OF_DOCUMENTS = lazy("主动公开|文件|公文|发文|制作|制发|属性|复文|案件|合同|项目|目录|清单|审[查核]|条信息")
"""What else is made public, in part or not at all."""
_OF_PETITIONS = lazy("(?<!收到)(?<!受理)(?<!办理)(?<!处理)(?<!接到)信访(?:举报投诉|投诉举报)类?")
"""A row of the form, and no petitions."""
_OTHER_REQUESTS = lazy(
    "(?<=[\u4e00-\u9fff])(?<![的了对其依向经该此类件宗份起次条例项个于为到理复结收开息增交出诉报人织业构体民销网函面上下行有总部各有等和及与或且并已被受接办原新中后转入众年度月日期单正续前内场真线台站信寄送递口话径道式关位会所师时是])"
    "(?<!登记)申请(?![人表书材])"
)
"""低保申请, 补贴申请: for what else one may apply; 收到申请, 重复申请 say nothing of it."""
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


@lru_cache(maxsize=8)
def is_of_results(passage: Passage) -> bool:
    """Only requests come to such results: 全年答复 404 件, 其中无法提供 183 件; 办结 263 件, 其中其他处理 8 件; a
    result with its own reason (无法提供, 本机关不掌握); 予以公开和部分公开 9 件, where no documents are spoken of."""
    text = passage.text
    if not ("予" in text or "提供" in text or "分公开" in text or "补正" in text or "他处理" in text):
        return False
    found = list(_RESULTS.finditer(text))
    if not found or _is_muddled(passage):
        return False
    told, said = {match[0] for match in found}, text[: found[-1].end()]
    if says(_OF_PETITIONS.sub("", said), "other_matters") or is_of_other_requests(said):
        return False
    if len(told) >= _TWO and (not told <= _OF_OTHERS or (told >= _DIVIDED and not _OF_DOCUMENTS.search(said))):
        return True
    return _is_bare_account(passage) or is_bare(passage.labels[0], _OF_NOBODY_ELSE)


_OF_NOBODY_ELSE = ("无法提供", "不予处理")
"""全年无法提供 38 件: nothing but requests comes to that."""


def is_of_other_requests(said: str) -> bool:
    """受理低保申请 900 件: is it named what they apply for, and no information?"""
    return "申请" in said and _OTHER_REQUESTS.search(said) is not None


def is_of_applicants(sentence: str) -> bool:
    """自然人申请 431 件, 商业企业申请 50 件: does it tell who applied, as only the form divides them?"""
    columns = "自然人" in sentence and any(column in sentence for column in _COLUMNS)
    return columns and "申请" in sentence and not (says(sentence, "other_matters") or is_of_other_requests(sentence))


_COLUMNS = ("商业企业", "社会公益组织", "法律服务机构")


def _is_muddled(passage: Passage) -> bool:
    """…分别 …: a list of names in which nobody knows whose the figures are."""
    return any("分别" in gap and not passage.names[at] for at, gap in enumerate(passage.gaps[:-1]))


def _is_bare_account(passage: Passage) -> bool:
    """办结 263 件, 其中…; 无法提供的 34 件中…, 办结 263 件: does it begin so, or with a result of what is told then?"""
    first = passage.labels[0]
    return is_bare(first) or (_RESULTS.match(first) is not None and any(map(is_bare, passage.labels)))


def is_bare(label: str, verbs: tuple[str, ...] = ()) -> bool:
    """全年共答复: a verb of the account (or one of `verbs`), and nothing that it is done to."""
    return len(label) <= _LONGEST and _bare(verbs).fullmatch(label) is not None


@cache
def _bare(verbs: tuple[str, ...]) -> re.Pattern[str]:
    verb = one_of(verbs or words().account)
    when = r"(?:19|20)\d\d年度?|全年度?|年内|本年度?|今年|当年|[我本全][局委办厅院镇乡站队区县市]|本机关|我单位"
    how = "其中|共|共计|累计|合计|均|已|新|依法|按期|按时|总计|一共|作出|书面"
    return lazy(rf"(?:{when}|{how})*(?:{verb}){{1,2}}(?:申请|件|的|了|共|计|总|数|量|为|:)*")
