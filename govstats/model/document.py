"""Document: what a reader hands on. Paragraphs and grids in reading order, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

from govstats.lang import Text
from govstats.model.recognised import Look
from govstats.text.labels import plain_lines

PICTURED = "pictured"
"""What of a document's meta data says which of its pages (1、2) are pictures without text; 0 is all of them."""
PICTURES = "pictures"
"""What of it says behind how many of its blocks (3、7) pictures stand in its text."""
RECOGNISED = "recognised"
"""What of it says which of its pages (1、2) are pictures whose tables were recognised; of other prose than titles and
headings nothing is known."""
BESIDE = "beside"
"""What of it says that pictures were read that are files of their own."""
GARBLED = "garbled"
"""What of it says that most of its characters mean nothing."""
UNRULED = "unruled"
"""What of it says which of its tables (1、2) are set without ruling, so that what is not found may stand there."""
_OPENINGS = frozenset("一二三四五六七八第总總主收政存其 \t\u3000\u00a0")
_OPENING = re.compile(r"\s*[一二三四五六七八第总總主收政存其]")
"""The ordinals of sections, and what their names begin with where the ordinal is lost."""


def pictured(places: Iterable[int], blocks: int) -> dict[str, str]:
    """The meta data of a document with so many blocks, pictures behind so many of them: nothing is there but they, or
    where they stand."""
    told = "、".join(map(str, dict.fromkeys(places)))
    return {} if not told else {PICTURES: told} if blocks else {PICTURED: "0"}


class Place(NamedTuple):
    """Where something was printed. `table` is 0 in plain text, where `line` counts the file's lines.

    In a page, `table` counts its tables and `line` the rows of that table. `column` counts cells; all from 1,
    and 0 means the whole table or row.
    """

    table: int
    line: int = 0
    column: int = 0

    @property
    def text(self) -> Text:
        """`第 2 张表第 5 行第 3 列`, or `第 34 行第 2 格`."""
        zh, en = (f"第 {self.table} 张表", f"table {self.table}") if self.table else ("", "")
        if self.line:
            zh += f"第 {self.line} 行"
            en += f"{', ' if en else ''}{'row' if self.table else 'line'} {self.line}"
        if self.column:
            zh += f"第 {self.column} {'列' if self.table else '格'}"
            en += f", {'column' if self.table else 'cell'} {self.column}"
        return Text(zh, en)

    def __str__(self) -> str:
        return self.text.of()


class Span(IntEnum):
    """Whether a grid position is a cell's own, or covered by a merged cell that began left or above."""

    OWN = 0
    FROM_LEFT = 1
    FROM_ABOVE = 2


class GridRow(NamedTuple):
    """One row: the texts as printed, and for merged cells what covers each position (empty: all OWN).

    `loose`: the texts were printed one below the other; their order is that of reading, not of columns.
    """

    line: int
    texts: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    loose: bool = False

    def span(self, column: int) -> Span:
        """What the position holds."""
        return self.spans[column] if self.spans else Span.OWN


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed, merged cells expanded. `table` is its number in the page, 0 in plain text."""

    table: int
    rows: tuple[GridRow, ...]


class Paragraph(NamedTuple):
    """A line of prose and its number."""

    text: str
    line: int


@dataclass(frozen=True)
class Document:
    """A document as read: its kind (`html`, `text`), charset, blocks in order, and its meta data (title …).

    `parts`: the sheets of a workbook, each of which may be a report by itself; their names are in their meta data.
    `looks`: what was recognised in the cells of pictures.
    """

    kind: str
    charset: str
    blocks: tuple[Paragraph | Grid, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Document, ...] = ()
    looks: Mapping[Place, Look] = field(default_factory=dict)

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The prose, without tables."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def is_unread(self) -> bool:
        """Was nothing of it read: is it a scan, or has its text no meaning?"""
        return self.meta.get(PICTURED) == "0" or GARBLED in self.meta

    @property
    def pictures(self) -> list[int]:
        """Behind how many blocks each picture of its text stands."""
        told = self.meta.get(PICTURES, "")
        return [int(each) for each in told.split("、")] if told else []

    @cached_property
    def text(self) -> str:
        """All paragraphs, a line each: to look for words in."""
        return "\n".join([paragraph.text for paragraph in self.paragraphs])

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """Each block as labels are compared (`plain_lines`): a line a paragraph, a line a cell of a table."""
        texts = [
            (block.text,) if isinstance(block, Paragraph) else [text for row in block.rows for text in row.texts]
            for block in self.blocks
        ]
        lines = plain_lines([text for each in texts for text in each]).split("\n")
        ends = [*accumulate(map(len, texts))]
        return tuple(["\n".join(lines[begin:end]) for begin, end in pairwise((0, *ends))])

    @cached_property
    def openings(self) -> list[tuple[int, str]]:
        """The paragraphs that begin as the heading of a section does, and where they stand among the blocks."""
        return [
            (position, block.text)
            for position, block in enumerate(self.blocks)
            if isinstance(block, Paragraph) and block.text[:1] in _OPENINGS and _OPENING.match(block.text)
        ]

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables."""
        return [block for block in self.blocks if isinstance(block, Grid)]
