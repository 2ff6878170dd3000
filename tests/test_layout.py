"""Tables as their official form prints them: what the form's data say, drawn by one module."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from govstats.formats import known_formats, load_format
from govstats.forms import TableForm
from govstats.layout import FIGURE, Box, layout, placed, width
from tests.factory import FORMAT, LAYOUTS, as_figures, random_valid

ALL_TABLES = [
    pytest.param(form, id=f"{form.format}.{form.name}")
    for each in known_formats().values()
    for form in each.tables.values()
]


@pytest.mark.parametrize("name", FORMAT.tables)
def test_national_2021_is_laid_out_as_the_official_form(name: str) -> None:
    """Against the layouts that the document factory states by hand."""
    figures = as_figures(random_valid(np.random.default_rng(1)))
    form = FORMAT.tables[name]
    texts = [str(figures[name][cell.row][cell.column]) for cell in form.cells]
    made = [
        [(texts[box.cell] if box.cell is not None else box.text, box.width, box.height) for box in row]
        for row in layout(form)
    ]
    assert made == [[tuple(box) for box in row] for row in LAYOUTS[name](figures)]


@pytest.mark.parametrize("form", ALL_TABLES)
def test_every_cell_has_one_box_and_the_boxes_fill_a_rectangle(form: TableForm) -> None:
    boxes = layout(form)
    seen = [
        (each.row + down, each.column + right)
        for each in placed(boxes)
        for down in range(each.box.height)
        for right in range(each.box.width)
    ]
    assert sorted(seen) == [(row, column) for row in range(len(boxes)) for column in range(width(boxes))]
    assert sorted(each.box.cell for each in placed(boxes) if each.box.kind == FIGURE) == list(range(len(form.cells)))


def test_a_form_without_headings_banner_or_groups_has_one_header_row(tmp_path: Path) -> None:
    path = tmp_path / "made-2030.yaml"
    path.write_text(
        """
format: made-2030
title: {zh: 试, en: made}
basis: 无
since: 2030
tables:
  summary:
    title: {zh: 汇总, en: Summary}
    section: 一
    corner: 指标名称
    columns: [{key: year, zh: 本年, en: Year}, {key: all, zh: 累计, en: All}]
    rows:
      - {code: a, zh: 甲, en: A}
      - {code: b, zh: 乙, en: B, columns: [year]}
""",
        "utf-8",
    )
    boxes = layout(load_format(path).tables["summary"])
    assert [[box.text for box in row] for row in boxes] == [
        ["指标名称", "本年", "累计"],
        ["甲", "", ""],
        ["乙", "", ""],
    ]
    assert boxes[2][2] == Box("")
