"""30 agencies over six years with renamings, gaps, missing filings: every planted fault is found, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govstats.catalog.formats import get_format
from govstats.comparison import Compared, InMemory, Roster, Unit, compare
from govstats.comparison.jump import WATCHED, is_jump
from govstats.model.document import Document
from govstats.model.report import Report
from govstats.model.table import Table
from tests.chronicle import Paper, compiled, format_of, histories

YEARS = range(2018, 2024)
OFFICES = ("财政局", "水利局", "教育局", "民政局", "司法局", "审计局", "统计局", "交通运输局", "体育局", "信访局")
PLACES = ("临江市", "望海市", "平湖县")
APPLICATIONS = "applications"

Told = tuple[str, str | None, int | None]
"""Rule, agency, year."""


def names() -> list[str]:
    """30 agencies of three places."""
    return [f"{place}{office}" for place in PLACES for office in OFFICES]


class World:
    """The reports of a run before they are filed, the roster, and what must be told."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng([seed, 99])
        self.papers = histories(seed, names(), YEARS)
        self.roster_units = {place: [name for name in names() if name.startswith(place)] for place in PLACES[:2]}
        for place, units in self.roster_units.items():
            self.papers[f"{place}人民政府"] = compiled(f"{place}人民政府", [self.papers[unit] for unit in units])
        self.expected: Counter[Told] = Counter()
        self.free = [name for name in names() if name.startswith(PLACES[2])]

    @property
    def roster(self) -> Roster:
        parents = [Unit(f"{place}人民政府") for place in self.roster_units]
        units = [Unit(unit, f"{place}人民政府") for place, each in self.roster_units.items() for unit in each]
        return Roster((*parents, *units)).checked()

    def expect(self, rule: str, agency: str | None, year: int) -> None:
        self.expected[rule, agency, year] += 1

    def found(self) -> Counter[Told]:
        reports = [paper.report() for years in self.papers.values() for paper in years.values()]
        self.told = list(compare(InMemory(reports), self.roster))
        return Counter(tuple(self._named(each, reports)) for each in self.told)  # type: ignore[misc]

    @staticmethod
    def _named(told: Compared, reports: list[object]) -> Iterator[object]:
        report = None if told.number is None else reports[told.number]
        yield told.finding.rule
        yield told.agency if report is None else report.agency  # type: ignore[attr-defined]
        yield told.year if report is None else report.year  # type: ignore[attr-defined]


def carry(world: World, agency: str, year: int) -> None:
    """More was carried over than last year carried on; the report itself balances."""
    for row in ("2", "3.1", "3.7"):
        for column in ("business", "total"):
            world.papers[agency][year].add(APPLICATIONS, row, column, 7)
    world.expect("Y601", agency, year)


def swapped(world: World, agency: str, year: int) -> None:
    """Rows 1 and 2 in each other's place."""
    paper = world.papers[agency][year]
    vector, (one, other) = paper.tables[APPLICATIONS], (paper.row(APPLICATIONS, row) for row in "12")
    if (vector[one] != vector[other]).any():
        vector[[*one, *other]] = vector[[*other, *one]]
        world.expect("Y601", agency, year)


def stock(world: World, agency: str, year: int) -> None:
    """Three documents too many in force, in the last year."""
    world.papers[agency][year].add("disclosure", "20.1.normative", "in_force", 3)
    world.expect("Y602", agency, year)


def jump(world: World, agency: str, year: int) -> None:
    """One zero too many."""
    for each in YEARS[1:]:  # a level that no chance hides
        paper = world.papers[agency][each]
        paper.add("disclosure", "20.5.licences", "decisions", 500)
    paper = world.papers[agency][year]
    paper.add("disclosure", "20.5.licences", "decisions", 9 * paper.get("disclosure", "20.5.licences", "decisions"))
    world.expect("Y603", agency, year)


def gap(world: World, agency: str, year: int) -> None:
    """A year without a report: nothing can be compared across it."""
    del world.papers[agency][year]


