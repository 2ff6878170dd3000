"""Rows of a table as printed → the same, a row that the end of a page cut in two made one again.

Its label is cut, and its figures stand in one of the two pieces. They are joined only if the label is whole then.
"""

from __future__ import annotations

from govstats.alignment.printedrow import PrintedRow
from govstats.alignment.vocabulary import Vocabulary, words_of
from govstats.model.document import GridRow, Span


def rejoined(rows: tuple[PrintedRow, ...], known: Vocabulary) -> list[PrintedRow]:
    """The rows, cut ones joined."""
    whole: list[PrintedRow] = []
    for row in rows:
        joined = _joined(whole[-1], row, known) if whole else None
        if joined is not None:
            whole[-1] = joined
        else:
            whole.append(row)
    return whole


def _joined(above: PrintedRow, below: PrintedRow, known: Vocabulary) -> PrintedRow | None:
    """One row of two, or None if they are two rows. It counts to the table of the first piece."""
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
    texts = (*filled.texts[:position], text, *filled.texts[position + 1 :])
    return PrintedRow(above.table, GridRow(filled.line, texts, filled.spans))


def _cut_label(row: PrintedRow, known: Vocabulary) -> int:
    """Where the last cell of words stands, if they do not name a row; −1 without one."""
    for at, words in reversed(row.worded):
        if not row.spans or row.spans[at] is not Span.FROM_LEFT:
            return -1 if words in known.rows else at
    return -1


def _has_figures(row: PrintedRow, label: int) -> bool:
    return any(text.strip() for text in row.texts[label + 1 :])
