"""A seed → reports of many agencies over the years that agree: what is carried on is carried over, what is in
force follows from what was, parents are the sums of their units.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from govstats.catalog.formats import get_format
from govstats.identity import identify
from govstats.model.document import Document, Paragraph
from govstats.model.forms import TableForm
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.pipeline import assembled

FLOWS = ("issued", "repealed", "in_force")
Vectors = dict[str, NDArray[np.float64]]
"""table → figures in the form's cell order."""


def format_of(year: int) -> str:
    """The form that a report for a year follows."""
    return "national-2014" if year < 2019 else "national-2019" if year < 2021 else "national-2021"


@dataclass
class Paper:
    """One report to be: whose, which year, its figures; rendered by `report`."""

    agency: str
    year: int
    form: str
    tables: Vectors
    prose: tuple[str, ...] = ()
    blanks: list[tuple[str, str, str]] = field(default_factory=list)

    def at(self, table: str, row: str, column: str) -> int:
        """The position of a cell in its table."""
        return get_format(self.form).tables[table].position(row, column)

    def get(self, table: str, row: str, column: str) -> float:
        """A figure."""
        return float(self.tables[table][self.at(table, row, column)])

    def add(self, table: str, row: str, column: str, more: float) -> None:
        """Make a figure larger."""
        self.tables[table][self.at(table, row, column)] += more

    def row(self, table: str, row: str) -> list[int]:
        """The positions of a row."""
        return [self.at(table, row, key) for key in get_format(self.form).tables[table].rows[row].columns]

    def copy(self, **changes: object) -> Paper:
        """Another with figures of its own."""
        tables = {name: vector.copy() for name, vector in self.tables.items()}
        return Paper(**{**self.__dict__, "tables": tables, "blanks": list(self.blanks), **changes})  # type: ignore[arg-type]

    @property
    def path(self) -> str:
        """A name of its own."""
        return f"{self.agency}{self.year}.html"

    def report(self, path: str | None = None) -> Report:
        """The report as it would be read."""
        forms = get_format(self.form).tables
        tables = {name: self._table(forms[name], vector) for name, vector in self.tables.items()}
        prose = tuple(Paragraph(text, line) for line, text in enumerate(self.prose, 1))
        document = Document("text", "utf-8", prose)
        who = identify(document)._replace(agency=self.agency, year=self.year)
        return assembled(path or self.path, document, tables, self.form, who)

    def _table(self, form: TableForm, vector: NDArray[np.float64]) -> Table:
        rows: dict[str, list[object]] = {}
        for cell, value in zip(form.cells, vector.tolist(), strict=True):
            text: object = int(value) if value == int(value) else round(value, 4)
            rows.setdefault(cell.row, []).append("" if cell in self.blanks else text)
        return Table.from_texts(form, rows)


