"""`df.gov` on the DataFrames of govstats: official labels, the audit of what the frame holds, marked cells, a plot.

`import govstats` makes the name known to pandas (govstats/__init__.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govstats.catalog.formats import get_table_form
from govstats.errors import UsageError
from govstats.frames import frame as frame
from govstats.lang import Text, language
from govstats.model.forms import TableForm

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas.io.formats.style import Styler

    from govstats.model.audits import Audit


class GovAccessor:
    """What a table's DataFrame knows beyond its figures. Works on the frames of a `Report`, also when edited."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    @property
    def form(self) -> TableForm:
        """The table form. Raises UsageError for a frame that does not come from govstats."""
        known: dict[str, Any] = self._frame.attrs.get("govstats", {})
        if not {"format", "table"} <= known.keys():
            raise UsageError(
                Text("这个 DataFrame 不是 govstats 的表。", "This DataFrame is no table of govstats."),
                Text(
                    '请用 report.applications 等取得，或设置 df.attrs["govstats"] = {"format": …, "table": …}。',
                    'Take it from report.applications, or set df.attrs["govstats"] = {"format": …, "table": …}.',
                ),
            )
        return get_table_form(known["format"], known["table"])

    def labelled(self, lang: str | None = None) -> pd.DataFrame:
        """The same figures under the official labels (Chinese, or English with `lang="en"`)."""
        form, chosen = self.form, language(lang)
        rows = {code: row.label.of(chosen) for code, row in form.rows.items()}
        columns = {key: column.label.of(chosen) for key, column in form.columns.items()}
        return self._frame.rename(index=rows, columns=columns)

    def check(self) -> Audit:
        """The audit of this table as the frame holds it now: figures put right in the frame are right.

        What only the whole document can tell (its other tables, its prose) is not looked at. Raises UsageError for a
        frame that does not come from govstats, or has a row or column twice.
        """
        from govstats.api import check
        from govstats.frames.tables import report_of
        from govstats.model.audits import Audit, Audited

        form = self.form
        (entry,) = check(report_of(self._frame, form)).audited
        found = tuple(each for each in entry.findings if each.table == form.name and each.rule != "D002")
        return Audit((Audited(entry.report, found, entry.counts),))

    def relations(self, lang: str | None = None) -> pd.DataFrame:
        """Every relation of the form (勾稽关系) in this frame, one a row.

        Columns: rule, line (column or row that it is stated for), relation, in words of `lang`; left and right
        (Float64, what both sides sum to, empty cells counted as 0), outcome (`pass`, `fail`, `unverifiable`, `error`:
        CONTRACT §3). Errors as for `check`.
        """
        from govstats.frames.outcomes import outcomes_frame
        from govstats.frames.tables import table_of

        return outcomes_frame(table_of(self._frame, self.form), lang)

    def style(self, lang: str | None = None) -> Styler:
        """A pandas Styler under official labels: cells that should hold something else have a frame, and say so in
        words; the reasons stand below. `.to_html()` keeps all of it, `.to_excel()` the figures as they are.

        Errors as for `check`.
        """
        from govstats.display.styled import styled

        return styled(self._frame, self.form, self.check(), lang)

    def plot(self, kind: str | None = None, *, ax: Axes | None = None, lang: str | None = None) -> Axes:
        """The table as a picture; `kind` is one of `govstats.plots.KINDS` (default: what suits the table).

        Needs the extra `plot`. Raises UsageError for an unknown kind, and for one that this table cannot show.
        """
        from govstats.plots import plot

        return plot(self._frame, kind, ax=ax, lang=lang)
