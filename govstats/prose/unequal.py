"""A list that makes none of its totals → the fault that is told, and how sure it is; None if a reading excuses it."""

from __future__ import annotations

from itertools import takewhile

from govstats.prose.completeness import why_whole
from govstats.prose.listing import Listing
from govstats.prose.mentions import is_answered, is_carried_on
from govstats.prose.overlapping import is_besides
from govstats.prose.passages import Passage
from govstats.prose.readings import (
    Reading,
    family_parts,
    is_divided,
    is_each,
    is_rest,
    is_rest_of_all,
    is_stage,
    opens_clause,
    summed,
)
from govstats.prose.siblings import are_of_one_kind, is_sibling
from govstats.prose.totals import Total
from govstats.prose.weighing import Sum, weighed
from govstats.prose.words import says
from govstats.text.patterns import lazy

_SELECTION = 0.5
"""A list that names less than half of its total picks out examples: nothing is claimed."""
_OF_ANOTHER = 0.1
"""Parts that make less than a tenth are, for all their 其他, most likely of something else."""
_SLIP = 0.03
"""A part left over below this share of the total is a total added up wrongly rather than a second view of the parts."""
_WAN = 10_000
_LEAST_SLIP = 100
_TELLING = 3
"""Two figures of so many digits that differ in zeros only are one figure."""


def as_closed(passage: Passage, total: Total, reading: Reading) -> Sum:
    """The sum holds, unless a further part of the same kind follows: then the parts overlap, or are too many. What
    divides anew (主办 9 件，协办 6 件，答复 9 件) is none."""
    if beyond := _beyond_the_rest(passage, total, reading):
        return Sum(total, (*reading.parts, *beyond), False, "info", "overlap")
    reading = reading._replace(left=_in_row(passage, reading))
    if not reading.left or _divide_the_last(passage, reading) or not _goes_on(passage, total, reading):
        return Sum(total, reading.parts, True)
    sure = _is_one_list(passage, total, reading)
    parts = (*reading.parts, *reading.left)
    return Sum(total, parts, False, "warning" if sure else "info", "above" if sure else "overlap")


def _beyond_the_rest(passage: Passage, total: Total, reading: Reading) -> tuple[int, ...]:
    """公告 29 条，其他类 7 条，县长信箱 2 条 of 52: a noun more behind 其他, in a list of nouns, ends its sentence."""
    (*_, before, last), left = reading.parts, reading.left
    if (
        len(left) != 1
        or not is_rest(passage, last)
        or passage.sentences[left[0] + 1 :][:1] == [passage.sentences[last]]
    ):
        return ()
    alike = {passage.figures[index].unit for index in (before, *left)} == {total.unit}
    nouns = not any(opens_clause(passage, index) or passage.depths[index] for index in (before, *left))
    marks = {_mark(passage, index) for index in (last, *left)}
    channel = says(passage.about(left[0]), "channels_of_news", "cases", "requests", "stocks", "another_view")
    plain = alike and nouns and len(marks) == 1 and not channel and len(reading.parts) >= _FEW_PARTS
    return left if plain and passage.labels[left[0]] and not is_stage(passage, left[0]) else ()


def _divide_the_last(passage: Passage, reading: Reading) -> bool:
    """共 5 件，其中甲 1 件；乙 4 件，丙 2 件、丁 2 件: do those behind make the last part?"""
    plain = len(reading.left) > 1 and not is_rest(passage, reading.left[-1])
    return plain and summed(passage, reading.left)[0] == passage.figures[reading.parts[-1]].value


def _in_row(passage: Passage, reading: Reading) -> tuple[int, ...]:
    """What is left over, up to the rest and as far as it is parted as the parts are: in a row of 、 a ， ends it."""
    left = reading.left
    rest = next((at for at, index in enumerate(left) if is_rest(passage, index)), len(left))
    left = left[: rest + 1]
    mark = _mark(passage, reading.parts[-1])
    if mark not in ("、", ";"):
        return left
    return tuple(takewhile(lambda index: _mark(passage, index) == mark, left))


def _mark(passage: Passage, index: int) -> str:
    """What parts it from the figure before: 动态 23 条、财政 30 条和其他 8 条 are parted alike."""
    gap = passage.gaps[index].lstrip(")")
    if not passage.labels[index]:  # 5 宗结果纠正，6 宗其他结果
        return gap[-1:]
    return "、" if gap.startswith(_AND) else gap[:1]


