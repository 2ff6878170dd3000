"""A paragraph → its Figures: counts and percentages with measure word, scale and approximation.

Dates, document numbers, telephone numbers, ordinals and item numbers are no figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from string import ascii_letters, digits
from typing import NamedTuple

from govstats.model.claim import Quantity
from govstats.prose.words import NUMERAL, number_of, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_NUMBER = r"\d(?:(?<!\d,\d)\d{0,2}(?:,\d{3})+(?!,?\d)|\d*)"
"""1,303 or 1303; in a list 30,94,104 no comma parts thousands. It begins with a digit, which `re` looks for in C."""
_SPELLED = rf"[{NUMERAL}](?<![{NUMERAL}]{{2}})[{NUMERAL}]{{0,11}}"
_LONGEST = 12
"""Figures of more digits are codes."""
_LONGEST_BARE = 6
_ALNUM = ascii_letters + digits
_JOINED_BEFORE = frozenset(".-—–/_~〔[#@+&=*×" + _ALNUM)
_JOINED_AFTER = frozenset("-—–/_@~〕]#&=*×“”\"'" + ascii_letters)
_AFTER_BARE = frozenset(",，、;。)和及与!?")
_ENDS = ("", "\n")
"""What stands before and behind a paragraph."""
_NOT_BARE_AFTER = (*_ENDS, " ")
_ITEM_ENDS = frozenset(".、)")
_SUSPECT_AFTER = _JOINED_AFTER | _ITEM_ENDS | {":"}
"""Only beside these, or the like before it, a number of few digits may be no figure."""
_LONGEST_PLAIN = 4
_ITEM_STARTS = (*_ENDS, " ", "(", "。", ";", ":", ",", "，")
_YEARS = range(1900, 2100)
_RANKED = ("", "名", "位")
"""Behind 前, 位列 and the like, what makes of a figure a place in an order."""


def figures(text: str) -> list[Quantity]:
    """All figures of a paragraph of simplified, half-width text, in order."""
    return figures_of(Lines.of([text])).get(0, [])


class Lines(NamedTuple):
    """Texts as one, a line each, since what is looked for in all of them is found so in one go; no text holds a line
    break. `starts` says where each begins."""

    together: str
    starts: list[int]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Lines:
        """The texts as lines."""
        return cls("\n".join(texts), [0, *accumulate([len(text) + 1 for text in texts])])


def figures_of(lines: Lines) -> dict[int, list[Quantity]]:
    """Number of the line → its figures, in order."""
    found = _in_digits(lines)
    spelled: dict[int, list[Quantity]] = {}
    for number, figure in _in_words(lines):
        spelled.setdefault(number, []).append(figure)
    return found | {number: sorted([*found.get(number, ()), *figures]) for number, figures in spelled.items()}


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The words that are asked for at every figure, ready to be asked.

    `units`: a measure word → what it counts (None: a date), and what makes another word of it. `suspects`: only behind
    one of these characters may a figure be none, or be approximate.
    """

    number: re.Pattern[str]
    spelled: re.Pattern[str]
    units: dict[str, tuple[str | None, tuple[str, ...]]]
    scales: dict[str, float]
    ordinals: frozenset[str]
    suspects: frozenset[str]
    approximations: dict[str, str]
    heads: tuple[tuple[tuple[str, ...], str], ...]


@cache
def _lexicon() -> _Lexicon:
    known = words()
    units = [*known.families, *known.dates, *known.percents]
    scales = one_of(known.scales.keys() - {"十", "百", "千"})
    suffixes = dict.fromkeys(known.or_more, ">") | dict.fromkeys(known.or_less, "<") | dict.fromkeys(known.or_so, "~")
    number = (
        rf"({_NUMBER}(?:\.\d+)*) ?({scales})?({one_of(known.more)})?(万|亿)?"
        rf" ?({one_of(units)})?({one_of(suffixes)})?"
    )
    families = {"": ""} | known.families | dict.fromkeys(known.percents, "%") | dict.fromkeys(known.dates)
    heads = ((known.at_least, ">"), (known.at_most, "<"), (known.about, "~"))
    return _Lexicon(
        number=lazy(number),
        spelled=lazy(f"({_SPELLED})({one_of(known.counted_in_words)})"),
        units={unit: (family, known.not_measures.get(unit, ())) for unit, family in families.items()},
        scales={"": 1.0} | known.scales,
        ordinals=frozenset(known.ordinals),
        suspects=_JOINED_BEFORE.union(known.ordinals, ":", *(word[-1] for names, _ in heads for word in names)),
        approximations=suffixes,
        heads=heads,
    )


