"""A course in its web → what is told of each of its reports over the years: findings, or whose fault shows there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import NamedTuple, TypeVar

from govstats.comparison.agency import Course, Step
from govstats.comparison.below import Off, Told, at_fault, making_up, reason_above
from govstats.comparison.carryover import carry_finding, carry_unverified, what_differs
from govstats.comparison.copies import Copy
from govstats.comparison.culprits import AGREES, Blame, affected_by
from govstats.comparison.fees import FeeJump, fee_jumps
from govstats.comparison.filing import FEES, Filing
from govstats.comparison.filings import Compared
from govstats.comparison.jump import jumps, totals
from govstats.comparison.links import Link, carry_links, stock_links
from govstats.comparison.pairs import Both, Pair, pairs_of
from govstats.comparison.rates import growth_rates
from govstats.comparison.reasons import Reason, carry_reason, stock_reason
from govstats.comparison.stock import Flow, flows_off, is_unproved, stock_finding, stock_text
from govstats.comparison.twice import filed_twice
from govstats.comparison.web import Web
from govstats.lang import Text, joined
from govstats.model.finding import Change, Finding
from govstats.model.keys import cause_name
from govstats.model.pictured import only_compared
from govstats.model.wording import NOTHING, cell_name, figure_text

Each = TypeVar("Each")
_SHOULD_BE = Text("{cell}应为 {figure}", "{cell} should be {figure}")
_MOSTLY = 2.0
"""A unit whose fees are wrong by half of what its parent's are, or more, makes them wrong."""


def of_course(course: Course, web: Web, ended: Callable[[int], list[Filing]]) -> Iterator[Compared]:
    """What is told of each year. `ended`: year → the last reports of agencies of the place that file no more."""
    for filings in course.rivals:
        yield from filed_twice(filings)
    fees = {jump.now.number: jump for jump in fee_jumps(course)}
    right = {year: web.corrected(filing) for year, filing in course.single.items() if not web.copied(filing)}
    levels = {year: totals(filing) for year, filing in right.items()}
    for year, now in course.single.items():
        found: list[Compared] = []
        if year in course.steps:
            found += of_step(course.steps[year], course, web, partial(ended, year - 1))
        if now.number in fees:
            found += _of_fees(now, fees[now.number], web, course)
        yield from found
        explained = {
            change[:3]
            for each in found
            if each.finding
            for change in (*each.finding.repair, *chain(*each.finding.ties))
        }
        if not web.copied(now):
            since = course.since(year)
            past = {each: level for each, level in levels.items() if since <= each < year}
            yield from (Compared(now.number, each) for each in jumps(right[year], past, explained))


def _of_fees(now: Filing, jump: FeeJump, web: Web, course: Course) -> Iterator[Compared]:
    blame = Blame(now, cause_name(now, "P406"), NOTHING)
    year = now.year or 0
    below = web.below("P406", course, year)
    excess = sum(sum(told.off.values()) for told in below)
    web.tell("P406", course, year, Told(blame, {FEES[1:]: jump.excess}))
    if below and not jump.is_low and excess >= jump.excess / _MOSTLY:
        yield below[0].blame.affects(
            now.number, Text("行政事业性收费与别的年度相差悬殊", "The fees are far from those of other years")
        )
        return
    yield Compared(now.number, replace(jump.finding, cause=blame.cause))


def of_step(step: Step, course: Course, web: Web, ended: Callable[[], list[Filing]]) -> Iterator[Compared]:
    """What is told of a report beside that of the year before."""
    pairs = tuple(pairs_of(step.now, step.before))
    off = [pair for pair in pairs if pair.differs]
    wrong = [] if step.renamed else flows_off(step.now, step.before)
    if step.scopes_differ:
        yield from _other_scope(step, course, web, pairs, off, wrong)
        return
    if copy := web.copied(step.now, step.before):
        yield from _beside_copy(step, copy, course, web, pairs, off, wrong)
        return
    if off:
        yield from _carried(step, course, web, pairs, off, ended)
    elif gaps := [pair for pair in pairs if pair.gap]:
        yield Compared(step.now.number, carry_unverified(Both(step.now, step.before, pairs), gaps))
    if wrong:
        yield from _stocked(step, course, web, wrong, ended)
    if not step.renamed:
        yield from _grown(step, web)


