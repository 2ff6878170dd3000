"""A printed cell → Figure: its value, its state, its unit. Nothing that is not a figure becomes one."""

from __future__ import annotations

import math
import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from govstats.text.labels import REMEMBERED, plain
from govstats.text.unseen import THING as THING
from govstats.text.unseen import is_reversed, without_shapeless


class State(IntEnum):
    """What a cell holds. Only NUMBER and ZERO have a value; the rest is `<NA>` and never taken for 0."""

    ABSENT = 0
    NUMBER = 1
    ZERO = 2
    BLANK = 3
    MARK = 4
    UNREADABLE = 5


class Figure(NamedTuple):
    """A cell's value (NaN without one), state, and unit as printed (`件`, `万元`, or empty)."""

    value: float
    state: State
    unit: str = ""


def or_none(values: list[float]) -> list[float | None]:
    """The values of cells, None for NaN: where there is no figure to read."""
    return [None if math.isnan(value) else value for value in values]


BLANK = Figure(math.nan, State.BLANK)
ABSENT = Figure(math.nan, State.ABSENT)
UNREADABLE = Figure(math.nan, State.UNREADABLE)

_MARKS = {"/", "//", "\\", "-", "--", "—", "——", "–", "―", "−", "─", "──", "无"}
_FIGURE = re.compile(
    r"(?P<sign>[-−+]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?"
    r"(?P<unit>(?:千|百?万|亿)?元|件次|[件条宗份篇起例次项个人]|人次)?"
)
_MULTIPLES = ("千", "万", "亿")
_CURRENCY = re.compile(
    r"^(?:人民币|RMB)?\s*[:：]?\s*[¥￥]?\s*|\s*(?:整|[(（]\s*(?:人民币|RMB)\s*[)）])$", re.IGNORECASE
)
_UP_AND_DOWN = frozenset("增减")
_CHANGE = re.compile(r"(?P<word>增加?|减少?)(?P<size>\d.*)")
_QUESTION = frozenset("?？")
_SPACE_LOST = re.compile(r"^(?:[?？]+\s+)+|(?:\s+[?？]+)+$")
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_EXACT_BELOW = 2**53


@lru_cache(maxsize=REMEMBERED)
def figure(raw: str) -> Figure:
    """A printed cell → Figure.

    Full width digits, thousands separators, spaces of all kinds and a unit are understood; a blank and a
    mark (`/`, `-`, `—`, `无`) are kept apart from 0. Two figures in one cell, masked (`1***`),
    approximate and damaged figures are UNREADABLE.
    """
    stripped = _stripped(raw)
    if stripped.isdigit() and stripped.isascii() and (len(stripped) == 1 or not is_reversed(raw)):
        return _number(float(stripped), "")
    if not stripped:
        return BLANK
    if (
        _is_broken_between_digits(stripped)
        or (is_reversed(raw) and len(stripped) > 1)
        or any(map(_is_note_mark, stripped))
    ):
        return UNREADABLE
    text = plain(stripped)
    if text in _MARKS:
        return Figure(math.nan, State.MARK)
    match = _FIGURE.fullmatch(text)
    if not match:
        return UNREADABLE
    value = float(match["whole"].replace(",", "") + (match["part"] or ""))
    return _number(-value if match["sign"] in {"-", "−"} else value, match["unit"] or "")


def _stripped(raw: str) -> str:
    """What is seen of a cell; a question mark apart from the rest was an ideographic space."""
    seen = without_shapeless(raw).strip()
    return _SPACE_LOST.sub("", seen) if seen[:1] in _QUESTION or seen[-1:] in _QUESTION else seen


@lru_cache(maxsize=REMEMBERED)
def count(raw: str) -> Figure:
    """A printed count → Figure: whole, and not of money."""
    read = figure(raw)
    return whole(read) if "元" not in read.unit else UNREADABLE


@lru_cache(maxsize=4096)
def amount(raw: str) -> Figure:
    """A printed amount → Figure, also with words that do not change it: `34.5万` is 万元, `人民币3456元整` 元."""
    read = figure(raw)
    if read.state is not State.UNREADABLE:
        return read
    bare = _CURRENCY.sub("", _stripped(raw))
    read = figure(bare + "元" if bare.endswith(_MULTIPLES) else bare)
    return read if read.state in (State.NUMBER, State.ZERO) else UNREADABLE


def whole(read: Figure) -> Figure:
    """The figure if it has no fraction, else UNREADABLE."""
    return read if math.isnan(read.value) or read.value == int(read.value) else UNREADABLE


@lru_cache(maxsize=4096)
def change(raw: str) -> Figure:
    """A printed change → Figure: `-417`, `+5`, and in words `增10`, `减少3件` (−3)."""
    match = _CHANGE.fullmatch(plain(_stripped(raw)))
    if match is None:
        return whole(figure(raw))
    read = whole(figure(match["size"]))
    return read._replace(value=-read.value) if match["word"][0] == "减" and read.value else read


def is_change(text: str) -> bool:
    """Is this a change in words: 增10, 减少3件?"""
    return text[:1] in _UP_AND_DOWN and change(text).state in (State.NUMBER, State.ZERO)


def _number(value: float, unit: str) -> Figure:
    if abs(value) >= _EXACT_BELOW:
        return UNREADABLE
    return Figure(value, State.NUMBER if value else State.ZERO, unit)


def _is_note_mark(character: str) -> bool:
    """②, ⁵ and ⑫ are digits to Unicode, but note marks to a reader."""
    return character not in _DIGITS and unicodedata.category(character) in {"Nd", "Nl", "No"}


def _is_broken_between_digits(text: str) -> bool:
    """`12 3` or `12⏎3`: two figures in one cell, or one torn apart; nobody can tell."""
    pieces = text.split()
    return any(left[-1].isdigit() and right[0].isdigit() for left, right in pairwise(pieces))


MONEY = ("元", "千元", "万元", "百万元", "亿元")
_UNITS = frozenset(["件", "条", "个", "份", "篇", "宗", "次", "项", "人", *MONEY, "件次", "人次"])
_MONEY_SAID = re.compile(r"(?:[(](?:单位[:为]?)?|单位[:为]?|/)(?:人民币)?((?:千|百?万|亿)?元)")


def money_said(text: str) -> str:
    """The unit of money that a header or a caption names: `本年收费金额（单位：元）` → 元; empty if it names none."""
    if "元" not in text:
        return ""
    bare = plain(text)
    found = _MONEY_SAID.search(bare)
    return found[1] if found else bare if bare in MONEY else ""


@lru_cache(maxsize=REMEMBERED)
def is_unit(text: str) -> bool:
    """Is this cell only a unit, as in a column 单位?"""
    return plain(text) in _UNITS