def _in_digits(lines: Lines) -> dict[int, list[Quantity]]:
    lexicon, (text, starts) = _lexicon(), lines
    suspects, units, scales = lexicon.suspects, lexicon.units, lexicon.scales
    found: dict[int, list[Quantity]] = {}
    begin = end = 0
    line: list[Quantity] = []
    for match in lexicon.number.finditer(text):
        printed, scale, more, second, unit, suffix = match.groups("")
        family, not_before = units[unit]
        if family is None:
            continue  # a date
        start, stop = match.span(1)
        suspect = text[start - 1 : start] in suspects or stop - start > _LONGEST_PLAIN
        if (suspect or text[stop : stop + 1] in _SUSPECT_AFTER) and _is_sign(text, start, stop, unit):
            continue
        if not_before and text.startswith(not_before, match.end(5)):
            unit = family = ""  # it opens another word: 5 部门
        if unit:
            stop = match.end()
        elif not _may_be_bare(text, printed, start, stop := match.end(3 if more else 2 if scale else 1)):
            continue
        if scale or (second and unit):
            value, grain = _scaled(printed, scales[scale] * scales[second if unit else ""])
        else:
            value, grain = (float(printed), 1.0) if printed.isdecimal() else _scaled(printed, 1.0)
        approx = ">" if more else lexicon.approximations[suffix] if suffix and unit else ""
        if suspect and not approx:
            approx = _told(text, start, lexicon)
        if start >= end:
            number = bisect_right(starts, start) - 1
            begin, end = starts[number], starts[number + 1]
            line = found[number] = []
        line.append(Quantity(start - begin, stop - begin, value, grain, unit, family, approx))
    return found


def _is_sign(text: str, start: int, end: int, unit: str) -> bool:
    """Is it an order, a code, the number of an item?"""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in _JOINED_BEFORE or after in _JOINED_AFTER or end - start > _LONGEST:
        return True
    if before in _lexicon().ordinals and (before == "第" or unit in _RANKED):
        return True
    if before == ":" and text[start - 2 : start - 1].isdigit():
        return True
    if after == ":" and text[end + 1 : end + 2].isdigit():
        return True
    return text.count(".", start, end) > 1 or (after in _ITEM_ENDS and _is_item(text, start, end))


def _is_item(text: str, start: int, end: int) -> bool:
    """Is it the number of an item: `1.网络申请`, `2、信函申请`?"""
    before, after = text[start - 1 : start], text[end + 1 : end + 2]
    if before == "(" and _is_filled_in(text, start, end):
        return False
    return end - start <= 2 and before in _ITEM_STARTS and not after.isdigit()


def _is_filled_in(text: str, start: int, end: int) -> bool:
    """信息(22)条、: a form's blank, behind a word and before a measure word that ends its clause."""
    return text[start - 2 : start - 1].isalpha() and _filled_in().match(text, end) is not None


@cache
def _filled_in() -> re.Pattern[str]:
    return lazy(rf"\) ?(?:{one_of(words().families)})(?=[,，、;。)]|$)")


def _may_be_bare(text: str, number: str, start: int, end: int) -> bool:
    """Without a measure word only what ends a clause, and is neither a code nor a year."""
    after = text[end : end + 1]
    if not (after in _AFTER_BARE or after in _ENDS) or text[start - 1 : start] in _NOT_BARE_AFTER:
        return False
    coded = len(number) > _LONGEST_BARE or (number[0] == "0" and number[1:2] not in ("", "."))
    year = len(number) == 4 and number.isdigit() and int(number) in _YEARS
    return not coded and not year


def _scaled(number: str, scale: float) -> tuple[float, float]:
    """1,303 or 4.59 times its scale, and one unit of the last printed place."""
    whole, _, decimals = number.replace(",", "").partition(".")
    value = float(whole)
    if decimals or scale != 1:
        value = round(float(f"{whole}.{decimals}") * scale, 6)
    return value, scale / 10 ** len(decimals) if decimals else scale


def _told(text: str, start: int, lexicon: _Lexicon) -> str:
    """The approximation that the words before a figure tell."""
    head = text[max(0, start - 4) : start]
    for names, sign in lexicon.heads:
        if head.endswith(names):
            return sign
    return ""


def _in_words(lines: Lines) -> Iterator[tuple[int, Quantity]]:
    """三件, 二十四件; not 第三条, 一次性, 一项."""
    known, text = words(), lines.together
    for match in _lexicon().spelled.finditer(text):
        value, unit = number_of(match[1]), match[2]
        before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 1]
        idiom = before.endswith(known.not_counts_before) or text.startswith(known.not_counts_after, match.end())
        plain_one = match[1] == "一" and (after not in _AFTER_BARE or before[-1:] in _ENDS)
        if value and not idiom and not plain_one:
            number = bisect_right(lines.starts, match.start()) - 1
            start, end = match.start() - lines.starts[number], match.end() - lines.starts[number]
            yield number, Quantity(start, end, float(value), 1.0, unit, known.families.get(unit, unit), "")
