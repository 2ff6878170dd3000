"""Shares without a printed whole: 甲类 386 条, 占 14.4%; 乙类 360 条, 占 13.1%; … Does one whole fit them all?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govstats.prose.passages import Figured, Passage
from govstats.prose.ratios import Ratio, fits
from govstats.prose.words import says
from govstats.text.patterns import lazy

_FEW = 3
"""Two percentages fit some whole by chance."""
_BACK = 4
"""So many paragraphs back the whole may be printed."""


def common_whole(passage: Passage, open_: Sequence[Ratio]) -> bool:
    """Is there one whole for which every percentage holds, to one unit of its last place?"""
    low, high = 0.0, float("inf")
    for ratio in open_:
        percent, part = passage.figures[ratio.percent], passage.figures[ratio.part[0]].value
        low = max(low, part / (percent.value + percent.grain) * 100)
        if percent.value > percent.grain:
            high = min(high, part / (percent.value - percent.grain) * 100)
    return low <= high


def of_their_sum(found: list[Ratio], passage: Passage) -> list[Ratio]:
    """收到 141 件。予以公开 46 件，占 33.6%；…: without the accused where all shares of a sentence hold of what its own
    parts make, which is then what they are of."""
    accused = {passage.sentences[share.percent] for share in found if share.holds is False}
    lawful = set()
    for sentence in accused:
        there = [share for share in found if passage.sentences[share.percent] == sentence]
        parts = {share.part for share in there}
        whole = sum(passage.figures[at].value for part in parts for at in part)
        if len(parts) == len(there) >= _FEW and all(_holds(passage, share, whole) for share in there):
            lawful.add(sentence)
    return [share for share in found if share.holds is not False or passage.sentences[share.percent] not in lawful]


def far_whole(passage: Passage, open_: Sequence[Ratio], earlier: Sequence[Figured]) -> tuple[Figured, int] | None:
    """A total in the paragraphs before that counts the same and is nearest to what the percentages make it."""
    unit = passage.figures[open_[0].part[0]].unit
    guesses = sorted(_guess(passage, ratio) for ratio in open_)
    middle = guesses[len(guesses) // 2]
    found = list(_totals(earlier[-_BACK:], unit, max(passage.figures[ratio.part[0]].value for ratio in open_)))
    return min(found, key=lambda each: abs(each[0].figures[each[1]].value - middle), default=None)


def reopened(passage: Passage, share: Ratio, earlier: Sequence[Figured]) -> Ratio:
    """占总数的 70% that is wrong of what its paragraph counts, but right of a total told before, which is meant."""
    if share.holds is False and _OF_ALL.search(passage.gaps[share.percent]):
        whole = far_whole(passage, [share], earlier)
        if whole and _holds(passage, share, whole[0].figures[whole[1]].value):
            return Ratio(share.percent, share.part, (), None)
    return share


_OF_ALL = lazy("总[数量体]|全部")


def _guess(passage: Passage, ratio: Ratio) -> float:
    return passage.figures[ratio.part[0]].value / max(passage.figures[ratio.percent].value, 0.01) * 100


def _totals(earlier: Sequence[Figured], unit: str, least: float) -> Iterator[tuple[Figured, int]]:
    for passage in earlier:
        for index, figure in enumerate(passage.figures):
            if figure.unit == unit and figure.value >= least and says(passage.head(index), "totals"):
                yield passage, index


def judged(
    passage: Passage, open_: Sequence[Ratio], earlier: Sequence[Figured]
) -> Iterator[tuple[Ratio, tuple[Figured, int] | None, bool | None]]:
    """Each share with the whole found for it, and whether it holds; a list that some whole fits is left alone."""
    whole = far_whole(passage, open_, earlier)
    held = [whole is not None and _holds(passage, ratio, whole[0].figures[whole[1]].value) for ratio in open_]
    sentences = {passage.sentences[ratio.percent] for ratio in open_}
    told = [[ratio for ratio in open_ if passage.sentences[ratio.percent] == sentence] for sentence in sentences]
    accused = len(open_) >= _FEW and not all(common_whole(passage, alike) for alike in told)
    for ratio, holds in zip(open_, held, strict=True):
        if holds:
            yield ratio, whole, True
        elif accused:
            yield ratio, whole, False


def _holds(passage: Passage, ratio: Ratio, whole: float) -> bool:
    return fits(passage.figures[ratio.percent], passage.figures[ratio.part[0]].value, whole)