def _other_scope(
    step: Step, course: Course, web: Web, pairs: tuple[Pair, ...], off: list[Pair], wrong: list[Flow]
) -> Iterator[Compared]:
    said = _scope_said(step)
    why = Text(
        f"两年统计的范围不同（{said.zh}），不能相比",
        f"the two years do not count the same ({said.en}) and cannot be compared",
    )
    reason = Reason("info", why)
    blame = Blame(step.now, cause_name(step.now, "Y601" if off else "Y602"), NOTHING)
    _tell_both(web, course, step, blame, off, wrong, reason)
    if off:
        found = carry_finding(Both(step.now, step.before, pairs), off, reason)
        yield Compared(step.now.number, replace(found, cause=blame.cause))
    elif wrong:
        found = _with_reason(stock_finding(step.now, step.before, wrong), reason)
        yield Compared(step.now.number, replace(found, cause=blame.cause))


def _scope_said(step: Step) -> Text:
    said = (
        note.text
        for filing in (step.before, step.now)
        for note in filing.notes
        if note.kind in {"scope_own", "scope_all", "scope_changed"}
    )
    return joined((f"“{text}”" for text in dict.fromkeys(said)), "；", "; ")


def _beside_copy(
    step: Step, copy: Copy, course: Course, web: Web, pairs: tuple[Pair, ...], off: list[Pair], wrong: list[Flow]
) -> Iterator[Compared]:
    """One of the two is a copy: nothing follows from it, and for no other reason."""
    filing = web.filings.get(copy.number)
    if filing is None or not (off or wrong):
        return
    blame = Blame(filing, cause_name(filing, "Y604"), NOTHING)
    _tell_both(web, course, step, blame, off, wrong)
    if filing.number != step.now.number:
        what = what_differs(Both(step.now, step.before, pairs), off) if off else stock_text(step.now, wrong)
        yield blame.affects(step.now.number, what)


def _carried(
    step: Step,
    course: Course,
    web: Web,
    pairs: tuple[Pair, ...],
    off: list[Pair],
    ended: Callable[[], list[Filing]],
) -> Iterator[Compared]:
    both = Both(step.now, step.before, pairs)
    by_spot = {link.terms[0].spot: link for link in carry_links(step.now, step.before)}
    left, blames = _sifted(off, lambda pair: by_spot[step.now.number, pair.cell.table, pair.at], web)
    if blames:
        explained = [pair for pair in off if pair not in left]
        _tell(web, course, "Y601", step, Told(blames[0], _carried_off(explained)))
        yield from affected_by(blames, step.now.number, what_differs(both, explained))
    if left:
        rest = _Rest("Y601", _carried_off(left), what_differs(both, left))
        yield from _told_of(
            rest, step, course, web, lambda: carry_reason(step, pairs, ended()), partial(carry_finding, both, left)
        )


class _Rest(NamedTuple):
    """What no known fault explains: the rule, by how much each line is off, and that in words."""

    rule: str
    off: Off
    what: Text


def _told_of(
    rest: _Rest,
    step: Step,
    course: Course,
    web: Web,
    own_reason: Callable[[], Reason | None],
    finding: Callable[[Reason | None], Finding],
) -> Iterator[Compared]:
    """The units' faults, if they make it up; else the report's own finding, with lawful reasons, theirs or its own."""
    below = making_up(web.below(rest.rule, course, step.now.year or 0), rest.off)
    if faults := at_fault(below):
        yield from affected_by(faults, step.now.number, rest.what, _then(below))
        return
    reason = reason_above(below) or own_reason()
    web.inherit(step.now, reason)
    blame = Blame(step.now, cause_name(step.now, rest.rule), NOTHING)
    _tell(web, course, rest.rule, step, Told(blame, rest.off, reason))
    yield Compared(step.now.number, replace(finding(reason), cause=blame.cause))


def _then(below: Sequence[Told]) -> Text:
    """What is so once the units at fault are put right: others may have their reasons."""
    lawful = reason_above(below)
    if lawful is None:
        return AGREES
    return Text(f"，余下的{lawful.text.zh}", f"for what is left {lawful.text.en}")


def _carried_off(pairs: list[Pair]) -> Off:
    return {("", pair.cell.column): (pair.now or 0.0) - (pair.before or 0.0) for pair in pairs}


