"""A list whose parts make their total, and one more figure: is it a part like the others, or do they divide anew?"""

from __future__ import annotations

from govstats.prose.account import is_carried_on
from govstats.prose.passages import Passage
from govstats.prose.readings import is_parallel, is_rest
from govstats.prose.words import says


def are_of_one_kind(passage: Passage, parts: tuple[int, ...]) -> bool:
    """Do all of them divide requests by one thing of which each has one: who asks, its result, its way?"""
    (kind, *more) = {_axis(passage, index) for index in parts}
    steps = kind == _OUTCOMES and any(says(passage.about(index), "steps") for index in parts)
    return not more and kind < len(_AXES) and not steps


def is_sibling(passage: Passage, before: tuple[int, ...], following: int) -> bool:
    """Does it divide as the parts before it do, and not anew: by applicant, by way, by result, by what came of them?"""
    if is_rest(passage, following):
        return True
    label = passage.labels[following]
    if not is_parallel(passage, before, following) or says(label, "of_the_same") or label.startswith(_TOTALS):
        return False
    return all(_axis(passage, index) == _axis(passage, following) for index in before)


_AXES = (("persons", "bodies_asking"), ("outcomes",), ("ways",))
_OUTCOMES = 1
_TOTALS = ("共", "合计", "总")
"""…，部门 32 名，乡镇 13 名，共 48 名: the total of more."""
_REQUESTS = ("件", "宗", "份", "起", "")


def _axis(passage: Passage, index: int) -> int:
    """By what a figure divides requests: who asks, what came of it, how it came; none of them: the last."""
    said, unit = passage.about(index), passage.figures[index].unit
    if is_carried_on(said):
        return _OUTCOMES
    found = next((at for at, names in enumerate(_AXES) if says(said, *names)), len(_AXES))
    return len(_AXES) if found == _OUTCOMES and unit not in _REQUESTS else found
