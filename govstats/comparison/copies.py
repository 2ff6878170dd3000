"""Traits of all reports → Copies (Y604): whose figures, or whose text, are those of another year or another agency.

Thresholds, as measured (docs/decisions.md): of 80,000 pairs of years of small made agencies, none had the same figures
by chance with more than 13 bits in them; nor had any of 120,000 reports those of another agency (benchmarks/copies.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govstats.catalog.rules import get_rule
from govstats.comparison.filings import Entry
from govstats.comparison.traits import CLASSES, Traits
from govstats.lang import Text
from govstats.model.finding import Finding

OWN_BITS, OTHERS_BITS = 15.0, 25.0
"""So much information must be in figures that are those of another year, or of another agency."""
LIKENESS = 0.94
LEAST_SHINGLES = 300
"""A text so long, and so like another, is no coincidence."""
_LEAST_COUNTS, _SHORTEST = 3, 40
"""A shorter one is told only with its figures: so many of them, in so many shingles."""
_NOTHING_TO_TELL = 3.0
"""Bits. A report of zeros has rightly the text of another."""
_BANDS = 8
_GROUP = 64
_OFFICE = re.compile(r"(?:人民政府|政府)?(?:办公厅|办公室|办)?$")


@dataclass(frozen=True, slots=True)
class Copy:
    """The report at a number has the figures (`of_figures`) or the text of `source`. `mutual`: which of the two is the
    copy, nobody can say."""

    number: int
    source: Entry
    of_figures: bool
    likeness: float
    mutual: bool


class Filed(NamedTuple):
    """A report that may be a copy: its entry, and the key of its agency."""

    entry: Entry
    key: str


def find_copies(
    filed: Mapping[int, Filed], traits: Iterable[tuple[int, Traits]], parents: Mapping[str, str | None]
) -> dict[int, Copy]:
    """Number → of what it is a copy. `parents`: a parent with one unit rightly has its figures."""
    columns = _Columns(filed, traits)
    best: dict[int, Copy] = {}
    for copy in _pairs(columns, parents):
        known = best.get(copy.number)
        if known is None or (copy.of_figures, not copy.mutual, copy.likeness) > (
            known.of_figures,
            not known.mutual,
            known.likeness,
        ):
            best[copy.number] = copy
    return best


class _Columns:
    """The traits of all reports as columns."""

    def __init__(self, filed: Mapping[int, Filed], traits: Iterable[tuple[int, Traits]]) -> None:
        kept = [(filed[number], each) for number, each in traits if number in filed]
        self.filed = [each for each, _ in kept]
        self.figures = np.array([each.figures for _, each in kept], dtype=np.uint64)
        self.bits = np.array([each.bits for _, each in kept], dtype=np.float32)
        self.text = np.array([each.text for _, each in kept], dtype=np.uint64)
        self.counts = np.array([each.counts for _, each in kept], dtype=np.uint16)
        self.shingles = np.array([each.shingles for _, each in kept], dtype=np.uint32)
        none = bytes(2 * CLASSES)
        joined = b"".join(each.sketch or none for _, each in kept)
        self.sketches = np.frombuffer(joined, dtype=np.uint16).reshape(-1, CLASSES)

    def likeness(self, one: int, other: int) -> float:
        """How much of two texts is the same, between 0 and 1."""
        if not self.shingles[one] or not self.shingles[other]:
            return 0.0
        return float((self.sketches[one] == self.sketches[other]).mean())


def _pairs(columns: _Columns, parents: Mapping[str, str | None]) -> Iterator[Copy]:
    for one, other in dict.fromkeys(_candidates(columns)):
        first, second = columns.filed[one], columns.filed[other]
        if not _apart(first, second, parents):
            continue
        own = first.key == second.key
        bits = OWN_BITS if own else OTHERS_BITS
        same = columns.figures[one] == columns.figures[other] and bool(columns.bits[one] >= bits)
        likeness = columns.likeness(one, other)
        if same or _same_text(columns, one, other, likeness):
            yield from _directed(first.entry, second.entry, same, likeness)


def _same_text(columns: _Columns, one: int, other: int, likeness: float) -> bool:
    """Is the text the same, and not just because nothing happened?"""
    if columns.bits[one] < _NOTHING_TO_TELL and columns.bits[other] < _NOTHING_TO_TELL:
        return False
    shorter = min(columns.shingles[one], columns.shingles[other])
    if shorter >= LEAST_SHINGLES and likeness >= LIKENESS:
        return True
    exact = columns.text[one] == columns.text[other]
    return bool(exact and shorter >= _SHORTEST and columns.counts[one] >= _LEAST_COUNTS)


def _apart(one: Filed, other: Filed, parents: Mapping[str, str | None]) -> bool:
    """Are they reports of two years or two agencies that should not be the same? A government's is its office's; a
    parent's may be that of its only unit."""
    if one.key == other.key:
        return one.entry.year != other.entry.year
    if parents.get(one.key) == other.key or parents.get(other.key) == one.key:
        return False
    return not (_is_short_for(one.key, other.key) or _OFFICE.sub("", one.key) == _OFFICE.sub("", other.key))


