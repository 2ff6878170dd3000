"""Plain text and Markdown → Document: lines with `|` are table rows, all others prose."""

from __future__ import annotations

import re
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
    """Lines with `|` → Grid. A pipe that opens every line, or ends most, is the frame; any other ends an empty cell."""
    framed_left = all(text.startswith("|") for _, text in rows)
    framed_right = 2 * sum(text.endswith("|") for _, text in rows) > len(rows)
    return Grid(0, tuple(GridRow(number, _cells(text, framed_left, framed_right)) for number, text in rows))


def _cells(text: str, framed_left: bool, framed_right: bool) -> tuple[str, ...]:
    inner = text[framed_left : len(text) - (framed_right and text.endswith("|"))]
    return tuple(cell.strip() for cell in inner.split("|", _MAX_CELLS)[:_MAX_CELLS])
