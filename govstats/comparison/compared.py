"""Compared: a finding that more than one report was needed for, and the report that it is about."""

from __future__ import annotations

from typing import NamedTuple

from govstats.finding import Finding


class Compared(NamedTuple):
    """A finding of the report at `number`; for a report that is not there (R702) None, with whose and which year."""

    number: int | None
    finding: Finding
    agency: str | None = None
    year: int | None = None
