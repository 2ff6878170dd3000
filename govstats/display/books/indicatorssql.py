"""schemas/indicators.yaml → the same in SQL: three views over the table `series` of a panel, for DuckDB."""

from __future__ import annotations

from collections.abc import Iterable

from govstats.catalog.indicators import Indicator

_NOTE = """## 用 DuckDB 算 In DuckDB

`govstats panel 报告/ -o panel.duckdb --harmonised` 之后，下面的视图算出同样的数（测试逐个比对）：
`ratio_parts` 一份报告一个指标一行，再按需要分组。同一机关、地方、年度有几份时，取路径在前的一份；区间请在 Python 里算。

On a panel made with `--harmonised`, these views give the same numbers, which a test compares one by one:
`ratio_parts` holds a report and indicator a row, to be grouped at will. Of several documents of an agency, place and
year, the first by path counts. Intervals are a matter of Python."""

_PARTS = """-- ratio_parts
CREATE VIEW ratio_parts AS
WITH documents AS (
    SELECT DISTINCT path, agency, year, province, city, county, level, body FROM series
    QUALIFY agency IS NULL OR year IS NULL
         OR path = min(path) OVER (PARTITION BY agency, year, province, city, county, level, body)
), sides AS (
    SELECT documents.*, indicator,
           sum(value) FILTER (side = 'above') AS above, sum(value) FILTER (side = 'below') AS below
    FROM documents JOIN series ON documents.path = series.path
         AND documents.agency IS NOT DISTINCT FROM series.agency AND documents.year IS NOT DISTINCT FROM series.year
    JOIN ratio_terms USING (series, "column")
    GROUP BY ALL
    HAVING count(value) = any_value(terms) AND count(*) = any_value(terms)
)
SELECT * EXCLUDE (denominator, wrong) FROM (
    SELECT sides.*, per, least, denominator,
           bool_or(above < 0 OR below < 0 OR (kind = 'share' AND above > below))
               OVER (PARTITION BY path, agency, year, denominator) AS wrong
    FROM sides JOIN ratio_kinds USING (indicator)
) WHERE NOT wrong;"""

_BY_YEAR = """-- ratios_by_year
SELECT indicator, year, sum(above) AS numerator, sum(below) AS n,
       any_value(per) * sum(above) / nullif(sum(below), 0) AS value,
       count(*) AS reports, sum(below) < any_value(least) AS small
FROM ratio_parts GROUP BY indicator, year ORDER BY indicator, year;"""


def in_sql(known: Iterable[Indicator]) -> str:
    """The section of docs/indicators.md."""
    known = list(known)
    views = (
        _view("ratio_kinds", ("indicator", "kind", "per", "least", "denominator"), map(_kind, known)),
        _view(
            "ratio_terms",
            ("indicator", "side", "series", "column", "terms"),
            (row for each in known for row in _terms(each)),
        ),
        _PARTS,
        _BY_YEAR,
    )
    return "\n\n".join([_NOTE, *(f"```sql\n{view}\n```" for view in views)])


def _kind(each: Indicator) -> tuple[str | int, ...]:
    shared = " + ".join(each.denominator) if each.kind == "share" else each.key
    return each.key, each.kind, each.per, each.least, shared


def _terms(each: Indicator) -> Iterable[tuple[str | int, ...]]:
    terms = len(each.numerator) + len(each.denominator)
    for side, words in (("above", each.numerator), ("below", each.denominator)):
        for word in words:
            series, _, column = word.partition("/")
            yield each.key, side, series, column or "total", terms


def _view(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> str:
    values = ",\n".join(f"    ({', '.join(map(_literal, row))})" for row in rows)
    named = ", ".join(f'"{column}"' for column in columns)
    return f"-- {name}\nCREATE VIEW {name} AS FROM (VALUES\n{values}\n) AS listed({named});"


def _literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else f"'{value}'"
