"""What the tables settle: sums and shares that their figures bear out, so that nothing is told of them."""

from __future__ import annotations

from collections.abc import Sequence

from govstats.prose.above_all import ALL
from govstats.prose.answers import About
from govstats.prose.cells import CellClaim
from govstats.prose.passages import Passage
from govstats.prose.ratios import Ratio, fits
from govstats.prose.readings import summed
from govstats.prose.weighing import Sum


def is_settled(passage: Passage, found: Sum, cells: Sequence[CellClaim], report: About) -> bool:
    """Do the tables bear out all its figures, or refuse one, so that N501 says all that there is to say?"""
    spans = {passage.figures[at][:2] for at in (*found.total.at, *found.parts)}
    of_requests = "requests" in passage.signs
    if of_requests and _is_completed(passage, found, report):
        return True
    refused, held = ({cell.span for cell in cells if cell.holds is holds} for holds in (False, True))
    some = found.reason == "below" and {passage.figures[at][:2] for at in found.parts} <= held
    in_account = of_requests and found.reason in ("form", "above")
    some = some or (in_account and summed(passage, found.parts)[0] in report.account())
    return some or spans <= held or not spans.isdisjoint(refused)


def _is_completed(passage: Passage, found: Sum, report: About) -> bool:
    """受理 318 件，其中 310 件已办结，35 件结转: the tables' account, of which one figure was left out."""
    values = [passage.figures[at].value for at in (*found.total.at, *found.parts)]
    lacking = abs(summed(passage, found.parts)[0] - found.total.value)
    return lacking not in values and report.is_account([*values, lacking])


def is_of_tables(passage: Passage, share: Ratio, cells: Sequence[CellClaim], report: About) -> bool:
    """新收 141 件，答复 137 件，答复率 100%, as the tables have it: of those due. 收到 141 件。予以公开 46 件，占
    33.6%: of the 137 that the tables say were answered."""
    figures = passage.figures
    if share.reason == "rate":
        values = [figures[at].value for at in (*share.part, *share.whole)]
        return figures[share.percent].value == ALL and report.is_account(values)
    held = {cell.span for cell in cells if cell.holds}
    part = summed(passage, share.part)[0]
    borne = {figures[at][:2] for at in share.part} <= held
    return borne and any(fits(figures[share.percent], part, whole) for whole in report.account())
