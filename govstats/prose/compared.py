"""Two values of one quantity that a sentence tells: 由 400 条增至 500 条, 比上年的 50 件, 去年 40 件、今年 52 件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govstats.prose.passages import Passage
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_REACH = 6
_WIDE = 40
_COMPARED = lazy(r"[比较]")


class Span(NamedTuple):
    """Two values of one quantity; `at` are the figures that say so."""

    before: float
    after: float
    at: tuple[int, ...]


def is_bare(label: str) -> bool:
    """Does the label speak of the change alone, and not of that of something else (解读量增长)?"""
    return _bare().fullmatch(label) is not None


@cache
def _bare() -> re.Pattern[str]:
    known = words()
    changing = one_of((*known.up, *known.down, *known.change_rates, *known.before))
    return lazy(
        rf"(?:{changing}|同比|环比|[与和同比较](?:19|20)\d{{2}}年度?|相?[比较]|共|总体|了|达|达到|为|约|近|超|超过|率|幅|幅度|的|实现|数量|总量)+"
    )


def sentence_counts(passage: Passage, index: int) -> list[int]:
    """The counts of the sentence before a figure."""
    return [
        i
        for i in range(max(0, index - _WIDE), index)
        if passage.sentences[i] == passage.sentences[index] and not passage.figures[i].percent
    ]


def spans(passage: Passage, index: int) -> Iterator[Span]:
    """What the sentence says of before and after, the plainest first."""
    yield from from_to(passage, index)
    yield from compared(passage, index)
    yield from _by(passage, index)
    yield from _then_and_now(passage, index)
    yield from _now_and_then(passage, index)
    yield from _told_behind(passage, index)
    yield from _then_reached(passage, index)
    yield from _by_behind(passage, index)
    yield from _from_to_behind(passage, index)
    yield from _in_turn(passage, index)


def _from_to_behind(passage: Passage, index: int) -> Iterator[Span]:
    """申请量同比下降 56%, 由 391 件降为 137 件."""
    old, new = index + 1, index + 2
    if new < len(passage.figures) and _OPENS.fullmatch(passage.gaps[old].replace(" ", "")):
        one, other = passage.figures[old], passage.figures[new]
        if one.family == other.family and _to().search(passage.labels[new]):
            yield Span(one.value, other.value, (old, new))


_OPENS = lazy(r"[,，(][由从](?:上年|去年|(?:19|20)\d{2}年)?(?:度|同期)?的?")


def _in_turn(passage: Passage, index: int) -> Iterator[Span]:
    """2022 年、2023 年分别收到 69 件、46 件, 同比下降 33.3%."""
    *_, one, other = (0, 0, *_counts(passage, index))
    years = _TWO_YEARS.search(passage.gaps[one])
    if years and one + 1 == other == index - 1 and passage.figures[one].unit == passage.figures[other].unit:
        old, new = (one, other) if years[1] < years[2] else (other, one)
        yield Span(passage.figures[old].value, passage.figures[new].value, (old, new))


_TWO_YEARS = lazy(r"((?:19|20)\d{2})年度?[、和与及]((?:19|20)\d{2})年度?[^,，。;]{0,12}分别[^,，。;、]*$")


def _by_behind(passage: Passage, index: int) -> Iterator[Span]:
    """收到 60 件, 同比增长 25%, 较上年增加 12 件: by how much is told behind the rate."""
    by = index + 1
    if by == len(passage.figures) or passage.gaps[by].strip(",，(") != passage.labels[by] or passage.figures[by].approx:
        return
    label = passage.labels[by]
    sign = _sign(label)
    if sign and sign == _sign(passage.labels[index]) and is_bare(label) and not passage.figures[by].percent:
        for new in _news(passage, by):
            after = passage.figures[new].value
            yield Span(after + sign * passage.figures[by].value, after, (new, by))


def _told_behind(passage: Passage, index: int) -> Iterator[Span]:
    """受理 56 件, 同比增长 40% (2021 年受理 40 件); …, 上年为 40 件."""
    old = index + 1
    if old == len(passage.figures):
        return
    bracket = passage.depths[old] > passage.depths[index] and passage.gaps[old][:1] == "("
    if not bracket and not _WAS.fullmatch(passage.gaps[old].replace(" ", "")):
        return
    label, figure = passage.labels[old], passage.figures[old]
    if _says_before(label) and not (_sign(label) or says(label, "carried")):
        for new in reversed(sentence_counts(passage, index)):
            if passage.figures[new].unit == figure.unit and not _sign(passage.labels[new]):
                yield Span(figure.value, passage.figures[new].value, (new, old))


_WAS = lazy("[,，](?:上年|去年|上一年度?|上年度|去年同期|上年同期)(?:的|数量|总数|数)*(?:为|是)")


def _then_reached(passage: Passage, index: int) -> Iterator[Span]:
    """较上年的 6567 条增长 3%, 达到 6767 条."""
    old, new = index - 1, index + 1
    if old < 0 or new == len(passage.figures) or not _REACHED.fullmatch(passage.gaps[new].replace(" ", "")):
        return
    one, other = passage.figures[old], passage.figures[new]
    if one.unit == other.unit and _is_old(passage, old, index):
        yield Span(one.value, other.value, (old, new))


_REACHED = lazy("[,，]?(?:达到?|增至|升至|降至|增加到|减少到|下降到|上升到)了?")


def _counts(passage: Passage, index: int) -> list[int]:
    sentence = passage.sentences[index]
    return [
        i
        for i in range(max(0, index - _REACH), index)
        if passage.sentences[i] == sentence and not passage.figures[i].percent
    ]


def from_to(passage: Passage, index: int) -> Iterator[Span]:
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


def compared(passage: Passage, index: int) -> Iterator[Span]:
    """37 件, 比上年的 50 件下降 26%, 比 2022 年(50 件)下降 26%, 比上年的 50 件减少 13 件, 下降 26%."""
    counts = _counts(passage, index)
    for old in reversed(counts):
        if _is_old(passage, old, index):
            for new in _news(passage, old):
                yield Span(passage.figures[old].value, passage.figures[new].value, (old, new))
            return


def _is_old(passage: Passage, old: int, index: int) -> bool:
    """Is it last year's figure, and what stands between it and the rate nothing but the change and the rate itself?"""
    said = said_of(passage, old)
    beside = _COMPARED.search(said) or (_WITH.search(said) and _BESIDE.match(passage.gaps[old + 1]))
    compared = beside and _says_before(said) and not (says(said, "up", "down") or _sign(said))
    between = passage.text[passage.figures[old].end : passage.figures[index].start]
    others = [at for at in range(old + 1, index) if not _sign(passage.labels[at])]
    return bool(compared) and not others and not set("。;") & set(between)


