"""Two forms of one table → what in a document tells them apart, and which figures mean another thing in the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from govstats.alignment.printedrow import PrintedRow
from govstats.alignment.vocabulary import vocabulary
from govstats.model.forms import TableForm

_FEWEST = 2
"""One row may have lost figures, or be cut off."""


@lru_cache(maxsize=256)
def names_of_rows(form: TableForm) -> frozenset[str]:
    """The names of the rows that carry figures."""
    codes = {row.code for row in form.data_rows}
    return frozenset(words for words, named in vocabulary(form).rows.items() if codes & set(named))


@lru_cache(maxsize=64)
def twofold(forms: tuple[TableForm, ...]) -> frozenset[str]:
    """The names that are a row's with figures in one form, and a heading's in another (其他处理)."""
    rows = frozenset[str]().union(*map(names_of_rows, forms))
    headings = (frozenset(vocabulary(form).rows) - names_of_rows(form) for form in forms)
    return rows & frozenset[str]().union(*headings)


@lru_cache(maxsize=1024)
def own_names(form: TableForm, other: TableForm) -> frozenset[str]:
    """The names of rows and columns that `form` has and `other` has not, nor a heading or column called much alike."""
    known, others = vocabulary(form), vocabulary(other)
    columns = {name for name in known.columns if not any(name in each or each in name for each in others.columns)}
    return (names_of_rows(form) | columns) - others.names


@lru_cache(maxsize=1024)
def rows_apart(form: TableForm, other: TableForm) -> frozenset[str]:
    """The rows of both forms whose figures stand in other columns there: in the other form they mean another thing."""
    shared = (row for row in form.data_rows if row.code in other.rows)
    return frozenset(row.code for row in shared if other.rows[row.code].columns not in ((), row.columns))


def fitting(rows: Sequence[PrintedRow], form: TableForm, other: TableForm) -> TableForm | None:
    """The one of two forms that has as many figures in a row as are printed, in all rows that tell."""
    fits = [fit for row in rows if (fit := _fit(row, form, other))]
    return fits[0] if len(fits) >= _FEWEST and all(fit is fits[0] for fit in fits) else None


def _fit(row: PrintedRow, form: TableForm, other: TableForm) -> TableForm | None:
    """The form whose row is just so wide; a blank may be a cell, or what a merged one has left."""
    named = vocabulary(form).rows
    at, tail = row.split(named)
    codes = named.get(row.words[at], ()) if at >= 0 else ()
    if len(codes) != 1 or codes[0] not in rows_apart(form, other) or not set(tail) <= set(row.numerals):
        return None
    widths = {len(each.rows[codes[0]].columns): each for each in (form, other)}
    return widths.get(len(tail)) if len(widths) > 1 else None
