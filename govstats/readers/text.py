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
    rows: list[GridRow] = []
    for number, line in enumerate(lines, start):
        if "|" in line or "｜" in line:
            if not _RULE.fullmatch(line):
                rows.append(GridRow(number, _cells(line)))
        elif line.strip():
            if rows:
                yield Grid(0, tuple(rows))
                rows = []
            yield Paragraph(line.strip(), number)
    if rows:
        yield Grid(0, tuple(rows))


def _cells(line: str) -> tuple[str, ...]:
    """Cells between pipes; the pipes that open and close the line are its frame, not cells."""
    inner = line.replace("｜", "|").strip()
    inner = inner.removeprefix("|").removesuffix("|")
    return tuple(cell.strip() for cell in inner.split("|", _MAX_CELLS)[:_MAX_CELLS])
