"""Rows as printed → Regions: which of them are which table of which form, and how sure that is.

A table is known by its labels, not by its place: all tables may stand in one grid, or one be cut in two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from govstats.alignment.printedrow import PrintedRow
from govstats.alignment.vocabulary import Vocabulary, vocabulary
from govstats.model.document import Place
from govstats.model.forms import TableForm
from govstats.text.labels import figures_behind, label, plain

_FEWEST_ROWS = 2
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、")
_NEARLY_WHOLE = 0.8
_TELLING = 3
"""Words of so many characters belong to one table; shorter ones (其他, 总计, 结果) turn up in several."""


@dataclass(frozen=True, slots=True)
class Region:
    """Rows that belong to one table form.

    `codes` are the rows of the form found in it, `heads` how many different header words.
    """

    form: TableForm
    rows: tuple[PrintedRow, ...]
    codes: frozenset[str]
    heads: int

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.rows[0].table, self.rows[0].line)

    @property
    def is_loose(self) -> bool:
        """Was it made of short lines, one below the other?"""
        return all(row.loose for row in self.rows)

    @property
    def score(self) -> int:
        """How much of the form was recognised. Rows side by side are header words too."""
        return self.heads + (0 if self.form.side_by_side else len(self.codes))


def locate(grids: Iterable[Sequence[PrintedRow]], forms: Collection[TableForm]) -> dict[str, list[Region]]:
    """The tables of a document, by name: the regions of each form, a second copy of a table after its first."""
    runs: dict[str, list[Region]] = {}
    for grid in grids if forms else ():
        for form, rows in _runs(grid, forms):
            runs.setdefault(form.name, []).append(_region(form, tuple(rows)))
    merged = {name: _merge(regions) for name, regions in runs.items()}
    return {name: regions for name, regions in merged.items() if regions}


def _runs(grid: Sequence[PrintedRow], forms: Collection[TableForm]) -> Iterator[tuple[TableForm, list[PrintedRow]]]:
    """Consecutive rows of one form. A row that names nothing, or only words too short to tell (其他, 总计), stays."""
    vocabularies = [(form, vocabulary(form)) for form in forms]
    current: TableForm | None = None
    rows: list[PrintedRow] = []
    for printed in grid:
        row = _parted(printed, vocabularies) if printed.loose else printed
        shortest = 1 if current is None else _TELLING
        words = {word for _, word in row.worded if len(word) >= shortest}
        hits = [len(words & known.names) for _, known in vocabularies]
        most = max(hits)
        leaders = [form for (form, _), count in zip(vocabularies, hits, strict=True) if count == most and most]
        if current is not None and current.side_by_side and not most and _opens_section(row):
            yield current, rows
            current, rows = None, []
        if leaders and current not in leaders:
            if current is not None:
                yield current, rows
            current, rows = leaders[0], []
        if current is not None:
            rows.append(row)
    if current is not None:
        yield current, rows


def _opens_section(row: PrintedRow) -> bool:
    """A heading `五、…` alone in its row, in a sheet that holds the whole report: the line of figures is above it."""
    filled = [row.texts[at] for at in row.own if row.texts[at].strip()]
    return not row.loose and len(filled) == 1 and _SECTION.match(plain(filled[0])) is not None


def _parted(row: PrintedRow, vocabularies: list[tuple[TableForm, Vocabulary]]) -> PrintedRow:
    """The row with names that run together cut apart."""
    texts: list[str] = []
    for text, words in zip(row.texts, row.words, strict=True):
        texts += next((parts for _, known in vocabularies if words and (parts := known.parts(words))), [text])
    return row.with_texts(tuple(texts)) if len(texts) > len(row.texts) else row


def _region(form: TableForm, rows: tuple[PrintedRow, ...]) -> Region:
    known = vocabulary(form)
    codes = {code for row in rows if (code := _code(row, known)) and not form.rows[code].heading}
    heads = known.header.intersection(chain.from_iterable([row.words for row in rows]))
    bare = {code for row in rows if row.loose for code in bare_codes(row, form)}
    if heads and 2 * len(bare) >= len(form.data_rows):
        codes |= bare
    return Region(form, rows, frozenset(codes), len(heads))


def bare_codes(row: PrintedRow, form: TableForm) -> list[str]:
    """The rows of the form that a row of short lines without figures names. 总计 and 其他 alone are header words."""
    known = vocabulary(form)
    if not all(row.words):
        return []
    names = [label(text) for text in row.texts]
    codes = [known.rows[words][0] for ordinal, words in names if words in known.rows and _is_row(ordinal, words, known)]
    return [code for code in codes if not form.rows[code].heading]


def _is_row(ordinal: str, words: str, known: Vocabulary) -> bool:
    return bool(ordinal) or words not in known.header


def _code(row: PrintedRow, known: Vocabulary) -> str | None:
    """The row code that the last known label of this row names, if figures follow it and the row is no header."""
    for at, words in reversed(row.worded):
        codes = known.rows.get(words)
        if codes:
            heads = bool(known.header.intersection(row.words) - {words})
            glued = row.loose and figures_behind(row.texts[at])
            return codes[0] if (row.behind > at or glued) and not heads else None
    return None


def _merge(regions: list[Region]) -> list[Region]:
    """One table out of its pieces: the best piece, the pieces that continue it, then whole second copies.

    A copy has nearly as many of the form's words as the table; short lines of prose are none beside a real grid.
    """
    first, *others = sorted(regions, key=lambda region: (-region.score, region.is_loose))
    copies = []
    for other in others:
        if other.codes and not other.codes & first.codes:
            rows = sorted((*first.rows, *other.rows), key=lambda row: (row.table, row.line))
            first = Region(first.form, tuple(rows), first.codes | other.codes, max(first.heads, other.heads))
        elif _is_table(other) and other.score >= _NEARLY_WHOLE * first.score and other.is_loose <= first.is_loose:
            copies.append(other)
    return [first, *copies] if _is_table(first) else []


def _is_table(region: Region) -> bool:
    if region.form.side_by_side and region.heads >= _FEWEST_ROWS:
        return True
    return len(region.codes) >= _FEWEST_ROWS
