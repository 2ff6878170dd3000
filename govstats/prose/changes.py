"""Changes: 由 400 条增加到 500 条, 增长 25%; 比上年的 50 件下降 26%; 比上年减少 15 件, 下降 25%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govstats.model.claim import Quantity
from govstats.prose.judge import judged
from govstats.prose.passages import Passage
from govstats.prose.ratios import fits, gap
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_REACH = 6
_WIDE = 40
_COMPARED = lazy(r"[比较]")


class Change(NamedTuple):
    """From one value to another, and what is said of it (figure `told`: a percentage or a difference)."""

    told: int
    before: float
    after: float
    at: tuple[int, ...]
    holds: bool
    severity: str | None
    kind: str


class Span(NamedTuple):
    """Two values of one quantity; `at` are the figures that say so."""

    before: float
    after: float
    at: tuple[int, ...]


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
    found = judged(_spans(passage, index), lambda span: gap(percent, abs(span.after - span.before), span.before))
    if found and (found[1] or (_is_bare(passage.labels[index]) and not _is_of_less(passage, found[0]))):
        span, holds = found
        yield Change(index, *span, holds, None if holds else "warning", "growth")


def _is_of_less(passage: Passage, span: Span) -> bool:
    """收到 60 件, 网上申请较上年的 16 件增长 25%: has what is compared a noun of its own?"""
    old, new = span.at
    noun, *compared = _comparing().split(_said_of(passage, old), maxsplit=1)
    noun = _AMOUNT.sub("", noun)
    return bool(compared and noun) and noun not in passage.labels[new]


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
        for other in _sentence_counts(passage, told)
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


def _is_bare(label: str) -> bool:
    """Does the label speak of the change alone, and not of that of something else (解读量增长)?"""
    return _bare().fullmatch(label) is not None


@cache
def _bare() -> re.Pattern[str]:
    known = words()
    changing = one_of((*known.up, *known.down, *known.change_rates, *known.before))
    return lazy(
        rf"(?:{changing}|同比|环比|相?[比较]|共|总体|了|达|达到|为|约|近|超|超过|率|幅|幅度|的|实现|数量|总量)+"
    )


def lone_growth(passage: Passage) -> Iterator[tuple[int, int]]:
    """Growth rates of which the sentence tells this year's figure only: the percentage, and that figure."""
    for index in passage.percents:
        if passage.figures[index].unit == "%" and _is_growth(passage, index) and _is_bare(passage.labels[index]):
            counts = [i for i in _sentence_counts(passage, index) if passage.depths[i] == passage.depths[index]]
            if not counts or not _is_next(passage, counts[-1], index) or _is_other_years(passage, counts):
                continue
            if not any(_spans(passage, index)):
                yield index, counts[-1]


def _is_other_years(passage: Passage, counts: list[int]) -> bool:
    """May the last count be another year's: 上年为 20 件, 上年结转 5 件, or 2022 年为 20 件 behind this year's?"""
    *earlier, last = counts
    label, family = passage.labels[last], passage.figures[last].family
    dated = _YEAR.search(label) and any(passage.figures[i].family == family for i in earlier)
    return says(label, "before", "carried") or bool(dated)


def _is_next(passage: Passage, count: int, index: int) -> bool:
    """Is the count the last figure outside brackets before the percentage?"""
    return all(passage.depths[i] > passage.depths[index] for i in range(count + 1, index))


def _sentence_counts(passage: Passage, index: int) -> list[int]:
    return [
        i
        for i in range(max(0, index - _WIDE), index)
        if passage.sentences[i] == passage.sentences[index] and not passage.figures[i].percent
    ]


def _difference(passage: Passage, index: int) -> Iterator[Change]:
    """由 3608 个工作日压缩为 2602 个工作日, 共减少 1006 个工作日; 收到 58 件, 较上年的 40 件增加 18 件."""
    told = passage.figures[index]
    if _END.search(passage.labels[index]):
        return
    spans = [span for span in _from_to(passage, index) if passage.figures[span.at[0]].unit == told.unit]
    found = judged(spans or _plainly_compared(passage, index), lambda span: _misses(told, span))
    if found and (found[1] or (not told.approx and _is_bare(passage.labels[index]))):
        span, holds = found
        yield Change(index, *span, holds, None if holds else "warning", "difference")


