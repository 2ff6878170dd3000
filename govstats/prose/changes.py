"""Changes: 由 400 条增加到 500 条, 增长 25%; 比上年的 50 件下降 26%; 比上年减少 15 件, 下降 25%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govstats.model.claim import Quantity
from govstats.prose.compared import (
    YEAR,
    Span,
    compared,
    from_to,
    is_bare,
    is_difference,
    said_of,
    sentence_counts,
    spans,
)
from govstats.prose.judge import judged
from govstats.prose.passages import Passage
from govstats.prose.ratios import fits, gap
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy


class Change(NamedTuple):
    """From one value to another, and what is said of it (figure `told`: a percentage or a difference)."""

    told: int
    before: float
    after: float
    at: tuple[int, ...]
    holds: bool
    severity: str | None
    kind: str


def changes(passage: Passage) -> Iterator[Change]:
    """Growth rates and differences whose both ends the sentence tells."""
    for index, figure in enumerate(passage.figures):
        if figure.percent and _is_growth(passage, index):
            yield from _growth(passage, index)
        elif not figure.percent and says(passage.labels[index], "up", "down"):
            yield from _difference(passage, index)


def _is_growth(passage: Passage, index: int) -> bool:
    label = passage.labels[index]
    return says(label, "up", "down", "change_rates") and "占" not in label


def _growth(passage: Passage, index: int) -> Iterator[Change]:
    percent = passage.figures[index]
    if percent.unit == "个百分点" or (index and passage.figures[index - 1].percent):
        return
    found = judged(spans(passage, index), lambda span: gap(percent, abs(span.after - span.before), span.before))
    if found is None:
        return
    span, holds = found
    if not holds and _is_of_another_year(passage, index, span):
        return
    span = span if holds else _of_its_subject(passage, index) or span
    if holds and _is_the_other_way(passage, index, span):
        yield Change(index, *span, False, "warning", "growth")
    elif holds or span.at[0] > index or (is_bare(passage.labels[index]) and not _is_of_less(passage, span)):
        yield Change(index, *span, holds, None if holds else "warning", "growth")


def _is_of_another_year(passage: Passage, index: int, span: Span) -> bool:
    """2021 年为 50 件，较 2020 年增长 20%: the figures name years, and none that the change is said to be since."""
    since = YEAR.findall(passage.labels[index])
    named = {year for at in span.at if at != index for year in YEAR.findall(passage.labels[at])}
    return bool(since and named) and named.isdisjoint(since)


def _of_its_subject(passage: Passage, index: int) -> Span | None:
    """网站 203 条，微信 29 条，较上年增加 38 条，增长 31.2%: what is told if nothing fits: the whole whose parts stand
    between, else the count next to it."""
    told = reversed([*spans(passage, index)])
    of = {min(span.at): span for span in told if span.before > 0 and min(span.at) < index}
    near = [at for at in sentence_counts(passage, index) if passage.segments[at] == passage.segments[index]]
    near = [at for at in near if not says(passage.labels[at], "up", "down", "before")]
    whole = next((at for at in near[:-1] if at in of and _is_divided(passage, at, near[-1])), near[-1] if near else -1)
    return of.get(whole)


def _is_divided(passage: Passage, whole: int, last: int) -> bool:
    """Do the counts behind it, up to the last, make it?"""
    parts = range(whole + 1, last + 1)
    alike = [at for at in parts if passage.depths[at] == passage.depths[whole] and not passage.figures[at].percent]
    return sum(passage.figures[at].value for at in alike) == passage.figures[whole].value


def _is_the_other_way(passage: Passage, index: int, span: Span) -> bool:
    """收到 238 件, 比上年的 211 件下降 12.8%: does it say less of what has become more?"""
    label = passage.labels[index]
    up, down = says(label, "up"), says(label, "down")
    grown = span.after - span.before
    return up is not down and "负" not in label and (grown < 0 if up else grown > 0)


def _is_of_less(passage: Passage, span: Span) -> bool:
    """收到 60 件, 网上申请较上年的 16 件增长 25%: has what is compared a noun of its own?"""
    old, new = span.at
    noun, *compared = _comparing().split(said_of(passage, old), maxsplit=1)
    noun = _AMOUNT.sub("", noun)
    return bool(compared and noun) and new < old and noun not in passage.labels[new]


@cache
def _comparing() -> re.Pattern[str]:
    return lazy(rf"[与同和跟比较](?=.{{0,2}}(?:{one_of(words().before)}|(?:19|20)\d{{2}}年))")


_AMOUNT = lazy("^(?:其中|该|此)?(?:总|共)?|(?:数量|总量|件数|数|量)$|[同相]$")


def impossible_growth(passage: Passage) -> Iterator[tuple[int, int]]:
    """Rates that no whole number of the year before gives: 60 件, 较上年上升 261% (16 would be 275%, 17 be 252.9%)."""
    for told, count in lone_growth(passage):
        rate, now = passage.figures[told], passage.figures[count]
        adjacent = count == told - 1 and now.grain == 1 and not now.approx and not rate.approx
        if (
            adjacent
            and says(passage.labels[told], "up")
            and not any(
                _may_grow(rate, passage.figures[other].value) for other in (count, *rivals(passage, told, count))
            )
        ):
            yield told, count


def rivals(passage: Passage, told: int, count: int) -> list[int]:
    """The other counts that the sentence's rate may be of: 收到 300 件, 办结 290 件, 结转 18 件, 较上年增长 36.4%."""
    figures, depths = passage.figures, passage.depths
    return [
        other
        for other in sentence_counts(passage, told)
        if other != count and figures[other].unit == figures[count].unit and depths[other] == depths[count]
    ]


