"""Two reports of one agency → growth rates that only both together can tell: 同比增长 1.05%."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.claim import Claim
from govstats.prose.cells import About, answers_of
from govstats.prose.changes import Change, lone_growth
from govstats.prose.claims import change_claim
from govstats.prose.passages import Passage, passages
from govstats.prose.ratios import fits
from govstats.report import Report


def growth(report: Report, previous: Report) -> tuple[Claim, ...]:
    """The growth rates that the prose of `report` states of its cells, against the same cells of `previous`.

    A rate holds if it follows for any meaning of the noun (收到 may count what was carried over or not). Reports of
    other forms, and figures that neither table has, give nothing.
    """
    now = About(report.tables, report.year, report.agency)
    before = About(previous.tables, previous.year, previous.agency)
    return tuple(claim for passage in passages(report.document) for claim in _of_passage(passage, now, before))


def _of_passage(passage: Passage, now: About, before: About) -> Iterator[Claim]:
    for told, count in lone_growth(passage):
        spans = list(_spans(passage, count, now, before))
        if not spans:
            continue
        percent = passage.figures[told]
        good = next((span for span in spans if fits(percent, abs(span[1] - span[0]), span[0])), None)
        old, new = good or spans[0]
        holds = good is not None
        yield change_claim(passage, Change(told, old, new, (count,), holds, None if holds else "warning", "growth"))


def _spans(passage: Passage, count: int, now: About, before: About) -> Iterator[tuple[float, float]]:
    """Last year's and this year's value of what is counted, for each meaning that this year's table bears out."""
    value = passage.figures[count].value
    older = dict(answers_of(passage, count, before))
    for cells, expected in answers_of(passage, count, now):
        if expected == value and older.get(cells):
            yield older[cells], value
