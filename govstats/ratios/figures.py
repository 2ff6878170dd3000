"""A panel → what stands above and below in each indicator, report by report; where nothing does, why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from govstats.catalog.formats import known_formats
from govstats.catalog.indicators import indicators
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.report import Report
from govstats.ratios.intervals import Figures

PLACE = ("province", "city", "county", "level", "body")
_CELL = ("format", "table", "row", "column")
_NEEDED = ("path", "agency", "year", *_CELL, "value")


_Counted = tuple[Figures, NDArray[np.bool_]]


class Reason(IntEnum):
    """Why a report has no figure for an indicator; NONE: it has."""

    NONE = 0
    NOT_COUNTED = 1
    """Its form does not count this."""
    INCOMPLETE = 2
    """A cell is missing or holds no figure: blank, a mark, unreadable, printed twice."""
    ZERO = 3
    """The denominator is 0."""
    INCONSISTENT = 4
    """What is above is more than what it is a part of, here or in another share of the same: the table is wrong."""


@dataclass(frozen=True)
class Parts:
    """`who`: a report a row. The others: reports × indicators, in the order of the file; NaN where no figure is."""

    who: pd.DataFrame
    above: Figures
    below: Figures
    reasons: NDArray[np.int8]


class _Plan(NamedTuple):
    """What is looked up of a panel: cells (format, table, row, column) → column of the matrix; for each term its form →
    columns of the matrix; for each indicator the numbers of its terms, above and below."""

    places: dict[tuple[str, str, str, str], int]
    terms: tuple[dict[str, list[int]], ...]
    sides: tuple[tuple[list[int], list[int]], ...]


@cache
def _plan() -> _Plan:
    """Series are of shipped forms only, so what users add changes nothing here."""
    known = indicators().indicators
    terms = list(dict.fromkeys(term for each in known for term in (*each.above, *each.below)))
    cells = {term: {form: term.cells(form) for form in known_formats()} for term in terms}
    named = ((form, *cell) for forms in cells.values() for form, found in forms.items() for cell in found)
    places = {cell: at for at, cell in enumerate(dict.fromkeys(named))}
    return _Plan(
        places,
        tuple({f: [places[f, *cell] for cell in found] for f, found in cells[t].items() if found} for t in terms),
        tuple(([terms.index(t) for t in each.above], [terms.index(t) for t in each.below]) for each in known),
    )


def parts(panel: pd.DataFrame) -> Parts:
    """The parts of a panel (`govstats.panel`) or of `report.to_frame()`. Raises UsageError for another frame."""
    lacking = [name for name in _NEEDED if name not in panel]
    if lacking:
        raise UsageError(
            Text(
                f"这个 DataFrame 没有 {'、'.join(lacking)} 列，不是面板。", f"No panel: it lacks {', '.join(lacking)}."
            ),
            Text("请用 govstats.panel(…) 取得。", "Take one from govstats.panel(…)."),
        )
    report, who = _reports(panel)
    figures = _matrix(panel, report, len(who))
    forms = _forms(panel, report, len(who))
    made = [_term(cells, figures, forms) for cells in _plan().terms]
    sides = [[_sum([made[at] for at in side]) for side in both] for both in _plan().sides]
    above, below = (np.column_stack([pair[side][0] for pair in sides]) for side in (0, 1))
    counted = np.column_stack([pair[0][1] & pair[1][1] for pair in sides])
    reasons = _reasons(above, below, counted)
    left = (reasons == Reason.NOT_COUNTED) | (reasons == Reason.INCOMPLETE)
    return Parts(who, np.where(left, np.nan, above), np.where(left, np.nan, below), reasons)


def joined(some: Iterable[Parts]) -> Parts:
    """Parts of several panels → parts of all. `some` has at least one."""
    each = list(some)
    return Parts(
        pd.concat([one.who for one in each], ignore_index=True),
        *(np.concatenate([getattr(one, name) for one in each]) for name in ("above", "below", "reasons")),
    )


def nothing_of(report: Report) -> Parts:
    """The parts of a report without any table."""
    who = pd.DataFrame([{"path": report.path, "agency": report.agency, "year": report.year, **report.whereabouts}])
    unknown = np.full((1, len(indicators().indicators)), np.nan)
    reasons = np.full(unknown.shape, Reason.INCOMPLETE, np.int8)
    return Parts(who[["path", "agency", "year", *PLACE]].astype({"year": "Int64"}), unknown, unknown, reasons)


def _reports(panel: pd.DataFrame) -> tuple[NDArray[np.int64], pd.DataFrame]:
    """Which report each row belongs to, in the order of the panel; and who these are.

    A workbook may hold several reports, so a path alone is none.
    """
    keys = [_codes(panel[name])[0] for name in ("path", "agency", "year")]
    sizes = [int(key.max(initial=0)) + 2 for key in keys]
    whole = np.ravel_multi_index([key + 1 for key in keys], sizes)
    report, _ = pd.factorize(whole)
    first = np.unique(report, return_index=True)[1]
    who = panel.iloc[first].reset_index(drop=True)
    return report, pd.DataFrame(
        {name: _plain(who[name]) if name in who else None for name in ("path", "agency", "year", *PLACE)}
    )


def _plain(column: pd.Series) -> pd.Series:
    return column.astype("Int64" if column.name == "year" else "object")


def _codes(column: pd.Series) -> tuple[NDArray[np.int64], list[object]]:
    """Values as numbers (-1: none), and what they stand for."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.cat.codes, np.int64), list(column.cat.categories)
    codes, values = pd.factorize(column)
    return np.asarray(codes, np.int64), list(values)


