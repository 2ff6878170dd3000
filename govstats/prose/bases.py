"""What a percentage may be of: the figures that may be its part, and those that may be its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from govstats.prose.passages import Passage
from govstats.prose.ratios import ASIDE, Ratio, fits
from govstats.prose.readings import summed
from govstats.prose.weighing import Sum
from govstats.prose.words import says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_IN_FULL = "全文电子"
_BASES = 24
"""So many figures back a base is looked for."""
_VAGUE = (
    "总申请量",
    "信息总量",
    "信息总数",
    "比例",
    "比重",
    "总数",
    "总量",
    "总体",
    "全部",
    "的",
    "比",
    "总",
    "为",
    "是",
    "达",
    "约",
    "到",
    "了",
)


def of_another(passage: Passage, index: int, but: set[int], named: bool = False) -> Ratio | None:
    """Before a share is accused: what it may be of all the same, some counts before it of any other count before them,
    although a share of its own is told of that one (答复 47 件, 答复率 94%, 其中公开 46 件, 占 97.8%). `named`: it says
    itself that it is that of the last count (动漫解读 7 件, …, 动漫解读占 23%)."""
    percent, counts = passage.figures[index], counts_before(passage, index, None)
    since = [i for i in counts if not any(passage.figures[other].percent for other in range(i, index))]
    since = since[-1:] if named else since
    for first in range(len(since) - 1, -1, -1):
        part, value = tuple(since[first:]), summed(passage, tuple(since[first:]))[0]
        for base in range(part[0] - 1, max(-1, part[0] - _BASES), -1):
            other = passage.figures[base]
            alike = other.family == passage.figures[part[0]].family and base not in but
            alike = alike and not _is_beside(passage, base, part[0], index)
            if alike and other.value >= value and fits(percent, value, other.value):
                return Ratio(index, part, (base,), True)
    return None


def _is_beside(passage: Passage, base: int, part: int, index: int) -> bool:
    """网站 200 条、占比 80%，公众号 50 条、占比 25%: told alike, so that neither is a part of the other."""
    alike = base + 1 < part and passage.figures[base + 1].percent and passage.gaps[base + 1] == passage.gaps[index]
    between = "".join(passage.gaps[base + 2 : part + 1])
    return alike and not set("中(含括") & set(between) and passage.depths[base] == passage.depths[part]


def together(
    passage: Passage, index: int, totals: dict[int, tuple[int, ...]], inside: int | None = None
) -> list[tuple[int, ...]]:
    """动态 20 条, 公示 4 条, 共占 30%: the counts since the last percentage that are parts of one total, or fewer."""
    counts = counts_before(passage, index, inside)
    since = [i for i in counts if not any(passage.figures[other].percent for other in range(i, index))]
    own = [i for i in since if totals.get(i) == totals.get(since[-1])] if since else []
    return [tuple(own[first:]) for first in range(len(own))]


def told_inside(passage: Passage, index: int, clause: str) -> int | None:
    """占代表建议总数 96 件的: the base in the words before the percentage."""
    before = index - 1
    if before < 0 or passage.figures[before].percent:
        return None
    clause = clause.rpartition("%")[2]
    start = passage.figures[index].start - len(clause)
    stands = passage.figures[before].start >= start + clause.find("占") and passage.figures[before].end > start
    return before if stands and "占" in passage.text[start : passage.figures[before].start] else None


def numerators(
    passage: Passage, index: int, run: list[int], inside: int | None, sums: list[Sum]
) -> list[tuple[int, ...]]:
    """The counts that the percentage may be of, the likeliest first."""
    here = counts_before(passage, run[0], inside)
    if len(run) > 1:
        row = here[-len(run) :]
        return [(row[run.index(index)],)] if len(row) == len(run) else []
    if here:
        outside = [count for count in here if passage.depths[count] <= passage.depths[index]]
        near = dict.fromkeys((*outside[-1:], here[-1]))  # 485 条(其中人事 233 条), 占 47.3%: of those outside first
        return [(count,) for count in near if inside is not None or not _told(passage, count, index)]
    if inside is not None:
        follows = index + 1 < len(passage.figures) and passage.sentences[index + 1] == passage.sentences[index]
        return [(index + 1,)] if follows else []
    return [each.parts for each in sums if each.total.at[0] < index and _just_before(passage, each, index)]


def counts_before(passage: Passage, index: int, inside: int | None) -> list[int]:
    """The counts of the sentence before a percentage, without the whole that is printed with it."""
    return [
        i
        for i in range(max(0, index - _BASES), index)
        if passage.figures[i].family != "%" and i != inside and passage.sentences[i] == passage.sentences[index]
    ]


def _told(passage: Passage, part: int, index: int) -> bool:
    """Has another percentage already been said of this count?"""
    return any(passage.figures[i].percent for i in range(part + 1, index))


def _just_before(passage: Passage, found: Sum, index: int) -> bool:
    """Does the sum end in the sentence before?"""
    return passage.sentences[index] - passage.sentences[found.parts[-1]] == 1 and all(
        passage.figures[i].percent for i in range(found.parts[-1] + 1, index)
    )


def bases_of(passage: Passage, part: int, totals: dict[int, tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """Totals of the part's own list first, then counts before it of the same family, nearest first, then after it."""
    if part in totals and not _is_part_itself(passage, totals[part][0]):
        yield totals[part]
    figure = passage.figures[part]
    near = [*range(part - 1, max(-1, part - _BASES), -1), *range(part + 1, min(part + 6, len(passage.figures)))]
    for index in near:
        other = passage.figures[index]
        if other.family == figure.family and other.value >= figure.value and not has_share(passage, index):
            yield (index,)


