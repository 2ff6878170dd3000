"""The six sections of the 2021 form: those of prose (一, 五, 六) are there and say something.

Of 二, 三 and 四 their tables are missed by D002.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from govstats.catalog.rules import get_rule
from govstats.checks._sections import Block, Section, sections
from govstats.diagnosis.examine import Examined
from govstats.identity.names import is_name
from govstats.lang import Text
from govstats.model.document import Document, Paragraph
from govstats.model.finding import Finding
from govstats.model.wording import listed
from govstats.text.labels import plain
from govstats.text.patterns import lazy

RULES = ("D010",)

_FORM = "national-2021"
_NAMES = {
    1: Text("一、总体情况", "section 1, general situation"),
    5: Text("五、存在的主要问题及改进情况", "section 5, main problems and improvements"),
    6: Text("六、其他需要报告的事项", "section 6, other matters"),
}
_ENOUGH = 4
"""Headings of six: with fewer the page has lost them, or is a part of a report."""
_EMPTY = lazy(r"[\W_]*(?:此处略|从略|略|待补充|待填|暂缺)?[\W_]*")
_NOTHING = lazy(r"[\W_]*(?:无|没有|暂无|无内容|此处略|从略|略|待补充|待填|暂缺)?[\W_]*")
_LABELS = (
    r"上一[篇条页]|下一[篇条页]|来源|(?:责任)?编辑|审核|审校|作者|附件\d{0,2}|附表|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:数|量|次数)?"
    r"|字体|字号|发布(?:时间|日期|机构|单位)|主办(?:单位)?|承办(?:单位)?|协办(?:单位)?|版权(?:所有)?|(?:联系|咨询)?电话|地址|邮编"
    r"|网站标识码|一图读懂|相关(?:链接|文档|解读|文件|新闻|信息|附件|报道|阅读)"
)
"""What a page prints before a colon or an ordinal: 来源：…, 附件1：…"""
_BUTTONS = (
    r"打印(?:本页|此页|文章)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|上一?页|列表)?|收藏(?:本页|本站)?|分享(?:到|至)?.{0,12}"
    r"|[大中小]+|网站地图|联系我们|关于我们|二维码|扫一扫.{0,20}|相关(?:链接|文档|解读|文件|新闻|信息|附件|报道|阅读)|附件\d{0,2}"
    r"|版权所有.*|.{0,3}ICP备.*|.*公网安备.*|网站标识码.*|(?:主办|承办)(?:单位)?.{2,30}(?:办公室|政府|局|中心)"
)
_FURNITURE = lazy(rf"(?:{_LABELS})[:、.].*|(?:{_BUTTONS})")
"""A line, or a piece of one, that a page puts below a report. Whatever else it names, a sentence is a sentence."""
_PIECES = lazy(r"[\s|()\[\]【】<>《》]+")
_DATE = lazy(r"\(?20\d\d年\d{1,2}月\d{1,2}日\)?")
_OTHER_MATTERS = lazy("处理费|處理費|其[他它]需要|其[他它][报報]告|需要[报報]告")
_PROSE = 10
_SHORT = 40


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    if report.format != _FORM or report.several:
        return
    found = sections(report.document)
    there = {section.number for section in found}
    if len(there) < _ENOUGH or not there & {5, 6}:
        return
    missing = [number for number in _NAMES if number not in there and _is_missing(number, found, report.document)]
    empty = [number for number in _NAMES if number in there and not _says_something(number, found)]
    if missing or empty:
        quotes = tuple(_NAMES[number].zh for number in (*missing, *empty))
        yield get_rule("D010").finding({"sections": listed(_told(missing, empty))}, quotes=quotes)


def _told(missing: list[int], empty: list[int]) -> Iterator[Text]:
    for number, name in _NAMES.items():
        if number in missing:
            yield Text(f"“{name.zh}”没有", f"{name.en}, is missing")
        elif number in empty:
            yield Text(f"“{name.zh}”没有内容", f"{name.en}, says nothing")


def _is_missing(number: int, found: list[Section], document: Document) -> bool:
    """Is the section gone, and not only its heading? What it says would stand between its neighbours."""
    there = {section.number for section in found}
    if number == 1:
        return not _has_prose(document.blocks[: found[0].position])
    if number == 5:
        return {4, 6} <= there and not any(_has_prose(s.blocks) for s in found if s.number == 4)
    last = [block for section in found if section.number == 5 for block in section.blocks]
    return {1, 3, 4, 5} <= there and not any(_OTHER_MATTERS.search(b.text) for b in last if isinstance(b, Paragraph))


def _has_prose(blocks: Iterable[Block]) -> bool:
    return any(isinstance(block, Paragraph) and len(block.text) > _PROSE and "。" in block.text for block in blocks)


def _says_something(number: int, found: list[Section]) -> bool:
    """Does the section say something, wherever it is printed? 无 is an answer, but not of 总体情况."""
    nothing = _NOTHING if number == 1 else _EMPTY
    return any(_says(section, nothing) for section in found if section.number == number)


def _says(section: Section, nothing: re.Pattern[str]) -> bool:
    if not nothing.fullmatch(plain(section.beside)):
        return True
    return any(not isinstance(block, Paragraph) or _is_said(block.text, nothing) for block in section.blocks)


def _is_said(text: str, nothing: re.Pattern[str]) -> bool:
    """Words of the report, not its signature, nor what a page puts below it."""
    if len(text) > _SHORT:
        return True
    line = plain(text)
    return not (nothing.fullmatch(line) or _DATE.fullmatch(line) or is_name(line) or _is_furniture(text, line))


def _is_furniture(text: str, line: str) -> bool:
    """Is it nothing but what a page prints around a text: 【打印】 【关闭】, 来源：办公室?"""
    if _FURNITURE.fullmatch(line):
        return True
    pieces = [plain(piece) for piece in _PIECES.split(text) if plain(piece)]
    return all(_FURNITURE.fullmatch(piece) for piece in pieces)
