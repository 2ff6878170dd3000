"""The words by which a table of a form is known: its row labels, its header words, its furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from govstats.catalog.formats import known_formats
from govstats.model.forms import TableForm
from govstats.text.figures import State, figure, is_change, is_unit
from govstats.text.labels import REMEMBERED, has_han, label, plain, simplified

_APPROXIMATE = re.compile(r"[约近超逾多余]*[\d,.*]+[多余]?(?:件次|[件条个份篇宗次项起例人]|人次|万?元)?[多余]?")


_NOTHING_ELSE = re.compile(r"(?!其中)(?!.*(?:资讯|档案))[一-鿿]{3,}")
"""Characters of words alone, too many for a unit or a mark: in the simplified script they are the label as it is."""
_TELLING = 4
"""Shorter names of columns (年度, 累计) turn up in many tables; 本年增减 does not."""
_TWO_NAMES = 6
"""Two names run together have as many characters or more."""


@dataclass(frozen=True)
class Vocabulary:
    """Normalised words → what they name in one table form."""

    rows: dict[str, tuple[str, ...]]
    columns: dict[str, str]
    groups: frozenset[str]
    members: frozenset[str]
    noise: frozenset[str]

    @cached_property
    def header(self) -> frozenset[str]:
        """The names of columns, and of groups of columns."""
        return self.groups.union(self.columns)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of rows, columns, groups and pieces of furniture."""
        return self.header.union(self.rows, self.noise)

    def parts(self, words: str) -> list[str]:
        """The names that these words are made of, if they are names run together: 行政复议行政诉讼; else none."""
        found = self._name.findall(words) if len(words) >= _TWO_NAMES else []
        return found if len(found) > 1 and "".join(found) == words else []

    @cached_property
    def _name(self) -> re.Pattern[str]:
        names = sorted(self.names, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)))


@lru_cache(maxsize=256)
def vocabulary(form: TableForm) -> Vocabulary:
    """The words of a form, from its labels and aliases."""
    rows: dict[str, tuple[str, ...]] = {}
    for row in form.rows.values():
        for name in (row.label.zh, *row.aliases):
            words = label(name).words
            rows[words] = tuple(dict.fromkeys((*rows.get(words, ()), row.code)))
    columns = {
        label(name).words: column.key for column in form.columns.values() for name in (column.label.zh, *column.aliases)
    }
    groups = frozenset(label(column.group).words for column in form.columns.values() if column.group)
    members = frozenset(column.key for column in form.columns.values() if column.group)
    return Vocabulary(rows, columns, groups, members, frozenset(label(name).words for name in form.noise))


@lru_cache(maxsize=256)
def foreign(form: TableForm) -> frozenset[str]:
    """The names of columns that only other forms of this table have, and that are not its own in other words."""
    known = vocabulary(form)
    others = [other.tables[form.name] for other in known_formats().values() if form.name in other.tables]
    words = {name for other in others for name in vocabulary(other).columns if len(name) >= _TELLING} - known.names
    return frozenset(name for name in words if not any(name in own or own in name for own in known.columns))


@lru_cache(maxsize=REMEMBERED)
def is_remark(text: str) -> bool:
    """Is this cell of words, as in a column 备注 (见附注, 2022年数据), and no damaged or approximate figure?"""
    if not has_han(text) or figure(text).state is not State.UNREADABLE or is_unit(text):
        return False
    return _APPROXIMATE.fullmatch(plain(text)) is None


@lru_cache(maxsize=REMEMBERED)
def words_of(text: str) -> str:
    """The words of a cell that may be a label; empty for figures, blanks, marks and damaged figures."""
    if _NOTHING_ELSE.fullmatch(text) and simplified(text) == text and not is_change(text):
        return text
    if not has_han(text) or figure(text).state is not State.UNREADABLE or is_unit(text) or is_change(text):
        return ""
    words = label(text).words
    return "" if words[:1].isdigit() else words


@lru_cache(maxsize=512)
def words_in(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The words of each cell of a row. While a document is read, each of its rows is asked for them many times."""
    return tuple(map(words_of, texts))