def has_share(passage: Passage, index: int) -> bool:
    """Is a percentage said of it, or is it one? Then it is another part, but not if it is 全文电子化."""
    if passage.figures[index].percent:
        return True
    follows = index + 1 < len(passage.figures) and passage.figures[index + 1].percent
    said = passage.gaps[index + 1]
    return follows and _IN_FULL not in said and ("占" in said or not says(said, "up", "down"))


def _is_part_itself(passage: Passage, index: int) -> bool:
    """78 条, 占总体的 97.5%: then 占总体 of its own parts is of the whole before."""
    return has_share(passage, index) and "占" in passage.gaps[index + 1]


def is_named(
    passage: Passage,
    base: tuple[int, ...],
    clause: str,
    inside: int | None,
    part: tuple[int, ...],
    totals: dict[int, tuple[int, ...]],
) -> bool:
    """Can nothing but this base be meant? It is printed with the percentage, or is the total of the part's list,
    or the only count before the part; and a noun after 占 does not speak of something else."""
    if inside is not None:
        return True
    if not may_be_of(passage, base, clause) or _is_its_sibling(passage, base[0], part[0]):
        return False
    if part[0] in totals:
        return True
    if _is_called_by(passage, base, clause, part[0]):
        return True
    family = passage.figures[base[0]].family
    alike = [i for i in range(max(0, part[0] - _BASES), part[0]) if passage.figures[i].family == family]
    there = passage.sentences[base[0]]
    behind = (
        all(passage.figures[at].percent for at in range(base[0] + 1, part[0])) and "。其中" in passage.gaps[part[0]]
    )
    close = there == passage.sentences[part[0]] or behind
    return close and [i for i in alike if passage.sentences[i] == there] == [base[0]]


def _is_its_sibling(passage: Passage, base: int, part: int) -> bool:
    """网站发布 258 条；微信发布 23 条，占…: told in the words of the part but for one of its own, or another result of
    the form, so that neither is of the other. What was done (收到, 办结), and 主动 and 共, tell no two kinds apart."""
    one, other = (ASIDE.sub("", passage.labels[at][-_LONGEST:]) for at in (base, part))
    if _INNER in "".join(passage.gaps[base + 1 : part + 1]):
        return False
    if says(one, "form_results") and says(other, "form_results"):
        return True
    begin = _alike(one, other)
    end = _alike(one[begin:][::-1], other[begin:][::-1])
    one_own, other_own = (_general().sub("", each[begin : len(each) - end]) for each in (one, other))
    kinds = min(len(one_own), len(other_own)) >= _CALLED and not says(one_own, "adverbs", "totals")
    return kinds and begin + end >= _CALLED and not any(verb in one_own + other_own for verb in words().account)


def _alike(one: str, other: str) -> int:
    """So many characters they begin with are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


_INNER = "其中"


@cache
def _general() -> re.Pattern[str]:
    """政府信息公开 and 各类 are no kind of request."""
    return lazy(one_of(words().of_all))


def may_be_of(passage: Passage, base: tuple[int, ...], clause: str) -> bool:
    """Does the noun after 占, if there is one, not speak of something else than the base?"""
    noun, label = _noun_of(clause), passage.about(base[0])
    return len(noun) < 2 or any(noun[i : i + 2] in label for i in range(len(noun) - 1))


def _noun_of(clause: str) -> str:
    """What a share says that it is of: 占办结总量的 → 办结."""
    noun = clause.partition("占")[2]
    for vague in _VAGUE:
        noun = noun.replace(vague, "")
    return noun


def _is_called_by(passage: Passage, base: tuple[int, ...], clause: str, part: int) -> bool:
    """占办结总量的: is it the only count before that is called so, in this sentence or the two before?"""
    noun = _noun_of(clause)
    if len(noun) < _CALLED or len(base) != 1:
        return False
    near = [i for i in range(max(0, part - _BASES), part) if passage.sentences[part] - passage.sentences[i] <= _CALLED]
    return [i for i in near if not passage.figures[i].percent and noun in passage.labels[i]] == [base[0]]


_CALLED = 2
_LONGEST = 40
"""So many characters of a label, or of what follows 占, hold a noun."""


def named_base(passage: Passage, clause: str, part: int) -> int | None:
    """占自然人申请的 32.4%: the one count before of who asks, or by which way, in the words of the share."""
    noun = _BARE.sub("", _noun_of(clause)[:_LONGEST])
    if (
        len(noun) < _CALLED
        or noun in passage.labels[part]
        or not says(noun, "persons", "bodies_asking", "ways", "channels")
    ):
        return None
    near = [i for i in range(max(0, part - _BASES), part) if passage.sentences[part] - passage.sentences[i] <= _CALLED]
    called = [i for i in near if not passage.figures[i].percent and noun in passage.labels[i]]
    if len(called) != 1 or _BARE.sub("", ASIDE.sub("", passage.labels[called[0]][-_LONGEST:])) != noun:
        return None
    figure, base = passage.figures[part], passage.figures[called[0]]
    return called[0] if base.family == figure.family and base.value >= figure.value else None


_BARE = lazy("^(?:收到|受理|新收|接收|其中)|(?:提出|提交|申请|信息|公开|件|类|的)+$")
