"""Document → whether its page strings several reports together: sections begin anew under another year or title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from govstats.identity.cleaning import clean
from govstats.identity.titles import Title, titles
from govstats.model.document import Document, Grid, Paragraph
from govstats.text.patterns import lazy

_LONGEST_HEADING = 30
_OVERVIEW = lazy(
    r"(?:一|第一部分)[、.:]?(?:[一-鿿]{0,10})(?:概述|概况|总体情况|总体概述|总体公开情况|基本情况|工作情况)(?:说明|概述)?"
)
_LATER = lazy(r"[二三][、.:]?(?:[一-鿿]{0,8})(?:主动公开|申请)[一-鿿]{0,14}")
_YEAR = lazy(r"20\d\d(?=\s?年)")
_ABOVE = 6
_SOME = 60


def has_several(document: Document) -> bool:
    """Do whole sections begin anew, and name another year or stand under another title than before?

    The same report printed twice, a table of contents, and a list of other years' reports are not several.
    """
    starts = list(_starts(document))
    if len(starts) < 2:
        return False
    ends = [*starts[1:], len(document.blocks)]
    parts = [document.blocks[start:end] for start, end in zip(starts, ends, strict=True)]
    above = [document.blocks[max(0, start - _ABOVE) : start] for start in starts]
    return len({_title(blocks) for blocks in above} - {None}) > 1 or len({_year(part) for part in parts} - {None}) > 1


def _starts(document: Document) -> Iterator[int]:
    """Where an overview begins that has text below it, and a later section after it."""
    start = None
    for position, text in document.openings:
        if len(text) > 2 * _LONGEST_HEADING or text.lstrip()[0] not in "一二三第":
            continue
        heading = clean(text)
        if _OVERVIEW.fullmatch(heading):
            start = position
        elif start is not None and _LATER.fullmatch(heading):
            if position - start > 1:
                yield start
            start = None


def _title(blocks: tuple[Paragraph | Grid, ...]) -> Title | None:
    """The last title among the lines above a start."""
    lines = [clean(block.text) for block in blocks if isinstance(block, Paragraph) and len(block.text) <= _SOME]
    return next((title for line in reversed(lines) for title in titles(line) if title.year), None)


def _year(part: tuple[Paragraph | Grid, ...]) -> str | None:
    """The year that a part names most."""
    named = Counter(year for block in part if isinstance(block, Paragraph) for year in _YEAR.findall(block.text))
    return named.most_common(1)[0][0] if named else None
