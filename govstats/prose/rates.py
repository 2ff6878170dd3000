"""Rates: 已发布 1193 项, 完成率 83.94%: the part is the last count, the whole one that stands before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from govstats.model.claim import Quantity
from govstats.prose.judge import judged
from govstats.prose.passages import Passage
from govstats.prose.ratios import ASIDE, Ratio, fits, gap
from govstats.prose.words import finder, says
from govstats.text.patterns import lazy


def rate(passage: Passage, index: int, clause: str) -> Iterator[Ratio]:
    """The rate that figure `index` is, if the counts before it make it, or if nothing but them can be meant."""
    match = finder("rates").search(clause)
    counts = _before(passage, index)
    if match is None or not counts or passage.figures[index - 1].percent:
        return
    percent, values = passage.figures[index], [figure.value for figure in passage.figures]
    pairs = [(part, whole) for part, whole in product(reversed(counts), counts) if whole != part]
    found = judged(pairs, lambda pair: gap(percent, values[pair[0]], values[pair[1]]))
    if found and found[1]:
        yield Ratio(index, found[0][:1], found[0][1:], True)
        return
    part, stem = counts[-1], match[0][:-1]
    wholes = [whole for whole in counts[:-1] if values[whole] >= values[part]]
    strict = not says(clause, "in_time") and _is_done(passage.labels[part], stem) and len(wholes) == 1
    strict = strict and not _is_of_carried_too(passage, percent, part, counts)
    strict = strict and not (percent.value == _ALL and _may_be_of_fewer(passage, wholes[0], stem, part))
    strict = strict and not _has_own_noun(clause[: match.start()], passage.about(part) + passage.about(wholes[0]))
    of_all = strict and len(counts) == 2 and f"应{stem}" in passage.labels[wholes[0]]
    strict = strict and (of_all or not (stem == _PUBLISHED and _is_published(passage.labels[wholes[0]])))
    if strict and len(counts) <= 3:
        yield Ratio(index, (part,), (wholes[0],), False, "warning", "rate")


def _is_of_carried_too(passage: Passage, percent: Quantity, part: int, counts: list[int]) -> bool:
    """受理 80 件，结转 4 件，办结 80 件，办结率 95.2%: of what was received and carried in."""
    value = {count: passage.figures[count].value for count in counts}
    carried = [count for count in counts if says(passage.about(count), "carried")]
    return any(
        fits(percent, value[part], value[at] + value[count]) for at in counts for count in carried if at != count
    )


_ALL = 100.0


def _may_be_of_fewer(passage: Passage, whole: int, stem: str, part: int) -> bool:
    """答复率 100% of those that were due: the sentence tells what became of the others (or 应解读尽解读); or of 办理 60
    件 itself; and of one document there may be two 解读."""
    first, last = passage.bounds(passage.figures[whole].start, passage.figures[part].end)
    said = passage.text[first:last]
    return stem not in passage.labels[part] or says(said, "not_yet", "rest", "made_of") or f"应{stem}" in said


_PUBLISHED = "公开"


def _is_published(label: str) -> bool:
    """公开信息 87 条，其中公文 40 条，公开率 95%: a rate of publishing is of what was made or asked for."""
    return says(label, "published") and not says(label, "requests")


def _has_own_noun(before: str, counted: str) -> bool:
    """政策文件多形式解读率 is that of something else than 解读 32 件 of 文件 41 件."""
    return bool(set(ASIDE.sub("", before)) - set(counted))


def _before(passage: Passage, index: int) -> list[int]:
    """The counts before a percentage, back to the last percentage or semicolon, that count what the last counts."""
    here: list[int] = []
    for i in range(index - 1, max(-1, index - 7), -1):
        if passage.figures[i].percent or passage.segments[i] != passage.segments[index]:
            break
        here.insert(0, i)
    return [i for i in here if passage.figures[i].unit == passage.figures[here[-1]].unit]


def _is_done(label: str, stem: str) -> bool:
    """Does the label say what the rate is of: 合格 for 合格率, 已… for 完成率?"""
    if _DENIES.search(label):
        return False
    return stem in label or stem[:1] in label or (stem == "完成" and "已" in label)


_DENIES = lazy("[不未非没无]")
"""不合格 55 个, 合格率 82.48%: the rate is that of the others."""
