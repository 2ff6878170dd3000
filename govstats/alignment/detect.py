"""Document → for each table the official form that it follows, out of all known ones, and by which words it is known.

Forms replace each other and mix: a report of 2022 may hold one table of 2019. So every table is judged by itself, by
the rows that carry figures and by the headers. A heading of one form may be a row of another (其他处理).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from govstats.alignment.printedrow import PrintedRow
from govstats.alignment.rivals import fitting, names_of_rows, own_names, rows_apart, twofold
from govstats.alignment.vocabulary import vocabulary
from govstats.catalog.formats import Format, get_format
from govstats.lang import Text
from govstats.model.forms import TableForm
from govstats.text.labels import figures_behind

_FEWEST = 2
_SHOWN = 3
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Detected:
    """A table's form, and the words of the document that no other form of this table has.

    `rivals` are other forms that the table may follow as well, where nothing tells which and figures mean something
    else in them; `by_width`: how many figures its rows have told which.
    """

    form: TableForm
    telling: tuple[str, ...]
    rivals: tuple[TableForm, ...] = ()
    by_width: bool = False

    @property
    def reason(self) -> Text:
        """Why this form: for people."""
        if self.by_width:
            return Text("依据：各行数字的个数", "known by the number of figures in its rows")
        if self.rivals:
            return Text("表头缺失或损坏，认不出是哪一版格式", "not known: its header is missing or damaged")
        if not self.telling:
            return Text("各格式的这张表相同", "the same in all forms that have this table")
        shown = [each if len(each) <= _LONGEST else f"{each[: _LONGEST - 1]}…" for each in self.telling[:_SHOWN]]
        return Text(
            f"依据：{'、'.join(f'“{words}”' for words in shown)}",
            f"known by {', '.join(f'“{words}”' for words in shown)}",
        )


def detect(rows: Sequence[PrintedRow], formats: Iterable[Format]) -> dict[str, Detected]:
    """The rows of all tables → for each table's name the form that fits best, the newest if several fit alike. Tables
    without a trace are left out."""
    forms: dict[str, list[TableForm]] = {}
    for known in formats:
        for name, form in known.tables.items():
            forms.setdefault(name, []).append(form)
    every = tuple([form for each in forms.values() for form in each])
    words = _Words.of(rows, twofold(every))
    there = {form: words.found(form) for form in every}
    tables = {name: each for name, each in forms.items() if max(len(there[form]) for form in each) >= _FEWEST}
    evidence = _Evidence(rows, there, tables)
    return {name: evidence.detected(name) for name in tables}


def format_of(detected: Iterable[Detected]) -> str | None:
    """The format of a report, given what its tables follow: the newest of those that its own words tell."""
    found = list(detected)
    told = [each for each in found if each.telling] or found
    return max((each.form.format for each in told), key=lambda name: get_format(name).since, default=None)


class _Evidence:
    """What speaks for each form of each table: its words that are `there`, the numbers of figures, other tables."""

    def __init__(
        self,
        rows: Sequence[PrintedRow],
        there: Mapping[TableForm, frozenset[str]],
        tables: Mapping[str, Sequence[TableForm]],
    ) -> None:
        self._rows, self._there, self._tables = rows, there, tables
        best = [self._best(forms) for forms in tables.values()]
        self._usual = Counter(forms[0].format for forms in best if len(forms) == 1)

    def detected(self, name: str) -> Detected:
        """The form of a table: of those that fit alike, the one of the format that the other tables follow. If figures
        mean something else in another that no word speaks against, what the document has besides decides."""
        forms = self._tables[name]
        chosen = max(self._best(forms), key=lambda form: self._usual[form.format])
        others = [form for form in forms if form is not chosen]
        doubted = [form for form in others if self._is_doubtful(chosen, form)]
        if not doubted:
            mixed = [form for form in others if self._is_mixed(chosen, form) and self._by_width(form, chosen)]
            return Detected((mixed or [chosen])[0], self._telling((mixed or [chosen])[0]), by_width=bool(mixed))
        alike = [form for form in forms if form is chosen or form in doubted]
        for tells, by_width in ((self._has_own, False), (self._by_width, True), (self._by_tables, False)):
            told = [form for form in alike if all(tells(form, other) for other in alike if other is not form)]
            if told:
                return Detected(told[0], self._telling(told[0]), by_width=by_width)
        return Detected(alike[0], (), tuple(alike[1:]))

    def _best(self, forms: Sequence[TableForm]) -> list[TableForm]:
        most = max(len(self._there[form]) for form in forms)
        return [form for form in forms if len(self._there[form]) == most]

    def _is_doubtful(self, chosen: TableForm, other: TableForm) -> bool:
        return bool(rows_apart(chosen, other)) and not self._has_own(chosen, other)

    def _is_mixed(self, chosen: TableForm, other: TableForm) -> bool:
        """Has the document names that only the one has, and such as only the other has?"""
        return bool(rows_apart(chosen, other)) and self._has_own(chosen, other) and self._has_own(other, chosen)

    def _has_own(self, form: TableForm, other: TableForm) -> bool:
        return not self._there[form].isdisjoint(own_names(form, other))

    def _by_width(self, form: TableForm, other: TableForm) -> bool:
        return fitting(self._rows, form, other) is form

    def _by_tables(self, form: TableForm, other: TableForm) -> bool:
        """Does any other table have words of the one's format, and none of the other's?"""
        pairs = [(_of(form, forms), _of(other, forms)) for forms in self._tables.values()]
        both = [(one, two) for one, two in pairs if one and two]
        return any(self._has_own(one, two) for one, two in both) and not any(
            self._has_own(two, one) for one, two in both
        )

    def _telling(self, chosen: TableForm) -> tuple[str, ...]:
        others = frozenset[str]().union(*(_names(form) for form in self._tables[chosen.name] if form is not chosen))
        telling = [words for words in _names(chosen) if words in self._there[chosen] and words not in others]
        return tuple(sorted(telling, key=lambda words: (-len(words), words)))


def _of(like: TableForm, forms: Sequence[TableForm]) -> TableForm | None:
    """Of the forms of a table, that of the same format."""
    return next((form for form in forms if form.format == like.format), None)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words in a document's tables: all; those right before figures; those of short lines without figures. What
    may be a heading as well is a row's name only right before figures, not before blanks."""

    all: frozenset[str]
    leading: frozenset[str]
    bare: frozenset[str]

    @classmethod
    def of(cls, rows: Sequence[PrintedRow], twofold: frozenset[str]) -> _Words:
        leading = [(row, row.leading()) for row in rows]
        bare = [row.words for row, words in leading if row.loose and not words]
        return cls(
            frozenset[str]().union(*[row.words for row in rows]),
            frozenset([words for row, words in leading if words and (words not in twofold or _is_filled(row, words))]),
            frozenset[str]().union(*bare) - twofold,
        )

    def found(self, form: TableForm) -> frozenset[str]:
        """The names of rows and columns of a form that are there. A bare 其他 or 总计 is a column's."""
        known = vocabulary(form)
        rows, columns = names_of_rows(form), frozenset(known.columns)
        cut = {part for words in self.bare for part in known.parts(words)}
        named = self.all | cut if form.side_by_side else self.leading | (self.bare - columns)
        return named & rows | (self.all | cut) & columns


def _is_filled(row: PrintedRow, words: str) -> bool:
    """Do figures or marks stand behind these words? One alone may be the number of what is printed below a heading."""
    behind = [at for at in row.own if at > row.words.index(words)]
    return len(figures_behind(row.texts[row.words.index(words)])) > 1 or row.has_figure(behind[1:])


def _names(form: TableForm) -> list[str]:
    return [*names_of_rows(form), *vocabulary(form).columns]
