"""Listings → claims of sums: 共 24 件, 其中 5 件, 10 件, 9 件."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from govstats.prose.almost import almost
from govstats.prose.listing import Listing, with_more
from govstats.prose.passages import Passage
from govstats.prose.readings import (
    closing,
    is_rest,
    lawful,
    rest_of,
    summed,
)
from govstats.prose.siblings import TOTALS, divides_anew
from govstats.prose.totals import Total, is_left_out, is_of_many_units, total_of, totals
from govstats.prose.unequal import as_closed, fault_of
from govstats.prose.weighing import Sum, is_counted_once
from govstats.prose.words import says
from govstats.text.patterns import lazy


def sums(passage: Passage, listed: Sequence[Listing]) -> Iterator[Sum]:
    """The sums of a passage's listings, one for each measure word that has a total."""
    for listing in map(partial(_ended, passage), listed):
        if len(listing.parts) < 2 or listing.of_results:
            continue
        bracket = listing.attached and passage.gaps[listing.parts[0]].startswith("(")
        candidates = list(totals(passage, listing.totals, bracket))
        found = _sum(passage, listing, candidates)
        if found is not None and not found.holds and bracket and _HEADED.match(passage.gaps[listing.parts[0]]):
            continue
        if found is None or _leaves_some(passage, listing, found):
            found = _above_in_other_units(passage, listing, candidates)
        if found is not None and not is_counted_once(passage, found):
            yield found
            yield from _of_other_units(passage, listing, candidates, found)


_HEADED = lazy(r"\((?!其中|包括|包含|含|按|分)[^(),，;:\d]{3,}:")
"""财政 1 条（各业务线数据：环保 14 条、应急 1 条）: under a heading of its own it need not be of the 1."""


def _ended(passage: Passage, listing: Listing) -> Listing:
    """政策类 207 条，包含事故 11 条，其他 97 条；动态 145 条: an inner list ends with the rest, if its clause does."""
    if not listing.inner:
        return listing
    own = tuple(part for part in listing.parts if passage.segments[part] == passage.segments[listing.parts[0]])
    of_all = is_rest(passage, own[-1]) and len(rest_of(passage, own[-1])) <= _SHORT
    made = summed(passage, own)[0] in [passage.figures[at].value for at in listing.totals]  # of the outer one, perhaps
    return listing._replace(totals=listing.totals[:1], parts=own, inner=False) if of_all and not made else listing


_SHORT = 3
"""其他, 其他信息, 其他类文件; 其他行政权力信息 is a kind among kinds."""


def unread_lists(listed: Sequence[Listing]) -> set[int]:
    """The figures of lists that have no total: they stand side by side, and none is the total of the others."""
    return {part for listing in listed if listing.inside and not listing.totals for part in listing.parts}


def _sum(passage: Passage, listing: Listing, candidates: list[Total]) -> Sum | None:
    """A list holds if it makes any of the totals, and rather whole than with a part left over."""
    closed = [
        (total, reading) for total in candidates if (reading := closing(passage, total, listing.parts)) is not None
    ]
    if closed:
        return as_closed(passage, *next((each for each in closed if not each[1].left), closed[0]))
    for total in candidates:
        longer = next(
            (parts for parts in with_more(passage, listing.parts) if total.equals(*summed(passage, parts))), None
        )
        if longer:
            return Sum(total, longer, True)
    return _open(passage, listing, [total for total in candidates if not is_of_many_units(passage, total)])


def _leaves_some(passage: Passage, listing: Listing, found: Sum) -> bool:
    """公报 56 篇、月报 38 期、动态 82 篇 of 173 篇: less only without the part that has another measure word?"""
    between = [part for part in listing.parts if found.parts[0] < part < found.parts[-1]]
    return found.reason == "below" and any(
        part not in found.parts and passage.figures[part].unit == _ISSUES for part in between
    )


_ISSUES = "期"
"""What a thing is counted by as well as an event."""


def _above_in_other_units(passage: Passage, listing: Listing, candidates: list[Total]) -> Sum | None:
    """532 条，其中公众号 357 条、媒体 101 篇、网站 75 篇: more than the total, in words that may count otherwise; for
    sure if those that count as it does are more."""
    total = next((each for each in candidates if len(each.at) == 1 and not each.approx), None)
    figures = [passage.figures[part] for part in listing.parts]
    units = {figure.unit for figure in figures}
    if total is None or not listing.attached or listing.partial or listing.inner or len(units) == 1:
        return None
    families = {figure.family for figure in figures if figure.unit != _ISSUES}
    if families | {total.family} != {"thing"} or len(figures) < 3:
        return None
    excess = summed(passage, listing.parts)[0] - total.value
    if not 0 < excess <= total.value or any(figure.approx or figure.value > total.value for figure in figures):
        return None
    own = tuple(part for part in listing.parts if passage.figures[part].unit == total.unit)
    sure = len(own) > 1 and summed(passage, own)[0] > total.value
    parts = own if sure else listing.parts
    of_else = any(says(passage.labels[part], "other_matters", "requests") for part in parts)
    if of_else and not _are_in_row(passage, parts):
        return None
    return Sum(total, parts, False, "warning" if sure else "info", "above")


