"""A report → Traits: what a copy of it is known by, in 170 bytes: its figures that are not 0, and its text.

The text counts without digits, names, and what every report says (schemas/prose/reasons.yaml). Of its 8-character
shingles a sketch is kept (one-permutation hashing: of each of 64 classes of hashes the least one): two texts are
alike by as much as their sketches agree.
"""

from __future__ import annotations

import hashlib
import re
import struct
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govstats.comparison.notes import reasons
from govstats.model.forms import TableForm
from govstats.model.report import Report
from govstats.text.anchors import words_in_all
from govstats.text.figures import State
from govstats.text.patterns import lazy

CLASSES = 64
_SHINGLE = 8
_EMPTY = 0xFFFF
_PACKED = struct.Struct("<QfQHI")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_KEPT_ON = frozenset({"in_force", "previous_items", "cumulative", "public_total"})
"""Columns whose figures rightly stay as they are from year to year."""
_NOT_TEXT = lazy(r"[\W\d_a-zA-Z〇零一二两三四五六七八九十百千万]+")
_DATES = lazy(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|\d?(?=[月日号]))")
_FIGURE = lazy(
    r"[\d一二两三四五六七八九十百](?:(?<=\d)\d*(?:\.\d+)?|(?<!\d)[一二两三四五六七八九十百]*(?=[件次个条项场期份]))"
)
"""Both begin with one set of characters, so that the others are passed over at once."""
_MOST_BITS = 12.0


class Traits(NamedTuple):
    """What tells a copy: `figures`, a digest of all figures that are not 0, which hold `bits` of information; `text`, a
    digest of the prose with its figures, of which it has `counts`; `shingles`, how many; `sketch`, the least of each
    class of their hashes (uint16; 64 of them, none without a text)."""

    figures: int
    bits: float
    text: int
    counts: int
    shingles: int
    sketch: bytes

    def to_bytes(self) -> bytes:
        """For a store."""
        return _PACKED.pack(*self[:5]) + self.sketch

    @classmethod
    def from_bytes(cls, data: bytes) -> Traits:
        """The reverse."""
        figures, bits, text, counts, shingles = _PACKED.unpack_from(data)
        return cls(figures, bits, text, counts, shingles, data[_PACKED.size :])


NONE = Traits(0, 0.0, 0, 0, 0, b"")


def traits(report: Report, text: str) -> Traits:
    """The traits of a report; `text`: its prose, simplified and half width, a paragraph a line."""
    digest, bits = 0, 0.0
    for table in report.tables.values():
        more, carried = figures_of(table.form, table.values, table.states)
        digest, bits = digest ^ more, bits + carried
    return Traits(digest, bits, *_of_text(_own(text, report.agency)))


def figures_of(form: TableForm, values: NDArray[np.float64], states: NDArray[np.uint8]) -> tuple[int, float]:
    """A digest of a table's figures that are not 0, and how many bits they hold: those of totals, which follow from
    others, and of stocks, which stay as they are, are none."""
    known = ((states == State.NUMBER) | (states == State.ZERO)) & (values != 0)
    at = np.flatnonzero(known)
    if not at.size:
        return 0, 0.0
    marks, grain = _cells(form)
    mixed = _mixed(marks[at] ^ np.ascontiguousarray(values[at], dtype="<f8").view(np.uint64))
    bits = np.minimum(np.log2(1 + np.abs(values[at]) * grain[at]), _MOST_BITS)
    return int(np.bitwise_xor.reduce(mixed)), float(np.where(grain[at] > 0, bits, 0.0).sum())


@lru_cache(maxsize=64)
def _cells(form: TableForm) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
    """A mark for each cell, the same in all forms; how fine its figures are: 0 for those that follow from others."""
    marks = [
        int.from_bytes(hashlib.blake2b("/".join(cell).encode(), digest_size=8).digest(), "little")
        for cell in form.cells
    ]
    follows = {side[0] for each in form.relations if each.is_sum for side in (each.left, each.right) if len(side) == 1}
    follows |= {each.left[0] for each in form.relations if not each.is_sum}
    grain = [
        0.0 if at in follows or cell.column in _KEPT_ON else 100.0 if figure.number == "amount" else 1.0
        for at, (cell, figure) in enumerate(zip(form.cells, form.figures, strict=True))
    ]
    return np.array(marks, dtype=np.uint64), np.array(grain)


def _mixed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit depends on every other (splitmix64)."""
    mixed = hashes + _BASE
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    found: NDArray[np.uint64] = mixed ^ (mixed >> np.uint64(31))
    return found


def _own(text: str, agency: str | None) -> str:
    """The sentences that are the report's own, a line each, without the agency's name."""
    parts = [part for part in text.split("\n") if "|" not in part and "\t" not in part]
    printed = "\n".join(parts).replace("。", "\n")
    said = {line for line in _lines_with(_hint(), printed) if _stock().search(line)}
    own = "\n".join([line for line in printed.split("\n") if len(line) >= _SHINGLE and line not in said])
    return own.replace(agency, "") if agency else own


def _lines_with(pattern: re.Pattern[str], text: str) -> set[str]:
    """The lines in which the pattern, whose matches are in one line, is found."""
    return {
        text[text.rfind("\n", 0, match.start()) + 1 : end if (end := text.find("\n", match.end())) >= 0 else None]
        for match in pattern.finditer(text)
    }


@cache
def _stock() -> re.Pattern[str]:
    return lazy("|".join(f"(?:{pattern})" for pattern in reasons().stock))


@cache
def _hint() -> re.Pattern[str]:
    return words_in_all(reasons().stock)


def _of_text(own: str) -> tuple[int, int, int, bytes]:
    bare = _NOT_TEXT.sub("", own)
    if len(bare) < _SHINGLE:
        return 0, 0, 0, b""
    dated = _DATES.sub("", own)
    digest = hashlib.blake2b("".join(dated.split()).encode("utf-8", "replace"), digest_size=8).digest()
    hashes = _hashes(bare)
    counts = len(set(_FIGURE.findall(dated)))
    return int.from_bytes(digest, "little"), min(counts, 2**16 - 1), _n_different(hashes), _sketch(hashes).tobytes()


def _hashes(text: str) -> NDArray[np.uint64]:
    """The hashes of the shingles of a text."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    n = len(codes) - _SHINGLE + 1
    rolled = np.zeros(n, dtype=np.uint64)
    for at in range(_SHINGLE):
        rolled = rolled * _BASE + codes[at : at + n]
    return _mixed(rolled)


def _n_different(hashes: NDArray[np.uint64]) -> int:
    """By sorting: numpy's own `unique` takes three times as long."""
    ordered = np.sort(hashes)
    return 1 + int(np.count_nonzero(ordered[1:] != ordered[:-1]))


def _sketch(hashes: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Of each class the least hash, in 16 bits."""
    least = np.full(CLASSES, _EMPTY, dtype=np.uint16)
    np.minimum.at(least, (hashes & np.uint64(CLASSES - 1)).astype(np.intp), (hashes >> np.uint64(48)).astype(np.uint16))
    return least