def _stocked(
    step: Step, course: Course, web: Web, wrong: list[Flow], ended: Callable[[], list[Filing]]
) -> Iterator[Compared]:
    by_spot = {link.terms[-1].spot: link for link in stock_links(step.now, step.before)}
    place = step.now.tables["disclosure"].form.position
    left, blames = _sifted(wrong, lambda flow: by_spot[step.now.number, "disclosure", place(flow.row, "in_force")], web)
    own = [each for each in blames if each.filing.number == step.now.number and each.cause.endswith("Y602")]
    explained = [flow for flow in wrong if flow not in left]
    if blames:
        _tell(web, course, "Y602", step, Told((own or blames)[0], _stock_off(explained)))
    if own:
        yield Compared(step.now.number, _accusing(step, web, explained, own[0]))
    yield from affected_by(blames, step.now.number, stock_text(step.now, explained))
    if left:
        rest = _Rest("Y602", _stock_off(left), stock_text(step.now, left))
        finding = stock_finding(step.now, step.before, left)
        yield from _told_of(
            rest, step, course, web, lambda: stock_reason(step, left, ended()), partial(_with_reason, finding)
        )


def _stock_off(flows: list[Flow]) -> Off:
    return {(flow.row, ""): flow.due - flow.in_force for flow in flows}


def _accusing(step: Step, web: Web, told: list[Flow], blame: Blame) -> Finding:
    """What is in force is wrong this year: it fits neither last year's nor next year's."""
    finding = stock_finding(step.now, step.before, told)
    form = step.now.tables["disclosure"].form
    changes = tuple(Change("disclosure", flow.row, "in_force", flow.in_force, flow.due) for flow in told)
    names = joined(
        (
            _SHOULD_BE.format(cell=cell_name(form, form.position(each.row, each.column)), figure=figure_text(each.to))
            for each in changes
        ),
        "；",
        "; ",
    )
    message = Text(
        f"{finding.message.zh}与下一年也接不上，差额相同而方向相反，因此{names.zh}。",
        f"{finding.message.en} Nor does the next year follow, by as much the other way: {names.en}.",
    )
    cells = tuple(
        each._replace(expected=next((c.to for c in changes if (c.row, c.column) == (each.row, each.column)), None))
        for each in finding.cells
    )
    found = replace(finding, message=message, repair=changes, unique=True, cells=cells, cause=blame.cause)
    return only_compared(found) if is_unproved(step.now, step.before, told) else found


def _with_reason(finding: Finding, reason: Reason | None) -> Finding:
    if reason is None:
        return finding
    message = Text(
        f"{finding.message.zh}{reason.text.zh}。",
        f"{finding.message.en} {reason.text.en[:1].upper()}{reason.text.en[1:]}.",
    )
    return replace(finding, message=message, severity=reason.severity)


def _sifted(off: list[Each], link_of: Callable[[Each], Link], web: Web) -> tuple[list[Each], list[Blame]]:
    """What no known fault explains, and whose faults explain the rest."""
    left: list[Each] = []
    blames: list[Blame] = []
    for each in off:
        found = web.explained(link_of(each))
        if found:
            blames += [blame for blame in found if blame not in blames]
        else:
            left.append(each)
    return left, blames


def _tell_both(
    web: Web,
    course: Course,
    step: Step,
    blame: Blame,
    off: list[Pair],
    wrong: list[Flow],
    reason: Reason | None = None,
) -> None:
    """Of what was carried over, and of the stock, as far as each does not follow."""
    if off:
        _tell(web, course, "Y601", step, Told(blame, _carried_off(off), reason))
    if wrong:
        _tell(web, course, "Y602", step, Told(blame, _stock_off(wrong), reason))


def _tell(web: Web, course: Course, rule: str, step: Step, told: Told) -> None:
    web.tell(rule, course, step.now.year or 0, told)


def _grown(step: Step, web: Web) -> Iterator[Compared]:
    """Growth that the prose states, unless last year's figures, put right, bear it out."""
    right = web.corrected(step.before)
    borne_out: set[int] = set()
    if right is not step.before:
        borne_out = {id(each) for each in step.now.growth} - {id(rate) for rate, _ in growth_rates(step.now, right)}
        blame = next(each for spot, each in web.blames.items() if spot[0] == step.before.number)
    for rate, finding in growth_rates(step.now, step.before):
        if right is not step.before and id(rate) in borne_out:
            yield blame.affects(
                step.now.number,
                Text(f"“{rate.text}”与上年报告的数不符", f"“{rate.text}” does not follow from last year's report"),
            )
        else:
            yield Compared(step.now.number, finding)
