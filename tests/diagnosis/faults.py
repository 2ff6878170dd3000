"""A seeded numpy Generator → Faults: tables of every form that has relations, right but for one named fault.

Written without looking at the diagnosing code, so that it can judge it: `faults(n, seed)` makes them, and two exact
models (integer programming) say what can be known of each. `fillings_exist`: do some figures for its blanks make all
relations hold? `is_least_cost`: is the truth a repair that changes the fewest cells? A *printed text* is what stands
in the cell; a *figure* is what is true. `python faults.py 2000` prints how many of each kind it made.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, cycle, islice, product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, eye_array, hstack

from govstats.catalog.formats import get_format
from govstats.model.forms import Relation, TableForm
from govstats.model.table import Table

Figures = NDArray[np.float64]
Random = np.random.Generator
Texts = list[str]

FORMATS = ("national-2021", "national-2019", "national-2014", "fujian-2018")
# Size → the chance that a cell is not 0, and about how large it then is. Small bureaus have nearly only zeros.
SIZES: dict[str, tuple[float, float]] = {
    "sparse": (0.06, 1.5),
    "small": (0.2, 4.0),
    "medium": (0.45, 15.0),
    "dense": (0.85, 50.0),
}
ZEROS = ("printed", "blank", "mark", "chance-blank", "chance-mark", "chance-both", "rows", "columns")
_HIDDEN = ("blank", "mark")
_LARGEST = 2000
_TRIES = 60
_SECONDS = 20.0


class UndecidedError(RuntimeError):
    """The exact model found no proof in its time, or its numbers were too large to be trusted."""


@dataclass(frozen=True, slots=True, eq=False)
class Fault:
    """A printed table with one fault of a known kind (`none`: a valid one).

    `texts` maps row codes to the texts in the row's column order (for `Table.from_texts`). `truth` is the vector of
    true figures (in the order of `form.cells`), `changed` the cells printed otherwise than an honest clerk would have
    (left blank included), `blanks` the cells that are blank or a mark, whatever their figure is. `moves`: as how many
    movements of the hand the fault counts, however many cells it touched.
    """

    form: TableForm
    kind: str
    size: str
    zeros: str
    texts: Mapping[str, Sequence[str]]
    truth: Figures
    changed: tuple[int, ...]
    blanks: tuple[int, ...]
    moves: int

    @property
    def table(self) -> str:
        """The name of the table in its form."""
        return self.form.name

    @property
    def printed(self) -> Figures:
        """The figures as printed, NaN for blanks and marks."""
        return _read(self.form, [text for row in self.form.data_rows for text in self.texts[row.code]])

    @property
    def wrong(self) -> tuple[int, ...]:
        """The cells that print a figure which is not the true one: what a repair has to change."""
        printed = self.printed
        return _positions(~np.isnan(printed) & (printed != self.truth))

    @property
    def repair(self) -> dict[int, int]:
        """What each wrong cell should hold."""
        return {position: round(float(self.truth[position])) for position in self.wrong}

    @property
    def cost(self) -> int:
        """The cost of the truth as an explanation: the cells to change, or the movements if they are fewer."""
        return min(self.moves, len(self.wrong))


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What the relations of a form say of its cells (positions).

    `rows` and `columns` map codes and keys to cells; `parts` are counted in a total but are none; `leaves` are given
    by no relation; `grand` are totals of a row and of a column; `pairs` maps the balance of a line to the cells of
    what was carried over and what is carried on.
    """

    rows: dict[str, list[int]]
    columns: dict[str, list[int]]
    related: list[int]
    leaves: list[int]
    parts: list[int]
    totals: list[int]
    grand: list[int]
    total_rows: list[str]
    total_columns: list[str]
    pairs: dict[str, tuple[int, int]]


@cache
def shape(form: TableForm) -> Shape:
    """The shape of a form."""
    sums = [relation for relation in form.relations if relation.is_sum]
    sides = {each: {relation.right[0] for relation in sums if relation.each == each} for each in ("row", "column")}
    totals = sides["row"] | sides["column"]
    balances = [relation for relation in form.relations if not relation.is_sum]
    worked_out = totals | {relation.left[0] for relation in balances}
    related = {cell for relation in form.relations for cell in (*relation.left, *relation.right)}
    return Shape(
        rows=_grouped(form, "row"),
        columns=_grouped(form, "column"),
        related=sorted(related),
        leaves=sorted(related - worked_out),
        parts=sorted({cell for relation in sums for cell in relation.left} - totals - _ends(balances)),
        totals=sorted(totals),
        grand=sorted(sides["row"] & sides["column"]),
        total_rows=sorted({form.cells[cell].row for cell in sides["column"]}),
        total_columns=sorted({form.cells[cell].column for cell in sides["row"]}),
        pairs={relation.line: (relation.left[-1], relation.right[-1]) for relation in balances},
    )


