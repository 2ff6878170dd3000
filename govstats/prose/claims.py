"""Document and tables → all Claims of a report, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from govstats.lang import Text
from govstats.model.claim import Claim
from govstats.model.finding import number
from govstats.prose import arithmetic
from govstats.prose.above_all import ALL, above_all, beyond_all
from govstats.prose.above_whole import above_whole
from govstats.prose.account import flows
from govstats.prose.answers import About, Tables
from govstats.prose.cells import CellClaim, cell_claims
from govstats.prose.changes import Change, changes, impossible_growth
from govstats.prose.claiming import may_reckon, may_share, may_tell
from govstats.prose.companions import without_companions
from govstats.prose.completeness import are_of_two_years
from govstats.prose.groups import judged, of_their_sum, reopened
from govstats.prose.leftovers import left_over
from govstats.prose.listing import Listing, listings
from govstats.prose.mentions import Mention, mentions
from govstats.prose.more_sums import more_sums
from govstats.prose.multiples import TIMES, Multiple, multiples
from govstats.prose.nesting import nests
from govstats.prose.partitions import partitions
from govstats.prose.passages import Figured, Passage, Prose
from govstats.prose.plainness import if_plain
from govstats.prose.quantities import Telling, contradictions
from govstats.prose.ratios import Ratio, is_slight
from govstats.prose.readings import summed
from govstats.prose.selections import selections
from govstats.prose.settled import is_of_tables, is_settled
from govstats.prose.shares import shares
from govstats.prose.shares_ahead import shares_ahead
from govstats.prose.shares_of_cells import CellShare, shares_of_cells
from govstats.prose.sums import sums, unread_lists
from govstats.prose.unnumbered import unnumbered_claims
from govstats.prose.weighing import Sum


def claims(prose: Prose, report: About) -> tuple[Claim, ...]:
    """What the prose of a document says in figures."""
    found, unread, figures = prose
    made: list[Claim] = []
    passages: list[Passage] = []
    for position, figured in enumerate(found):
        reckons = may_reckon(figured)
        if reckons or may_tell(figured):
            passage = Passage(figured)
            passages.append(passage)
            made += _of_passage(passage, found[max(0, position - 8) : position] if reckons else None, report)
    made += (_quantity(one, other) for one, other in contradictions(passages, report.year))
    return (*made, _unread(unread, figures)) if unread else tuple(made)


def _unread(first: Figured, figures: int) -> Claim:
    """From here on the prose was not read: nobody can say what it claims."""
    return _spoken(first, "unread", {"figures": figures}, [first.figures[0][:2]], holds=None)


def _of_passage(passage: Passage, earlier: Sequence[Figured] | None, report: About) -> Iterator[Claim]:
    """Its figures are held against each other if paragraphs before it are given."""
    told = mentions(passage)
    cells = [*_cells(passage, report, told)] if report.tables else []
    if earlier is not None:
        yield from _arithmetic(passage, earlier, cells, told, report)
    else:
        yield from _cell_shares(passage, report, told, [])
    yield from (_cell(passage, cell, report.tables) for cell in cells)


def _cells(passage: Passage, report: About, told: Sequence[Mention]) -> Iterator[CellClaim]:
    found = [*cell_claims(passage, report, told), *left_over(passage, report, told)]
    yield from without_companions(passage, found, told, report)
    yield from unnumbered_claims(passage, report)


def _arithmetic(
    passage: Passage,
    earlier: Sequence[Figured],
    cells: Sequence[CellClaim],
    told: Sequence[Mention],
    report: About,
) -> Iterator[Claim]:
    """What the figures of a passage say of each other, as far as the tables have not settled it."""
    listed = tuple(listings(passage))
    added = _sums(passage, listed, told) if len(passage.figures) > 2 else []
    percentages = _shares(passage, added, earlier) if passage.percents and may_share(passage) else []
    explained = {share.part for share in percentages}
    added += above_whole(passage, listed, percentages, added)
    for sum_ in (*added, *selections(passage, listed)) if listed else added:
        if sum_.holds or not (sum_.parts in explained or is_settled(passage, sum_, cells, report)):
            yield _sum(passage, sum_)
    for share in percentages:
        if share.holds or (share.holds is False and not is_of_tables(passage, share, cells, report)):
            yield _share(passage, share)
    if percentages:
        open_ = [share for share in percentages if share.holds is None]
        yield from _group(passage, [one for one in open_ if not is_of_tables(passage, one, cells, report)], earlier)
    yield from _cell_shares(passage, report, told, percentages)
    if len(passage.percents) > 1 and may_share(passage):
        broken = {part for sum_ in added if not sum_.holds for part in sum_.parts}
        yield from (_above_all(passage, at) for at in above_all(passage) if broken.isdisjoint(each - 1 for each in at))
    if passage.percents:
        refused = {share.percent for share in percentages if share.holds is False}
        yield from (_beyond(passage, at) for at in beyond_all(passage) if at not in refused)
    if TIMES in passage.text:
        yield from (_multiple(passage, each) for each in multiples(passage))
    if "change" in passage.signs:
        if len(passage.figures) > 2:
            yield from (change_claim(passage, change) for change in changes(passage))
        yield from (_impossible(passage, rate, count) for rate, count in impossible_growth(passage))


def _shares(passage: Passage, added: list[Sum], earlier: Sequence[Figured]) -> list[Ratio]:
    """Each percentage once; a part and a whole that follow it count only if none stand before it."""
    found = of_their_sum([reopened(passage, share, earlier) for share in shares(passage, added)], passage)
    told = {share.percent for share in found}
    return found + [each for each in shares_ahead(passage) if each.percent not in told]


def _sums(passage: Passage, lists: Sequence[Listing], told: Sequence[Mention]) -> list[Sum]:
    """Each sum once. An account that does not balance is told as such, and nothing that its figures chance to make."""
    carried = {mention.at for mention in told if mention.roles[0] == "due"}
    balances = list(flows(passage, told)) if len(told) > 1 else []
    broken = {at for balance in balances if not balance.holds for at in (*balance.total.at, *balance.parts)}
    settled = {at for balance in balances if _is_exact(passage, balance) for at in (*balance.total.at, *balance.parts)}
    listed = [
        found
        for found in sums(passage, lists)
        if not broken & {*found.total.at, *found.parts}
        and not _is_chance(passage, found, carried)
        and not nests(passage, found)
    ]
    listed = [found for found in listed if found.holds or not _is_within(found, listed)]
    known = broken | unread_lists(lists) | {part for found in listed for part in found.parts}
    listed += partitions(passage, known, told)
    listed += more_sums(passage, known | {part for found in listed for part in found.parts})
    listed = [found for found in listed if found.holds or not settled >= {*found.parts}]
    listed = [
        found for found in listed if found.holds or not (_is_chance(passage, found, carried) or nests(passage, found))
    ]
    told_parts = {found.parts for found in listed}
    listed = [if_plain(passage, found) for found in listed]
    return listed + [balance for balance in balances if balance.parts not in told_parts]


def _is_within(found: Sum, others: Sequence[Sum]) -> bool:
    """Are its parts some of those that make the same total?"""
    return any(each.holds and each.total.at == found.total.at and {*found.parts} <= {*each.parts} for each in others)


def _is_exact(passage: Passage, balance: Sum) -> bool:
    """Are both sides of the account equal, so that no other sum of its figures need hold?"""
    return balance.holds and balance.total.equals(*summed(passage, balance.parts))


def _is_chance(passage: Passage, found: Sum, carried: set[int]) -> bool:
    """What was carried in is a part of nothing but of what was to be done: 92 件, 其中新收 91 件, 上年结转 1 件."""
    due = len(found.parts) == 2 and (found.holds or are_of_two_years(passage, found.parts))
    return bool(carried & {*found.parts}) and not due


def _claim(passage: Passage, kind: str, values: dict[str, Any], at: Sequence[int], **details: Any) -> Claim:
    figures = passage.figures
    spans = sorted({figures[index][:2] for index in at})
    return _spoken(passage, kind, values, spans, **details)


def _spoken(
    passage: Figured,
    kind: str,
    values: dict[str, Any],
    spans: Sequence[tuple[int, int]],
    holds: bool | None = True,
    **details: Any,
) -> Claim:
    first, last = passage.bounds(spans[0][0], spans[-1][1])
    places = tuple([(start - first, end - first) for start, end in spans])
    place = passage.place(spans[0][0])
    return Claim(passage.raw[first:last], kind, values, holds, places, place=place, **details)


def _sum(passage: Passage, found: Sum) -> Claim:
    parts = [passage.figures[index].value for index in found.parts]
    values = {"total": number(found.total.value), "parts": [number(value) for value in parts]}
    if found.holds:
        return _claim(passage, found.kind, values, (*found.total.at, *found.parts))
    return _claim(
        passage,
        found.kind,
        values,
        (*found.total.at, *found.parts),
        holds=False,
        rule="N502",
        severity=found.severity,
        arithmetic=_told(found, parts, [passage.figures[index].value for index in found.total.at]),
        reason=arithmetic.reason(found.reason),
    )


def _told(found: Sum, parts: list[float], made: list[float]) -> Text:
    if found.kind == "part":
        return arithmetic.of_part(parts[0], found.total.value)
    return arithmetic.of_sum(parts, found.total.value, made)


def _share(passage: Passage, share: Ratio) -> Claim:
    part = sum(passage.figures[index].value for index in share.part)
    whole = share.whole_value(passage)
    told = _percent(passage, share, part, whole, bool(share.holds), (share.percent, *share.part, *share.whole))
    return _slightly(passage, share, told)


def _slightly(passage: Passage, share: Ratio, told: Claim) -> Claim:
    """A hint only, if no more than the last decimal is wrong."""
    part, whole = told.values["of"]
    slight = told.rule and whole is not None and is_slight(passage.figures[share.percent], part, whole)
    return told._replace(severity="info") if slight else told


def _percent(
    passage: Passage, share: Ratio, part: float, whole: float | None, holds: bool, at: tuple[int, ...]
) -> Claim:
    percent = passage.figures[share.percent]
    values = {"percent": number(percent.value), "of": [number(part), number(whole)]}
    if holds:
        return _claim(passage, "percent", values, at)
    told = arithmetic.of_share(percent, part, whole)
    return _claim(passage, "percent", values, at, holds=False, rule="N503", severity="warning", arithmetic=told)


def _group(passage: Passage, open_: list[Ratio], earlier: Sequence[Figured]) -> Iterator[Claim]:
    if open_:
        for share, whole, holds in judged(passage, open_, earlier):
            value = whole[0].figures[whole[1]].value if whole else None
            part = passage.figures[share.part[0]].value
            told = _percent(passage, share, part, value, bool(holds), (share.percent, *share.part))
            yield _slightly(passage, share, told) if len(open_) == 1 else told


def change_claim(passage: Passage, change: Change) -> Claim:
    """A growth rate or difference as a claim."""
    told = passage.figures[change.told]
    name = "percent" if change.kind == "growth" else "difference"
    values = {name: number(told.value), "from": number(change.before), "to": number(change.after)}
    at = (change.told, *change.at)
    if change.holds:
        return _claim(passage, change.kind, values, at)
    rule = "N503" if change.kind == "growth" else "N502"
    words = arithmetic.of_change(change, told)
    return _claim(passage, change.kind, values, at, holds=False, rule=rule, severity=change.severity, arithmetic=words)


def _above_all(passage: Passage, at: tuple[int, ...]) -> Claim:
    """Shares that are more than all."""
    parts = [passage.figures[index].value for index in at]
    values = {"total": number(ALL), "parts": [number(part) for part in parts]}
    words = arithmetic.of_all(parts)
    return _claim(passage, "sum", values, at, holds=False, rule="N503", severity="warning", arithmetic=words)


def _beyond(passage: Passage, at: int) -> Claim:
    """A share or rate of more than 100 %."""
    value = passage.figures[at].value
    values = {"percent": number(value), "of": [None, None]}
    words = arithmetic.of_more_than_all(value)
    return _claim(passage, "percent", values, (at,), holds=False, rule="N503", severity="warning", arithmetic=words)


def _multiple(passage: Passage, told: Multiple) -> Claim:
    """3.5 times as much is 350 % of it."""
    old, new = (passage.figures[at] for at in (told.old, told.new))
    values = {"percent": number(round(told.times * 100, 6)), "of": [number(new.value), number(old.value)]}
    spans = sorted([old[:2], new[:2], told.place])
    if told.holds:
        return _spoken(passage, "percent", values, spans)
    words = arithmetic.of_multiple(told.times, new.value, old.value, grew=told.grew)
    return _spoken(passage, "percent", values, spans, holds=False, rule="N503", severity="warning", arithmetic=words)


def _impossible(passage: Passage, told: int, count: int) -> Claim:
    rate, now = passage.figures[told], passage.figures[count]
    values = {"percent": number(rate.value), "from": None, "to": number(now.value)}
    words = arithmetic.of_no_base(rate, now.value)
    return _claim(passage, "growth", values, (told, count), holds=False, rule="N503", severity="info", arithmetic=words)


def _cell(passage: Passage, found: CellClaim, tables: Tables) -> Claim:
    values = {
        "value": number(found.value),
        "cells": [str(cell) for cell in found.cells],
        "table": number(found.expected),
    }
    if found.holds:
        return _spoken(passage, "cell", values, [found.span], cells=found.cells)
    return _spoken(
        passage,
        "cell",
        values,
        [found.span],
        holds=False,
        rule="N501",
        severity="info" if found.scope else "warning",
        arithmetic=arithmetic.of_cells(found.cells, found.value, found.expected, tables),
        reason=_left_over(found.left_over) if found.left_over else _scope(found.scope),
        cells=found.cells,
    )


def _cell_shares(
    passage: Passage, report: About, told: Sequence[Mention], percentages: Sequence[Ratio]
) -> Iterator[Claim]:
    """The shares of results that the counts of the passage have not settled."""
    if report.tables and passage.percents:
        settled = {share.percent for share in percentages if share.holds is not None}
        for share in shares_of_cells(passage, report, told, settled):
            yield _cell_share(passage, share, report.tables)


def _cell_share(passage: Passage, found: CellShare, tables: Tables) -> Claim:
    percent = passage.figures[found.percent]
    values = {"percent": number(percent.value), "of": [number(found.part), number(found.whole)]}
    if found.holds:
        return _claim(passage, "percent", values, (found.percent,))
    words = arithmetic.of_share_of_cells(found.cells, percent, found.part, found.whole, tables)
    severity = found.severity
    return _claim(
        passage, "percent", values, (found.percent,), holds=False, rule="N503", severity=severity, arithmetic=words
    )


def _left_over(year: int) -> Text:
    return Text(
        f"句中写的是 {year} 年，可能是上一年报告的句子没有改。",
        f"The sentence names {year}; perhaps it was left over from last year's report.",
    )


def _scope(word: str) -> Text:
    if not word:
        return Text("", "")
    return Text(
        f"句中有“{word}”，口径可能与表不同。", f"The sentence says “{word}”: perhaps another scope than the table's."
    )


def _quantity(one: Telling, other: Telling) -> Claim:
    first, second = one.figure, other.figure
    where = one.passage.place(first.start).text
    words = Text(
        f"“{other.name}”这里是 {arithmetic.plain(second.value)}，{where.zh}是 {arithmetic.plain(first.value)}",
        f"“{other.name}” is {arithmetic.plain(second.value)} here and {arithmetic.plain(first.value)} in {where.en}",
    )
    values = {"name": other.name, "figures": [number(first.value), number(second.value)]}
    at = [(second.start, second.end)]
    return _spoken(other.passage, "quantity", values, at, holds=False, rule="N504", severity="info", arithmetic=words)