_AND = ("和", "及", "以及", "与")


def _is_one_list(passage: Passage, total: Total, reading: Reading) -> bool:
    """Is what is left over surely a part like the others: called 其他, parted or named as they are, or so small that it
    is a slip?"""
    left, every = reading.left, (*reading.parts, *reading.left)
    marks = {_mark(passage, index) for index in every[1:]}
    across = any(says(passage.labels[index], "crossing") for index in left)
    slip = summed(passage, left)[0] < total.value * _SLIP and not across
    named = is_rest(passage, left[-1]) or _are_named_alike(passage, every)
    named = named or are_of_one_kind(passage, every) or all(says(passage.about(index), "results") for index in every)
    return marks in ({";"}, {"、"}) or named or slip


_NAME_ENDS = ("类", "类信息")


def _are_named_alike(passage: Passage, parts: tuple[int, ...]) -> bool:
    """机构职能类, 工作动态类, 财政类."""
    return all(passage.labels[index].endswith(_NAME_ENDS) for index in parts)


def _goes_on(passage: Passage, total: Total, reading: Reading) -> bool:
    """Do all that are left over go on as the last part does, so that they are parts as well?"""
    return all(_is_one_more(passage, total, reading.parts, following) for following in reading.left)


def _is_one_more(passage: Passage, total: Total, parts: tuple[int, ...], following: int) -> bool:
    """Is it told as the last part is? 6 条信息得到录用 is told the other way round, and counts something else."""
    last = parts[-1]
    return (
        (passage.segments[following] == passage.segments[last] or passage.gaps[following].startswith(";"))
        and passage.figures[following].value < total.value  # what is more than all is none of the parts that make it
        and passage.figures[following].unit == passage.figures[last].unit
        and _mark(passage, following) == _mark(passage, last)
        and (
            bool(passage.labels[following]) == bool(passage.labels[last])
            or _are_results_of_cases(passage, parts, following)
        )
        and not is_stage(passage, following)
        and not is_besides(passage, total, following)
        and not says(passage.about(following), "told_twice")
        and not is_rest(passage, last)
        and is_sibling(passage, parts, following)
        and not says(passage.about(following), "cases")
        and not (is_carried_on(passage.about(following)) and _is_settled(passage, total.at[0]))
    )


def _are_results_of_cases(passage: Passage, parts: tuple[int, ...], following: int) -> bool:
    """判决撤销 4 起，1 起正在审理中."""
    return all(says(passage.about(index), "results") for index in (*parts, following))


def _is_settled(passage: Passage, index: int) -> bool:
    return is_stage(passage, index) or is_answered(passage.labels[index])


def fault_of(passage: Passage, listing: Listing, totals: list[Total], ends: list[tuple[int, ...]]) -> Sum | None:
    """`totals` are the nearest and its rivals; the shortest list above all of them is too much in every reading."""
    total, shortest, whole = totals[0], ends[0], ends[-1]
    if not shortest or len(whole) < 2 or listing.inner or _stand_beside(passage, total, listing.parts[0], whole):
        return None
    if _is_uneven(passage, whole):
        even = next((end for end in ends if len(end) > 1 and not _is_uneven(passage, end)), ())
        if not even or summed(passage, even)[0] <= max(other.value for other in totals):
            return _above_at_least(passage, listing, totals, shortest)
        shortest = whole = even  # 18 件，其中 5 件、10 件、8 件；发布 2 万余条: what is uneven stands behind the list
    loose = any(passage.figures[index].approx for index in whole)
    if not loose and total.equals(*summed(passage, whole)):
        return Sum(total, whole, True)
    if not loose and _is_meant_whole(passage, total, whole):
        ends, shortest = [whole], whole
    alike = [other for other in totals if other.family == total.family]
    if _is_repeated(passage, total, shortest):
        return None
    limit = max(other.value for other in alike)
    if summed(passage, shortest)[0] > limit:
        told = alike if len(total.at) == 1 else [total]  # 除 1 件外 says itself what the list is of
        nearest = min(told, key=lambda other: other.gap(*summed(passage, shortest)))
        return _above(passage, nearest, _counted_alike(passage, nearest, shortest, limit))
    reading = next((end for end in reversed(ends) if summed(passage, end)[0] < total.value), None)
    if loose or reading is None or listing.partial or len(shortest) < 2 or passage.is_cut_off(whole[-1]):
        return None
    if is_divided(passage, whole):
        return None
    return _below(passage, total, reading, len(ends) == 1)


