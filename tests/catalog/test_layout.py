"""Tables as their official form prints them: what the form's data say, drawn by one module."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from govstats.catalog.formats import known_formats, load_format
from govstats.catalog.layout import FIGURE, layout, placed, width
from govstats.model.forms import TableForm
from tests.factory import FORMAT, Box, Figures, Layout, as_figures, laid_out, random_valid

ALL_TABLES = [
    pytest.param(form, id=f"{form.format}.{form.name}")
    for each in known_formats().values()
    for form in each.tables.values()
]


def _printed(figures: Figures, table: str, row: str) -> list[str]:
    """A row's figures as texts, in the form's order."""
    return [str(figures[table][row][key]) for key in FORMAT.tables[table].rows[row].columns]


def disclosure(figures: Figures) -> Layout:
    form = FORMAT.tables["disclosure"]
    layout: Layout = []
    for code, row in form.rows.items():
        if row.heading:
            layout.append([Box(row.label.zh, 4)])
            columns = next(each.columns for each in form.data_rows if each.code.startswith(f"{code}."))
            headers = [form.columns[key].label.zh for key in columns]
            headers = ["本年收费金额（单位：万元）" if text == "本年收费金额" else text for text in headers]
            layout.append([Box("信息内容"), *(Box(text, 1 if len(columns) == 3 else 3) for text in headers)])
        else:
            texts = _printed(figures, "disclosure", code)
            layout.append([Box(row.label.zh), *(Box(text, 1 if len(texts) == 3 else 3) for text in texts)])
    return layout


def applications(figures: Figures) -> Layout:
    form = FORMAT.tables["applications"]
    applicants = [column.label.zh for column in form.columns.values() if column.group]
    layout: Layout = [
        [Box("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), Box("申请人情况", 7)],
        [Box("自然人", 1, 2), Box("法人或其他组织", 5), Box("总计", 1, 2)],
        [Box(text) for text in applicants],
    ]
    lead: list[Box] = []
    for code, row in form.rows.items():
        if row.heading:
            below = sum(1 for each in form.data_rows if each.code.startswith(f"{code}."))
            lead.append(Box(row.label.zh, 1, below))
            continue
        depth = code.count(".")
        label = Box(row.label.zh, 3 - depth)
        layout.append([*lead, label, *map(Box, _printed(figures, "applications", code))])
        lead = []
    return layout


def litigation(figures: Figures) -> Layout:
    form = FORMAT.tables["litigation"]
    outcomes = [column.label.zh for column in form.columns.values()]
    figures_of_all = [text for row in form.rows for text in _printed(figures, "litigation", row)]
    return [
        [Box("行政复议", 5, 2), Box("行政诉讼", 10)],
        [Box("未经复议直接起诉", 5), Box("复议后起诉", 5)],
        [Box(text) for _ in form.rows for text in outcomes],
        [Box(text) for text in figures_of_all],
    ]


BY_HAND = {"disclosure": disclosure, "applications": applications, "litigation": litigation}


@pytest.mark.parametrize("name", FORMAT.tables)
def test_national_2021_is_laid_out_as_the_official_form(name: str) -> None:
    """Against layouts that are stated by hand."""
    figures = as_figures(random_valid(np.random.default_rng(1)))
    assert laid_out(FORMAT.tables[name], figures) == BY_HAND[name](figures)


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
    assert boxes[2][2].cell is None
