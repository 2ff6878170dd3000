"""TableForm → rows of boxes with spans: a table as its official form prints it, for whoever draws it.

Nothing here knows a format: labels, headers, blocks and groups come from schemas/formats/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from govstats.model.forms import Column, Row, TableForm

_UNIT = "计量单位"
HEAD, LABEL, FIGURE = "head", "label", "figure"


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of the printed table, `width` columns wide and `height` rows high.

    `kind` is `head` (headers, corner), `label` (names of rows) or `figure`; a figure has no text but its `cell`,
    the position in the form's `cells`.
    """

    text: str
    width: int = 1
    height: int = 1
    kind: str = LABEL
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and where its upper left corner stands: row and column of the printed table, from 0."""

    row: int
    column: int
    box: Box


Layout = tuple[tuple[Box, ...], ...]


@lru_cache(maxsize=256)
def layout(form: TableForm) -> Layout:
    """The printed rows of a table, each with the boxes that begin in it, left to right."""
    made = {"rows": _rows, "list": _list, "blocks": _blocks, "side-by-side": _side_by_side}[form.layout](form)
    return tuple(tuple(row) for row in made)


def width(boxes: Layout) -> int:
    """How many columns the printed table has."""
    return max(sum(box.width for box in row) for row in boxes)


def placed(boxes: Layout) -> Iterator[Placed]:
    """Every box with its place; what a taller box covers from above is skipped."""
    covered: set[tuple[int, int]] = set()
    for at, row in enumerate(boxes):
        column = 0
        for box in row:
            while (at, column) in covered:
                column += 1
            yield Placed(at, column, box)
            covered |= {(at + down, column + right) for down in range(box.height) for right in range(box.width)}
            column += box.width


def header_text(column: Column) -> str:
    """A column's header, with its unit if it does not count and the form says in what."""
    is_fixed = column.number == "amount" and not column.units
    return f"{column.label.zh}（单位：{column.unit}）" if is_fixed else column.label.zh


def _rows(form: TableForm) -> list[list[Box]]:
    """Labels at the left, nested as the headings are; one column each for the keys."""
    depth = max(len(form.headings(row.code)) for row in form.data_rows) + 1
    made = _column_headers(form, depth)
    opening: list[Box] = []
    for row in form.rows.values():
        if row.heading:
            opening.append(Box(row.label.zh, height=_below(form, row)))
            continue
        label = Box(row.label.zh, width=depth - len(form.headings(row.code)))
        made.append([*opening, label, *_figures(form, row, len(form.columns))])
        opening = []
    return made


def _list(form: TableForm) -> list[list[Box]]:
    """One column of labels, one of units, one each for the keys; a heading has no figures."""
    headers = [
        Box(form.corner, kind=HEAD),
        Box(_UNIT, kind=HEAD),
        *(Box(c.label.zh, kind=HEAD) for c in form.columns.values()),
    ]
    made = [headers]
    for row in form.rows.values():
        if row.heading:
            made.append([Box(row.label.zh, len(headers))])
        else:
            unit = Box(form.figures[form.position(row.code, row.columns[0])].unit)
            made.append([Box(row.label.zh), unit, *_figures(form, row, len(form.columns))])
    return made


def _column_headers(form: TableForm, depth: int) -> list[list[Box]]:
    """One to three header rows: the banner across all columns, groups, columns; the corner beside them."""
    columns = list(form.columns.values())
    grouped = any(column.group for column in columns)
    banner = [[Box(form.banner, len(columns), kind=HEAD)]] if form.banner else []
    upper, lower = _grouped([(header_text(each), each.group) for each in columns], 1, two_rows=grouped)
    made = [*banner, upper, *([lower] if grouped else [])]
    made[0].insert(0, Box(form.corner, depth, len(made), HEAD))
    return made


def _grouped(names: list[tuple[str, str | None]], each: int, *, two_rows: bool) -> tuple[list[Box], list[Box]]:
    """Names with their groups → a row of groups, and a row of their members; what has no group fills both."""
    upper: list[Box] = []
    lower: list[Box] = []
    for group, members in groupby(names, key=lambda pair: pair[1]):
        texts = [text for text, _ in members]
        if group is None:
            upper += [Box(text, each, 2 if two_rows else 1, HEAD) for text in texts]
        else:
            upper.append(Box(group, each * len(texts), kind=HEAD))
            lower += [Box(text, each, kind=HEAD) for text in texts]
    return upper, lower


def _blocks(form: TableForm) -> list[list[Box]]:
    """A heading across the table, a header, its rows; and again. Where columns are fewer, the last is wider."""
    most = max(len(row.columns) for row in form.data_rows)
    made: list[list[Box]] = []
    columns: tuple[str, ...] = ()
    for row in form.rows.values():
        if row.heading:
            made.append([Box(row.label.zh, most + 1, kind=HEAD)])
            columns = ()
            continue
        if row.columns != columns:
            columns = row.columns
            headers = (Box(header_text(form.columns[key]), kind=HEAD) for key in columns)
            made.append([Box(form.corner, kind=HEAD), *_stretched(headers, most)])
        made.append([Box(row.label.zh), *_figures(form, row, most)])
    return made


def _side_by_side(form: TableForm) -> list[list[Box]]:
    """All rows in one line of figures, each under its name, the names under their groups."""
    rows = form.data_rows
    across = len(form.columns)
    grouped = any(row.group for row in rows)
    upper, lower = _grouped([(row.label.zh, row.group) for row in rows], across, two_rows=grouped)
    headers = [Box(header_text(form.columns[key]), kind=HEAD) for row in rows for key in row.columns]
    figures = [box for row in rows for box in _figures(form, row, across)]
    return [upper, *([lower] if grouped else []), headers, figures]


def _figures(form: TableForm, row: Row, most: int) -> list[Box]:
    """The figures of a row. In a table of full width, a place for a column that the row does not have stays empty."""
    if form.layout == "rows" and len(row.columns) < most:
        return [_figure(form, row, key) if key in row.columns else Box("", kind=LABEL) for key in form.columns]
    return _stretched((_figure(form, row, key) for key in row.columns), most)


def _figure(form: TableForm, row: Row, key: str) -> Box:
    return Box("", kind=FIGURE, cell=form.position(row.code, key))


def _stretched(boxes: Iterable[Box], most: int) -> list[Box]:
    """The boxes, the last of them as wide as it takes to fill `most` columns."""
    *first, last = boxes
    return [*first, Box(last.text, most - len(first), last.height, last.kind, last.cell)]


def _below(form: TableForm, heading: Row) -> int:
    """How many rows with figures a heading groups."""
    return sum(heading.code in form.headings(row.code) for row in form.data_rows)


def weights(form: TableForm) -> tuple[float, ...]:
    """How wide each printed column is, as parts of the whole: outer labels are narrow, the innermost is wide."""
    boxes = layout(form)
    across = width(boxes)
    labels = next((_leading(row) for row in reversed(boxes) if row[0].kind == LABEL), 0)
    figures = across - labels
    wide = 3.0 if labels == 1 else 0.55 * figures
    parts = [1.1] * (labels - 1) + [wide] * bool(labels) + [1.0] * figures
    return tuple(part / sum(parts) for part in parts)


def _leading(row: tuple[Box, ...]) -> int:
    """How many columns the labels at the start of a row take."""
    return sum(box.width for box in row if box.kind == LABEL)
