"""Short lines, a cell each (or a label and its figures each) → rows. What copying a table out of a page often leaves.

Shapes: one cell a line, with or without blank lines or a line `|` between them; every cell ending in ` |`, where a
line `|` is a blank cell; a label with its figures behind it, parted by spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from govstats.document import GridRow
from govstats.figures import State, figure
from govstats.text import has_han

_LONGEST = 70
_FEWEST_FIGURES = 6
_NUMERALS = re.compile(r"[\d\s,，.|]+")
_PAGE_NUMBER = re.compile(r"[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页")
_NEARLY_ALL = 0.8
_HEADER_WORDS = 3
_BEFORE_ORDINAL = re.compile(r"\s+(?=[(（]?[一二三四五六七八九十]{1,3}[)）、]|\d{1,2}[.．、])")
_SENTENCE_ENDS = ("。", "；", "：", ";", ":")

NumberedLine = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Token:
    """A cell: the line it stands in, its text, and whether it is a label."""

    line: int
    text: str
    is_label: bool


def is_short(line: str) -> bool:
    """May this line be one cell of a table, or a label with its figures?"""
    brief = len(line) <= _LONGEST or len(_NUMERALS.sub("", line)) <= _LONGEST
    return brief and not line.endswith(_SENTENCE_ENDS) and not _is_row_of_cells(line)


def rows_of_stream(lines: list[NumberedLine]) -> list[GridRow]:
    """Short lines → rows of a label and its figures; labels without figures together in rows of their own.

    An empty list if there are too few figures to be a table.
    """
    cells_end_in_pipes = 2 * sum(_ends_in_pipe(text) for _, text in lines) > sum(
        not _only_pipes(text) for _, text in lines
    )
    tokens = [token for number, text in lines for token in _tokens(number, text, cells_end_in_pipes)]
    if sum(not token.is_label and bool(token.text) for token in tokens) < _FEWEST_FIGURES:
        return []
    return list(_rows(_without_opening_blanks(tokens)))


def _without_opening_blanks(tokens: list[_Token]) -> list[_Token]:
    """If a blank cell opens nearly every row, it belongs to an empty first column and is left out."""
    begins = [at for at in range(1, len(tokens)) if tokens[at].is_label and not tokens[at - 1].is_label]
    opened = {at - 1 for at in begins if not tokens[at - 1].text}
    if len(opened) < _NEARLY_ALL * len(begins):
        return tokens
    return [token for at, token in enumerate(tokens) if at not in opened]


def _rows(tokens: list[_Token]) -> Iterator[GridRow]:
    labels: list[_Token] = []
    for is_label, group in groupby(tokens, key=lambda token: token.is_label):
        run = list(group)
        if is_label:
            labels = run
            continue
        if len(labels) > 1:
            yield _row(labels[:-1])
        yield _row([*labels[-1:], *run])
        labels = []
    if labels:
        yield _row(labels)


def _row(tokens: list[_Token]) -> GridRow:
    return GridRow(tokens[0].line, tuple(token.text for token in tokens), loose=True)


def _tokens(number: int, text: str, cells_end_in_pipes: bool) -> Iterator[_Token]:
    """The cells of one line."""
    if _PAGE_NUMBER.fullmatch(text):
        return
    if _only_pipes(text):
        if cells_end_in_pipes:
            yield _Token(number, "", is_label=False)
        return
    words = text.removesuffix("|").split()
    figures = len(words)
    while figures and _is_figure(words[figures - 1]):
        figures -= 1
    for label in _labels(words[:figures]):
        yield _Token(number, label, is_label=True)
    for word in words[figures:]:
        yield _Token(number, word, is_label=False)


def _labels(words: list[str]) -> list[str]:
    """The labels of a line: parted before ordinals; a header line of three words or more, at every space."""
    labels = _BEFORE_ORDINAL.split(" ".join(words)) if words else []
    if len(labels) == 1 and len(words) >= _HEADER_WORDS and all(len(word) > 1 for word in words):
        return words
    return labels


def _is_figure(cell: str) -> bool:
    """A figure, a mark, or a damaged figure; not words."""
    return figure(cell).state is not State.UNREADABLE or (cell[:1].isdigit() and not has_han(cell))


def _is_row_of_cells(line: str) -> bool:
    """Two cells or more, parted by pipes?"""
    return not _only_pipes(line) and line.removesuffix("|").count("|") >= 1


def _ends_in_pipe(line: str) -> bool:
    return line.endswith("|") and not _only_pipes(line)


def _only_pipes(line: str) -> bool:
    return not line.strip("| \t\u3000\u00a0")


def blocks_of_short_lines(lines: Iterable[NumberedLine]) -> Iterator[tuple[bool, list[NumberedLine]]]:
    """Lines in runs, each told whether its lines are short."""
    for short, group in groupby(lines, key=lambda line: is_short(line[1])):
        yield short, list(group)
