"""Was the report published by its legal day? Told only where nothing printed could mean that it was.

县级以上人民政府部门 publish theirs by 31 January, the governments themselves by 31 March (《条例》第四十九条, since
the revision of 2019). A page's own date may be that of a later day on which the page was moved, so it is a hint at
most; the day of the signature, or of making, is the report's. A department is one by the field in its name (教育局);
a bureau of another kind (供电局) may be none. Where any other day is printed that is in time, be it in
the address, nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from govstats.catalog.formats import get_format
from govstats.catalog.rules import get_rule
from govstats.diagnosis.examine import Examined
from govstats.identity.names import is_of_a_field
from govstats.lang import Text
from govstats.model.document import Document, Paragraph
from govstats.model.finding import Finding
from govstats.model.report import Report
from govstats.text.labels import plain, plain_lines
from govstats.text.patterns import lazy

RULES = ("D014",)

_SINCE = 2019
_OF_A_ZONE = lazy(r"新区|高新|开发区|经开|园区|度假区|保税|示范区|管理区|实验区|合作区|管委")
_GOVERNMENTS = ("government", "office")
_DAY = lazy(r"(20\d\d)(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})")
_IN_WORDS = lazy(r"[二2][〇○零0][一二三四五六七八九〇○零]{2}年[一二三四五六七八九十]{1,2}月")
_IN_ADDRESS = lazy(r"(?<!\d)(20\d\d)(?:[-/_](1[0-2]|[1-9])(?=[-/_])|[-/_]?(0[1-9]|1[0-2])(?:[-/_]?[0-3]\d)?(?!\d))")
_SIGNED = lazy(r"\(?20\d\d年\d{1,2}月\d{1,2}日\)?")
_MADE = lazy(r"成文(?:日期|时间)")
_AGAIN = lazy(r"更正|修订版|修订稿|重新(?:发布|公布|公开|上传)|补发|补充发布|更新版")
_TAIL = 30
_HEAD = 40
_HOLIDAYS = timedelta(days=7)
"""The legal day may be a holiday, such as the Spring Festival of 2022: what comes within so many days is in time."""
_HINTED = timedelta(days=60)
"""Behind the legal day a page's own date is likely enough the first one for so long."""
_DEPARTMENTS = Text("县级以上人民政府部门", "departments of governments from the county up")
_OF_PLACES = Text("县级以上地方人民政府", "local governments from the county up")


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    duty = _duty(report)
    day = report.published
    if duty is None or day is None or day.year != duty[1].year or day <= duty[1] or _may_be_earlier(report, duty[1]):
        return
    whose, due = duty
    if day - due <= _HOLIDAYS:
        return
    is_own = _is_own(report.document, day)
    if is_own or day - due <= _HINTED:
        yield get_rule("D014").finding(
            {"day": _told(day), "due": _told(due), "whose": whose, "which": _OWN if is_own else _PAGE},
            lesser=not is_own,
            quotes=(str(day),),
        )


_OWN = Text("报告落款（成文）的日期是", "the report is dated")
_PAGE = Text("页面的发布日期是", "its page is dated")


def _told(day: date) -> Text:
    return Text(f"{day.year} 年 {day.month} 月 {day.day} 日", str(day))


def _duty(report: Report) -> tuple[Text, date] | None:
    """Whose duty it is, and until which day; None where nobody can tell, or where the article says nothing."""
    years = {named.year for named in report.years_named}
    if report.several or report.year is None or report.year < _SINCE or len(years) > 1 or _is_another(report):
        return None
    name = plain(report.agency or "")
    if report.body == "department" and is_of_a_field(name) and not _OF_A_ZONE.search(name):
        return _DEPARTMENTS, date(report.year + 1, 1, 31)
    if report.body in _GOVERNMENTS and not _OF_A_ZONE.search(name):
        return _OF_PLACES, date(report.year + 1, 3, 31)
    return None


def _is_another(report: Report) -> bool:
    """Is it no report on disclosure, but a form of another statute?"""
    return report.format is not None and bool(get_format(report.format).titles)


def _may_be_earlier(report: Report, due: date) -> bool:
    """Is a day in time printed anywhere, or in the address; a day in words; or is this a report published again?"""
    document = "\n".join(report.document.plain)
    if _AGAIN.search(document) or _IN_WORDS.search(document):
        return True
    days = [
        *_DAY.findall(document),
        *((year, short or long, "1") for year, short, long in _IN_ADDRESS.findall(report.path)),
    ]
    return any((due.year, 1, 1) <= tuple(map(int, each)) <= (due.year, due.month, due.day) for each in days)


def _is_own(document: Document, day: date) -> bool:
    """Is the day that of the signature or of making?"""
    printed = document.paragraphs
    signed = [line for line in _lines(printed[-_TAIL:]) if _SIGNED.fullmatch(line)]
    labelled = [line for line in _lines(printed[:_HEAD]) if _MADE.search(line)]
    return any(
        tuple(map(int, each)) == (day.year, day.month, day.day) for each in _DAY.findall("\n".join(signed + labelled))
    )


def _lines(paragraphs: list[Paragraph]) -> list[str]:
    return plain_lines(paragraph.text for paragraph in paragraphs).split("\n")
