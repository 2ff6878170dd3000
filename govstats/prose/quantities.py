"""Two sentences about one quantity: 我区共转办诉求件 1378 件 … 全区共转办诉求件 979 件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from govstats.model.claim import Quantity
from govstats.prose.passages import Passage
from govstats.prose.periods import years_named
from govstats.prose.unnumbered import none_received
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_WHOLE = lazy(r"(?:^|年|年度|全.|我.|本.|本单位|以来)$")
"""Before 共: nobody in particular, so that both figures speak of the same body."""
_SHORTEST = 4
_LONGEST = 24


class Telling(NamedTuple):
    """Where a quantity is told: the figure (0 where the words say that there was none), its name, and the words before
    it, which name its year."""

    passage: Passage
    figure: Quantity
    name: str
    head: str = ""

    @classmethod
    def at(cls, passage: Passage, index: int, name: str) -> Telling:
        """Of a figure of the passage."""
        return cls(passage, passage.figures[index], name, passage.head(index))


def contradictions(passages: Sequence[Passage], year: int | None = None) -> Iterator[tuple[Telling, Telling]]:
    """Pairs of different figures for one quantity; the first telling, and each that differs from it."""
    first: dict[tuple[str, str], Telling] = {}
    for passage in passages:
        for told in _quantities(passage):
            other = first.setdefault((told.name, told.figure.unit), told)
            if other is not told and _differ(other, told):
                yield other, told
    yield from _of_columns(passages)
    yield from _of_plain(passages, year)
    yield from _of_requests(passages, year)


def _of_requests(passages: Sequence[Passage], year: int | None) -> Iterator[tuple[Telling, Telling]]:
    """受理依申请公开 1 件 … 今年共受理依申请公开 2 件, or … 没有收到申请: how many came, told twice, and nothing
    carried in between."""
    told = [telling for each in passages for telling in (*_received(each), *_none_received(each, year))]
    for later in told[1:]:
        if later.passage is not told[0].passage and _differ(told[0], later):
            yield told[0], later
            return


def _none_received(passage: Passage, year: int | None) -> Iterator[Telling]:
    """没有收到政府信息公开申请, in a passage that speaks of no other time, way or body."""
    if "none" in passage.signs and not says(passage.text, "carried", "scopes", "before"):
        for start, end in none_received(passage, year):
            yield Telling(passage, Quantity(start, end, 0.0, 1.0, "", ""), _REQUESTS, passage.text[:start])
            return


_REQUESTS = "政府信息公开申请"


def _received(passage: Passage) -> Iterator[Telling]:
    if "requests" not in passage.signs:
        return
    for index, figure in enumerate(passage.figures):
        name = _request().fullmatch(passage.labels[index]) or _request().fullmatch(_turned(passage, index))
        plain = figure.family == "thing" and not figure.approx and not passage.depths[index]
        if name and plain and not says(passage.text, "carried", "scopes", "before"):
            yield Telling.at(passage, index, name["name"])
            return


def _turned(passage: Passage, index: int) -> str:
    """对收到的 140 件政府信息公开申请…: the noun behind the figure, as if it stood before it."""
    label, noun = passage.labels[index], _NOUN_BEHIND.match(passage.tails[index])
    return f"{label.removeprefix('对').removeprefix('将')}{noun[0]}" if noun and label.endswith("的") else ""


_NOUN_BEHIND = lazy("(?:政府)?(?:信息)?(?:依申请公开|公开申请|申请公开)(?:申请)?")


@cache
def _request() -> re.Pattern[str]:
    """Nothing but the year, the body itself and the request: no way, no kind, no body of many."""
    own = one_of(
        (
            *words().own_bodies,
            *words().own_agency,
            *words().now,
            *words().adverbs,
            "年",
            "年度",
            "度",
            "共",
            "总共",
            "政府",
            "今年以来",
        )
    )
    verb = "新?(?:收到|接到|接收|受理|承办)(?:[和并、]?(?:办理|处理|受理|承办|答复))?(?:的|过)?(?:各类)?"
    request = "(?:政府)?(?:信息)?(?:依申请公开|公开申请|申请公开)(?:的?政府信息)?(?:公开)?(?:申请|事项|办件|件)*"
    return lazy(rf"(?:{own}|\d{{4}}年度?)*{verb}(?P<name>{request})(?:数量|总数|数|共计|共|为|:)*")


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
            yield Telling.at(passage, index, _QUOTES.sub("", match["name"]))


def _is_one(earlier: Telling, later: Telling) -> bool:
    """Do the names end alike? A site may be named before the column once and not again."""
    names = sorted((earlier.name, later.name), key=len)
    return earlier.figure.unit == later.figure.unit and len(names[0]) >= _SHORTEST and names[1].endswith(names[0])


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
            yield Telling.at(passage, index, name)


def _differ(one: Telling, other: Telling) -> bool:
    years = [years_named(each.head) for each in (one, other)]
    return one.figure.value != other.figure.value and not (years[0] and years[1] and years[0] != years[1])


def _of_plain(passages: Sequence[Passage], year: int | None) -> Iterator[tuple[Telling, Telling]]:
    """通过门户网站公开信息 310 条 … 全年通过门户网站公开政府信息 301 条: one deed, by one way, in two paragraphs."""
    first: dict[tuple[str, str], Telling] = {}
    for passage in passages[:_MOST]:
        for told in _plain(passage, year):
            other = first.setdefault((told.name, told.figure.unit), told)
            if other.passage is not told.passage and _differ(other, told):
                yield other, told
                return


def _plain(passage: Passage, year: int | None) -> Iterator[Telling]:
    if says(passage.text, "scopes", "before", "other_times"):
        return
    for index, figure in enumerate(passage.figures):
        match = _deed().fullmatch(passage.labels[index])
        alone = match and not figure.approx and not passage.depths[index] and passage.begins_sentence(index)
        if match and alone and years_named(passage.head(index)) <= {str(year)}:
            way = _QUOTES.sub("", match["way"] or "")
            yield Telling.at(passage, index, f"{way}{_deed_of(match['deed'])}{match['of']}")
            return


def _deed_of(deed: str) -> str:
    """Publishing is one deed, whatever it is called."""
    return "公开" if deed in ("公开", "发布", "推送") else "举办" if deed in ("开展", "组织开展", "举办") else deed


_QUOTES = lazy("[“”\"']")


@cache
def _deed() -> re.Pattern[str]:
    """Nothing but the year, the body itself, a way, a deed and its object."""
    own = one_of((*words().own_bodies, *words().own_agency, *words().now, "全年", "年", "年度", "共", "总共"))
    outlet = "(?:门户网站|政府网站|官网|公众号(?:“[^”,，。;]{2,12}”)?|专栏|栏目)"
    way = rf"(?:(?:通过|利用|依托|在)?(?P<way>[^,，。;、\d]{{0,14}}?{outlet}))?"
    deed = "(?P<deed>主动公开|公开|发布|推送|召开|举办|组织开展|开展|制发|制定|开设)"
    thing = "(?P<of>信息|新闻发布会|(?:行政)?规范性文件|信息公开培训|政务新媒体账号|专题培训|业务培训)"
    return lazy(rf"(?:{own}|\d{{4}}年度?){{0,8}}{way}(?:{own}){{0,4}}{deed}(?:政府|政务)?{thing}(?:数量|共|为|:)*")
