"""Documents of one shape are read by a plan: it puts every figure where aligning the document would put it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govstats.alignment import plans, tables
from govstats.alignment.plans import Found, Plans
from govstats.alignment.shapes import Shape, names_of, shape
from govstats.alignment.tables import aligned, read_tables
from govstats.catalog.formats import get_format, known_formats
from govstats.model.document import Document, Grid, GridRow
from govstats.model.table import Table
from govstats.readers import read_document
from tests.containers.pages import page
from tests.dresses import DRESSES
from tests.figuresets import sample
from tests.stories import story

KINDS = ("sparse", "dense", "distinct", "gaps", "large", "full-width")
NUMBERS = ["0", "7", "1204", "12345678901234567", "1.5", "38.441094", "-3", "1,204", "１２", "5件", "3万元", "12 3"]
WORDS = [
    "",
    "/",
    "无",
    "约900",
    "不详",
    "1***",
    "总计",
    "其他",
    "（三）不予公开",
    "见附注",
    "件",
    "增10",
    "2023年",
    "²",
]
CELLS = st.sampled_from([*NUMBERS, *WORDS])


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    tables._plans.cache_clear()
    yield
    tables._plans.cache_clear()


def document(dress: str, kind: str, seed: int) -> Document:
    return read_document(page(DRESSES[dress](story(sample(kind, seed).figures))).encode())


def has_plan(read: Document) -> bool:
    forms = tuple(form for known in known_formats().values() for form in known.tables.values())
    shaped = shape(read, names_of(forms))
    return shaped is not None and tables._plans(forms).find(shaped) is not None


def assert_same(found: Found, expected: Found) -> None:
    assert list(found.tables) == list(expected.tables)
    assert {name: found.detected[name] for name in found.tables} == {
        name: expected.detected[name] for name in expected.tables
    }
    for name, table in found.tables.items():
        assert_same_table(table, expected.tables[name])


def assert_same_table(found: Table, expected: Table) -> None:
    assert found.form is expected.form
    np.testing.assert_array_equal(found.states, expected.states)
    np.testing.assert_array_equal(found.values, expected.values)
    for name in ("raws", "places", "place", "labels", "lost", "repeats", "unexpected"):
        assert getattr(found, name) == getattr(expected, name), name


WITHOUT_PLAN = {"lost-spaces"}
"""Dresses whose labels are never those that a plan knows: they are always aligned."""


@pytest.mark.parametrize("dress", DRESSES)
def test_reading_by_a_plan_is_aligning(dress: str) -> None:
    followed = 0
    for kind in KINDS:
        for seed in range(6):
            read = document(dress, kind, seed)
            followed += has_plan(read)
            assert_same(read_tables(read), aligned(read)[0])
    assert followed or dress in WITHOUT_PLAN


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, list[tuple[int, str]]]:
    """A dress, and what to print in some of the cells."""
    dress = draw(st.sampled_from(sorted(DRESSES)))
    return dress, draw(st.lists(st.tuples(st.integers(0, 500), CELLS), min_size=1, max_size=6))


@settings(max_examples=150, deadline=None)
@given(changed())
def test_whatever_stands_in_the_cells(case: tuple[str, list[tuple[int, str]]]) -> None:
    dress, cells = case
    for _ in range(2):
        read_tables(document(dress, "dense", 1))
    for seed in (1, 2, 3):
        read = with_cells(document(dress, "dense", seed), cells)
        assert_same(read_tables(read), aligned(read)[0])


def with_cells(read: Document, cells: list[tuple[int, str]]) -> Document:
    """Other texts in some of the cells, counted through all grids."""
    texts = dict(cells)
    at = 0
    blocks: list[object] = []
    for block in read.blocks:
        if not isinstance(block, Grid):
            blocks.append(block)
            continue
        rows = []
        for row in block.rows:
            new = tuple(texts.get(at + number, text) for number, text in enumerate(row.texts))
            at += len(row.texts)
            rows.append(GridRow(row.line, new, row.spans))
        blocks.append(Grid(block.table, tuple(rows)))
    return Document(read.kind, read.charset, tuple(blocks), read.meta)  # type: ignore[arg-type]


def test_one_document_teaches_nothing_and_two_do() -> None:
    for number in range(3):
        read = document("plain", "dense", number)
        assert has_plan(read) is (number == 2)
        read_tables(read)


def test_a_table_printed_twice_has_no_plan() -> None:
    once = page(story(sample("dense", 1).figures))
    for _ in range(3):
        read = read_document((once + once).encode())
        read_tables(read)
        assert not has_plan(read)


def test_a_table_of_the_site_above_does_not_matter() -> None:
    told = page(story(sample("dense", 1).figures))
    for number in range(3):
        site = (
            f"<table><tr><td>索引号</td><td>0140/2024-{number}</td></tr><tr><td>生成日期</td><td>甲</td></tr></table>"
        )
        read = read_document(told.replace("<body>", f"<body>{site}").encode())
        assert has_plan(read) is (number == 2)
        read_tables(read)


def test_what_is_too_long_to_keep_has_no_shape() -> None:
    read = with_cells(document("plain", "dense", 1), [(0, "甲" * 100_000)])
    assert shape(read, names_of(list(get_format("national-2021").tables.values()))) is None


def test_few_plans_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "_MOST", 2)
    known, found = Plans(), aligned(document("plain", "dense", 1))[0]
    shapes = [shape_of(document(dress, "dense", 1)) for dress in list(DRESSES)[:4]]
    for each in shapes:
        for _ in range(2):
            known.learn(each, Found({}, found.detected))
    assert [known.find(each) is not None for each in shapes] == [False, False, True, True]


def shape_of(read: Document) -> Shape:
    found = shape(read, names_of(list(get_format("national-2021").tables.values())))
    assert found is not None
    return found


def test_a_long_number_is_no_figure_and_another_shape() -> None:
    long, short = "9" * 17, "9"
    shapes = [
        shape_of(with_cells(document("plain", "dense", 1), [(at, text) for at in range(60, 300)]))
        for text in (long, short)
    ]
    assert shapes[0].key != shapes[1].key
