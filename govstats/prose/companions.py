"""Claims on cells that do not hold, in the light of the figures beside them: what together makes the cell is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from govstats.prose.account import Mention, is_carried_in
from govstats.prose.answers import About
from govstats.prose.cells import CellClaim
from govstats.prose.nouns import nouns
from govstats.prose.passages import Passage
from govstats.prose.words import says


def without_companions(
    passage: Passage, found: Sequence[CellClaim], told: Sequence[Mention], report: About
) -> Iterator[CellClaim]:
    """The claims without those that a figure beside them bears out."""
    refused = [claim for claim in found if not claim.holds and claim.figure]
    if not refused:
        yield from found
        return
    roles = {passage.figures[mention.at][:2]: mention.roles for mention in told}
    excused = {*_together(passage, refused)}
    excused |= {claim.span for claim in refused if _is_of_a_part(passage, claim, roles, report)}
    excused |= {claim.span for claim in refused if claim.scope and _is_told_beside(passage, claim)}
    yield from (claim for claim in found if claim.span not in excused)


def _together(passage: Passage, refused: list[CellClaim]) -> Iterator[tuple[int, int]]:
    """局机关收到 60 件, 局属单位收到 35 件: in one sentence, of the same cells, which hold their sum."""
    for _, same in groupby(refused, key=lambda claim: (claim.cells, passage.bounds(*claim.span))):
        group = [*same]
        if len(group) > 1 and sum(claim.value for claim in group) == group[0].expected:
            yield from (claim.span for claim in group)


def _is_of_a_part(
    passage: Passage, claim: CellClaim, roles: dict[tuple[int, int], tuple[str, ...]], report: About
) -> bool:
    """当年办结 90 件, 另办结上年结转 8 件: what was received this year and what was carried in, told apart, make the
    cell; so do what was handled and what is carried on of those received."""
    carried = {
        figure.value
        for at, figure in enumerate(passage.figures)
        if not passage.depths[at] and is_carried_in(passage, at)
    }
    own = roles.get(claim.span, ())
    if claim.cells[0].table not in ("applications", "summary"):
        return claim.expected - claim.value in carried
    handled = {held for _, held in report.answers(nouns().roles["handled"])}
    if own and own[0] in ("due", "next"):
        return False
    return bool({held - claim.value for held in (*handled, claim.expected)} & carried) or (
        claim.value in handled and says(passage.text[slice(*passage.bounds(*claim.span))], "grand_totals")
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
