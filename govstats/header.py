"""Header rows → the order of the columns: by the words, where they say it; else the form's, if none contradicts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

from govstats.document import GridRow, Span
from govstats.forms import TableForm
from govstats.vocabulary import Vocabulary, vocabulary, words_of

Order = tuple[str | None, ...]
"""Column keys from left to right; None stands for a column that the form does not have."""


class Header:
    """The header rows above some rows of figures; answers for each set of columns, and remembers."""

    def __init__(self, rows: Sequence[GridRow], form: TableForm) -> None:
        self.rows = tuple(rows)
        known = vocabulary(form)
        self._named = [named for row in rows if any(named := _names(row, known))]
        self._line = _one_line(self._named, known)
        self._orders: dict[tuple[str, ...], Order | None] = {}

    def order(self, columns: tuple[str, ...]) -> Order | None:
        """The columns of a row's figures, or None if the header contradicts every order that we know.

        A header may be split over rows, lack words, or be lost: then the form's own order holds, unless the
        words that are left contradict it.
        """
        if columns not in self._orders:
            self._orders[columns] = self._find(columns)
        return self._orders[columns]

    def narrower(self, columns: tuple[str, ...]) -> Order | None:
        """The columns that the header names, if it is whole but lacks some of the form's; else None."""
        line = self._line
        return tuple(line) if line and None not in line and set(line) < set(columns) else None

    def _find(self, columns: tuple[str, ...]) -> Order | None:
        line = self._line
        if line is not None and set(columns) <= set(line):
            return tuple(key if key in columns else None for key in line)
        lines = self._named if line is None else [line]
        found = [[key for key in names if key is not None and key in columns] for names in lines]
        return columns if all(sorted(keys, key=columns.index) == keys for keys in found) else None


def _names(row: GridRow, known: Vocabulary) -> list[str | None]:
    """What a header row names: column keys, group names, and None for other words between them."""
    names: list[str | None] = []
    for position, text in enumerate(row.texts):
        words = words_of(text)
        if not words or row.span(position) is not Span.OWN or words in known.noise:
            continue
        if known.heads(words):
            names.append(known.columns.get(words, words))
        elif words not in known.rows:
            names.append(None)
    without_corner = dropwhile(lambda name: name is None, names)
    return list(without_corner)


def _one_line(rows: list[list[str | None]], known: Vocabulary) -> list[str | None] | None:
    """The rows as one line: members in the place of their group. None if two rows name columns with no group."""
    names = [name for row in rows for name in row]
    groups = [name for name in names if name in known.groups]
    if len(rows) > 1 and not groups:
        return None
    members = [name for name in names if name in known.members]
    line: list[str | None] = []
    for name in names:
        if name in known.groups:
            line.extend(members)
        elif not groups or name not in known.members:
            line.append(name)
    named = [name for name in line if name is not None]
    return line if len(set(named)) == len(named) else None
