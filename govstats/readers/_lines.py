"""Lines of text → blocks: lines with `|` are table rows, all others prose; what tables of short lines need besides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.document import Grid, GridRow, Paragraph
from govstats.readers._bars import parted_by_bars, rows_between_bars
from govstats.readers._shortlines import blocks_of_short_lines, may_hold_rows, rows_of_stream
from govstats.text.labels import has_han
from govstats.text.unseen import is_reversed, without_shapeless

_RULE = re.compile(r"[\s|:+]*-{3}[\s|:+-]*")


_new = tuple.__new__
"""A page has hundreds of lines: to make a tuple this way takes half the time."""


_WIDE_PIPE = "｜"


_MAX_CELLS = 512
_PAIR = 2


_LONGEST = 2_000_000


def within_limits(text: str) -> str:
    """The text. Raises ReadError if it is a hundred times as long as a report."""
    if len(text) > _LONGEST:
        raise ReadError(
            Text(f"文字有 {len(text):,} 字，超过限度。", f"The text has {len(text):,} characters, above the limit."),
            Text("这不像一份报告；请检查文件。", "This is hardly a report; check the file."),
        )
    return text


def tidied(text: str, mark: str) -> list[str]:
    """The lines between marks; white space is one space, and pipes are half width."""
    return [line and " ".join(line.split()) for line in text.replace(_WIDE_PIPE, "|").split(mark)]


def blocks_of_lines(lines: Iterable[str], start: int = 1) -> Sequence[Paragraph | Grid]:
    """Trimmed lines, numbered from `start` → paragraphs, and grids: of lines with `|`, or of short lines that are
    cells.

    Both kinds of rows, where they follow each other, are one grid.
    """
    numbered = [_new(Paragraph, (line, number)) for number, line in enumerate(lines, start) if line]
    told = [line for line in numbered if "---" not in line.text or not _is_rule(line.text)]
    if not may_hold_rows(numbered):
        return told
    told = [line if line.text.isprintable() else _seen(line) for line in told]
    parted = list(parted_by_bars(told))
    if not parted:
        return _blocks_of(told)
    found = _Blocks()
    behind = 0
    for begin, end in parted:
        found.add(_blocks_of(told[behind:begin]))
        found.add_stream(told[begin:end], list(rows_between_bars(told[begin:end])))
        behind = end
    found.add(_blocks_of(told[behind:]))
    return found.blocks


def _blocks_of(told: list[Paragraph]) -> Sequence[Paragraph | Grid]:
    blocks = list(blocks_of_short_lines(told))
    found = _Blocks()
    waiting: list[Paragraph] = []
    for at, (short, block) in enumerate(blocks):
        rows = rows_of_stream(block, beside_rows=_is_beside_rows(blocks, at)) if short else []
        if not rows:
            waiting += block
            continue
        found.add(_piped(waiting))
        waiting = []
        found.add_stream(block, rows)
    found.add(_piped(waiting))
    return found.blocks


def _seen(line: Paragraph) -> Paragraph:
    """The line without characters that have no shape: by its last one, and by its words, a cell is known. One that
    turns the order of reading stays, as its figures are not what they look like."""
    return line if is_reversed(line.text) else line._replace(text=without_shapeless(line.text).strip())


def _is_rule(text: str) -> bool:
    return _RULE.fullmatch(text) is not None


def _is_beside_rows(blocks: list[tuple[bool, list[Paragraph]]], at: int) -> bool:
    before = blocks[at - 1][1][-1].text if at else ""
    behind = blocks[at + 1][1][0].text if at + 1 < len(blocks) else ""
    return "|" in before or "|" in behind


class _Blocks:
    """Paragraphs and grids in the making; rows of short lines join the rows of cells before and behind them."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self._behind_stream = False

    def add(self, blocks: Iterable[Paragraph | Grid]) -> None:
        for block in blocks:
            if self._behind_stream and isinstance(block, Grid):
                self._join(block.rows)
            else:
                self.blocks.append(block)
            self._behind_stream = False

    def add_stream(self, lines: list[Paragraph], rows: list[GridRow]) -> None:
        """The rows; and as they may be prose after all, the lines as paragraphs before them."""
        before = self.blocks.pop() if self.blocks and isinstance(self.blocks[-1], Grid) else Grid(0, ())
        self.blocks += [line for line in lines if has_han(line.text) and not line.text.endswith("|")]
        self.blocks.append(before)
        self._join(tuple(rows))
        self._behind_stream = True

    def _join(self, rows: tuple[GridRow, ...]) -> None:
        last = self.blocks.pop()
        self.blocks.append(Grid(0, (*(last.rows if isinstance(last, Grid) else ()), *rows)))


def _piped(lines: list[Paragraph]) -> Iterator[Paragraph | Grid]:
    """Paragraphs, and grids of the lines with `|` that follow each other."""
    for piped, group in groupby(lines, key=lambda line: "|" in line.text):
        if piped:
            yield _grid(list(group))
        else:
            yield from group


def _grid(rows: list[Paragraph]) -> Grid:
    """Lines with `|` → Grid. Pipes that open every line, or end most lines, are the frame; others bound empty cells.

    Where every line has as many pipes, and some do not end in one, none of them is a frame. A line that is longer
    than the others by the pipe it opens with has a frame of its own.
    """
    framed_left = all(text.startswith("|") for text, _ in rows)
    ends = sum(text.endswith("|") for text, _ in rows)
    ragged = len({text.count("|") for text, _ in rows}) > 1
    framed_right = ends == len(rows) or (ragged and 2 * ends > len(rows))
    split = [(number, _cells_of_line(text, framed_left, framed_right)) for text, number in rows]
    if not framed_left:
        usual, _ = Counter(len(cells) for _, cells in split).most_common(1)[0]
        split = [(number, cells[_opens(cells, usual) :]) for number, cells in split]
    split = [(number, _with_blank(cells, rows[at].text, split[at - 1][1])) for at, (number, cells) in enumerate(split)]
    return Grid(0, tuple(GridRow(number, cells) for number, cells in split))


def _with_blank(cells: tuple[str, ...], text: str, above: tuple[str, ...]) -> tuple[str, ...]:
    """A label alone before its pipe, under a row of a label and one figure: its figure is blank."""
    return (*cells, "") if len(cells) == 1 and cells[0] and text.endswith("|") and len(above) == _PAIR else cells


def _cells_of_line(text: str, framed_left: bool, framed_right: bool) -> tuple[str, ...]:
    inner = text[framed_left : len(text) - (framed_right and text.endswith("|"))]
    return tuple(cell.strip() for cell in inner.split("|", _MAX_CELLS)[:_MAX_CELLS])


def _opens(cells: tuple[str, ...], usual: int) -> bool:
    return len(cells) == usual + 1 and not cells[0]
