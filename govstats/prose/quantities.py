"""Two sentences about one quantity: 我区共转办诉求件 1378 件 … 全区共转办诉求件 979 件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from govstats.prose.passages import Passage
from govstats.prose.periods import years_named
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_WHOLE = lazy(r"(?:^|年|年度|全.|我.|本.|本单位|以来)$")
"""Before 共: nobody in particular, so that both figures speak of the same body."""
_SHORTEST = 4
_LONGEST = 24


class Telling(NamedTuple):
    """Where a quantity is told: its name (the words after 共), measure word, figure."""

    passage: Passage
    at: int
    name: str
    unit: str


def contradictions(passages: Sequence[Passage]) -> Iterator[tuple[Telling, Telling]]:
    """Pairs of different figures for one quantity; the first telling, and each that differs from it."""
    first: dict[tuple[str, str], Telling] = {}
    for passage in passages:
        for told in _quantities(passage):
            other = first.setdefault((told.name, told.unit), told)
            if other is not told and _differ(other, told):
                yield other, told
    yield from _of_columns(passages)
    yield from _of_requests(passages)


def _of_requests(passages: Sequence[Passage]) -> Iterator[tuple[Telling, Telling]]:
    """受理依申请公开 1 件 … 今年共受理依申请公开 2 件: how many came, told twice, and nothing carried in between."""
    told = [telling for passage in passages for telling in _received(passage)]
    for later in told[1:]:
        if later.passage is not told[0].passage and _differ(told[0], later):
            yield told[0], later
            return


def _received(passage: Passage) -> Iterator[Telling]:
    if "requests" not in passage.signs:
        return
    for index, figure in enumerate(passage.figures):
        name = _request().fullmatch(passage.labels[index])
        plain = figure.family == "thing" and not figure.approx and not passage.depths[index]
        if name and plain and not says(passage.text, "carried", "scopes", "before"):
            yield Telling(passage, index, name["name"], figure.unit)
            return


@cache
def _request() -> re.Pattern[str]:
    """Nothing but the year, the body itself and the request: no way, no kind, no body of many."""
    own = one_of(
        (*words().own_bodies, *words().now, *words().adverbs, "年", "年度", "度", "共", "总共", "政府", "今年以来")
    )
    verb = "新?(?:收到|接到|接收|受理)(?:[和并、]?(?:办理|处理|受理|答复))?(?:的|过)?"
    request = "(?:政府)?(?:信息)?(?:依申请公开|公开申请|申请公开)(?:的?政府信息)?(?:公开)?(?:申请|事项|办件|件)*"
    return lazy(rf"(?:{own}|\d{{4}}年度?)*{verb}(?P<name>{request})(?:数量|总数|数|共|为|:)*")


def _of_columns(passages: Sequence[Passage]) -> Iterator[tuple[Telling, Telling]]:
    """通过审计信息栏目公开 20 条 … 通过审计信息专栏公开 16 条: one column, in two paragraphs."""
    told = [telling for passage in passages for telling in _columns(passage)]
    for position, later in enumerate(told[:_MOST]):
        for earlier in told[:position]:
            if earlier.passage is not later.passage and _is_one(earlier, later) and _differ(earlier, later):
                yield earlier, later
                return


def _columns(passage: Passage) -> Iterator[Telling]:
    if "栏" not in passage.text:
        return
    for index, figure in enumerate(passage.figures):
        match = _COLUMN.search(passage.labels[index]) if "栏" in passage.labels[index] else None
        if match and not figure.approx and not figure.percent:
            yield Telling(passage, index, re.sub("[“”\"']", "", match["name"]), figure.unit)


def _is_one(earlier: Telling, later: Telling) -> bool:
    """Do the names end alike? A site may be named before the column once and not again."""
    names = sorted((earlier.name, later.name), key=len)
    return earlier.unit == later.unit and len(names[0]) >= _SHORTEST and names[1].endswith(names[0])


_COLUMN = lazy(
    r"(?:通过|利用|依托|在|借助)(?P<name>[^,，。;、]{3,24}?)(?:专栏|栏目)[^,，。;、]{0,4}(?:公开|发布|公布|登载|刊登)[^,，。;、]{0,10}$"
)
_MOST = 40


def _quantities(passage: Passage) -> Iterator[Telling]:
    if "共" not in passage.text:
        return
    for index, figure in enumerate(passage.figures):
        before, total, name = passage.labels[index].rpartition("共")
        if total and _SHORTEST <= len(name) <= _LONGEST and not figure.approx and _WHOLE.search(before):
            yield Telling(passage, index, name, figure.unit)


def _differ(one: Telling, other: Telling) -> bool:
    years = [years_named(each.passage.head(each.at)) for each in (one, other)]
    values = [each.passage.figures[each.at].value for each in (one, other)]
    return values[0] != values[1] and not (years[0] and years[1] and years[0] != years[1])
