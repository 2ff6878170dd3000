"""Two years of one agency: what must agree, who may be accused, and what nobody can say."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import govstats
from govstats.comparison import Filing, InMemory, Roster, Unit, compare
from govstats.model.finding import Finding
from tests.chronicle import FLOWS, Paper, compiled, histories
from tests.factory import document
from tests.prose.cases import sentences

NAME = "临江市财政局"


def pair(seed: int = 5) -> tuple[Paper, Paper]:
    """Two years that agree, with something in every row that matters."""
    years = histories(seed, [NAME], range(2022, 2024))[NAME]
    return years[2022], years[2023]


def told(*papers: Paper) -> list[Finding]:
    return [each.finding for each in compare(InMemory(paper.report() for paper in papers))]


def only(*papers: Paper) -> Finding:
    (finding,) = told(*papers)
    return finding


def shift(paper: Paper, rows: str, more: int, column: str = "business") -> None:
    for row in rows.split():
        for key in (column, "total"):
            paper.add("applications", row, key, more)


def samples() -> dict[int, govstats.Report]:
    return {r.year: r for r in map(govstats.read, govstats.samples()) if r.agency == "宿迁市" and r.year}


def suqian(figures: dict[int, Any], year: int) -> govstats.Report:
    prose = "\n".join(sentences("suqian")[year])
    title = f"宿迁市{year}年政府信息公开工作年度报告"
    return govstats.read(f"{document(figures[year]['tables'], 'A1', title)}\n{prose}\n")


def test_suqian_agrees_over_its_two_years() -> None:
    reports = samples()
    assert sorted(reports) == [2023, 2024]
    assert list(compare(InMemory(reports.values()))) == []


def test_the_growth_that_suqian_states_does_not_follow_from_its_two_tables(
    request: pytest.FixtureRequest,
) -> None:
    figures = request.getfixturevalue("suqian")
    ((number, finding, *_),) = compare(InMemory(suqian(figures, year) for year in (2023, 2024)))
    assert (number, finding.rule, finding.severity, finding.place is not None) == (1, "N503", "warning", True)
    assert "1.05" in str(finding)
    assert "(3646 - 3607) ÷ 3607 = 1.08%" in str(finding)
    assert [(cell.row, cell.actual, cell.accused) for cell in finding.cells] == [("1", 3525, False), ("2", 121, False)]


@pytest.mark.parametrize(("row", "column"), [("20.1.normative", "in_force"), ("20.1.rules", "repealed")])
@pytest.mark.parametrize("year", [2023, 2024])
def test_one_changed_figure_of_suqian_is_found(row: str, column: str, year: int) -> None:
    reports = samples()
    table = reports[year].tables["disclosure"]
    table.values[table.form.position(row, column)] += 1
    findings = [each.finding for each in compare(InMemory(reports.values()))]
    if (column, year) == ("repealed", 2023):  # nothing after it depends on it
        assert findings == []
        return
    assert [finding.rule for finding in findings] == ["Y602"]
    assert {cell.column for cell in findings[0].cells} == set(FLOWS)
    assert not findings[0].accused


@pytest.mark.parametrize(("year", "row"), [(2023, "4"), (2024, "2")])
def test_one_changed_figure_that_was_carried_over_is_found_and_its_report_named(year: int, row: str) -> None:
    reports = samples()
    table = reports[year].tables["applications"]
    table.values[table.form.position(row, "natural_person")] += 1
    ((number, finding, *_),) = compare(InMemory(reports[each] for each in (2023, 2024)))
    assert (number, finding.rule) == (1, "Y601")
    accused = [(cell.row, cell.column, cell.expected) for cell in finding.accused]
    assert accused == ([("2", "natural_person", 118)] if year == 2024 else [])
    assert ("错在 2023 年的报告" in finding.message.zh) == (year == 2023)


def test_a_wrong_carry_over_is_one_finding_that_accuses_nobody() -> None:
    before, now = pair()
    shift(now, "2 3.1 3.7", 3)
    finding = only(before, now)
    assert (finding.rule, finding.severity, finding.other) == ("Y601", "error", before.path)
    assert {cell.column for cell in finding.cells} == {"business", "total"}
    assert not finding.accused
    assert not finding.repair
    old = before.get("applications", "4", "business")
    assert f"上年 {old:.0f}，本年 {old + 3:.0f}" in finding.message.zh
    assert finding.to_dict()["other"] == before.path


def test_a_side_whose_own_relations_fail_is_the_wrong_one() -> None:
    before, now = pair()
    shift(now, "2", 3)
    finding = only(before, now)
    assert [(cell.row, cell.expected) for cell in finding.accused] == [
        ("2", before.get("applications", "4", key)) for key in ("business", "total")
    ]
    assert (finding.unique, len(finding.repair)) == (True, 2)

    before, now = pair()
    shift(before, "4", 3)
    finding = only(before, now)
    assert not finding.accused
    assert "错在 2022 年的报告" in finding.message.zh


def test_where_both_sides_fail_nobody_is_accused() -> None:
    before, now = pair()
    shift(now, "2", 3)
    shift(before, "4", 5)
    assert not only(before, now).accused


def swap(paper: Paper, *columns: str) -> None:
    for column in columns:
        one, other = (paper.at("applications", row, column) for row in "12")
        vector = paper.tables["applications"]
        vector[[one, other]] = vector[[other, one]]


def test_received_and_carried_over_swapped_is_named_with_its_repair() -> None:
    for columns in (("natural_person", "business", "research", "welfare", "legal_service", "other_org", "total"),):
        before, now = pair()
        right = now.copy()
        swap(now, *columns)
        finding = only(before, now)
        assert finding.unique
        assert "互换" in finding.message.zh
        for change in finding.repair:
            assert change.from_ == now.get(*change[:3])
            assert change.to == right.get(*change[:3])
        assert {change.row for change in finding.repair} == {"1", "2"}


def test_one_column_swapped_is_named_too() -> None:
    before, now = pair()
    right = now.copy()
    swap(now, "natural_person")
    finding = only(before, now)
    assert finding.unique
    assert {(c.row, c.column, c.to) for c in finding.repair} == {
        (row, "natural_person", right.get("applications", row, "natural_person")) for row in "12"
    }


def test_a_swap_of_small_figures_is_a_perhaps() -> None:
    before, now = pair()
    for paper in (before, now):
        paper.tables["applications"][:] = 0
    shift(before, "1 4", 2)
    shift(now, "2 3.1 3.7", 2)
    shift(now, "1 3.1 3.7", 1)
    assert told(before, now) == []
    swap(now, "business", "total")
    finding = only(before, now)
    assert (finding.unique, finding.repair, len(finding.ties)) == (False, (), 1)
    assert not finding.accused
    assert "巧合" in finding.message.zh


def test_years_with_a_gap_between_are_not_compared() -> None:
    before, now = pair()
    shift(now, "2 3.1 3.7", 3)
    before.year = 2021
    assert told(before, now) == []


def test_forms_of_2019_and_2021_share_the_rows_and_that_of_2014_has_none() -> None:
    years = histories(3, [NAME], range(2018, 2023))[NAME]
    shift(years[2021], "2 3.1 3.7", 3)
    shift(years[2019], "2 3.1 3.7", 3)
    assert [finding.rule for finding in told(*years.values())] == ["Y601"]


def test_cells_that_cannot_be_read_are_not_judged_and_a_blank_is_told_as_open() -> None:
    before, now = pair()
    expected = before.get("applications", "4", "total")
    now.blanks.append(("applications", "2", "total"))
    finding = only(before, now)
    assert (finding.rule, finding.severity) == ("Y601", "info")
    assert [(cell.actual, cell.expected) for cell in finding.cells] == [(None, expected)]

    reports = [paper.report() for paper in pair()]
    table = reports[1].tables["applications"]
    at = table.form.position("2", "total")
    table.states[at], table.values[at] = 5, np.nan
    assert list(compare(InMemory(reports))) == []


def test_the_stock_of_documents_follows_from_last_years() -> None:
    before, now = pair()
    now.add("disclosure", "20.1.normative", "in_force", 2)
    finding = only(before, now)
    assert (finding.rule, finding.severity) == ("Y602", "warning")
    (evidence,) = finding.evidence
    assert evidence.right - evidence.left == 2
    now.blanks.append(("disclosure", "20.1.normative", "repealed"))
    assert told(before, now) == []


def test_two_reports_of_one_year_with_the_same_figures_are_one() -> None:
    before, now = pair()
    assert told(before, now, now.copy()) == []
    shift(now, "2 3.1 3.7", 3)
    assert [finding.rule for finding in told(before, now, now.copy())] == ["Y601"]


def test_two_reports_of_one_year_with_different_figures_are_told_and_not_compared() -> None:
    before, now = pair()
    other = now.copy()
    shift(other, "2 3.1 3.7", 3)
    findings = told(before, now, other)
    assert [(finding.rule, finding.severity) for finding in findings] == [("Y601", "info")] * 2
    assert all("有 2 份而数字不同" in finding.message.zh for finding in findings)


@pytest.mark.timeout(120)
def test_thousands_of_copies_are_compared() -> None:
    before, now = (paper.report() for paper in pair())
    store = InMemory([before, *[now] * 3000])
    assert list(compare(store)) == []


def test_a_page_without_tables_is_no_rival() -> None:
    before, now = pair()
    page = now.copy(tables={})
    shift(now, "2 3.1 3.7", 3)
    assert [finding.severity for finding in told(before, page, now)] == ["error"]


def test_a_wrong_direction_of_growth_does_not_follow() -> None:
    before, now = pair()
    for paper, new in ((before, 200), (now, 150)):
        paper.tables["applications"][:] = 0
        for row in ("1", "3.1", "3.7"):
            paper.add("applications", row, "natural_person", new)
            paper.add("applications", row, "total", new)
    for words, wrong in (("下降25%", False), ("增长25%", True), ("下降25.6%", True), ("下降35%", True)):
        now.prose = (f"2023年，我局收到政府信息公开申请150件，同比{words}。",)
        assert [finding.rule for finding in told(before, now)] == ["N503"] * wrong, words


def test_growth_of_a_part_is_not_compared_with_the_whole() -> None:
    before, now = pair()
    for paper, new in ((before, 200), (now, 150)):
        paper.tables["applications"][:] = 0
        for row in ("1", "3.1", "3.7"):
            paper.add("applications", row, "natural_person", new)
            paper.add("applications", row, "total", new)
    for said in ("收到网上政府信息公开申请150件，同比增长35%", "收到公开申请490件，办结公开申请150件，同比增长35%"):
        now.prose = (f"2023年，我局{said}。",)
        assert told(before, now) == [], said


def test_a_filing_survives_its_bytes_and_is_small() -> None:
    for seed in range(5):
        for paper in histories(seed, [NAME], range(2017, 2024))[NAME].values():
            paper.blanks.append((next(iter(paper.tables)), "20.6.coercion", "decisions"))
            paper.prose = ("收到申请100件，同比增长5%。",)
            one = Filing.of(3, paper.report())
            data = one.to_bytes()
            other = Filing.from_bytes(3, one.path, data)
            assert len(data) <= 600
            assert (one.number, one.path, one.agency, one.year, one.growth) == (
                other.number, other.path, other.agency, other.year, other.growth,
            )  # fmt: skip
            for name, figures in one.tables.items():
                assert figures.form is other.tables[name].form
                assert np.array_equal(figures.values, other.tables[name].values, equal_nan=True)
                assert np.array_equal(figures.states, other.tables[name].states)


def test_what_another_version_stored_is_refused() -> None:
    with pytest.raises(govstats.UsageError, match="别的版本"):
        Filing.from_bytes(0, "a.html", b"\xff")


def test_a_store_gives_the_same_as_memory() -> None:
    reports = [paper.report() for paper in pair()]
    shifted = reports[1].tables["applications"]
    shifted.values[shifted.form.position("2", "total")] += 1
    memory = InMemory(reports)
    kept = [(entry, memory.load([entry.number])[0].to_bytes()) for entry in memory.index()]

    class Store:
        def index(self) -> Any:
            return (entry for entry, _ in kept)

        def traits(self) -> Any:
            return memory.traits()

        def load(self, numbers: Any) -> list[Filing]:
            return [Filing.from_bytes(number, kept[number][0].path, kept[number][1]) for number in numbers]

    one, other = ([json.dumps(each.finding.to_dict()) for each in compare(each)] for each in (memory, Store()))
    assert one == other
    assert len(one) == 1


def city(seed: int = 1) -> tuple[list[Paper], Roster]:
    """A government and three bureaus in one year."""
    names = [f"临江市{office}" for office in ("财政局", "水利局", "教育局")]
    units = histories(seed, names, range(2023, 2024))
    parent = compiled("临江市人民政府", list(units.values()))
    papers = [parent[2023], *(years[2023] for years in units.values())]
    return papers, Roster((Unit("临江市人民政府"), *(Unit(name, "临江市人民政府") for name in names))).checked()


def of_units(papers: list[Paper], roster: Roster, **more: Any) -> list[Finding]:
    return [each.finding for each in compare(InMemory(paper.report() for paper in papers), roster, **more)]


def test_a_parent_is_the_sum_of_its_units() -> None:
    papers, roster = city()
    assert of_units(papers, roster) == []
    papers[0].add("litigation", "review", "pending", 1)
    (finding,) = of_units(papers, roster)
    assert (finding.rule, finding.severity, finding.table) == ("R701", "warning", "litigation")
    assert [(cell.row, cell.column) for cell in finding.cells] == [("review", "pending")]
    assert not finding.accused
    (evidence,) = finding.evidence
    assert evidence.right - evidence.left == 1


def test_a_unit_that_was_left_out_of_the_sums_is_named() -> None:
    papers, roster = city()
    for name, vector in papers[0].tables.items():
        vector -= papers[2].tables[name]
    findings = of_units(papers, roster)
    assert {finding.rule for finding in findings} == {"R701"}
    assert any("漏加了" in str(finding) and "临江市水利局" in str(finding) for finding in findings)


def test_with_a_unit_missing_only_an_excess_is_wrong() -> None:
    papers, roster = city()
    del papers[3]
    findings = of_units(papers, roster)
    assert sorted((finding.rule, finding.severity) for finding in findings) == [("R701", "info"), ("R702", "warning")]
    assert "临江市教育局" in str(findings[0])
    papers[0].add("disclosure", "20.5.licences", "decisions", -(10**7))
    papers[0].tables["disclosure"] = np.maximum(papers[0].tables["disclosure"], 0)
    findings = of_units(papers, roster)
    assert sorted((finding.rule, finding.severity) for finding in findings) == [
        ("R701", "warning"),
        ("R702", "warning"),
    ]


def test_amounts_may_be_rounded_by_each_unit() -> None:
    papers, roster = city()
    papers[0].add("disclosure", "20.8.fees", "amount", 0.02)
    assert of_units(papers, roster) == []
    papers[0].add("disclosure", "20.8.fees", "amount", 1)
    assert [finding.rule for finding in of_units(papers, roster)] == ["R701"]


def test_who_has_not_filed_is_told_beside_what_may_be_it() -> None:
    papers, roster = city()
    del papers[0], papers[2]
    stray = papers[0].copy(agency=None)
    undated = papers[1].copy(agency="临江市教育局", year=None)
    city_, *found = of_units([papers[0], stray, undated], roster, unread=("坏.pdf",))
    assert [finding.rule for finding in (city_, *found)] == ["R702"] * 3
    assert "没有见到“临江市人民政府” " in str(city_)
    water, school = sorted(map(str, found), key=lambda text: "教育局”（" in text)
    assert "坏.pdf" in str(city_)  # told once, not with each unit
    assert "坏.pdf" not in water + school
    assert "看不出年度" in school
    assert "看不出年度" not in water


def test_a_roster_none_of_whose_units_filed_is_no_all_clear() -> None:
    _, roster = city()
    found = of_units([], roster)
    assert len(found) == len(roster.units)
    assert all("任何一年" in str(finding) for finding in found)


def test_a_roster_without_parents_tells_who_has_not_filed() -> None:
    papers, _ = city()
    flat = Roster(tuple(Unit(paper.agency) for paper in papers)).checked()
    assert of_units(papers, flat) == []
    (finding,) = of_units(papers[1:], flat)
    assert papers[0].agency in str(finding)


FEES = ("disclosure", "20.8.fees", "amount")


def charged(*fees: float) -> list[Paper]:
    """An agency's reports whose fees are these, from 2021."""
    papers = histories(5, [NAME], range(2021, 2021 + len(fees)))[NAME]
    for paper, fee in zip(papers.values(), fees, strict=True):
        paper.tables["disclosure"][paper.at(*FEES)] = fee
    return list(papers.values())