def _grouped(form: TableForm, name: str) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for position, cell in enumerate(form.cells):
        groups.setdefault(str(getattr(cell, name)), []).append(position)
    return groups


def _ends(balances: list[Relation]) -> set[int]:
    """The cells of the balances: rows of their own, parts of no total row."""
    return {cell for relation in balances for cell in (*relation.left, *relation.right)}


@cache
def forms() -> tuple[TableForm, ...]:
    """Every table with relations, of every form."""
    tables = [table for name in FORMATS for table in get_format(name).tables.values()]
    return tuple(table for table in tables if table.relations)


def _positions(wanted: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(position) for position in np.flatnonzero(wanted))


def _read(form: TableForm, texts: Sequence[str]) -> Figures:
    return np.array([figure.read(text).value for figure, text in zip(form.figures, texts, strict=True)])


# Valid tables


def true_figures(form: TableForm, rng: Random, size: str) -> Figures:
    """Figures that satisfy all relations of a form, at least one of them not 0; the year within the cumulative."""
    figures = np.zeros(len(form.cells))
    cells = sorted({*shape(form).leaves, *(form.index[cell] for cell in form.free_cells)})
    while not figures[shape(form).leaves].any():
        figures[cells] = _drawn(form, cells, rng, size)
    if set(form.columns) >= {"year", "cumulative"}:
        figures[shape(form).columns["cumulative"]] += figures[shape(form).columns["year"]]
    return _totalled(form, np.round(figures, 2))


def _drawn(form: TableForm, cells: list[int], rng: Random, size: str) -> Figures:
    chance, scale = SIZES[size]
    weights = dict(zip(form.columns, (1.0, *rng.uniform(0.05, 0.6, len(form.columns))), strict=False))
    weight = np.array([weights[form.cells[cell].column] for cell in cells])
    amounts = np.array([form.figures[cell].number == "amount" for cell in cells])
    drawn = np.clip(rng.lognormal(np.log(scale * np.sqrt(weight)), 1.0), 1, _LARGEST)
    drawn = np.where(amounts, np.round(drawn, 2), np.floor(drawn))
    figures: Figures = drawn * (rng.random(len(cells)) < chance * weight**0.25)
    return figures


def _totalled(form: TableForm, figures: Figures) -> Figures:
    """Figures with totals and balances worked out from their leaves."""
    figures = figures.copy()
    sums = [relation for relation in form.relations if relation.is_sum]
    balances = [relation for relation in form.relations if not relation.is_sum]
    for relation in (*sums, *sums, *balances, *sums):
        total = figures[list(relation.right)].sum()
        if relation.is_sum:
            figures[relation.right[0]] = figures[list(relation.left)].sum()
        else:
            figures[relation.left[-1]] = min(figures[relation.left[-1]], total)
            figures[relation.left[0]] = total - figures[list(relation.left[1:])].sum()
    if (form.matrix @ figures).any():
        raise AssertionError(f"{form.format} {form.name}: the figures do not add up")
    return figures


def text_of(figure: float) -> str:
    """A figure as printed."""
    return str(round(figure)) if figure == round(figure) else f"{figure:.2f}"


def printed_texts(form: TableForm, figures: Figures, rng: Random, zeros: str) -> Texts:
    """The texts of right figures, zeros printed as `zeros` says."""
    texts = [text_of(float(figure)) for figure in figures]
    signs = ("", "/") if zeros == "chance-both" else ("/",) if "mark" in zeros else ("",)
    if zeros in {"rows", "columns"}:
        signs = (str(rng.choice(["", "/"])),)
    for cell in _hidden_zeros(form, figures, rng, zeros):
        texts[cell] = str(rng.choice(signs))
    return texts


def _hidden_zeros(form: TableForm, figures: Figures, rng: Random, zeros: str) -> list[int]:
    """The zeros that are not printed as 0."""
    every = [int(cell) for cell in np.flatnonzero(figures == 0)]
    if zeros in {"rows", "columns"}:
        lines = (shape(form).rows if zeros == "rows" else shape(form).columns).values()
        return [cell for line in lines if not figures[line].any() and rng.random() < 0.8 for cell in line]
    chance = {"printed": 0.0, "blank": 1.0, "mark": 1.0}.get(zeros, float(rng.uniform(0.1, 0.9)))
    return [cell for cell in every if rng.random() < chance]


def valid(form: TableForm, rng: Random, size: str | None = None, zeros: str | None = None) -> Fault:
    """A valid table; one in twenty is 0 throughout."""
    size, zeros = size or str(rng.choice(list(SIZES))), zeros or _some_zeros(rng)
    figures = true_figures(form, rng, size) * float(rng.random() > 0.05)
    texts = printed_texts(form, figures, rng, zeros)
    return _fault(Draft(form, size, zeros, figures, texts), "none", texts, moves=0)


def valid_tables(count: int, seed: int = 0) -> Iterator[Fault]:
    """Valid tables of all forms in turn."""
    rng = np.random.default_rng(seed)
    return (valid(form, rng) for form in islice(cycle(forms()), count))


