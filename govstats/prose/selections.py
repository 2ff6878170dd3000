"""共 24 件, 其中网络申请 5 件: a list of one part claims no sum, only that the part is not above its whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govstats.prose.listing import Listing
from govstats.prose.passages import Passage
from govstats.prose.readings import is_stage
from govstats.prose.totals import total_of
from govstats.prose.weighing import Sum
from govstats.prose.words import says

_OF_WHICH = "其中"
_COUNTED = ("thing", "person", "money")
_CARRIED = "结转"
_GENERIC = frozenset("个项种类处家户")
"""Measure words of anything: 检查网站 12 个, 其中发现问题 15 个."""


def selections(passage: Passage, listed: Sequence[Listing]) -> Iterator[Sum]:
    """The single parts of a passage that 其中 names, each with its whole."""
    if _OF_WHICH not in passage.text:
        return
    for listing in listed:
        if len(listing.parts) == 1 and listing.totals and _is_part(passage, listing.parts[0]):
            yield from _selection(passage, listing.totals, listing.parts[0])


def _is_part(passage: Passage, part: int) -> bool:
    """Does 其中 stand right before it, and is it a share of the same things, not what became of them?"""
    figure, label = passage.figures[part], passage.about(part)
    behind = passage.gaps[part].rpartition(_OF_WHICH)
    return (
        bool(behind[1])
        and not set(behind[2].lstrip(",，:")) & set("。;,，")
        and figure.family in _COUNTED
        and not figure.approx
        and not is_stage(passage, part)
        and not says(label, "inner", "up", "down", "before", "other_times")
    )


def _selection(passage: Passage, totals: tuple[int, ...], part: int) -> Iterator[Sum]:
    """It holds against the nearest figure before it; it is accused only if it is above all that may be its whole."""
    figure, nearest = passage.figures[part], passage.figures[totals[0]]
    wholes = [index for index in totals if passage.figures[index].unit == figure.unit]
    if totals[0] not in wholes or not _counts_alike(passage, totals[0], part):
        return
    total = total_of(nearest, totals[0])
    if figure.value <= nearest.value:
        yield Sum(total, (part,), True, kind="part")
    elif figure.value > sum(passage.figures[index].value for index in wholes) and _is_sure(passage, wholes, part):
        yield Sum(total, (part,), False, "warning", kind="part")


def _counts_alike(passage: Passage, whole: int, part: int) -> bool:
    """Is the whole a count as well, and not that of other things?"""
    label = passage.about(whole)
    if says(label, "up", "down", "before"):
        return False
    about = passage.about(part).removeprefix(_OF_WHICH)
    if says(about, "made_of") and not says(label, "made_of"):
        return False
    alike = any(about[at : at + 2] in label for at in range(len(about) - 1))
    return alike or passage.figures[part].unit not in _GENERIC


def _is_sure(passage: Passage, wholes: list[int], part: int) -> bool:
    """No figure of them is approximate, nothing was carried over, and of the sentence before there is only one."""
    same = passage.sentences[wholes[0]] == passage.sentences[part]
    exact = not any(passage.figures[index].approx for index in wholes)
    exact = exact and not passage.gaps[part].startswith(";")  # …现有 23 件；其中，收到申请 141 件: no part of those
    return exact and _CARRIED not in passage.text and (same or len(wholes) == 1)