@pytest.mark.parametrize(
    ("fees", "guilty"),
    [
        ((12.5, 13.1, 12900), [2023]),  # 元 or 千元: a little less than a thousand times
        ((12.5, 131000, 12.9), [2022]),
        ((12.5, 0.0013, 12.9), [2022]),  # converted twice: the years beside it are right
        ((0.0013, 12.5, 12.9), [2021]),
        ((12.5, 13.1, 12.9, 0.00131), [2024]),
        ((1250, 0.125, 1290), [2022]),
        ((12.5, 13.1, 129000, 131000), [2023, 2024]),
        ((12.5, 13.1, 0), []),
        ((1250, 1310, 0.9, 0.8), []),  # abolished
        ((0.01, 6, 7, 8), []),
        ((12.5, 0.06, 12.9), []),
    ],
)
def test_fees_in_another_unit_are_told_of_the_year_that_has_them(fees: tuple[float, ...], guilty: list[int]) -> None:
    papers = charged(*fees)
    found = list(compare(InMemory(paper.report() for paper in papers)))
    assert [(each.finding.rule, papers[each.number].year) for each in found] == [("P406", year) for year in guilty]


@pytest.mark.parametrize(
    "fees",
    [
        (24252.31, 9116.36, 5949.09, 18651.06, 4166.24), (7730.28, 7545.0), (59237.2449, 72701.2578),
        (190.46, 0, 212.7), (0, 0, 0), (0, 12.5), (12.5, 0), (0, 12.5, 0, 14.1), (12.5, 12.5, 12.5),
        (12.5, 25, 50, 100), (100, 50, 25, 12.5), (0.02, 15), (0.04, 0.038, 0), (0.01, 0.1, 1, 10),
        (10, 1, 0.1, 0.01), (1, 400), (400, 1), (2585000, 2600000),
        (316441, 298000), (0.57, 4.043, 47.1), (27.948692, 0.57), (227.782, 0.5), (3.5, 350, 3.5), (350, 3.5, 350),
        (8, 3200, 7), (0.0001, 0.01), (0.06, 0.0021), (15.2, 1520.5), (1520.5, 15.2), (96171.6, 1286000),
        (5, 5, 2400, 5), (2400, 5, 5, 5), (0.9, 0.9, 0, 0.9), (1e-6, 5e-4), (123456.7, 300),
        (0, 0.038, 0, 0.223),
    ],
    ids=str,
)  # fmt: skip
def test_fees_that_only_go_up_and_down_are_left_alone(fees: tuple[float, ...]) -> None:
    assert list(compare(InMemory(paper.report() for paper in charged(*fees)))) == []


