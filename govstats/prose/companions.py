"""Claims on cells that do not hold, in the light of the figures beside them: what together makes the cell is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from govstats.prose.answers import About
from govstats.prose.cells import CellClaim
from govstats.prose.mentions import Mention, is_carried_in, is_of_another_class
from govstats.prose.nouns import nouns
from govstats.prose.passages import Passage
from govstats.prose.words import words
from govstats.text.patterns import lazy


def without_companions(
    passage: Passage, found: Sequence[CellClaim], told: Sequence[Mention], report: About
) -> Iterator[CellClaim]:
    """The claims without those that a figure beside them bears out."""
    refused = [claim for claim in found if not claim.holds and claim.figure]
    if not refused:
        yield from found
        return
    roles = {passage.figures[mention.at][:2]: mention.roles for mention in told}
    borne_out = {claim.cells for claim in found if claim.holds}
    excused = {*_together(passage, refused)}
    carried = [at for at, figure in enumerate(passage.figures) if figure.value and is_carried_in(passage, at)]
    excused |= {claim.span for claim in refused if _is_of_a_part(passage, claim, roles, report, carried)}
    excused |= {claim.span for claim in refused if _is_before_merging(passage, claim)}
    excused |= {claim.span for claim in refused if _is_of_some(passage, claim, told, report)}
    excused |= {claim.span for claim in refused if _is_class(passage, claim)}
    excused |= {claim.span for claim in refused if _is_rest_of_what_came(passage, claim, told)}
    excused |= {
        claim.span for claim in refused if claim.scope and (claim.cells in borne_out or _is_told_beside(passage, claim))
    }
    yield from (claim for claim in found if claim.span not in excused)


def _together(passage: Passage, refused: list[CellClaim]) -> Iterator[tuple[int, int]]:
    """局机关收到 60 件, 局属单位收到 35 件: in one sentence, of the same cells, which hold their sum."""
    alike: defaultdict[tuple[object, ...], list[CellClaim]] = defaultdict(list)
    for claim in refused:
        alike[claim.cells, passage.bounds(*claim.span)].append(claim)
    for group in alike.values():
        if len(group) > 1 and sum(claim.value for claim in group) == group[0].expected:
            yield from (claim.span for claim in group)


def _is_of_a_part(
    passage: Passage, claim: CellClaim, roles: dict[tuple[int, int], tuple[str, ...]], report: About, came: list[int]
) -> bool:
    """当年办结 90 件, 另办结上年结转 8 件: what was received this year and what was carried in, told apart, make the
    cell; their sum is told as 合计 98 件. Or both in a bracket: 答复 98 件（上年结转 8 件、本年新收 90 件）."""
    index = next((at for at, figure in enumerate(passage.figures) if figure[:2] == claim.span), 0)
    carried = {passage.figures[at].value for at in came if _is_beside(passage, at, index)}
    if claim.cells[0].table not in ("applications", "summary"):
        return claim.expected - claim.value in carried
    if roles.get(claim.span, ("",))[0] in ("due", "next"):
        return False
    handled = {held for _, held in report.answers(nouns().roles["handled"])}
    if passage.names[index] in words().grand_totals:
        return claim.value in handled
    return bool({held - claim.value for held in (*handled, claim.expected)} & carried)


def _is_beside(passage: Passage, at: int, index: int) -> bool:
    """Is it told apart, not in a bracket of which it is a part? 答复 92 件(不含上年结转 6 件)."""
    return passage.depths[at] <= passage.depths[index] or _LEFT_OUT.match(passage.gaps[at]) is not None


_LEFT_OUT = lazy(r"[件宗份起条项个]?\((?:不|未|另)")


def _is_of_some(passage: Passage, claim: CellClaim, told: Sequence[Mention], report: About) -> bool:
    """新收的 128 件中办结 120 件; 上年结转的 5 件中予以公开 1 件: is it told only of those that the sentence tells of,
    the new ones, of which all were handled that are not carried on, or those carried in?"""
    if claim.cells[0].table != "applications" or claim.value > claim.expected:
        return False
    index = next((at for at, figure in enumerate(passage.figures) if figure[:2] == claim.span), 0)
    earlier = [each.at for each in told if each.at < index and passage.sentences[each.at] == passage.sentences[index]]
    of_one = [*earlier[:1]] == earlier
    base = next((at for at in range(index - 1, max(-1, index - _FAR), -1) if _opens(passage, at, index, of_one)), None)
    if base is None:
        return False
    if is_carried_in(passage, base):
        return claim.value <= passage.figures[base].value
    roles = next((each.roles for each in told if each.at == base), ())
    new, left = (report.answers(nouns().roles[role]) for role in ("new", "next"))
    own = {whole - rest for _, whole in new for _, rest in left}
    received = "new" in roles or (not roles and _RECEIVED.search(passage.labels[base]))
    handled = [cells for cells, _ in report.answers(nouns().roles["handled"])]
    return bool(received) and claim.cells in handled and claim.value in own


_RECEIVED = lazy("收到|新收|接收|受理|新增")


_FAR = 24


def _opens(passage: Passage, base: int, index: int, of_one: bool) -> bool:
    """新收的 128 件中, 新收 27 件(当年办结 26 件): is what follows told of that figure's? 其中 may be of several."""
    if passage.sentences[base] != passage.sentences[index]:
        return False
    if passage.depths[index] > passage.depths[base]:
        return index == base + 1 or min(passage.depths[base + 1 : index + 1]) > passage.depths[base]
    if passage.depths[index] != passage.depths[base]:
        return False
    gap = passage.gaps[base + 1]
    return _AMONG.match(gap) is not None or (of_one and gap.startswith(_OF_WHICH))


