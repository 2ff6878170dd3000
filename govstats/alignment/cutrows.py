"""Rows of a table as printed → the same, a row that the end of a page cut in two made one again.

Its label is cut, and its figures stand in one of the two pieces. They are joined only if the label is whole then.
"""

from __future__ import annotations

from govstats.alignment.vocabulary import Vocabulary, words_in, words_of
from govstats.model.document import GridRow, Span

NumberedRow = tuple[int, GridRow]


def rejoined(rows: tuple[NumberedRow, ...], known: Vocabulary) -> tuple[NumberedRow, ...]:
    """The rows, each with its table's number, cut ones joined."""
    whole: list[NumberedRow] = []
    for table, row in rows:
        joined = _joined(whole[-1][1], row, known) if whole else None
        if joined is not None:
            whole[-1] = (whole[-1][0], joined)
        else:
            whole.append((table, row))
    return tuple(whole)


def _joined(above: GridRow, below: GridRow, known: Vocabulary) -> GridRow | None:
    """One row of two, or None if they are two rows."""
    if above.loose or below.loose:
        return None
    end = _cut_label(below, known)
    at = _cut_label(above, known) if end >= 0 else -1
    if at < 0:
        return None
    text = above.texts[at] + below.texts[end]
    filled = above if not _has_figures(below, end) else below if not _has_figures(above, at) else None
    if filled is None or words_of(text) not in known.rows:
        return None
    position = at if filled is above else end
    return filled._replace(texts=(*filled.texts[:position], text, *filled.texts[position + 1 :]))


def _cut_label(row: GridRow, known: Vocabulary) -> int:
    """Where the last cell of words stands, if they do not name a row; −1 without one."""
    words = words_in(row.texts)
    own = [at for at, word in enumerate(words) if word and row.span(at) is not Span.FROM_LEFT]
    return own[-1] if own and words[own[-1]] not in known.rows else -1


def _has_figures(row: GridRow, label: int) -> bool:
    return any(text.strip() for text in row.texts[label + 1 :])
