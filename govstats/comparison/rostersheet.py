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
_DOES_WITHOUT_PARENT = {"level", "place", "body", "due"}

Line = tuple[int, list[str]]


def rows_of(data: bytes, source: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines below the header, numbered as in the sheet, by column; empty ones are skipped. Raises UsageError."""
    lines = list(_workbook(data, source) if data.startswith(_WORKBOOKS) else _text_lines(data, source))
    at = next((at for at, (_, cells) in enumerate(islice(lines, _TITLES)) if _is_header(cells)), 0)
    number, first = lines[at] if lines else (1, [])
    header = _header(first, source, number)
    for number, cells in islice(lines, at + 1, None):
        if any(cells) and not _CLOSING.match(next(filter(None, cells))):
            yield number, dict(zip(header, cells, strict=False))


def _is_header(cells: list[str]) -> bool:
    found = [column for each in cells if (column := _NAMED.get(each.lower()))]
    return "unit" in found and len(found) > 1


def _header(cells: list[str], source: str, line: int) -> list[str]:
    header = [_NAMED.get(each.lower(), each.lower()) for each in cells]
    for column in ("unit", "parent"):
        if column not in header and not (column == "parent" and _DOES_WITHOUT_PARENT & set(header)):
            raise fault(source, line, *_no_column(column, header))
    for column in HEADERS:
        if header.count(column) > 1:
            raise fault(source, line, f"有两列“{column}”", f"has the column {column} twice")
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
    for charset in ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "gb18030"):
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