def _some_zeros(rng: Random) -> str:
    """Zeros are printed in two tables of five, so that most have blanks."""
    return "printed" if rng.random() < 0.4 else str(rng.choice(ZEROS[1:]))


# Faults


@dataclass(slots=True)
class Draft:
    """A table on its way to be printed: a fault alters its texts."""

    form: TableForm
    size: str
    zeros: str
    truth: Figures
    texts: Texts

    @property
    def shape(self) -> Shape:
        """The shape of its form."""
        return shape(self.form)

    def filled(self, cells: Sequence[int], least: int = 1) -> list[int]:
        """Those of the cells that print a figure of at least so much."""
        return [cell for cell in cells if self.truth[cell] >= least and self.texts[cell] == text_of(self.truth[cell])]

    def nothing(self, rng: Random) -> str:
        """How a cell looks in which nothing was put: as the other zeros of the table."""
        return {"printed": "0", "blank": "", "mark": "/"}.get(self.zeros) or str(rng.choice(["0", ""]))

    def move(self, moves: dict[int, int]) -> None:
        """Print at each cell what should stand in another."""
        before = list(self.texts)
        for target, source in moves.items():
            self.texts[target] = before[source]

    def exchange(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Print each of two cells in the other's place."""
        self.move({one: other for pair in pairs for one, other in (pair, pair[::-1])})


def _one(rng: Random, things: Sequence[int]) -> int:
    return int(things[int(rng.integers(len(things)))])


def _line(rng: Random, lines: Sequence[str]) -> str:
    return str(lines[int(rng.integers(len(lines)))])


# Each of these alters the texts of a draft; False if the draft gives no occasion for it.
Hand = Callable[[Draft, Random], bool]


def _typed_otherwise(text: str, rng: Random, how: str) -> str:
    """A figure with one digit changed, doubled, lost, or two swapped; itself if it cannot be."""
    at = int(rng.integers(len(text)))
    if how == "changed":
        digits = "123456789" if at == 0 and len(text) > 1 else "0123456789"
        return text[:at] + str(rng.choice(list(digits.replace(text[at], "")))) + text[at + 1 :]
    if how == "doubled":
        return text[:at] + text[at] + text[at:]
    if how == "lost":
        rest = text[:at] + text[at + 1 :]
        return text if not rest or (rest[0] == "0" and len(rest) > 1) else rest
    swapped = text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :] if at else text
    return text if swapped[0] == "0" else swapped


_SLIPS_OF_KEYS = ("changed", "doubled", "lost", "swapped")


def _mistype(draft: Draft, rng: Random, cells: Sequence[int], how: str) -> bool:
    """Mistype one of the cells; now and then a 0 (or blank) gets a figure."""
    if how == "changed" and rng.random() < 0.15:
        empty = [cell for cell in cells if draft.truth[cell] == 0]
        if empty:
            draft.texts[_one(rng, empty)] = str(rng.integers(1, 10))
            return True
    filled = draft.filled(cells)
    if not filled:
        return False
    cell = _one(rng, filled)
    text = draft.texts[cell]
    draft.texts[cell] = _typed_otherwise(text, rng, how)
    return draft.texts[cell] != text


def _mistyped(how: str) -> Hand:
    return lambda draft, rng: _mistype(draft, rng, draft.shape.related, how)


def _two_cells(draft: Draft, rng: Random) -> bool:
    """Two cells mistyped: each by itself, sometimes both in one row or in one column."""
    cells = draft.shape.related
    if rng.random() < 0.4:
        lines = [*draft.shape.rows.values(), *draft.shape.columns.values()]
        line = set(lines[int(rng.integers(len(lines)))]) & set(cells)
        cells = sorted(line) if len(line) > 1 else cells
    first, second = (str(how) for how in rng.choice(_SLIPS_OF_KEYS, 2))
    before = list(draft.texts)
    if not _mistype(draft, rng, cells, first) or draft.texts == before:
        return False
    others = [cell for cell in cells if draft.texts[cell] == before[cell]]
    return bool(others) and _mistype(draft, rng, others, second)


def _not_filled(lines: str, sign: str) -> Hand:
    """A whole row or column of totals is 0, or blank."""

    def hand(draft: Draft, rng: Random) -> bool:
        totals = draft.shape.total_rows if lines == "rows" else draft.shape.total_columns
        if not totals:
            return False
        cells = getattr(draft.shape, lines)[_line(rng, totals)]
        text = sign or str(rng.choice(["", "/"], p=[0.8, 0.2]))
        for cell in cells:
            draft.texts[cell] = text
        return bool(draft.truth[cells].any())

    return hand


def _total_wrong(draft: Draft, rng: Random) -> bool:
    """One total is mistyped or miscounted."""
    totals = sorted({*draft.shape.totals} - {*draft.shape.grand})
    return _miscounted(draft, rng, totals)


