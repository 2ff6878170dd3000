"""Passage → Partitions: requests by result, applicant or way, and cases by result, told without 其中.

予以公开 2 件, 信息不存在 7 件 stand for themselves wherever they stand; what they divide is told before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from govstats.prose.judge import judged
from govstats.prose.listing import is_change
from govstats.prose.mentions import Mention, is_not_taken_on, is_nothing_carried_in
from govstats.prose.passages import Passage
from govstats.prose.readings import is_divided, summed
from govstats.prose.results import is_told_of_cases, name_all_results, name_all_results_of_cases
from govstats.prose.rows import FAR, rows
from govstats.prose.totals import Total, total_of
from govstats.prose.weighing import Sum, is_counted_once, weighed
from govstats.prose.words import finder, says, words
from govstats.text.lexicon import one_of
from govstats.text.patterns import lazy

_FEW = 3
"""Two results below their total pick out."""
_SELECTION = 0.5
"""Results that make less than half of their total pick out examples."""
_REQUESTS = frozenset("件宗")


class Partition(NamedTuple):
    """Figures that divide one total, and what by: results, cases, applicants."""

    parts: tuple[int, ...]
    by: str


class Whole(NamedTuple):
    """A total that a partition may make, `also` being figures that it makes it with (what was carried on)."""

    total: Total
    also: tuple[int, ...] = ()


def partitions(passage: Passage, known: set[int], mentions: Sequence[Mention]) -> Iterator[Sum]:
    """The sums of the partitions of a passage whose figures are not `known` as parts of something else."""
    if not mentions and passage.signs.isdisjoint(("cases", "inside")):
        return
    flow = {mention.at: mention.roles for mention in mentions}
    kinds = [
        _kind(passage, index) if index not in known and index not in flow else ""
        for index in range(len(passage.figures))
    ]
    for index in range(1, len(kinds)):
        if not kinds[index] and kinds[index - 1] == "result" and index not in known and _is_last_result(passage, index):
            kinds[index] = "result"
    for parts in rows(passage, kinds):
        by = kinds[parts[0]]
        named = _named_whole(passage, parts[0])
        if by in _OF_CASES:
            wholes = _wholes_of_cases(passage, parts, by)
        else:
            wholes = [named] if named else _wholes_of_requests(passage, parts, mentions)
            received = (
                named
                or by == "result"
                or any("new" in m.roles or ("todo" in m.roles and "handled" not in m.roles) for m in mentions)
            )
        found = _weighed(passage, Partition(parts, by), wholes)
        if found and by not in _OF_CASES and not (found.holds or received):
            continue  # 办结 137 件；自然人 128 件，法人 13 件: who asked is told of those received
        if found and by == "way" and not found.holds and (overlap := _overlap(passage, found)):
            if overlap == "told" or len(found.parts) < _FEW:
                continue
            found = found._replace(severity="info")
        if found and is_counted_once(passage, found):
            continue
        if found and by not in _OF_CASES and _is_lacking(passage, found, kinds, known | flow.keys()):
            continue
        if found and named and found.reason == "below" and _were_handled(passage, found, mentions):
            found = found._replace(severity="warning", reason="again")
        elif (
            found
            and not found.holds
            and by not in _OF_CASES
            and not (named or _is_known(passage, mentions) or _is_short(passage, found, mentions))
            and not (found.reason == "above" and by in ("applicant", "way"))
        ):
            found = found._replace(severity="info")
        if found:
            yield found


def _is_last_result(passage: Passage, index: int) -> bool:
    """…，不予处理类 16 件，其他类 28 件: 其他处理."""
    figures, label = passage.figures, passage.labels[index]
    alike = figures[index].unit == figures[index - 1].unit and says(passage.about(index - 1), "form_results")
    return alike and _OTHERS.fullmatch(label) is not None


_OTHERS = lazy("其[他它](?:类|情形|情况|结果)?")


def _named_whole(passage: Passage, first: int) -> Whole | None:
    """60 件申请中，予以公开 40 件: the figure before says itself that these are its parts."""
    at = first - 1
    named = at >= 0 and passage.sentences[at] == passage.sentences[first] and _AMONG.match(passage.tails[at])
    return Whole(total_of(passage.figures[at], at)) if named else None


_AMONG = lazy(
    "(?:政府信息|信息公开|公开|依申请公开|的)*(?:申请|办件|件)?(?:答复|办理|办结|处理)?(?:结果)?当?中(?![心国央共小标止断途期介])"
)


def _were_handled(passage: Passage, found: Sum, mentions: Sequence[Mention]) -> bool:
    """办结 76 件，结转 2 件，办结的 82 件中 …: do the parts make what was told before to have been handled?"""
    made = summed(passage, found.parts)[0]
    return any(
        "handled" in each.roles[:1] and each.at < found.total.at[0] and passage.figures[each.at].value == made
        for each in mentions
    )


def _is_known(passage: Passage, mentions: Sequence[Mention]) -> bool:
    """Is it told what was carried in, or what was handled? Else nobody knows what the results are to make."""
    return (
        is_nothing_carried_in(passage.text)
        or _ALL_DONE.search(passage.text) is not None
        or any(mention.roles[0] in ("due", "handled", "todo") for mention in mentions)
    )


_ALL_DONE = lazy("(?:均|全部|都|皆)(?:已|已经|按[时期]|及时|依法)*(?:办结|答复|办理完毕|回复|办复)")
"""收到 29 件，均已答复: what was handled is what was received."""


def _is_short(passage: Passage, found: Sum, mentions: Sequence[Mention]) -> bool:
    """Do all results and what was carried on not even make what was received? What was carried in only adds to it."""
    made = {*found.parts, *_only(mentions, "next")}
    return found.reason in ("form", "applicants") and sum(passage.figures[at].value for at in made) < found.total.value


def _is_lacking(passage: Passage, found: Sum, kinds: list[str], read: set[int]) -> bool:
    """Is it below its total, while between its parts, or those of the run before, stand requests that nobody could
    read, or while its sentence is cut off?"""
    last = max(found.parts)
    if found.holds or summed(passage, found.parts)[0] > found.total.value:
        return False
    if passage.is_cut_off(last):
        return True
    sentence, depth = passage.sentences[found.parts[0]], passage.depths[found.parts[0]]
    told = [at for at in range(last) if passage.sentences[at] == sentence and passage.depths[at] == depth]
    first = next((at for at in told if kinds[at]), last)
    return any(at > first and not kinds[at] and at not in read and passage.figures[at].unit in _REQUESTS for at in told)


_OF_REQUESTS = lazy("(?:政府)?信息公开申请|依申请公开|公开申请")
"""对于 11 件信息公开申请，…: what is told of, and no result."""


def _kind(passage: Passage, index: int) -> str:
    figure = passage.figures[index]
    if figure.percent or figure.approx or figure.family not in ("thing", "") or _AMONG.match(passage.tails[index]):
        return ""
    if is_change(passage, index):
        return ""
    said = _OF_REQUESTS.sub("", passage.about(index)).replace("复议机关", "")
    if _SUITS.search(said):
        return "suit"
    if figure.unit in _REQUESTS and _way().search(passage.labels[index]) and not says(said, "other_matters"):
        return "way"
    if says(said, "results") and not says(said, "cases"):
        return "case" if _is_of_cases(passage, index) else "result" if says(said, "outcomes") else ""
    if says(said, "cases"):
        return ""
    if says(said, "persons") or says(said, "bodies_asking"):
        return "applicant"
    of_form = says(said, "outcomes") and not _is_of_others(said) and not _PUBLISHED.search(said)
    return "result" if of_form or is_not_taken_on(said) else ""


_PUBLISHED = lazy(
    "(?<![已以于为的])主动公开|(?:累计|对外|网站|平台|公众号|微信|微博)公开|公开(?:各类|发布)|发布|推送"
    "|(?<!予以)(?<!同意)(?<!部分)(?<!本机关)(?<!行政机关)公开(?:政府|政务|相关|基础|重点|有关)*信息"
)
"""网站公开 217 条, 公开各类信息 300 条: published by itself, and no result of a request."""


_OF_CASES = ("case", "suit")
_SUITS = lazy("直接(?:向[^,，。;]{0,8})?(?:起诉|提起)|复议后(?:再)?(?:起诉|提起)")
"""未经复议直接起诉 3 件，复议后起诉 2 件: what suits are divided into."""


@cache
def _way() -> re.Pattern[str]:
    """网上申请 6 件, 通过信函提交 4 件: by which way requests came, and no more."""
    return lazy(rf"(?:{one_of(words().ways)})(?:方式|渠道|途径)?(?:提交|提出|收到|接收)?的?(?:申请)?(?:数量?)?$")


_OVERLAPS = lazy("重复|多次|同时|补寄|分别")


def _overlap(passage: Passage, found: Sum) -> str:
    """Is it `told` that something was sent by two ways, or was all of it sent by one of them (`whole`)?"""
    first, last = passage.bounds(passage.figures[found.total.at[0]].start, passage.figures[found.parts[-1]].end)
    whole = any(passage.figures[part].value >= found.total.value for part in found.parts)
    told = _OVERLAPS.search(passage.text[first:last]) is not None
    return "told" if told else "whole" if whole else ""


def _is_of_others(said: str) -> bool:
    """Do the words speak of petitions, calls and the like? 咨询 and 信访 are results as well."""
    return any(match[0] not in words().outcomes for match in finder("other_matters").finditer(said))


def _is_of_cases(passage: Passage, index: int) -> bool:
    head = passage.head(index)
    return max(head.rfind("复议"), head.rfind("诉讼")) > head.rfind("申请公开")


def _wholes_of_requests(passage: Passage, parts: tuple[int, ...], mentions: Sequence[Mention]) -> list[Whole]:
    """What the account before tells, handled first: each figure, with what was carried in or without; and the same
    for the results together with what was carried on."""
    near = [m for m in mentions if m.at < parts[0] and passage.sentences[parts[0]] - passage.sentences[m.at] <= FAR]
    near.sort(key=lambda mention: ("handled" not in mention.roles[:1], -mention.at))
    counted = _unit(passage, parts[0])
    received = [m.at for m in near if m.roles not in (("due",), ("next",)) and _unit(passage, m.at) in (counted, "")]
    due, coming = (_only(mentions, role) for role in ("due", "next"))
    wholes = [Whole(total_of(passage.figures[at], at)) for at in received]
    besides = [m.at for m in near if m.at in received and ("new" in m.roles or m.roles == ("handled",))]
    wholes += [_joined(passage, at, carried, 1) for at in besides for carried in due]
    wholes += [_joined(passage, at, carried, -1) for at in received for carried in due]
    with_coming = [whole._replace(also=(carried,)) for whole in wholes for carried in coming]
    if with_coming and is_nothing_carried_in(passage.text) and not any("handled" in m.roles for m in near):
        return with_coming
    return wholes + with_coming


def _unit(passage: Passage, index: int) -> str:
    """Requests are counted as 件, 宗, 份 or 起, all the same; 条 is told of news as well."""
    unit = passage.figures[index].unit
    return "件" if unit in _ALIKE else unit


_ALIKE = frozenset("件宗份起例次")


def _only(mentions: Sequence[Mention], role: str) -> list[int]:
    """Those that can count nothing else; a bare 结转 may be either, of the year before or into the next."""
    return [each.at for each in mentions if role in each.roles and {*each.roles} <= {role, "due", "next"}]


def _joined(passage: Passage, at: int, carried: int, sign: int) -> Whole:
    """What was received, and what was carried in besides; or what was to be done, without it."""
    total = total_of(passage.figures[at], at)
    value = total.value + sign * passage.figures[carried].value
    return Whole(total._replace(value=value, at=tuple(sorted((at, carried)))))


def _wholes_of_cases(passage: Passage, parts: tuple[int, ...], by: str) -> list[Whole]:
    """The reviews or suits before, the nearest that are not 0 first, and all of them together."""
    near = [
        index
        for index in range(max(0, parts[0] - 6), parts[0])
        if is_told_of_cases(passage, index)
        and not says(passage.about(index), "results")
        and (by == "case" or _SUIT.search(passage.about(index)))
        and passage.sentences[parts[0]] - passage.sentences[index] <= 1
        and passage.figures[index].value
        and not passage.figures[index].percent
    ]
    if near and "其中" not in passage.gaps[parts[0]]:  # 复议 2 件；诉讼 12 件，4 件维持: of the suits alone
        here = [index for index in near if passage.segments[index] == passage.segments[parts[0]]]
        near = here or near
    found = [total_of(passage.figures[index], index) for index in reversed(near)]
    if len(found) > 1:
        found.append(found[0]._replace(value=sum(total.value for total in found), at=tuple(near)))
    return [Whole(total) for total in found]


_SUIT = lazy("诉讼|应诉")


def _weighed(passage: Passage, partition: Partition, wholes: list[Whole]) -> Sum | None:
    """It holds if it makes any of the totals; else it is told if it is above all of them, or if it must be all."""
    found = judged(wholes, lambda whole: whole.total.gap(*summed(passage, _with(partition, whole))))
    if found is None:
        return None
    (nearest, holds), why = found, _why_whole(passage, partition)
    told = weighed(passage, nearest.total, _with(partition, nearest), why)
    beyond = all(summed(passage, _with(partition, whole))[0] > whole.total.value for whole in wholes)
    if holds or why or beyond:
        return told
    if summed(passage, told.parts)[0] < _SELECTION * nearest.total.value:
        return None
    if partition.by in ("way", "suit") or len(partition.parts) < _FEW or is_divided(passage, partition.parts):
        return None
    return told._replace(severity="info", reason="below")


def _with(partition: Partition, whole: Whole) -> tuple[int, ...]:
    return tuple(sorted((*partition.parts, *whole.also)))


def _why_whole(passage: Passage, partition: Partition) -> str:
    """Why it must be all: it names persons and bodies, or the results up to the form's last; empty if it need not."""
    if partition.by == "applicant" and _names_all_applicants(passage, partition.parts):
        return "applicants"
    if partition.by == "case" and name_all_results_of_cases(passage, partition.parts):
        return "form"
    if partition.by == "suit" and _names_both_suits(passage, partition.parts):
        return "form"
    return "form" if partition.by == "result" and name_all_results(passage, partition.parts) else ""


def _names_both_suits(passage: Passage, parts: tuple[int, ...]) -> bool:
    """未经复议直接起诉 3 件，复议后起诉 2 件: the form has no third kind."""
    said = [passage.about(index) for index in parts]
    return len(parts) == 2 and "直接" in said[0] + said[1] and any("复议后" in each for each in said)


def _names_all_applicants(passage: Passage, parts: tuple[int, ...]) -> bool:
    labels = [passage.about(index) for index in parts]
    return any(says(label, "persons") for label in labels) and any(says(label, "bodies_asking") for label in labels)
