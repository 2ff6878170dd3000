"""What there is, over a year: 年初 20 个，新增 4 个，注销 7 个，年末 17 个 → Sums."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.prose.passages import Passage
from govstats.prose.totals import total_of
from govstats.prose.weighing import Sum
from govstats.text.patterns import lazy

_FIRST = lazy("年初|期初|上年度?[末底]|上一年度?[末底]")
_LAST = lazy("年[末底]|期末")
_CAME = lazy(r"(?:新增|增加|新开|新[制建设]|新注册|开通)[^,，。;、]{0,12}$")
_WENT = lazy(r"(?:注销|关停|关闭|停用|废止|撤销|减少)[^,，。;、]{0,12}$")
_MOST = 8


def holdings(passage: Passage, known: set[int]) -> Iterator[Sum]:
    """The balances of which a sentence tells both ends, and what came and what went between them."""
    if not _FIRST.search(passage.text):
        return
    for first in range(len(passage.figures)):
        if first not in known and _FIRST.search(passage.labels[first]):
            yield from _balance(passage, first)


def _balance(passage: Passage, first: int) -> Iterator[Sum]:
    came, went = [first], []
    for at in range(first + 1, min(first + _MOST, len(passage.figures))):
        label = passage.labels[at]
        if not _goes_on(passage, first, at):
            return
        if _WENT.search(label):
            went.append(at)
        elif _CAME.search(label):
            came.append(at)
        elif _is_last(label, passage.labels[first]) and len(came) > 1 and went:
            yield _weighed(passage, tuple(came), (*went, at))
            return
        else:
            return


def _is_last(label: str, first: str) -> bool:
    """年末共有, 年末现行有效 of 年初现行有效文件: what there is of the same; 年末评优 is not."""
    end = _LAST.search(label)
    return end is not None and _FILLER.sub("", label[end.end() :][:_LONGEST]) in first


_LONGEST = 24
_WORDS = "(?:[共现尚仍实]有|[共有为达]|总数|数量|在用|运行|保有)+"
_FILLER = lazy(f"^{_WORDS}|{_WORDS}$")


def _goes_on(passage: Passage, first: int, at: int) -> bool:
    begin, figure = passage.figures[first], passage.figures[at]
    plain = figure.unit == begin.unit and not figure.approx and not begin.approx
    beside = passage.sentences[at] == passage.sentences[first] and passage.depths[at] == passage.depths[first]
    return plain and beside


def _weighed(passage: Passage, came: tuple[int, ...], left: tuple[int, ...]) -> Sum:
    total = total_of(passage.figures[came[0]], came[0])
    total = total._replace(value=sum(passage.figures[at].value for at in came), at=came)
    if total.equals(sum(passage.figures[at].value for at in left)):
        return Sum(total, left, True, kind="flow")
    return Sum(total, left, False, "warning", "holdings", kind="flow")
