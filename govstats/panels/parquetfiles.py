"""Batches → Parquet files (zstd), a row group a batch: one file a table, or the panel in a folder with one a year."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from govstats.panels.schema import schema

_UNKNOWN = "unknown"
_ROWS = 100_000


class ParquetFiles:
    """`panel.parquet`, `panel.reports.parquet`, …"""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._stem = name.removesuffix(Path(name).suffix)
        self._name = name
        self.paths: dict[str, Path] = {}
        self._writers: dict[Path, pq.ParquetWriter] = {}

    def write(self, table: str, batch: pa.Table) -> None:
        """Append a row group to the table's file."""
        name = self._name if table == "panel" else f"{self._stem}.{table}.parquet"
        self.paths[table] = self._folder / name
        self._append(self.paths[table], table, batch)

    def _append(self, path: Path, table: str, batch: pa.Table) -> None:
        if path not in self._writers:
            self._writers[path] = pq.ParquetWriter(path, schema(table), compression="zstd")
        if batch.num_rows:
            self._writers[path].write_table(batch)

    def close(self) -> None:
        """Write the ends of all files."""
        self.abandon()

    def abandon(self) -> None:
        """Let go of all files."""
        for writer in self._writers.values():
            writer.close()


class YearFiles(ParquetFiles):
    """`panel/2023.parquet`, …, `panel/unknown.parquet` (no year known); `panel.reports.parquet`, … beside the folder.

    Rows of a year wait until they make a row group.
    """

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        self._stem = name
        (folder / name).mkdir()
        self._waiting: dict[int | None, list[pa.Table]] = {}

    def write(self, table: str, batch: pa.Table) -> None:
        """Append to the files of the years, or to the table's file."""
        if table != "panel":
            super().write(table, batch)
            return
        for year in pc.unique(batch["year"]).to_pylist():
            rows = batch.filter(pc.is_null(batch["year"]) if year is None else pc.equal(batch["year"], year))
            self._waiting.setdefault(year, []).append(rows)
            if sum(each.num_rows for each in self._waiting[year]) >= _ROWS:
                self._flush(year)

    def _flush(self, year: int | None) -> None:
        rows = pa.concat_tables(self._waiting.pop(year)).unify_dictionaries().combine_chunks()
        self._append(self._folder / self._name / f"{year or _UNKNOWN}.parquet", "panel", rows)

    def close(self) -> None:
        """Write what waits, and the ends of all files; without a cell, a file that says which columns there are."""
        for year in list(self._waiting):
            self._flush(year)
        if not any(path.parent.name == self._name for path in self._writers):
            self._append(self._folder / self._name / f"{_UNKNOWN}.parquet", "panel", schema("panel").empty_table())
        super().close()
