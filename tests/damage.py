"""A report → the same, damaged: in its tables, in its source, or in its bytes; and what it prints before and after.

All figures of the report are different. So a cell may hold its own figure; or, where that figure is no longer printed
anywhere, one that the damage has made. Anything else was read from another place.

No two blows fall on one row, and none on a header together with its rows: a figure lost and another one put in its
place (or a column's name and a row's figure lost together) leave a document that prints the wrong figure as if right.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from email import message_from_bytes
from itertools import pairwise
from typing import NamedTuple

from tests.containers import CONTAINERS
from tests.factory import Box, Layout
from tests.judge import Truth
from tests.stories import Slot, Story, each_text, places

Random = random.Random
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_LOOKS = re.compile(r"</?(?:span|font|b|o:p)\b[^<>]*>")
_SMALLEST = 1000
"""The smallest of the figures that are all different."""


class Damaged(NamedTuple):
    """A damaged document. `lost`: the figures that it no longer prints. `made`: those that it prints more often than
    before, and all short ones: cut figures are like ordinals."""

    data: bytes
    blows: list[str]
    lost: frozenset[float] = frozenset()
    made: frozenset[float] = frozenset()

    def misplaced(self, table: str, values: list[float | None], truth: Truth) -> list[tuple[float, float | None]]:
        """Figures (read, own) that stand in a cell where the document does not print them."""
        pairs = zip(values, truth[table], strict=True)
        return [(read, own) for read, own in pairs if read is not None and read != own and not self._made(read, own)]

    def _made(self, read: float, own: float | None) -> bool:
        return own in self.lost and read in self.made


def _compared(data: bytes, blows: list[str], shown: Sequence[str]) -> Damaged:
    """`shown`: what the document printed at first, and after each blow."""
    figures = [_figures(text) for text in shown]
    made = {figure for old, new in pairwise(figures) for figure in new - old}
    short = {figure for figure in figures[-1] if figure < _SMALLEST}
    return Damaged(data, blows, frozenset(figures[0] - figures[-1]), frozenset(made | short))


def _figures(text: str) -> Counter[float]:
    """The figures of a source, read across tags that only say how they look."""
    return Counter(float(each) for each in _FIGURE.findall(_LOOKS.sub("", text)))


# The tables: rows, cells, columns


def tables_damaged(told: Story, container: str, charset: str, shape: str, rng: Random) -> Damaged:
    """One to four blows to the rows and cells of the report, before the container makes bytes of it."""
    damaged = [block if isinstance(block, str) else [list(row) for row in block] for block in told]
    layouts = [block for block in damaged if not isinstance(block, str)]
    is_filled_up = container in _FILLED_UP or shape in _FILLED_UP
    blows: list[str] = []
    for layout in rng.sample(layouts, rng.randint(1, len(layouts))):
        strike = rng.choice((_strike_rows, _strike_rows, _strike_header, _strike_column))
        blows += _strike_rows(layout, rng, _KEEPING) if is_filled_up else strike(layout, rng)
    damaged = [block if isinstance(block, str) else _within(block) for block in damaged if block]
    data = CONTAINERS[container].render(damaged, charset, shape)
    return _compared(data, blows, (_all_text(told), _all_text(damaged)))


def _within(layout: Layout) -> Layout:
    """The layout, its merged cells no higher than the rows that are left."""
    return [[box._replace(height=min(box.height, len(layout) - at)) for box in row] for at, row in enumerate(layout)]


def _all_text(told: Story) -> str:
    texts: list[str] = []
    each_text(told, lambda text: texts.append(text) or text)  # type: ignore[func-returns-value]
    return "\n".join(texts)


def _has_figure(row: list[Box]) -> bool:
    return any(_is_figure(box) for box in row)


def _is_figure(box: Box) -> bool:
    return _FIGURE.fullmatch(box.text) is not None


def _strike_rows(layout: Layout, rng: Random, kinds: Sequence[str] = ()) -> list[str]:
    rows = [row for row in layout if _has_figure(row)]
    struck = rng.sample(rows, rng.randint(1, min(4, len(rows))))
    return [_strike_row(layout, row, rng, kinds) for row in struck if any(row is each for each in layout)]


def _strike_row(layout: Layout, row: list[Box], rng: Random, kinds: Sequence[str]) -> str:
    blow = rng.choice(kinds or (*_ON_ROWS, *_ON_CELLS))
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


_ON_ROWS: dict[str, Callable[[Layout, int], None]] = {
    "drop row": _drop_row,
    "double row": _double_row,
    "drop rows to the end": _drop_rows_to_the_end,
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

_KEEPING = (*_ON_ROWS, "blank", "cut figure", "mask", "drop label")
_FILLED_UP = ("csv", "xlsx", "ods", "pdf", "A1", "A2")
"""Where rows are filled up to one width, a figure that is gone leaves a blank at the row's end, and all others stand
under another name: nobody can tell. There, cells keep their places (`_KEEPING`), and their source is damaged."""


# The source: lines, tags, characters

_TAG = re.compile(r"<[^<>]*>")
_ROW_END = re.compile(r"(?<=</tr>)|(?<=</w:tr>)|(?<=</table:table-row>)|(?<=</row>)|(?<=\n)")
_CELL = re.compile(
    r"<td[^<>]*>.*?</td>|<w:tc>.*?</w:tc>|<table:table-cell[^<>]*?(?:/>|>.*?</table:table-cell>)"
    r"|<table:covered-table-cell/>|<c [^<>]*?(?:/>|>.*?</c>)|(?<=\|)[^|\n]*\||(?<=,)[^,\n]*,|(?<=\t)[^\t\n]*\t"
)
_HEADINGS = re.compile("(?=[二三四五]、(?:主动公开|收到|政府信息公开行政|存在))")


def source_damaged(source: str, rng: Random, kinds: Sequence[str] = ()) -> Damaged:
    """A blow to the source of one or two tables, of these kinds (all, if none are given)."""
    pieces = _HEADINGS.split(source)
    struck = rng.sample(range(len(pieces)), rng.randint(1, min(2, len(pieces))))
    blows, shown = list[str](), [source]
    for number in struck:
        blow = rng.choice(kinds or tuple(_ON_SOURCE))
        pieces[number] = _ON_SOURCE[blow](pieces[number], rng)
        blows.append(blow)
        shown.append("".join(pieces))
    if not kinds and rng.random() < 0.15:
        shown.append(shown[-1][: rng.randrange(len(shown[-1]))])
        blows.append("truncate")
    return _compared(shown[-1].encode(), blows, shown)


def _rows_of(piece: str) -> list[str]:
    return _ROW_END.split(piece)


def _drop_line(piece: str, rng: Random) -> str:
    lines = _rows_of(piece)
    del lines[rng.randrange(len(lines))]
    return "".join(lines)


def _double_line(piece: str, rng: Random) -> str:
    lines = _rows_of(piece)
    at = rng.randrange(len(lines))
    return "".join([*lines[: at + 1], *lines[at:]])


def _cut_line(piece: str, rng: Random) -> str:
    """The end of a line is gone; its line end stays."""
    lines = _rows_of(piece)
    at = rng.randrange(len(lines))
    end = "\n" * lines[at].endswith("\n")
    lines[at] = lines[at][: rng.randint(0, len(lines[at]))].rstrip("\n") + end
    return "".join(lines)


def _drop_one(pattern: re.Pattern[str]) -> Callable[[str, Random], str]:
    def drop(piece: str, rng: Random) -> str:
        found = list(pattern.finditer(piece))
        if not found:
            return piece
        match = rng.choice(found)
        return piece[: match.start()] + piece[match.end() :]

    return drop


def _double_one(pattern: re.Pattern[str]) -> Callable[[str, Random], str]:
    def double(piece: str, rng: Random) -> str:
        found = list(pattern.finditer(piece))
        if not found:
            return piece
        match = rng.choice(found)
        return piece[: match.end()] + piece[match.start() :]

    return double


def _drop_characters(piece: str, rng: Random) -> str:
    """A few characters of one line. Where digits would meet that did not stand together, one more goes."""
    lines = _rows_of(piece)
    at = rng.randrange(len(lines))
    line = lines[at]
    start = rng.randint(0, len(line))
    end = min(len(line), start + rng.randint(1, 12))
    if not line[start:end].isdigit():
        while start and end < len(line) and line[start - 1].isdigit() and line[end].isdigit():
            end += 1
    lines[at] = line[:start] + line[end:]
    return "".join(lines)


def _swap_characters(piece: str, rng: Random) -> str:
    if len(piece) < 2:
        return piece
    at = rng.randrange(len(piece) - 1)
    return piece[:at] + piece[at + 1] + piece[at] + piece[at + 2 :]


def _spoil_character(piece: str, rng: Random) -> str:
    at = rng.randrange(max(1, len(piece)))
    return piece[:at] + rng.choice('?"<>&\ufffd\0 |,;') + piece[at + 1 :]


_ON_SOURCE: dict[str, Callable[[str, Random], str]] = {
    "drop line": _drop_line,
    "double line": _double_line,
    "drop cell": _drop_one(_CELL),
    "double cell": _double_one(_CELL),
    "cut line": _cut_line,
    "drop tag": _drop_one(_TAG),
    "double tag": _double_one(_TAG),
    "drop characters": _drop_characters,
    "swap characters": _swap_characters,
    "spoil character": _spoil_character,
}


def part_damaged(package: bytes, part: str, rng: Random, kinds: Sequence[str] = ()) -> Damaged:
    """A blow to the source of one part of a zipped document (.docx, .xlsx, .odt, .ods); the zip itself is sound."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        damaged = source_damaged(old.read(part).decode(), rng, kinds)
        for info in old.infolist():
            content = damaged.data if info.filename == part else old.read(info)
            new.writestr(info.filename, content, info.compress_type)
    return damaged._replace(data=packed.getvalue())


