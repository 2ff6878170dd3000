"""Which rules are wanted: `--select` and `--ignore` with codes, names, or beginnings of codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from govstats.audits import Entry, Unread
from govstats.rules import matching


@dataclass(frozen=True, slots=True)
class Selection:
    """Codes to keep (None: all) and codes to drop."""

    selected: frozenset[str] | None = None
    ignored: frozenset[str] = frozenset()

    @classmethod
    def of(cls, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Selection:
        """From patterns like `T304`, `T`, `total-row`. Raises UsageError for one that means no rule."""
        wanted = tuple(select)
        return cls(matching(wanted) if wanted else None, matching(tuple(ignore)))

    def keeps(self, code: str) -> bool:
        """Is this rule wanted?"""
        return code not in self.ignored and (self.selected is None or code in self.selected)

    def apply(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries with the wanted findings only. What could not be read stays, whatever is selected."""
        for entry in entries:
            if isinstance(entry, Unread):
                yield entry
            else:
                yield replace(entry, findings=tuple(f for f in entry.findings if self.keeps(f.rule)))