_AMONG = lazy("(?:的)?(?:政府)?(?:信息公开)?(?:申请)?[中里当]")
_OF_WHICH = (",其中", "，其中", "其中")


def _is_class(passage: Passage, claim: CellClaim) -> bool:
    """征地类予以公开 17 件、规划类予以公开 3 件; 提前办结 107 件，按时办结 2 件: do it and those of other classes
    beside it make the cell?"""
    index = next((at for at, figure in enumerate(passage.figures) if figure[:2] == claim.span), None)
    if index is None or claim.value >= claim.expected:
        return False
    alike = {
        at
        for at in range(max(0, index - _NEAR), min(len(passage.figures), index + _NEAR + 1))
        if at == index or is_of_another_class(passage, at, index)
    }
    runs = (
        range(first, last) for first in alike for last in range(first + 2, index + _NEAR + 2) if first <= index < last
    )
    return any(alike.issuperset(run) and sum(passage.figures[at].value for at in run) == claim.expected for run in runs)


_NEAR = 2


def _is_rest_of_what_came(passage: Passage, claim: CellClaim, told: Sequence[Mention]) -> bool:
    """收到 87 件, 其中 5 件跨年办理, 其余 82 件均已答复: without those that were carried in."""
    if claim.value >= claim.expected:
        return False
    rest = next((mention.at for mention in told if mention.rest and passage.figures[mention.at][:2] == claim.span), 0)
    came = [each.at for each in told if each.at < rest and passage.sentences[each.at] == passage.sentences[rest]]
    return any(
        passage.figures[one].value - passage.figures[other].value == claim.value
        for number, one in enumerate(came)
        for other in range(one + 1, rest)
        if number < _FEW
    )


_FEW = 4
_MERGED = lazy("合并|整合|归并|并案|去重|剔除|(?:扣除|除去|去除)[^,，。;]{0,8}重复")


def _is_before_merging(passage: Passage, claim: CellClaim) -> bool:
    """收到 28 件次, 合并重复的 4 件次, 实际登记 24 件: the sentence goes on to the cell's own figure."""
    end = passage.bounds(*claim.span)[1]
    behind = [figure for figure in passage.figures if claim.span[1] <= figure.start < end]
    return claim.value > claim.expected and any(
        figure.value == claim.expected and _MERGED.search(passage.text, claim.span[1], figure.start)
        for figure in behind
        if not figure.percent
    )


def _is_told_beside(passage: Passage, claim: CellClaim) -> bool:
    """全县收到 345 件, 其中县政府本级 95 件: the cell's own figure stands in the same sentence."""
    first, last = passage.bounds(*claim.span)
    return any(
        figure.value == claim.expected
        and not figure.percent
        and first <= figure.start < last
        and figure[:2] != claim.span
        for figure in passage.figures
    )