def two_years() -> tuple[list[Paper], Roster]:
    """The reports of two bureaus for two years, and the roster with their government."""
    names = [f"临江市{office}" for office in ("财政局", "水利局")]
    units = histories(11, names, range(2022, 2024))
    roster = Roster((Unit("临江市人民政府"), *(Unit(name, "临江市人民政府") for name in names))).checked()
    return [paper for years in units.values() for paper in years.values()], roster


def with_parent(papers: list[Paper]) -> list[Paper]:
    """The same, and what the government has compiled of them."""
    units: dict[str, dict[int, Paper]] = {}
    for paper in papers:
        units.setdefault(paper.agency, {})[paper.year] = paper
    return [*compiled("临江市人民政府", list(units.values())).values(), *papers]


def loud(papers: list[Paper], roster: Roster) -> list[tuple[str, str, int]]:
    """Rule, agency and year of each error and warning."""
    found = compare(InMemory(paper.report() for paper in papers), roster)
    told = [each for each in found if each.finding and each.finding.severity != "info"]
    return [(each.finding.rule, papers[each.number].agency, papers[each.number].year) for each in told]


def test_what_a_parent_compiled_rightly_is_told_of_the_unit_that_is_wrong() -> None:
    papers, roster = two_years()
    assert loud(with_parent(papers), roster) == []
    shift(papers[1], "2 3.1 3.7", 4)
    assert loud(with_parent(papers), roster) == [("Y601", papers[1].agency, 2023)]
    papers, roster = two_years()
    papers[3].add("disclosure", "20.1.normative", "in_force", 4)
    assert loud(with_parent(papers), roster) == [("Y602", papers[3].agency, 2023)]


