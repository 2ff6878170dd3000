"""Header rows → the order of the columns, and where the first of them stands.

The words decide where they say it; the form's own order holds where nothing contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import dropwhile

from govstats.alignment.printedrow import PrintedRow
from govstats.alignment.vocabulary import foreign, vocabulary
from govstats.model.document import Span
from govstats.model.forms import CellKey, TableForm
from govstats.text.labels import label

Order = tuple[str | None, ...]
"""Column keys from left to right; None stands for a column that the form does not have."""
_FOREIGN = "foreign"
"""Stands for a name that only another form of the table has: its column is none of this form's."""
_UNKNOWN = (None, _FOREIGN)


class Header:
    """The header rows above some rows of figures. What it says of a set of columns is worked out once."""

    def __init__(self, rows: Sequence[PrintedRow], form: TableForm) -> None:
        self.rows = tuple(rows)
        self._form = form
        self._known = vocabulary(form)
        self._is_loose = any(row.loose for row in rows)
        self._subtotals = _subtotals(rows, form)
        self._named = [named for row in rows if any(named := self._names(row))]
        self._names_told = frozenset(name for names in self._named for name in names)
        self._line = self._one_line()
        self._orders: dict[tuple[str, ...], Order | None] = {}
        self._starts: dict[tuple[int, str | None], int | None] = {}

    def order(self, columns: tuple[str, ...]) -> Order | None:
        """The columns of a row's figures, or None if the header contradicts every order that we know.

        A header may be split over rows, lack words, or be lost: then the form's own order holds, unless the
        words that are left contradict it.
        """
        if columns not in self._orders:
            self._orders[columns] = None if self._is_foreign() else self._find(columns)
        return self._orders[columns]

    def _is_foreign(self) -> bool:
        """Does it name a column that only another form of this table has, and none of this one's own?"""
        words = {word for row in self.rows for word in _own_words(row)}
        return not self._names_told.intersection(self._form.columns) and not words.isdisjoint(foreign(self._form))

    def names_all(self, columns: Iterable[str]) -> bool:
        """Does it name every one of these columns?"""
        return self._names_told.issuperset(columns)

    def narrower(self, columns: tuple[str, ...]) -> Order | None:
        """The columns that the header names, if it is whole but lacks some of the form's; else None.

        Of short lines, one that is lost leaves no trace: they never say that a column is not there.
        """
        line = self._line
        if not line or None in line or self._is_loose:
            return None
        return tuple(line) if set(line) < set(columns) else None

    def start(self, row: PrintedRow, first: str | None) -> int | None:
        """The position of the column `first`, if a header row of the same length as `row` names it before others."""
        at = len(row.texts), first
        if at not in self._starts:
            self._starts[at] = self._begin(*at)
        return self._starts[at]

    def _begin(self, length: int, first: str | None) -> int | None:
        for head in self.rows:
            if len(head.texts) == length:
                for position, words in head.worded:
                    named = self._known.columns.get(words) if head.is_own(position) else None
                    if named is not None:
                        return position if named == first else None
        return None

    def beneath(self, row: PrintedRow) -> dict[int, str]:
        """Where a row as long as the header has its figures: position → column, if it names each column once."""
        columns = self._known.columns
        for head in self.rows:
            if len(head.texts) == len(row.texts):
                at = {position: columns[words] for position, words in head.worded if words in columns}
                if sorted(at.values()) == sorted(self._form.columns):
                    return at
        return {}

    def side_by_side(self) -> tuple[CellKey | None, ...] | None:
        """The cells of one line that holds all rows of the form; None if rows or columns are in an unknown order."""
        form, codes = self._form, tuple(row.code for row in self._form.data_rows)
        words = [words for row in self.rows for words in _own_words(row)]
        rows = [code for each in words for code in self._known.rows.get(each, ())]
        if sorted(rows, key=codes.index) != rows:
            return None
        outcomes = [each for each in words if each not in self._known.rows and each not in self._known.noise]
        named = [self._known.columns.get(each) for each in outcomes]
        keys = self._repeated(list(dropwhile(lambda key: key is None, named)))
        if keys is None:
            return None
        return tuple(CellKey(form.name, code, key) for code in codes for key in keys)

    def _repeated(self, named: list[str | None]) -> tuple[str, ...] | None:
        """The columns of one row, from header words that should name them once for each row."""
        usual, times = tuple(self._form.columns), len(self._form.data_rows)
        width = len(named) // times
        blocks = [tuple(named[at : at + width]) for at in range(0, len(named), width or 1)]
        if (
            named
            and None not in named
            and len(blocks) == times
            and len(set(blocks)) == 1
            and len(set(blocks[0])) == width
        ):
            return tuple(key for key in blocks[0] if key is not None)
        if len(named) == len(usual) * times:
            expected = usual * times
            return usual if all(key in (None, each) for key, each in zip(named, expected, strict=True)) else None
        rest = iter(usual * times)
        return usual if all(key in rest for key in named if key is not None) else None

    def _find(self, columns: tuple[str, ...]) -> Order | None:
        line = self._line
        if line is not None:
            if self._may_be_two_rows(line):
                return None
            if set(columns) <= set(line):
                return tuple(key if key in columns else None for key in line)
            if len(line) == len(columns) and not set(line).isdisjoint(columns) and not self._is_loose:
                agrees = all(key in (None, column) for key, column in zip(line, columns, strict=True))
                return columns if agrees else tuple(key if key in columns else None for key in line)
        lines = self._named if line is None else [line]
        found = [[key for key in names if key is not None and key in columns] for names in lines]
        return columns if all(sorted(keys, key=columns.index) == keys for keys in found) else None

    def _may_be_two_rows(self, line: list[str | None]) -> bool:
        """A loose header without its group word: are the members behind 总计 because they stand there, or below?"""
        known = self._known
        if not self._is_loose or any(name in known.groups for names in self._named for name in names):
            return False
        members = [name in known.members for name in line if name not in _UNKNOWN]
        return True in members and members == sorted(members) and False in members[1:]

    def _names(self, row: PrintedRow) -> list[str | None]:
        """What a header row names: column keys, group names, and None for other words after the corner."""
        known = self._known
        names: list[str | None] = []
        for words in _own_words(row):
            if words in self._subtotals:
                names.append(None)
            elif words in known.header:
                names.append(known.columns.get(words, words))
            elif words not in known.rows and words not in known.noise:
                names.append(_FOREIGN if words in foreign(self._form) else None)
        below_a_group = any(names) and all(name in _UNKNOWN or name in known.members for name in names)
        return names if below_a_group else list(dropwhile(lambda name: name is None, names))

    def _one_line(self) -> list[str | None] | None:
        """The rows as one line, the rows below a group in its place. None if they cannot be put in one line."""
        groups, members = self._known.groups, self._known.members
        line: list[str | None] = []
        for number, names in enumerate(self._levels()):
            if number == 0:
                line = names
                continue
            at = [position for position, name in enumerate(line) if name in groups]
            if len(at) != 1 or any(name not in _UNKNOWN and name not in members for name in names):
                return None
            line = [*line[: at[0]], *names, *line[at[0] + 1 :]]
        line = [name for name in line if name not in groups and not (name is None and self._is_loose)]
        named = [name for name in line if name not in _UNKNOWN]
        return line if len(set(named)) == len(named) else None

    def _levels(self) -> list[list[str | None]]:
        """The rows; a row that holds a group and, behind all other columns, its members is two rows in one."""
        members = self._known.members
        levels = []
        for names in self._named:
            first = next((position for position, name in enumerate(names) if name in members), 0)
            behind = names[first:]
            if (
                first
                and any(name in self._known.groups for name in names[:first])
                and not set(behind) - members - {None}
            ):
                levels += [names[:first], behind]
            else:
                levels.append(names)
        return levels


def _subtotals(rows: Sequence[PrintedRow], form: TableForm) -> frozenset[str]:
    """The words that name a column by another name (合计) beside its own (总计): a sum of some of the columns."""
    known = vocabulary(form)
    said = {words for row in rows for words in _own_words(row) if words in known.columns}
    own = {label(column.label.zh).words: key for key, column in form.columns.items()}
    told = {own[words] for words in said if words in own}
    return frozenset(words for words in said if words not in own and known.columns[words] in told)


def _own_words(row: PrintedRow) -> list[str]:
    spans = row.spans
    return [words for position, words in row.worded if not spans or spans[position] is Span.OWN]