def _may_grow(rate: Quantity, now: float) -> bool:
    return now > _FEW or _has_whole_base(rate, now)


def _has_whole_base(rate: Quantity, now: float) -> bool:
    """Is there a whole number from which the rate leads to this year's, to one unit of its last place, and a point?"""
    guess = now / (1 + rate.value / 100)
    near = [before for before in range(max(1, int(guess) - 2), int(guess) + 3) if before <= now]
    loose = any(abs((now - before) / before * 100 - rate.value) <= _POINT for before in near)
    return loose or any(fits(rate, now - before, before) for before in near)


_POINT = 1
_FEW = 200
"""Of more, some whole number always fits."""


def lone_growth(passage: Passage) -> Iterator[tuple[int, int]]:
    """Growth rates of which the sentence tells this year's figure only: the percentage, and that figure."""
    for index in passage.percents:
        if passage.figures[index].unit == "%" and _is_growth(passage, index) and is_bare(passage.labels[index]):
            counts = [i for i in sentence_counts(passage, index) if passage.depths[i] == passage.depths[index]]
            if not counts or not _is_next(passage, counts[-1], index) or _is_other_years(passage, counts):
                continue
            if not any(spans(passage, index)):
                yield index, counts[-1]


def _is_other_years(passage: Passage, counts: list[int]) -> bool:
    """May the last count be another year's: 上年为 20 件, 上年结转 5 件, or 2022 年为 20 件 behind this year's, or a
    difference?"""
    *earlier, last = counts
    label, family = passage.labels[last], passage.figures[last].family
    dated = YEAR.search(label) and any(passage.figures[i].family == family for i in earlier)
    return says(label, "before", "carried") or bool(dated) or is_difference(passage, last)


def _is_next(passage: Passage, count: int, index: int) -> bool:
    """Is the count the last figure outside brackets before the percentage?"""
    return all(passage.depths[i] > passage.depths[index] for i in range(count + 1, index))


def _difference(passage: Passage, index: int) -> Iterator[Change]:
    """由 3608 个工作日压缩为 2602 个工作日, 共减少 1006 个工作日; 收到 58 件, 较上年的 40 件增加 18 件."""
    told = passage.figures[index]
    if _END.search(passage.labels[index]):
        return
    spans = [span for span in from_to(passage, index) if passage.figures[span.at[0]].unit == told.unit]
    found = judged(spans or _plainly_compared(passage, index), lambda span: _misses(told, span))
    if found and (found[1] or (not told.approx and is_bare(passage.labels[index]))):
        span, holds = found
        if not holds and _is_of_another_year(passage, index, span):
            return
        yield Change(index, *span, holds, None if holds else "warning", "difference")


def _plainly_compared(passage: Passage, index: int) -> list[Span]:
    """The two exact counts that a difference is of, if no third one stands before it and nothing else is compared."""
    spans = list(compared(passage, index))
    figures = [passage.figures[at] for span in spans[:1] for at in (*span.at, index)]
    plain = len(spans) == 1 and len({figure.unit for figure in figures}) == 1 and not any(f.approx for f in figures)
    return spans if plain and not _is_of_less(passage, spans[0]) else []


_END = lazy(r"[到至为成](?:(?:19|20)\d{2}年度?的?)?$")
"""由 10 项精简为 4 项 behind 由 11 条精简为 5 条: an end of its own, no difference."""


def _misses(told: Quantity, span: Span) -> float:
    off = abs(abs(span.after - span.before) - told.value)
    return off if off > (0 if told.grain <= 1 else told.grain) else 0.0
