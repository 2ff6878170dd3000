"""A sum that does not hold because its parts stand within each other, so that nothing is claimed."""

from __future__ import annotations

from itertools import accumulate

from govstats.prose.passages import Passage
from govstats.prose.weighing import Sum
from govstats.prose.words import says
from govstats.text.patterns import lazy

_OF_WHICH = lazy(r"当?中(?![央心国小华共])")
_ENDED = lazy("审结|办结|答复|回复|受理")


def nests(passage: Passage, found: Sum) -> bool:
    """Is one of the parts the whole of what follows it (新收 95 件中办结 90 件; 审结 8 件, 维持 6 件, 纠正 2 件), or is
    another total told that the parts make?"""
    return any(
        _OF_WHICH.match(passage.gaps[part + 1])
        or (_ENDED.search(passage.labels[part]) and _is_divided(passage, part))
        or _is_divided_by_its_segment(passage, part, found.parts[-1])
        for part in found.parts
    ) or _makes_another(passage, found)


def _is_divided(passage: Passage, part: int) -> bool:
    """Do two or more of the figures behind it, one after the other, make it?"""
    behind = range(part + 1, len(passage.figures))
    there = [at for at in behind if passage.sentences[at] == passage.sentences[part] and not passage.depths[at]]
    return passage.figures[part].value in [*accumulate(passage.figures[at].value for at in there)][1:]


def _is_divided_by_its_segment(passage: Passage, part: int, last: int) -> bool:
    """机构信息 22 条，概况 1 条、其中领导 13 条、内设 4 条、下属 4 条；动态 1 条: do all behind it up to the semicolon
    make it?"""
    segment = passage.segments[part]
    if passage.segments[last] == segment:
        return False
    behind = [at for at in range(part + 1, last) if passage.segments[at] == segment]
    values = [passage.figures[at].value for at in behind if not passage.figures[at].percent]
    return len(values) >= _FEWEST and sum(values) == passage.figures[part].value


_FEWEST = 3


def _makes_another(passage: Passage, found: Sum) -> bool:
    """新收 10 件, 上年结转 2 件, 共 12 件, 审结 11 件, 未审结 1 件: the 12 are divided, not the 10."""
    made = sum(passage.figures[part].value for part in found.parts)
    first = found.total.at[0]
    if first and passage.figures[first - 1].value == made + found.total.value and "其中" not in passage.gaps[first]:
        return True  # 机构信息 22 条，概况 1 条、其中领导 13 条、职能 8 条
    between = range(max(found.total.at) + 1, min(found.parts))
    return any(passage.figures[at].value == made and says(passage.labels[at], "wholes") for at in between)
