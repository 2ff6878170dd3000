"""Document → whose report it is, for which year. What the document does not say, or says in two ways, is None."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple, TypeVar

from govstats.document import Document
from govstats.text import plain

_YEAR = r"(?P<year>(?:19|20)\d{2})年(?:度)?"
_AGENCY = r"(?P<agency>[一-鿿()、·]{2,40}?)"
_KIND = r"(?:政府)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)"
_AGENCY_FIRST = re.compile(rf"{_AGENCY}(?:关于)?{_YEAR}{_KIND}")
_YEAR_FIRST = re.compile(rf"{_YEAR}(?P<agency>[一-鿿()、·]{{2,40}}?){_KIND}")
_PERIOD = re.compile(r"(?:自|从)?(?P<year>(?:19|20)\d{2})年1月1日(?:起)?(?:至|到|—|-)(?:(?P=year)年)?12月31日")
_LEAD = re.compile(r"^.*(?:现公布|现将|现予公布|公布|编制|发布|一图读懂|图解|关于|[:：,，。;；《》\"”“])")
_SIGNED = re.compile(r"[一-鿿()]{2,40}(?:政府|办公室|办公厅|局|委员会|厅|院|署|委|中心|处|街道办事处)")
_DATE = re.compile(r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日")
_TITLE_LENGTH = 60
_TOP = 12
"""Titles stand among the first paragraphs; further down, other reports are named."""

T = TypeVar("T", str, int)


class Identity(NamedTuple):
    """Agency in Simplified Chinese and year, each None if unknown."""

    agency: str | None
    year: int | None


def identify(document: Document) -> Identity:
    """Who reports, for which year: from titles first, then from sentences and signature, then the reporting period."""
    top = [document.meta.get("title", ""), *(paragraph.text for paragraph in document.paragraphs[:_TOP])]
    headings = [text for text in top if len(text) <= _TITLE_LENGTH]
    sentences = [text for text in top if len(text) > _TITLE_LENGTH]
    named = list(_titles(headings)) or list(_titles(sentences))
    lines = [plain(paragraph.text) for paragraph in document.paragraphs]
    year = _agreed(year for _, year in named) or _agreed(_periods(lines))
    agency = _agreed(agency for agency, _ in named if agency) or _agreed(_signatures(lines))
    return Identity(agency, year)


def _titles(texts: list[str]) -> Iterator[tuple[str, int]]:
    for text in texts:
        line = plain(text)
        for pattern in (_AGENCY_FIRST, _YEAR_FIRST):
            match = pattern.search(line)
            if match:
                yield _LEAD.sub("", match["agency"]), int(match["year"])
                break


def _agreed(votes: Iterable[T]) -> T | None:
    """The one that all agree on; None where nobody speaks, or two disagree."""
    different = set(votes)
    return different.pop() if len(different) == 1 else None


def _periods(lines: list[str]) -> Iterator[int]:
    for line in lines:
        for match in _PERIOD.finditer(line):
            yield int(match["year"])


def _signatures(lines: list[str]) -> Iterator[str]:
    """Lines with the name of a body, followed by a line with a date."""
    for name, date in pairwise(lines):
        if _SIGNED.fullmatch(name) and _DATE.fullmatch(date.strip("()")):
            yield name
