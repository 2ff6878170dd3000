"""A seed → 40 agencies × 8 years with lawful changes and planted faults; what was told, beside what should be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from govstats.comparison import Filing, InMemory, Roster, Unit, compare
from govstats.comparison.concluding import Said, concluded
from govstats.model.audits import Audited
from govstats.pipeline import checked
from tests.chronicle import Paper, compiled, histories

YEARS = range(2018, 2026)
OFFICES = ("财政局", "水利局", "教育局", "民政局", "司法局", "审计局", "统计局", "交通运输局", "体育局", "信访局")
PLACES = ("青山县", "临江县", "望海县", "平湖县")
APPLICATIONS, DISCLOSURE = "applications", "disclosure"
LATER = [year for year in YEARS if year > 2021]
Key = tuple[str, int]


class Stored(InMemory):
    """Filings that are read from what is kept of them whenever they are asked for, as in a run over files."""

    def load(self, numbers: Sequence[int]) -> list[Filing]:
        """Those with these numbers, each a new one."""
        return [Filing.from_bytes(each.number, each.path, each.to_bytes()) for each in super().load(numbers)]


def names(places: tuple[str, ...] = PLACES) -> list[str]:
    """40 agencies of four counties."""
    return [f"{place}{office}" for place in places for office in OFFICES]


@dataclass
class Trial:
    """The reports before they are filed, and the kind of fault that each guilty one has."""

    seed: int
    papers: dict[str, dict[int, Paper]]
    roster: Roster | None = None
    rng: np.random.Generator = field(init=False)
    guilty: dict[Key, str] = field(default_factory=dict)
    lawful: dict[Key, str] = field(default_factory=dict)
    entries: list[Audited] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng([self.seed, 7])

    def pick(self, years: list[int]) -> int:
        """One of some years."""
        return int(self.rng.choice(years))

    def run(self) -> None:
        """Read, check, compare, conclude."""
        reports = [paper.report() for years in self.papers.values() for paper in years.values()]
        audited = list(checked(reports))
        said: defaultdict[int, list[Said]] = defaultdict(list)
        for told in compare(Stored(audited), self.roster):
            assert told.number is not None, told.finding
            said[told.number].append(Said.of(told))
        self.entries = [concluded(entry, said[number]) for number, entry in enumerate(audited)]

    def loud(self) -> dict[Key, list[str]]:
        """Report → what of it is an error or a warning, of the rules about figures."""
        found: dict[Key, list[str]] = {}
        for entry in self.entries:
            told = [
                f"{each.rule} {each.message.zh}"
                for each in entry.findings
                if each.severity != "info" and each.rule[0] in "BTYRP"
            ]
            if told:
                found[entry.report.agency or "", entry.report.year or 0] = told
        return found

    def confusion(self) -> Counter[tuple[str, str]]:
        """(kind of fault, outcome) → how often: `once`, `missed`, `twice` at the guilty one; `accused`: another one."""
        loud = self.loud()
        table: Counter[tuple[str, str]] = Counter()
        for key, kind in self.guilty.items():
            told = loud.pop(key, [])
            table[kind, ("missed", "once", "twice")[min(len(told), 2)]] += 1
        for key in loud:
            table[self.lawful.get(key, "innocent"), "accused"] += 1
        table["innocent", "silent"] = (
            len(self.entries) - len(self.guilty) - sum(n for (_, what), n in table.items() if what == "accused")
        )
        return table


def shift(paper: Paper, rows: str, columns: str, more: float) -> None:
    """Some cells of the applications, larger."""
    for row in rows.split():
        for column in columns.split():
            paper.add(APPLICATIONS, row, column, more)


Plant = Callable[[Trial, str], None]


def one_cell_carried_on(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER[:-1])
    shift(trial.papers[agency][year], "4", "natural_person", 6)
    trial.guilty[agency, year] = "4 one cell"


def carried_on(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER[:-1])
    shift(trial.papers[agency][year], "4", "natural_person total", 6)
    trial.guilty[agency, year] = "4 and its total"


def carried_over(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER)
    shift(trial.papers[agency][year], "2", "business total", 4)
    trial.guilty[agency, year] = "2 and its total"


def consistently(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER)
    shift(trial.papers[agency][year], "2 3.1 3.7", "business total", 7)
    trial.guilty[agency, year] = "2 against last year"


def stock(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER[:-1])
    trial.papers[agency][year].add(DISCLOSURE, "20.1.normative", "in_force", 3)
    trial.guilty[agency, year] = "stock"


def fee(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER)
    for each in range(2021, 2026):
        paper = trial.papers[agency][each]
        paper.tables[DISCLOSURE][paper.at(DISCLOSURE, "20.8.fees", "amount")] = 12.5 + each - 2021
    paper = trial.papers[agency][year]
    paper.tables[DISCLOSURE][paper.at(DISCLOSURE, "20.8.fees", "amount")] *= 10_000
    trial.guilty[agency, year] = "fees in 元"


def result(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER)
    shift(trial.papers[agency][year], "3.1", "natural_person", 9)
    trial.guilty[agency, year] = "3.1 one cell"


def received(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER)
    shift(trial.papers[agency][year], "1", "natural_person total", 8)
    trial.guilty[agency, year] = "1 and its total"


def balanced(trial: Trial, agency: str) -> None:
    """More carried on and less granted: the report agrees with itself, and with neither next year nor its parent."""
    year = trial.pick(LATER[:-1])
    shift(trial.papers[agency][year], "4", "natural_person total", 5)
    shift(trial.papers[agency][year], "3.1 3.7", "natural_person total", -5)
    trial.guilty[agency, year] = "4 against all others"


def copied(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER)
    years = trial.papers[agency]
    years[year] = years[year - 1].copy(year=year)
    trial.guilty[agency, year] = "last year's copied"


def copied_from(trial: Trial, agency: str, other: str) -> None:
    year = trial.pick(LATER)
    trial.papers[agency][year] = trial.papers[other][year].copy(agency=agency)
    trial.guilty[agency, year] = "another's copied"


def renamed(trial: Trial, agency: str) -> None:
    year = trial.pick([2019, 2020, 2021, 2022])
    papers = trial.papers.pop(agency)
    for each, paper in papers.items():
        name = f"{agency[:3]}{'自然资源局' if each >= year else '国土资源局'}"
        trial.papers.setdefault(name, {})[each] = paper.copy(agency=name)
        if each >= year:
            trial.lawful[name, each] = "renamed"


def merged(trial: Trial, agency: str, other: str) -> None:
    year = trial.pick(LATER)
    last = trial.papers[other][year - 1]
    for each in [each for each in trial.papers[other] if each >= year]:
        del trial.papers[other][each]
    now = trial.papers[agency][year]
    for column in ("natural_person", "business", "research", "welfare", "legal_service", "other_org", "total"):
        shift(now, "2 3.1 3.7", column, last.get(APPLICATIONS, "4", column))
    for each in range(year, 2026):
        trial.papers[agency][each].add(
            DISCLOSURE, "20.1.normative", "in_force", last.get(DISCLOSURE, "20.1.normative", "in_force")
        )
        trial.papers[agency][each].add(
            DISCLOSURE, "20.1.rules", "in_force", last.get(DISCLOSURE, "20.1.rules", "in_force")
        )
    trial.lawful[agency, year] = "merged"


def scope(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER)
    for each, paper in trial.papers[agency].items():
        if each < year:
            paper.prose = (*paper.prose, "一、总体情况", "本报告数据为县本级数据，不含下级单位。")
            continue
        paper.prose = (*paper.prose, "一、总体情况", "本报告汇总全县各级行政机关数据。")
        paper.add(DISCLOSURE, "20.1.normative", "in_force", 80)
    shift(trial.papers[agency][year], "2 3.1 3.7", "natural_person total", 31)
    trial.lawful[agency, year] = "scope"


def corrected(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER)
    shift(trial.papers[agency][year], "2 3.1 3.7", "natural_person total", 5)
    now = trial.papers[agency][year].get(APPLICATIONS, "2", "total")
    trial.papers[agency][year].prose = (f"{year - 1}年年度报告中的结转数有误，上年结转应为{now:.0f}件，现予更正。",)
    trial.lawful[agency, year] = "late correction"


def lapsed(trial: Trial, agency: str) -> None:
    year = trial.pick(LATER)
    for each in range(2021, 2026):
        trial.papers[agency][each].add(DISCLOSURE, "20.1.normative", "in_force", 40 - 6 * (each >= year))
    trial.papers[agency][year].prose = ("本年度有6件行政规范性文件因有效期届满自动失效。",)
    trial.lawful[agency, year] = "lapsed"


FAULTS: tuple[Plant, ...] = (
    one_cell_carried_on, carried_on, carried_over, consistently, stock, fee, result, received, copied, copied,
)  # fmt: skip
LAWFUL: tuple[Plant, ...] = (renamed, scope, corrected, lapsed)


def planted(seed: int) -> Trial:
    """40 agencies, each with at most one fault or one lawful change."""
    trial = Trial(seed, histories(seed, names(), YEARS))
    trial.papers = {name: _busy(years) for name, years in trial.papers.items()}
    free = [str(name) for name in trial.rng.permutation(names())]
    renaming = [next(name for name in free if name.startswith(place)) for place in PLACES[:2]]
    free = [name for name in free if name not in renaming]
    for name in renaming:
        renamed(trial, name)
    for plant in (*FAULTS, *LAWFUL[1:], *LAWFUL[1:]):
        plant(trial, free.pop())
    copied_from(trial, free.pop(), free.pop())
    one = free.pop()
    other = next(name for name in free if name[:3] == one[:3])
    free.remove(other)
    merged(trial, one, other)
    return trial


def _busy(years: dict[int, Paper]) -> dict[int, Paper]:
    """Enough of everything that no figure is 0 for want of business."""
    for paper in years.values():
        if paper.form != "national-2014":
            shift(paper, "1 3.1 3.7", "natural_person total", 20)
    return years


def units(seed: int) -> Trial:
    """30 units and their government, which compiles what they file."""
    every = [
        f"青山县{office}"
        for office in (
            *OFFICES,
            *(f"{office[:-1]}中心" for office in OFFICES),
            *(f"{office[:-1]}办公室" for office in OFFICES),
        )
    ]
    trial = Trial(seed, {name: _busy(years) for name, years in histories(seed, every, range(2021, 2026)).items()})
    free = [str(name) for name in trial.rng.permutation(every)]
    before = (one_cell_carried_on, stock, result)
    for plant in before:  # the government has compiled what is wrong
        plant(trial, free.pop())
    fee(trial, free.pop())
    trial.papers["青山县人民政府"] = compiled("青山县人民政府", [trial.papers[name] for name in every])
    for plant in (carried_on, result, received, balanced):  # the government has the right figures
        plant(trial, free.pop())
    year = trial.pick(LATER)
    trial.papers["青山县人民政府"][year].add("litigation", "review", "upheld", 5)
    trial.papers["青山县人民政府"][year].add("litigation", "review", "total", 5)
    trial.guilty["青山县人民政府", year] = "parent's sum"
    roster = [Unit("青山县人民政府"), *(Unit(name, "青山县人民政府") for name in every)]
    trial.roster = Roster(tuple(roster)).checked()
    return trial
