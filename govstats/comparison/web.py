"""Web: the reports that may explain one another (an agency's years, a parent and its units), and who is to blame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from govstats.comparison.agency import Course
from govstats.comparison.blame import mends
from govstats.comparison.copies import Copy
from govstats.comparison.filing import Filing
from govstats.comparison.filings import Compared
from govstats.comparison.links import Figures, Link, Spot, demands
from govstats.comparison.reasons import Reason
from govstats.comparison.settling import Doubt, Verdict, settled
from govstats.lang import Text
from govstats.model.finding import Affected, Change, Settled
from govstats.model.keys import cause_name
from govstats.model.pictured import compared
from govstats.model.wording import NOTHING, cell_name, figure_text, listed

_MOST_CELLS = 14


@dataclass(frozen=True, slots=True)
class Blame:
    """A fault of a report that shows in others: its cause in the whole audit, and what putting it right means."""

    filing: Filing
    cause: str
    mending: Text

    @property
    def name(self) -> Text:
        """Whose report of which year."""
        return report_name(self.filing)

    def affects(self, number: int, what: Text, instead: tuple[str, ...] = (), others: int = 0) -> Compared:
        """That another report shows it: `what` does not agree, for this and for so many `others`."""
        name = self.name
        too = Text(f"，连同另外 {others} 处", f" and so are {others} more") if others else NOTHING
        message = Text(
            f"{what.zh}，原因在{name.zh}（{self.filing.path}）；改正{name.zh}{self.mending.zh}{too.zh}后相符。",
            f"{what.en}: for a fault of {name.en} (“{self.filing.path}”). Once that is put "
            f"right{self.mending.en}{too.en}, it agrees.",
        )
        return Compared(number, affected=Affected(self.cause, self.filing.path, message), instead=instead)


def affected_by(blames: Iterable[Blame], number: int, what: Text) -> Iterator[Compared]:
    """That `what` does not agree in a report, for faults of others: only with all of them put right it does."""
    others = [each for each in blames if each.filing.number != number]
    for blame in others:
        yield blame.affects(number, what, others=len(others) - 1)


def report_name(filing: Filing) -> Text:
    """某市财政局 2023 年的报告."""
    return Text(f"{filing.agency} {filing.year} 年的报告", f"the report of {filing.agency} for {filing.year}")


@dataclass(slots=True)
class Told:
    """That an equation of a report fails, for whom, by how much in each line, and why it rightly may."""

    blame: Blame
    off: dict[tuple[str, str], float]
    reason: Reason | None = None

    @property
    def reason_above(self) -> Reason | None:
        """The reason as a parent has it that was compiled from the report."""
        if self.reason is None:
            return None
        name, path, text = self.blame.name, self.blame.filing.path, self.reason.text
        return self.reason._replace(
            text=Text(
                f"差额正好是{name.zh}（{path}）的，{text.zh}",
                f"it is just as much as in {name.en} (“{path}”): {text.en}",
            )
        )


@dataclass(slots=True)
class Web:
    """Courses that are judged together. `figures`: those that must be other than printed; `blames`: for each, whose
    fault it is; `copies`: reports that are copies, by number; `units`: those of
    each parent; `told`: what was told of units, by rule, unit and year."""

    courses: dict[str, Course]
    copies: Mapping[int, Copy]
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    filings: dict[int, Filing] = field(init=False)
    figures: dict[Spot, float] = field(default_factory=dict)
    blames: dict[Spot, Blame] = field(default_factory=dict)
    told: dict[tuple[str, str, int], Told] = field(default_factory=dict)
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


def mending(filing: Filing, spots: Mapping[Spot, float]) -> Text:
    """（“四、结转…”行自然人列应为 3）: what putting a report right means."""
    told = listed(
        Text(f"{name.zh}应为 {figure_text(figure)}", f"{name.en} should be {figure_text(figure)}")
        for (_, table, at), figure in spots.items()
        for name in [cell_name(filing.tables[table].form, at)]
    )
    return Text(f"（{told.zh}）", f" ({told.en})") if told.zh else NOTHING


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
