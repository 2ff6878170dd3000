"""All formats → docs/formats.md: basis, years, and of every table its columns, rows and relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govstats.catalog.formats import Format
from govstats.display.untrusted import markdown_safe
from govstats.model.forms import Row, TableForm

_INTRO = """# 格式 Formats

由 `make schemas` 从 `schemas/formats/` 生成，请勿直接修改。代码和键是程序、DataFrame 和 JSON 里用的名字。

Made by `make schemas` from `schemas/formats/`; do not edit. Codes and keys are the names in programs, DataFrames and
JSON.
"""


def formats_book(formats: Iterable[Format]) -> str:
    """The page."""
    listed = list(formats)
    contents = [f"- [{each.name}](#{each.name}) {each.title.zh} {each.title.en}" for each in listed]
    parts = [_INTRO, "\n".join(contents), *(part for each in listed for part in _format(each))]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _format(form: Format) -> Iterator[str]:
    yield f"## {form.name}\n\n{form.title.zh} {form.title.en}"
    yield f"**依据 Basis** {form.basis}  \n**年度 Years** {form.since}–{form.until or ''}"
    for table in form.tables.values():
        yield f"### {form.name} · {table.name} {table.title.zh} {table.title.en}"
        yield _grid(["键 key", "列 column", "", "单位 unit"], _columns(table))
        yield _grid(["代码 code", "行 row", "", "列 columns"], (_row(table, row) for row in table.rows.values()))
        yield "\n".join(_relations(table)) or "没有勾稽关系。 No relations."


def _columns(table: TableForm) -> Iterator[list[str]]:
    for key, column in table.columns.items():
        units = " / ".join(column.units) or column.unit
        yield [f"`{key}`", column.label.zh, column.label.en, units]


def _row(table: TableForm, row: Row) -> list[str]:
    whole = len(row.columns) == len(table.columns)
    columns = "" if row.heading else "*" if whole else " ".join(f"`{key}`" for key in row.columns)
    unit = f"（{row.unit}）" if row.unit else ""
    return [f"`{row.code}`", f"{row.label.zh}{unit}", row.label.en, columns]


def _relations(table: TableForm) -> Iterator[str]:
    """One line a relation, whatever number of columns or rows it is stated for; parts are named by code or key."""
    seen: set[int] = set()
    for relation in table.relations:
        if relation.family in seen:
            continue
        seen.add(relation.family)
        by_row = relation.each == "column"
        sides = [
            " + ".join(f"`{table.cells[cell].row if by_row else table.cells[cell].column}`" for cell in side)
            for side in (relation.left, relation.right)
        ]
        each = "每一列 each column" if by_row else "每一行 each row"
        yield f"- **{relation.rule}** {each}: {' = '.join(sides)}"


def _grid(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *([_text(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _text(cell: str) -> str:
    return cell if cell.startswith("`") or cell == "*" else markdown_safe(cell)