def _is_short_for(one: str, other: str) -> bool:
    """青山县城管局 and 青山县城市管理局: one body under two names, or before and after a renaming."""
    short, long = sorted((one, other), key=len)
    left = iter(long)
    return all(character in left for character in short)


def _directed(one: Entry, other: Entry, same: bool, likeness: float) -> Iterator[Copy]:
    """The later is the copy; of one year, each may be."""
    if one.year != other.year:
        old, new = sorted((one, other), key=lambda each: each.year or 0)
        yield Copy(new.number, old, same, likeness, mutual=False)
        return
    yield Copy(one.number, other, same, likeness, mutual=True)
    yield Copy(other.number, one, same, likeness, mutual=True)


def _candidates(columns: _Columns) -> Iterator[tuple[int, int]]:
    """Pairs that agree in a digest or in a band of the sketch: each with the first of its group, and the one before."""
    everything = np.arange(len(columns.filed))
    yield from _groups(columns, columns.figures, everything[columns.bits >= OWN_BITS])
    yield from _groups(
        columns, columns.text, everything[(columns.counts >= _LEAST_COUNTS) & (columns.shingles >= _SHORTEST)]
    )
    long = everything[columns.shingles >= LEAST_SHINGLES]
    width = CLASSES // _BANDS
    for band in range(_BANDS):
        part = np.ascontiguousarray(columns.sketches[long, band * width : (band + 1) * width])
        words = part.view(np.uint64)
        key = words[:, 0] ^ (words[:, 1] * np.uint64(0x9E3779B97F4A7C15)) if len(long) else np.empty(0, np.uint64)
        spread = np.zeros(len(columns.filed), dtype=np.uint64)
        spread[long] = key
        yield from _groups(columns, spread, long)


def _groups(columns: _Columns, keys: NDArray[np.uint64], among: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Pairs of equal keys among some reports, the earliest first."""
    if len(among) < 2:
        return
    order = among[np.argsort(keys[among], kind="stable")]
    sorted_keys = keys[order]
    starts = np.flatnonzero(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]])
    sizes = np.diff(np.r_[starts, len(order)])
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        members = sorted(order[start : start + size].tolist(), key=lambda at: (columns.filed[at].entry.year or 0, at))
        yield from _within(columns, members)


def _within(columns: _Columns, members: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(members) <= _GROUP:
        last: dict[str, int] = {}
        for at, member in enumerate(members):
            key = columns.filed[member].key
            for other in {members[0], members[max(at - 1, 0)], last.get(key, member)} - {member}:
                yield min(other, member), max(other, member)
            last[key] = member
        return
    for member in members[1:]:
        yield min(members[0], member), max(members[0], member)


def copy_finding(copy: Copy, own_agency: str | None, cause: str) -> Finding:
    """Y604: of what it is a copy, in what, and which of the two that is."""
    source = copy.source
    what = Text("不为 0 的数字", "the figures that are not 0") if copy.of_figures else Text("正文", "the text")
    alike = (
        Text(f"（正文相同 {copy.likeness:.0%}）", f" (the text by {copy.likeness:.0%})")
        if copy.likeness
        else Text("", "")
    )
    whose = Text(f"{source.agency} {source.year} 年", f"{source.agency} for {source.year}")
    if source.agency == own_agency:
        whose = Text(f"本机关 {source.year} 年", f"this agency for {source.year}")
    which = Text("", "")
    if copy.mutual:
        which = Text(
            "两份报告同一年度，哪一份是抄来的，仅凭报告不能断定。",
            " Both are of one year; which is the copy the reports do not tell.",
        )
    fields = {"what": what, "whose": whose, "other": source.path, "alike": alike, "which": which}
    return get_rule("Y604").finding(fields, other=source.path, cause=cause, quotes=(f"{source.agency} {source.year}",))
