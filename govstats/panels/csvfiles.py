"""Batches → CSV files (UTF-8 with the mark by which Excel knows it); no text in them can become a formula."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv

from govstats.display.untrusted import csv_safe

_MARK = b"\xef\xbb\xbf"


class CsvFiles:
    """`panel.csv`, `panel.reports.csv`, …"""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._files: dict[str, tuple[BinaryIO, pyarrow.csv.CSVWriter]] = {}

    def write(self, table: str, batch: pa.Table) -> None:
        """Append rows to the table's file."""
        rows = plain(batch)
        if table not in self._files:
            name = self._name if table == "panel" else f"{Path(self._name).stem}.{table}.csv"
            file = (self._folder / name).open("wb")
            file.write(_MARK)
            self._files[table] = file, pyarrow.csv.CSVWriter(file, rows.schema)
        self._files[table][1].write_table(rows)

    def close(self) -> None:
        """Write the ends of all files."""
        for file, writer in self._files.values():
            writer.close()
            file.close()

    abandon = close


def plain(batch: pa.Table) -> pa.Table:
    """The rows with their text as text, made harmless for spreadsheets."""
    return pa.table(
        {name: _safe(column.combine_chunks()) for name, column in zip(batch.column_names, batch.columns, strict=True)}
    )


def _safe(column: pa.Array) -> pa.Array:
    if not pa.types.is_dictionary(column.type):
        return column
    column = pa.concat_arrays(column.chunks) if isinstance(column, pa.ChunkedArray) else column
    texts = pa.array([csv_safe(text) for text in column.dictionary.to_pylist()], pa.string())
    return texts.take(column.indices)
