"""Story → damaged document: rows, cells, columns and headers struck before a container makes bytes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from tests.containers import CONTAINERS
from tests.damage.verdict import FIGURE, Damaged, compared, print_of
from tests.factory import STREAM_SHAPES, Box, Layout
from tests.stories import Slot, Story, places, texts_of


def tables_damaged(told: Story, container: str, charset: str, shape: str, rng: Random) -> Damaged:
    """One to four blows to the rows and cells of the report, before the container makes bytes of it."""
    damaged = [block if isinstance(block, str) else [list(row) for row in block] for block in told]
    layouts = [block for block in damaged if not isinstance(block, str)]
    base = shape.partition(" ")[0]
    is_filled_up = container in _FILLED_UP or base in _FILLED_UP
    kinds = rng.choice(_IN_STREAMS) if base in STREAM_SHAPES else _EVERY
    blows: list[str] = []
    for layout in rng.sample(layouts, rng.randint(1, len(layouts))):
        strike = rng.choice((_strike_rows, _strike_rows, _strike_header, _strike_column))
        if is_filled_up or strike is _strike_rows:
            blows += _strike_rows(layout, rng, _KEEPING if is_filled_up else kinds)
        else:
            blows += strike(layout, rng)
    damaged = [block if isinstance(block, str) else _within(block) for block in damaged if block]
    data = CONTAINERS[container].render(damaged, charset, shape)
    return compared(data, blows, (print_of(_all_text(told)), print_of(_all_text(damaged))))


def _within(layout: Layout) -> Layout:
    """The layout, its merged cells no higher than the rows that are left."""
    return [[box._replace(height=min(box.height, len(layout) - at)) for box in row] for at, row in enumerate(layout)]


def _all_text(told: Story) -> str:
    return "\n".join(text for block in told for text in texts_of(block))


def _has_figure(row: list[Box]) -> bool:
    return any(_is_figure(box) for box in row)


def _is_figure(box: Box) -> bool:
    return FIGURE.fullmatch(box.text) is not None


def _strike_rows(layout: Layout, rng: Random, kinds: Sequence[str]) -> list[str]:
    rows = [row for row in layout if _has_figure(row)]
    struck = rng.sample(rows, rng.randint(1, min(4, len(rows))))
    return [_strike_row(layout, row, rng, kinds) for row in struck if any(row is each for each in layout)]


def _strike_row(layout: Layout, row: list[Box], rng: Random, kinds: Sequence[str]) -> str:
    blow = rng.choice(kinds)
    if blow in _ON_ROWS:
        at = next(number for number, each in enumerate(layout) if each is row)
        _ON_ROWS[blow](layout, at)
    else:
        figures = [at for at, box in enumerate(row) if _is_figure(box)]
        _ON_CELLS[blow](row, rng.choice(figures), rng)
    return blow


def _strike_header(layout: Layout, rng: Random) -> list[str]:
    """A header row, or one of its cells, is gone."""
    rows = [row for row in layout if not _has_figure(row)]
    row = rng.choice(rows)
    if rng.random() < 0.5:
        layout[:] = [each for each in layout if each is not row]
        return ["drop header row"]
    del row[rng.randrange(len(row))]
    return ["drop header cell"]


def _strike_column(layout: Layout, rng: Random) -> list[str]:
    """A column of figures is gone with its name, and what is merged over it is narrower."""
    grid = places(layout)
    columns = {at for row in grid for at, slot in enumerate(row) if slot.is_own and _is_figure(slot.box)}
    column = rng.choice(sorted(columns))
    layout[:] = [_without(row, column) for row in grid]
    return ["drop column"]


def _without(row: list[Slot], column: int) -> list[Box]:
    """The cells of a row but for one place of them."""
    over = row[column].box if column < len(row) else None
    boxes = [slot.box for slot in row if slot.is_own]
    narrower = [box._replace(width=box.width - (box is over)) for box in boxes]
    return [box for box in narrower if box.width]


def _drop_row(layout: Layout, at: int) -> None:
    del layout[at]


def _double_row(layout: Layout, at: int) -> None:
    layout.insert(at, list(layout[at]))


def _drop_rows_to_the_end(layout: Layout, at: int) -> None:
    del layout[at:]


def _drop_row_in_place(layout: Layout, at: int) -> None:
    """The row goes; what is merged over it is less high, and begins below if it began here."""
    grid = places(layout)
    begun = {id(slot.box) for slot in grid[at] if slot.is_own and slot.box.height > 1}
    if at + 1 < len(layout):
        layout[at + 1][:] = [
            slot.box._replace(height=slot.box.height - (id(slot.box) in begun))
            for slot in grid[at + 1]
            if slot.is_own or (id(slot.box) in begun and not slot.right)
        ]
    _grow(layout, grid[at], -1)
    del layout[at]


def _double_row_in_place(layout: Layout, at: int) -> None:
    """The row comes twice; what is merged over it is higher."""
    _grow(layout, places(layout)[at], 1)
    layout.insert(at + 1, [box for box in layout[at] if box.height == 1])
    layout[at][:] = [box._replace(height=box.height + (box.height > 1)) for box in layout[at]]


def _grow(layout: Layout, row: list[Slot], by: int) -> None:
    """Cells that reach into the row from above become higher or lower."""
    above = {id(slot.box) for slot in row if slot.down}
    for boxes in layout:
        boxes[:] = [box._replace(height=box.height + by) if id(box) in above else box for box in boxes]


_ON_ROWS: dict[str, Callable[[Layout, int], None]] = {
    "drop row": _drop_row,
    "double row": _double_row,
    "drop rows to the end": _drop_rows_to_the_end,
    "drop row in place": _drop_row_in_place,
    "double row in place": _double_row_in_place,
}


def _drop_cell(row: list[Box], at: int, _: Random) -> None:
    del row[at]


def _double_cell(row: list[Box], at: int, _: Random) -> None:
    row.insert(at, row[at])


def _drop_cells_to_the_end(row: list[Box], at: int, _: Random) -> None:
    del row[at:]


def _blank(row: list[Box], at: int, _: Random) -> None:
    row[at] = row[at]._replace(text="")


def _cut_figure(row: list[Box], at: int, rng: Random) -> None:
    row[at] = row[at]._replace(text=row[at].text[: rng.randint(1, 3)])


def _mask(row: list[Box], at: int, _: Random) -> None:
    row[at] = row[at]._replace(text=row[at].text[:1] + "***")


def _join(row: list[Box], at: int, _: Random) -> None:
    """Two cells have become one."""
    row[at : at + 2] = [row[at]._replace(text=" ".join(box.text for box in row[at : at + 2]))]


def _drop_label(row: list[Box], at: int, _: Random) -> None:
    labels = [each for each in range(len(row)) if not _is_figure(row[each])]
    if labels:
        row[labels[-1]] = row[labels[-1]]._replace(text="")


_ON_CELLS: dict[str, Callable[[list[Box], int, Random], None]] = {
    "drop cell": _drop_cell,
    "double cell": _double_cell,
    "drop cells to the end": _drop_cells_to_the_end,
    "blank": _blank,
    "cut figure": _cut_figure,
    "mask": _mask,
    "join cells": _join,
    "drop label": _drop_label,
}

_EVERY = ("drop row", "double row", "drop rows to the end", *_ON_CELLS)
_IN_STREAMS = (("drop label",), *[tuple(kind for kind in _EVERY if kind != "drop label")] * 4)
"""Among short lines, a figure that is gone and the next row's label that is gone too leave no trace: the next row's
figure stands where the first one stood."""
_IN_PLACE = ("drop row in place", "double row in place", "drop rows to the end")
_KEEPING = (*_IN_PLACE, "blank", "cut figure", "mask", "drop label")
_FILLED_UP = ("csv", "xlsx", "ods", "pdf", "A1", "A2")
"""Where rows are filled up to one width, a figure that is gone leaves a blank at the row's end, and all others stand
under another name: nobody can tell. There, cells keep their places (`_KEEPING`), also below a row that goes or comes
twice, and their source is damaged."""
