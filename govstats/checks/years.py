"""Title, reporting period and body should name one year; the period is all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from govstats.catalog.rules import get_rule
from govstats.checks._otherwise import other_rule
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.document import Place
from govstats.model.finding import Finding
from govstats.model.report import Named, Period, Report
from govstats.model.wording import listed
from govstats.text.labels import plain
from govstats.text.patterns import lazy

RULES = ("D008",)


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    if other_rule(report):
        return
    named = report.years_named
    if len({each.year for each in named}) > 1:
        other = next(each for each in named if each.year != named[0].year)
        place = Place(0, other.line) if other.line and report.document.kind == "text" else None
        quotes = tuple(str(year) for year in sorted({each.year for each in named}))
        yield get_rule("D008").finding({"years": listed(map(_of_part, named))}, place=place, quotes=quotes)
    elif report.period is not None and not (_is_as_due(report.period) or _is_of_a_part(report, report.period)):
        parts = [*map(_of_part, named), _of_span(report.period)]
        quotes = tuple(str(day) for day in report.period)
        yield get_rule("D008").finding({"years": listed(parts)}, quotes=quotes)


def _is_as_due(period: Period) -> bool:
    """The whole year; of 2008 the part in which the regulation was in force; a school year, by which colleges count."""
    school_year = (period.start.month, period.end.month) == (9, 8)
    return period.is_whole_year or school_year or period == _FIRST


def _is_of_a_part(report: Report, period: Period) -> bool:
    """A body that began or ended in this year reports for its part of it, and says so before its first section."""
    opening = report.document.text[:_OPENING]
    return period.year is not None and _BEGUN_OR_ENDED.search(plain(opening.partition(_AFTER)[0])) is not None


_BEGUN_OR_ENDED = lazy(
    r"成立|组建|挂牌|揭牌|设立|设置|新设|合并|撤销|撤并|撤[乡镇县]|并入|划入|划转|更名|机构改革|改制|转隶|正式运行"
)
_OPENING = 1500
_AFTER = "总体情况\n"
_FIRST = Period(date(2008, 5, 1), date(2008, 12, 31))


def _of_part(named: Named) -> Text:
    return Text(f"{named.part.zh} {named.year} 年", f"{named.part.en} {named.year}")


def _of_span(period: Period) -> Text:
    start, end = period
    days = "至".join(f" {day.year} 年 {day.month} 月 {day.day} 日" for day in period)
    return Text(
        f"统计期限{days}，不是一整年",
        f"the reporting period {start} to {end}, which is not one whole year",
    )
