"""Web: the reports that may explain one another (an agency's years, a parent and its units), and who is to blame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from govstats.comparison.agency import Course
from govstats.comparison.below import Told
from govstats.comparison.blame import mends
from govstats.comparison.copies import Copy
from govstats.comparison.culprits import Blame, mending, report_name
from govstats.comparison.filing import Filing
from govstats.comparison.filings import Compared
from govstats.comparison.links import Figures, Link, Spot, demands
from govstats.comparison.reasons import Reason
from govstats.comparison.settling import Doubt, Verdict, settled
from govstats.lang import Text
from govstats.model.finding import Change, Settled
from govstats.model.keys import cause_name
from govstats.model.pictured import compared
from govstats.model.wording import cell_name, figure_text, listed

_MOST_CELLS = 14


@dataclass(slots=True)
class Web:
    """Courses that are judged together. `figures`: those that must be other than printed; `blames`: for each, whose
    fault it is; `copies`: reports that are copies, by number; `units`: those of each parent. `heirs`:
    number of the last report of a body that was taken over → the report that did."""

    courses: dict[str, Course]
    copies: Mapping[int, Copy]
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heirs: dict[int, Filing] = field(default_factory=dict)
    filings: dict[int, Filing] = field(init=False)
    figures: dict[Spot, float] = field(default_factory=dict)
    blames: dict[Spot, Blame] = field(default_factory=dict)
    _told: defaultdict[tuple[str, str, int], list[Told]] = field(default_factory=lambda: defaultdict(list))
    verdicts: list[Verdict] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.filings = {each.number: each for course in self.courses.values() for each in course.single.values()}

    def settle(self, links: Iterable[Link], without: Mapping[int, frozenset[str]]) -> None:
        """Let the links choose among the repairs of each report; `without`: causes that are those of others."""
        doubts = [
            Doubt(number, suspect)
            for number, filing in self.filings.items()
            for suspect in filing.suspects
            if suspect.cause not in without.get(number, frozenset()) and number not in self.copies
        ]
        if not doubts:
            return
        usable = [link for link in links if not link.reports & self.copies.keys()]
        asked = demands(usable, self.filings)
        found = settled([_with_demands(each, asked, self.filings) for each in doubts], usable, self.filings)
        self.verdicts = found.verdicts
        for verdict in found.verdicts:
            filing = self.filings[verdict.doubt.number]
            spots = verdict.doubt.spots(filing, verdict.repair)
            blame = Blame(filing, cause_name(filing, verdict.doubt.suspect.cause), mending(filing, spots))
            self.accuse(spots, blame)
        for doubt in doubts:
            if doubt.suspect.certain and doubt not in [each.doubt for each in found.verdicts]:
                filing = self.filings[doubt.number]
                spots = doubt.spots(filing, doubt.suspect.repairs[0])
                self.accuse(spots, Blame(filing, cause_name(filing, doubt.suspect.cause), mending(filing, spots)))

    def accuse(self, spots: Mapping[Spot, float], blame: Blame) -> None:
        """These figures are wrong, and should be others."""
        self.figures |= spots
        self.blames |= dict.fromkeys(spots, blame)

    def explained(self, link: Link) -> list[Blame]:
        """Whose faults make a link fail, if it holds once they are put right; what cancels out is nobody's."""
        spots = [spot for spot, _ in link.terms if spot in self.figures]
        if not spots or link.fails(self.filings, self.figures):
            return []
        blames = list({id(each): each for each in (self.blames[spot] for spot in spots)}.values())
        return [each for each in blames if self._matters(each, spots, link)] or blames

    def _matters(self, blame: Blame, spots: list[Spot], link: Link) -> bool:
        """Would the link fail without what a blame puts right?"""
        others = {spot: self.figures[spot] for spot in spots if self.blames[spot] is not blame}
        return link.fails(self.filings, others)

    def tell(self, rule: str, course: Course, year: int, told: Told) -> None:
        """Note what was told of an agency in a year, for its parent."""
        self._told[rule, course.history.key, year].append(told)

    def inherit(self, heir: Filing, reason: Reason | None) -> None:
        """Note which bodies a report took over, if that is its reason."""
        self.heirs |= {each.number: heir for each in reason.ended} if reason else {}

    def below(self, rule: str, course: Course, year: int) -> list[Told]:
        """What was told of its units."""
        units = self.units.get(course.history.key, ())
        return [told for unit in units for told in self._told.get((rule, unit, year), ())]

    def copied(self, *filings: Filing) -> Copy | None:
        """The copy of other figures among these."""
        found = (self.copies[each.number] for each in filings if each.number in self.copies)
        return next((each for each in found if each.of_figures), None)

    def corrected(self, filing: Filing) -> Filing:
        """A filing with the figures that it should have."""
        changed = {spot: figure for spot, figure in self.figures.items() if spot[0] == filing.number}
        if not changed:
            return filing
        tables = dict(filing.tables)
        for (_, table, at), figure in changed.items():
            values = tables[table].values.copy()
            values[at] = figure
            tables[table] = replace(tables[table], values=values)
        return replace(filing, tables=tables)

    def outcomes(self) -> Iterator[Compared]:
        """What the verdicts say of the findings of the reports that they are about."""
        for verdict in self.verdicts:
            yield _outcome(verdict, self.filings)


