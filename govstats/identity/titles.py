"""A cleaned line → the titles in it: each an agency as printed and a year, either None."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from govstats.identity.names import is_name

_YEAR = r"(?<!\d)20[0-3]\d(?!\d)"
_KIND = re.compile(
    rf"(?:(?:政府)?(?:信息|资讯)公开|政务公开)(?:工作)?(?:{_YEAR})?[一-鿿()]{{0,12}}?(?:{_YEAR}年?(?:年?度)?)?(?:[一-鿿]{{0,6}}?报告|年报|[一-鿿]{{0,4}}?总结)"
)
_YEARS = re.compile(rf"(?:{_YEAR})(?=年|度|政府|信息|政务|\)|$)")
_DATED = re.compile(rf"\(?{_YEAR}(?:年(?:年?度)?|度)?\)?")
_DELIMITER = re.compile(r"[《〈<>»«\"“”「『【】\[\]:;,。!|_/\\—–~-]")
_LEAD = re.compile(
    r".*(?:现将|现予?以?公布|现予?以?发布|现公开|特公布|特编制|现编制|编制了|公布了|发布了|兹公布|一图读懂|一图看懂|一图了解|图解|图说|图文|解读)|^(?:公布|发布|印发|转发|公示|编制(?!委))"
)
_VERB = re.compile(r"^(?:印发|公布|发布|报送|上报|呈报|转发|公开|公示|编制(?!委)|下发)+")
_DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日")
_RANGE = re.compile(rf"{_YEAR}年?(?:度)?[-—–~至]{_YEAR}")
_CREDITED = re.compile(r"(?:来源|作者|编辑|供稿|浏览次数|字体|字号)[:：]$")
_ABOUT_REPORTS = re.compile(r"做好|开展|组织|加强|规范|进一步|督促|检查|征求|认真|要求")
_NOT_ITSELF = re.compile(
    r"^[》”\"]?(?:的)?(?:编制|编写|编报|撰写|填报|报送|格式|模板|样本|范本|提纲|有关|相关|检查|考核|评估|评价|意见|建议|反馈|征求|工作|发布工作|公布工作|质量|情况|的?要求|统计|表)"
)
_AFTER = re.compile(r"^[(【]([^()【】]{2,40})[)】]")
_YEAR_AFTER = re.compile(rf"^[(【]?({_YEAR})(?:年度?)?[)】]")


class Title(NamedTuple):
    """What a title says. `agency` is as printed, and may be only a part of the name (市财政局)."""

    agency: str | None
    year: int | None


@lru_cache(maxsize=1024)
def titles(line: str) -> tuple[Title, ...]:
    """The titles of annual reports in a line; notices about such reports are none."""
    return tuple(_titles(line))


def _titles(line: str) -> Iterator[Title]:
    begin = 0
    line = _DAY.sub("", line)
    for kind in _KIND.finditer(line):
        found = _title(line[begin : kind.start()], kind[0], line[kind.end() :])
        begin = kind.end()
        if found and found != (None, None):
            yield found


def _title(before: str, kind: str, after: str) -> Title | None:
    subject = _DELIMITER.split(before)[-1]
    if _NOT_ITSELF.match(after) or _ABOUT_REPORTS.search(subject) or "学年" in before + kind or _RANGE.search(before):
        return None
    if subject.endswith("人民") and kind.startswith("政府"):
        subject += "政府"
    years = {int(year) for text in (subject, kind) for year in _YEARS.findall(text)}
    behind = _YEAR_AFTER.match(after)
    if behind:
        years.add(int(behind[1]))
    agency = None if _CREDITED.search(before.removesuffix(subject)) else _named(_agency(subject), after)
    return Title(agency, years.pop() if len(years) == 1 else None)


def _named(agency: str | None, after: str) -> str | None:
    """The agency before the kind of the report, or in brackets behind it; None if there are two."""
    behind = _AFTER.match(after)
    second = behind[1] if behind and is_name(behind[1]) else None
    return None if agency and second and agency != second else agency or second


def _agency(subject: str) -> str | None:
    """盐城市大丰区 from 盐城市大丰区人民政府办公室关于印发盐城市大丰区2021年: what it is about, else who speaks."""
    speaker, about, topic = _LEAD.sub("", subject).rpartition("关于")
    named = [part for part in _DATED.split(_VERB.sub("", topic)) if part]
    if not named and about:
        named = [part for part in _DATED.split(speaker) if part]
    return named[0] if len(named) == 1 and is_name(named[0]) else None
