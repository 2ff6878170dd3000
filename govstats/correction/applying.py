"""A report with findings → the copy that it gets: its own document corrected in place, else tables in the official
layout; and what is to be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from govstats.correction.copy import corrected, left_over
from govstats.correction.inplace import Corrected
from govstats.correction.own import list_beside, own_copy
from govstats.correction.targets import TABLES
from govstats.correction.writers import writers
from govstats.model.audits import Audited
from govstats.pipeline import checked, parse_all
from govstats.sources.own import COMMENTED, CORRECTED


@dataclass(frozen=True, slots=True)
class Given:
    """A copy: its bytes, what its name says (改正稿, 批注稿, 附表改正稿) and ends with, how many cells were changed and
    how many comments stand in it besides, how many errors are left. `beside`: the list that belongs to it."""

    content: bytes
    mark: str
    suffix: str
    changes: int
    comments: int
    errors: int
    beside: bytes | None = None

    @property
    def is_own(self) -> bool:
        """Is it the document itself?"""
        return self.mark != TABLES


@dataclass(frozen=True, slots=True)
class Wanted:
    """How copies are wanted: comments only; older formats converted; signed with this day (None: with the hour at which
    they are made)."""

    comments_only: bool = False
    convert: bool = False
    day: date | None = None

    def own(self, data: bytes, entries: Sequence[Audited]) -> Corrected | None:
        """The document that these reports were read from, corrected in place; None where that cannot be."""
        signed = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if self.day is None else f"{self.day}T00:00:00Z"
        return own_copy(data, entries, signed, comments_only=self.comments_only, convert=self.convert)

    def given(self, made: Corrected, entries: Sequence[Audited]) -> Given:
        """A document corrected in place."""
        changes = len(made.changes)
        again = sum(finding.severity == "error" for entry in checked(list(made.again)) for finding in entry.findings)
        errors = max(again, sum(map(left_over, entries)) if changes else 0)
        mark = CORRECTED if changes else COMMENTED
        beside = list_beside(made, entries[0].path) if made.is_plain else None
        return Given(made.content, mark, made.suffix, changes, len(made.done) - changes, errors, beside)


def tables(entry: Audited, format_: str) -> Given | None:
    """The tables of a report in the official layout, with what is certain put right; None if nothing is."""
    copy = corrected(entry)
    if not copy.changes:
        return None
    writer = writers()[format_]
    content = writer.write(copy)
    again = sum(
        finding.severity == "error" for each in checked(parse_all("copy", content)) for finding in each.findings
    )
    return Given(content, TABLES, writer.SUFFIX, copy.changes, 0, max(again, left_over(entry)))
