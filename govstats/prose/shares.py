"""Shares and rates of a passage: 占…的 p%, 占比 p%, 完成率 p%, 分别占 p%、q%."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

from govstats.prose.bases import (
    bases_of,
    counts_before,
    has_share,
    is_named,
    may_be_of,
    named_base,
    numerators,
    of_another,
    together,
    told_inside,
)
from govstats.prose.judge import judged
from govstats.prose.passages import Passage
from govstats.prose.rates import rate
from govstats.prose.ratios import ASIDE, Ratio, fits, gap, value_of
from govstats.prose.readings import summed
from govstats.prose.weighing import Sum
from govstats.prose.words import says
from govstats.text.patterns import lazy

_MARKS = lazy("[,，;。:]")
_HALF = 0.51
_CLAUSE = 60
"""So far back a clause may begin; without a mark of punctuation it is the whole text before."""


def shares(passage: Passage, sums: list[Sum]) -> Iterator[Ratio]:
    """The percentages of a passage that can be worked out from it."""
    found = list(_in_turn(passage, sums))
    fine = Counter(_list_of(passage, each) for each in found if each.holds and passage.figures[each.percent].grain < 1)
    return iter([_as_the_others(passage, _as_printed(passage, share, fine), found) for share in found])


def _list_of(passage: Passage, share: Ratio) -> tuple[int, tuple[int, ...]]:
    return passage.sentences[share.percent], share.whole


def _as_printed(passage: Passage, share: Ratio, fine: Counter[tuple[int, tuple[int, ...]]]) -> Ratio:
    """2 条，占 0.5%；22 条，占 6.3%；20 条，占 5% (5.73 %): a whole number among decimals is at least rounded."""
    percent = passage.figures[share.percent]
    if not share.holds or percent.approx or percent.grain != 1 or fine[_list_of(passage, share)] < _ROW:
        return share
    part, whole = summed(passage, share.part)[0], value_of(passage, share.whole)
    rounded = fits(percent._replace(grain=_HALF), part, whole)
    return share if rounded else share._replace(holds=False, severity="warning", reason="share")


def _as_the_others(passage: Passage, share: Ratio, found: list[Ratio]) -> Ratio:
    """200 条。网站 150 条, 占 85%; 公众号 50 条, 占 25%: another share of its sentence tells the whole."""
    if share.holds is not None or len(share.part) != 1 or len(share.whole) != 1:
        return share
    (part,), (whole,) = share.part, share.whole
    here = passage.sentences[share.percent]
    alike = passage.figures[part].unit == passage.figures[whole].unit and here - passage.sentences[whole] in (1, 2)
    beside = any(
        other.holds and other.whole == share.whole and passage.sentences[other.percent] == here for other in found
    )
    if alike and beside and may_be_of(passage, share.whole, _clause(passage, share.percent)):
        accused = Ratio(share.percent, share.part, share.whole, False, "warning", "share")
        return of_another(passage, share.percent, set()) or accused
    return share


def _in_turn(passage: Passage, sums: list[Sum]) -> Iterator[Ratio]:
    totals = {part: found.total.at for found in sums for part in found.parts}
    behind, last = -1, None
    for index in passage.percents:
        if index > behind:
            clause = _clause(passage, index)
            run = _run(passage, index, clause)
            behind = run[-1]
            for share in _shares(passage, run, clause, totals, sums):
                share = _going_on(passage, share, last) if last else share
                last = share if share.holds and share.whole else last
                yield share


def _going_on(passage: Passage, share: Ratio, last: Ratio) -> Ratio:
    """A list of shares that runs on after a full stop is of the same whole, if nothing else was counted in between."""
    if share.holds is not None or len(share.part) != 1:
        return share
    between = range(last.percent + 1, share.percent)
    near = passage.sentences[share.percent] - passage.sentences[last.percent] <= 1
    near = near and passage.labels[last.whole[0]] not in passage.labels[share.part[0]]
    alike = passage.figures[share.part[0]].unit == passage.figures[last.whole[0]].unit
    if not near or not alike or any(not passage.figures[i].percent and not has_share(passage, i) for i in between):
        return share
    value = passage.figures[share.part[0]].value
    if fits(passage.figures[share.percent], value, value_of(passage, last.whole)):
        return Ratio(share.percent, share.part, last.whole, True)
    accused = Ratio(share.percent, share.part, last.whole, False, "warning", "share")
    return of_another(passage, share.percent, set()) or accused


def _run(passage: Passage, first: int, clause: str) -> list[int]:
    """The percentage, or the row of them: 分别占 60%、30%、10%."""
    run = [first]
    if "分别" in clause:
        while run[-1] + 1 < len(passage.figures) and passage.gaps[run[-1] + 1] in ("、", "和", "及", ",", "，", " 和 "):
            run.append(run[-1] + 1)
    return [index for index in run if passage.figures[index].percent]


def _shares(
    passage: Passage, run: list[int], clause: str, totals: dict[int, tuple[int, ...]], sums: list[Sum]
) -> Iterator[Ratio]:
    if "占" in clause and not _are_of_their_sum(passage, run):
        inside = told_inside(passage, run[0], clause)
        for index in run:
            yield from _share(passage, index, run, (clause, inside), totals, sums)
    elif says(clause, "rates") and not says(clause, "up", "down"):
        yield from rate(passage, run[0], clause)
    elif _is_bracketed(passage, run[0]):
        yield from _bracketed(passage, run[0], totals)


def _is_bracketed(passage: Passage, index: int) -> bool:
    """动态 240 条(50%)."""
    percent = passage.figures[index]
    behind = percent.percent and passage.text.startswith(")", percent.end)
    return index > 0 and behind and passage.gaps[index] == "(" and not passage.figures[index - 1].percent


def _bracketed(passage: Passage, index: int, totals: dict[int, tuple[int, ...]]) -> Iterator[Ratio]:
    """It is that of the part before it of the part's total, if it fits, or if another part's that is told so does."""
    part = index - 1
    whole = totals.get(part) or _whole_of_brackets(passage, index)
    if whole is None:
        return
    if _fits_of(passage, index, whole):
        yield Ratio(index, (part,), whole, True)
    elif part not in totals or any(
        totals[other] == whole and _is_bracketed(passage, other + 1) and _fits_of(passage, other + 1, whole)
        for other in totals
        if other + 1 < len(passage.figures) and passage.figures[other + 1].percent
    ):
        yield Ratio(index, (part,), whole, False, "warning", "share")


def _whole_of_brackets(passage: Passage, index: int) -> tuple[int, ...] | None:
    """办结 376 件。答复类型：予以公开 68 件(18.09%)、部分公开 43 件(11.44%)…: the only count before a row of shares in
    brackets, if it is that of all the others, of two at least."""
    first = last = index
    while first > max(2, index - _REACH) and _is_bracketed(passage, first - 2):
        first -= 2
    while last + 2 < min(len(passage.figures), index + _REACH) and _is_bracketed(passage, last + 2):
        last += 2
    others = [at for at in range(first, last + 1, 2) if at != index]
    whole, part = first - 2, passage.figures[first - 1]
    if whole < 0 or len(others) < _ROW or passage.sentences[last] - passage.sentences[whole] > 1:
        return None
    alike = passage.figures[whole].unit == part.unit and not passage.figures[whole].percent
    alike = alike and not says("".join(passage.gaps[first : last + 1]), "introducers", "carried")
    return (whole,) if alike and all(_fits_of(passage, at, (whole,)) for at in others) else None


def _fits_of(passage: Passage, index: int, whole: tuple[int, ...]) -> bool:
    return fits(passage.figures[index], passage.figures[index - 1].value, value_of(passage, whole))


def _are_of_their_sum(passage: Passage, run: list[int]) -> bool:
    """许可 1500 件、处罚 300 件，分别占 83.3% 和 16.7%: a row of shares of what its own counts make."""
    row = counts_before(passage, run[0], None)[-len(run) :]
    if len(run) < _ROW or len(row) != len(run):
        return False
    whole = summed(passage, tuple(row))[0]
    return all(
        fits(passage.figures[share], passage.figures[part].value, whole) for share, part in zip(run, row, strict=True)
    )


_ROW = 2
_REACH = 24
"""So many figures on either side a row of shares in brackets is looked at."""


def _clause(passage: Passage, index: int) -> str:
    """The words since the last comma or percentage; a base may stand in it: 占总数 96 件的."""
    start = passage.figures[index].start
    told = [figure.end for figure in passage.figures[max(0, index - 2) : index] if figure.percent]
    begin = max(0, start - _CLAUSE, *told)
    clause = _MARKS.split(passage.text[begin:start])
    said = clause[-1] if len(clause) > 1 or begin > start - _CLAUSE else passage.text[:start]
    return f"占{said}" if _BARE_SHARE.match(said) else said


_BARE_SHARE = lazy("(?:比例|比重)[为是达约]*$")
"""40 条，比例为 80%."""


def _share(
    passage: Passage,
    index: int,
    run: list[int],
    said: tuple[str, int | None],
    totals: dict[int, tuple[int, ...]],
    sums: list[Sum],
) -> Iterator[Ratio]:
    clause, inside = said
    joint = inside is None and len(run) == 1 and _TOGETHER.search(clause.partition("占")[0]) is not None
    if not (joint or _is_about(passage, run[0], clause, inside)):
        if inside is None and len(run) == 1:
            yield from _of_part_behind(passage, index)
        return
    percent = passage.figures[index]
    parts = together(passage, index, totals) if joint else numerators(passage, index, run, inside, sums)
    if not parts:
        return
    if inside is not None and len(run) == 1 and inside < index:  # 甲 203 件、乙 102 件，占总数 603 件的 50.6%
        parts = [*parts, *(row for row in together(passage, index, totals, inside) if row not in parts)]
    part = parts[0]
    bases = [(inside,)] if inside is not None else list(bases_of(passage, part[0], totals))
    named = named_base(passage, clause, part[0]) if inside is None and not joint else None
    bases = [(named,)] if named is not None else bases
    readings = [(one, base) for one, base in product(parts, bases) if base != one]
    found = judged(readings, lambda pair: gap(percent, summed(passage, pair[0])[0], value_of(passage, pair[1])))
    if found and found[1]:
        yield Ratio(index, *found[0], True)
    elif named is not None:
        yield Ratio(index, part, bases[0], False, "warning", "share")
    elif bases and is_named(passage, bases[0], clause, inside, part, totals):
        alone = _OF_ALL.search(clause) or _divides_all(passage, part[0], sums)
        siblings = _siblings(part[0], totals) if alone else set()
        own = len(_subject(clause)) > 1 and _subject(clause) in passage.about(part[0])
        yield of_another(passage, index, siblings, own) or Ratio(index, part, bases[0], False, "warning", "share")
    elif len(part) == 1:
        yield Ratio(index, part, bases[0] if bases else (), None)


def _divides_all(passage: Passage, part: int, sums: list[Sum]) -> bool:
    """共 400 条, 网站 300 条(占 75%)、微信 100 条(占 25%): is it one of those that make the whole, so of no other?"""
    return _INNER not in passage.gaps[part] and any(found.holds and part in found.parts[1:] for found in sums)


_INNER = "其中"


def _of_part_behind(passage: Passage, index: int) -> Iterator[Ratio]:
    """公开 480 条, 动态类占 50%, 共 240 条: the part is told behind the percentage, of the only count before it."""
    part, figures = index + 1, passage.figures
    if part == len(figures) or not _AND_SO.fullmatch(passage.gaps[part].replace(" ", "")):
        return
    wholes = [
        whole
        for whole in counts_before(passage, index, None)
        if figures[whole].unit == figures[part].unit
        and figures[whole].value > figures[part].value
        and passage.depths[whole] <= passage.depths[index]
    ]
    found = judged(reversed(wholes), lambda whole: gap(figures[index], figures[part].value, figures[whole].value))
    if found and found[1]:
        yield Ratio(index, (part,), (found[0],), True)
    elif len(wholes) == 1 and not any(figures[at].approx for at in (part, *wholes)):
        yield Ratio(index, (part,), (wholes[0],), False, "warning", "share")


_AND_SO = lazy(r"[,，]?(?:共|共计|计|即|为|有)|\((?:共|计|即)?")
_OF_ALL = lazy("占[^,，。;]{0,8}(?:总[体数量]|全部|全年)")


def _siblings(part: int, totals: dict[int, tuple[int, ...]]) -> set[int]:
    """The parts of its list: 占总体 is of none of them."""
    return {other for other, total in totals.items() if total == totals.get(part)}


_TOGETHER = lazy("(?:共|合|合计|共计|总计|总共|[两二三四五几](?:者|项|类)(?:合计|共计|总计|合|共)?)(?:约|近)?$")


_ENDS = lazy("[。;]")
_OF_THEM = lazy(r"[和与、]|(?<!涉)及|合计|共|总计|以上|上述|[两二三四五](?:者|项|类)|均|各|分别|其中|\d")


def _subject(clause: str) -> str:
    return ASIDE.sub("", clause.partition("占")[0].rpartition("(")[2].strip())


def _is_about(passage: Passage, index: int, clause: str, inside: int | None) -> bool:
    """Does 占 speak of the count before it? `办结 160 件, 网络申请占 85%` does not."""
    subject = _subject(clause)
    counts = counts_before(passage, index, inside)
    if not counts:  # 大部分是征地类, 占比 90%: of nothing that was counted
        said = _ENDS.split(passage.gaps[index])[-1].partition("占")[0]
        return len(said) < 2 or _OF_THEM.search(said) is not None
    if not counts or len(subject) < 2 or any(character.isdigit() for character in subject) or "分别" in subject:
        return True
    label = passage.about(counts[-1])
    return not subject or subject in label or (len(label) > 1 and label in subject)