def _plainly_compared(passage: Passage, index: int) -> list[Span]:
    """The two exact counts that a difference is of, if no third one stands before it and nothing else is compared."""
    spans = list(_compared(passage, index))
    figures = [passage.figures[at] for span in spans[:1] for at in (*span.at, index)]
    plain = len(spans) == 1 and len({figure.unit for figure in figures}) == 1 and not any(f.approx for f in figures)
    return spans if plain and not _is_of_less(passage, spans[0]) else []


_END = lazy(r"[到至为成](?:(?:19|20)\d{2}年度?的?)?$")
"""由 10 项精简为 4 项 behind 由 11 条精简为 5 条: an end of its own, no difference."""


def _misses(told: Quantity, span: Span) -> float:
    off = abs(abs(span.after - span.before) - told.value)
    return off if off > (0 if told.grain <= 1 else told.grain) else 0.0


def _spans(passage: Passage, index: int) -> Iterator[Span]:
    """What the sentence says of before and after, the plainest first."""
    yield from _from_to(passage, index)
    yield from _compared(passage, index)
    yield from _by(passage, index)
    yield from _then_and_now(passage, index)
    yield from _now_and_then(passage, index)
    yield from _told_behind(passage, index)
    yield from _by_behind(passage, index)


def _by_behind(passage: Passage, index: int) -> Iterator[Span]:
    """收到 60 件, 同比增长 25%, 较上年增加 12 件: by how much is told behind the rate."""
    by = index + 1
    if by == len(passage.figures) or passage.gaps[by].strip(",，(") != passage.labels[by] or passage.figures[by].approx:
        return
    label = passage.labels[by]
    sign = _sign(label)
    if sign and sign == _sign(passage.labels[index]) and _is_bare(label) and not passage.figures[by].percent:
        for new in _news(passage, by):
            after = passage.figures[new].value
            yield Span(after + sign * passage.figures[by].value, after, (new, by))


def _told_behind(passage: Passage, index: int) -> Iterator[Span]:
    """受理 56 件, 同比增长 40% (2021 年受理 40 件)."""
    old = index + 1
    if old == len(passage.figures) or passage.depths[old] <= passage.depths[index] or passage.gaps[old][:1] != "(":
        return
    label, figure = passage.labels[old], passage.figures[old]
    if _says_before(label) and not (_sign(label) or says(label, "carried")):
        for new in reversed(_sentence_counts(passage, index)):
            if passage.figures[new].unit == figure.unit and not _sign(passage.labels[new]):
                yield Span(figure.value, passage.figures[new].value, (new, old))


def _counts(passage: Passage, index: int) -> list[int]:
    sentence = passage.sentences[index]
    return [
        i
        for i in range(max(0, index - _REACH), index)
        if passage.sentences[i] == sentence and not passage.figures[i].percent
    ]


def _from_to(passage: Passage, index: int) -> Iterator[Span]:
    """由 A 增加到 B: such pairs before the figure, the last one first."""
    for first in reversed(_counts(passage, index)):
        second = first + 1
        if second >= index or passage.figures[first].family != passage.figures[second].family:
            continue
        if _from().search(passage.labels[first]) and _to().search(passage.labels[second]):
            if any(passage.figures[i].percent for i in range(second, index)):
                return
            yield Span(passage.figures[first].value, passage.figures[second].value, (first, second))


@cache
def _from() -> re.Pattern[str]:
    return lazy("[由从]|上年|去年|原来")


@cache
def _to() -> re.Pattern[str]:
    verbs = one_of((*words().up, *words().down))
    return lazy(rf"(?:(?:{verbs}).{{0,3}}[到至为成]|[增升][至到])(?:(?:(?:19|20)\d{{2}}|[今本])年度?的?)?$")


def _compared(passage: Passage, index: int) -> Iterator[Span]:
    """37 件, 比上年的 50 件下降 26%, 比 2022 年(50 件)下降 26%, 比上年的 50 件减少 13 件, 下降 26%."""
    counts = _counts(passage, index)
    for old in reversed(counts):
        if _is_old(passage, old, index):
            for new in _news(passage, old):
                yield Span(passage.figures[old].value, passage.figures[new].value, (old, new))
            return


def _is_old(passage: Passage, old: int, index: int) -> bool:
    """Is it last year's figure, and what stands between it and the rate nothing but the change and the rate itself?"""
    said = _said_of(passage, old)
    beside = _COMPARED.search(said) or (_WITH.search(said) and _BESIDE.match(passage.gaps[old + 1]))
    compared = beside and _says_before(said) and not (says(said, "up", "down") or _sign(said))
    between = passage.text[passage.figures[old].end : passage.figures[index].start]
    others = [at for at in range(old + 1, index) if not says(passage.labels[at], "up", "down")]
    return bool(compared) and not others and not set("。;") & set(between)