def _is_meant_whole(passage: Passage, total: Total, whole: tuple[int, ...]) -> bool:
    """动态 176 条；转发 9 条，国安 23 条，其他 354 条 of 559: a list that runs to 其他 and nearly makes its total."""
    off = abs(summed(passage, whole)[0] - total.value)
    units = {passage.figures[index].unit for index in whole}
    rest = is_rest_of_all(passage, whole[-1])
    return rest and units == {total.unit} and off <= total.value * _SLIP and len(whole) >= _FEW_PARTS


def _stand_beside(passage: Passage, total: Total, listed: int, parts: tuple[int, ...]) -> bool:
    """发文 4 条，其中业务工作 4 条；动态 51 条: nothing is left of the total for what stands behind the semicolon.
    网站 4223 条；微信、微博分别发布 1826 条、2386 条: outlets told one by one divide nothing."""
    first, second = passage.figures[parts[0]], parts[1]
    gap = passage.gaps[parts[0]]
    if passage.sentences[total.at[0]] != passage.sentences[parts[0]] and passage.is_respective(parts[0]):
        return True
    if (
        passage.segments[listed] != passage.segments[parts[0]]
        and passage.figures[listed].unit == total.unit != first.unit
    ):
        return True
    used_up = first.value == total.value and passage.segments[parts[0]] != passage.segments[second]
    return used_up or ("分别" in gap and "其中" not in gap and says(gap, "outlets"))


def _is_repeated(passage: Passage, total: Total, parts: tuple[int, ...]) -> bool:
    """公开信息 73 条, 其中网站 73 条, 公众号 73 条: of what one channel has whole the others tell a part once more."""
    label = passage.labels[total.at[0]]
    if not says(label, "published", "publishing") or says(label, "requests"):
        return False
    channels = [index for index in parts if says(passage.about(index), "channels_of_news")]
    whole = any(passage.figures[index].value == total.value for index in channels)
    return whole and all(index in channels or passage.figures[index].value <= total.value for index in parts)


def _above_at_least(passage: Passage, listing: Listing, totals: list[Total], parts: tuple[int, ...]) -> Sum | None:
    """400 篇, 其中甲 30 余篇、乙 200 余篇, 丙 180 篇: parts that are at least so many, and more than there are."""
    figures = [passage.figures[index] for index in parts]
    alike = {figure.unit for figure in figures} == {totals[0].unit}
    plain = alike and {figure.approx for figure in figures} <= {"", ">"}
    whole = parts == family_parts(passage, totals[0], listing.parts) and listing.attached
    if not (plain and whole) or any(total.approx for total in totals) or _is_uneven(passage, parts, ">"):
        return None
    value = summed(passage, parts)[0]
    greatest = max(parts, key=lambda index: passage.figures[index].value)
    foreign = passage.figures[greatest].value > totals[0].value and not _is_sure_part(
        passage, totals[0], parts, greatest
    )
    if value <= max(total.value for total in totals if total.unit == totals[0].unit) or foreign:
        return None
    severity = "info" if totals[0].value % _ROUND == 0 else "warning"
    return Sum(totals[0], parts, False, severity, "above")


_ROUND = 100
"""A total that ends in two zeros may be rounded itself."""


def _counted_alike(passage: Passage, total: Total, parts: tuple[int, ...], limit: float) -> tuple[int, ...]:
    """319 条，其中文件 7 件、动态 159 条、公告 164 条: those counted as the total is, if they are too many."""
    own = tuple(index for index in parts if passage.figures[index].unit == total.unit)
    larger = any(passage.figures[index].value > total.value for index in parts)
    return own if len(own) > 1 and summed(passage, own)[0] > limit and not larger else parts


