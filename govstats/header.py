"""Header rows → the order of the columns: by the words, where they say it; else the form's, if nothing contradicts it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

from govstats.document import GridRow, Span
from govstats.forms import TableForm
from govstats.vocabulary import Vocabulary, vocabulary, words_of

Order = tuple[str | None, ...]
"""Column keys from left to right; None stands for a column that the form does not have."""


def header_order(header: Sequence[GridRow], form: TableForm, columns: tuple[str, ...]) -> Order | None:
    """The columns of a row's figures, or None if the header contradicts every order that we know.

    A header may be split over rows, lack words, or be lost: then the form's own order holds, unless the words
    that are left contradict it.
    """
    known = vocabulary(form)
    rows = [named for row in header if any(named := _names(row, known))]
    order = _one_line(rows, known)
    if order is not None and set(columns) <= set(order):
        return tuple(key if key in columns else None for key in order)
    found = [[key for key in row if key in columns] for row in rows]
    if order is not None:
        found = [[key for key in order if key in columns]]
    return columns if all(sorted(keys, key=columns.index) == keys for keys in found) else None


def narrower(header: Sequence[GridRow], form: TableForm, columns: tuple[str, ...]) -> Order | None:
    """The columns that the header names, if it is whole but lacks some of the form's; else None."""
    known = vocabulary(form)
    order = _one_line([named for row in header if any(named := _names(row, known))], known)
    return tuple(order) if order and None not in order and set(order) < set(columns) else None


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
