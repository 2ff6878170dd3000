"""Plain text and Markdown → Document: lines with `|` are table rows, all others prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from govstats.charset import decode
from govstats.document import Document, Grid, GridRow, Paragraph

SUFFIXES = (".txt", ".md", ".text")

_RULE = re.compile(r"[\s|:+]*-{3}[\s|:+-]*")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CELLS = 512


def sniff(head: bytes) -> bool:
    """Anything without control characters (or with a UTF-16 mark)."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or not _CONTROL.search(head)


def read(data: bytes) -> Document:
    """Text in any charset of `govstats.charset` → Document."""
    text, charset = decode(data)
    return Document("text", charset, tuple(blocks_of_lines(text.splitlines())))


def blocks_of_lines(lines: Iterable[str], start: int = 1) -> Iterator[Paragraph | Grid]:
    """Lines, numbered from `start` → paragraphs, and grids of the lines with `|` that follow each other."""
    rows: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start):
        text = line.replace("｜", "|").strip()
        if "|" in text:
            if not _RULE.fullmatch(text):
                rows.append((number, text))
        elif text:
            if rows:
                yield _grid(rows)
                rows = []
            yield Paragraph(line.strip(), number)
    if rows:
        yield _grid(rows)


def _grid(rows: list[tuple[int, str]]) -> Grid:
    """Lines with `|` → Grid. Pipes that open every line, or end most lines, are the frame; others bound empty cells.

    Where every line has as many pipes, and some do not end in one, none of them is a frame. A line that is longer
    than the others by the pipe it opens with has a frame of its own.
    """
    framed_left = all(text.startswith("|") for _, text in rows)
    ends = sum(text.endswith("|") for _, text in rows)
    ragged = len({text.count("|") for _, text in rows}) > 1
    framed_right = ends == len(rows) or (ragged and 2 * ends > len(rows))
    split = [(number, _cells(text, framed_left, framed_right)) for number, text in rows]
    if not framed_left:
        usual, _ = Counter(len(cells) for _, cells in split).most_common(1)[0]
        split = [(number, cells[_opens(cells, usual) :]) for number, cells in split]
    return Grid(0, tuple(GridRow(number, cells) for number, cells in split))


def _cells(text: str, framed_left: bool, framed_right: bool) -> tuple[str, ...]:
    inner = text[framed_left : len(text) - (framed_right and text.endswith("|"))]
    return tuple(cell.strip() for cell in inner.split("|", _MAX_CELLS)[:_MAX_CELLS])


def _opens(cells: tuple[str, ...], usual: int) -> bool:
    return len(cells) == usual + 1 and not cells[0]
