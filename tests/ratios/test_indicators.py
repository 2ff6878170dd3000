"""Indicators: equal to what an independent computation in pandas and scipy gives; what is not known is told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.stats
import yaml

import govstats
from govstats.catalog.formats import known_formats
from govstats.catalog.indicators import indicators
from govstats.errors import UsageError
from govstats.model.table import Table
from govstats.ratios.figures import PLACE, Parts, joined, parts
from govstats.ratios.grouping import GROUPS, grouped
from tests.factory import FORMAT, random_valid
from tests.folders import ROOT
from tests.made import report_of, table_of

PANELS = 1000
WRITTEN = yaml.safe_load((ROOT / "schemas" / "indicators.yaml").read_text("utf-8"))["indicators"]
SERIES = {
    each["key"]: each for each in yaml.safe_load((ROOT / "schemas" / "harmonised.yaml").read_text("utf-8"))["series"]
}
FORMS = ("national-2021", "national-2019", "national-2014", "fujian-2018", "fujian-2013")
PLACES = [("甲省", "乙市", "city"), ("甲省", None, "province"), ("丙省", "丁市", "county"), (None, None, None)]
BODIES = ["government", "department", "office", None]


def random_panel(rng: random.Random) -> pd.DataFrame:
    """A few reports of any form with any figures; some cells without one, some tables away."""
    rows: list[dict[str, Any]] = []
    for number in range(rng.randint(1, 6)):
        form = rng.choice(FORMS)
        province, city, level = rng.choice(PLACES)
        who = {
            "path": f"{number}.html", "agency": rng.choice(["某局", "某厅", f"第{number}局", None]),
            "year": rng.choice([2018, 2019, 2021, 2023, 2024, None]), "format": form,
            "province": province, "city": city, "level": level, "body": rng.choice(BODIES),
        }  # fmt: skip
        lost = rng.choice([0, 0, 0.02])
        large = rng.choice([3, 40, 900])
        for table in known_formats()[form].tables.values():
            if rng.random() < 0.1:
                continue
            for cell in table.cells:
                value = None if rng.random() < lost else rng.randint(0, large)
                if (cell.row, cell.column) in {("3.7", "total"), ("1", "total"), ("answered", "count")}:
                    value = rng.choice([None, 0, large, large * 30, large * 30])
                rows.append({**who, "table": cell.table, "row": cell.row, "column": cell.column, "value": value})
    frame = pd.DataFrame(
        rows,
        columns=[
            "path",
            "agency",
            "year",
            "format",
            "province",
            "city",
            "level",
            "body",
            "table",
            "row",
            "column",
            "value",
        ],
    )
    return frame.astype({"year": "Int64", "value": "Float64"})


def slow(panel: pd.DataFrame, by: list[str]) -> Iterator[dict[str, Any]]:
    """The same by another way: row by row, with groups of plain Python, from the YAML files alone."""
    reports = []
    for _, cells in panel.groupby(["path", "agency", "year"], dropna=False, sort=False):
        form = cells["format"].iloc[0]
        addresses = zip(cells["table"], cells["row"], cells["column"], strict=True)
        figures = dict(zip(addresses, cells["value"], strict=True))
        reports.append((cells.iloc[0], {each["key"]: figure_of(each, form, figures) for each in WRITTEN}))
        wrong = {tuple(each["denominator"]) for each in WRITTEN if reports[-1][1][each["key"]][2] == "inconsistent"}
        for each in WRITTEN:
            if (
                tuple(each["denominator"]) in wrong
                and each.get("kind") != "rate"
                and reports[-1][1][each["key"]][0] is not None
            ):
                reports[-1][1][each["key"]] = (None, None, "inconsistent")
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    seen = set()
    for who, found in reports:
        known = pd.notna(who["agency"]) and pd.notna(who["year"])
        name = (
            tuple(str(who[name]) for name in ("agency", "year", "province", "city", "level", "body")) if known else None
        )
        if by and name in seen:
            continue
        seen.add(name or len(seen))
        key = tuple(None if pd.isna(who[name]) else who[name] for name in by or ["path"])
        groups.setdefault(key, []).append(found)
    for key, members in groups.items():
        for each in WRITTEN:
            found = [member[each["key"]] for member in members if member[each["key"]][0] is not None]
            above, below = sum(one[0] for one in found), sum(one[1] for one in found)
            yield {
                "key": key, "indicator": each["key"], "reports": len(found),
                "numerator": above if found else None, "n": below if found else None,
                "value": above / below * each.get("per", 1) if below else None,
            }  # fmt: skip


def figure_of(each: dict[str, Any], form: str, figures: dict[Any, Any]) -> tuple[Any, Any, str | None]:
    sides = []
    for side in ("numerator", "denominator"):
        total = 0
        for term in each[side]:
            series, _, column = term.partition("/")
            value = series_of(SERIES[series], form, column or "total", figures)
            if value is None:
                return None, None, None
            total += value
        sides.append(total)
    if each.get("kind", "share") == "share" and sides[0] > sides[1]:
        return None, None, "inconsistent"
    return sides[0], sides[1], None


def series_of(series: dict[str, Any], form: str, column: str, figures: dict[Any, Any]) -> int | None:
    values = [figures.get(cell) for cell in cells_of_series(series["key"], form, column)]
    return sum(map(int, values)) if values and not any(pd.isna(value) for value in values) else None


@cache
def cells_of_series(series: str, form: str, column: str) -> list[tuple[str, str, str]]:
    """The cells of a form that make a series, by the words of the file; none if the form has no such thing."""
    found = []
    for pattern in next((o["cells"] for o in SERIES[series]["origins"] if form in o["forms"]), []):
        table, row, key = pattern.split("/")
        if key != "*" and column != "total":
            return []
        begins, is_sum, _ = row.partition("*")
        for cell in known_formats()[form].tables[table].cells:
            fits = cell.row.startswith(begins) if is_sum else cell.row == row
            if fits and cell.column == (column if key == "*" else key):
                found.append((table, cell.row, cell.column))
    return found


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_random_panels_give_what_plain_counting_gives(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    for _ in range(PANELS // 10):
        panel = random_panel(rng)
        by = rng.sample(GROUPS, rng.randint(0, 2))
        if not len(panel):
            continue
        found = govstats.indicators(panel, by)
        columns = by or ["path"]
        made = {
            (tuple(None if pd.isna(x) else x for x in (getattr(row, c) for c in columns)), row.indicator): row
            for row in found.itertuples()
        }
        wanted = list(slow(panel, by))
        assert len(wanted) == len(found)
        for want in wanted:
            row = made[want["key"], want["indicator"]]
            for name in ("reports", "numerator", "n"):
                got = getattr(row, name)
                assert (None if pd.isna(got) else got) == want[name], (want, row)
            assert (row.value is pd.NA) == (want["value"] is None)
            assert want["value"] is None or row.value == pytest.approx(want["value"], rel=1e-15)
            assert (row.reason is None or pd.isna(row.reason)) == (want["value"] is not None)


def test_intervals_are_those_of_scipy() -> None:
    rng = np.random.default_rng(7)
    for each in indicators().indicators:
        n = rng.choice([1.0, 2.0, 30.0, 4000.0], 40)
        counts = rng.integers(0, n if each.kind == "share" else 2 * n, endpoint=True).astype(float)
        for k, total, low, high in zip(counts, n, *ends(each.key, counts, n), strict=True):
            want = (
                scipy.stats.binomtest(int(k), int(total)).proportion_ci(0.95, "wilson")
                if each.kind == "share"
                else None
            )
            wanted = (want.low, want.high) if want else garwood(k, total, each.per)
            assert (low, high) == pytest.approx(wanted, rel=1e-9, abs=1e-12)


def garwood(k: float, n: float, per: int) -> tuple[float, float]:
    """By the quantiles of chi-square."""
    low = scipy.stats.chi2.ppf(0.025, 2 * k) / 2 if k else 0
    return low / n * per, scipy.stats.chi2.ppf(0.975, 2 * k + 2) / 2 / n * per


def ends(key: str, counts: Any, n: Any) -> Any:
    """The intervals that reports with these figures have."""
    at = [each.key for each in indicators().indicators].index(key)
    shape = len(n), len(indicators().indicators)
    above, below = np.zeros(shape), np.ones(shape)
    above[:, at], below[:, at] = counts, n
    who = pd.DataFrame({name: [None] * len(n) for name in ("path", "agency", "year", *PLACE)})
    rows = of(grouped(Parts(who, above, below, np.zeros(shape, np.int8))), key)
    return rows["low"], rows["high"]


def applications(**rows: list[object]) -> Any:
    return report_of(applications=Table.from_texts(FORMAT.tables["applications"], rows))


def test_a_report_has_its_indicators_by_key() -> None:
    found = applications(
        **{"3.1": [6, 0, 0, 0, 0, 0, 6], "3.2": [2, 0, 0, 0, 0, 0, 2], "3.7": [40, 0, 0, 0, 0, 0, 40]}
    ).indicators()
    assert list(found.index) == [each["key"] for each in WRITTEN]
    assert found.loc["disclosed", ["value", "numerator", "n", "small"]].to_list() == [0.2, 8, 40, False]
    assert found.loc["answers_denied", "reason"] == "not_counted"
    assert found.loc["carried_out", "reason"] == "zero"
    assert found.loc["reviews_corrected", "reason"] == "incomplete"


def test_a_blank_is_no_zero() -> None:
    found = applications(**{"3.3.1": ["", 0, 0, 0, 0, 0, ""], "3.7": [9, 0, 0, 0, 0, 0, 9]}).indicators()
    assert found.loc["refused.state_secret", "reason"] == "incomplete"
    assert found.loc["refused", "reason"] == "incomplete"
    assert found.loc["granted", "value"] == 0


def test_where_a_total_is_too_small_for_one_share_it_serves_none() -> None:
    found = applications(
        **{"3.1": [6, 0, 0, 0, 0, 0, 6], "3.2": [2, 0, 0, 0, 0, 0, 2], "3.7": [5, 0, 0, 0, 0, 0, 5]}
    ).indicators()
    assert set(found.loc[["granted", "partly", "refused", "disclosed"], "reason"]) == {"inconsistent"}


def test_a_report_without_tables_has_none() -> None:
    found = report_of().indicators()
    assert found["value"].isna().all()
    assert set(found["reason"]) == {"incomplete"}


def panel_of(*reports: tuple[str, int, str, str, int, int]) -> pd.DataFrame:
    """agency, year, level, body, granted, outcomes."""
    rows = [
        {"path": f"{at}", "agency": agency, "year": year, "format": "national-2021", "table": table, "row": row,
         "column": "total", "value": value, "province": "甲省", "level": level, "body": body}
        for at, (agency, year, level, body, granted, outcomes) in enumerate(reports)
        for table, row, value in (
            ("applications", "3.1", granted), ("applications", "3.7", outcomes), ("applications", "1", outcomes),
            *(("litigation", row, 0) for row in ("review", "direct", "after_review")),
        )
    ]  # fmt: skip
    return pd.DataFrame(rows)


def of(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    return frame[frame["indicator"] == key].reset_index(drop=True)


def test_sums_come_before_ratios_and_an_agency_counts_once_a_year() -> None:
    panel = panel_of(
        ("甲局", 2023, "city", "department", 1, 2),
        ("乙局", 2023, "city", "department", 0, 98),
        ("甲局", 2023, "city", "department", 1, 2),
    )
    row = of(govstats.indicators(panel, "year"), "granted").iloc[0]
    assert (row["value"], row["reports"], row["repeated"]) == (0.01, 2, 1)


def test_peers_are_the_others_of_the_same_year_level_and_kind() -> None:
    panel = panel_of(
        ("甲局", 2023, "city", "department", 1, 2), ("乙局", 2023, "city", "department", 3, 10),
        ("丙局", 2023, "city", "department", 1, 10), ("丁市", 2023, "city", "government", 9, 10),
        ("甲局", 2022, "city", "department", 5, 5),
    )  # fmt: skip
    found = of(govstats.indicators(panel), "granted")
    assert found["peers"].to_list() == [2, 2, 2, 0, 0]
    assert found["peers_value"].to_list()[:3] == [4 / 20, 2 / 12, 4 / 12]
    assert found["peers_value"].isna().to_list() == [False, False, False, True, True]


def test_a_group_that_adds_up_a_government_and_its_parts_says_so() -> None:
    apart = panel_of(("甲局", 2023, "city", "department", 1, 2), ("丁市", 2022, "city", "government", 9, 10))
    both = panel_of(("甲局", 2023, "city", "department", 1, 2), ("丁市", 2023, "city", "government", 9, 10))
    assert not govstats.indicators(apart, "province")["overlap"].any()
    assert govstats.indicators(both, "province")["overlap"].all()
    assert not govstats.indicators(both, ["province", "body"])["overlap"].any()


def test_a_group_over_a_legal_break_says_so() -> None:
    panel = panel_of(("甲局", 2023, "city", "department", 1, 2), ("甲局", 2024, "city", "department", 9, 10))
    found = govstats.indicators(panel, "province")
    assert of(found, "disputes_per_100")["breaks"].to_list() == ["2024"]
    assert of(found, "granted")["breaks"].to_list() == [""]
    assert set(govstats.indicators(panel, "year")["breaks"]) == {""}


def test_panels_read_in_parts_are_one() -> None:
    panel = govstats.panel(govstats.samples())
    some = [parts(each) for _, each in panel.groupby("path", sort=False, observed=True)]
    pd.testing.assert_frame_equal(grouped(joined(some), ["year"]), govstats.indicators(panel, "year"))


def test_other_frames_and_other_groups_are_refused() -> None:
    with pytest.raises(UsageError, match="path"):
        govstats.indicators(pd.DataFrame({"a": [1]}))
    with pytest.raises(UsageError, match="colour"):
        govstats.indicators(panel_of(("甲局", 2023, "city", "department", 1, 2)), "colour")


def test_no_indicator_divides_by_what_is_not_its_whole() -> None:
    """In a table whose relations hold every share is between 0 and 1."""
    rng = np.random.default_rng(3)
    for _ in range(50):
        tables = {name: table_of(name, vector) for name, vector in random_valid(rng).items()}
        found = report_of(**tables).indicators()
        shares = [each["key"] for each in WRITTEN if each.get("kind") != "rate"]
        assert "inconsistent" not in set(found["reason"])
        assert found.loc[shares, "value"].dropna().between(0, 1).all()
