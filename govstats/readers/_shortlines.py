"""Short lines, a cell each (or a label and its figures each) → rows. What copying a table out of a page often leaves.

Shapes: one cell a line, with or without blank lines or a line `|` between them; every cell ending in ` |`, where a
line `|` is a blank cell; a label with its figures behind it, parted by spaces or by nothing. They may mix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import dropwhile, groupby
from typing import NamedTuple

from govstats.model.document import GridRow, Paragraph
from govstats.text.figures import State, figure, is_change, is_unit
from govstats.text.labels import figures_behind, has_han
from govstats.text.patterns import lazy
from govstats.text.unseen import COMMON

_LONGEST = 70
_LONGEST_LABEL = 200
"""Some agencies explain a row in its label; without a full stop, and without figures but behind it, it is a cell all
the same."""
_EXPLAINS = lazy(
    r"^(?:[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、])?[^()（）\d]{2,20}[(（][^()（）\d]*(?:[)）][\W\d]*|\W*)$"
)
_FEWEST_FIGURES = 6
_FEWEST_ORDINALS = 4
_NUMERALS = lazy(r"[\d\s,，.|]+")
_PAGE_NUMBER = lazy(r"[-—–·]\s*\d{1,4}\s*[-—–·]|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}")
_PAGE_DIGITS = 3
_NEAR = 40
"""How many cells away the rows before and behind a page number are looked for."""
_NEARLY_ALL = 0.8
_LONGEST_UNIT = 2
_FIGURE_ENDS = frozenset("0123456789０１２３４５６７８９/\\-—–―−─无*?？件条宗份起例次项个人元") | COMMON
"""The last characters of a cell that is a figure, whole or damaged, or a mark; or that nothing is seen of."""
_HEADER_WORDS = 3
_MOST_LABELS = 3
"""三、本年度办理结果, （三）不予公开, 1.属于国家秘密: a row has no more labels than these; a header has."""
_ORDINAL = r"(?:[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[.．、](?!\d))"
_BEFORE_ORDINAL = lazy(
    r"\s+(?=[?？]*。)|"
    rf"\s+(?=[(（]?[一二三四五六七八九十]{{1,3}}[)）、]|\d{{1,2}}[.．、])|(?<=[一-鿿])(?<!第)(?={_ORDINAL})"
)
_OPENS_IN_ORDINAL = lazy(r"[(（]?[一二三四五六七八九十]{1,3}[)）、]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]+条")
_ORDINAL_ENDS = lazy(r"[一二三四五六七八九十][)）、]|\d[.．、](?!\d)|第[一二三四五六七八九十]+条")
"""Each label that opens in an ordinal has one of these, and none shares it with another."""
_WORD = lazy(r"[\u4e00-\u65df\u65e1-\u7120\u7122-\u9fffA-Za-z,:;>，。：；、《》“”？！]+")
"""Letters and marks of which nothing is a figure, a mark for one, a bracket or a space; 无 and 無 are left out."""
_MAY_BE_FIGURE = lazy(r"[无無]|[^\u4e00-\u65df\u65e1-\u7120\u7122-\u9fffA-Za-z,:;>，。：；、（）《》“”？！\s]+")
"""Each figure, and each label that figures run on from, has one of these, and none shares it with another."""
_SENTENCE_ENDS = ("。", "；", "：", ";", ":")
_SENTENCE = lazy(
    r"\d\s*(?:[件条宗份起例次项个]|人次|万?元)\s*[，,；;、。]|\d\s*[，；。]\s*$|^[-–*•·●○▪■◆]\s*[^\s\d]*[一-鿿]"
)
"""A figure with its unit and a comma, or an item of a list: prose, however short."""


class _Token(NamedTuple):
    """A cell: the line it stands in, its text, whether it is a label, whether figures run on from it, and whether
    nothing else stands in its line."""

    line: int
    text: str
    is_label: bool
    runs_on: bool = False
    alone: bool = False


_new = tuple.__new__
"""A page has hundreds of lines: to make a tuple this way takes half the time."""


def may_hold_rows(lines: Iterable[Paragraph]) -> bool:
    """Can there be rows in these lines at all? Only if some have pipes, or end in enough figures: prose seldom does."""
    figures = 0
    for line, _ in lines:
        if "|" in line:
            return True
        if line[-1:] in _FIGURE_ENDS:
            figures += len(line.split()) + (line[-2:-1] in _FIGURE_ENDS)
    return figures >= _FEWEST_FIGURES


def is_short(line: str) -> bool:
    """May this line be one cell of a table, or a label with its figures?"""
    if line.endswith(_SENTENCE_ENDS):
        return False
    if len(line) <= _LONGEST and _WORD.fullmatch(line):
        return True
    if _is_row_of_cells(line):
        return False
    brief = len(line) <= _LONGEST or len(_NUMERALS.sub("", line)) <= _LONGEST or _is_long_label(line)
    return brief and not _SENTENCE.search(line)


def _is_long_label(line: str) -> bool:
    return len(line) <= _LONGEST_LABEL and "。" not in line and _EXPLAINS.search(line) is not None


def rows_of_stream(lines: list[Paragraph], beside_rows: bool = False) -> list[GridRow]:
    """Short lines → rows of a label and its figures; labels without figures together in rows of their own.

    An empty list if there are too few figures, and too few labels with ordinals, to be a table; beside rows of
    cells one figure is enough, as they may be the rest of the same table.
    """
    fewest = 1 if beside_rows else _FEWEST_FIGURES
    together = "\n".join([text for text, _ in lines])
    if len(_MAY_BE_FIGURE.findall(together)) < fewest and len(_ORDINAL_ENDS.findall(together)) < _FEWEST_ORDINALS:
        return []
    tokens = list(_tokens_of(lines))
    figures = sum([token.runs_on if token.is_label else bool(token.text) for token in tokens])
    ordinals = sum(_OPENS_IN_ORDINAL.match(token.text) is not None for token in tokens if token.is_label)
    if figures < fewest and ordinals < _FEWEST_ORDINALS:
        return []
    return list(_rows(_without_page_numbers(_without_opening_blanks(tokens))))


def _without_opening_blanks(tokens: list[_Token]) -> list[_Token]:
    """If a blank cell opens nearly every row, it belongs to an empty first column and is left out."""
    begins = [at for at in range(1, len(tokens)) if tokens[at].is_label and not tokens[at - 1].is_label]
    opened = {at - 1 for at in begins if not tokens[at - 1].text}
    if len(opened) < _NEARLY_ALL * len(begins):
        return tokens
    return [token for at, token in enumerate(tokens) if at not in opened and not _opens_figures(tokens, at)]


def _opens_figures(tokens: list[_Token], at: int) -> bool:
    """A blank cell behind a header, before figures that have no label."""
    above = tokens[max(at - _MOST_LABELS - 1, 0) : at]
    return not tokens[at].text and len(above) > _MOST_LABELS and all(token.is_label for token in above)


def _without_page_numbers(tokens: list[_Token]) -> list[_Token]:
    """Where rows have their figures in one line, a number of a page's size alone in a line behind one is the page's.

    In a text with such numbers, one behind a label that has lost its figures is no figure either, if the rows
    before and behind have theirs in one line.
    """
    pages = [at for at, token in enumerate(tokens) if _is_page(token)]
    clear: set[int] = set()
    for at in pages:
        if at and not tokens[at - 1].is_label and (not tokens[at - 1].alone or at - 1 in clear):
            clear.add(at)
    no_figures = clear and clear.union(at for at in pages if _is_between_lines(tokens, at))
    return [token for at, token in enumerate(tokens) if at not in no_figures]


def _is_page(token: _Token) -> bool:
    return token.alone and token.text.isdigit() and len(token.text) <= _PAGE_DIGITS


def _is_between_lines(tokens: list[_Token], at: int) -> bool:
    """Does a label stand before it, and before that and behind it figures that share a line?"""
    if not at or not tokens[at - 1].is_label:
        return False
    sides = reversed(tokens[max(at - _NEAR, 0) : at]), tokens[at + 1 : at + _NEAR]
    rows = [next((token for token in side if not token.is_label and not _is_page(token)), None) for side in sides]
    return any(rows) and not any(token.alone for token in rows if token)


def _rows(tokens: list[_Token]) -> Iterator[GridRow]:
    labels: list[_Token] = []
    for is_label, group in groupby(tokens, key=lambda token: token.is_label):
        run = list(group)
        if is_label:
            labels = run
            continue
        yield from _label_rows(labels[:-1])
        yield _row([*labels[-1:], *run])
        labels = []
    yield from _label_rows(labels)


def _label_rows(labels: list[_Token]) -> Iterator[GridRow]:
    """Labels without figures: a new row at every ordinal, and for every label that figures run on from."""
    row: list[_Token] = []
    for token in labels:
        if row and (token.runs_on or row[-1].runs_on or _OPENS_IN_ORDINAL.match(token.text)):
            yield _row(row)
            row = []
        row.append(token)
    if row:
        yield _row(row)


def _row(tokens: list[_Token]) -> GridRow:
    return GridRow(tokens[0].line, tuple(token.text for token in tokens), loose=True)


def _tokens_of(lines: list[Paragraph]) -> Iterator[_Token]:
    """The cells of all lines. Behind a cell that ends in a pipe, a line `|` is a blank cell, else a separator; and a
    number without a pipe is the page's.
    """
    ended_in_pipe = next((_ends_in_pipe(text) for text, _ in lines if not _only_pipes(text)), False)
    for text, number in lines:
        if _WORD.fullmatch(text):
            ended_in_pipe = False
            if len(text) > _LONGEST_UNIT or not is_unit(text):
                yield _new(_Token, (number, text, True, False, False))
            continue
        if _PAGE_NUMBER.fullmatch(text) or (ended_in_pipe and text.isdigit() and len(text) <= _PAGE_DIGITS):
            continue
        if not _only_pipes(text):
            ended_in_pipe = _ends_in_pipe(text)
            yield from _tokens(number, text)
        elif ended_in_pipe:
            yield _Token(number, "", is_label=False, alone=True)


def _tokens(number: int, text: str) -> Iterator[_Token]:
    """The cells of one line: labels, then figures; units, and remarks behind figures, are left out."""
    words = text.rstrip("| ").split()
    words = [word for word in words if word.strip("?？")] or words
    if len(words) == 1 and is_unit(words[0]):
        return
    first = next((at for at, word in enumerate(words) if _is_figure(word)), len(words))
    behind = [word for word in words[first:] if not is_unit(word)]
    figures = [word for word in behind if _is_figure(word)]
    if figures != behind[: len(figures)]:
        first, figures = len(words), []
    names = list(dropwhile(is_unit, reversed(words[:first])))[::-1]
    for label in _labels(names):
        yield _Token(number, label, is_label=True, runs_on=bool(figures_behind(label)))
    for word in figures:
        yield _Token(number, word, is_label=False, alone=len(words) == 1)


def _labels(words: list[str]) -> list[str]:
    """The labels of a line: parted before ordinals; a header line of three words or more, at every space."""
    labels = _BEFORE_ORDINAL.split(" ".join(words)) if words else []
    if len(labels) == 1 and len(words) >= _HEADER_WORDS and all(len(word) > 1 for word in words):
        return words
    return labels


def _is_figure(cell: str) -> bool:
    """A figure, a mark, or a damaged figure; not words."""
    return is_change(cell) or figure(cell).state is not State.UNREADABLE or (cell[:1].isdigit() and not has_han(cell))


def _is_row_of_cells(line: str) -> bool:
    """Two cells or more, parted by pipes? The empty ones behind the last of a header's words are none."""
    return "|" in line.strip("| ") or (line.startswith("|") and not _only_pipes(line))


def _ends_in_pipe(line: str) -> bool:
    return line.endswith("|") and not _only_pipes(line)


def _only_pipes(line: str) -> bool:
    return not line.strip("| \t\u3000\u00a0")


def blocks_of_short_lines(lines: Iterable[Paragraph]) -> Iterator[tuple[bool, list[Paragraph]]]:
    """Lines in runs, each told whether its lines are short."""
    for short, group in groupby(lines, key=lambda line: is_short(line.text)):
        yield short, list(group)
