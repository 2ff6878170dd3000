"""One line a finding, for grep and editors: path, place, whose report, code, severity, message as far as it fits; where
a fault of another report shows, which, and its cause; then a count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from govstats.display.breaking import shortened
from govstats.display.look import Look
from govstats.display.untrusted import unbroken
from govstats.model.audits import Audited, Entry, Unread
from govstats.model.finding import SEVERITY_NAMES, Finding
from govstats.model.tally import Tally, summarise
from govstats.model.wording import AFFECTED, NOT_READ

SUFFIX = ".txt"


_WIDTH = 120
_LEAST = 40
"""Columns of a line, and of its message where the path is long."""


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    tally = Tally(look.partial)
    for entry in entries:
        tally.add(entry)
        if isinstance(entry, Unread):
            yield _line(f"{entry.path}: {NOT_READ.of(look.lang)}: ", entry.error.text(look.lang))
            continue
        for finding in entry.findings:
            yield line(entry, finding, look.lang)
        for affected in entry.affected:
            yield _line(f"{entry.path}: {AFFECTED.of(look.lang)} ", f"[{affected.cause}] {affected.by}")
    if tally.severities or tally.unopened:
        yield f"{summarise(tally).of(look.lang)}\n"


def line(entry: Audited, finding: Finding, lang: str | None) -> str:
    """One finding in one line."""
    where = f"{finding.place.text.of(lang)}: " if finding.place else ""
    severity = SEVERITY_NAMES[finding.severity].of(lang)
    who = f"{entry.report.title.of(lang)}: " if entry.report.agency else ""
    return _line(f"{entry.path}: {where}{who}{finding.rule} {severity} ", finding.message.of(lang))


def _line(head: str, message: str) -> str:
    head = unbroken(head)
    return f"{head}{shortened(unbroken(message), max(_WIDTH - cell_len(head), _LEAST))}\n"
