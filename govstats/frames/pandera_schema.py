"""A table form as a pandera DataFrameSchema: structure, dtypes, and each 勾稽关系 as a registered check.

Registered checks survive `to_yaml`; importing this module registers them, so that the YAML loads again.
A relation with <NA> fails only if no figures in the gaps of the table make all relations hold that share them
(as in `evaluate`).
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import pandera.pandas as pa
import yaml
from pandera import extensions

from govstats.catalog.formats import get_table_form
from govstats.catalog.rules import get_rule
from govstats.model.forms import Column, Relation, TableForm
from govstats.model.outcomes import Outcome, evaluate
from govstats.text.figures import State

_TOLERANCE = 1e-6


@extensions.register_check_method(statistics=["rule", "line", "left", "right", "form"], check_type="vectorized")  # type: ignore[untyped-decorator]
def govstats_relation(
    frame: pd.DataFrame, *, rule: str, line: str, left: list[str], right: list[str], form: str = ""
) -> bool | pd.DataFrame:
    """The cells `left` sum to what the cells `right` sum to; each is written `row/column`.

    What gaps leave open is judged with all relations of the `form` (`format.table`); without one, by itself. Where it
    fails, pandera's `failure_cases` name its cells with their figures.
    """
    return holds(frame, left, right, form) or _all_but(frame, [*left, *right])


def holds(frame: pd.DataFrame, left: list[str], right: list[str], form: str = "") -> bool:
    """The verdict of `govstats_relation`, without its cells."""
    left_sum, left_gap = _sum(frame, left)
    right_sum, right_gap = _sum(frame, right)
    difference = left_sum - right_sum
    if abs(difference) < _TOLERANCE:
        return True
    savable = (left_gap and difference < 0) or (right_gap and difference > 0)
    return savable and not (form and _fails(frame, get_table_form(*form.rsplit(".", 1)), left))


def _all_but(frame: pd.DataFrame, cells: list[str]) -> bool | pd.DataFrame:
    """True everywhere, but for these cells; False if the frame has none of them."""
    made = pd.DataFrame(True, index=frame.index, columns=frame.columns)
    for row, column in (cell.split("/") for cell in cells):
        if row in made.index and column in made.columns and not math.isnan(_value(frame, row, column)):
            made.loc[row, column] = False
    return False if made.all(axis=None) else made


def _fails(frame: pd.DataFrame, form: TableForm, left: list[str]) -> bool:
    """Does no filling of all gaps make the relation with this left side hold?"""
    rows, columns = _grid(form)
    grid = frame.reindex(index=[row.code for row in form.data_rows], columns=list(form.columns))
    values = grid.to_numpy(dtype=np.float64, na_value=np.nan)[rows, columns]
    outcomes = zip(form.relations, _outcomes(form, values.tobytes()), strict=True)
    return any(outcome == Outcome.FAIL and _addresses(form, relation.left) == left for relation, outcome in outcomes)


def _addresses(form: TableForm, cells: tuple[int, ...]) -> list[str]:
    """Positions → `row/column`."""
    return ["/".join(form.cells[cell][1:]) for cell in cells]


@lru_cache(maxsize=64)
def _grid(form: TableForm) -> tuple[list[int], list[int]]:
    """The row and the column that each cell has in a frame of the form."""
    codes, keys = [row.code for row in form.data_rows], list(form.columns)
    return [codes.index(cell.row) for cell in form.cells], [keys.index(cell.column) for cell in form.cells]


@lru_cache(maxsize=16)
def _outcomes(form: TableForm, values: bytes) -> list[int]:
    """What all relations come to; the checks of one frame ask for it one after the other."""
    figures = np.frombuffer(values)
    states = np.where(np.isnan(figures), State.BLANK, np.where(figures, State.NUMBER, State.ZERO)).astype(np.uint8)
    found: list[int] = evaluate(form, figures[None], states[None])[0].tolist()
    return found


@extensions.register_check_method(statistics=["rows"], check_type="vectorized")  # type: ignore[untyped-decorator]
def govstats_rows(frame: pd.DataFrame, *, rows: list[str]) -> bool:
    """The index holds just these row codes, each once."""
    return sorted(frame.index) == sorted(rows)


@extensions.register_check_method(statistics=[], check_type="vectorized")  # type: ignore[untyped-decorator]
def govstats_not_negative(column: pd.Series) -> pd.Series:
    """No figure is negative; <NA> is none."""
    return (column >= 0).fillna(True)


def _sum(frame: pd.DataFrame, cells: list[str]) -> tuple[float, bool]:
    """The sum of the cells that hold a figure, and whether one holds none (or is not there)."""
    values = [_value(frame, *cell.split("/")) for cell in cells]
    known = [value for value in values if not math.isnan(value)]
    return math.fsum(known), len(known) < len(values)


def _value(frame: pd.DataFrame, row: str, column: str) -> float:
    try:
        value: Any = frame.at[row, column]
    except KeyError:
        return math.nan
    return math.nan if value is pd.NA else float(value)


def schema(format: str, table: str, *, coerce: bool = False) -> pa.DataFrameSchema:
    """The pandera schema of a table of a form, e.g. `schema("national-2021", "applications")`.

    Rows are row codes (a str index), columns Int64 (amounts Float64) and nullable; with `coerce` figures of other types
    (float64, as other programs leave them) become these. Raises UsageError for an unknown format or table.

        >>> schema = govstats.schema("national-2021", "litigation")
        >>> report = govstats.read(govstats.samples()[0])
        >>> schema.validate(report.litigation).loc["review", "total"].item()
        440
    """
    form = get_table_form(format, table)
    return pa.DataFrameSchema(
        columns={key: _column(column, form.has_fractions(key)) for key, column in form.columns.items()},
        checks=[_rows_check(form), *(_relation_check(form, relation) for relation in form.relations)],
        index=pa.Index(str, name="row"),
        strict=True,
        coerce=coerce,
        name=f"{form.format}.{form.name}",
        title=form.title.zh,
    )


def _column(column: Column, fractions: bool) -> pa.Column:
    not_negative = pa.Check.govstats_not_negative(ignore_na=False, error=f"C104 {column.label.zh}不能是负数")
    return pa.Column(
        "Float64" if fractions else "Int64",
        checks=None if column.number == "change" else not_negative,
        nullable=True,
        title=f"{column.label.zh}（{column.unit}）",
    )


def _rows_check(form: TableForm) -> Any:
    codes = [row.code for row in form.data_rows]
    return pa.Check.govstats_rows(rows=codes, ignore_na=False, error="D003 行须与格式一致，各一次")


def _relation_check(form: TableForm, relation: Relation) -> Any:
    named = form.columns[relation.line].label if relation.each == "column" else form.rows[relation.line].label
    return pa.Check.govstats_relation(
        rule=relation.rule,
        line=relation.line,
        left=_addresses(form, relation.left),
        right=_addresses(form, relation.right),
        form=f"{form.format}.{form.name}",
        ignore_na=False,
        error=f"{relation.rule} {get_rule(relation.rule).title.zh}：{named.zh}（{relation.text}）",
    )


def to_yaml(made: pa.DataFrameSchema) -> str:
    """The schema as YAML with readable Chinese; `from_yaml` loads it again."""
    content: Any = yaml.safe_load(cast(str, made.to_yaml()))
    dumped: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
    return dumped


def from_yaml(source: str | Path) -> pa.DataFrameSchema:
    """A schema from a file or from YAML text."""
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    return pa.DataFrameSchema.from_yaml(text)
