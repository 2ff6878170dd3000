"""Document → for each table the official form that it follows, out of all known ones, and by which words it is known.

Forms replace each other and mix: a report of 2022 may hold one table of 2019. So every table is judged by itself, by
the rows that carry figures and by the headers. A heading of one form may be a row of another (其他处理).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from govstats.alignment.printedrow import PrintedRow
from govstats.alignment.vocabulary import vocabulary
from govstats.catalog.formats import Format, get_format
from govstats.lang import Text
from govstats.model.forms import TableForm

_FEWEST = 2
_SHOWN = 3
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Detected:
    """A table's form, and the words of the document that no other form of this table has."""

    form: TableForm
    telling: tuple[str, ...]

    @property
    def reason(self) -> Text:
        """Why this form: for people."""
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
    words = _Words.of(rows)
    rivals: dict[str, list[tuple[frozenset[str], TableForm]]] = {}
    for known in formats:
        for name, form in known.tables.items():
            rivals.setdefault(name, []).append((words.found(form), form))
    found = {name: forms for name, forms in rivals.items() if max(len(there) for there, _ in forms) >= _FEWEST}
    usual = Counter(best[0].format for forms in found.values() if len(best := _best(forms)) == 1)
    return {name: _detected(forms, usual) for name, forms in found.items()}


def format_of(detected: Iterable[Detected]) -> str | None:
    """The format of a report, given what its tables follow: the newest of those that its own words tell."""
    found = list(detected)
    told = [each for each in found if each.telling] or found
    return max((each.form.format for each in told), key=lambda name: get_format(name).since, default=None)


def _best(forms: list[tuple[frozenset[str], TableForm]]) -> list[TableForm]:
    most = max(len(there) for there, _ in forms)
    return [form for there, form in forms if len(there) == most]


def _detected(forms: list[tuple[frozenset[str], TableForm]], usual: Counter[str]) -> Detected:
    """Of forms that fit alike, the one of the format that the other tables follow."""
    chosen = max(_best(forms), key=lambda form: usual[form.format])
    there = {form.format: words for words, form in forms}
    others = frozenset[str]().union(*(_names(form) for _, form in forms if form is not chosen))
    telling = [words for words in _names(chosen) if words in there[chosen.format] and words not in others]
    return Detected(chosen, tuple(sorted(telling, key=lambda words: (-len(words), words))))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words in a document's tables: all; those right before figures; those of short lines without figures."""

    all: frozenset[str]
    leading: frozenset[str]
    bare: frozenset[str]

    @classmethod
    def of(cls, rows: Sequence[PrintedRow]) -> _Words:
        leading = [row.leading() for row in rows]
        bare = [row.words for row, words in zip(rows, leading, strict=True) if row.loose and not words]
        return cls(
            frozenset[str]().union(*[row.words for row in rows]),
            frozenset(filter(None, leading)),
            frozenset[str]().union(*bare),
        )

    def found(self, form: TableForm) -> frozenset[str]:
        """The names of rows and columns of a form that are there. A bare 其他 or 总计 is a column's."""
        known = vocabulary(form)
        rows, columns = _rows(form), frozenset(known.columns)
        cut = {part for words in self.bare for part in known.parts(words)}
        named = self.all | cut if form.side_by_side else self.leading | (self.bare - columns)
        return named & rows | (self.all | cut) & columns


@lru_cache(maxsize=256)
def _rows(form: TableForm) -> frozenset[str]:
    """The names of the rows that carry figures."""
    codes = {row.code for row in form.data_rows}
    return frozenset(words for words, named in vocabulary(form).rows.items() if codes & set(named))


def _names(form: TableForm) -> list[str]:
    return [*_rows(form), *vocabulary(form).columns]
