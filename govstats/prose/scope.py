"""Of whom a sentence speaks: the reporting body itself, or a wider or narrower circle than its table may have."""

from __future__ import annotations

import re
from functools import cache

from govstats.prose.words import finder, one_of, words

_OWN = ("我", "本")
_LONGEST_NAME = 10
_TELLING = 4
"""So many last characters of an agency's name tell it from other bodies."""


def scope(head: str, agency: str | None) -> str:
    """The word (全市, 市本级, 备案, another body's name) that sets a sentence apart; empty if none does.

    `head` is the sentence up to the figure; the body named last is the one that it speaks of.
    """
    match = finder("scopes").search(head)
    if match:
        return match[0]
    own = finder("own_agency").search(finder("not_own_agency").sub("", head))
    return own[0] if own else _other_body(head, agency)


def _other_body(head: str, agency: str | None) -> str:
    bodies: list[str] = _body().findall(head)
    if not bodies or bodies[-1].startswith(_OWN):
        return ""
    name = bodies[-1]
    return "" if agency and (name in agency or name.endswith(agency[-_TELLING:])) else name


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"[我本一-鿿]{{1,{_LONGEST_NAME}}}?(?:{one_of(words().bodies)})(?!{one_of(words().not_bodies)})")
