"""The part of a worksheet → its cells by their places in the source; a cell written anew."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.sax.saxutils import escape

from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter, range_boundaries

from govstats.correction.inplace._contract import CannotOperate
from govstats.correction.inplace._splices import Splice

_ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*?"""
_ROOT = re.compile(rf"<(?P<prefix>(?:[\w.-]+:)?)worksheet\b{_ATTRIBUTES}>")
_MERGED = re.compile(r"""<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]+[0-9]+:[A-Z]+[0-9]+)["']""")
_FORMULA = re.compile(
    rf"<(?:[\w.-]+:)?f\b(?P<attributes>{_ATTRIBUTES})(?:/>|>(?P<text>.*?)</(?:[\w.-]+:)?f\s*>)", re.DOTALL
)
_ARRAY = re.compile(rf"""<(?:[\w.-]+:)?f(?={_ATTRIBUTES}\st\s*=\s*["'](?:array|dataTable)["']){_ATTRIBUTES}>""")
_TEXTS = {"s", "str", "inlineStr"}

Position = tuple[int, int]
"""Row and column, from 1."""


def attribute(tag: str, name: str) -> str | None:
    """An attribute of a tag as it is written."""
    match = re.search(rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    return None if match is None else match[1] if match[1] is not None else match[2]


@dataclass(slots=True)
class Cell:
    """A cell: where it begins and ends, its opening tag, what is in it."""

    start: int
    end: int
    opened: str
    inner: str = ""

    @property
    def is_text(self) -> bool:
        """Is its figure written as a text?"""
        return attribute(self.opened, "t") in _TEXTS and self.formula is None

    @property
    def style(self) -> int:
        """The number of its style."""
        return int(attribute(self.opened, "s") or 0)

    @property
    def formula(self) -> re.Match[str] | None:
        """Its formula: attributes, text."""
        return _FORMULA.search(self.inner)


@dataclass
class SheetXml:
    """A worksheet: the prefix of its elements (`x:` or none), its cells, for each row where its content begins."""

    source: str
    prefix: str
    cells: dict[Position, Cell] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    _own: dict[Position, Position] = field(default_factory=dict)

    @classmethod
    def of(cls, source: str) -> SheetXml:
        """Look through the part. Raises CannotOperate if it is none."""
        root = _ROOT.search(source)
        if root is None:
            raise CannotOperate
        sheet = cls(source, root["prefix"])
        sheet._walk()
        for match in _MERGED.finditer(source):
            left, top, right, bottom = range_boundaries(match[1])
            places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            sheet._own.update(dict.fromkeys(places, (top, left)))
        return sheet

    def own(self, position: Position) -> Position:
        """The cell that covers it, if it is a merged one."""
        return self._own.get(position, position)

    def with_value(self, position: Position, value: str, style: int, as_text: bool) -> Splice | None:
        """The cell with another value and style, without its formula; None if the sheet does not have its row."""
        p, name = self.prefix, f"{get_column_letter(position[1])}{position[0]}"
        kind, content = (
            (' t="inlineStr"', f"<{p}is><{p}t>{escape(value)}</{p}t></{p}is>")
            if as_text
            else ("", f"<{p}v>{value}</{p}v>")
        )
        made = f'<{p}c r="{name}" s="{style}"{kind}>{content}</{p}c>'
        cell = self.cells.get(position)
        if cell:
            return Splice(cell.start, cell.end, made)
        before = [each.end for (row, column), each in self.cells.items() if row == position[0] and column < position[1]]
        place = max(before, default=self.rows.get(position[0]))
        return None if place is None else Splice(place, place, made)

    def is_of_an_array(self, position: Position) -> bool:
        """Does one formula fill this cell and others? No figure of its own would last in it."""
        return any(
            top <= position[0] <= bottom and left <= position[1] <= right for left, top, right, bottom in self._arrays
        )

    def own_formulas(self, position: Position, but: Collection[Position]) -> Iterator[Splice]:
        """For the other cells that share the formula of this one: formulas of their own, which they need if it goes;
        but for those that lose theirs too."""
        cell = self.cells[position]
        formula = cell.formula
        shared = formula and attribute(formula["attributes"], "t") == "shared"
        if formula is None or not shared or not formula["text"]:
            return
        number = attribute(formula["attributes"], "si")
        for place, other in self.cells.items():
            theirs = other.formula if place not in {position, *but} else None
            if theirs and attribute(theirs["attributes"], "si") == number:
                yield self._with_formula(other, theirs, _translated(formula["text"], position, place))

    @cached_property
    def _arrays(self) -> list[tuple[int, int, int, int]]:
        """Left, top, right and bottom of each."""
        opened = (match[0] for match in _ARRAY.finditer(self.source))
        return [range_boundaries(area) for tag in opened if (area := attribute(tag, "ref"))]

    def _with_formula(self, cell: Cell, old: re.Match[str], new: str) -> Splice:
        start = cell.start + len(cell.opened) + old.start()
        return Splice(start, start + len(old[0]), f"<{self.prefix}f>{new}</{self.prefix}f>")

    def _walk(self) -> None:
        tag = re.compile(
            rf"<!--.*?-->|<(?P<end>/?){re.escape(self.prefix)}(?P<name>row|c)(?=[\s/>]){_ATTRIBUTES}(?P<alone>/?)>",
            re.DOTALL,
        )
        row = column = 0
        held: Cell | None = None
        for match in tag.finditer(self.source):
            if match["name"] == "row" and not match["end"]:
                row, column = int(attribute(match[0], "r") or row + 1), 0
                if not match["alone"]:
                    self.rows[row] = match.end()
            elif match["name"] == "c" and match["end"] and held:
                held.inner, held.end = self.source[held.start + len(held.opened) : match.start()], match.end()
            elif match["name"] == "c" and not match["end"]:
                place = attribute(match[0], "r")
                row, column = coordinate_to_tuple(place) if place else (row, column + 1)
                held = Cell(match.start(), match.end(), match[0])
                self.cells[row, column] = held


def _translated(formula: str, of: Position, to: Position) -> str:
    """The formula of one cell as another has it. Raises CannotOperate if that cannot be told."""
    from html import unescape

    names = [f"{get_column_letter(column)}{row}" for row, column in (of, to)]
    try:
        moved = Translator(f"={unescape(formula)}", names[0]).translate_formula(names[1])
    except Exception as error:  # openpyxl says with many kinds of errors that it cannot
        raise CannotOperate from error
    return escape(str(moved).removeprefix("="))