def _grand_total_wrong(draft: Draft, rng: Random) -> bool:
    """The total of totals is mistyped or miscounted."""
    return _miscounted(draft, rng, draft.shape.grand)


def _miscounted(draft: Draft, rng: Random, totals: Sequence[int]) -> bool:
    if not totals:
        return False
    if rng.random() < 0.5:
        return _mistype(draft, rng, totals, str(rng.choice(_SLIPS_OF_KEYS)))
    cell = _one(rng, draft.filled(totals) or totals)
    wrong = max(0, round(float(draft.truth[cell])) + int(rng.choice([-10, -3, -2, -1, 1, 2, 3, 10])))
    draft.texts[cell] = str(wrong)
    return True


def _carried_exchanged(everywhere: bool) -> Hand:
    """上年结转 ↔ 结转下年: rows 2 and 4, in one column or in all."""

    def hand(draft: Draft, rng: Random) -> bool:
        pairs = list(draft.shape.pairs.values())
        if not everywhere:
            pairs = [pair for pair in pairs if draft.truth[pair[0]] != draft.truth[pair[1]]]
        if not pairs:
            return False
        draft.exchange(pairs if everywhere else [pairs[int(rng.integers(len(pairs)))]])
        return True

    return hand


def _columns_exchanged(several: bool) -> Hand:
    """Two columns stand in each other's place, in one row or in several."""

    def hand(draft: Draft, rng: Random) -> bool:
        rows = [row for row in draft.shape.rows.values() if len(row) > 1 and draft.truth[row].any()]
        if len(rows) < 1 + several or (several and len(draft.shape.rows) < 3):
            return False
        one, other = (int(at) for at in rng.choice(len(rows[0]), 2, replace=False))
        rows = [row for row in rows if draft.truth[row[one]] != draft.truth[row[other]]]
        if len(rows) < 1 + several:
            return False
        draft.exchange([(row[one], row[other]) for row in _some_rows(rows, rng, several)])
        return True

    return hand


def _some_rows(rows: list[list[int]], rng: Random, several: bool) -> list[list[int]]:
    """One of the rows, or some of them, mostly one below the other."""
    if not several:
        return [rows[int(rng.integers(len(rows)))]]
    many = int(rng.integers(2, max(3, min(len(rows), 8))))
    if rng.random() < 0.7:
        start = int(rng.integers(len(rows) - many + 1))
        return rows[start : start + many]
    return [rows[int(at)] for at in rng.choice(len(rows), many, replace=False)]


def _rows_exchanged(draft: Draft, rng: Random) -> bool:
    """The figures of two rows stand in each other's place."""
    rows = [row for row in draft.shape.rows.values() if set(row) & set(draft.shape.related)]
    one, other = (int(at) for at in rng.choice(len(rows), 2, replace=False))
    draft.exchange(list(zip(rows[one], rows[other], strict=True)))
    return True


def _shift(draft: Draft, rng: Random, cells: Sequence[int]) -> bool:
    """Print figures one place to the right (mostly) or left; one place is empty, the figure at the end is lost."""
    cells = list(cells) if rng.random() < 0.7 else list(cells)[::-1]
    empty = draft.nothing(rng)
    draft.move(dict(zip(cells[1:], cells[:-1], strict=True)))
    draft.texts[cells[0]] = empty
    return bool(draft.truth[list(cells)].any())


def _row_shifted(draft: Draft, rng: Random) -> bool:
    """The figures of a row stand one column to the side."""
    rows = [row for row in draft.shape.rows.values() if len(row) > 1 and draft.truth[row].any()]
    return bool(rows) and _shift(draft, rng, rows[int(rng.integers(len(rows)))])


