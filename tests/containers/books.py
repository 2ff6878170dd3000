"""Two reports → a workbook that holds both, .xlsx or .ods: a sheet a year, a sheet a table, one hidden."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import NamedTuple

import openpyxl

from tests.containers import odf, sheets
from tests.stories import Story


class Leaf(NamedTuple):
    """A sheet: its name, what stands on it, whether it is shown."""

    name: str
    told: Story
    is_hidden: bool = False


def xlsx(leaves: Sequence[Leaf]) -> bytes:
    """By openpyxl."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for leaf in leaves:
        sheet = book.create_sheet(leaf.name)
        sheet.sheet_state = "hidden" if leaf.is_hidden else "visible"
        sheets.fill(sheet, leaf.told)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def ods(leaves: Sequence[Leaf]) -> bytes:
    """By hand."""
    return odf.book([(leaf.name, leaf.told, leaf.is_hidden) for leaf in leaves])


WRITERS: dict[str, Callable[[Sequence[Leaf]], bytes]] = {"xlsx": xlsx, "ods": ods}


def _by_year(first: Story, second: Story) -> list[Leaf]:
    return [Leaf("2022年", first), Leaf("2023年", second)]


def _by_year_bare(first: Story, second: Story) -> list[Leaf]:
    """Only the names of the sheets tell the years."""
    return [Leaf("2022年", first[3:]), Leaf("2023年", second[3:])]


def _by_table(first: Story, second: Story) -> list[Leaf]:
    """A sheet for each table, with the title above its heading."""
    return [
        Leaf(f"{year}-{number}", [str(told[0]), told[at - 1], told[at]])
        for year, told in (("2022", first), ("2023", second))
        for number, at in enumerate((at for at, block in enumerate(told) if not isinstance(block, str)), 1)
    ]


def _with_cover(first: Story, second: Story) -> list[Leaf]:
    """A cover before them, an empty sheet between, remarks behind."""
    one, other = _by_year(first, second)
    cover, remarks = Leaf("封面", ["目录", "第一份 第二份"]), Leaf("说明", ["填表说明", "本表由各单位填写。"])
    return [cover, one, Leaf("Sheet3", []), other, remarks]


def _with_hidden_older(first: Story, second: Story) -> list[Leaf]:
    return [Leaf("2022年", first, is_hidden=True), Leaf("2023年", second)]


class Book(NamedTuple):
    """How two reports are put on sheets; how many of them, from the last, are then read."""

    leaves: Callable[[Story, Story], list[Leaf]]
    n_read: int = 2


BOOKS: dict[str, Book] = {
    "a sheet a year": Book(_by_year),
    "bare tables": Book(_by_year_bare),
    "a sheet a table": Book(_by_table),
    "cover and remarks": Book(_with_cover),
    "last year hidden": Book(_with_hidden_older, 1),
}
