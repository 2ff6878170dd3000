"""Of whom a sentence speaks: the reporting body itself, or a wider or narrower circle than its table may have."""

from __future__ import annotations

import re
from functools import cache

from govstats.prose.words import finder, says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_YEAR = lazy(r"(?<!\d)((?:19|20)\d{2})年")
_LAST = lazy(r"(?:去年|上年度?|上一年度?|往年|以往年?度?|以前年度)(?!度?结转)")
_CARRIED = lazy(r"(?:19|20)\d{2}年(?:度)?结转")
_TOTAL_OF_A_YEAR = lazy(
    r"(?:(?<![至到止—–~、和及\-\d])(?P<year>(?:19|20)\d{2})年度?(?![底末初前起至到止—–~、和及\-])|全年|本年度?|今年|当年)"
    r"(?:(?!年来|半年|季度|截至|截止|期间|历年)[^。;\d月]){0,60}?累计"
)
"""2023年, 我局累计收到: in one year, if no figure stands between."""


def is_other_time(head: str, year: int | None) -> bool:
    """Does the sentence up to a figure speak of another year, or of many (历年, 累计, 以来)?"""
    named = _YEAR.findall(_CARRIED.sub("", head))
    if "累计" in head and {*named} <= {str(year)}:
        head = _TOTAL_OF_A_YEAR.sub(lambda match: match[0].removesuffix("累计"), head)
    return (
        says(head, "other_times") or _LAST.search(head) is not None or bool(named and year and int(named[-1]) != year)
    )


def years_named(head: str) -> frozenset[str]:
    """The years in it."""
    return frozenset(_YEAR.findall(head))


_OWN = ("我", "本")
_LONGEST_NAME = 10
_TELLING = 4
"""So many last characters of an agency's name tell it from other bodies."""


def scope(told: str, agency: str | None) -> str:
    """The word (全市, 市本级, 备案, another body's name) that sets a figure apart; empty if none does.

    `told` is the text up to the figure; who is named last is the one that it speaks of.
    """
    last = None
    for found in _circle().finditer(finder("not_own_agency").sub("", told)):
        last = found
    if last is None or last["own"] or (last["body"] and _is_own(last["body"], agency)):
        return ""
    return "" if last[0] in words().own_scopes and _is_one_body(agency) else last[0]


def _is_one_body(agency: str | None) -> bool:
    """A bureau is what its report speaks of; a government, or who reports for it, may speak of others too."""
    return agency is not None and not agency.endswith(words().governments)


def _is_own(name: str, agency: str | None) -> bool:
    """The agency by its name, or a body that calls itself 我 or 本."""
    if any(own in name for own in _OWN):
        return True
    return agency is not None and (name in agency or name.endswith(agency[-_TELLING:]))


@cache
def _circle() -> re.Pattern[str]:
    known = words()
    body = rf"[一-鿿]{{1,{_LONGEST_NAME}}}?(?:{one_of(known.bodies)})(?!{one_of(known.not_bodies)})"
    wide = one_of((*known.scopes, *known.own_agency, *known.own_scopes))
    return lazy(rf"(?P<own>{one_of(known.own_bodies)})|(?P<wide>{wide})|(?P<body>{body})")
