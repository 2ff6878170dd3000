"""Lines → the period that a report is for, when it was published, and the form that it cites."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

from govstats.identity.passages import Line, Passages
from govstats.model.report import Period
from govstats.text.patterns import lazy

_DAY = r"(?P<{0}month>\d{{1,2}})(?:月|[./-])(?P<{0}day>\d{{1,2}})日?(?:[零〇\d]{{1,2}}(?:时|点|:00))?"
_TO = r"(?:起|开始|始)?[,、]?(?:截至|至|到|—|–|-|~|―)+"
_PERIOD = lazy(
    rf"(?P<year>20\d\d)(?:年度?|[./-]){_DAY.format('')}{_TO}(?:(?P<end_year>20\d\d)(?:年|[./-])|当年|同年)?{_DAY.format('end_')}"
)
_MONTHS = lazy(
    rf"(?P<year>20\d\d)年(?P<month>\d{{1,2}})月?(?:份)?{_TO}(?:(?P<end_year>20\d\d)年)?(?P<end_month>\d{{1,2}})月(?:份)?(?!\d)"
)
_SAID_OF_A_PERIOD = lazy(r"统计|期限|时限|报告期|所列|数据")
_BEFORE = 40
_DATE = lazy(r"(?P<year>20\d\d)\s*(?:年|[./-])\s*(?P<month>\d{1,2})\s*(?:月|[./-])\s*(?P<day>\d{1,2})")
_PUBLISHED = ("发布日期", "发布时间", "公开日期", "公开时间", "发文日期", "信息发布日期")
_WRITTEN = ("成文日期", "生成日期", "成文时间")
_FORM_BY = "国办公开办函"
_FORM = lazy(_FORM_BY + r"[^一-鿿\d]{0,2}(20\d\d)[^一-鿿\d]{1,2}(\d{1,3})号")


def period(lines: Iterable[Line]) -> Period | None:
    """The one period that is printed; None if there is none, or if there are two."""
    stated = dict.fromkeys(each for line in lines if "20" in line.text for each in _periods(line.text))
    return next(iter(stated)) if len(stated) == 1 else None


def _periods(text: str) -> Iterator[Period]:
    """Whole years, and whatever else is said to be the time that figures are for."""
    if not ("月" in text or "." in text or "-" in text or "/" in text):
        return
    for match in _MONTHS.finditer(text):
        months = _of_months(match)
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if months and (_is_whole(*months) or _SAID_OF_A_PERIOD.search(before)):
            yield months
    for match in _PERIOD.finditer(text):
        start = _day(match["year"], match["month"], match["day"])
        end = _day(match["end_year"] or match["year"], match["end_month"], match["end_day"])
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if start and end and start < end and (_is_whole(start, end) or _SAID_OF_A_PERIOD.search(before)):
            yield Period(start, end)


def _of_months(match: re.Match[str]) -> Period | None:
    """2022年12月至2023年11月, from the first day to the last."""
    start = _day(match["year"], match["month"], "1")
    year, month = int(match["end_year"] or match["year"]), int(match["end_month"])
    if start is None or not 1 <= month <= 12:
        return None
    end = date(year, month, monthrange(year, month)[1])
    return Period(start, end) if start < end else None


def _whole(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _is_whole(start: date, end: date) -> bool:
    return Period(start, end) == _whole(start.year)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def day_in(text: str) -> date | None:
    """The first date in a text."""
    match = _DATE.search(text)
    return _day(match["year"], match["month"], match["day"]) if match else None


def published(found: Passages, meta: str, signed: Iterable[date]) -> date | None:
    """发布日期, else 成文日期, else the date beside the signature; None where two disagree."""
    for labels in (_PUBLISHED, _WRITTEN):
        days = {day for day in _labelled(found, labels) if day}
        if days:
            return days.pop() if len(days) == 1 else None
    days = {day for day in [day_in(meta)] if day} or set(signed)
    return days.pop() if len(days) == 1 else None


def _labelled(found: Passages, labels: tuple[str, ...]) -> Iterator[date | None]:
    for label, value in found.fields:
        if label in labels:
            yield day_in(value)
    together = "\n".join([line.text for line in found.head])
    printed = [label for label in labels if label in together]
    for line in found.head if printed else ():
        if any(label in line.text for label in printed):
            for match in re.finditer(rf"(?:{'|'.join(labels)})\s*[:：]?\s*([^\s].{{0,20}})", line.spaced):
                yield day_in(match[1])


def form_cited(lines: Iterable[Line]) -> str | None:
    """国办公开办函〔2021〕30号, with its brackets as they should be; None if two are cited."""
    told = [line.text for line in lines if _FORM_BY in line.text]
    cited = {f"国办公开办函〔{match[1]}〕{match[2]}号" for text in told for match in _FORM.finditer(text)}
    return cited.pop() if len(cited) == 1 else None
