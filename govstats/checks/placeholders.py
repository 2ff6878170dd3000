"""What a template asks for and nobody filled in: 请根据实际情况填写, ××年, {{ title }}."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from govstats.catalog.rules import get_rule
from govstats.checks._sections import sections
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.document import Document, Paragraph, Place
from govstats.model.finding import Finding
from govstats.model.report import Report
from govstats.model.wording import listed
from govstats.text.patterns import lazy

RULES = ("D009",)

_X = r"(?:(?<![×╳✕✖Ｘｘ])[×╳✕✖Ｘｘ]{2,}+|(?<![A-Za-z0-9])[Xx]{2,}+(?![A-Za-z0-9*]))"
_UNIT = (
    r"[省市县縣区區镇鎮乡鄉局厅廳件条條份次人年月日个個篇期场場]|单位|單位|部门|部門|机关|機關"
    r"|[项項](?!目)|办公室|辦公室|街道|人民政府|万元|萬元"
)
_INSTRUCTION = (
    r"[请請](?:各单位|各單位)?(?:根据|根據|按照|结合|結合|依据|依據)[^。，；\n]{0,8}[实實][际際](?:情况|情況)?[填写寫修改]{0,2}"
    r"|(?:根据|根據|按)[^。，；\n]{0,6}[实實][际際](?:情况|情況)(?:如[实實])?填[写寫报報]"
    r"|[请請](?:在此|在这里)[^。，；\n]{0,6}(?:填[写寫报報]|[输輸]入)|此[处處](?:[请請])?(?:填[写寫]|[输輸]入)"
)
_PLACEHOLDER = lazy(
    rf"(?P<instruction>{_INSTRUCTION})"
    rf"|(?P<braces>\{{\{{[^{{}}\n]{{1,60}}\}}\}}|\$\{{[^{{}}\n]{{1,60}}\}}|\{{%[^{{}}\n]{{1,60}}%\}})"
    rf"|(?P<year>(?<!\d)(?:20|２０)[×ＸXxｘ]{{1,2}}\s?年)"
    rf"|(?P<cross>{_X}\s?(?:{_UNIT}))"
    r"|(?P<line>(?<!_)_{2,}+\s?(?:[件条條份次年月日个個项項]|万元|萬元))"
)
_SIGNS = (
    *"填×╳✕✖Ｘｘ",
    "实际",
    "實際",
    "实際",
    "此处",
    "此處",
    "在此",
    "在这里",
    "XX",
    "xx",
    "20X",
    "20x",
    "{{",
    "${",
    "{%",
    "__",
)
"""Looked for first: a text without any of them has no placeholder, and most documents have few of them."""
_NO_FIGURE = lazy(
    r"(?:(?:共计?|累计|总计)(?:主动|新)?(?:公开|发布)(?:的|了|政府|政务|各类|网站|信息|数量|数|共|计){0,8}\s*"
    r"|(?:公开|发布|更新|公布|推送)(?:各类|政府|政务|网站|相关){0,3}信息(?:\s{1,9}|(?=条。)))[条篇](?=\s?[，。；,;])"
)
"""共主动公开信息条，其中…; 公开信息  条，…: a total that was never filled in."""
_MASKED = lazy(r"申[请請]人|原告|上[诉訴]人|某某|[电電][话話]|手[机機]|身份[证證]|[号號][码碼]|[诉訴]|案")
"""Persons and parties are masked with the same crosses."""
_CALLED = lazy("年度?[报報]告|年[报報]")
_TOP = 8
_NEAR = 20
_SHOWN = 24
_FEW = 8


def check(examined: Examined) -> Iterator[Finding]:
    if not _is_report(examined.report):
        return
    document = examined.report.document
    together = _together(document)
    signs = "|".join(re.escape(sign) for sign in _SIGNS if sign[-1] in together and sign in together)
    has_sign = lazy(signs).search
    found = (
        [each for text, line in _texts(document) if has_sign(text) for each in _placeholders(text, line)]
        if signs
        else []
    )
    found += [
        (match[0], each.line) for each in document.paragraphs for match in islice(_NO_FIGURE.finditer(each.text), _FEW)
    ]
    if not found:
        return
    quotes = tuple(dict.fromkeys(text for text, _ in found))
    fields = {"n": len(found), "texts": listed(Text(f"“{text}”", f"“{text}”") for text in quotes)}
    line = found[0][1]
    place = Place(0, line) if line and document.kind == "text" else None
    yield get_rule("D009").finding(fields, place=place, quotes=quotes)


def _is_report(report: Report) -> bool:
    """Has it a table, a heading of the form, or 年度报告 at its top? Of anything else D001 says all that there is."""
    if report.tables or sections(report.document):
        return True
    return any(_CALLED.search(paragraph.text) for paragraph in report.document.paragraphs[:_TOP])


def _together(document: Document) -> str:
    """All texts in one, to look for signs in."""
    return "\n".join([document.text, *["\n".join(row.texts) for grid in document.grids for row in grid.rows]])


def _texts(document: Document) -> Iterator[tuple[str, int]]:
    """Paragraphs and cells, each with its line."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.line
        else:
            yield from ((text, row.line) for row in block.rows for text in dict.fromkeys(row.texts) if len(text) > 3)


def _placeholders(text: str, line: int) -> Iterator[tuple[str, int]]:
    for match in _PLACEHOLDER.finditer(text):
        around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if match.lastgroup != "cross" or not _MASKED.search(around):
            yield " ".join(match[0].split())[:_SHOWN], line
