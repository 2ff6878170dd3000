"""Series across forms: what is the same is the same figure, what is not is <NA>, and every form is spoken of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import govstats
from govstats.catalog.formats import get_format, known_formats
from govstats.catalog.series import cells_of, harmonised
from govstats.errors import CatalogError
from govstats.model.table import Table
from tests.factory import as_figures, document, random_valid
from tests.made import report_of

NEW = get_format("national-2021").tables
OLD = get_format("national-2019").tables
SERIES = harmonised().series


def made(form: str, table: str, **rows: list[object]) -> pd.DataFrame:
    return report_of(**{table: Table.from_texts(get_format(form).tables[table], rows)}).harmonised()


@pytest.mark.parametrize("series", SERIES, ids=lambda series: series.key)
def test_every_series_speaks_of_every_form_once(series: object) -> None:
    told = [form for each in (*series.origins, *series.absent) for form in each.forms]  # type: ignore[attr-defined]
    assert sorted(told) == sorted(known_formats())


def test_no_series_is_named_twice_and_no_cell_stands_in_two_rival_ones() -> None:
    keys = [series.key for series in SERIES]
    assert len(keys) == len(set(keys))
    for form in known_formats():
        single = [
            cells[0]
            for series in SERIES
            if (origin := series.origin(form)) and len(origin.cells) == 1
            for cells in cells_of(form, origin.cells[0]).values()
            if len(cells) == 1
        ]
        assert len(single) == len(set(single)), form


def test_one_row_of_2019_is_the_sum_of_three_of_2021() -> None:
    new = made("national-2021", "applications", **{"3.6.1": [1, 2, 0, 0, 0, 0, 3], "3.6.3": [4, 0, 0, 0, 0, 5, 9]})
    old = made("national-2019", "applications", **{"3.6": [5, 2, 0, 0, 0, 5, 12]})
    pd.testing.assert_frame_equal(new, old)
    assert old.loc["other_handling"].to_dict() == {
        "unit": "件", "total": 12, "natural_person": 5, "business": 2, "research": 0, "welfare": 0,
        "legal_service": 0, "other_org": 5,
    }  # fmt: skip


def test_a_sum_with_a_cell_that_holds_no_figure_is_na_and_never_a_part_of_it() -> None:
    frame = made("national-2021", "applications", **{"3.6.1": ["", 2, 0, 0, 0, 0, 3], "3.6.3": [4, 0, 0, 0, 0, 5, "/"]})
    assert frame.loc["other_handling", ["natural_person", "total"]].isna().all()
    assert frame.loc["other_handling", "business"] == 2


def test_the_figures_of_2014_that_mean_the_same() -> None:
    rows: dict[str, list[object]] = {
        "received": [9], "received.letter": [2], "received.fax": [1], "answered": [8], "answered.partly": [3],
        "answered.denied": [4], "answered.denied.trade_secret": [1], "answered.denied.privacy": [2],
        "answered.denied.security": [1], "reviews": [5], "reviews.upheld": [4], "litigation": [2], "fees": ["0.5"],
    }  # fmt: skip
    total = made("national-2014", "summary", **rows)["total"].dropna()
    assert total[total > 0].to_dict() == {
        "new": 9, "new.letter_fax": 3, "answers": 8, "partly": 3, "answers.denied": 4,
        "refused.security": 1, "reviews": 5, "reviews.upheld": 4, "lawsuits": 2,
    }  # fmt: skip


@pytest.mark.parametrize("form", ["national-2014", "fujian-2018", "fujian-2013"])
@pytest.mark.parametrize("series", ["carried_in", "carried_out", "outcomes", "granted", "refused", "reviews.pending"])
def test_what_the_older_forms_do_not_count_is_na(form: str, series: str) -> None:
    assert made(form, "summary").loc[series].drop("unit").isna().all()


def test_lawsuits_are_those_with_and_without_a_review_before() -> None:
    frame = made("national-2019", "litigation", direct=[1, 0, 0, 2, 3], after_review=[4, 1, 0, 0, 5])
    assert frame.loc[["lawsuits", "lawsuits.upheld", "lawsuits.pending"], "total"].to_list() == [8, 5, 2]


def test_a_report_of_two_forms_is_harmonised_table_by_table() -> None:
    forms = {"disclosure": OLD["disclosure"], "applications": NEW["applications"], "litigation": NEW["litigation"]}
    vectors = random_valid(np.random.default_rng(3), forms=forms)
    report = govstats.read(document(as_figures(vectors, forms), "html", forms=forms))
    frame = report.harmonised()
    assert frame.loc["new", "total"] == report.applications.loc["1", "total"]
    assert frame.loc["decisions.licences", "total"] == report.disclosure.loc["20.5.licences", "decisions"]
    assert set(frame.dtypes.drop("unit").astype(str)) == {"Int64"}


def test_a_mapping_to_cells_that_do_not_exist_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "harmonised.yaml").write_text(
        "series:\n  - {key: a, zh: 甲, en: A, origins: [{forms: [national-2021], cells: [applications/9/*], "
        "why: {zh: 同, en: same}}]}\n",
        "utf-8",
    )
    known_formats()
    monkeypatch.setattr("govstats.catalog.resources.schemas", lambda: tmp_path)
    with pytest.raises(CatalogError, match="applications/9"):
        harmonised.__wrapped__()


def test_a_blank_counts_as_what_the_relations_leave_to_it_where_that_is_asked() -> None:
    blank = {"1": ("3", "", "0", "0", "0", "0", ""), "3.1": ("3", "0", "0", "0", "0", "0", "3"), "3.7": ("",) * 7}
    report = report_of(applications=Table.from_texts(NEW["applications"], blank))
    assert report.harmonised().isna().loc["new", "total"]
    frame = report.harmonised(derived=True)
    assert frame.loc["new", "total"] == 3
    assert frame.loc["new", "derived"] == "business total"
    assert frame.loc["granted", "derived"] == ""
    assert report.tables["applications"].value("1", "total") is None
