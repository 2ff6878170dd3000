"""Figures of one kind (results, applicants, ways) that follow each other, whatever percentages stand between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govstats.prose.passages import Passage
from govstats.prose.words import says
from govstats.text.patterns import lazy

FAR = 2
"""So many sentences behind its total a partition, or a row behind its last figure, may stand."""


def rows(passage: Passage, kinds: list[str]) -> Iterator[tuple[int, ...]]:
    """Figures of one kind that follow each other in one sentence, or are quoted, one a sentence, whatever percentages
    and brackets stand between."""
    run: list[int] = []
    inner = -1
    for index, kind in enumerate(kinds):
        over = run and passage.sentences[index] != passage.sentences[run[-1]]
        if over and not _is_quoted_on(passage, run[-1], index):
            yield from _run(run)
            run = []
        if run and "其中" in passage.gaps[index] and index > run[-1]:
            inner = passage.segments[index]
        if passage.figures[index].percent or (run and passage.depths[index] > passage.depths[run[0]]):
            continue
        if run and passage.segments[index] == inner != passage.segments[run[0]]:
            continue
        apart = run and passage.segments[index] != passage.segments[run[-1]]
        if apart and (_closes(passage, run[-1]) or _AGAIN.search(passage.gaps[index])):
            yield from _run(run)
            run = []
        if run and (kind != kinds[run[0]] or passage.depths[index] != passage.depths[run[0]]):
            yield from _run(run)
            run = []
        if kind:
            run.append(index)
    yield from _run(run)


def _is_quoted_on(passage: Passage, last: int, index: int) -> bool:
    """“同意公开”的 7 件，占 70%。“不予公开”的 1 件，占 10%: one list, a sentence each?"""
    begin = re.split("[。;]", passage.gaps[index])[-1].lstrip()
    quoted = begin.startswith(_QUOTES) or passage.figures[index].percent
    return quoted and passage.sentences[index] - passage.sentences[last] <= FAR and _is_quoted(passage, last)


def _is_quoted(passage: Passage, index: int) -> bool:
    return passage.labels[index].startswith(_QUOTES)


_QUOTES = ("“", '"')


_AGAIN = lazy("(?:申请|结果|办件|结件)当?中[,，:]")


def _closes(passage: Passage, index: int) -> bool:
    """…，其他处理 28 件；: the form has no further result."""
    return says(passage.about(index), "closing_results")


def _run(run: list[int]) -> Iterator[tuple[int, ...]]:
    if len(run) > 1:
        yield tuple(run)