def renamed(world: World, agency: str, old: str, new: str, year: int) -> None:
    """Another name from a year on; an error in that year is found all the same."""
    papers = world.papers.pop(agency)
    for each, paper in papers.items():
        name = (new if each >= year else old).format(agency[:3])
        world.papers.setdefault(name, {})[each] = paper.copy(agency=name)


def filed_again(world: World, agency: str, year: int, more: float) -> None:
    """A second report for one year, with the same or other figures."""
    paper = world.papers[agency][year].copy()
    paper.add("disclosure", "20.6.coercion", "decisions", more)
    world.papers[f"{agency} "] = {year: paper}
    if more:
        for _ in range(2):
            world.expect("Y601", agency, year)


def not_filed(world: World, agency: str, year: int) -> None:
    """A unit of a parent without a report: the sums of that year cannot be verified."""
    del world.papers[agency][year]
    world.expect("R702", agency, year)
    world.expect("R701", f"{agency[:3]}人民政府", year)


def sums(world: World, parent: str, year: int) -> None:
    """One figure of a parent that its units do not make."""
    world.papers[parent][year].add("litigation", "review", "upheld", 2)
    world.papers[parent][year].add("litigation", "review", "total", 2)
    world.expect("R701", parent, year)


@pytest.mark.parametrize("seed", range(8))
def test_every_planted_fault_is_found_and_nothing_else(seed: int) -> None:
    world = World(seed)
    free = [str(name) for name in world.rng.permutation(world.free)]
    carry(world, free[0], int(world.rng.choice([2020, 2021, 2022, 2023])))
    swapped(world, free[1], int(world.rng.choice([2020, 2021, 2022, 2023])))
    stock(world, free[2], 2023)
    jump(world, free[3], 2023)
    gap(world, free[4], int(world.rng.choice([2019, 2020, 2021, 2022])))
    renamed(world, free[5], "{}国土资源局", "{}自然资源局", int(world.rng.choice([2019, 2020, 2021])))
    filed_again(world, free[6], 2021, 5)
    filed_again(world, free[7], 2022, 0)
    renamed(world, free[8], "{}发展改革委", "{}发展和改革委员会", 2021)
    carry(world, free[9], 2020)
    missing = str(world.rng.choice(world.roster_units[PLACES[0]]))
    not_filed(world, missing, int(world.rng.choice(YEARS)))
    sums(world, f"{PLACES[1]}人民政府", int(world.rng.choice([2019, 2020, 2021, 2022, 2023])))
    assert world.found() == world.expected, [str(each.finding) for each in world.told]


def test_a_deficit_in_the_year_of_a_new_name_is_a_warning_and_an_excess_may_be_another_body() -> None:
    for more, severity in ((-1, "warning"), (1, "info")):
        world = World(3)
        agency = world.free[0]
        for row in ("4", "1"):  # last year's report carries on one more, or one less
            for column in ("natural_person", "total"):
                world.papers[agency][2019].add(APPLICATIONS, row, column, -more)
        renamed(world, agency, "{}国土资源局", "{}自然资源局", 2020)
        assert world.found() == {("Y601", "平湖县自然资源局", 2020): 1}
        (told,) = world.told
        assert told.finding is not None
        assert told.finding.severity == severity


