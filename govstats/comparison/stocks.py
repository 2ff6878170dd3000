"""Y602 over three years: a stock that fits neither the year before nor the year after, by as much, is itself wrong."""

from __future__ import annotations

from govstats.comparison.agency import Course, Step
from govstats.comparison.culprits import Blame, mending
from govstats.comparison.links import Link, Spot, stock_links
from govstats.comparison.web import Web
from govstats.model.keys import cause_name


def accuse_stocks(course: Course, web: Web) -> None:
    """Accuse the stocks of years in which one figure explains both differences."""
    for year, step in course.steps.items():
        after = course.steps.get(year + 1)
        if after is None or web.copied(step.now, step.before, after.now) or step.scopes_differ or after.scopes_differ:
            continue
        following = {link.terms[0].spot: link for link in _links(after) if link.fails(web.filings, web.figures)}
        spots: dict[Spot, float] = {}
        for link in _links(step):
            spot, residual = link.terms[-1].spot, link.residual(web.filings, web.figures)
            if residual and spot in following and following[spot].residual(web.filings, web.figures) == -residual:
                value = step.now.tables[spot[1]].at(spot[2])
                if value is not None and value + residual >= 0 and residual != _below(course, year, spot, web):
                    spots[spot] = value + residual
        if spots:
            web.accuse(spots, Blame(step.now, cause_name(step.now, "Y602"), mending(step.now, spots)))


def _below(course: Course, year: int, spot: Spot, web: Web) -> float:
    """How much less the units of a parent have that year in this cell than they should."""
    units = [web.courses[key].single.get(year) for key in web.units.get(course.history.key, ()) if key in web.courses]
    own = web.filings[spot[0]].tables[spot[1]].form.cells[spot[2]]
    total = 0.0
    for unit in units:
        table = unit.tables.get(spot[1]) if unit else None
        at = table.form.index.get(own) if table else None
        if unit and table and at is not None:
            printed = table.at(at) or 0.0
            total += web.figures.get((unit.number, spot[1], at), printed) - printed
    return total


def _links(step: Step) -> list[Link]:
    return list(stock_links(step.now, step.before)) if not step.renamed else []