def said_of(passage: Passage, old: int) -> str:
    """The words before last year's figure in its clause, those before a bracket too: 比 2022 年(50 件)."""
    label = passage.gaps[old].replace(" ", "").rstrip("(").rpartition(")")[2]
    return re.split("[,，;。、]", label)[-1]


_WITH = lazy("[与同和跟]")
_BESIDE = lazy(r"\)?相[比较]")
"""与 2020 年(150 件)相比."""


def _says_before(said: str) -> bool:
    return says(said, "before") or YEAR.search(said) is not None


YEAR = lazy(r"(?:19|20)\d{2}年")


def _news(passage: Passage, old: int) -> Iterator[int]:
    """The counts before last year's figure that may be this year's, nearest first; the total of a list among them."""
    figure = passage.figures[old]
    for new in reversed(sentence_counts(passage, old)):
        other = passage.figures[new]
        inner = passage.depths[new] > passage.depths[old]  # 549 条(网站 283 条、新媒体 266 条), 比上年的 509 条
        if other.family == figure.family and not (inner or says(passage.labels[new], "up", "down")) and new != old:
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
    """去年收到 200 件, 今年收到 260 件, 同比增长 25%; 2022 年收到 48 件, 2023 年收到 60 件, 增加 12 件, 增长 25%."""
    counts = _without_difference(passage, index)
    if len(counts) < 2:
        return
    *earlier, new = counts
    for old in reversed(earlier):
        if passage.figures[old].unit == passage.figures[new].unit and _are_two_years(passage, old, new):
            yield Span(passage.figures[old].value, passage.figures[new].value, (old, new))


def _without_difference(passage: Passage, index: int) -> list[int]:
    """The counts right before a rate, without the difference that is told first: 上年 33 条，增加 9 条，增长 27.3%."""
    counts = _counts(passage, index)
    if not counts or counts[-1] != index - 1:
        return []
    return counts[:-1] if is_difference(passage, counts[-1]) and counts[-2:-1] == [index - 2] else counts


def is_difference(passage: Passage, index: int) -> bool:
    """增加 9 条, 较上年减少 9 条: how much more or less it is than the year before."""
    label = passage.labels[index]
    return not passage.figures[index].percent and _sign(label) != 0 and is_bare(label)


def _are_two_years(passage: Passage, old: int, new: int) -> bool:
    """Does the one tell last year's, the other this year's, or both the same of two years by name?"""
    before, after = passage.labels[old], passage.labels[new]
    if says(before, "carried"):
        return False
    if says(before, "before") and says(after, "now"):
        return True
    then, now = YEAR.search(before), YEAR.search(after)
    if not (then and now) or then[0] >= now[0]:
        return False
    noun = _AROUND_A_YEAR.sub("", after)
    return not noun or _AROUND_A_YEAR.sub("", before).startswith(noun)


_AROUND_A_YEAR = lazy(r"(?:19|20)\d{2}年度?|全年|共|则|为|约|我局|我[办委镇]")


def _now_and_then(passage: Passage, index: int) -> Iterator[Span]:
    """收到 30 件, 上年为 20 件, 同比增长 50%; the older year may be named."""
    counts = _without_difference(passage, index)
    if len(counts) < 2 or says(passage.labels[counts[-1]], "up", "down", "carried"):
        return
    *_, now, old = counts
    label = passage.labels[old]
    dated = _DATED.search(label) or (YEAR.search(label) and _AROUND_A_YEAR.sub("", label) in passage.labels[now])
    then, of_now = YEAR.search(label), YEAR.search(passage.gaps[now].rpartition("。")[2])
    is_old = says(label, "before") or (dated and (not of_now or bool(then and then[0] < of_now[0])))
    if (
        is_old
        and passage.segments[now] == passage.segments[old]
        and passage.figures[old].unit == passage.figures[now].unit
    ):
        yield Span(passage.figures[old].value, passage.figures[now].value, (now, old))