def _are_in_row(passage: Passage, parts: tuple[int, ...]) -> bool:
    """动态 29 条、审批 180 个、信访答复 2 条: is there but a pause between each and the next, as in one list?"""
    return all(passage.gaps[part].startswith("、") and not set(passage.gaps[part]) & set(",;。") for part in parts[1:])


def _of_other_units(passage: Passage, listing: Listing, candidates: list[Total], found: Sum) -> Iterator[Sum]:
    """申请 125 件, 公开 114 条; 其中市级 113 件, 102 条; 县级 10 件, 10 条: two totals over one list."""
    for total in candidates:
        if total.unit != found.total.unit and len(total.at) == 1:
            left = tuple(i for i in listing.parts if i not in found.parts and passage.figures[i].unit == total.unit)
            parts = lawful(passage, total, left)[-1]
            reading = closing(passage, total, parts)
            judged = Sum(total, reading.parts, True) if reading else fault_of(passage, listing, [total], [parts])
            if judged:
                yield judged._replace(severity=None if judged.holds else "info")
            return


def _open(passage: Passage, listing: Listing, candidates: list[Total]) -> Sum | None:
    """No reading closes: the nearest total, and the beginnings at which the list may lawfully end."""
    own = _own_total(passage, listing)
    if own:
        return own
    made = [total for total in candidates if len(total.at) > 1 and is_left_out(passage, total.at[1])]
    single = [total for total in candidates if len(total.at) == 1]
    units = {passage.figures[part].unit for part in listing.parts}
    single.sort(key=lambda total: (total.unit not in units, not total.value))  # 信息 104 条，申请 8 件，其中网站 87 条
    for total in made or single:
        ends = _ends(passage, total, listing)
        if len(ends[-1]) > 1 and not _is_beyond(passage, total, listing.parts[0]):
            others = candidates if total in made else _rivals(passage, listing, candidates, total)
            told = fault_of(passage, listing, [total, *others], ends)
            plain = listing.attached and not (listing.partial or listing.inner)
            unsure = told is None or (told.severity == "info" and told.reason == "below")
            return (almost(passage, total, reversed(ends)) if plain and unsure else None) or told
    return None


def _own_total(passage: Passage, listing: Listing) -> Sum | None:
    """目录中年报 1 条、文件 98 条、其他 3 条，共发布 102 条: a total told behind a list that makes it is what it is of,
    and no total before."""
    behind = min(listing.parts[-1] + 1, len(passage.figures) - 1)
    for at, index in enumerate((*listing.parts, behind)):
        parts, total = listing.parts[:at], total_of(passage.figures[index], index)
        if len(parts) < 2 or index in parts:
            continue
        if passage.labels[index].startswith(TOTALS) and total.equals(*summed(passage, parts)):
            return Sum(total, parts, True)
    return None


def _ends(passage: Passage, total: Total, listing: Listing) -> list[tuple[int, ...]]:
    """The beginnings at which the list may end: also where a figure divides the whole anew."""
    ends = lawful(passage, total, listing.parts)
    whole = ends[-1]
    anew = next((at for at in range(1, len(whole)) if divides_anew(passage, whole[:at], whole[at])), len(whole))
    return sorted({*ends, whole[:anew]}, key=len)


def _is_beyond(passage: Passage, total: Total, first: int) -> bool:
    """Does a semicolon part them, and neither 其中 nor 按内容分 begin the list behind it?"""
    at = total.at[0]
    if passage.sentences[at] != passage.sentences[first] or passage.segments[at] == passage.segments[first]:
        return False
    return _OF_IT.match(passage.gaps[first].rpartition(";")[2].lstrip()) is None


_OF_IT = lazy("其中|按[^,，。;]{1,12}[分看]")


def _rivals(passage: Passage, listing: Listing, candidates: list[Total], total: Total) -> list[Total]:
    """What else the list may be of: nothing, if it follows its total and nothing else was counted in its clause."""
    clause = passage.segments[total.at[0]]
    made = [
        other for other in candidates if len(other.at) > 1 and all(passage.segments[at] == clause for at in other.at)
    ]
    return made if listing.attached else [other for other in candidates if other is not total]
