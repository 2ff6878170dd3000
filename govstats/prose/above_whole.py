"""A list whose shares all hold of one whole, although its counts make more: 51 条, 占 8.4%; 554 条, 占 91.4%; 7 条 …"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govstats.prose.listing import Listing
from govstats.prose.overlapping import is_besides
from govstats.prose.passages import Passage
from govstats.prose.ratios import Ratio
from govstats.prose.totals import total_of
from govstats.prose.weighing import Sum, is_counted_once, weighed

_FEW = 3
"""Two shares fit some whole by chance."""


def above_whole(
    passage: Passage, lists: Sequence[Listing], shares: Sequence[Ratio], told: Sequence[Sum]
) -> Iterator[Sum]:
    """The shares say which of several totals a list is of; lists whose sum is told already are left alone."""
    wholes = {share.part: share.whole for share in shares if share.holds and len(share.part) == len(share.whole) == 1}
    known = {part for found in told for part in found.parts}
    for listing in lists if len(wholes) >= _FEW else ():
        parts = tuple(part for part in listing.parts if (part,) in wholes)
        of = {wholes[part,] for part in parts}
        if len(parts) >= _FEW and len(of) == 1 and known.isdisjoint(parts):
            ((whole,),) = of
            total = total_of(passage.figures[whole], whole)
            found = weighed(passage, total, parts)
            if any(is_besides(passage, total, part) for part in parts):
                continue
            if found.reason == "above" and not is_counted_once(passage, found):
                yield found
