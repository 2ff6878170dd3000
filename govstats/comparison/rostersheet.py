"""A roster as people keep it (.csv, .xlsx, .xls, .ods) → its lines by column; titles above the header do not matter."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from govstats.errors import ReadError, UsageError
from govstats.identity.names import is_name
from govstats.lang import Text
from govstats.model.document import Grid
from govstats.readers import excel
from govstats.text.labels import plain

HEADERS = {
    "unit": "单位 单位名称 单位全称 机关 机关名称 行政机关 部门 部门名称 填报单位 报送单位 报告单位 公开主体 "
    "责任单位 机构名称 名称 unit agency name",
    "parent": "上级 上级单位 上级机关 上级部门 上级主管部门 主管部门 主管单位 主管机关 隶属单位 隶属 汇总单位 parent",
    "aliases": "别名 曾用名 简称 其他名称 原名称 原名 又名 aliases",
    "level": "级别 层级 行政层级 行政级别 单位级别 单位层级 level",
    "place": "地区 所在地 所在地区 行政区划 区划 属地 所属地区 县区 区县 place",
    "body": "机关类别 类别 单位类别 单位性质 性质 类型 单位类型 管理体制 管理方式 body",
    "due": "是否报送 是否填报 是否纳入 是否应报 应报 due",
}
"""Column → what its header may be called."""
_NAMED = {name: column for column, names in HEADERS.items() for name in names.split()}
_DELIMITERS = (",", "\t", ";", "，")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TITLES = 10
"""So many lines may stand above the header."""
_CLOSING = re.compile(
    r"[合总小共]计|共\d+[家个]|(?:填表|填报|制表|报送|审核|负责|联系|经办)(?:人|时间|日期|电话)|(?:备?注|说明|附注?)\d*[:.、]"
)
"""How a line begins that names no unit: sums, notes, who made the sheet and when."""
_ASIDE = re.compile(r"\([^()]*\)")
_ALIKE = {
    "due": re.compile(r"^是否.{0,4}[报纳]"),
    "parent": re.compile(r"上级|主管(?!领导|人)|隶属"),
    "aliases": re.compile(r"曾用名|别名|简称"),
    "unit": re.compile(
        r"(?:单位|机关|机构|部门)(?:名称|全称)|^(?:报送|填报|公开|责任|编制)?(?:单位|机关|部门|乡镇)(?![^、])"
    ),
}
"""Column → how its header reads where it is none of those in HEADERS; tried in this order."""
_BESIDE = re.compile(
    r"^$|序号|编号|^no\b|备注|说明|联系|电话|手机|邮箱|网址|地址|负责|经办|领导|人员|代码|日期|时间|期限|链接|栏目|情况|要求"
)
"""What people keep beside the names. Beside anything else a column that looks like a parent's may be mistyped."""
_ORDINAL = re.compile(r"^(?:\(\d{1,3}\)|\d{1,3}[.、)])\s*")
_HEADING = re.compile(r"^[(]?[一二三四五六七八九十]{1,3}[)、.]")
_OTHER_FILES = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG")

Line = tuple[int, list[str]]


