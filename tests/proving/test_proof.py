"""What a picture shows and what the relations say, together: proved, agreed upon, or unreadable, and never a guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from govstats.catalog.formats import get_table_form
from govstats.diagnosis.examine import examine
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.recognised import Look, Reading, Trust
from govstats.model.table import Table
from govstats.proving import settled
from govstats.text.figures import State
from tests import factory

FORM = get_table_form("national-2021", "applications")


def printed(seed: int = 1) -> dict[int, str]:
    """Figures in which all relations hold, by position."""
    vector = factory.random_valid(np.random.default_rng(seed))["applications"]
    return {at: str(int(value)) for at, value in enumerate(vector)}


def at(row: str, column: str) -> int:
    return FORM.position(row, column)


def looks(texts: dict[int, str], unsure: dict[int, Look] | None = None) -> dict[int, Look]:
    return {position: Look.sure(text) for position, text in texts.items()} | (unsure or {})


def between(*readings: Reading) -> Look:
    """A cell of which both recognitions say the same, and are not sure."""
    return Look(readings, readings, 28.0)


def table(seen: dict[int, Look], fine: bool = True, form: str = "applications") -> Table:
    whole = get_table_form("national-2021", form)
    empty = Table.from_texts(whole, {})
    rows: dict[str, list[str]] = {}
    for position, cell in enumerate(whole.cells):
        rows.setdefault(cell.row, []).append(seen[position].text if position in seen else "0")
    return settled(replace(empty, raws=Table.from_texts(whole, rows).raws), seen, fine)


def trusts(read: Table) -> set[Trust]:
    return {each.trust for each in read.recognised.values()}


def values(read: Table, positions: Iterable[int]) -> list[float | None]:
    return [read.figures[position] for position in positions]


def outcomes(read: Table) -> set[Outcome]:
    return {Outcome(each) for each in evaluate(read.form, read.values[None], read.states[None])[0]}


def test_where_all_relations_hold_every_figure_is_proved_however_coarse_the_picture() -> None:
    texts = printed()
    read = table(looks(texts), fine=False)
    assert trusts(read) == {Trust.PROVED}
    assert values(read, texts) == [float(text) for text in texts.values()]


@pytest.mark.parametrize("wrong", ["6", "1944"])
def test_a_reading_close_behind_is_taken_where_all_relations_ask_for_it(wrong: str) -> None:
    texts, cell = printed(), at("3.1", "natural_person")
    read = table(looks(texts, {cell: between((wrong, 0.6), (texts[cell], 0.35))}))
    assert read.figures[cell] == float(texts[cell])
    assert trusts(read) == {Trust.PROVED}


def test_a_reading_far_behind_is_not_taken_and_the_first_is_not_believed() -> None:
    texts, cell = printed(), at("3.1", "natural_person")
    wrong = str(int(texts[cell]) + 3)
    read = table(looks(texts, {cell: between((wrong, 0.998), (texts[cell], 1e-3))}))
    assert State(int(read.states[cell])) is State.UNREADABLE


def test_a_figure_that_is_clear_twice_stays_though_its_relations_fail() -> None:
    texts, cell = printed(), at("3.1", "natural_person")
    texts[cell] = str(int(texts[cell]) + 3)
    read = table(looks(texts))
    assert read.figures[cell] == float(texts[cell])
    assert read.recognised[cell].trust is Trust.AGREED
    assert Outcome.FAIL in outcomes(read)


def test_in_a_coarse_picture_no_figure_is_believed_whose_relations_fail() -> None:
    texts, cell = printed(), at("3.1", "natural_person")
    texts[cell] = str(int(texts[cell]) + 3)
    read = table(looks(texts), fine=False)
    assert State(int(read.states[cell])) is State.UNREADABLE
    assert Outcome.FAIL not in outcomes(read)


def test_readings_that_differ_together_and_hold_together_leave_the_cells_open() -> None:
    """All the 6 of a column may be 9: the relations hold either way."""
    texts = dict.fromkeys(printed(), "0")
    alike = [at(row, column) for row in ("1", "3.1", "3.7") for column in ("natural_person", "total")]
    texts |= dict.fromkeys(alike, "6")
    read = table(looks(texts, {cell: between(("6", 0.55), ("9", 0.44)) for cell in alike}))
    assert [State(int(read.states[cell])) for cell in alike] == [State.UNREADABLE] * len(alike)


def test_what_is_no_figure_is_unreadable_and_its_relations_are_not_verified() -> None:
    texts, cell = printed(), at("3.1", "natural_person")
    read = table(looks(texts, {cell: between(("\ufffd", 0.9))}))
    assert State(int(read.states[cell])) is State.UNREADABLE
    assert outcomes(read) == {Outcome.PASS, Outcome.ERROR}


@pytest.mark.parametrize(
    ("plain", "bold", "state"),
    [
        ((("12", 0.99),), (("12", 0.98),), State.NUMBER),
        ((("12.", 0.99),), (("12", 0.98),), State.NUMBER),
        ((("12", 0.99),), (("72", 0.98),), State.UNREADABLE),
        ((("12", 0.99),), (("12", 0.8), ("72", 0.2)), State.UNREADABLE),
        ((("0", 0.99),), (("0", 0.99),), State.ZERO),
        ((("-", 0.99),), (("-", 0.99),), State.MARK),
        ((), (), State.UNREADABLE),
    ],
)
def test_where_no_relation_proves_it_two_recognitions_must_agree(
    plain: tuple[Reading, ...], bold: tuple[Reading, ...], state: State
) -> None:
    texts = dict.fromkeys(range(10), "3")
    read = table(looks(texts, {1: Look(plain, bold, 28.0)}), form="disclosure")
    assert State(int(read.states[1])) is state
    assert read.recognised[1].trust is (Trust.DOUBTFUL if state is State.UNREADABLE else Trust.AGREED)


def test_a_table_that_was_not_recognised_is_left_as_it_is() -> None:
    plain = Table.from_texts(FORM, {})
    assert settled(plain, {}) is plain
    assert examine([]) == []
