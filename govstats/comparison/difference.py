"""Two reports (versions, or two years) → Difference: cells, rows, columns and sentences that are not the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from govstats.lang import Text
from govstats.model.document import Document
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.model.wording import cell_name, printed
from govstats.prose.wrapped import unwrapped
from govstats.text.figures import State
from govstats.text.labels import simplified

_SENTENCE = re.compile(r"[^。！!；;\n]+[。！!；;]?")
_ALIKE = 0.5
_SHORTEST = 4
_AHEAD = 50


class CellChange(NamedTuple):
    """A cell that the two print otherwise: both figures (None: none), and both as printed (None: not there)."""

    table: str
    row: str
    column: str
    name: Text
    old: float | None
    new: float | None
    old_text: str | None
    new_text: str | None


class LineChange(NamedTuple):
    """A table, row or column that only one of the two has; `row` and `column` are None for what is larger."""

    table: str
    row: str | None
    column: str | None
    name: Text
    came: bool


class SentenceChange(NamedTuple):
    """A sentence that is not the same; None where the other has none like it."""

    old: str | None
    new: str | None


@dataclass(frozen=True, eq=False)
class Difference:
    """What differs between two reports."""

    old: Report
    new: Report
    cells: tuple[CellChange, ...]
    lines: tuple[LineChange, ...]
    sentences: tuple[SentenceChange, ...]

    @classmethod
    def of(cls, old: Report, new: Report) -> Difference:
        """Compare two reports."""
        both = [name for name in old.tables if name in new.tables]
        lines = (*_tables(old, new), *(each for name in both for each in _lines(old.tables[name], new.tables[name])))
        cells = tuple(each for name in both for each in _cells(old.tables[name], new.tables[name]))
        return cls(old, new, cells, lines, tuple(_sentences(old.document, new.document)))

    @property
    def is_none(self) -> bool:
        """Is all the same?"""
        return not (self.cells or self.lines or self.sentences)


def _tables(old: Report, new: Report) -> Iterator[LineChange]:
    for name in dict.fromkeys((*old.tables, *new.tables)):
        if (name in old.tables) != (name in new.tables):
            table = (old.tables.get(name) or new.tables[name]).form
            yield LineChange(name, None, None, table.title, name in new.tables)


def _lines(old: Table, new: Table) -> Iterator[LineChange]:
    """Rows and columns that are printed in one only."""
    for code in dict.fromkeys((*old.form.rows, *new.form.rows)):
        there = [code in table.form.rows and _has(table, row=code) for table in (old, new)]
        if there[0] != there[1]:
            form = (new if there[1] else old).form
            yield LineChange(form.name, code, None, form.rows[code].label, there[1])
    for key in dict.fromkeys((*old.form.columns, *new.form.columns)):
        there = [key in table.form.columns and _has(table, column=key) for table in (old, new)]
        if there[0] != there[1]:
            form = (new if there[1] else old).form
            yield LineChange(form.name, None, key, form.columns[key].label, there[1])


def _has(table: Table, row: str | None = None, column: str | None = None) -> bool:
    """Is anything of the row or column in the document?"""
    return any(
        table.states[at] != State.ABSENT
        for at, cell in enumerate(table.form.cells)
        if row in (None, cell.row) and column in (None, cell.column)
    )


def _cells(old: Table, new: Table) -> Iterator[CellChange]:
    """Cells of rows and columns that both have, and that do not hold the same."""
    for at, cell in enumerate(new.form.cells):
        before = old.form.index.get(cell)
        if before is None or State.ABSENT in (old.states[before], new.states[at]):
            continue
        was, is_ = old.value(*cell[1:]), new.value(*cell[1:])
        texts = printed(old, before), printed(new, at)
        if was != is_ or (was is None and texts[0] != texts[1]):
            yield CellChange(*cell, cell_name(new.form, at), was, is_, *texts)


def _sentences(old: Document, new: Document) -> Iterator[SentenceChange]:
    one, other = list(sentences_of(old)), list(sentences_of(new))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag != "equal":
            yield from _paired(one[start:end], other[begin:stop])


def _paired(old: list[str], new: list[str]) -> Iterator[SentenceChange]:
    """Sentences of a stretch that changed: each beside the first that is like it, those between alone."""
    at = 0
    for sentence in old:
        ahead = range(at, min(len(new), at + _AHEAD))
        like = next((n for n in ahead if _alike(sentence, new[n])), None)
        if like is None:
            yield SentenceChange(sentence, None)
            continue
        yield from (SentenceChange(None, each) for each in new[at:like])
        yield SentenceChange(sentence, new[like])
        at = like + 1
    yield from (SentenceChange(None, each) for each in new[at:])


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def sentences_of(document: Document) -> Iterator[str]:
    """The sentences of the prose, simplified and half width; rows that a reader left in it are none."""
    paragraphs = unwrapped(document.paragraphs) if document.kind == "text" else document.paragraphs
    for paragraph in paragraphs:
        text = unicodedata.normalize("NFKC", simplified(paragraph.text))
        if "|" not in text and "\t" not in text:
            for match in _SENTENCE.finditer(text):
                sentence = " ".join(match[0].split())
                if len(sentence) >= _SHORTEST:
                    yield sentence
