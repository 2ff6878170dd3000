"""Where a line of Chinese may be broken: not before closing punctuation, not after opening, and never inside a number,
its unit or a word of Latin letters (GB/T 15834 附录)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text as Styled

_UNITS = "件条个份项次格元万亿处种行列年月日名人张页段句字%％‰"
_NUMBER = rf"[+\-−]?\d[\d,.]*(?:[ \u00a0]?[{_UNITS}]+度?)?"
_WORD = r"[~./]*[A-Za-z_][\w./:\\-]*"
_OPENING, _CLOSING = "（([【《〈“‘「『〔", "，。、；：！？）)]】》〉”’」』〕…·,;:!?/"
_CLAUSES = "，。；：、,;"
_TOKEN = re.compile(rf"第?{_NUMBER}(?: [≠=→] {_NUMBER})*|{_WORD}|[ \t]+|.", re.DOTALL)


def wrapped(text: str, width: int) -> str:
    """The text in lines of so many columns, continued ones indented."""
    pieces = list(lines_of(text, width)) if 0 < width < cell_len(text) else [(0, len(text), 0)]
    return "\n".join(f"{'  ' if at else ''}{text[start:end].rstrip()}" for at, (start, end, _) in enumerate(pieces))


class Broken:
    """A text for a terminal, with continued lines under the beginning of the first."""

    def __init__(self, text: Styled) -> None:
        self._text = text

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._text.split("\n", allow_blank=True):
            for start, end, indent in lines_of(line.plain, options.max_width):
                shown = Styled(" " * indent) + line[start:end]
                shown.no_wrap, shown.overflow = True, "ignore"
                yield shown


def shortened(text: str, width: int) -> str:
    """The text, or as much of it as fits into so many columns with an ellipsis."""
    return text if cell_len(text) <= width else f"{chop_cells(text, max(width - 1, 1))[0]}…"


def in_clauses(text: str, width: int) -> str:
    """The text, or as many of its clauses as fit into so many columns; with none, as much of it as fits."""
    if cell_len(text) <= width:
        return text
    cut = shortened(text, width)[:-1]
    end = max(cut.rfind(mark) for mark in _CLAUSES)
    return f"{cut[:end]}…" if cell_len(cut[: max(end, 0)]) * 3 > width else f"{cut.rstrip()}…"


def shortened_within(text: str, width: int) -> str:
    """The text, or its beginning and its end with an ellipsis between them: what tells files apart stands at both."""
    if cell_len(text) <= width:
        return text
    end = chop_cells(text[::-1], max(width // 4, 1))[0][::-1]
    return f"{chop_cells(text, max(width - cell_len(end) - 1, 1))[0]}…{end}"


def lines_of(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    """The lines of a text without breaks: from where to where in it, and by how much a continued one is indented.

    The last is not left with one character and a mark: it takes one more from the line before."""
    found = list(_lines_of(text, width))
    if len(found) > 1:
        (start, middle, indent), (_, end, margin) = found[-2:]
        last, before = text[middle:end].strip(), list(_pieces(text[start:middle].rstrip(), width))
        if _is_alone(last) and len(before) > 2 and _is_han(before[-1]):
            middle = start + len(text[start:middle].rstrip()) - len(before[-1])
            found[-2:] = [(start, middle, indent), (middle, end, margin)]
    yield from found


def _is_alone(text: str) -> bool:
    bare = text.rstrip(_CLOSING)
    return len(bare) == 1 and _is_han(bare)


def _is_han(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in text.strip(_CLOSING + _OPENING))


def _lines_of(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    margin = min(len(text) - len(text.lstrip(" ")), width // 2)
    start, used, indent = 0, 0, 0
    at = 0
    for piece in _pieces(text, max(width - margin, 1)):
        size = cell_len(piece)
        if used + cell_len(piece.rstrip()) > width and at > start:
            yield start, at, indent
            start, used, indent = at, margin, margin
            if piece.isspace():
                start, size = at + len(piece), 0
        used += size
        at += len(piece)
    if start < len(text) or not text:
        yield start, len(text), indent


def _pieces(text: str, most: int) -> Iterator[str]:
    """What may not be broken; but no piece is wider than a line."""
    piece = ""
    for token in _TOKEN.findall(text):
        if piece and (token[0] in _CLOSING or piece[-1] in _OPENING) and not (token.isspace() or piece.isspace()):
            piece += token
            continue
        yield from chop_cells(piece, most) if cell_len(piece) > most else [piece] * bool(piece)
        piece = token
    yield from chop_cells(piece, most) if cell_len(piece) > most else [piece] * bool(piece)