@given(seed=st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_consistent_histories_give_nothing(seed: int) -> None:
    reports = [paper.report() for years in histories(seed, names()[:8], YEARS).values() for paper in years.values()]
    told = [each.finding for each in compare(InMemory(reports)) if each.finding.rule != "Y603"]
    assert told == []


@pytest.mark.parametrize("seed", range(20, 24))
def test_parents_and_units_that_agree_give_nothing(seed: int) -> None:
    world = World(seed)
    assert world.found() == Counter(), [str(each.finding) for each in world.told]


@given(seed=st.integers(0, 10**6), year=st.sampled_from(YEARS[2:]), row=st.sampled_from("24"), more=st.integers(1, 50))
@settings(max_examples=25, deadline=None)
def test_any_one_figure_carried_over_that_is_changed_is_found(seed: int, year: int, row: str, more: int) -> None:
    papers = histories(seed, ["平湖县财政局"], YEARS)["平湖县财政局"]
    papers[year if row == "2" else year - 1].add(APPLICATIONS, row, "business", more)
    reports = [paper.report() for paper in papers.values()]
    found = [(told.number, told.finding) for told in compare(InMemory(reports)) if told.finding.rule != "Y603"]
    ((number, finding),) = found
    assert number is not None
    assert (reports[number].year, finding.rule) == (year, "Y601")
    assert [cell.column for cell in finding.cells] == ["business"]
    accused = [(cell.row, cell.expected) for cell in finding.accused]
    old = papers[year].get(APPLICATIONS, "2", "business") - (more if row == "2" else 0)
    assert accused == ([("2", old)] if row == "2" else [])


@given(seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_wrong_data_is_never_an_exception_and_every_message_is_whole(seed: int) -> None:
    """Figures drawn at large, gaps anywhere, negative figures, tables missing, any two forms beside each other."""
    rng = np.random.default_rng(seed)
    reports = []
    for name in ["平湖县人民政府", "平湖县财政局", "平湖县水利局", None]:
        for year in [*YEARS, None]:
            form = str(rng.choice(["national-2014", "national-2019", "national-2021"]))
            tables = {}
            for key, table in get_format(form).tables.items():
                drawn = rng.choice([0, 1, 7, 30, 4000, -2, "", "/", "1*", "无"], len(table.cells))
                rows: dict[str, list[object]] = {}
                for cell, text in zip(table.cells, drawn, strict=True):
                    rows.setdefault(cell.row, []).append(text)
                if rng.random() < 0.9:
                    tables[key] = Table.from_texts(table, rows)
            document = Document("text", "utf-8", ())
            reports.append(Report("a.html", "", name, year, form, tables, document))
    units = (Unit("平湖县人民政府"), *(Unit(each, "平湖县人民政府") for each in ("财政局", "水利局", "审计局")))
    for told in compare(InMemory(reports), Roster(units).checked(), ["坏.doc"]):
        said = told.finding or told.affected
        assert said is not None
        for text in (said.message, *((told.finding.hint,) if told.finding else ())):
            assert "{" not in text.zh + text.en
            assert "nan" not in text.zh
        json.dumps(said.to_dict(), allow_nan=False)


@pytest.mark.parametrize("dispersion", [5, 8, 10, 20, 50, "mixed"])
def test_jumps_alarm_rarely_and_see_a_slip_of_ten(dispersion: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Negative-binomial counts around a trend of some 10 % a year; variance = mean + mean² / dispersion.

    In the mixed ones each series has a dispersion of its own, from 4 to 60.
    """
    rng = np.random.default_rng(17)
    reports, series, years = 4000, len(WATCHED), 6
    mean = np.exp(rng.uniform(np.log(2), np.log(20_000), (reports, series, 1)))
    drift = rng.normal(0, 0.1, (reports, series, 1))
    spread = np.exp(rng.uniform(np.log(4), np.log(60), mean.shape)) if isinstance(dispersion, str) else dispersion
    means = mean * np.exp(drift * np.arange(years))
    counts = rng.poisson(rng.gamma(spread, means / spread)).astype(float)
    false = np.mean([any(is_jump(row[-1], row[:-1]) for row in report) for report in counts])
    power = np.mean([is_jump(row[-1] * 10, row[:-1]) for report in counts for row in report if row[-1] >= 50])
    with capsys.disabled():
        print(f"\n  dispersion {dispersion}: false alarms {false:.2%} of reports, x10 found {power:.1%}")
    assert false <= (0.05 if dispersion == 5 else 0.01)
    assert power >= {5: 0.8, 8: 0.9}.get(dispersion, 0.95)


def test_small_counts_never_alarm() -> None:
    assert not any(is_jump(float(value), [float(each)] * 5) for each in range(12) for value in range(40))


def test_two_earlier_years_are_no_history() -> None:
    assert not is_jump(1e6, [10.0, 12.0])
    assert is_jump(1e6, [10.0, 12.0, 11.0])


def test_papers_follow_the_form_of_their_year() -> None:
    paper: Paper = next(iter(histories(1, ["某市财政局"], range(2020, 2021)).values()))[2020]
    assert paper.report().format == format_of(2020)
