"""Labels of one printed row → the row code they name: exact words first, then ordinal, group and likeness."""

from __future__ import annotations

from difflib import SequenceMatcher

from govstats.forms import Row, TableForm
from govstats.text import label
from govstats.vocabulary import vocabulary

_ALIKE_WITH_ORDINAL = 0.6
_ALIKE = 0.8
_MARGIN = 0.1
_TELLING = 4


class RowMatcher:
    """Walks down one table: remembers the group (三)…(六) it is in, as a reader's eye does."""

    def __init__(self, form: TableForm) -> None:
        self._form = form
        self._known = vocabulary(form)
        self._rows = self._known.rows
        self._group = ""

    @property
    def groups(self) -> set[str]:
        """The group that the walk is in, and those above it; an empty string is the table itself."""
        parts = self._group.split(".")
        return {".".join(parts[:end]) for end in range(len(parts) + 1)}

    def match(self, labels: list[str]) -> str | None:
        """The code of the row that these labels name, outermost first; None for a row the form does not have."""
        code = None
        for text in labels:
            code = self._exact(text) or (self._alike(text) if text is labels[-1] else None)
            if code is not None:
                self._group = code if self._form.rows[code].heading else self._form.group_of(code)
        return code

    def _exact(self, text: str) -> str | None:
        codes = self._rows.get(label(text).words, ())
        inside = [code for code in codes if self._form.group_of(code) == self._group]
        return next(iter((*inside, *codes)), None)

    def _alike(self, text: str) -> str | None:
        """A misspelt or damaged label: the one row of the current group, or of those above it, that is alike.

        A label that holds another row's whole words is two labels run together, and names neither.
        """
        ordinal, words = label(text)
        if self._known.knows(words):
            return None
        if len(words) < (1 if ordinal else 2) or any(name in words for name in self._rows if len(name) >= _TELLING):
            return None
        groups = self.groups
        near = [row for row in self._form.data_rows if self._form.group_of(row.code) in groups]
        scored = sorted(((_likeness(row, ordinal, words), row.code) for row in near), reverse=True)
        if not scored or scored[0][0] <= 0:
            return None
        runner_up = scored[1][0] if len(scored) > 1 else 0.0
        return scored[0][1] if scored[0][0] - runner_up >= _MARGIN else None


def _likeness(row: Row, ordinal: str, words: str) -> float:
    """0 to 1: how alike the words are; 0 if not alike enough, or if the ordinals differ."""
    expected_ordinal, expected = label(row.label.zh)
    both = bool(ordinal and expected_ordinal)
    if both and ordinal != expected_ordinal:
        return 0.0
    ratio = SequenceMatcher(None, expected, words, autojunk=False).ratio()
    return ratio if ratio >= (_ALIKE_WITH_ORDINAL if both else _ALIKE) else 0.0
