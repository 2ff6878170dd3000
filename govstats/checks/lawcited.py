"""Does the report cite the regulation as it was before its revision of 2019 (in force since 15 May 2019)?

Told are two things that the revised text itself decides: the decree (令第711号, no longer 令第492号 alone), and the
articles on annual reports (第四十九条 and 第五十条; 第三十一条 and 第三十二条 are on requests). Those of provinces have
articles of their own, 《条例》 may be short for another, and what looks back may name the old text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from govstats.checks.prose import finding_in_prose
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.document import Document, Paragraph
from govstats.model.finding import Finding
from govstats.text.patterns import lazy

RULES = ("D016",)

_SINCE = 2019
_TITLE = r"《(?:中华人民共和国)?政府信息公开条例》"
_OLD_DECREE = lazy(rf"{_TITLE}\(?(?:中华人民共和国)?国?(?:务院)?令(?:\(?20\d\d\)?)?第?492号")
_NEW_DECREE = lazy(r"711号|修订|修改|新条例|新《条例》")
_OLD_ARTICLE = lazy(
    r"(?P<law>{law})(?:\([^()]{{0,30}}\))?(?P<article>第三十[一二]条)(?!第|至|到|[-—~])".format(
        law=rf"{_TITLE}|《条例》"
    )
)
_IN_FORCE = lazy(r"第(?:四十九|五十)条")
_MADE_BY_IT = lazy(r"编[制写报]|撰写|制作|形成|公布|发布|公开|报告如下|汇报如下")
_OF_REPORTS = lazy(r"年度报告|年报|本报告")
_OF_REQUESTS = lazy(r"第三方|征求|收到申请|申请之日|受理申请|答复")
_LOOKING_BACK = lazy(r"原|旧|废止|2007年|2008年|历史|当时|此前|修订前|以来|起施行")
_SHORT = lazy(r"(?P<law>《[^《》]{2,40}》)[^《》。]{0,40}简称[“《]{0,2}(?:新|本)?《?条例")
_NATIONAL = lazy(_TITLE)


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    if report.several or report.year is None or report.year < _SINCE:
        return
    sentences = list(_sentences(report.document))
    if not any(_NEW_DECREE.search(each) for each in sentences):
        yield from (_told(each, match.span(), _DECREE) for each in sentences for match in _decrees(each))
    short = _short_for(sentences)
    for sentence in sentences:
        yield from (_told(sentence, match.span("article"), _ARTICLES) for match in _articles(sentence, short))


_DECREE = Text(
    "条例 2019 年由国务院令第711号修订，单写第492号指修订前的文本",
    "the regulation was revised in 2019 by decree 711; decree 492 alone is its text before that",
)
_ARTICLES = Text(
    "现行条例关于年度报告的是第四十九条、第五十条",
    "in the regulation in force, annual reports are in articles 49 and 50",
)


def _told(sentence: str, place: tuple[int, int], why: Text) -> Finding:
    return finding_in_prose("D016", sentence, [place], why, None)


def _decrees(sentence: str) -> Iterator[re.Match[str]]:
    if not _LOOKING_BACK.search(sentence):
        yield from _first(_OLD_DECREE.search(sentence))


def _articles(sentence: str, short: bool) -> Iterator[re.Match[str]]:
    """Articles that the sentence gives as those on annual reports."""
    if not _OF_REPORTS.search(sentence) or any(
        each.search(sentence) for each in (_IN_FORCE, _OF_REQUESTS, _LOOKING_BACK)
    ):
        return
    match = _OLD_ARTICLE.search(sentence)
    made = match is not None and _MADE_BY_IT.search(sentence, match.end())
    if match and made and (short or match["law"] != "《条例》"):
        yield match


def _first(match: re.Match[str] | None) -> Iterator[re.Match[str]]:
    if match:
        yield match


def _short_for(sentences: list[str]) -> bool:
    """Is 《条例》 said to be short for the national regulation, and for no other?"""
    laws = [match["law"] for sentence in sentences for match in _SHORT.finditer(sentence)]
    return bool(laws) and all(_NATIONAL.fullmatch(law) for law in laws)


def _sentences(document: Document) -> Iterator[str]:
    for block, text in zip(document.blocks, document.plain, strict=True):
        if "条" in text and isinstance(block, Paragraph):
            yield from (each for each in text.split("。") if "条" in each)
