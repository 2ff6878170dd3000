"""The text of a cell, letter by letter with its place in the source → which of it the figure is, and what takes its
place: written as the old figure was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from govstats.model.wording import figure_text
from govstats.text.figures import State, figure
from govstats.text.labels import has_han
from govstats.text.unseen import without_shapeless

_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?")
_NUMBER = re.compile(r"[-−－]?[0-9０-９](?:[0-9０-９,，.．]*[0-9０-９])?")
_WIDE = str.maketrans("0123456789.-,", "０１２３４５６７８９．－，")
_WIDE_DIGITS = frozenset("０１２３４５６７８９")
_THOUSAND = 1000
_LONGEST_WORD = 3


class Letter(NamedTuple):
    """A character as read, and where it stands in the source: an entity is one, of several characters there."""

    char: str
    start: int
    end: int


class Range(NamedTuple):
    """A piece of the source."""

    start: int
    end: int


def letters(source: str, start: int, end: int) -> Iterator[Letter]:
    """The characters of a text of XML or HTML."""
    at = start
    for match in _REFERENCE.finditer(source, start, end):
        yield from (Letter(source[place], place, place + 1) for place in range(at, match.start()))
        yield from (Letter(char, match.start(), match.end()) for char in unescape(match[0]))
        at = match.end()
    yield from (Letter(source[place], place, place + 1) for place in range(at, end))


def bare(text: str) -> str:
    """Without white space and what has no shape."""
    return without_shapeless("".join(text.split()))


def end_of(source: str, start: int, end: int) -> int:
    """Where the last letter of a text ends; at its end if it has none."""
    text = source[start:end]
    if text.isascii() and "&" not in text:
        return start + (len(text.rstrip()) or len(text))
    return max((each.end for each in letters(source, start, end) if bare(each.char)), default=end)


def may_be_figure(text: str) -> bool:
    """Is it no label? Words that stand for a figure (无, 十二) are short. Labels are left as they are: some tables are
    known by them."""
    return not has_han(text) or len(bare(text)) <= _LONGEST_WORD or figure(text).state is not State.UNREADABLE


def figure_of(pieces: Sequence[Range], source: str, raw: str) -> tuple[list[Range], str] | None:
    """Where in these pieces of the source the figure that was read as `raw` stands, and how it is written; None if that
    is not clear. Of a figure with its unit only the digits; of a mark or a word all. Nothing for a blank."""
    seen = [letter for piece in pieces for letter in letters(source, *piece) if bare(letter.char)]
    text, wanted = "".join(letter.char for letter in seen), bare(raw)
    first = _only(text, wanted)
    if first is None:
        return None
    begin, end = number_in(wanted)
    told = seen[first + begin : first + end]
    return list(_joined(told, pieces)), "".join(letter.char for letter in told)


def number_in(raw: str) -> tuple[int, int]:
    """Where the digits of a cell begin and end; all of it, if it is no single number."""
    numbers = list(_NUMBER.finditer(raw))
    return numbers[0].span() if len(numbers) == 1 else (0, len(raw))


def _only(text: str, wanted: str) -> int | None:
    """Where the one place is in which these characters stand by themselves."""
    if text == wanted:
        return 0
    if not wanted:
        return None
    bounds = (r"(?<![0-9０-９.,，．])", r"(?![0-9０-９.,，．])") if wanted[0].isdigit() else ("", "")
    found = [match.start() for match in re.finditer(bounds[0] + re.escape(wanted) + bounds[1], text)]
    return found[0] if len(found) == 1 else None


def _joined(told: Iterable[Letter], pieces: Sequence[Range]) -> Iterator[Range]:
    """The ranges that letters next to each other make, none beyond its piece."""
    held: Range | None = None
    for letter in told:
        if (
            held
            and letter.start in {held.end, held.start}
            and any(p.start <= held.start < letter.end <= p.end for p in pieces)
        ):
            held = Range(held.start, max(held.end, letter.end))
            continue
        if held:
            yield held
        held = Range(letter.start, letter.end)
    if held:
        yield held


def written(value: float, old: str) -> str:
    """A figure as the old one was written: in full width, with separators of thousands."""
    text = figure_text(value)
    if ("," in old or "，" in old) and abs(value) >= _THOUSAND:
        text = f"{value:,.0f}" if value == int(value) else text
        text = text if "," in old else text.replace(",", "，")
    return text.translate(_WIDE) if not _WIDE_DIGITS.isdisjoint(old) else text
