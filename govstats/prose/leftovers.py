"""Sentences of last year that were left in: Passage and tables → the cell claims that they make for the wrong year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govstats.prose.answers import About, Answers
from govstats.prose.cells import CellClaim, judged, label_of, noun_at, of_roles
from govstats.prose.mentions import Mention
from govstats.prose.passages import Passage
from govstats.prose.periods import years_named
from govstats.prose.words import says


def left_over(passage: Passage, report: About, told: Sequence[Mention]) -> Iterator[CellClaim]:
    """2023 年制定规范性文件 0 件, 废止 0 件 … in a report of 2024 that tells 2024 nowhere: last year's sentence."""
    if not report.year or f"{report.year - 1}年" not in passage.text:
        return
    if not _is_all_of_last_year(passage.text, report.year):
        return
    for found in (
        [claim for index in range(len(passage.figures)) if (claim := _of_stock(passage, index, report))],
        [claim for mention in told if (claim := _of_request(passage, mention, report))],
    ):
        if len(found) > 1:
            yield from (claim for claim in found if not claim.holds)


def _is_all_of_last_year(text: str, year: int) -> bool:
    named = years_named(text)
    return str(year - 1) in named and len(named) == 1 and not says(text, "now")


def _of_stock(passage: Passage, index: int, report: About) -> CellClaim | None:
    """The claim of a figure on what was issued, repealed or is in force, in the year before."""
    figure, label = passage.figures[index], label_of(passage, index)
    noun = noun_at(passage, index, label) if label else None
    if noun is None or noun.topic not in _STOCKS or not years_named(passage.head(index)):
        return None
    return None if figure.approx else _of_last_year(passage, index, report, report.answers(noun.cells))


def _of_request(passage: Passage, mention: Mention, report: About) -> CellClaim | None:
    """The same for requests that came, or were handled, in the year before."""
    if "due" in mention.roles or not years_named(passage.head(mention.at)):
        return None
    return _of_last_year(passage, mention.at, report, of_roles(mention.roles, report))


def _of_last_year(passage: Passage, index: int, report: About, answers: Answers) -> CellClaim | None:
    if not answers:
        return None
    figure = passage.figures[index]
    claim = judged(figure, (figure.start, figure.end), answers, passage.head(index), report.agency)
    return claim._replace(left_over=(report.year or 0) - 1)


_STOCKS = ("normative", "rules")
