"""Suspects and links → which repair of each suspect leaves the fewest links failing, over years and units together.

Every suspect is one cause that costs the same whichever of its repairs is right, so the choice rests on other reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from govstats.comparison.filing import Filing
from govstats.comparison.links import Figures, Link, Spot
from govstats.comparison.suspects import Suspect
from govstats.model.finding import Change

_MOST = 4096
Repair = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A suspect of the report at `number`."""

    number: int
    suspect: Suspect

    def spots(self, filing: Filing, repair: Repair) -> dict[Spot, float]:
        """The figures of a repair."""
        form = filing.tables[self.suspect.table].form
        return {(self.number, each.table, form.position(each.row, each.column)): each.to for each in repair}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of a doubt: the repair that is right; `links`: those that say so; `news`: the report alone did not know it."""

    doubt: Doubt
    repair: Repair
    links: tuple[Link, ...]
    news: bool


@dataclass(slots=True)
class Settlement:
    """What came of it: the verdicts, and the figures as they are with all of them."""

    verdicts: list[Verdict] = field(default_factory=list)
    figures: dict[Spot, float] = field(default_factory=dict)

    def culprits(self, link: Link) -> list[Verdict]:
        """The verdicts that change a figure of a link."""
        spots = {spot for spot, _ in link.terms}
        return [
            each
            for each in self.verdicts
            if any(number == each.doubt.number and table == each.doubt.suspect.table for number, table, _ in spots)
            and link in each.links
        ]


def settled(doubts: Sequence[Doubt], links: Sequence[Link], filings: Mapping[int, Filing]) -> Settlement:
    """The verdicts on doubts whose repairs touch a link. Reports that share no such link are settled apart."""
    found = Settlement()
    for mine, shared in _apart(doubts, links, filings):
        for verdict in _decided(mine, shared, filings):
            found.verdicts.append(verdict)
            found.figures |= verdict.doubt.spots(filings[verdict.doubt.number], verdict.repair)
    return found


def _apart(
    doubts: Sequence[Doubt], links: Sequence[Link], filings: Mapping[int, Filing]
) -> Iterator[tuple[list[Doubt], list[Link]]]:
    """Doubts that links tie together, with these links."""
    touched = {
        at: {spot for repair in each.suspect.repairs for spot in each.spots(filings[each.number], repair)}
        for at, each in enumerate(doubts)
    }
    by_spot: dict[Spot, list[int]] = {}
    for at, spots in touched.items():
        for spot in spots:
            by_spot.setdefault(spot, []).append(at)
    group = list(range(len(doubts)))

    def root(at: int) -> int:
        while group[at] != at:
            at = group[at]
        return at

    near: list[tuple[Link, int]] = []
    for link in links:
        members = [at for spot, _ in link.terms for at in by_spot.get(spot, ())]
        for at in members[1:]:
            group[root(at)] = root(members[0])
        if members:
            near.append((link, members[0]))
    together: dict[int, tuple[list[Doubt], list[Link]]] = {}
    for link, at in near:
        together.setdefault(root(at), ([], []))[1].append(link)
    for at, each in enumerate(doubts):
        if root(at) in together:
            together[root(at)][0].append(each)
    yield from together.values()


def _decided(doubts: list[Doubt], links: list[Link], filings: Mapping[int, Filing]) -> Iterator[Verdict]:
    choices = [_choices(each) for each in doubts]
    if prod(map(len, choices)) > _MOST:
        for each in doubts if len(doubts) > 1 else ():
            yield from _decided([each], links, filings)
        return
    costs: dict[tuple[Repair, ...], int] = {}
    for combination in product(*choices):
        instead = _figures(doubts, combination, filings)
        costs[combination] = sum(link.fails(filings, instead) for link in links)
    least = min(costs.values())
    best = [combination for combination, cost in costs.items() if cost == least]
    for at, each in enumerate(doubts):
        chosen = {combination[at] for combination in best}
        if len(chosen) == 1 and (repair := chosen.pop()):
            yield from _verdict(each, repair, links, filings, _figures(doubts, best[0], filings))


def _choices(doubt: Doubt) -> tuple[Repair, ...]:
    """Its repairs; none of them too, if there may be others."""
    own = tuple(dict.fromkeys(doubt.suspect.repairs))
    return own if doubt.suspect.whole or doubt.suspect.certain else (*own, ())


def _verdict(
    doubt: Doubt, repair: Repair, links: list[Link], filings: Mapping[int, Filing], instead: Figures
) -> Iterator[Verdict]:
    """With the links that speak for the repair: those that it mends; of one chosen among several also those that the
    others break."""
    spots = doubt.spots(filings[doubt.number], repair)
    others = [doubt.spots(filings[doubt.number], each) for each in _choices(doubt) if each != repair]
    without = {spot: figure for spot, figure in instead.items() if spot not in spots}
    speaking = []
    for link in links:
        if link.fails(filings, instead):
            continue
        mends = any(spot in spots for spot, _ in link.terms) and link.fails(filings, without)
        if mends or any(link.fails(filings, without | each) for each in others):
            speaking.append(link)
    if speaking:
        yield Verdict(doubt, repair, tuple(speaking), not doubt.suspect.certain)


def _figures(
    doubts: Sequence[Doubt], combination: Sequence[Repair], filings: Mapping[int, Filing]
) -> dict[Spot, float]:
    found: dict[Spot, float] = {}
    for each, repair in zip(doubts, combination, strict=True):
        found |= each.spots(filings[each.number], repair)
    return found