def test_a_lawful_reason_of_a_unit_is_one_of_its_parent() -> None:
    papers, roster = two_years()
    shift(papers[1], "2 3.1 3.7", 4)
    papers[1].prose = ("原市扶贫办公室并入我局，上年结转含其4件。",)
    papers[3].add("disclosure", "20.1.normative", "in_force", -1)
    papers[3].prose = ("1件行政规范性文件有效期届满自动失效。",)
    assert loud(with_parent(papers), roster) == []
    papers, roster = two_years()
    papers[0].prose, papers[1].prose = ("本报告数据为局机关数据。",), ("本报告数据包括局机关及所属单位。",)
    shift(papers[1], "2 3.1 3.7", 4)
    papers[1].add("disclosure", "20.1.normative", "in_force", 30)
    assert loud(with_parent(papers), roster) == []


def test_a_parent_that_has_a_units_fees_in_the_right_unit_is_right() -> None:
    papers, roster = two_years()
    for paper, fee in zip(papers, (12.5, 131000, 3, 3), strict=True):
        paper.tables["disclosure"][paper.at(*FEES)] = fee
    right = papers[1].copy()
    right.tables["disclosure"][right.at(*FEES)] = 13.1
    parent = with_parent([papers[0], right, *papers[2:]])[:2]
    assert loud([*parent, *papers], roster) == [("P406", papers[1].agency, 2023)]


