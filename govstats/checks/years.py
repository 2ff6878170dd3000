"""Title, reporting period and body should name one year; the period is all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

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
    elif named and (left := _left_over(report, named[0].year) or _of_another_year(report, named[0].year)):
        parts = [_of_part(named[0]), Text(f"正文写“{left.said}”", f"the body says “{left.said}”")]
        place = Place(0, left.line) if report.document.kind == "text" else None
        yield get_rule("D008").finding(
            {"years": listed(parts)}, lesser=not left.alone, place=place, quotes=(left.said,)
        )


class _Left(NamedTuple):
    """A sentence of another year, up to its first figure, and its line. `alone`: its paragraph speaks of no other
    year, so that it tells nothing of this one."""

    said: str
    line: int
    alone: bool


def _left_over(report: Report, year: int) -> _Left | None:
    """2021年我局共受理申请 0 件 in a report of 2022: a sentence that tells what the body itself did in an earlier year,
    or in all of the next, and names no other, was most likely left in; perhaps, if it names no body (2021年共受理 0
    件). One that compares, carries over or speaks of plans was not."""
    earlier = {str(each) for each in range(year - _BACK, year)} | {str(year + 1)}
    if not any(f"{each}年" in report.document.text for each in earlier):
        return None
    deeds: set[str | None] | None = None
    for paragraph in report.document.paragraphs:
        text = plain(paragraph.text)
        if not any(f"{each}年" in text for each in earlier):
            continue
        for sentence in _ENDS.split(text):
            named = _DONE.match(sentence)
            match = named or _UNNAMED.match(sentence)
            said = sentence.replace(f"{year + 1}年以来", "")
            if not match or match["year"] not in earlier:
                continue
            if str(year) in said or _OF_OTHER_TIMES.search(said):
                continue
            besides = text.replace(match[0], "")
            deeds = _deeds(report, year) if deeds is None else deeds
            compared = int(match["year"]) < year and match["did"] in deeds
            alone = not (compared or any(word in besides for word in (str(year), *_THIS_YEAR)))
            if named is None and alone:
                return _Left(match[0], paragraph.line, alone=False)
            if named is not None and (int(match["year"]) < year or "全年" in match[0]):
                return _Left(match[0], paragraph.line, alone)
    return None


def _of_another_year(report: Report, year: int) -> _Left | None:
    """本年报是2024年度政府信息公开年度报告 in that of 2025; 截至2087年底, which no report of 2018 can know."""
    for paragraph in report.document.paragraphs:
        if not any(sign in paragraph.text for sign in _SAYS_ITS_YEAR):
            continue
        text = plain(paragraph.text)
        match = next((each for each in _OF_ITSELF.finditer(text) if int(each["year"]) != year), None)
        match = match or next((each for each in _UNTIL.finditer(text) if int(each["year"]) > year), None)
        if match:
            return _Left(match[0], paragraph.line, alone=False)
    return None


_SAYS_ITS_YEAR = ("截至", "截止", "本年报", "本年報", "本报告", "本報告", "本年度报告", "本年度報告")
_OF_ITSELF = lazy(
    r"本(?:年报|报告|年度报告)(?:是|系|为)[^,。;:《\d]{0,24}(?P<year>20\d\d)年度?(?:政府|政务)信息公开(?:工作)?(?:年度)?(?:报告|年报)"
)
_UNTIL = lazy(r"(?<!将)(?<!计划)(?<!力争)截[至止]到?(?P<year>20\d\d)年(?:度?年?底|12月31日)")


def _deeds(report: Report, year: int) -> set[str | None]:
    """2021年我局公开 57 条。 2022年我局公开 60 条。: what is told of the report's own year, for comparison."""
    texts = (plain(each.text) for each in report.document.paragraphs if f"{year}年" in each.text)
    found = (_DONE.match(sentence) or _UNNAMED.match(sentence) for text in texts for sentence in _ENDS.split(text))
    return {match["did"] for match in found if match is not None and match["year"] == str(year)}


_THIS_YEAR = ("本年", "今年", "全年", "上年", "去年")
_BACK = 3
_ENDS = lazy("[。;:]")
_OWN = "(?:我|本)(?:单位|机关|部门|中心|街道|学校|[局委办厅院县乡镇市区州旗所站队校])"
_DID = "(?P<did>公开(?!指南|目录|条例|制度)|公布|发布|收到|接到|接收|受理|制发|制定|制作|办理|答复|回应|作出)"
_OWN_FIGURE = r"[^,。;\d中]{0,12}(?:信息|申请|件数|条数|数量|总数)(?:一?共|[总合]?计|有|为|是|达)*\d"
"""受理的申请共 60 件; 制定的 3 件文件, 答复的申请中有 2 件 are what the sentence goes on to speak of."""
_NUMBERED = r"\s*(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．是,:]{1,2}){0,3}"
_SO_MANY = rf"(?:(?!的)|的(?={_OWN_FIGURE}))[^,。;\d]{{0,24}}(?<!的)\d+[件条份篇个次项宗]?"
_DONE = lazy(
    rf"{_NUMBERED}(?P<own>{_OWN}|分局)?"
    rf"(?:截[至止]到?)?(?P<year>20\d\d)年(?:度|全年|12月31日|年?底)?[,]?(?(own)|{_OWN})(?:[^,。;\d]{{0,40}}[,])?"
    rf"[^,。;\d]{{0,40}}{_DID}{_SO_MANY}"
)
_CALLED = "[省市州县区旗镇乡街][一-鿿]{0,10}?(?:局|委|办|中心|政府|街道|办事处)"
"""2019年度，县卫生局公开 87 条: by its name, or another's."""
_UNNAMED = lazy(
    rf"{_NUMBERED}(?P<year>20\d\d)年(?:度|全年|以来)?[,]?(?:累计|[一总]?共|全年)?(?:主动|新|{_OWN}|{_CALLED})?(?:共|累计)?(?:主动)?"
    rf"(?:{_DID}{_SO_MANY}|(?:未收到|没有收到|未接到|无)[^,。;\d]{{0,8}}申请)"
)
_OF_OTHER_TIMES = lazy(
    "比|较|将|拟|增长|下降|增加|减少|上年|去年|今年|本年|年报|年度报告|工作报告|预算|决算|计划|以来|起|结转|转入|获得|荣获|获评|评为|测评|考评|考核|累计至|时间|期间"
)


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
