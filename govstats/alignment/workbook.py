"""A workbook's Document → the reports in it: one, or one for each sheet (a year, a unit) or run of sheets.

A hidden sheet counts only for tables that no shown one has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from govstats.alignment.tables import read_tables
from govstats.identity import identify
from govstats.model.document import PICTURES, Document, pictured
from govstats.text.labels import has_han

_TITLE = "政府信息公开工作年度报告"
_YEAR = re.compile(r"20\d\d")


class _Part(NamedTuple):
    """Sheets that follow each other, and the names of the tables that they hold."""

    sheets: tuple[Document, ...]
    tables: frozenset[str]

    def with_sheet(self, sheet: _Part) -> _Part:
        return _Part(self.sheets + sheet.sheets, self.tables | sheet.tables)


def reports_in(document: Document) -> list[tuple[str, Document]]:
    """Each with the name of its (first) sheet; a single one without a name."""
    if len(document.parts) < 2:
        return [("", document)]
    found = [_Part((sheet,), frozenset(read_tables(sheet).tables)) for sheet in document.parts]
    shown = [part for part in found if not part.sheets[0].meta.get("hidden")]
    told = frozenset[str]().union(*(part.tables for part in shown))
    more = [part for part in found if part.sheets[0].meta.get("hidden") and not part.tables & told]
    runs = list(_runs(shown))
    reports = [(run.sheets[0].meta.get("sheet", ""), _named(run.sheets)) for run in runs]
    if len(runs) > 1 and _are_whole(runs) and _are_several([document for _, document in reports]):
        return reports
    kept = [sheet for part in [*shown, *more] for sheet in part.sheets]
    return [("", document if len(kept) == len(found) else joined(kept, document))]


def joined(sheets: Sequence[Document], whole: Document) -> Document:
    """One document of these sheets."""
    begins = accumulate((len(sheet.blocks) for sheet in sheets), initial=0)
    at = [begin + place for begin, sheet in zip(begins, sheets, strict=False) for place in sheet.pictures]
    blocks = tuple(block for sheet in sheets for block in sheet.blocks)
    meta = {key: value for key, value in whole.meta.items() if key != PICTURES}
    return replace(whole, blocks=blocks, meta=meta | pictured(at, len(blocks)), parts=())


def _runs(shown: list[_Part]) -> Iterator[_Part]:
    """A run of sheets ends before the one that has a table of it once more; sheets without a table (a cover) belong to
    what follows, the last ones to what is before."""
    run, waiting = _Part((), frozenset()), _Part((), frozenset())
    for part in shown:
        if not part.tables:
            waiting = waiting.with_sheet(part)
            continue
        if part.tables & run.tables:
            yield run
            run = _Part((), frozenset())
        run, waiting = run.with_sheet(waiting).with_sheet(part), _Part((), frozenset())
    yield run.with_sheet(waiting)


def _are_whole(runs: list[_Part]) -> bool:
    """Does each hold the same tables? One table more, of last year, is no report of its own."""
    return len({run.tables for run in runs}) == 1


def _are_several(documents: list[Document]) -> bool:
    """Is any one of another year or another agency than the first?"""
    who = [identify(document) for document in documents]
    years = {each.year for each in who} - {None}
    agencies = {each.agency or each.called for each in who} - {None}
    return len(years) > 1 or len(agencies) > 1


def _named(sheets: tuple[Document, ...]) -> Document:
    """The sheets as one document. What they leave open of year and agency, the name of the first one with a name may
    tell."""
    document = joined(sheets, sheets[0])
    who = identify(document)
    if who.year and (who.agency or who.called):
        return document
    names = (
        name for sheet in sheets if (name := sheet.meta.get("sheet", "")) and (has_han(name) or _YEAR.search(name))
    )
    name = next(names, "")
    year = _YEAR.search(name)
    title = f"{name}年{_TITLE}" if year and name.endswith(year[0]) else f"{name}{_TITLE}"
    told = replace(document, meta={**document.meta, "title": title}) if name else document
    new = identify(told)
    is_better = (who.year in (None, new.year)) and (who.agency in (None, new.agency))
    return told if is_better else document
