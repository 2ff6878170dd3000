"""`df.gov` on the DataFrames of govstats: official labels, and the audit of what the frame holds."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govstats.errors import UsageError
from govstats.formats import get_table_form
from govstats.forms import TableForm
from govstats.lang import Text, language


@pd.api.extensions.register_dataframe_accessor("gov")
class GovAccessor:
    """What a table's DataFrame knows beyond its figures. Works on the frames of a `Report`."""

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
