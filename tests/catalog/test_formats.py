"""Formats as data: what national-2021 is, and what is said of a file that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import yaml

from govstats.catalog import resources
from govstats.catalog.factsheet import fact_sheet, minimum_distance
from govstats.catalog.formats import get_format, get_table_form, known_formats, load_format
from govstats.cli import exports
from govstats.errors import CatalogError, UsageError
from tests.folders import ROOT

GOOD = """
format: made-2030
title: {zh: 试, en: made}
basis: 无
since: 2030
tables:
  summary:
    title: {zh: 汇总, en: Summary}
    section: 一
    columns: [{key: year, zh: 本年, en: Year}]
    rows:
      - {code: a, zh: 甲, en: A}
      - {code: b, zh: 乙, en: B}
      - {code: t, zh: 总计, en: Total}
    relations:
      - {rule: T301, each: column, left: [a, b], right: [t]}
"""


def test_the_facts_of_national_2021() -> None:
    tables = get_format("national-2021").tables
    facts = {name: fact_sheet(form) for name, form in tables.items()}
    applications = facts["applications"]
    assert (applications.cells, applications.relations, applications.rank, applications.distance) == (175, 39, 37, 4)
    assert applications.free_cells == ()
    assert (applications.detects, applications.locates, applications.derives) == (3, 1, 3)
    assert (facts["litigation"].relations, facts["litigation"].rank, facts["litigation"].distance) == (3, 3, 2)
    assert (facts["disclosure"].relations, len(facts["disclosure"].free_cells)) == (0, 10)


@pytest.mark.parametrize(
    ("matrix", "distance"),
    [([[1, 0], [0, 0]], 1), ([[1, 2], [1, 2]], 2), ([[1, 0, 1], [0, 1, 1]], 3), (np.eye(3), None), ([[1, 1, 1]], 2)],
)
def test_the_minimum_distance_is_the_least_number_of_dependent_columns(matrix: object, distance: int | None) -> None:
    assert minimum_distance(np.array(matrix, dtype=float), 5) == distance


def test_a_good_file_loads(tmp_path: Path) -> None:
    path = tmp_path / "made-2030.yaml"
    path.write_text(GOOD, "utf-8")
    form = load_format(path).tables["summary"]
    assert [relation.name for relation in form.relations] == ["T301[year]"]
    assert form.matrix.tolist() == [[1, 1, -1]]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("since: 2030", "since: soon", "since"),
        ("code: b", "code: a", "named twice: a"),
        ("right: [t]", "right: [x]", "'x' names no"),
        ("each: column", "each: page", "each"),
        ("key: year", "key: 年", "key"),
        ("basis: 无", "basis: 无\ncolour: red", "colour"),
        ("rows:", "rows: []\n    other:", "rows"),
        ("format: made-2030", "format: [", "YAML"),
        ("format: made-2030", "format: made-2031", "made-2031"),
    ],
)
def test_a_faulty_file_is_told_with_file_field_and_value(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "made-2030.yaml"
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(CatalogError) as raised:
        load_format(path)
    assert path.name in str(raised.value)
    assert told in str(raised.value)


def test_unknown_formats_and_tables_are_told_with_what_there_is() -> None:
    with pytest.raises(UsageError, match="national-2021"):
        get_format("national-1999")
    with pytest.raises(UsageError, match="applications"):
        get_table_form("national-2021", "weather")


def test_exported_schemas_are_not_stale() -> None:
    folder = resources.schemas()
    stale = [name for name, content in exports.exports().items() if (folder / name).read_text("utf-8") != content]
    assert stale == [], "run `make schemas`"


def test_the_pages_of_the_docs_are_not_stale() -> None:
    folder = ROOT / "docs"
    stale = [name for name, content in exports.pages().items() if (folder / name).read_text("utf-8") != content]
    assert stale == [], "run `make schemas`"


@pytest.mark.parametrize("kind", ["formats", "rules"])
def test_shipped_files_fit_the_json_schema_for_editors(kind: str) -> None:
    schema = json.loads((resources.schemas() / "meta" / f"{kind[:-1]}.schema.json").read_text("utf-8"))
    for path in (resources.schemas() / kind).glob("*.yaml"):
        jsonschema.validate(yaml.safe_load(path.read_text("utf-8")), schema)


def test_the_shipped_mapping_fits_the_json_schema_for_editors() -> None:
    schema = json.loads((resources.schemas() / "meta" / "harmonised.schema.json").read_text("utf-8"))
    jsonschema.validate(yaml.safe_load((resources.schemas() / "harmonised.yaml").read_text("utf-8")), schema)


def test_every_format_states_its_basis_and_both_languages() -> None:
    for form in known_formats().values():
        assert form.basis
        for table in form.tables.values():
            assert all(row.label.zh and row.label.en for row in table.rows.values())
