"""Labels of one printed row → the row code they name: exact words first, then ordinal, group and likeness."""

from __future__ import annotations

from difflib import SequenceMatcher

from govstats.alignment.vocabulary import vocabulary
from govstats.model.forms import Row, TableForm
from govstats.text.labels import label

_ALIKE_WITH_ORDINAL = 0.6
_ALIKE = 0.8
_MARGIN = 0.1
_TELLING = 4
_SHORTEST = 2


class RowMatcher:
    """Walks down one table: remembers the group it is in, as a reader's eye does.

    A group is what stands below a heading, (三)…(六), or below a row with figures that has parts (收到申请数).
    """

    def __init__(self, form: TableForm) -> None:
        self._form = form
        self._known = vocabulary(form)
        self._rows = self._known.rows
        self._group = ""
        self._named: set[str] = set()

    @property
    def groups(self) -> set[str]:
        """The group that the walk is in, and those above it; an empty string is the table itself."""
        parts = self._group.split(".")
        return {".".join(parts[:end]) for end in range(len(parts) + 1)}

    def match(self, labels: list[str]) -> str | None:
        """The code of the row that these labels name, outermost first; None for a row the form does not have."""
        code = None
        for text in labels:
            exact = self._exact(text)
            code = exact or self._alike(text, groups_only=text is not labels[-1])
            self._named.update([exact] if exact else [])
            if code is not None:
                self._group = code if code in self._form.groups else self._form.group_of(code)
        return code

    def _exact(self, text: str) -> str | None:
        """The row of these very words; of several (被依法纠错数), the one of the current group, or none."""
        codes = self._rows.get(label(text).words, ())
        if len(codes) < 2:
            return codes[0] if codes else None
        inside = [code for code in codes if self._form.group_of(code) == self._group]
        return inside[0] if inside else None

    def _alike(self, text: str, *, groups_only: bool) -> str | None:
        """A misspelt, shortened or damaged label: the one row of the current group, or of those above, that is alike.

        A label that holds another row's whole words is two labels run together, and names neither. A row that stood
        there in its very words is not meant again.
        """
        ordinal, words = label(text)
        if words in self._known.names or len(words) < (1 if ordinal else _SHORTEST):
            return None
        held = {code for name, codes in self._rows.items() if len(name) >= _TELLING and name in words for code in codes}
        near = [row for row in self._near() if not held - {row.code} and not self._is_done(row)]
        scored = sorted(((_likeness(row, ordinal, words, bool(held)), row.code) for row in near), reverse=True)
        if not scored or scored[0][0] <= 0:
            return None
        runner_up = scored[1][0] if len(scored) > 1 else 0.0
        (score, code) = scored[0]
        is_wanted = code in self._form.groups or not groups_only
        return code if is_wanted and score - runner_up >= _MARGIN else None

    def _is_done(self, row: Row) -> bool:
        """Has it been named exactly, and is no group, whose name stands beside each of its rows?"""
        return row.code in self._named and row.code not in self._form.groups

    def _near(self) -> list[Row]:
        groups = self.groups
        return [row for row in self._form.rows.values() if groups & self._form.groups_around(row.code)]


def _likeness(row: Row, ordinal: str, words: str, is_longer: bool) -> float:
    """0 to 1: how alike the words are; 0 if not alike enough, or if the ordinals differ.

    With the same ordinal a label may be shortened (同意公开 for 同意公开答复数), or be longer than the row's own words.
    """
    expected_ordinal, expected = label(row.label.zh)
    both = bool(ordinal and expected_ordinal)
    if (both and ordinal != expected_ordinal) or (is_longer and not both):
        return 0.0
    if both and words in expected and len(words) >= _SHORTEST:
        return _ALIKE_WITH_ORDINAL + (1 - _ALIKE_WITH_ORDINAL) * len(words) / len(expected)
    ratio = SequenceMatcher(None, expected, words, autojunk=False).ratio()
    return ratio if ratio >= (_ALIKE_WITH_ORDINAL if both and not is_longer else _ALIKE) else 0.0