def _with_demands(doubt: Doubt, asked: Mapping[int, list[Figures]], filings: Mapping[int, Filing]) -> Doubt:
    """The doubt with what other reports ask of its table among the repairs, where that mends its relations and takes no
    more than they do."""
    suspect, filing = doubt.suspect, filings[doubt.number]
    table = filing.tables[suspect.table]
    more = []
    largest = max(map(len, suspect.repairs), default=_MOST_CELLS)
    for spots in asked.get(doubt.number, ()) if not suspect.certain else ():
        mine = {at: figure for (_, name, at), figure in spots.items() if name == suspect.table}
        if 0 < len(mine) <= largest and mends(table, mine, suspect.failing):
            more.append(
                tuple(Change(*table.form.cells[at], table.at(at), figure) for at, figure in sorted(mine.items()))
            )
    known = {frozenset(repair) for repair in suspect.repairs}
    fresh = tuple(repair for repair in more if frozenset(repair) not in known)
    return replace(doubt, suspect=suspect._replace(repairs=(*suspect.repairs, *fresh))) if fresh else doubt


def _outcome(verdict: Verdict, filings: Mapping[int, Filing]) -> Compared:
    doubt = verdict.doubt
    filing = filings[doubt.number]
    form = filing.tables[doubt.suspect.table].form
    others = {number: filings[number] for link in verdict.links for number in link.reports if number != doubt.number}
    names = listed(
        Text(f"{name.zh}（{each.path}）", f"{name.en} (“{each.path}”)")
        for each in others.values()
        for name in [report_name(each)]
    )
    if not verdict.news:
        message = Text(f"改正后，与{names.zh}也相符。", f" Then it agrees with {names.en} too.")
        return Compared(
            doubt.number, settled=Settled(doubt.suspect.cause, cause_name(filing, doubt.suspect.cause), message)
        )
    told = listed(
        Text(
            f"{name.zh}印作 {figure_text(each.from_)}，应为 {figure_text(each.to)}",
            f"{name.en} is printed as {figure_text(each.from_)} and should be {figure_text(each.to)}",
        )
        for each in verdict.repair
        for name in [cell_name(form, form.position(each.row, each.column))]
    )
    cause = cause_name(filing, doubt.suspect.cause)
    if _is_unproved(verdict, filings):
        message = Text(f"与{names.zh}核对，{told.zh}时都相符。", f" It agrees with {names.en} if {told.en}.")
        return Compared(doubt.number, settled=Settled(doubt.suspect.cause, cause, compared(message)))
    lines = len(doubt.suspect.failing)
    message = Text(
        f"“{form.title.zh}”表：{told.zh}。表内勾稽关系有 {lines} 条不成立，只看本表有几种改法；"
        f"与{names.zh}核对，只有这样改都相符。",
        f"“{form.title.en}”: {told.en}. {lines} relation(s) of the table fail, and the table alone leaves a choice; "
        f"only this agrees with {names.en}.",
    )
    return Compared(doubt.number, settled=Settled(doubt.suspect.cause, cause, message, verdict.repair))


def _is_unproved(verdict: Verdict, filings: Mapping[int, Filing]) -> bool:
    """Does a figure that speaks for the repair come from a picture, without being proved?"""
    spots = {spot for link in verdict.links for spot, _ in link.terms}
    return any(at in filings[number].tables[table].unproved for number, table, at in spots)
