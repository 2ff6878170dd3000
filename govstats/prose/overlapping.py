"""What may be true of one thing besides all else that is: such figures are no parts of a total that counts the things.

制发文件 147 件，其中公开 126 件，解读 110 件; 61 家单位，其中开通微博 30 家，开通微信 45 家; 事项 215 项，其中全程网办
183 项，跑一次 213 项.
"""

from __future__ import annotations

import re
from functools import cache

from govstats.prose.passages import Passage
from govstats.prose.totals import Total
from govstats.prose.words import words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy


def is_besides(passage: Passage, total: Total, index: int) -> bool:
    """Does the figure tell of how many something is true that excludes nothing else?"""
    whole, part = passage.about(total.at[0]), passage.about(index)
    return any(
        total.unit in units and things.search(whole) and told.search(part) and not told.search(whole)
        for things, units, told in _known()
    )


@cache
def _known() -> tuple[tuple[re.Pattern[str], tuple[str, ...], re.Pattern[str]], ...]:
    return tuple((lazy(one_of(each.of)), each.units, lazy(one_of(each.told))) for each in words().besides)
