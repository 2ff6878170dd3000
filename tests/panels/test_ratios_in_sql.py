"""The views of docs/indicators.md in DuckDB give what govstats.indicators gives, on panels of random reports."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import govstats
from govstats.catalog.formats import get_format
from govstats.model.places import Place
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.panels.files import kind_of, saved
from govstats.panels.stream import Told, batches
from tests.folders import ROOT
from tests.made import report_of

PAGE = (ROOT / "docs" / "indicators.md").read_text("utf-8")
VIEWS = dict(re.findall(r"```sql\n-- (\w+)\n(.*?)```", PAGE, re.DOTALL))
FORMS = ("national-2021", "national-2019", "national-2014", "fujian-2018", "fujian-2013")
PLACE = Place("530602", "云南省", "昭通市", "昭阳区", "county")
REPORTS = 60


def random_report(number: int, rng: random.Random) -> Report:
    """A report of any form, with figures that often are no parts of their totals; some blank, some tables away."""
    form = rng.choice(FORMS)
    tables = {}
    for name, table in get_format(form).tables.items():
        if rng.random() < 0.1:
            continue
        blank, most = rng.choice([0, 0, 0.02]), rng.choice([3, 40])
        rows = {
            row.code: [
                ""
                if rng.random() < blank
                else most * 40
                if row.code in {"3.7", "1", "answered"}
                else rng.randint(0, most)
                for _ in row.columns
            ]
            for row in table.data_rows
        }
        tables[name] = Table.from_texts(table, rows)
    return replace(
        report_of(**tables),
        path=f"{number:03}.html",
        agency=rng.choice(["甲局", "乙局", f"第{number}局", None]),
        year=rng.choice([2016, 2019, 2021, 2023, None]),
        format=form,
        place=rng.choice([PLACE, None]),
        body=rng.choice(["department", None]),
    )


@pytest.fixture(scope="module", params=range(3))
def panel(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = random.Random(request.param)  # noqa: S311
    path = tmp_path_factory.mktemp("panel") / "panel.duckdb"
    with saved(path, kind_of(str(path))) as files:
        for table, batch in batches((random_report(n, rng) for n in range(REPORTS)), Told(), harmonised=True):
            files.write(table, batch)
    with duckdb.connect(str(path)) as connection:
        for name in ("ratio_kinds", "ratio_terms", "ratio_parts"):
            connection.execute(VIEWS[name])
    return path


def read(panel: Path, query: str) -> pd.DataFrame:
    with duckdb.connect(str(panel), read_only=True) as connection:
        return connection.execute(query).df()


def test_years_have_the_same_ratios(panel: Path) -> None:
    wanted = govstats.indicators(read(panel, "FROM panel"), "year")
    wanted = wanted[wanted["reports"] > 0].astype(object)
    found = read(panel, VIEWS["ratios_by_year"]).astype(object)
    assert len(found) == len(wanted) > 50
    told = {(row.indicator, None if pd.isna(row.year) else int(row.year)): row for row in found.itertuples()}
    for want in wanted.itertuples():
        row = told[want.indicator, None if pd.isna(want.year) else int(want.year)]
        assert (row.numerator, row.n, row.reports, row.small) == (want.numerator, want.n, want.reports, want.small)
        assert pd.isna(row.value) == pd.isna(want.value)
        assert pd.isna(want.value) or row.value == pytest.approx(want.value, rel=1e-12)


def test_the_page_has_all_indicators(panel: Path) -> None:
    known = set(govstats.indicators(read(panel, "FROM panel"))["indicator"])
    assert set(read(panel, "FROM ratio_kinds")["indicator"]) == known
    assert set(read(panel, "FROM ratio_terms")["indicator"]) == known
