"""DataFrame of one table (row codes or official labels × columns) → Table, as if it had been printed like this.

A cell without a figure has the state that it had in its document, as long as it has none; one that was emptied
afterwards is UNREADABLE, one that is not in the frame ABSENT; in a frame that remembers no document, of somebody's
own, it is BLANK. Nothing becomes 0.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.document import Document, Place
from govstats.model.forms import TableForm
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.model.wording import figure_text
from govstats.text.figures import ABSENT, BLANK, UNREADABLE, Figure, State

_RAWS = {State.BLANK: "", State.MARK: "/", State.UNREADABLE: "？", State.ABSENT: None}
_EMPTY = {"blank": BLANK, "absent": ABSENT, "mark": Figure(np.nan, State.MARK)}


def report_of(frame: pd.DataFrame, form: TableForm) -> Report:
    """The frame as a report of this one table, by whom and for which year its attrs say. Raises UsageError."""
    about: dict[str, Any] = frame.attrs.get("govstats", {})
    table = table_of(frame, form)
    return Report(
        path=about.get("path") or "<DataFrame>",
        sha256="",
        agency=about.get("agency"),
        year=about.get("year"),
        format=form.format,
        tables={form.name: table},
        document=Document("text", "utf-8", ()),
    )


def table_of(frame: pd.DataFrame, form: TableForm) -> Table:
    """The frame's figures in the form's cell order. Raises UsageError for rows or columns named twice."""
    plain = coded(frame, form)
    known: dict[str, Any] = frame.attrs.get("govstats", {})
    states: Mapping[str, str] | None = known.get("states")
    units: Mapping[str, str] = known.get("units", {})
    reads = [_read(plain, form, at, states) for at in range(len(form.cells))]
    return Table(
        form=form,
        place=Place(0),
        values=np.array([read.value for read in reads]),
        states=np.array([read.state for read in reads], dtype=np.uint8),
        raws=tuple(_raw(plain, form, at, read, known.get("raws", {})) for at, read in enumerate(reads)),
        places=(None,) * len(reads),
        labels={row.code: row.label.zh for row in form.data_rows if row.code in plain.index},
        units={at: units[name] for at, cell in enumerate(form.cells) if (name := "/".join(cell[1:])) in units},
    )


def coded(frame: pd.DataFrame, form: TableForm) -> pd.DataFrame:
    """The same under row codes and column keys, also where it has labels. Raises UsageError for a line named twice."""
    frame = _flat(frame)
    rows = _codes(frame.index, {row.code: row.label for row in form.data_rows})
    columns = _codes(frame.columns, {key: column.label for key, column in form.columns.items()})
    made = frame.rename(index=rows, columns=columns)
    twice = [*made.index[made.index.duplicated()], *made.columns[made.columns.duplicated()]]
    if twice:
        raise UsageError(
            Text(f"“{twice[0]}”在 DataFrame 里出现两次。", f"“{twice[0]}” is in the DataFrame twice."),
            Text("一次只核对一份报告的一张表。", "One table of one report at a time."),
        )
    return made


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Without the headings that `labelled(parents=True)` puts above rows and columns."""
    for axis in (0, 1):
        if frame.axes[axis].nlevels == 2:
            frame = frame.droplevel(0, axis=axis)
    return frame


def figure_at(frame: pd.DataFrame, row: str, column: str) -> float | None:
    """A cell's figure; None where the frame has no such cell, or none in it."""
    if row not in frame.index or column not in frame.columns:
        return None
    value: Any = frame.at[row, column]
    return None if pd.isna(value) else float(value)


def _codes(names: Iterable[Hashable], known: Mapping[str, Text]) -> dict[Hashable, str]:
    """Official labels among the names → what they stand for. A code is never taken for a label."""
    called: dict[str, list[str]] = {}
    for code, label in known.items():
        for text in {label.zh, label.en}:
            called.setdefault(text, []).append(code)
    return {
        name: called[name][0]
        for name in names
        if isinstance(name, str) and name not in known and len(called.get(name, ())) == 1
    }


def _raw(frame: pd.DataFrame, form: TableForm, at: int, read: Figure, raws: Mapping[str, str]) -> str | None:
    """What a cell would print: its figure, also one that its column cannot hold (1.5 in one that counts); without one,
    what the document has there."""
    value = figure_at(frame, *form.cells[at][1:])
    if value is not None:
        return figure_text(value)
    unread = raws.get("/".join(form.cells[at][1:])) if read.state is State.UNREADABLE else None
    return unread or _RAWS[read.state]


def _read(frame: pd.DataFrame, form: TableForm, at: int, states: Mapping[str, str] | None) -> Figure:
    _, row, column = form.cells[at]
    if row not in frame.index or column not in frame.columns:
        return ABSENT
    value = figure_at(frame, row, column)
    if value is None:
        return BLANK if states is None else _EMPTY.get(states.get(f"{row}/{column}", ""), UNREADABLE)
    return form.figures[at].read(figure_text(value))
