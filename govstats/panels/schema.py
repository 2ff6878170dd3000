"""What the tables of a panel hold: column by column, its type and its meaning. Sources: CONTRACT §2 and §3.

Text is dictionary-encoded throughout (pandas: `category`, DuckDB: VARCHAR): a panel repeats few texts very often.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pyarrow as pa

from govstats.lang import Text

TEXT = pa.dictionary(pa.int32(), pa.string())


class Column(NamedTuple):
    """A column of a panel's table: name, Arrow type, meaning."""

    name: str
    type: pa.DataType
    meaning: Text


_WHO = (
    Column("agency", TEXT, Text("机关；文中没有说的为空", "agency; null where the document does not say it")),
    Column("year", pa.int32(), Text("年度；文中没有说的为空", "year; null where the document does not say it")),
)
_WHENCE = (
    Column("path", TEXT, Text("原文件，和命令里给的一样", "the document, named as in the call")),
    Column("sha256", TEXT, Text("原文件内容的 SHA-256", "SHA-256 of its bytes")),
)
_WHERE = (
    Column("code", TEXT, Text("所在地的行政区划代码；不明的为空", "code of where the agency sits; null if unknown")),
    Column("province", TEXT, Text("省、自治区、直辖市", "province")),
    Column("city", TEXT, Text("地级市、州、盟；省直接管的为空", "city; null right under a province")),
    Column("county", TEXT, Text("县、区、旗、县级市", "county or district")),
    Column("level", TEXT, Text("province、city、county 或 town", "province, city, county or town")),
    Column(
        "body",
        TEXT,
        Text(
            "机关类别：government、office、department、town、street、vertical、zone 或 institution",
            "what the agency is: government, office, department, town, street, vertical, zone or institution",
        ),
    ),
)
_FORM = Column("format", TEXT, Text("这张表的格式", "the format of the table"))
_CELL = (
    Column("table", TEXT, Text("表", "table")),
    Column("row", TEXT, Text("行的代码", "row code")),
    Column("column", TEXT, Text("列的键", "column key")),
)
_DERIVED = Column(
    "derived",
    pa.bool_(),
    Text(
        "数字不是印出来的，由勾稽关系推算（--derived），或含这样的数",
        "the figure is not printed but follows from the relations (--derived), or holds such a one",
    ),
)
_RECOGNISED = Column(
    "recognised",
    pa.bool_(),
    Text(
        "数字是从图片（扫描件、照片）识别的，或含这样的数",
        "the figure was recognised in a picture (a scan, a photograph), or holds such a one",
    ),
)
_UNIT = Column("unit", TEXT, Text("单位；表和格都没有写的为空", "unit; null where neither form nor cell says it"))

TABLES: dict[str, tuple[Column, ...]] = {
    "panel": (
        *_WHO,
        _FORM,
        *_CELL,
        Column("value", pa.float64(), Text("数字；不是数字的格为空", "figure; null where the cell holds none")),
        Column(
            "state",
            TEXT,
            Text(
                "number、zero、blank、mark、unreadable 或 absent（文中没有这一格）",
                "number, zero, blank, mark, unreadable or absent (the document has no such cell)",
            ),
        ),
        _UNIT,
        _DERIVED,
        _RECOGNISED,
        *_WHENCE,
        *_WHERE,
    ),
    "reports": (
        *_WHENCE,
        *_WHO,
        Column("format", TEXT, Text("报告的格式；没有认出附表的为空", "the report's; null without a known table")),
        Column("published", pa.date32(), Text("发布日期", "day of publication")),
        Column("tables", pa.int32(), Text("认出的附表数", "how many known tables it has")),
        Column("error", TEXT, Text("没有读成的原因；读成的为空", "why it could not be read; null if it was")),
        *_WHERE,
    ),
    "labels": (
        _FORM,
        *_CELL,
        Column("table_zh", TEXT, Text("表名", "the table's title")),
        Column("row_zh", TEXT, Text("官方行名", "official label of the row")),
        Column("column_zh", TEXT, Text("官方列名", "official label of the column")),
        Column("table_en", TEXT, Text("英文表名", "the table's title in English")),
        Column("row_en", TEXT, Text("英文行名", "label of the row in English")),
        Column("column_en", TEXT, Text("英文列名", "label of the column in English")),
        _UNIT,
    ),
    "series": (
        *_WHO,
        Column("series", TEXT, Text("跨格式可比的序列（docs/harmonised.md）", "series across forms")),
        Column("column", TEXT, Text("total 或申请人类别", "total, or a kind of applicant")),
        Column("value", pa.int64(), Text("数；不可比或有缺的为空", "figure; null if not comparable or incomplete")),
        _UNIT,
        _DERIVED,
        _RECOGNISED,
        *_WHENCE,
        *_WHERE,
    ),
}
"""Table → its columns. `panel`: a cell a row. `reports`: a document a row, those not read too. `labels`: a cell of a
form a row. `series`: what can be compared across forms, only on demand."""

_NULLABLE = {pa.int32(): "Int64", pa.int64(): "Int64", pa.float64(): "Float64"}


def schema(table: str) -> pa.Schema:
    """The Arrow schema of a table."""
    return described(pa.field(column.name, column.type) for column in TABLES[table])


def described(fields: Iterable[pa.Field]) -> pa.Schema:
    """A schema of which pandas reads the figures back as Int64 and Float64, with <NA>."""
    given = list(fields)
    return pa.schema(given, metadata={b"pandas": json.dumps(_for_pandas(given)).encode()})


def arranged(table: str, columns: Mapping[str, pa.Array]) -> pa.Table:
    """Columns by name → rows of a table."""
    made = schema(table)
    return pa.Table.from_arrays([columns[name] for name in made.names], schema=made)


def _for_pandas(fields: list[pa.Field]) -> dict[str, object]:
    """What `pandas.read_parquet` looks up in a file: which columns have a nullable type."""
    columns = [
        {
            "name": field.name,
            "field_name": field.name,
            "pandas_type": str(field.type),
            "numpy_type": _NULLABLE[field.type],
            "metadata": None,
        }
        for field in fields
        if field.type in _NULLABLE
    ]
    return {"index_columns": [], "column_indexes": [], "columns": columns, "pandas_version": "2.2.0"}
