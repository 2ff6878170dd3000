"""Lines beside the tables, recognised twice → a report's title and its headings; of other prose nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govstats.readers.picture.labels import TITLE, as_titled

_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}[、.．]")
_YEAR = re.compile(r"20\d\d年")
_NO_WORDS = re.compile(r"\W+")


def kept(lines: Sequence[tuple[str, str]]) -> list[str]:
    """For each line, top down, as it was recognised twice: its text if it is a heading, or stands above all of them;
    else nothing."""
    texts = [_agreed(as_titled(one), as_titled(other)) for one, other in lines]
    first = next((at for at, text in enumerate(texts) if _HEADING.match(text)), len(texts))
    return [text if at < first or _HEADING.match(text) else "" for at, text in enumerate(texts)]


def _agreed(one: str, other: str) -> str:
    """What both say. Where they differ, whose name it is cannot be told: of the line, its year is left."""
    if _bare(one) == _bare(other):
        return one
    year = _YEAR.search(one)
    return f"{year[0]}{TITLE}" if year and year[0] in other and TITLE in one else ""


def _bare(text: str) -> str:
    return _NO_WORDS.sub("", text)
