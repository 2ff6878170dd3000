"""One line a finding, for grep and editors: path, place, code, severity, message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govstats.display.look import Look
from govstats.display.untrusted import unbroken
from govstats.model.audits import Entry, Unread
from govstats.model.finding import SEVERITY_NAMES, Finding
from govstats.model.wording import NOT_READ

NAME = "concise"
SUFFIX = ".txt"


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, Unread):
            yield unbroken(f"{entry.path}: {NOT_READ.of(look.lang)}: {entry.error.text(look.lang)}") + "\n"
            continue
        for finding in entry.findings:
            yield line(entry.path, finding, look.lang)


def line(path: str, finding: Finding, lang: str | None) -> str:
    """One finding in one line."""
    where = f"{finding.place.text.of(lang)}: " if finding.place else ""
    severity = SEVERITY_NAMES[finding.severity].of(lang)
    return unbroken(f"{path}: {where}{finding.rule} {severity} {finding.message.of(lang)}") + "\n"
