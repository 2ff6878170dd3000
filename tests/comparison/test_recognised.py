"""Figures that were recognised in pictures, compared over years and units: what is not proved only asks to compare."""

from __future__ import annotations

from dataclasses import replace

import pytest

import govstats
from govstats.comparison import Filing, InMemory, Roster, Unit, compare
from govstats.model.finding import Finding
from govstats.model.recognised import Recognised, Trust
from tests.chronicle import Paper, compiled, histories

NAME = "青山县财政局"


def recognised(report: govstats.Report, trust: Trust = Trust.AGREED) -> govstats.Report:
    """The same report, as if it had been a scan."""
    tables = {
        name: replace(table, recognised={at: Recognised(raw or "", trust) for at, raw in enumerate(table.raws)})
        for name, table in report.tables.items()
    }
    return replace(report, tables=tables)


def years() -> tuple[Paper, Paper]:
    papers = histories(5, [NAME], range(2022, 2024))[NAME]
    return papers[2022], papers[2023]


def told(*reports: govstats.Report) -> list[Finding]:
    return [each.finding for each in compare(InMemory(reports)) if each.finding]


def asks(finding: Finding) -> bool:
    return "请与原图比对" in finding.message.zh and "compare" in finding.message.en


@pytest.mark.parametrize("pictured", [0, 1])
def test_what_was_carried_over_from_or_to_a_picture_asks_to_compare(pictured: int) -> None:
    before, now = years()
    for row in ("2", "3.1", "3.7"):
        for column in ("business", "total"):
            now.add("applications", row, column, 4)
    reports = [before.report(), now.report()]
    (plain,) = told(*reports)
    assert (plain.rule, plain.severity, asks(plain)) == ("Y601", "error", False)
    reports[pictured] = recognised(reports[pictured])
    (finding,) = told(*reports)
    assert (finding.rule, finding.severity, asks(finding)) == ("Y601", "warning", True)
    assert finding.unique is not True


def test_figures_that_are_proved_accuse_as_print_does() -> None:
    before, now = years()
    for row in ("2", "3.1", "3.7"):
        for column in ("business", "total"):
            now.add("applications", row, column, 4)
    (finding,) = told(recognised(before.report(), Trust.PROVED), recognised(now.report(), Trust.PROVED))
    assert (finding.severity, asks(finding)) == ("error", False)


@pytest.mark.parametrize("pictured", [0, 1])
def test_a_stock_read_from_a_picture_asks_to_compare(pictured: int) -> None:
    before, now = years()
    now.add("disclosure", "20.1.normative", "in_force", 7)
    reports = [before.report(), now.report()]
    reports[pictured] = recognised(reports[pictured])
    (finding,) = told(*reports)
    assert (finding.rule, asks(finding)) == ("Y602", True)


def test_a_stock_that_fits_neither_year_is_not_certain_where_one_is_a_picture() -> None:
    papers = histories(5, [NAME], range(2021, 2024))[NAME]
    papers[2022].add("disclosure", "20.1.normative", "in_force", 7)
    reports = [papers[year].report() for year in (2021, 2022, 2023)]
    accused = [each for each in told(*reports) if each.repair]
    assert [each.unique for each in accused] == [True]
    accused = [each for each in told(reports[0], recognised(reports[1]), reports[2]) if each.repair]
    assert [(each.unique, asks(each)) for each in accused] == [(False, True)]


def test_a_sum_with_a_unit_that_is_a_picture_asks_to_compare() -> None:
    names = ["青山县公安局", "青山县民政局"]
    papers = histories(7, names, range(2023, 2024))
    units = {name: papers[name][2023] for name in names}
    parent = compiled("青山县人民政府", [papers[name] for name in names])[2023]
    parent.add("disclosure", "20.5.licences", "decisions", 11)
    roster = Roster((Unit("青山县人民政府"), *(Unit(name, "青山县人民政府") for name in names))).checked()
    for pictured in ("", names[0]):
        reports = [parent.report()]
        reports += [recognised(unit.report()) if name == pictured else unit.report() for name, unit in units.items()]
        (finding,) = [each.finding for each in compare(InMemory(reports), roster) if each.finding]
        assert (finding.rule, asks(finding)) == ("R701", bool(pictured))


def test_what_is_unproved_is_kept_for_other_runs() -> None:
    filing = Filing.of(3, recognised(years()[0].report()))
    kept = Filing.from_bytes(3, filing.path, filing.to_bytes())
    assert {name: table.unproved for name, table in kept.tables.items()} == {
        name: frozenset(range(len(table.form.cells))) for name, table in filing.tables.items()
    }