def test_a_stock_that_a_copy_left_behind_is_no_fault_of_the_parent() -> None:
    papers, roster = two_years()
    papers[1] = papers[0].copy(year=2023)
    papers[1].prose = papers[0].prose
    assert loud(with_parent(papers), roster) == [("Y604", papers[1].agency, 2023)]


def test_the_stock_of_two_bodies_that_were_taken_over_is_known() -> None:
    names = ["临江市财政局", "临江市扶贫开发局", "临江市畜牧局"]
    years = histories(3, names, range(2022, 2024))
    papers = [years[names[0]][2022], years[names[0]][2023], years[names[1]][2022], years[names[2]][2022]]
    for other in papers[2:]:
        for row in ("20.1.rules", "20.1.normative"):
            papers[1].add("disclosure", row, "in_force", other.get("disclosure", row, "in_force"))
        for column in ("natural_person", "business", "research", "welfare", "legal_service", "other_org", "total"):
            for row in ("2", "3.1", "3.7"):
                papers[1].add("applications", row, column, other.get("applications", "4", column))
    assert {(finding.rule, finding.severity) for finding in told(*papers)} <= {("Y601", "info"), ("Y602", "info")}
    papers[1].add("disclosure", "20.1.normative", "in_force", 1)
    assert ("Y602", "warning") in {(finding.rule, finding.severity) for finding in told(*papers)}


def test_a_wrong_figure_of_last_years_stock_that_this_years_report_corrects_is_lawful() -> None:
    before, now = pair()
    right = before.get("disclosure", "20.1.normative", "in_force")
    before.add("disclosure", "20.1.normative", "in_force", -6)
    now.prose = (f"上年规范性文件现行有效件数统计有误，应为{right:.0f}件。",)
    assert [(finding.rule, finding.severity) for finding in told(before, now)] == [("Y602", "info")]
