"""What a workbook was found to hold → Sheet: the texts of its filled cells and its merged ranges, within limits.

All formats share these limits and the errors of a workbook that keeps none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.document import Span

MAX_SHEETS = 256
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 5_000, 256, 200_000
MAX_TEXT = 64 << 20
"""Bytes of the texts of all cells, those that stand in several of them as often."""
_MAX_SPAN = 64
_EXACT_BELOW = 2**53

Position = tuple[int, int]
"""Row and column, from 0."""
Value = int | float | str | bool | date | datetime | time | timedelta | None


LaidOver = tuple[tuple[Position, ...], str]
"""The cells that something may lie in, and its text, or the mark of what is none."""
_FARTHEST = 2
"""What reaches over more rows or columns than the next two stands for the figure of no cell."""


def between(first: Position, last: Position) -> tuple[Position, ...]:
    """The cells at the corners of what lies over a sheet; none if it reaches too far."""
    if min(first) < 0 or max(last[0] - first[0], last[1] - first[1]) > _FARTHEST:
        return ()
    return tuple(dict.fromkeys((row, column) for row in (first[0], last[0]) for column in (first[1], last[1])))


class Merge(NamedTuple):
    """A merged range, from 0, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, position: Position) -> bool:
        """Is a cell in it?"""
        return self.top <= position[0] <= self.bottom and self.left <= position[1] <= self.right


