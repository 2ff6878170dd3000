"""A total and its parts → Sum: they make it, are more, or are less."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from govstats.prose.passages import Passage
from govstats.prose.readings import summed
from govstats.prose.totals import Total
from govstats.prose.words import words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy


class Sum(NamedTuple):
    """A total, its parts, and what was found: `holds`, else `warning` or `info` and why."""

    total: Total
    parts: tuple[int, ...]
    holds: bool
    severity: str | None = None
    reason: str = ""
    kind: str = "sum"


def weighed(passage: Passage, total: Total, parts: tuple[int, ...], why: str = "") -> Sum:
    """Parts above their total are wrong, those below it only if they must be all of it: `why` says why they must."""
    value, grain = summed(passage, parts)
    if total.equals(value, grain):
        return Sum(total, parts, True)
    if value > total.value:
        return Sum(total, parts, False, "info" if total.approx else "warning", "above")
    return Sum(total, parts, False, "warning" if why else "info", why or "below")


_MORE = ("above", "overlap")


def is_counted_once(passage: Passage, found: Sum) -> bool:
    """Parts above a total of which the sentence says that what is published in several ways counts once (计1条), or,
    behind them, that they overlap (部分信息同步在两个平台发布)."""
    if found.holds or found.reason not in _MORE:
        return False
    part = found.parts[-1]
    first, last = passage.bounds(passage.figures[found.total.at[0]].start, passage.figures[part].end)
    behind, stop, _ = passage.gaps[part + 1].partition("。")
    if not stop and part + 1 < len(passage.figures):
        behind = _OF_THE_NEXT.sub("", behind)
    if _once().search(passage.text[first:last]) or _OVERLAPS.search(behind):
        return True
    return _SEVERAL_OF_ONE.search(passage.text[passage.figures[part].end :].partition("。")[0]) is not None


_OF_THE_NEXT = lazy("[^,，;)]*$")
"""年报 1 条，同步公开事项 50 项: what is said of the next figure."""
_OVERLAPS = lazy(
    "同[步时](?:在|向|通过|以|公开|发布|推送|转发)|(?:有|存在|部分|内容|信息|相互|渠道|平台)[^,，。;]{0,4}(?:重复|重合|重叠|交叉)"
    "|(?:[两二三多几]|不同)(?:种|个|类)?(?:以上)?(?:的)?(?:形式|方式|平台|渠道)[^,，。;]{0,6}(?:发布|公开|解读|计)|分别计[算数入]"
)
_SEVERAL_OF_ONE = lazy(
    "(?:部分|有的|有些|一些|个别|少数|多数|同一|其中|[一1每单][件条个项份])[^。;]{0,16}"
    "(?<!由)(?:[两二三多几]|若干)(?:个|项|类|种|重|方面)|(?:部分|有的|有些|一些|个别|同一|[一1每单][件条个项份])[^。;]{0,12}(?:兼|同属)"
)
"""部分申请涉及多个事项, 一条信息可归入多个类别: one of what is counted is in several of the parts."""


@cache
def _once() -> re.Pattern[str]:
    """计1条; not 共计1条 nor 决算1条."""
    return lazy(rf"(?<![共总合累统审会小估预决概])(?:{one_of(words().counted_once)})")
