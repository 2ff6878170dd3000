"""An OpenDocument spreadsheet: the figure in its cell, the cell's style on a marked ground, an annotation with the
reason. Cells and rows that are written once for several are taken apart where one of them changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from govstats.correction.inplace._contract import CannotOperate, Mark, Signed
from govstats.correction.inplace._figures import number_in, written
from govstats.correction.inplace._splices import Splice, spliced
from govstats.correction.inplace._zip import Archive, with_parts
from govstats.lang import Text
from govstats.model.wording import figure_text

_CONTENT = "content.xml"
_ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*?"""
_TAG = re.compile(
    rf"<!--.*?-->|<(?P<end>/?)table:(?P<name>table|table-row|table-cell|covered-table-cell|shapes)(?=[\s/>]){_ATTRIBUTES}(?P<alone>/?)>",
    re.DOTALL,
)
_REPEATED = re.compile(r'\s+table:number-(?:columns|rows)-repeated="(\d+)"')
_VALUE = re.compile(
    r'\s+(?:office:(?:value|value-type|string-value|date-value|time-value|boolean-value|currency)|calcext:value-type|table:formula)="[^"]*"'
)
_FORMULA = re.compile(r'\stable:formula="([^"]*)"')
_STYLE = re.compile(r'\stable:style-name="([^"]*)"')
_PARAGRAPH = re.compile(r"<text:p\b.*?(?:/>|</text:p>)", re.DOTALL)
_TYPE = re.compile(r'\soffice:value-type="([^"]*)"')
_GROUND = "#fff2cc"
_DC = "http://purl.org/dc/elements/1.1/"
_SPACES = (
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
"""Not every part that defines no style names these spaces."""
_NO_FORMULA = Text("原公式 {formula} 已换成数。", "The formula {formula} gave way to a figure.")


@dataclass(slots=True)
class _Cell:
    """A cell as it is written: for how many columns from the first, its tags and content."""

    column: int
    times: int
    start: int
    end: int
    opened: str
    inner: str = ""


@dataclass(slots=True)
class _Row:
    first: int
    times: int
    start: int
    opened: str
    end: int
    cells: list[_Cell]


def operate(data: bytes, marks: Sequence[Mark], signed: Signed) -> tuple[bytes, list[Mark]]:
    """The spreadsheet with the marks, and those that were made. Raises CannotOperate."""
    source = Archive(data).text(_CONTENT)
    if 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"' not in source:
        raise CannotOperate
    sheets = _sheets(source)
    theatre = _Theatre(source, signed)
    splices: list[Splice] = []
    done: list[Mark] = []
    rows: dict[int, tuple[_Row, dict[tuple[int, int], list[Mark]]]] = {}
    for mark in marks:
        place = mark.place
        held = (
            [row for row in sheets.get(place.table, ()) if row.first <= place.line < row.first + row.times]
            if place
            else []
        )
        if not place or not held or not any(c.column <= place.column < c.column + c.times for c in held[0].cells):
            continue
        _, wanted = rows.setdefault(held[0].start, (held[0], {}))
        wanted.setdefault((place.line, place.column), []).append(mark)
        done.append(mark)
    for row, wanted in rows.values():
        splices.append(Splice(row.start, row.end, "".join(theatre.rows(row, wanted))))
    styles = theatre.styles()
    edited = spliced(source, [*styles, *splices])
    return with_parts(data, {_CONTENT: edited.encode()}), done


def _sheets(source: str) -> dict[int, list[_Row]]:
    """The rows of each sheet by its number."""
    sheets: dict[int, list[_Row]] = {}
    number = depth = line = column = 0
    row: _Row | None = None
    cell: _Cell | None = None
    for tag in _TAG.finditer(source):
        name, is_end = tag["name"], bool(tag["end"])
        if name == "table":
            depth += 0 if tag["alone"] else -1 if is_end else 1
            if depth == 1 and not is_end:
                number, line = number + 1, 1
        elif depth != 1 or name in {None, "shapes"}:
            continue
        elif name == "table-row" and not is_end:
            row, column = _Row(line, _times(tag[0]), tag.start(), tag[0], tag.end(), []), 1
            sheets.setdefault(number, []).append(row)
            line += row.times
        elif name == "table-row" and row:
            row.end = tag.end()
        elif not is_end and row:
            cell = _Cell(column, _times(tag[0]), tag.start(), tag.end(), tag[0])
            column += cell.times
            row.cells.append(cell)
        elif cell:
            cell.inner, cell.end = source[cell.start + len(cell.opened) : tag.start()], tag.end()
    return sheets


def _times(tag: str) -> int:
    match = _REPEATED.search(tag)
    return int(match[1]) if match else 1


class _Theatre:
    """Where content.xml is operated on."""

    def __init__(self, source: str, signed: Signed) -> None:
        self._source, self._signed = source, signed
        self._twins: dict[str, str] = {}

    def rows(self, row: _Row, wanted: dict[tuple[int, int], list[Mark]]) -> list[str]:
        """A row, written once for several, as rows of their own where something changes."""
        made: list[str] = []
        lines = sorted({line for line, _ in wanted})
        at = row.first
        body = self._source[row.start + len(row.opened) : row.end]
        for line in lines:
            made += self._alike(row, body, line - at)
            made.append(self._row(row, {column: marks for (its, column), marks in wanted.items() if its == line}))
            at = line + 1
        return [*made, *self._alike(row, body, row.first + row.times - at)]

    def styles(self) -> list[Splice]:
        """The twins of styles, where styles are defined. Raises CannotOperate if that is nowhere."""
        if not self._twins:
            return []
        twins = "".join(self._twin(style, name) for style, name in self._twins.items())
        end = re.search(r"</office:automatic-styles>", self._source)
        if end:
            return [Splice(end.start(), end.start(), twins)]
        body = re.search(r"(?:<office:automatic-styles\s*/>\s*)?(?=<office:body\b)", self._source)
        if body is None:
            raise CannotOperate
        return [Splice(*body.span(), f"<office:automatic-styles {_SPACES}>{twins}</office:automatic-styles>")]

    def _alike(self, row: _Row, body: str, times: int) -> list[str]:
        return [f"{_repeated(row.opened, times, 'rows')}{body}"] if times else []

    def _row(self, row: _Row, wanted: dict[int, list[Mark]]) -> str:
        pieces = [_repeated(row.opened, 1, "rows")]
        at = row.start + len(row.opened)
        for cell in row.cells:
            columns = sorted(column for column in wanted if cell.column <= column < cell.column + cell.times)
            pieces.append(self._source[at : cell.start])
            at = cell.end
            pieces += self._cells(cell, columns, wanted) if columns else [self._source[cell.start : cell.end]]
        return "".join([*pieces, self._source[at : row.end]])

    def _cells(self, cell: _Cell, columns: Sequence[int], wanted: dict[int, list[Mark]]) -> list[str]:
        made: list[str] = []
        at = cell.column
        body = self._source[cell.start + len(cell.opened) : cell.end]
        for column in columns:
            made += [f"{_repeated(cell.opened, column - at, 'columns')}{body}"] if column > at else []
            made.append(self._cell(cell, wanted[column]))
            at = column + 1
        rest = cell.column + cell.times - at
        return [*made, *([f"{_repeated(cell.opened, rest, 'columns')}{body}"] if rest else [])]

    def _cell(self, cell: _Cell, marks: Sequence[Mark]) -> str:
        opened, inner = _repeated(cell.opened, 1, "columns"), cell.inner
        if opened.endswith("/>"):
            opened = f"{opened[:-2].rstrip()}>"
        name = "covered-table-cell" if "<table:covered" in opened else "table-cell"
        notes = [mark.note for mark in marks]
        change = next((mark for mark in marks if mark.new is not None), None)
        if change and change.new is not None:
            formula = _FORMULA.search(opened)
            if formula:
                notes.append(str(_NO_FORMULA.format(formula=formula[1])))
            opened, inner = self._changed(opened, inner, change.raw, change.new)
        return f"{opened}{self._note(notes)}{inner}</table:{name}>"

    def _changed(self, opened: str, inner: str, raw: str, new: float) -> tuple[str, str]:
        kind = _TYPE.search(opened)
        is_text = kind is not None and kind[1] == "string"
        begin, end = number_in(raw)
        text = raw[:begin] + written(new, raw[begin:end]) + raw[end:]
        value = (
            'office:value-type="string"' if is_text else f'office:value-type="float" office:value="{figure_text(new)}"'
        )
        style = _STYLE.search(opened)
        opened = _STYLE.sub("", _VALUE.sub("", opened))
        twin = self._twins.setdefault(style[1] if style else "", f"gvc{len(self._twins) + 1}")
        opened = f'{opened[:-1].rstrip()} table:style-name="{twin}" {value}>'
        paragraph = (
            f"<text:p>{escape(text if is_text or number_in(raw) != (0, len(raw)) else figure_text(new))}</text:p>"
        )
        return opened, _PARAGRAPH.sub("", inner) + paragraph

    def _note(self, notes: Sequence[str]) -> str:
        space = f' xmlns:dc="{_DC}"'
        by = f"<dc:creator{space}>{escape(self._signed.author)}</dc:creator>"
        date = f"<dc:date{space}>{self._signed.date.removesuffix('Z')}</dc:date>"
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for note in notes for line in note.split("\n"))
        return f'<office:annotation office:display="false">{by}{date}{lines}</office:annotation>'

    def _twin(self, style: str, name: str) -> str:
        """A style like another, on a marked ground."""
        own = re.search(
            rf'<style:style style:name="{re.escape(style)}"[^>]*?(?:/>|(?<!/)>.*?</style:style>)',
            self._source,
            re.DOTALL,
        )
        ground = f'fo:background-color="{_GROUND}"'
        if own is None:
            parent = f' style:parent-style-name="{style or "Default"}"'
            properties = f"<style:table-cell-properties {_SPACES} {ground}/>"
            named = f'style:name="{name}" style:family="table-cell"{parent}'
            return f"<style:style {_SPACES} {named}>{properties}</style:style>"
        twin = own[0].replace(f'style:name="{style}"', f'style:name="{name}"', 1)
        twin = re.sub(r'\sfo:background-color="[^"]*"', "", twin)
        if "<style:table-cell-properties" in twin:
            return twin.replace("<style:table-cell-properties", f"<style:table-cell-properties {ground}", 1)
        properties = f"<style:table-cell-properties {ground}/>"
        if twin.endswith("/>"):
            return f"{twin[:-2].rstrip()}>{properties}</style:style>"
        head = twin.index(">") + 1
        return twin[:head] + properties + twin[head:]


def _repeated(tag: str, times: int, of: str) -> str:
    """The tag for so many."""
    bare = _REPEATED.sub("", tag)
    if times < 2:
        return bare
    end = len(bare) - (2 if bare.endswith("/>") else 1)
    return f'{bare[:end].rstrip()} table:number-{of}-repeated="{times}"{bare[end:]}'