# The bytes


def latin(data: bytes) -> str:
    """Bytes that show their figures as they are."""
    return data.decode("latin-1")


def message(data: bytes) -> str:
    """What the coded parts of a message print."""
    parts = (part.get_payload(decode=True) for part in message_from_bytes(data).walk() if not part.is_multipart())
    return "\n".join(latin(part) for part in parts if isinstance(part, bytes))


def bytes_damaged(data: bytes, rng: Random, is_text: bool = False, show: Callable[[bytes], str] = latin) -> Damaged:
    """One to three blows to the bytes, as transfers and disks deal them. In text no block goes: what lies behind it is
    then printed, for all anybody can see, where it began. `show` tells what coded bytes print."""
    kinds = [blow for blow in _ON_BYTES if not (is_text and "block" in blow)]
    blows = [rng.choice(kinds) for _ in range(rng.randint(1, 3))]
    states = [data]
    for blow in blows:
        states.append(_ON_BYTES[blow](states[-1], rng))
    return _compared(states[-1], blows, [show(state) for state in states])


def _span(data: bytes, rng: Random, most: int) -> tuple[int, int]:
    start = rng.randrange(max(1, len(data)))
    return start, min(len(data), start + rng.randint(1, most))


def _truncated(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _without_block(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng, 600)
    return data[:start] + data[end:]


def _zeroed_block(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng, 600)
    return data[:start] + bytes(end - start) + data[end:]


def _flipped(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng, 1)
    return data[:start] + bytes(byte ^ (1 << rng.randrange(8)) for byte in data[start:end]) + data[end:]


def _swapped(data: bytes, rng: Random) -> bytes:
    start, _ = _span(data, rng, 1)
    return data[:start] + data[start : start + 2][::-1] + data[start + 2 :]


def _doubled_block(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng, 600)
    return data[:end] + data[start:]


_ON_BYTES: dict[str, Callable[[bytes, Random], bytes]] = {
    "truncate": _truncated,
    "drop block": _without_block,
    "zero block": _zeroed_block,
    "flip bit": _flipped,
    "swap bytes": _swapped,
    "double block": _doubled_block,
}
