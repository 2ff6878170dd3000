"""Listings → claims of sums: 共 24 件, 其中 5 件, 10 件, 9 件."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govstats.prose.listing import Listing, listings
from govstats.prose.passages import Passage
from govstats.prose.readings import Reading, closing, default, is_stage, summed
from govstats.prose.totals import Total, is_left_out, totals
from govstats.prose.words import says

_SELECTION = 0.5
"""A list that names less than half of its total picks out examples: nothing is claimed."""


_CHANCE = 100
"""Of smaller figures some add up to the total, or are a tenth of it, by chance."""


_TELLING = 4
"""Two figures of so many digits that differ in zeros only are one figure."""


class Sum(NamedTuple):
    """A total, its parts, and what was found: `holds`, else `warning` or `info` and why."""

    total: Total
    parts: tuple[int, ...]
    holds: bool
    severity: str | None = None
    reason: str = ""
    kind: str = "sum"


def sums(passage: Passage) -> Iterator[Sum]:
    """The sums of a passage's listings, one for each measure word that has a total."""
    for listing in listings(passage):
        if len(listing.parts) < 2:
            continue
        candidates = list(totals(passage, listing.totals))
        found = _sum(passage, listing, candidates)
        if found is not None:
            yield found
            yield from _of_other_units(passage, listing, candidates, found)


def _sum(passage: Passage, listing: Listing, candidates: list[Total]) -> Sum | None:
    for total in candidates:
        reading = closing(passage, total, listing.parts)
        if reading is not None:
            return _closed(passage, total, reading)
    return _open(passage, listing, candidates)


def _of_other_units(passage: Passage, listing: Listing, candidates: list[Total], found: Sum) -> Iterator[Sum]:
    """申请 125 件, 公开 114 条; 其中市级 113 件, 102 条; 县级 10 件, 10 条: two totals over one list."""
    for total in candidates:
        if total.unit != found.total.unit and len(total.at) == 1:
            parts = tuple(i for i in listing.parts if i not in found.parts and passage.figures[i].unit == total.unit)
            reading = closing(passage, total, parts) or default(passage, total, parts)
            judged = reading and _judged(passage, total, reading)
            if judged:
                yield judged._replace(severity=None if judged.holds else "info")
            return


def _closed(passage: Passage, total: Total, reading: Reading) -> Sum:
    """The sum holds, unless a further part of the same kind follows: then the parts overlap, or are too many."""
    if not reading.left or not _goes_on(passage, total, reading):
        return Sum(total, reading.parts, True)
    by_chance = total.value < _CHANCE
    parts = (*reading.parts, *reading.left)
    return Sum(total, parts, False, "warning" if by_chance else "info", "above" if by_chance else "overlap")


def _goes_on(passage: Passage, total: Total, reading: Reading) -> bool:
    following, last = reading.left[0], reading.parts[-1]
    return (
        len(reading.left) == 1
        and passage.segments[following] == passage.segments[last]
        and passage.figures[following].value != total.value
        and passage.figures[following].unit == passage.figures[last].unit
        and passage.gaps[following][:1] == passage.gaps[last][:1]
        and not is_stage(passage, following)
    )


def _open(passage: Passage, listing: Listing, candidates: list[Total]) -> Sum | None:
    """No reading closes: the nearest total that is large enough for each part, and the reader's first reading."""
    made = [total for total in candidates if len(total.at) > 1 and is_left_out(passage, total.at[1])]
    for total in made or [total for total in candidates if len(total.at) == 1]:
        reading = default(passage, total, listing.parts)
        if reading and max(passage.figures[index].value for index in reading.parts) <= total.value:
            return _judged(passage, total, reading)
    return None


def _judged(passage: Passage, total: Total, reading: Reading) -> Sum | None:
    value, grain = summed(passage, reading.parts)
    if total.equals(value, grain):
        return Sum(total, reading.parts, True)
    if _is_uneven(passage, reading.parts):
        return None
    if value < total.value:
        return _below(passage, total, reading, value)
    if total.approx or _alike(passage, total, reading.parts) < len(reading.parts):
        return Sum(total, reading.parts, False, "info", "above")
    return Sum(total, reading.parts, False, "warning", "above")


def _is_uneven(passage: Passage, parts: tuple[int, ...]) -> bool:
    """Are some parts approximate, or of a finer kind than the whole (二级栏目, unless 一级 stands beside them)?"""
    if any(passage.figures[index].approx for index in parts):
        return True
    labels = [passage.about(index) for index in parts]
    return any(says(label, "inner") for label in labels) and not any("一级" in label for label in labels)


def _is_slip(total: float, value: float) -> bool:
    """Is one the other with 万 or a few zeros too many?"""
    return len(f"{value:.0f}".rstrip("0")) >= _TELLING and any(value * 10**power == total for power in (1, 2, 3, 4, 8))


def _alike(passage: Passage, total: Total, parts: tuple[int, ...]) -> int:
    """How many parts count with the total's own measure word."""
    return sum(passage.figures[index].unit in (total.unit, "") for index in parts)


def _below(passage: Passage, total: Total, reading: Reading, value: float) -> Sum | None:
    if not total.approx and any(is_rest(passage, index) for index in reading.parts):
        return Sum(total, reading.parts, False, "warning", "rest")
    if _is_slip(total.value, value):
        return Sum(total, reading.parts, False, "info", "scale")
    if value < _SELECTION * total.value or _alike(passage, total, reading.parts) < len(reading.parts):
        return None
    return Sum(total, reading.parts, False, "info", "below")


def is_rest(passage: Passage, index: int) -> bool:
    """其他, 其余: a part that says that nothing is left out."""
    words = passage.labels[index]
    return says(words, "rest") and not says(words, "not_rest")