class Agency:
    """A body with a level, a drift and a backlog: a year at a time."""

    def __init__(self, name: str, rng: np.random.Generator, dispersion: float = 50.0) -> None:
        self.name, self.rng, self.dispersion = name, rng, dispersion
        self.level = float(np.exp(rng.uniform(np.log(3), np.log(3000))))
        self.drift = float(rng.normal(0, 0.05))
        self.shares = rng.dirichlet(np.array([20.0, 2, 0.3, 0.3, 0.5, 0.5]))
        self.decisions = np.exp(rng.uniform(np.log(5), np.log(50_000), 3))
        self.suits = np.exp(rng.uniform(np.log(2), np.log(60), 3))
        self.backlog = rng.binomial(np.round(self.level * self.shares).astype(int), 0.05)
        self.in_force = rng.integers(0, 300, 2)

    def drawn(self, mean: float) -> int:
        """A count, overdispersed."""
        return int(self.rng.poisson(self.rng.gamma(self.dispersion, max(mean, 0.01) / self.dispersion)))

    def year(self, year: int) -> Paper:
        """Its report for the next year."""
        name = format_of(year)
        forms = get_format(name).tables
        new = np.array([self.drawn(self.level * share) for share in self.shares])
        self.level *= float(np.exp(self.drift))
        if name == "national-2014":
            return Paper(self.name, year, name, {"summary": self._summary(forms["summary"], int(new.sum()))})
        tables = {
            "disclosure": self._disclosure(forms["disclosure"]),
            "applications": self._applications(forms["applications"], new),
            "litigation": self._litigation(forms["litigation"]),
        }
        return Paper(self.name, year, name, tables)

    def _applications(self, form: TableForm, new: NDArray[np.int64]) -> NDArray[np.float64]:
        """Balanced: what was there and what came in is handled or carried on."""
        codes = [row.code for row in form.data_rows]
        grid = np.zeros((len(codes), 7))
        outcomes = [codes.index(code) for code in codes if code.startswith("3.") and code != "3.7"]
        grid[codes.index("1"), :6], grid[codes.index("2"), :6] = new, self.backlog
        self.backlog = self.rng.binomial(new + self.backlog, 0.06)
        grid[codes.index("4"), :6] = self.backlog
        handled = grid[codes.index("1"), :6] + grid[codes.index("2"), :6] - self.backlog
        shares = self.rng.dirichlet(np.full(len(outcomes), 0.4))
        for column in range(6):
            grid[outcomes, column] = self.rng.multinomial(int(handled[column]), shares)
        grid[codes.index("3.7"), :6] = handled
        grid[:, 6] = grid[:, :6].sum(axis=1)
        return grid.reshape(-1)

    def _litigation(self, form: TableForm) -> NDArray[np.float64]:
        grid = np.zeros((3, 5))
        for row, mean in enumerate(self.suits):
            grid[row, :4] = self.rng.multinomial(self.drawn(mean), [0.6, 0.1, 0.2, 0.1])
        grid[:, 4] = grid.sum(axis=1)
        return grid.reshape(-1)

    def _disclosure(self, form: TableForm) -> NDArray[np.float64]:
        vector = np.zeros(len(form.cells))
        for row, mean in zip(("20.5.licences", "20.6.penalties", "20.6.coercion"), self.decisions, strict=True):
            vector[form.position(row, "decisions")] = self.drawn(float(mean))
        if "issued" not in form.columns:
            return vector
        for which, row in enumerate(("20.1.rules", "20.1.normative")):
            issued = int(self.rng.integers(0, 20)) if which else 0
            repealed = int(self.rng.integers(0, min(10, self.in_force[which] + issued) + 1))
            self.in_force[which] += issued - repealed
            for key, value in zip(
                ("issued", "repealed", "in_force"), (issued, repealed, self.in_force[which]), strict=True
            ):
                vector[form.position(row, key)] = value
        vector[form.position("20.8.fees", "amount")] = round(float(self.rng.uniform(2, 90)), 4)
        return vector

    def _summary(self, form: TableForm, received: int) -> NDArray[np.float64]:
        vector = np.zeros(len(form.cells))
        for row in ("received", "received.online"):
            vector[form.position(row, "count")] = received
        for row, mean in (("reviews", self.suits[0]), ("litigation", self.suits[1] + self.suits[2])):
            value = self.drawn(float(mean))
            vector[form.position(row, "count")] = vector[form.position(f"{row}.upheld", "count")] = value
        return vector


def histories(seed: int, names: list[str], years: range, dispersion: float = 50.0) -> dict[str, dict[int, Paper]]:
    """agency → year → its report."""
    agencies = [Agency(name, np.random.default_rng([seed, number]), dispersion) for number, name in enumerate(names)]
    return {agency.name: {year: agency.year(year) for year in years} for agency in agencies}


def compiled(name: str, units: list[dict[int, Paper]]) -> dict[int, Paper]:
    """The reports of a parent: the sums of its units'."""
    found = {}
    for year, first in units[0].items():
        papers = [unit[year] for unit in units]
        tables = {key: np.sum([paper.tables[key] for paper in papers], axis=0) for key in first.tables}
        found[year] = Paper(name, year, first.form, tables)
    return found


def lost(paper: Paper, table: str, row: str, column: str) -> None:
    """Leave a cell blank."""
    paper.blanks.append((table, row, column))