def _above(passage: Passage, total: Total, parts: tuple[int, ...]) -> Sum | None:
    greatest = max(parts, key=lambda index: passage.figures[index].value)
    if passage.figures[greatest].value > total.value and not _is_sure_part(passage, total, parts, greatest):
        parts = parts[: parts.index(greatest)]  # the rest are too many without it, or nothing is known
        if len(parts) < _FEW_PARTS or summed(passage, parts)[0] <= total.value:
            return None
    found = weighed(passage, total, parts)
    alone = any(all(says(passage.about(index), of) for index in parts) for of in _EACH_HAS_ONE)
    whole = not alone and total.value == passage.figures[greatest].value
    sure = _alike(passage, total, parts) == len(parts) and not whole and not _are_of_one_document(passage, total, parts)
    return found if sure else found._replace(severity="info")


_FEW_PARTS = 3
_EACH_HAS_ONE = ("ways", "form_results", "results")
"""Of what a request has but one, a part may not be all and the others come besides."""


def _are_of_one_document(passage: Passage, total: Total, parts: tuple[int, ...]) -> bool:
    """解读政策文件 17 篇，其中文字解读 16 篇，专家解读 2 篇: of one document there are several."""
    at = total.at[0]
    explained = _EXPLAINED.search(passage.labels[at]) or _EXPLAINED_BEHIND.match(passage.tails[at])
    return explained is not None and any(says(passage.about(index), "made_of") for index in parts)


_EXPLAINED = lazy("解读[^,，。;]{0,12}文件(?:数量|数|共计|共|计)*$")
_EXPLAINED_BEHIND = lazy("[^,，。;]{0,8}(?:文件|政策)[^,，。;]{0,8}解读")
"""为 17 件文件配发解读."""


def _is_sure_part(passage: Passage, total: Total, parts: tuple[int, ...], index: int) -> bool:
    """A part above its whole: only with the same measure word, not of another time or kind (历年, 子栏目), and not in a
    list that a heading of its own opens in the next sentence (…情况:)."""
    label, gap = passage.about(index), passage.gaps[parts[0]]
    headed = passage.sentences[total.at[0]] != passage.sentences[parts[0]] and ":" in gap and "其中" not in gap
    alike = passage.figures[index].unit == total.unit and not headed
    return alike and not says(label, "inner", "other_times", "stages")


def _is_uneven(passage: Passage, parts: tuple[int, ...], allowed: str = "") -> bool:
    """Are some parts approximate, each of several (各 46 份), told twice (重复公开), or finer than the whole (二级栏目,
    unless 一级 stands beside them)? Ways with 余 are even: they are at least so many, and nothing but parts."""
    labels = [passage.about(index) for index in parts]
    if any(is_each(passage, index) or says(passage.about(index), "told_twice") for index in parts):
        return True
    approx = {passage.figures[index].approx for index in parts} - {"", allowed}
    if approx and not (approx == {">"} and all(says(label, "ways_of") for label in labels)):
        return True
    return any(says(label, "inner") for label in labels) and not any("一级" in label for label in labels)


def _is_told_before(passage: Passage, total: Total, lacking: float) -> bool:
    """网站公开 10 条。公开信息 128 条，其中动态 78 条，其他 40 条: is what is lacking told right before the total?"""
    before = total.at[0] - 1
    figure = passage.figures[before] if before >= 0 else None
    return figure is not None and figure.value == lacking and figure.unit == total.unit


def _is_slip(total: float, value: float) -> bool:
    """Is one the other with 万 or a few zeros too many?"""
    if value * _WAN == total and value >= _LEAST_SLIP:
        return True
    return len(f"{value:.0f}".rstrip("0")) >= _TELLING and any(value * 10**power == total for power in (1, 2, 3, 4, 8))


def _alike(passage: Passage, total: Total, parts: tuple[int, ...]) -> int:
    """How many parts count with the total's own measure word."""
    return sum(passage.figures[index].unit in (total.unit, "") for index in parts)


def _below(passage: Passage, total: Total, parts: tuple[int, ...], only: bool) -> Sum | None:
    value = summed(passage, parts)[0]
    why = "" if total.approx else why_whole(passage, total, parts)
    if why:
        found = weighed(passage, total, parts, why)
        if why == "rest" and _is_told_before(passage, total, total.value - value):
            return found._replace(severity="info")
        return found if why != "rest" or value >= _OF_ANOTHER * total.value else found._replace(severity="info")
    if _is_slip(total.value, value):
        return Sum(total, parts, False, "warning", "scale")
    if value < _SELECTION * total.value or _alike(passage, total, parts) < len(parts) or total.approx:
        return None
    return Sum(total, parts, False, "info", "below")