def _matrix(panel: pd.DataFrame, report: NDArray[np.int64], reports: int) -> Figures:
    """Reports × needed cells. A cell that is there twice has no figure."""
    at = _places(panel)
    there = at >= 0
    places = len(_plan().places)
    values = panel["value"].to_numpy(np.float64, na_value=np.nan)[there]
    where = report[there] * places + at[there]
    flat = np.full(reports * places, np.nan)
    flat[where] = values
    flat[np.bincount(where, minlength=len(flat)) > 1] = np.nan
    return flat.reshape(reports, places)


def _places(panel: pd.DataFrame) -> NDArray[np.int64]:
    """The column of the matrix that each row of the panel goes to; -1: none."""
    coded = [_codes(panel[name]) for name in _CELL]
    sizes = [len(values) + 1 for _, values in coded]
    known = [{value: at for at, value in enumerate(values)} for _, values in coded]
    table = np.full(sizes, -1, np.int64)
    for cell, place in _plan().places.items():
        found = [at.get(name) for at, name in zip(known, cell, strict=True)]
        if None not in found:
            table[tuple(found)] = place
    return table[tuple(codes for codes, _ in coded)]


def _forms(panel: pd.DataFrame, report: NDArray[np.int64], reports: int) -> dict[str, NDArray[np.bool_]]:
    """Form → which reports follow it, be it in one table only."""
    codes, names = _codes(panel["format"])
    return {
        str(name): np.bincount(report[codes == at], minlength=reports).astype(bool) for at, name in enumerate(names)
    }


def _term(cells: dict[str, list[int]], figures: Figures, forms: dict[str, NDArray[np.bool_]]) -> _Counted:
    """A term's figure in each report, and whether a form of the report counts it; the newest form first."""
    value, counted = np.full(len(figures), np.nan), np.zeros(len(figures), bool)
    for form, places in cells.items():
        if form in forms:
            found = np.where(forms[form], figures[:, places].sum(axis=1), np.nan)
            value = np.where(np.isnan(value), found, value)
            counted |= forms[form]
    return value, counted


def _sum(terms: list[_Counted]) -> _Counted:
    return np.sum([value for value, _ in terms], axis=0), np.logical_and.reduce([counted for _, counted in terms])


@cache
def _sharing() -> NDArray[np.bool_]:
    """Indicators × indicators: have they the denominator in common? One that is too small for one serves none."""
    below = [each.denominator if each.kind == "share" else (each.key,) for each in indicators().indicators]
    return np.array([[one == other for other in below] for one in below])


def _reasons(above: Figures, below: Figures, counted: NDArray[np.bool_]) -> NDArray[np.int8]:
    is_share = np.array([each.kind == "share" for each in indicators().indicators])
    wrong = (above < 0) | (below < 0) | (is_share & (above > below))
    told = {
        Reason.NOT_COUNTED: ~counted,
        Reason.INCOMPLETE: np.isnan(above) | np.isnan(below),
        Reason.INCONSISTENT: wrong @ _sharing(),
        Reason.ZERO: below == 0,
    }
    return np.select(list(told.values()), list(told), Reason.NONE).astype(np.int8)
