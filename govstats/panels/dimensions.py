"""Documents → the table `reports`; the known forms → the table `labels`."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from govstats.catalog.formats import known_formats
from govstats.model.report import Report
from govstats.panels.schema import schema
from govstats.panels.vocabulary import encodable
from govstats.pipeline import Read


class Documents:
    """Documents that wait for a batch; those that could not be read are among them."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self._rows)

    def add(self, read: Read) -> None:
        """Take up one more document."""
        self._rows.append(_document(read) if isinstance(read, Report) else _unread(read))

    def batch(self) -> pa.Table:
        """The documents as a table of Arrow, and none wait any more."""
        rows, self._rows = self._rows, []
        return _table("reports", rows)


def _document(report: Report) -> dict[str, Any]:
    return {
        "path": report.path,
        "sha256": report.sha256,
        "agency": report.agency,
        "year": report.year,
        "format": report.format,
        "published": report.published,
        "tables": len(report.tables),
        **report.whereabouts,
    }


def _unread(unread: Any) -> dict[str, Any]:
    return {"path": unread.path, "error": unread.error.text()}


def labels() -> pa.Table:
    """Every cell of every known form under its official labels."""
    rows = [
        {
            "format": form.format,
            **cell._asdict(),
            "unit": None if figure.units else figure.unit,
            **{
                f"{part}_{lang}": label.of(lang)
                for lang in ("zh", "en")
                for part, label in (
                    ("table", form.title),
                    ("row", form.rows[cell.row].label),
                    ("column", form.columns[cell.column].label),
                )
            },
        }
        for known in known_formats().values()
        for form in known.tables.values()
        for cell, figure in zip(form.cells, form.figures, strict=True)
    ]
    return _table("labels", rows)


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    made = schema(name)
    columns = [pa.array([_plain(row.get(field.name)) for row in rows], _storage(field.type)) for field in made]
    return pa.Table.from_arrays(columns, names=made.names).cast(made)


def _plain(value: Any) -> Any:
    return encodable(value) if isinstance(value, str) else value


def _storage(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind
