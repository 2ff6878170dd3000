"""Many reports as one long table: `govstats.panel` in Python, `govstats panel` on the command line.

    import govstats
    frame = govstats.panel(["2022/", "2023/"])      # a cell a row
    more = govstats.panels.tables(["2022/"])        # also what was read, the labels, and series across forms

The columns of every table and their types: `govstats.panels.schema`, docs/queries.md.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from govstats.lang import Text
from govstats.panels.schema import schema
from govstats.panels.stream import Told, batches, read_all
from govstats.sources import plan

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

_UNREAD = Text(
    "{n} 个文件没有读成，不在表中；见 attrs['govstats']['unread']。",
    "{n} documents could not be read and are not in the frame; see attrs['govstats']['unread'].",
)


class UnreadWarning(UserWarning):
    """Some documents could not be read: a panel lacks them."""


def panel(paths: Paths, jobs: int | None = None, *, derived: bool = False, progress: bool = False) -> pd.DataFrame:
    """All cells of many reports as one long table, a cell a row, in the order of the run and of the form.

    Columns: agency, year (Int64), format (that of the table), table, row, column, value (Float64, in `unit`, `<NA>`
    where no figure is), state, unit, derived, path, sha256; text columns are categories. Cells that a document does not
    have, and tables of its format that it lacks, are there with the state `absent`. `jobs`, `progress` as for
    `govstats.audit`.

        >>> panel = govstats.panel(govstats.samples())
        >>> received = panel.query("table == 'applications' and row == '1' and column == 'total'")
        >>> received[["agency", "year", "value"]].values.tolist()
        [['宿迁市', 2023, 3511.0], ['宿迁市', 2024, 3525.0], ['昭通市人民政府办公室', 2021, 81.0]]

    With `derived`, a blank has the figure that the relations leave to it, where that is the only one: `derived` is true
    for it, and its state stays what it is.

    Documents that could not be read are told in an UnreadWarning and listed in `attrs["govstats"]["unread"]` (path,
    error), those without a known table in `attrs["govstats"]["without_tables"]` (path).
    """
    made = tables(paths, jobs, harmonised=False, derived=derived, progress=progress)
    frame, documents = made["panel"], made["reports"]
    unread = documents[documents["error"].notna()]
    if len(unread):
        warnings.warn(str(_UNREAD.format(n=len(unread))), UnreadWarning, stacklevel=2)
    frame.attrs["govstats"] = {
        "unread": unread[["path", "error"]].astype(str).to_dict("records"),
        "without_tables": documents["path"][documents["tables"] == 0].to_list(),
    }
    return frame


def tables(
    paths: Paths,
    jobs: int | None = None,
    *,
    harmonised: bool = True,
    derived: bool = False,
    progress: bool = False,
) -> dict[str, pd.DataFrame]:
    """`panel`, `reports` (a document a row, with `error` where it could not be read), `labels`, `series`, by name."""
    given = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    parts: dict[str, list[pa.Table]] = {}
    read = read_all(plan(given).sources, jobs, progress)
    for name, batch in batches(read, Told(), harmonised=harmonised, derived=derived):
        parts.setdefault(name, []).append(batch)
    return {
        name: pa.concat_tables(each).replace_schema_metadata(schema(name).metadata).to_pandas()
        for name, each in parts.items()
    }
