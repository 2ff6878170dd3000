"""Document → Regions: which rows, of which grids, are which table of which form, and how sure that is.

A table is known by its labels, not by its place: all tables may stand in one grid, or one be cut in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govstats.document import Document, Grid, GridRow, Place, Span
from govstats.forms import TableForm
from govstats.vocabulary import Vocabulary, vocabulary, words_of

_FEWEST_ROWS = 2
_NEARLY_WHOLE = 0.8
_TELLING = 3
"""Words of so many characters belong to one table; shorter ones (其他, 总计, 结果) turn up in several."""


@dataclass(frozen=True, slots=True)
class Region:
    """Rows that belong to one table form. `rows` pairs each row with its grid's number in the page.

    `codes` are the rows of the form found in it, `heads` how many different header words.
    """

    form: TableForm
    rows: tuple[tuple[int, GridRow], ...]
    codes: frozenset[str]
    heads: int

    @property
    def place(self) -> Place:
        """Where it begins."""
        table, row = self.rows[0]
        return Place(table, row.line)

    @property
    def is_loose(self) -> bool:
        """Was it made of short lines, one below the other?"""
        return self.rows[0][1].loose

    @property
    def score(self) -> int:
        """How much of the form was recognised."""
        return len(self.codes) + self.heads


def locate(document: Document, forms: Iterable[tuple[TableForm, ...]]) -> list[Region]:
    """The tables of the document: for each table name the form (out of several formats) that fits best.

    `forms` holds the tables of each known format, the newest format first. A second copy of a table follows its first.
    """
    best: dict[str, list[Region]] = {}
    for tables in forms:
        for name, regions in _regions(document, tables).items():
            if name not in best or regions[0].score > best[name][0].score:
                best[name] = regions
    return sorted((region for regions in best.values() for region in regions), key=lambda region: region.place)


def _regions(document: Document, forms: tuple[TableForm, ...]) -> dict[str, list[Region]]:
    runs: dict[str, list[Region]] = {}
    for grid in document.grids:
        for form, rows in _runs(grid, forms):
            runs.setdefault(form.name, []).append(_region(form, tuple((grid.table, row) for row in rows)))
    merged = {name: _merge(regions) for name, regions in runs.items()}
    return {name: regions for name, regions in merged.items() if regions}


def _runs(grid: Grid, forms: tuple[TableForm, ...]) -> Iterator[tuple[TableForm, list[GridRow]]]:
    """Consecutive rows of one form. A row that names nothing, or only words too short to tell (其他, 总计), stays."""
    vocabularies = [(form, vocabulary(form)) for form in forms]
    current: TableForm | None = None
    rows: list[GridRow] = []
    for row in grid.rows:
        shortest = 1 if current is None else _TELLING
        words = {word for text in row.texts if len(word := words_of(text)) >= shortest}
        hits = [sum(map(known.knows, words)) for _, known in vocabularies]
        most = max(hits)
        leaders = [form for (form, _), count in zip(vocabularies, hits, strict=True) if count == most and most]
        if leaders and current not in leaders:
            if current is not None:
                yield current, rows
            current, rows = leaders[0], []
        if current is not None:
            rows.append(row)
    if current is not None:
        yield current, rows


def _region(form: TableForm, rows: tuple[tuple[int, GridRow], ...]) -> Region:
    known = vocabulary(form)
    codes = {code for _, row in rows if (code := _code(row, known)) and not form.rows[code].heading}
    heads = {word for _, row in rows for text in row.texts if known.heads(word := words_of(text))}
    return Region(form, rows, frozenset(codes), len(heads))


def _code(row: GridRow, known: Vocabulary) -> str | None:
    """The row code that the last known label of this row names, if a cell follows it and the row is no header."""
    words = [words_of(text) for text in row.texts]
    for column in range(len(words) - 1, -1, -1):
        codes = known.rows.get(words[column])
        if codes:
            heads = any(known.heads(word) and word != words[column] for word in words)
            follows = any(row.span(later) is Span.OWN for later in range(column + 1, len(row.texts)))
            return codes[0] if follows and not heads else None
    return None


def _merge(regions: list[Region]) -> list[Region]:
    """One table out of its pieces: the best piece, the pieces that continue it, then whole second copies.

    A copy has nearly as many of the form's words as the table; short lines of prose are none beside a real grid.
    """
    first, *others = sorted(regions, key=lambda region: (-region.score, region.is_loose))
    copies = []
    for other in others:
        if other.codes and not other.codes & first.codes:
            rows = sorted((*first.rows, *other.rows), key=lambda pair: (pair[0], pair[1].line))
            first = Region(first.form, tuple(rows), first.codes | other.codes, max(first.heads, other.heads))
        elif _is_table(other) and other.score >= _NEARLY_WHOLE * first.score and other.is_loose <= first.is_loose:
            copies.append(other)
    return [first, *copies] if _is_table(first) else []


def _is_table(region: Region) -> bool:
    if region.form.side_by_side and region.heads >= _FEWEST_ROWS:
        return True
    return len(region.codes) >= _FEWEST_ROWS
