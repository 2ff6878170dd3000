"""A parent and its units where several things are wrong at once, a unit is missing, or another has taken it over."""

from __future__ import annotations

from collections import defaultdict

import pytest

from govstats.comparison import Roster, Unit, compare
from govstats.comparison.concluding import Said, concluded
from govstats.model.audits import Audited
from govstats.pipeline import checked
from tests.chronicle import Paper, compiled, histories
from tests.comparison.trial import Stored, shift

PARENT = "青山县人民政府"
NAMES = tuple(f"青山县{office}" for office in ("财政局", "水利局", "教育局", "民政局", "司法局", "审计局", "统计局"))
COLUMNS = "natural_person business research welfare legal_service other_org total"
Papers = dict[str, dict[int, Paper]]


def made() -> Papers:
    """Seven units, each with some business, for three years."""
    papers = histories(29, [*NAMES], range(2022, 2025))
    for years in papers.values():
        for paper in years.values():
            shift(paper, "1 3.1 3.7", "natural_person total", 25)
    return papers


def audited(papers: Papers, parent: dict[int, Paper]) -> tuple[list[Audited], list[str]]:
    """What is told of each report; and what of those that are not there, without information."""
    everything = [*parent.values(), *(paper for years in papers.values() for paper in years.values())]
    entries = list(checked([paper.report() for paper in everything]))
    roster = Roster((Unit(PARENT), *(Unit(name, PARENT) for name in NAMES))).checked()
    said: defaultdict[int, list[Said]] = defaultdict(list)
    absent = []
    for told in compare(Stored(entries), roster):
        if told.number is None:
            absent.append(f"{told.agency} {told.year} {told.finding.severity if told.finding else ''}")
        else:
            said[told.number].append(Said.of(told))
    return [concluded(entry, said[number]) for number, entry in enumerate(entries)], absent


def loud(entries: list[Audited]) -> list[tuple[str, str, int | None]]:
    return [
        (finding.rule, entry.report.agency or "", entry.report.year)
        for entry in entries
        for finding in entry.findings
        if finding.severity != "info" and finding.rule[0] in "BTYRP"
    ]


def without(papers: Papers, name: str, year: int) -> Papers:
    return {
        each: {at: paper for at, paper in years.items() if (each, at) != (name, year)} for each, years in papers.items()
    }


@pytest.mark.parametrize("missing", [None, NAMES[6]])
def test_a_slip_that_a_parent_compiled_is_the_units_also_where_another_unit_is_missing(missing: str | None) -> None:
    papers = made()
    shift(papers[NAMES[0]][2023], "3.1", "natural_person", 9)
    parent = compiled(PARENT, [*papers.values()])
    entries, _ = audited(without(papers, missing, 2023) if missing else papers, parent)
    assert loud(entries) == [("T301", NAMES[0], 2023)]
    (affected,) = entries[1].affected
    assert affected.by == papers[NAMES[0]][2023].path


@pytest.mark.parametrize("missing", [None, NAMES[6]])
def test_a_parent_that_has_the_right_figure_of_a_unit_is_right_also_where_another_unit_is_missing(
    missing: str | None,
) -> None:
    papers = made()
    parent = compiled(PARENT, [*papers.values()])
    shift(papers[NAMES[1]][2023], "2", "business total", 4)
    entries, _ = audited(without(papers, missing, 2023) if missing else papers, parent)
    assert loud(entries) == [("B201", NAMES[1], 2023)]


def test_what_several_units_have_of_a_difference_makes_it_up_also_beside_what_the_parent_does_not_share() -> None:
    papers = made()
    shift(papers[NAMES[0]][2022], "4", "natural_person", 6)
    shift(papers[NAMES[1]][2023], "2 3.1 3.7", "natural_person total", 3)
    right = papers[NAMES[1]][2023].get("applications", "2", "total")
    papers[NAMES[1]][2023].prose = (f"2022年年度报告中的结转数有误，上年结转应为{right:.0f}件，现予更正。",)
    for year in (2022, 2023, 2024):
        scope = "本报告数据为局机关本级数据，不含所属单位。" if year == 2022 else "本报告汇总局机关及所属各单位数据。"
        papers[NAMES[2]][year].prose = (scope,)
    shift(papers[NAMES[2]][2023], "2 3.1 3.7", "natural_person total", 5)
    parent = compiled(PARENT, [*papers.values()])
    shift(papers[NAMES[3]][2022], "4", "business total", 5)
    shift(papers[NAMES[3]][2022], "3.1 3.7", "business total", -5)
    shift(papers[NAMES[4]][2023], "2", "business total", 4)
    entries, _ = audited(papers, parent)
    assert set(loud(entries)) == {
        ("B201", NAMES[0], 2022),
        ("B201", NAMES[4], 2023),
        ("R701", NAMES[3], 2022),
    }
    told = [each.message.zh for each in entries[1].affected]
    assert any("改正青山县财政局 2022 年的报告" in each and "余下的差额正好是" in each for each in told)


def test_a_body_that_another_took_over_need_not_file() -> None:
    papers = made()
    last = papers[NAMES[6]][2022]
    papers[NAMES[6]] = {2022: last}
    shift(last, "4", "business total", 2)
    shift(last, "1", "business total", 2)
    for column in COLUMNS.split():
        shift(papers[NAMES[5]][2023], "2 3.1 3.7", column, last.get("applications", "4", column))
    for year in (2023, 2024):
        for row in ("20.1.rules", "20.1.normative"):
            papers[NAMES[5]][year].add("disclosure", row, "in_force", last.get("disclosure", row, "in_force"))
    entries, absent = audited(papers, {})
    assert loud(entries) == []
    assert [each for each in absent if PARENT not in each] == [f"{NAMES[6]} {year} info" for year in (2023, 2024)]
