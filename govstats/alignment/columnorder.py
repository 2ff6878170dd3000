"""Lines whose header is gone, or lacks words → do their sums hold in another order only than in the form's?

Then the columns stand in an order that nothing in the document tells, and nobody has added up wrongly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from govstats.alignment.line import Line
from govstats.model.forms import TableForm
from govstats.text.figures import State

_FEWEST = 2
"""One row may add up in another order by chance."""
_OF_NOTHING = (State.BLANK, State.MARK)


def is_another(found: Iterable[tuple[Line, int | None]], form: TableForm) -> bool:
    """Do more rows add up with the total in one other column only than with it where the form has it only?

    `found` are the lines, and where the figures of each begin. Rows that add up either way say nothing.
    """
    votes: Counter[str | None] = Counter()
    for line, offset in found:
        if line.assumed and offset is not None:
            for totals, usual in _totals(line, offset, form):
                votes.update(totals if usual not in totals else () if len(totals) > 1 else (None,))
    usual_votes = votes.pop(None, 0)
    most = max(votes.values(), default=0)
    return most >= _FEWEST and most > usual_votes


def has_sums(form: TableForm) -> bool:
    """Has any row of the form a total, by which its columns could be told?"""
    return bool(_sums(form))


def _totals(line: Line, offset: int, form: TableForm) -> Iterator[tuple[set[str], str]]:
    """For every sum in this line, if it is not of nothing: the columns that hold the sum of the others, and the one
    that should."""
    values = dict(_values(line, offset, form))
    for parts, total in _sums(form):
        if total in values and all(cell in values for cell in parts):
            figures = {form.cells[cell].column: values[cell] for cell in (*parts, total)}
            whole = sum(figures.values())
            usual = form.cells[total].column
            yield {key for key, value in figures.items() if whole and 2 * value == whole}, usual


def _values(line: Line, offset: int, form: TableForm) -> Iterator[tuple[int, float]]:
    for cell, text in zip(line.order or (), line.texts[offset:], strict=False):
        if cell is not None:
            figure = form.figures[cell].read(text)
            if figure.state is not State.UNREADABLE:
                yield cell, 0.0 if figure.state in _OF_NOTHING else figure.value


@lru_cache(maxsize=256)
def _sums(form: TableForm) -> tuple[tuple[tuple[int, ...], int], ...]:
    """The sums within one row: their parts and their total."""
    sums = ((each.left, each.right[0]) for each in form.relations if each.is_sum)
    rows = [cell.row for cell in form.cells]
    return tuple((parts, total) for parts, total in sums if {rows[part] for part in parts} == {rows[total]})