def _said_of(passage: Passage, old: int) -> str:
    """The words before last year's figure in its clause, those before a bracket too: 比 2022 年(50 件)."""
    label = passage.gaps[old].replace(" ", "").rstrip("(").rpartition(")")[2]
    return re.split("[,，;。、]", label)[-1]


_WITH = lazy("[与同和跟]")
_BESIDE = lazy(r"\)?相[比较]")
"""与 2020 年(150 件)相比."""


def _says_before(said: str) -> bool:
    return says(said, "before") or _YEAR.search(said) is not None


_YEAR = lazy(r"(?:19|20)\d{2}年")


def _news(passage: Passage, old: int) -> Iterator[int]:
    """The counts before last year's figure that may be this year's, nearest first; the total of a list among them."""
    figure = passage.figures[old]
    for new in reversed(_sentence_counts(passage, old)):
        other = passage.figures[new]
        if other.family == figure.family and not says(passage.labels[new], "up", "down") and new != old:
            yield new


def _by(passage: Passage, index: int) -> Iterator[Span]:
    """45 件, 比上年减少 15 件, 下降 25%."""
    counts = _counts(passage, index)
    if len(counts) < 2 or counts[-1] != index - 1:
        return
    by = counts[-1]
    label, figure = passage.labels[by], passage.figures[by]
    if not (_COMPARED.search(label) and (_says_before(label) or "同比" in label)):
        return
    sign = _sign(label)
    for new in _news(passage, by) if sign else ():
        after = passage.figures[new].value
        yield Span(after + sign * figure.value, after, (new, by))


_DATED = lazy(r"(?:19|20)\d{2}年度?(?:同期)?(?:为|是|有|仅|只有|的|共)*$")
"""2022 年为 20 件; not 2023 年共公开信息 2816 条, which is a statement of its own."""


def _sign(label: str) -> int:
    """较上年增加, 较去年多收: what it was before is so much less."""
    if says(label, "up") or _MORE.search(label):
        return -1
    return 1 if says(label, "down") or _LESS.search(label) else 0


_MORE = lazy("[多增升]了?$|多[收发办]")
_LESS = lazy("[少减降]了?$|少[收发办]")


def _then_and_now(passage: Passage, index: int) -> Iterator[Span]:
    """去年收到 200 件, 今年收到 260 件, 同比增长 25%; 2022 年收到 48 件, 2023 年收到 60 件, 增长 25%."""
    counts = _counts(passage, index)
    if len(counts) < 2 or counts[-1] != index - 1:
        return
    *earlier, new = counts
    for old in reversed(earlier):
        if passage.figures[old].unit == passage.figures[new].unit and _are_two_years(passage, old, new):
            yield Span(passage.figures[old].value, passage.figures[new].value, (old, new))


def _are_two_years(passage: Passage, old: int, new: int) -> bool:
    """Does the one tell last year's, the other this year's, or both the same of two years by name?"""
    before, after = passage.labels[old], passage.labels[new]
    if says(before, "before") and says(after, "now"):
        return True
    then, now = _YEAR.search(before), _YEAR.search(after)
    if not (then and now) or then[0] >= now[0]:
        return False
    noun = _AROUND_A_YEAR.sub("", after)
    return not noun or noun == _AROUND_A_YEAR.sub("", before)


_AROUND_A_YEAR = lazy(r"(?:19|20)\d{2}年度?|全年|共|则|为|约|我局|我[办委镇]")


def _now_and_then(passage: Passage, index: int) -> Iterator[Span]:
    """收到 30 件, 上年为 20 件, 同比增长 50%; the older year may be named."""
    counts = _counts(passage, index)
    if len(counts) < 2 or counts[-1] != index - 1 or says(passage.labels[counts[-1]], "up", "down", "carried"):
        return
    *_, now, old = counts
    label = passage.labels[old]
    dated = _DATED.search(label) or (_YEAR.search(label) and _AROUND_A_YEAR.sub("", label) in passage.labels[now])
    is_old = says(label, "before") or (dated and not _YEAR.search(passage.labels[now]))
    if (
        is_old
        and passage.segments[now] == passage.segments[old]
        and passage.figures[old].unit == passage.figures[now].unit
    ):
        yield Span(passage.figures[old].value, passage.figures[now].value, (now, old))
