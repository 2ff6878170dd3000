"""True paragraphs with the tables that they agree with: none is accused; with one figure changed, most are told.

`make nightly` tries 10,000 (GOVSTATS_PARAGRAPHS); the suite a few hundred.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from typing import Any

import pytest

from govstats.model.claim import Claim
from govstats.model.table import Table
from govstats.prose.answers import About
from tests.factory import FORMAT
from tests.prose.cases import claims_of
from tests.prose.paragraphs import Made, Told, paragraph

COUNT = int(os.environ.get("GOVSTATS_PARAGRAPHS", "300"))
TOLD = 0.9
CHANGES = (1, -1, 7, -5, 10, 90)


def about(made: Made) -> About:
    tables = {name: _table(name, rows) for name, rows in made.tables.items()}
    return About(tables, 2023, "某县教育局")


def _table(name: str, rows: dict[str, list[Any]]) -> Table:
    form = FORMAT.tables[name]
    zeros: dict[str, list[Any]] = {row.code: [0] * len(row.columns) for row in form.data_rows}
    printed = {code: ["" if value is None else value for value in values] for code, values in rows.items()}
    return Table.from_texts(form, {**zeros, **printed})


def findings(made: Made) -> list[Claim]:
    return [claim for claim in claims_of(made.text, about=about(made)) if claim.rule]


def with_a_slip(made: Made, seed: int) -> tuple[Made, str]:
    """One of its figures, a count, is another; and of what kind it is."""
    chance = random.Random(seed)  # noqa: S311
    counts = [index for index in made.figures() if _told(made, index).kind != "share"]
    index = chance.choice(counts)
    told = _told(made, index)
    value = int(told.value) + chance.choice(CHANGES)
    return made.with_slip(index, value if value >= 0 else int(told.value) + 3), told.kind


def _told(made: Made, index: int) -> Told:
    told = made.pieces[index]
    assert isinstance(told, Told)
    return told


def test_a_true_paragraph_is_not_accused() -> None:
    accused = {made.text: found for seed in range(COUNT) if (found := findings(made := paragraph(seed)))}
    assert accused == {}


def test_a_changed_figure_is_told_unless_a_reading_excuses_it(capsys: pytest.CaptureFixture[str]) -> None:
    tried: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for seed in range(COUNT):
        changed, kind = with_a_slip(paragraph(seed), seed)
        tried[kind] += 1
        told[kind] += bool(findings(changed))
    with capsys.disabled():
        shares = ", ".join(f"{kind} {tried[kind] - told[kind]}/{tried[kind]}" for kind in sorted(tried))
        print(f"\nprose, one figure changed: {sum(told.values())}/{sum(tried.values())} told; excused: {shares}")
    assert sum(told.values()) >= TOLD * sum(tried.values())
