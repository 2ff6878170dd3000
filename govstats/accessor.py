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
    """What a table's DataFrame knows beyond its figures. Works on the frames of a `Report`, also when edited.

    >>> frame = govstats.read(govstats.samples()[2]).applications
    >>> frame.gov.check().ok
    False
    >>> frame.loc["3.7", ["natural_person", "business", "total"]] = 78, 3, 81
    >>> frame.gov.check().ok
    True
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    @property
    def form(self) -> TableForm:
        """The table form. Raises UsageError for a frame that does not come from govstats."""
        return self._form(None, None)

    def _form(self, format_: str | None, table: str | None) -> TableForm:
        """The form of that name, else of the frame's attrs."""
        known: dict[str, Any] = self._frame.attrs.get("govstats", {})
        chosen, name = format_ or known.get("format"), table or known.get("table")
        if not (chosen and name):
            raise UsageError(
                Text("这个 DataFrame 不是 govstats 的表。", "This DataFrame is no table of govstats."),
                Text(
                    '请用 report.applications 等取得；自己的表，设置 df.attrs["govstats"] = {"format": …, "table": …}，'
                    '或写明 check(format="national-2021", table="applications")。',
                    'Take it from report.applications; for one of your own set df.attrs["govstats"] = {"format": …, '
                    '"table": …}, or say check(format="national-2021", table="applications").',
                ),
            )
        return get_table_form(chosen, name)

    def labelled(self, lang: str | None = None, *, parents: bool = False) -> pd.DataFrame:
        """The same figures under the official labels (Chinese, or English with `lang="en"`).

        With `parents`, rows and columns have two levels: the headings that a line stands under (三、本年度办理结果 /
        (三)不予公开; 法人或其他组织), and its own label.
        """
        form, chosen = self.form, language(lang)
        rows = {code: row.label.of(chosen) for code, row in form.rows.items()}
        columns = {key: column.label.of(chosen) for key, column in form.columns.items()}
        made = self._frame.rename(index=rows, columns=columns)
        if parents:
            over = [reversed(form.headings(code)) for code in self._frame.index]
            groups = [form.columns[key].group if key in form.columns else None for key in self._frame.columns]
            headings = [" / ".join(form.rows[code].label.of(chosen) for code in codes) for codes in over]
            made.index = pd.MultiIndex.from_arrays([headings, made.index], names=["group", "row"])
            made.columns = pd.MultiIndex.from_arrays([[each or "" for each in groups], made.columns])
        return made

    def check(self, format: str | None = None, table: str | None = None) -> Audit:
        """The audit of this table as the frame holds it now: figures put right in the frame are right.

        A frame of one's own (row codes or official labels × columns) names its `format` and `table`; what is `<NA>` in
        it is blank. What only the whole document can tell (its other tables, its prose) is not looked at. Raises
        UsageError for a frame of unknown form, or with a row or column twice.
        """
        from govstats.api import check
        from govstats.frames.tables import report_of
        from govstats.model.audits import Audit, Audited

        form = self._form(format, table)
        (entry,) = check(report_of(self._frame, form)).audited
        found = tuple(each for each in entry.findings if each.table == form.name and each.rule != "D002")
        return Audit((Audited(entry.report, found, entry.counts),))

    def relations(
        self, lang: str | None = None, *, format: str | None = None, table: str | None = None
    ) -> pd.DataFrame:
        """Every relation of the form (勾稽关系) in this frame, one a row.

        Columns: rule, line (column or row that it is stated for), relation, in words of `lang`; left and right
        (Float64, what both sides sum to, empty cells counted as 0), outcome (`pass`, `fail`, `unverifiable`, `error`:
        CONTRACT §3). Errors as for `check`.
        """
        from govstats.frames.outcomes import outcomes_frame
        from govstats.frames.tables import table_of

        return outcomes_frame(table_of(self._frame, self._form(format, table)), lang)

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
