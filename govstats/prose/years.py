"""The year that a stretch of a sentence speaks of, and whether that is another than the report's."""

from __future__ import annotations

import re

from govstats.prose.words import says

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_LAST = re.compile(r"(?:去年|上年度?|上一年度?)(?!度?结转)")
_CARRIED = re.compile(r"(?:19|20)\d{2}年(?:度)?结转")


def is_other_time(head: str, year: int | None) -> bool:
    """Does the sentence up to a figure speak of another year, or of many (历年, 累计, 以来)?"""
    named = _YEAR.findall(_CARRIED.sub("", head))
    return (
        says(head, "other_times") or _LAST.search(head) is not None or bool(named and year and int(named[-1]) != year)
    )


def years_named(head: str) -> frozenset[str]:
    """The years in it."""
    return frozenset(_YEAR.findall(head))
