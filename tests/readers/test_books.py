"""Workbooks with several reports: each is read on its own, to the last cell, and no figure of one stands in another."""

from __future__ import annotations

import pytest

import govstats
from tests.containers.books import BOOKS, WRITERS
from tests.figuresets import sample
from tests.judge import count, untold
from tests.readers.test_matrix import KINDS, NIGHTLY, PLAIN
from tests.stories import Story, story

_SEEDS = range(30) if NIGHTLY else range(2)


def _told(kind: str, seed: int, year: int, agency: str = "青山县教育局") -> Story:
    return story(sample(kind, seed).figures, f"{agency}{year}年政府信息公开工作年度报告")


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("shape", BOOKS)
def test_reports_in_one_workbook_are_read_apart(shape: str, writer: str) -> None:
    book = BOOKS[shape]
    for seed in _SEEDS:
        for kind in KINDS:
            first, second = _told(kind, 2 * seed, 2022), _told(kind, 2 * seed + 1, 2023)
            audit = govstats.check(WRITERS[writer](book.leaves(first, second)))
            years = (2022, 2023)[-book.n_read :]
            assert [each.report.year for each in audit.audited] == list(years), (kind, seed)
            for audited in audit.audited:
                truth = sample(kind, 2 * seed + (audited.report.year == 2023)).truth
                counted = count(audited.report, truth)
                assert not counted["wrong"] + counted["invented zero"], (kind, seed, counted)
                assert not untold(audited), (kind, seed)
                assert kind not in PLAIN or not counted["unreadable"], (kind, seed, counted)


@pytest.mark.parametrize("writer", WRITERS)
def test_a_sheet_a_unit_is_a_report_a_unit(writer: str) -> None:
    told = [_told("dense", seed, 2023, agency) for seed, agency in enumerate(("青山县教育局", "青山县民政局"))]
    leaves = BOOKS["a sheet a year"].leaves(*told)
    named = [leaf._replace(name=name) for leaf, name in zip(leaves, ("教育局", "民政局"), strict=True)]
    reports = govstats.check(WRITERS[writer](named)).reports
    assert [report.agency for report in reports] == ["青山县教育局", "青山县民政局"]
    for seed, report in enumerate(reports):
        assert not count(report, sample("dense", seed).truth)["unreadable"]
