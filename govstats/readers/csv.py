"""Comma, tab or semicolon separated values → Document: one grid, and its lines of words alone as prose."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO

from govstats.errors import ReadError, reason
from govstats.lang import Text
from govstats.model.document import Document, Grid, GridRow, Paragraph, Span
from govstats.readers._charset import decode, is_marked
from govstats.text.figures import State, figure
from govstats.text.labels import has_han

SUFFIXES = (".csv", ".tsv")
LIGHT = True

_HEAD = 4096
_DELIMITERS = ",\t;"
_OTHER_TABLE = re.compile(r"[|｜]|</?(?:!doctype|html|body|table|tr|td|th|p|div|br|meta)\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_FEWEST_LINES = 3
_FEWEST_CELLS = 3
_SEVERAL = re.compile(r"\d\s+\d")
_KEPT = re.compile('=\\s*"(-?[\\d,.]+)"|\'(-?[\\d,.]+)')
_SENTENCE_END = "。"
_MAX_CELLS = 512


def sniff(head: bytes) -> bool:
    """Lines cut by one delimiter into cells, most of them with figures? Prose with commas in it is not."""
    if b"\0" in head and not is_marked(head):
        return False
    text = _whole_lines(head)
    if text.lstrip().startswith(("{", "[")) or _OTHER_TABLE.search(text) or _CONTROL.search(text):
        return False
    return any(_is_table(list(_records(text, delimiter))) for delimiter in _DELIMITERS)


def _whole_lines(head: bytes) -> str:
    """The text without the line that the end of the head cuts: half a quoted cell would unpair its quotes."""
    if len(head) < _HEAD:
        return decode(head)[0]
    if not is_marked(head):
        return decode(head[: head.rfind(b"\n") + 1])[0]
    text, _ = decode(head)  # the byte of a line end is half a character here
    return text[: text.rfind("\n") + 1] or text


def read(data: bytes) -> Document:
    """Separated values in any charset → Document. Raises ReadError if no line can be cut."""
    text, charset = decode(data)
    try:
        rows = _rows(text, delimiter_of(text))
    except csv.Error as error:
        raise ReadError(
            Text(
                "这份分隔文本读不出单元格：{why}。", "No cells can be read from these separated values: {why}."
            ).format(why=reason(error)),
            Text("请重新导出为 .csv（UTF-8）或 .xlsx。", "Export it again as .csv (UTF-8) or .xlsx."),
        ) from error
    return Document("csv", charset, (*titles(rows), Grid(0, rows)) if rows else ())


def titles(rows: Iterable[GridRow]) -> Iterator[Paragraph]:
    """Rows whose one filled cell holds words only: a title, a heading or a paragraph typed into a cell."""
    for row in rows:
        own = [text for at, text in enumerate(row.texts) if text.strip() and row.span(at) is Span.OWN]
        covered = any(text and row.span(at) is Span.FROM_ABOVE for at, text in enumerate(row.texts))
        if len(own) == 1 and not covered and has_han(own[0]) and figure(own[0]).state is State.UNREADABLE:
            for line in own[0].splitlines():
                if line.strip():
                    yield Paragraph(line.strip(), row.line)


def _rows(text: str, delimiter: str) -> tuple[GridRow, ...]:
    """The rows. Blanks at the end of one without any figure are often not written."""
    rows: list[GridRow] = []
    whole: list[str] = []
    for line, cells in _records(text, delimiter):
        if any(cells):
            if len(cells) < len(whole) and _has_figures(whole) and not _has_figures(cells):
                cells += [""] * (len(whole) - len(cells))
            else:
                whole = cells
            rows.append(GridRow(line, tuple(cells)))
    return tuple(rows)


def _has_figures(cells: list[str]) -> bool:
    return any(figure(cell).state in (State.NUMBER, State.ZERO) for cell in cells)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The records, each with the number of the line it begins on.

    A file whose quotes do not pair is cut without regard to them: else one stray quote swallows all lines after it.
    """
    try:
        yield from list(_cut(text, delimiter, csv.QUOTE_MINIMAL))
    except csv.Error:
        yield from _cut(text, delimiter, csv.QUOTE_NONE)


def _cut(text: str, delimiter: str, quoting: int) -> Iterator[tuple[int, list[str]]]:
    strict = quoting != csv.QUOTE_NONE
    # csv.reader takes the constants of the csv module, which its stub spells as literals.
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=strict)  # type: ignore[arg-type]
    begins = 1
    for cells in reader:
        yield begins, [_as_shown(cell.strip()) for cell in cells[:_MAX_CELLS]]
        begins = reader.line_num + 1


def _as_shown(cell: str) -> str:
    """A figure that was kept from a spreadsheet's guesses, as it shows it: `="12"`, `'12`."""
    match = _KEPT.fullmatch(cell) if cell[:1] in {"=", "'"} else None
    return (match[1] or match[2]) if match else cell


def delimiter_of(text: str) -> str:
    """The delimiter that gives the most lines of one width; a comma if none does."""
    return max(_DELIMITERS, key=lambda delimiter: _usual(cells for _, cells in _records(text, delimiter))[1])


def _usual(records: Iterable[list[str]]) -> tuple[int, int]:
    """The most common width of the records that are cut at all, and how many have it."""
    widths = Counter(len(cells) for cells in records if len(cells) >= _FEWEST_CELLS)
    return next(iter(widths.most_common(1)), (0, 0))


def _is_table(records: list[tuple[int, list[str]]]) -> bool:
    """Half of the records are cut, half of those alike, and most into more cells than one; half hold
    figures or blanks as cells, few hold sentences.

    Cells that hold several figures were cut at thousands separators: `14,354 2,105`.
    """
    filled = [cells for _, cells in records if any(cells)]
    cut = [cells for cells in filled if len(cells) >= _FEWEST_CELLS]
    _, alike = _usual(cut)
    if alike < _FEWEST_LINES or 2 * len(cut) < len(filled) or 2 * alike < len(cut):
        return False
    if 2 * sum(sum(map(bool, cells)) < 2 for cells in cut) > len(cut):
        return False
    cellular = sum(any(figure(cell).state is not State.UNREADABLE for cell in cells) for cells in cut)
    sentences = sum(any(_SENTENCE_END in cell for cell in cells) for cells in cut)
    torn = sum(any(_SEVERAL.search(cell) for cell in cells) for cells in cut)
    return 2 * cellular >= len(cut) and 4 * max(sentences, torn) <= len(cut)