def _litigation_shifted(draft: Draft, rng: Random) -> bool:
    """Rows printed side by side: from one block on, all figures of the line stand one place to the side."""
    if not draft.form.side_by_side:
        return False
    line = [cell for row in draft.shape.rows.values() for cell in row]
    start = int(rng.integers(len(draft.shape.rows))) * (len(line) // len(draft.shape.rows))
    return _shift(draft, rng, line[start:])


def _shifted_beside_wrong_total(draft: Draft, rng: Random) -> bool:
    """A row is shifted, and a total elsewhere is wrong."""
    before = list(draft.texts)
    if not draft.shape.total_columns or not _row_shifted(draft, rng):
        return False
    others = [cell for cell in draft.shape.totals if draft.texts[cell] == before[cell]]
    return _miscounted(draft, rng, others)


def _part_carried(draft: Draft, rng: Random) -> bool:
    """A part is mistyped, and formulas carry it into every total above it."""
    parts = draft.filled(draft.shape.parts)
    if not parts:
        return False
    cell = _one(rng, parts)
    figures = draft.truth.copy()
    figures[cell] = float(_typed_otherwise(draft.texts[cell], rng, str(rng.choice(_SLIPS_OF_KEYS))))
    for relation in 3 * draft.form.relations:
        if relation.is_sum:
            figures[relation.right[0]] = figures[list(relation.left)].sum()
    for changed in _positions(figures != draft.truth):
        draft.texts[changed] = text_of(float(figures[changed]))
    return bool(figures[cell] != draft.truth[cell])


def _last_year(draft: Draft, rng: Random) -> bool:
    """A column, or some rows of it, still holds last year's figures."""
    earlier = printed_texts(draft.form, true_figures(draft.form, rng, draft.size), rng, draft.zeros)
    column = draft.shape.columns[_line(rng, list(draft.shape.columns))]
    start, end = 0, len(column)
    if rng.random() < 0.3 or (not draft.shape.total_columns and len(column) > 3):
        start, end = sorted(int(at) for at in rng.choice(len(column) + 1, 2, replace=False))
    for cell in column[start:end]:
        draft.texts[cell] = earlier[cell]
    return end - start > 1


def _result_row_blank(draft: Draft, rng: Random) -> bool:
    """A row of results that had figures is left blank as a whole."""
    rows = [row for row in draft.shape.rows.values() if draft.truth[row].any() and set(row) & {*draft.shape.parts}]
    if not rows:
        return False
    text = str(rng.choice(["", "/"], p=[0.8, 0.2]))
    for cell in rows[int(rng.integers(len(rows)))]:
        draft.texts[cell] = text
    return True


def _first_digit_only(draft: Draft, rng: Random) -> bool:
    """予以公开 1 instead of 17, where zeros are blank."""
    if draft.zeros not in _HIDDEN:
        return False
    first = draft.filled(draft.shape.parts[:1], least=10)
    parts = first or draft.filled(draft.shape.parts, least=10)
    if not parts:
        return False
    cell = parts[0] if first else _one(rng, parts)
    draft.texts[cell] = draft.texts[cell][0]
    return True


def _sign(draft: Draft, rng: Random) -> bool:
    """A figure got a sign that no count has: a stroke before it, or its sign taken wrong by a formula."""
    filled = draft.filled(draft.shape.related)
    if not filled:
        return False
    cell = _one(rng, filled)
    draft.texts[cell] = "-" + draft.texts[cell]
    return True


def _wrong_row(draft: Draft, rng: Random) -> bool:
    """A figure stands in another row of its column, mostly in a neighbour, and not in its own."""
    filled = draft.filled(draft.shape.related)
    if not filled:
        return False
    cell = _one(rng, filled)
    column = draft.shape.columns[draft.form.cells[cell].column]
    at = column.index(cell) + int(rng.choice([-2, -1, -1, 1, 1, 2]))
    if not 0 <= at < len(column) or draft.truth[column[at]] != 0 or draft.form.figures[column[at]].number != "count":
        return False
    draft.texts[column[at]] = draft.texts[cell]
    draft.texts[cell] = draft.nothing(rng)
    return True


KINDS: dict[str, Hand] = {
    **{f"digit-{how}": _mistyped(how) for how in _SLIPS_OF_KEYS},
    "two-cells": _two_cells,
    "total-row-zero": _not_filled("rows", "0"),
    "total-row-blank": _not_filled("rows", ""),
    "total-column-zero": _not_filled("columns", "0"),
    "total-column-blank": _not_filled("columns", ""),
    "total-wrong": _total_wrong,
    "grand-total-wrong": _grand_total_wrong,
    "rows-2-4-column": _carried_exchanged(everywhere=False),
    "rows-2-4": _carried_exchanged(everywhere=True),
    "columns-in-a-row": _columns_exchanged(several=False),
    "columns-in-rows": _columns_exchanged(several=True),
    "rows-exchanged": _rows_exchanged,
    "row-shifted": _row_shifted,
    "litigation-shifted": _litigation_shifted,
    "shift-and-total": _shifted_beside_wrong_total,
    "part-carried": _part_carried,
    "last-year-column": _last_year,
    "result-row-blank": _result_row_blank,
    "first-digit-only": _first_digit_only,
    "sign": _sign,
    "wrong-row": _wrong_row,
}
# Kinds that are two movements; all others are one, however many cells they touch.
TWICE = frozenset({"two-cells", "shift-and-total"})


def fault(form: TableForm, kind: str, rng: Random, size: str | None = None, zeros: str | None = None) -> Fault | None:
    """A table with a fault of a kind that shows: with blanks as 0, some relation fails. None if the form has none."""
    for _ in range(_TRIES):
        draft = _draft(form, kind, rng, size, zeros)
        honest = list(draft.texts)
        if KINDS[kind](draft, rng) and _shows(form, draft.texts):
            return _fault(draft, kind, honest, moves=1 + (kind in TWICE))
    return None


def _draft(form: TableForm, kind: str, rng: Random, size: str | None, zeros: str | None) -> Draft:
    size, zeros = size or str(rng.choice(list(SIZES))), zeros or _some_zeros(rng)
    if kind == "first-digit-only" and zeros not in _HIDDEN:
        zeros = str(rng.choice(_HIDDEN))
    figures = true_figures(form, rng, size)
    return Draft(form, size, zeros, figures, printed_texts(form, figures, rng, zeros))


def _shows(form: TableForm, texts: Texts) -> bool:
    return bool((form.matrix @ np.nan_to_num(_read(form, texts))).any())


def _fault(draft: Draft, kind: str, honest: Texts, *, moves: int) -> Fault:
    flat = iter(draft.texts)
    texts = {row.code: list(islice(flat, len(row.columns))) for row in draft.form.data_rows}
    changed = [at for at, (text, before) in enumerate(zip(draft.texts, honest, strict=True)) if text != before]
    blanks = [at for at, text in enumerate(draft.texts) if text in {"", "/"}]
    return Fault(
        draft.form, kind, draft.size, draft.zeros, texts, draft.truth, tuple(changed), tuple(blanks), moves
    )  # fmt: skip


@cache
def kinds_of(form: TableForm) -> tuple[str, ...]:
    """The kinds of faults that show in a form."""
    rng = np.random.default_rng(0)
    return tuple(kind for kind in KINDS if any(fault(form, kind, rng) for _ in range(3)))


def faults(count: int, seed: int = 0) -> Iterator[Fault]:
    """So many faults: every kind of every form in turn, each table drawn anew."""
    rng = np.random.default_rng(seed)
    turns = cycle([(form, kind) for form in forms() for kind in kinds_of(form)])
    made = (fault(form, kind, rng) for form, kind in turns)
    return islice((each for each in made if each is not None), count)


# What can be known of a table, exactly


def fillings_exist(form: TableForm, texts: Mapping[str, Sequence[str]]) -> bool:
    """Is there a whole figure, not negative, for every blank and mark, so that all relations hold?

    Proved by integer programming; a filling that is found is checked in whole numbers. Raises UndecidedError.
    """
    printed = Table.from_texts(form, texts).values
    return filling(form, printed) is not None


def filling(form: TableForm, printed: Figures) -> Figures | None:
    """Figures (NaN: free) with their blanks filled in so that all relations hold; None if that cannot be.

    Either answer is checked in whole numbers: the figures, or the weights of relations that refuse all figures.
    """
    figures, free = np.nan_to_num(printed), np.isnan(printed)
    missing = -form.matrix @ figures
    if not missing.any():
        return figures
    found = _whole_solution(form.matrix[:, free], missing)
    if found is None:
        if refusal(form.matrix[:, free], missing) is None:
            raise UndecidedError("no filling, and no proof that there is none")
        return None
    figures[free] = found
    if (form.matrix @ figures).any() or (found < 0).any():
        raise UndecidedError("the filling that was found is none in whole numbers")
    return figures


def _whole_solution(matrix: Figures, missing: Figures) -> Figures | None:
    """Whole z, not negative, with matrix · z = missing; None if there are none."""
    if not matrix.shape[1] or missing[~matrix.any(axis=1)].any():
        return None
    equations = LinearConstraint(csr_array(matrix), missing, missing)
    return _solved(equations, np.full(matrix.shape[1], np.inf))


def _solved(constraints: LinearConstraint | list[LinearConstraint], tops: Figures) -> Figures | None:
    """Whole unknowns from 0 to their tops that keep the constraints; None if there are none. Raises UndecidedError."""
    answer = milp(
        np.zeros(len(tops)),
        constraints=constraints,
        bounds=Bounds(0, tops),
        integrality=1,
        options={"time_limit": _SECONDS},
    )
    if answer.status == 2:
        return None
    if answer.status != 0 or answer.x is None:
        raise UndecidedError(str(answer.message))
    whole: Figures = np.round(answer.x)
    return whole


def refusal(matrix: Figures, missing: Figures) -> Figures | None:
    """Weights w with w · matrix ≤ 0 and w · missing > 0: no z ≥ 0 has matrix · z = missing (Farkas). None if one has.

    The weights are whole and what they prove is checked in whole numbers.
    """
    size = len(missing)
    costs = np.concatenate([np.zeros(matrix.shape[1]), np.ones(2 * size)])
    equations = hstack([csr_array(matrix), eye_array(size), -eye_array(size)], format="csr")
    answer = linprog(costs, A_eq=equations, b_eq=missing, method="highs")
    if answer.status != 0:
        raise UndecidedError(str(answer.message))
    if answer.fun < 0.5:
        return None
    for factor in (1, 2, 3, 4, 6):
        weights: Figures = np.round(factor * answer.eqlin.marginals)
        if weights @ missing > 0 and (weights @ matrix <= 0).all():
            return weights
    raise UndecidedError("the proof that no filling exists is none in whole numbers")


def is_least_cost(fault: Fault, *, slips: bool = False) -> bool:
    """Does no repair change fewer printed cells than the truth (blanks are free)? With `slips` movements are counted.

    Proved by integer programming (a few in a thousand, without `slips`, are not decided). Raises UndecidedError.
    """
    cost = fault.cost if slips else len(fault.wrong)
    return cost == 0 or repair_within(fault.form, fault.printed, cost - 1) is None


def holds_another(fault: Fault) -> bool:
    """Do some of the true figures, but not all, explain the table too? Then the truth is no explanation: it holds one.

    Proved by integer programming. Raises UndecidedError.
    """
    matrix, printed = fault.form.matrix, fault.printed
    cells = [cell for cell in fault.wrong if matrix[:, cell].any()]
    figures, free = np.nan_to_num(printed), np.isnan(printed) & matrix.any(axis=0)
    if len(cells) != len(fault.wrong):
        return True
    changes = matrix[:, cells] * (fault.truth - figures)[cells]
    unknown = np.hstack([changes, matrix[:, free]])
    missing = -(matrix @ figures)
    fewer = np.append(np.ones(len(cells)), np.zeros(int(free.sum())))
    constraints = [
        LinearConstraint(csr_array(unknown), missing, missing),
        LinearConstraint(fewer[None], 0, len(cells) - 1),
    ]
    tops = np.append(np.ones(len(cells)), np.full(int(free.sum()), np.inf))
    return _solved(constraints, tops) is not None


def repair_within(form: TableForm, printed: Figures, changes: int) -> Figures | None:
    """Whole figures, not negative, that satisfy all relations and change at most so many printed cells; else None.

    Raises UndecidedError.
    """
    changes -= int((printed < 0).sum())
    printed = np.where(printed < 0, np.nan, printed)
    if changes <= 0:
        return filling(form, printed) if changes == 0 else None
    used = np.array(shape(form).related)
    top = _bound(form, printed)
    constraints = _repairs(form.matrix[:, used], printed[used], changes, top)
    tops = np.concatenate([np.full(len(used), top), ~np.isnan(printed[used])])
    found = _solved(constraints, tops)
    if found is None:
        return None
    figures = np.nan_to_num(printed)
    figures[used] = found[: len(used)]
    changed = int((~np.isnan(printed) & (figures != printed)).sum())
    if (form.matrix @ figures).any() or (figures < 0).any() or changed > changes:
        raise UndecidedError("the repair that was found is none in whole numbers")
    return figures


def _bound(form: TableForm, printed: Figures) -> float:
    """No figure of a least repair need be larger: at a vertex it is a sum of what relations lack, or its negative.

    The solver takes 1e-6 for 0, so that a larger bound than 400,000 would let a changed cell pass for an unchanged.
    """
    top = float(np.abs(form.matrix).sum(axis=0) @ np.nan_to_num(printed))
    if top > 4e5:
        raise UndecidedError(f"figures too large for an exact answer: {top}")
    return top


def _repairs(matrix: Figures, read: Figures, changes: int, top: float) -> LinearConstraint:
    """For unknowns that are the figures and, for each cell, 1 if it is changed (0 for blanks)."""
    cells, fixed = np.eye(len(read)), ~np.isnan(read)
    figures, hints = np.nan_to_num(read), _hints(matrix, read)
    blocks = [
        (np.hstack([matrix, np.zeros_like(matrix)]), np.zeros(len(matrix)), np.zeros(len(matrix))),
        (np.hstack([cells, -top * cells])[fixed], _endless(fixed.sum(), -1), figures[fixed]),
        (np.hstack([cells, figures * cells])[fixed], figures[fixed], _endless(fixed.sum(), 1)),
        (np.hstack([np.zeros_like(hints[:, :-1]), hints[:, :-1]]), hints[:, -1], _endless(len(hints), 1)),
        (np.hstack([0 * figures, 1.0 * fixed])[None, :], _endless(1, -1), np.array([float(changes)])),
    ]
    rows, lower, upper = zip(*blocks, strict=True)
    return LinearConstraint(csr_array(np.vstack(rows)), np.concatenate(lower), np.concatenate(upper))


def _endless(count: int, sign: int) -> Figures:
    return np.full(count, sign * np.inf)


def _hints(matrix: Figures, read: Figures) -> Figures:
    """What is true of every repair, to make proofs short: weights of the changed cells, and at least what they make.

    In a relation without blanks one cell is changed if it fails; if it holds, never one alone.
    """
    hints: list[Figures] = []
    for relation in matrix:
        cells = np.flatnonzero(relation)
        if not np.isnan(read[cells]).any():
            fails = bool(relation[cells] @ read[cells])
            line = np.append(np.abs(relation), float(fails))
            hints += [line] if fails else [_without_one(line, int(cell)) for cell in cells]
    return np.array(hints).reshape(-1, matrix.shape[1] + 1)


def _without_one(line: Figures, cell: int) -> Figures:
    line = line.copy()
    line[cell] = -1
    return line


# Its own test, and what it makes


def self_test(seed: int = 1) -> None:
    """Raises AssertionError if the generator or a model is wrong: both are compared with trying everything."""
    for table in valid_tables(300, seed):
        values = Table.from_texts(table.form, table.texts).values
        assert np.array_equal(values, table.printed, equal_nan=True)
        assert np.array_equal(np.nan_to_num(values), table.truth)
        assert fillings_exist(table.form, table.texts)
    for case in faults(600, seed):
        _test_fault(case)
    _test_models(seed)
    _test_single_repairs(seed)


def _test_fault(case: Fault) -> None:
    printed = case.printed
    assert case.changed
    assert case.blanks == _positions(np.isnan(printed))
    assert set(case.wrong) <= set(case.changed)
    assert (case.form.matrix @ np.nan_to_num(printed)).any()
    assert not (case.form.matrix @ case.truth).any()
    if not case.wrong:
        assert fillings_exist(case.form, case.texts)


def _test_models(seed: int) -> None:
    """Litigation tables are small enough to try every filling and every repair of one cell."""
    form = get_format("national-2021").tables["litigation"]
    rng = np.random.default_rng(seed)
    for _ in range(60):
        figures = rng.integers(0, 4, len(form.cells)).astype(float)
        figures[rng.random(len(figures)) < 0.3] = np.nan
        assert (filling(form, figures) is not None) == _every_row_fills(form, figures)
        fewest = next(many for many in range(4) if _some_change_fills(form, figures, many))
        assert [repair_within(form, figures, many) is not None for many in range(4)] == [
            many >= fewest for many in range(4)
        ]


def _test_single_repairs(seed: int) -> None:
    """Whether one changed cell would do is compared with making each cell blank in turn."""
    rng = np.random.default_rng(seed)
    form = get_format("national-2021").tables["applications"]
    for kind in ("digit-changed", "two-cells", "first-digit-only", "sign", "row-shifted"):
        case = fault(form, kind, rng)
        assert case is not None
        printed = np.where(case.printed < 0, np.nan, case.printed)
        freed = [_without(printed, [cell]) for cell in range(len(printed))]
        by_trial = any(filling(form, figures) is not None for figures in freed)
        assert (repair_within(form, printed, 1) is not None) == by_trial


def _every_row_fills(form: TableForm, figures: Figures) -> bool:
    """Every filling of each row from 0 to 16 is tried (its relation is its own)."""
    rows = [[*relation.left, *relation.right] for relation in form.relations]
    return all(_row_fills([float(figure) for figure in figures[row]]) for row in rows)


def _row_fills(row: list[float]) -> bool:
    parts = [range(17) if np.isnan(part) else [round(part)] for part in row[:-1]]
    if sum(len(part) == 17 for part in parts) > 1:  # One free part does for all of them.
        first = next(at for at, part in enumerate(parts) if len(part) == 17)
        parts = [[0] if len(part) == 17 and at != first else part for at, part in enumerate(parts)]
    return any(np.isnan(row[-1]) or sum(chosen) == row[-1] for chosen in product(*parts))


def _some_change_fills(form: TableForm, figures: Figures, many: int) -> bool:
    """Every choice of so many printed cells is made blank."""
    printed = [int(cell) for cell in np.flatnonzero(~np.isnan(figures))]
    return any(_every_row_fills(form, _without(figures, cells)) for cells in combinations(printed, many))


def _without(figures: Figures, cells: Sequence[int]) -> Figures:
    """The figures with these cells blank."""
    figures = figures.copy()
    figures[list(cells)] = np.nan
    return figures


def counted(count: int, seed: int, *, prove: bool = False) -> str:
    """A table of how many faults there are of each form and kind; with `prove`, of how many a filling exists."""
    made: Counter[tuple[str, str]] = Counter()
    fillable: Counter[tuple[str, str]] = Counter()
    for case in faults(count, seed):
        key = (case.kind, f"{case.form.format} {case.table}")
        made[key] += 1
        fillable[key] += prove and fillings_exist(case.form, case.texts)
    heads = [f"{form.format} {form.name}" for form in forms()]
    lines = [f"{'kind':20}" + "".join(f"{head:>28}" for head in heads)]
    for kind in KINDS:
        cells = [f"{made[kind, head]}" + f" ({fillable[kind, head]})" * prove for head in heads]
        lines.append(f"{kind:20}" + "".join(f"{cell:>28}" for cell in cells))
    return "\n".join([*lines, f"{made.total()} faults" + f", {fillable.total()} with a filling" * prove])


def main(arguments: list[str]) -> None:
    """`faults.py [N] [--seed=S] [--prove] [--test]`."""
    numbers = [int(each) for each in arguments if each.isdigit()]
    seeds = [int(each.removeprefix("--seed=")) for each in arguments if each.startswith("--seed=")]
    if "--test" in arguments:
        self_test()
    table = counted(numbers[0] if numbers else 1000, seeds[0] if seeds else 0, prove="--prove" in arguments)
    sys.stdout.write(table + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