def rows_of(data: bytes, source: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines below the header, numbered as in the sheet, by column; empty ones and headings between are skipped. A
    list of names alone needs no header. Raises UsageError."""
    lines = list(_workbook(data, source) if data.startswith(_WORKBOOKS) else _text_lines(data, source))
    at = next((at for at, (_, cells) in enumerate(islice(lines, _TITLES)) if _is_header(cells)), None)
    if at is None and _are_names(lines):
        header, at = ["unit"], -1
    else:
        at = at or 0
        number, first = lines[at] if lines else (1, [])
        header = _header(first, source, number)
    for number, cells in islice(lines, at + 1, None):
        if any(cells) and not _CLOSING.match(next(filter(None, cells))) and not _is_heading(cells, header):
            row = dict(zip(header, cells, strict=False))
            yield number, row | {"unit": _ORDINAL.sub("", row.get("unit", ""))}


def _column(cell: str) -> str:
    """What a column is, by its header; the header itself where that tells nothing."""
    name = cell.lower()
    found = _NAMED.get(name) or _NAMED.get(_ASIDE.sub("", name))
    if found or _BESIDE.search(name):
        return found or name
    return next((column for column, reads in _ALIKE.items() if reads.search(_ASIDE.sub("", name))), name)


def _is_header(cells: list[str]) -> bool:
    found = [_column(each) for each in cells]
    return "unit" in found and all(each in HEADERS or _BESIDE.search(each) for each in found)


def _are_names(lines: list[Line]) -> bool:
    """Is it a list of names, one a line?"""
    told = [list(filter(None, cells)) for _, cells in lines if any(cells)]
    return bool(told) and all(len(cells) == 1 and is_name(_ORDINAL.sub("", cells[0])) for cells in told)


def _is_heading(cells: list[str], header: list[str]) -> bool:
    """Does the line name no unit, but those that follow: 二、县直部门, in one cell or in one over all?"""
    told = set(filter(None, cells))
    if len(header) < 2 or len(told) > 1:
        return False
    heading, unit = next(iter(told)), "".join(cells[header.index("unit") :][:1])
    if unit and cells.count(heading) == 1:
        return False
    return _HEADING.match(heading) is not None or not is_name(heading)


def _header(cells: list[str], source: str, line: int) -> list[str]:
    header = [_column(each) for each in cells]
    beside = [each for each in header if each not in HEADERS and not _BESIDE.search(each)]
    for column in ("unit", "parent"):
        if column not in header and (column == "unit" or beside):
            raise fault(source, line, *_no_column(column, cells))
    for column in HEADERS:
        if header.count(column) > 1:
            told = "、".join(cell for cell, each in zip(cells, header, strict=True) if each == column)
            raise fault(source, line, f"有两列都是“{told}”，只留一列", f"has the column {column} twice ({told})")
    return header


def _text_lines(data: bytes, source: str) -> Iterator[Line]:
    text = _text(data, source)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    for cells in reader:
        yield reader.line_num, [plain(each) for each in cells]


def _delimiter(text: str) -> str:
    """What parts the columns: a comma as typed in Chinese too, and what spreadsheets write elsewhere."""
    head = "\n".join(text.split("\n")[:_TITLES])
    return max(_DELIMITERS, key=head.count)


def _text(data: bytes, source: str) -> str:
    kinds = () if data.startswith(_OTHER_FILES) else ("utf-8-sig", "gb18030")
    for charset in ("utf-16",) if data.startswith(_UTF16) else kinds:
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    raise fault(
        source,
        0,
        "读不出：单位名单应是工作簿（xlsx、xls、ods）或 CSV",
        "cannot be read: a roster is a workbook (xlsx, xls, ods) or a CSV",
    )


def _workbook(data: bytes, source: str) -> Iterator[Line]:
    """The first sheet that has a header, else the first."""
    try:
        document = excel.read(data)
    except ReadError as error:
        told = error.message
        zh = f"读不了这个工作簿（{told.zh}）；也可以另存为 CSV"
        raise fault(source, 0, zh, f"cannot be read ({told.en}); or save it as CSV") from error
    sheets = [list(_grid_lines(each)) for each in document.blocks if isinstance(each, Grid)]
    chosen = [each for each in sheets if any(_is_header(cells) for _, cells in each[:_TITLES])]
    yield from next(iter((*chosen, *sheets)), [])


def _grid_lines(grid: Grid) -> Iterable[Line]:
    return ((row.line, [plain(each) for each in row.texts]) for row in grid.rows)


def fault(path: str | Path, line: int, zh: str, en: str) -> UsageError:
    """What is wrong with a roster, and where."""
    where = Text(f"第 {line} 行", f", line {line}") if line else Text("", "")
    return UsageError(
        Text(f"单位名单 {path} {where.zh}{zh}。", f"Roster {path}{where.en}: {en}."),
        Text(
            "表头为 单位、上级（或主管部门），可有 别名、级别、地区、类别、是否报送；上面可以有标题。",
            "Its columns are unit and parent, and if wanted aliases, level, place, body, due; titles may stand above.",
        ),
    )


def _no_column(column: str, header: list[str]) -> tuple[str, str]:
    chinese = {"unit": "单位", "parent": "上级"}[column]
    there = ", ".join(header) or "—"
    return f"缺少“{chinese}”（{column}）列，有的列：{there}", f"has no column {column} ({chinese}); it has {there}"
