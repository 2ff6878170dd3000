"""A parent and its units in one year → what their sums show: whose fault a difference is, in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from govstats.comparison.blame import newly_fails
from govstats.comparison.culprits import Blame, affected_by, mending
from govstats.comparison.filing import Filing
from govstats.comparison.filings import Compared
from govstats.comparison.links import Link, Spot, Term
from govstats.comparison.rollup import Sum, roll_up_finding, sums_of, unverified
from govstats.comparison.suspects import Suspect
from govstats.comparison.web import Web
from govstats.lang import Text
from govstats.model.finding import CellFinding, Change, Finding
from govstats.model.forms import CellKey, TableForm
from govstats.model.keys import cause_name
from govstats.model.pictured import only_compared

_EXACT = 1e-6
_TOGETHER = 3
"""So many units' faults may have been compiled into one of the parent's."""


@dataclass(frozen=True, eq=False)
class Family:
    """A parent's filing and those of its units, by name, for one year; `missing`: units that have none to use."""

    own: Filing
    units: Mapping[str, Filing]
    missing: list[str] = field(default_factory=list)

    @cached_property
    def sums(self) -> dict[str, Sum]:
        """Table → the units' figures."""
        return sums_of(self.own, self.units.items())

    @cached_property
    def wrong(self) -> dict[str, list[int]]:
        """Table → the parent's cells that are not the sums of the units'."""
        found = {name: sum_.wrong(bool(self.missing)) for name, sum_ in self.sums.items() if sum_.values}
        return {name: cells for name, cells in found.items() if cells}

    @property
    def is_calm(self) -> bool:
        """Do the sums hold, and the relations of every report in it?"""
        return not self.wrong and not any(each.suspects for each in (self.own, *self.units.values()))

    def unverified(self) -> Iterator[Compared]:
        """That nothing could be verified for want of units, if so."""
        without = [*self.missing, *dict.fromkeys(name for each in self.sums.values() for name in each.without)]
        if without and not self.wrong:
            yield Compared(self.own.number, unverified(without))

    @cached_property
    def compiled(self) -> dict[str, list[tuple[Filing, Suspect]]]:
        """The parent's causes that are none of its own, since the units' figures fail as much: each with theirs. A unit
        that is missing need not have failed."""
        found = {each.cause: self._sources(each) for each in self.own.suspects}
        return {cause: sources for cause, sources in found.items() if sources}

    def _sources(self, suspect: Suspect) -> list[tuple[Filing, Suspect]]:
        """The units whose relations fail by as much, together, as the parent's do for a cause."""
        sum_, form = self.sums[suspect.table], self.own.tables[suspect.table].form
        lines = [(each.rule, each.line) in suspect.failing for each in form.relations]
        matrix = form.matrix[lines]
        off = matrix @ np.nan_to_num(sum_.parent.values)
        near = [
            (unit, same[0], matrix @ np.nan_to_num(values))
            for unit, values in zip(self._adding(suspect.table), sum_.values, strict=True)
            if (
                same := [
                    each
                    for each in unit.suspects
                    if each.table == suspect.table and set(each.failing) & set(suspect.failing)
                ]
            )
        ]
        for n in range(1, min(len(near), _TOGETHER) + 1):
            for some in combinations(near, n):
                if (np.abs(np.sum([residual for *_, residual in some], axis=0) - off) < _EXACT).all():
                    return [(unit, each) for unit, each, _ in some]
        return []

    def links(self) -> Iterator[Link]:
        """The sums of the cells that differ, or that a repair of any report in it would change. Of faults that were
        compiled with the units' figures the sums say nothing."""
        for name, sum_ in self.sums.items():
            if sum_.values:
                yield from self._links_of(name, sum_)

    def _links_of(self, name: str, sum_: Sum) -> Iterator[Link]:
        form = sum_.parent.form
        compiled = {id(suspect) for sources in self.compiled.values() for _, suspect in sources}
        compiled |= {id(each) for each in self.own.suspects if each.cause in self.compiled}
        doubted = [
            each for filing in (self.own, *self.units.values()) for each in filing.suspects if each.table == name
        ]
        silent = {at for each in doubted if id(each) in compiled for at in _cells(each, form)}
        changed = {at for each in doubted if id(each) not in compiled for at in _cells(each, form)}
        yield from (self._link(name, sum_, at) for at in sorted({*self.wrong.get(name, ()), *changed} - silent))

    def _link(self, name: str, sum_: Sum, at: int) -> Link:
        units = tuple(
            Term((unit.number, name, int(places[at])), 1.0)
            for unit, places, values in zip(self._adding(name), sum_.places, sum_.values, strict=True)
            if not np.isnan(values[at])
        )
        terms = (*units, Term((self.own.number, name, at), -1.0))
        is_open = bool(self.missing or sum_.without) or len(units) < len(sum_.values)
        return Link("R701", self.own.number, terms, float(sum_.slack[at]) + _EXACT, is_open)

    def _adding(self, name: str) -> list[Filing]:
        return [unit for unit in self.units.values() if name in unit.tables]

    def follow(self, web: Web) -> None:
        """Put the parent's figures right by as much as those of the units that they were compiled from."""
        for sources in self.compiled.values():
            for unit, _ in sources:
                spots = {spot: figure for spot, figure in web.figures.items() if spot[0] == unit.number}
                for (_, name, at), figure in spots.items():
                    self._follow(web, unit, name, at, figure)

    def _follow(self, web: Web, unit: Filing, name: str, at: int, figure: float) -> None:
        own = self.own.tables.get(name)
        place = own.form.index.get(unit.tables[name].form.cells[at]) if own else None
        held = own.at(place) if own and place is not None else None
        if held is None or place is None:
            return
        spot = (self.own.number, name, place)
        right = web.figures.get(spot, held) + figure - (unit.tables[name].at(at) or 0.0)
        web.accuse({spot: right}, web.blames[unit.number, name, at])

    def told(self, web: Web) -> Iterator[Compared]:
        """What is told of the parent, and of a unit that is to blame."""
        for local, sources in self.compiled.items():
            what = Text("本表有勾稽关系不成立", "Relations of a table fail")
            for unit, suspect in sources:
                cause = Blame(unit, cause_name(unit, suspect.cause), _mended(unit, suspect, web))
                yield cause.affects(self.own.number, what, instead=(local,))
        for name, cells in self.wrong.items():
            yield from self._told_of(name, cells, web)
        yield from self.unverified()

    def _told_of(self, name: str, cells: list[int], web: Web) -> Iterator[Compared]:
        sum_ = self.sums[name]
        left, blames = [], []
        for at in cells:
            found = web.explained(self._link(name, sum_, at))
            left += [] if found else [at]
            blames += [each for each in found if each not in blames]
        accused = [each for each in blames if each.cause == cause_name(each.filing, f"R701-{name}")]
        for blame in accused:
            yield Compared(blame.filing.number, self._accusing(name, cells, blame, web))
        yield from affected_by(blames, self.own.number, self._what(name))
        if left and (copies := [each for each in self.units.values() if web.copied(each)]):
            yield Blame(copies[0], cause_name(copies[0], "Y604"), Text("", "")).affects(
                self.own.number, self._what(name)
            )
        elif left and not web.copied(self.own):
            finding = roll_up_finding(sum_, left, self.missing)
            yield Compared(self.own.number, replace(finding, cause=cause_name(self.own, f"R701-{name}")))

    def _what(self, name: str) -> Text:
        title = self.sums[name].parent.form.title
        return Text(f"“{title.zh}”表与各单位合计不符", f"“{title.en}” is not the sum of the units'")

    def accuse(self, web: Web) -> None:
        """A unit whose figures, put as the parent has them, would also follow from its other years is to blame."""
        for name, cells in self.wrong.items():
            off = self._left(name, cells, web) if self._is_whole(name) else {}
            if not off:
                continue
            units = range(len(self.sums[name].values))
            fits = [spots for unit in units if (spots := self._repair(name, unit, off, web))]
            if len(fits) == 1:
                filing = web.filings[next(iter(fits[0]))[0]]
                web.accuse(fits[0], Blame(filing, cause_name(filing, f"R701-{name}"), mending(filing, fits[0])))

    def _left(self, name: str, cells: list[int], web: Web) -> dict[int, float]:
        """Cells that what is known does not explain → by how much the units make more than the parent has."""
        links = {at: self._link(name, self.sums[name], at) for at in cells}
        return {
            at: residual
            for at, link in links.items()
            if link.fails(web.filings, web.figures) and (residual := link.residual(web.filings, web.figures))
        }

    def _is_whole(self, name: str) -> bool:
        sum_ = self.sums[name]
        return not self.missing and not sum_.without and all((places >= 0).all() for places in sum_.places)

    def _repair(self, name: str, unit: int, off: dict[int, float], web: Web) -> dict[Spot, float]:
        """The unit's figures with the differences taken off; nothing if it does not gain by it."""
        filing, sum_ = self._adding(name)[unit], self.sums[name]
        table, at = filing.tables[name], sum_.places[unit][list(off)]
        figures = table.values[at] - np.array(list(off.values()))
        changed = dict(zip(at.tolist(), figures.tolist(), strict=True))
        if np.isnan(figures).any() or (figures < 0).any() or newly_fails(table, changed):
            return {}
        spots = {(filing.number, name, int(each)): float(value) for each, value in zip(at, figures, strict=True)}
        course = next((each for each in web.courses.values() if each.has(filing)), None)
        links = [link for link in course.links if any(spot in spots for spot, _ in link.terms)] if course else []
        was = [link.fails(web.filings, web.figures) for link in links]
        now = [link.fails(web.filings, web.figures | spots) for link in links]
        return spots if any(was) and not any(now) else {}

    def _accusing(self, name: str, cells: list[int], blame: Blame, web: Web) -> Finding:
        form = blame.filing.tables[name].form
        spots = {spot: figure for spot, figure in web.figures.items() if web.blames[spot] is blame}
        changes = tuple(
            Change(*form.cells[at], blame.filing.tables[name].at(at), figure) for (_, _, at), figure in spots.items()
        )
        message = Text(
            f"“{form.title.zh}”表与上级报告（{self.own.path}）里所含的数不符，与本机关别的年度也接不上；"
            f"按上级的合计改正{blame.mending.zh}后，两处都相符。",
            f"“{form.title.en}” is not what the parent (“{self.own.path}”) has compiled, nor does it follow from "
            f"other years; both would hold with{blame.mending.en}.",
        )
        found = roll_up_finding(self.sums[name], cells, self.missing)
        cells_ = tuple(CellFinding(each.row, each.column, each.from_, each.to) for each in changes)
        told = replace(
            found,
            message=message,
            cells=cells_,
            evidence=(),
            repair=changes,
            unique=True,
            cause=blame.cause,
            other=self.own.path,
        )
        return only_compared(told) if self.sums[name].unproved.intersection(cells) else told


def _cells(suspect: Suspect, form: TableForm) -> Iterator[int]:
    """Where in a form the cells stand that a cause's repairs change."""
    for repair in suspect.repairs:
        for each in repair:
            if (key := CellKey(each.table, each.row, each.column)) in form.index:
                yield form.index[key]


def _mended(unit: Filing, suspect: Suspect, web: Web) -> Text:
    """What putting a unit's cause right means, as far as it is known."""
    if suspect.certain and suspect.repairs:
        form = unit.tables[suspect.table].form
        return mending(
            unit,
            {(unit.number, each.table, form.position(each.row, each.column)): each.to for each in suspect.repairs[0]},
        )
    cause = cause_name(unit, suspect.cause)
    return next((blame.mending for blame in web.blames.values() if blame.cause == cause), Text("", ""))