@dataclass(slots=True)
class Seen:
    """What a sheet's own part tells: cells to be read as the text given here, the rows and columns that are hidden, and
    what lies over cells (a picture, a text box), by the cells that it may be in; and the rows of larger pictures."""

    flaws: dict[Position, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    laid_over: list[LaidOver] = field(default_factory=list)
    pictures: set[int] = field(default_factory=set)
    unshown: Sequence[Merge] = ()
    """Ranges in which a bar or an icon is shown in place of a figure."""


@dataclass(slots=True)
class Sheet:
    """A sheet as read: its place in the workbook and its name, the texts of its filled cells, its merged ranges."""

    number: int
    hidden: bool = False
    texts: dict[Position, str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    name: str = ""
    pictures: frozenset[int] = frozenset()
    """Rows at which pictures are that are larger than a cell or two."""
    gone: frozenset[int] = frozenset()
    """Hidden columns that stand for nothing: they count as positions, but not as cells."""

    def see(self, seen: Seen) -> None:
        """Read what the sheet shows: its flaws, what lies over blank cells of filled rows, nothing that is hidden."""
        self.texts |= seen.flaws
        self.pictures = frozenset(seen.pictures)
        if ranges := set(seen.unshown):
            filled = [(at, text) for at, text in self.texts.items() if text.strip("0.")]
            self.texts.update({at: f"{text} [;;;]" for at, text in filled if any(each.holds(at) for each in ranges)})
        if seen.laid_over:
            self._lay_over(seen.laid_over)
        if seen.hidden_rows or seen.hidden_columns:
            self.texts, self.gone = without_hidden(self.texts, seen.hidden_rows, seen.hidden_columns)

    def _lay_over(self, laid_over: list[LaidOver]) -> None:
        """A box of words in a line of prose stands beside it."""
        filled = Counter(row for (row, _), text in self.texts.items() if text)
        columns = {column for (_, column), text in self.texts.items() if text}
        for positions, text in laid_over:
            rows = {row for row, count in filled.items() if count > 1 or not _is_name(text)}
            blank = (each for each in positions if each[0] in rows and each[1] in columns and not self.texts.get(each))
            if position := next(blank, None):
                self.texts[position] = text
            elif len(positions) == 1 and text.isdecimal() and (under := self.texts.get(positions[0], text)) != text:
                # It says another figure than the cell does.
                self.texts[positions[0]] = f"{under} {text}"

    def expand_merges(self) -> dict[Position, Span]:
        """Repeat the text of each merged cell all over its range, and say what covers each position."""
        spans: dict[Position, Span] = {}
        covered = 0
        for merge in self.merges:
            text = self.texts.get((merge.top, merge.left), "")
            rows = range(merge.top, 1 + min(merge.bottom, merge.top + _MAX_SPAN - 1, MAX_ROWS - 1))
            columns = range(merge.left, 1 + min(merge.right, merge.left + _MAX_SPAN - 1, MAX_COLUMNS - 1))
            covered += len(rows) * len(columns)
            if covered > MAX_CELLS:
                raise too_large()
            for position in product(rows, columns):
                if position != (merge.top, merge.left):
                    self.texts[position] = text
                    spans[position] = Span.FROM_ABOVE if position[0] > merge.top else Span.FROM_LEFT
        spans.update(dict.fromkeys(product({row for row, _ in self.texts}, self.gone), Span.FROM_LEFT))
        return spans


def without_hidden(
    texts: dict[Position, str], rows: set[int], columns: set[int]
) -> tuple[dict[Position, str], frozenset[int]]:
    """Without the hidden rows and columns that repeat what a shown one is called, or are called nothing, and without
    hidden columns of figures (last year's, a check), which would push those of the form aside.

    The others stay: what is hidden counts where nothing that is shown stands for it. And which columns these are, as
    far as the filled ones reach.
    """
    names = {position: text for position, text in texts.items() if _is_name(text)}
    shown = {text for (row, column), text in names.items() if row not in rows and column not in columns}
    for axis, hidden in enumerate((rows, columns)):
        called = {line: {text for at, text in names.items() if at[axis] == line} for line in hidden}
        gone = {line for line, found in called.items() if found <= shown}
        if axis:
            filled = Counter(column for _, column in texts)
            gone |= {line for line in hidden if 2 * sum(at[axis] == line for at in names) < filled[line]}
        texts = {at: text for at, text in texts.items() if at[axis] not in gone}
    last = max((column for _, column in texts), default=0)
    return texts, frozenset(column for column in gone if column < last)


def _is_name(text: str) -> bool:
    return any(character.isalpha() for character in text)


class Extent:
    """Counts filled cells as they are met, and refuses a workbook that no report is: calamine lays out every position
    from a sheet's first to its last, and a text once more wherever it stands."""

    def __init__(self) -> None:
        self._cells = self._area = self._rows = self._columns = 0

    def begin_sheet(self) -> None:
        """What is met from here on stands in another sheet."""
        self._area += self._rows * self._columns
        self._rows = self._columns = 0

    def take(self, row: int, column: int, count: int = 1) -> None:
        """`count` filled cells, the last of them here."""
        self._cells += count
        self._rows, self._columns = max(self._rows, row + 1), max(self._columns, column + 1)
        if not (0 <= row < MAX_ROWS and 0 <= column < MAX_COLUMNS and self._cells <= MAX_CELLS):
            raise too_large()
        if self._area + self._rows * self._columns > MAX_ROWS * MAX_COLUMNS:
            raise too_large()


def text_of(value: Value) -> str:
    """A cell's value as a reader would print it in full; dates as ISO text, so that they are no figures."""
    if type(value) is str:  # most are
        return value
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return number_text(value)
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def number_text(value: float) -> str:
    """Whole numbers without a point, others to the 15 digits that a spreadsheet keeps: what is beyond is noise."""
    if abs(value) < _EXACT_BELOW and value == int(value):
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def too_large() -> ReadError:
    """Larger than any report, or made to look so."""
    return ReadError(
        Text("工作簿太大，不像一份年度报告。", "The workbook is too large for an annual report."),
        Text(
            f"每个工作表最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列；请把三张表单独另存为一个文件。",
            f"A sheet may have {MAX_ROWS} rows, {MAX_COLUMNS} columns; save the three tables as a file of their own.",
        ),
    )


def damaged() -> ReadError:
    """Not what its format prescribes."""
    return ReadError(
        Text("工作簿已损坏，或不是 Excel 文件。", "The workbook is damaged, or no Excel file."),
        Text(
            "请用 Excel 或 WPS 打开，另存为 .xlsx 再试。",
            "Open it in Excel or WPS, save it as .xlsx, and try again.",
        ),
    )


def encrypted() -> ReadError:
    """A file with a password."""
    return ReadError(
        Text("Office 文件已加密。", "The Office file is encrypted."),
        Text("请去掉密码，另存后再试。", "Remove the password, save it, and try again."),
    )
