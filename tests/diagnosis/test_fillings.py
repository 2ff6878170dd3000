"""Blanks judged together: flows and integer programming agree on whether there is a filling, and on what must be."""

from __future__ import annotations

import numpy as np
import pytest

from govstats.catalog.formats import known_formats
from govstats.model import fillings
from govstats.model.fillings import filling, judge
from govstats.model.forms import TableForm
from govstats.model.network import network_of
from tests.diagnosis.faults import faults, valid_tables

pytest.importorskip("scipy")
FORMS = [table for form in known_formats().values() for table in form.tables.values() if table.relations]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.format}-{form.name}")
def test_every_form_is_a_network(form: TableForm) -> None:
    network = network_of(form)
    assert network is not None
    assert not (network.spare @ form.matrix).any()
    signed = network.signs[:, None] * form.matrix
    both = (signed != 0).sum(axis=0) == 2
    assert ((signed != 0).sum(axis=0) <= 2).all()
    assert not signed[:, both].sum(axis=0).any()


def test_flows_and_programs_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    drawn = [(each.form, each.printed) for each in (*faults(40, seed=5), *valid_tables(20, seed=6))]
    tables = [(form, _with_more_blanks(printed, rng)) for form, printed in drawn]
    by_flows = [_judged(form, printed) for form, printed in tables]
    monkeypatch.setattr(fillings, "network_of", lambda form: None)
    monkeypatch.setattr(fillings, "_ASKED", 1000)
    assert by_flows == [_judged(form, printed) for form, printed in tables]
    assert {found is None for _, found in by_flows} == {True, False}


def _with_more_blanks(printed: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random(len(printed)) < 0.3 * rng.random(), np.nan, printed)


def _judged(form: TableForm, printed: np.ndarray) -> tuple[list[bool], dict[int, float] | None]:
    values, free = np.nan_to_num(printed), np.isnan(printed)
    found = filling(form, values, free)
    hopeless = judge(form, values[None], free[None]).hopeless[0].tolist()
    return hopeless, None if found is None else dict(sorted(found.must.items()))
