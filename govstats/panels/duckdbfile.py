"""Batches → one DuckDB file with all tables. Needs the extra `duckdb`."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from govstats.errors import UsageError
from govstats.lang import Text


class DuckdbFile:
    """`panel.duckdb` with the tables `panel`, `reports`, `labels` and, on demand, `series`."""

    def __init__(self, folder: Path, name: str) -> None:
        try:
            import duckdb
        except ImportError as error:
            raise UsageError(
                Text("写 .duckdb 要用 duckdb，这里没有安装。", "A .duckdb file needs duckdb, which is not installed."),
                Text(
                    "请运行 pip install 'govstats[duckdb]'；或者写成 .parquet，DuckDB 也能直接查。",
                    "Run pip install 'govstats[duckdb]'; or write .parquet, which DuckDB can query too.",
                ),
            ) from error
        self._error = duckdb.Error
        self._connection = duckdb.connect(str(folder / name))
        self._made: set[str] = set()

    def write(self, table: str, batch: pa.Table) -> None:
        """Append rows to a table. Raises OSError if the file cannot be written."""
        try:
            self._connection.register("batch", batch)
            opening = f'INSERT INTO "{table}"' if table in self._made else f'CREATE TABLE "{table}" AS'
            self._connection.execute(f"{opening} SELECT * FROM batch")  # noqa: S608 - our own names
            self._connection.unregister("batch")
        except self._error as error:
            raise OSError(str(error)) from error
        self._made.add(table)

    def close(self) -> None:
        """Make the file whole. Raises OSError if it cannot be written."""
        try:
            self._connection.close()
        except self._error as error:
            raise OSError(str(error)) from error
