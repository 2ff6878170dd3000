"""Figured → may it claim anything? Cheap necessary conditions, so that most paragraphs cost next to nothing."""

from __future__ import annotations

from govstats.prose.multiples import TIMES
from govstats.prose.nouns import may_be_named
from govstats.prose.passages import Figured

_LISTING = frozenset(["list", "inside"])
_OF_TWO = frozenset(["share", "change"])
_OF_MORE = frozenset(
    [
        "requests",
        "carried",
        "change",
        "grand total",
        "cases",
        "complement",
        "rest",
        "left out",
        "ten thousands",
        "items",
    ]
)
_UNNUMBERED = frozenset(["none", "all of", "requests", "carried"])
_LONGEST_END = 16
"""So many characters hold the end of a noun and the filler behind it."""


def may_tell(figured: Figured) -> bool:
    """May it name a cell, say without a figure what was not, or tell a quantity for the second time?"""
    text = figured.text
    return (
        not figured.signs.isdisjoint(_UNNUMBERED)
        or "共" in text
        or "栏" in text
        or "公众号" in text
        or _may_name(figured)
    )


def may_reckon(figured: Figured) -> bool:
    """May its figures make each other? Two need a list or a percentage, more a word of theirs or one measure word."""
    count, text, signs = len(figured.figures), figured.text, figured.signs
    if count < 2:
        return False
    if "(" in text or ":" in text or TIMES in text or not signs.isdisjoint(_LISTING):
        return True
    if figured.percents and not signs.isdisjoint(_OF_TWO):
        return True
    return count > 2 and (not signs.isdisjoint(_OF_MORE) or _is_run(figured))


def may_share(figured: Figured) -> bool:
    """Does it speak of shares or rates, or put in brackets what a percentage is of?"""
    return "share" in figured.signs or "(" in figured.text


def _is_run(figured: Figured) -> bool:
    """Do three figures that follow each other count with one measure word?"""
    units = [figure.unit for figure in figured.figures]
    return any(one == two == three for one, two, three in zip(units, units[1:], units[2:], strict=False))


def _may_name(figured: Figured) -> bool:
    """Are the words before one of its figures those that end a noun, or too few, so that those after it tell?"""
    text, behind = figured.text, 0
    spaced = " " in text
    for figure in figured.figures:
        start = figure.start
        said = text[max(behind, start - _LONGEST_END) : start]
        if may_be_named(said.replace(" ", "") if spaced else said):
            return True
        behind = figure.end
    return False
