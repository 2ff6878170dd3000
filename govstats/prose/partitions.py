"""Passage → Partitions: requests by result, applicant or way, and cases by result, told without 其中.

予以公开 2 件, 信息不存在 7 件 stand for themselves wherever they stand; what they divide is told before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govstats.prose.account import Mention
from govstats.prose.passages import Passage
from govstats.prose.readings import summed
from govstats.prose.sums import Sum
from govstats.prose.totals import Total, total_of
from govstats.prose.words import finder, says, words

_FAR = 2
"""So many sentences behind its total a partition may stand."""


class Partition(NamedTuple):
    """Figures that divide one total, and what by: results, cases, applicants."""

    parts: tuple[int, ...]
    by: str


def partitions(passage: Passage, known: set[int], mentions: Sequence[Mention]) -> Iterator[Sum]:
    """The sums of the partitions of a passage whose figures are not `known` as parts of something else."""
    flow = {mention.at: mention.roles for mention in mentions}
    kinds = [
        _kind(passage, index) if index not in known and index not in flow else ""
        for index in range(len(passage.figures))
    ]
    for parts in _runs(passage, kinds):
        by = kinds[parts[0]]
        totals = _totals_of_cases(passage, parts) if by == "case" else _totals_of_requests(passage, parts, mentions)
        found = _judged(passage, Partition(parts, by), totals) if totals else None
        if found:
            yield found


def _kind(passage: Passage, index: int) -> str:
    figure = passage.figures[index]
    if figure.percent or figure.approx:
        return ""
    said = passage.about(index)
    if says(said, "results") and not says(said, "cases"):
        return "case" if _is_of_cases(passage, index) else "result" if says(said, "outcomes") else ""
    if says(said, "cases"):
        return ""
    if says(said, "persons") or says(said, "bodies_asking"):
        return "applicant"
    return "result" if says(said, "outcomes") and not _is_of_others(said) else ""


def _is_of_others(said: str) -> bool:
    """Do the words speak of petitions, calls and the like? 咨询 and 信访 are results as well."""
    return any(match[0] not in words().outcomes for match in finder("other_matters").finditer(said))


def _is_of_cases(passage: Passage, index: int) -> bool:
    head = passage.head(index)
    return max(head.rfind("复议"), head.rfind("诉讼")) > head.rfind("申请公开")


def _runs(passage: Passage, kinds: list[str]) -> Iterator[tuple[int, ...]]:
    """Figures of one kind that follow each other in one sentence, whatever percentages and brackets stand between."""
    run: list[int] = []
    for index, kind in enumerate(kinds):
        if run and (passage.sentences[index] != passage.sentences[run[-1]]):
            yield from _run(run)
            run = []
        if passage.figures[index].percent or (run and passage.depths[index] > passage.depths[run[0]]):
            continue
        if run and (kind != kinds[run[0]] or passage.depths[index] != passage.depths[run[0]]):
            yield from _run(run)
            run = []
        if kind:
            run.append(index)
    yield from _run(run)


def _run(run: list[int]) -> Iterator[tuple[int, ...]]:
    if len(run) > 1:
        yield tuple(run)


def _totals_of_requests(passage: Passage, parts: tuple[int, ...], mentions: Sequence[Mention]) -> list[Total]:
    """What the account before tells, handled first: each figure, and with what was carried in, or without."""
    near = [m for m in mentions if m.at < parts[0] and passage.sentences[parts[0]] - passage.sentences[m.at] <= _FAR]
    near.sort(key=lambda mention: ("handled" not in mention.roles[:1], -mention.at))
    due = [passage.figures[m.at].value for m in mentions if m.roles == ("due",)]
    coming = [passage.figures[m.at].value for m in mentions if m.roles == ("next",)]
    found = [total_of(passage.figures[m.at], m.at) for m in near if m.roles not in (("due",), ("next",))]
    shifted = [
        total._replace(value=total.value + more)
        for total in found
        for more in (
            *due,
            *(-value for value in due),
            *(-value for value in coming),
            *(a - b for a in due for b in coming),
        )
    ]
    return [*found, *shifted]


def _totals_of_cases(passage: Passage, parts: tuple[int, ...]) -> list[Total]:
    """The reviews or suits before, the nearest that are not 0 first, and all of them together."""
    near = [
        index
        for index in range(max(0, parts[0] - 6), parts[0])
        if says(passage.about(index), "cases")
        and not says(passage.about(index), "results")
        and passage.sentences[parts[0]] - passage.sentences[index] <= 1
        and passage.figures[index].value
        and not passage.figures[index].percent
    ]
    found = [total_of(passage.figures[index], index) for index in reversed(near)]
    if len(found) > 1:
        found.append(found[0]._replace(value=sum(total.value for total in found), at=tuple(near)))
    return found


def _judged(passage: Passage, partition: Partition, totals: list[Total]) -> Sum | None:
    """It holds if it makes any of the totals; it is told if it is above all, or if it is whole and makes none."""
    value, grain = summed(passage, partition.parts)
    for total in totals:
        if total.equals(value, grain):
            return Sum(total, partition.parts, True)
    if value > max(total.value for total in totals):
        return Sum(totals[0], partition.parts, False, "warning", "above")
    whole = partition.by == "applicant" and _names_all_applicants(passage, partition.parts)
    if whole or (
        partition.by == "result"
        and says(passage.about(partition.parts[-1]), "closing_results")
        and len(partition.parts) > 2
    ):
        return Sum(totals[0], partition.parts, False, "warning", "form")
    return Sum(totals[0], partition.parts, False, "info", "below") if len(partition.parts) > 2 else None


def _names_all_applicants(passage: Passage, parts: tuple[int, ...]) -> bool:
    labels = [passage.about(index) for index in parts]
    return any(says(label, "persons") for label in labels) and any(says(label, "bodies_asking") for label in labels)
