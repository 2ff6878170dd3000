"""Of whom a sentence speaks: the reporting body itself, or a wider or narrower circle than its table may have."""

from __future__ import annotations

import re
from functools import cache

from govstats.prose.words import finder, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_OWN = ("我", "本")
_YEARS = lazy(r"(?:19|20)\d\d年度?")
"""2023年度全局 names no 年度全局."""
_LONGEST_NAME = 10
_TELLING = 4
"""So many last characters of an agency's name tell it from other bodies."""


def scope(told: str, agency: str | None) -> str:
    """The word (全市, 市本级, 备案, another body's name) that sets a figure apart; empty if none does.

    `told` is the text up to the figure; who is named last is the one that it speaks of.
    """
    last = None
    for found in _circle().finditer(finder("not_own_agency").sub("", _YEARS.sub("，", told))):
        last = found
    if last is None or last["own"] or (last["body"] and _is_own(last["body"], agency)):
        return ""
    return "" if last[0] in words().own_scopes and _is_one_body(agency) else last[0]


def _is_one_body(agency: str | None) -> bool:
    """A bureau is what its report speaks of; a government, or who reports for it, may speak of others too."""
    return agency is not None and not agency.endswith(words().governments)


def names_own(body: str, agency: str | None) -> bool:
    """Is it the reporting body, and nothing wider or narrower?"""
    found = [*_circle().finditer(body)]
    return len(found) == 1 and found[0][0] == body and scope(body, agency) == ""


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
