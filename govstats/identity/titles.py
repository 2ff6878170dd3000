"""A cleaned line → the titles in it: each an agency as printed and a year, either None."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from govstats.catalog.formats import known_formats
from govstats.identity.names import is_name, paired
from govstats.text.patterns import lazy

_YEAR = r"(?<!\d)20[0-3]\d(?!\d)"
_PUBLIC = r"(?:(?:政府|政务)?(?:信息|资讯)公开|政务公开)"
_KIND = lazy(
    rf"{_PUBLIC}(?:工作)?(?:{_YEAR})?[一-鿿()]{{0,12}}?(?:{_YEAR}年?(?:年?度)?)?(?:[一-鿿]{{0,6}}?报告|年报|[一-鿿]{{0,4}}?总结)"
)
_STATE = lazy(rf"{_PUBLIC}(?:工作)?(?:开展)?(?:有关|相关)?情况(?=$|[,。;:]|予以|进行|现|向社会|报告|汇报)")
_YEARS = lazy(rf"(?:{_YEAR})(?=年|度|政府|信息|政务|\)|$)")
_DATED = lazy(rf"\(?{_YEAR}(?:年(?:年?度)?|度)?\)?")
_DELIMITER = lazy(r"[《〈<>»«\"“”「『【】\[\]:;,。!|_/\\—–~-]")
_PUBLISHED = (
    r"公布|发布|(?<![务息])公开(?!办|领导|工作|平台|栏|专栏|指南|目录|网)|公示|编制(?!委)|编写|编报|撰写"
    r"|制作|汇编|汇总|综合(?!行政|执法|管理|保税|服务|检查|(?:改革|配套|创新)*(?:实验|试验|示范|开发)区)|梳理|形成|报来|报送|呈报"
)
_LEAD = lazy(rf".*(?:现就|(?:现|兹|下面|以下|今|谨|特)将|(?<!关于)(?:{_PUBLISHED})(?:了|完成|的|出)?)|^(?:印发|转发)")
_PICTURED = lazy(r".*(?:一图读懂|一图看懂|一图了解|图解|图说|图文|解读)")
_VERB = lazy(r"^(?:印发|公布|发布|报送|上报|呈报|转发|公开|公示|编制(?!委)|下发|本级|本机关|本单位)+")
_DAY = lazy(r"20\d\d年\d{1,2}月\d{1,2}日")
_RANGE = lazy(rf"{_YEAR}年?(?:度)?[-—–~至]{_YEAR}")
_SCHOOL_YEAR = lazy(r"20\d\d年?[-—–~至/]+20[0-3]\d年?(?:学年度?|年度学年)")
_SWAPPED = lazy(rf"({_YEAR})度年")
_SHORT_NAME = lazy(r"\([^()]{0,3}(?:简称|下称|统称)[^()]{0,40}\)")
_BULLET = lazy(r"^(?:[•·●○◆◇■□▪►▶※#*>|\-—]+|第[一二三四五六]篇:)+")
_NUMBER = lazy(r"^\d{1,2}[.、)](?=[一-鿿])")
_BULLETS = frozenset("•·●○◆◇■□▪►▶※#*>|-—第")
_LABELLED = frozenset("信文公资标名题")
_LABEL = lazy(r"^(?:信息|文件|公文|资源)?(?:标题|名称|题名|题目)[:：]?(?=.{8})")
_CREDITED = lazy(r"(?:来源|作者|编辑|供稿|浏览次数|字体|字号)[:：]$")
_ABOUT_REPORTS = lazy(r"做好|开展|组织(?!部)|加强|规范|进一步|督促|检查|征求|认真|要求")
_NOT_ITSELF = lazy(
    r"^[》”\"]?(?:的)?(?:编制|编写|编报|撰写|填报|报送|格式|模板|样本|范本|提纲|制度|有关|相关|检查|考核|评估|评价|意见|建议|反馈|征求|工作|发布工作|公布工作|质量|情况|的?要求|统计|表)"
)
_AFTER = lazy(r"^[(【]([^()【】]{2,40})[)】]")
_YEAR_AFTER = lazy(rf"^[(【]?({_YEAR})(?:年度?)?[)】]")
_AT_END = lazy(r"(?:关于|在|于|的|对|就|及|和)+$")
_WE = lazy(
    r"^(?:我|本)(?!溪)(?:省|市|县|区|州|盟|旗|镇|乡|街道|苏木|局|厅|委|办|院|校|中心|单位|机关|级|部门|队|会|站|所|处|大队|支队)"
)


class Title(NamedTuple):
    """What a title says. `agency` is as printed, and may be only a part of the name (市财政局).

    `announced`: a verb of publishing stands before it. `at_start`: nothing stands before it on its line.
    """

    agency: str | None
    year: int | None
    announced: bool = False
    at_start: bool = False


def prepared(line: str) -> str:
    """The line without bullets, labels and asides that give a short name; no school years."""
    if "简称" in line or "下称" in line or "统称" in line:
        line = _SHORT_NAME.sub("", line)
    if "学年" in line:
        line = _SCHOOL_YEAR.sub("", line)
    if "度年" in line:
        line = _SWAPPED.sub(r"\1年度", line)
    if line[:1].isdecimal():
        line = _NUMBER.sub("", line)
    if line[:1] in _BULLETS:
        line = _BULLET.sub("", line)
    return paired(_LABEL.sub("", line) if line[:1] in _LABELLED else line)


def titles(line: str) -> tuple[Title, ...]:
    """The titles of annual reports, and of forms of other statutes, in a line; notices about reports are none."""
    return _of_reports(line) or _of_others(
        line, tuple(name for form in known_formats().values() for name in form.titles)
    )


@lru_cache(maxsize=1024)
def _of_reports(line: str) -> tuple[Title, ...]:
    return tuple(_titles(prepared(line), _KIND)) if "公开" in line else ()


@lru_cache(maxsize=1024)
def _of_others(line: str, names: tuple[str, ...]) -> tuple[Title, ...]:
    return tuple(_titles(prepared(line), lazy("|".join(names)))) if names else ()


def stated(sentence: str) -> tuple[Title, ...]:
    """The same, and 〈agency〉〈year〉政府信息公开情况 where it is announced."""
    found = titles(sentence)
    if found or "情况" not in sentence or "公开" not in sentence:
        return found
    return tuple(_titles(prepared(sentence), _STATE))


def _titles(line: str, kinds: re.Pattern[str]) -> Iterator[Title]:
    begin = 0
    line = _DAY.sub("", line) if "日" in line else line
    for kind in kinds.finditer(line):
        found = _title(line[begin : kind.start()], kind[0], line[kind.end() :], begin == 0)
        begin = kind.end()
        if found and (found.agency or found.year):
            yield found


def _title(before: str, kind: str, after: str, first: bool) -> Title | None:
    subject = _PICTURED.sub("", _DELIMITER.split(before)[-1])
    bare = _LEAD.sub("", subject)
    if _NOT_ITSELF.match(after) or _ABOUT_REPORTS.search(bare) or _RANGE.search(before):
        return None
    announced = bare != subject
    if bare.endswith("人民") and kind.startswith("政府"):
        bare += "政府"
    years = {int(year) for text in (bare, kind) for year in _YEARS.findall(text)}
    behind = _YEAR_AFTER.match(after)
    if behind:
        years.add(int(behind[1]))
    agency = None if _CREDITED.search(before.removesuffix(subject)) else _named(_agency(bare), after)
    return Title(
        agency, years.pop() if len(years) == 1 else None, announced, first and not announced and before == subject
    )


def _named(agency: str | None, after: str) -> str | None:
    """The agency before the kind of the report, or in brackets behind it; None if there are two."""
    behind = _AFTER.match(after)
    second = behind[1] if behind and is_name(behind[1]) else None
    return None if agency and second and agency != second else agency or second


def _agency(subject: str) -> str | None:
    """盐城市大丰区 from 盐城市大丰区人民政府办公室关于印发盐城市大丰区2021年: what it is about, else who speaks."""
    speaker, about, topic = subject.rpartition("关于")
    named = _parts(_VERB.sub("", topic))
    if not named and about:
        named = _parts(speaker)
    return named[0] if len(named) == 1 and is_name(named[0]) else None


def _parts(text: str) -> list[str]:
    """What stands beside the year, without 我局 and 本级; 某海关2020年海关政府信息公开 names one body."""
    parts = [_AT_END.sub("", _WE.sub("", part.removeprefix("的"))) for part in _DATED.split(text)]
    return [part for part in parts if part and not any(part in other and part != other for other in parts)]
