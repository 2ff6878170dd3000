"""Batches → one DuckDB file with all tables. Needs the extra `duckdb`.

Rows go to Parquet first and from there into the file in one go: twice as fast as batch by batch, in bounded memory.
"""

from __future__ import annotations

from pathlib import Path

from govstats.errors import UsageError
from govstats.lang import Text
from govstats.panels.parquetfiles import ParquetFiles

_MEMORY = "512MB"
"""What DuckDB may keep before it writes to the file."""


class DuckdbFile(ParquetFiles):
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
        self._duckdb = duckdb
        self._target = folder / name
        rows = folder / "rows"
        rows.mkdir()
        super().__init__(rows, "panel.parquet")

    def close(self) -> None:
        """Fill the tables. Raises OSError if the file cannot be written."""
        self.abandon()
        try:
            with self._duckdb.connect(str(self._target), config={"memory_limit": _MEMORY}) as connection:
                for table, path in self.paths.items():
                    connection.execute(f'CREATE TABLE "{table}" AS FROM read_parquet(?)', [str(path)])
        except self._duckdb.Error as error:
            raise OSError(str(error)) from error
