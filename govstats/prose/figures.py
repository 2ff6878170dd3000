"""A paragraph → its Figures: counts and percentages with measure word, scale and approximation.

Dates, document numbers, telephone numbers, ordinals and item numbers are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govstats.prose.numerals import NUMERAL, number_of
from govstats.prose.words import one_of, words

_NUMBER = r"(?<!\d,)\d{1,3}(?:,\d{3})+(?!,?\d)|\d+"
_LONGEST = 12
"""Figures of more digits are codes."""
_LONGEST_BARE = 6
_JOINED_BEFORE = frozenset(".-—–/_~〔[#@+&=*×")
_JOINED_AFTER = frozenset("-—–/_@~〕]#&=*×“”\"'")
_AFTER_BARE = frozenset(",，、;。)和及与!?")
_ITEM_ENDS = frozenset(".、)")
_YEARS = range(1900, 2100)


class Figure(NamedTuple):
    """A figure and its place in the paragraph.

    `value` has its scale multiplied out, `grain` is one unit of its last printed place. `unit` is its measure word
    (empty: none printed), `family` what that counts, `%` for percentages. `approx`: `>` at least, `<` at most,
    `~` about, empty: exact.
    """

    start: int
    end: int
    value: float
    grain: float
    unit: str
    family: str
    approx: str = ""

    @property
    def percent(self) -> bool:
        """Is it a percentage?"""
        return self.family == "%"


def figures(text: str) -> list[Figure]:
    """All figures of a paragraph of simplified, half-width text, in order."""
    found = list(_in_digits(text))
    spelled = list(_in_words(text))
    return sorted([*found, *spelled]) if spelled else found


def _in_digits(text: str) -> Iterator[Figure]:
    for match in _pattern().finditer(text):
        figure = _figure(text, match)
        if figure is not None:
            yield figure


@cache
def _pattern() -> re.Pattern[str]:
    known = words()
    units = [*known.families, *known.dates, *known.percents]
    scales = one_of(known.scales.keys() - {"十", "百", "千"})
    return re.compile(
        rf"(?P<number>(?:{_NUMBER})(?:\.\d+)*) ?(?P<scale>{scales})?(?P<more>{one_of(known.more)})?(?P<late>万|亿)?"
        rf" ?(?P<unit>{one_of(units)})?(?P<suffix>{one_of((*known.or_more, *known.or_less, *known.or_so))})?"
    )


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    number, unit = match["number"], match["unit"] or ""
    if _is_joined(text, match) or number.count(".") > 1 or len(number) > _LONGEST:
        return None
    end = match.end() if unit else max(match.end(group) for group in ("number", "scale", "more", "late"))
    if unit and _opens_another_word(text, match.end("unit"), unit):
        unit, end = "", match.start("unit")
    if not unit and not _may_be_bare(text, match, end):
        return None
    return _made(match, unit, end, _approx(text, match))


def _is_joined(text: str, match: re.Match[str]) -> bool:
    """Is the number part of a longer sign: a date, a code, an order?"""
    start, end = match.start(), match.end("number")
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and (before in _JOINED_BEFORE or (before.isascii() and before.isalnum())):
        return True
    if after and (after in _JOINED_AFTER or (after.isascii() and after.isalpha())):
        return True
    if before in (":", "(") and (text[start - 2 : start - 1].isdigit() or after == ":"):
        return before == ":" or after == ")"
    if after == ":" and text[end + 1 : end + 2].isdigit():
        return True
    return match["unit"] in _dates() or text.startswith(words().ordinals, start - 1) or _is_item(text, start, end)


@cache
def _dates() -> frozenset[str]:
    return frozenset(words().dates)


def _is_item(text: str, start: int, end: int) -> bool:
    """Is it the number of an item: `1.网络申请`, `2、信函申请`?"""
    if end - start > 2 or text[end : end + 1] not in _ITEM_ENDS:
        return False
    before, after = text[start - 1 : start], text[end + 1 : end + 2]
    return before in ("", " ", "(", "。", ";", ":", ",", "，") and not after.isdigit()


def _opens_another_word(text: str, end: int, unit: str) -> bool:
    return text.startswith(words().not_measures.get(unit, ()) or ("\0",), end)


def _may_be_bare(text: str, match: re.Match[str], end: int) -> bool:
    """Without a measure word only what ends a clause, and is neither a code nor a year."""
    number = match["number"]
    ends = end == len(text) or text[end] in _AFTER_BARE
    before = text[match.start() - 1 : match.start()]
    coded = len(number) > _LONGEST_BARE or (number[0] == "0" and number[1:2] not in ("", "."))
    year = number.isdigit() and len(number) == 4 and int(number) in _YEARS
    return ends and before != "" and before != " " and not coded and not year


def _made(match: re.Match[str], unit: str, end: int, approx: str) -> Figure:
    known = words()
    number = match["number"].replace(",", "")
    scale = known.scales.get(match["scale"] or "", 1) * (known.scales.get(match["late"] or "", 1) if unit else 1)
    decimals = len(number.partition(".")[2])
    percent = unit in known.percents
    family = "%" if percent else known.families.get(unit, "")
    value = round(float(number) * scale, 6) if decimals or scale != 1 else float(number)
    return Figure(match.start(), end, value, scale / 10**decimals, unit, family, approx)


def _approx(text: str, match: re.Match[str]) -> str:
    known = words()
    suffix, head = match["suffix"] or "", text[max(0, match.start() - 4) : match.start()]
    if match["more"] or suffix in known.or_more or head.endswith(known.at_least):
        return ">"
    if suffix in known.or_less or head.endswith(known.at_most):
        return "<"
    return "~" if suffix or head.endswith(known.about) else ""


@cache
def _spelled() -> re.Pattern[str]:
    return re.compile(rf"(?P<number>[{NUMERAL}]+)(?P<unit>{one_of(words().counted_in_words)})")


def _in_words(text: str) -> Iterator[Figure]:
    """三件, 二十四件; not 第三条, 一次性, 一项."""
    known = words()
    for match in _spelled().finditer(text):
        value = number_of(match["number"])
        before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 1]
        idiom = before.endswith(known.not_counts_before) or after in known.not_counts_after
        plain_one = match["number"] == "一" and (after not in _AFTER_BARE or not before)
        if value and not idiom and not plain_one:
            unit = match["unit"]
            yield Figure(match.start(), match.end(), float(value), 1.0, unit, known.families.get(unit, unit))
