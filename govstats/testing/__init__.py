"""For tests of one's own: `assert_clean(report)` fails with the part of the table that is wrong, as `check` does."""

from __future__ import annotations

import os
from collections.abc import Iterable

from govstats.api import check
from govstats.display.look import Look
from govstats.display.untrusted import harmless
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.audits import Audit, Audited, Entry, Unread
from govstats.model.finding import SEVERITIES, Finding, fails_from
from govstats.model.report import Report
from govstats.model.wording import NOT_READ_HEAD
from govstats.renderers.text import finding_text

_NOTHING = Text("什么也没有读到。", "Nothing was read.")


def assert_clean(
    source: Audit | Report | str | os.PathLike[str] | bytes, fail_on: str = "error", lang: str | None = None
) -> None:
    """Raise AssertionError if something was not read, or has findings at or above the severity `fail_on`.

    `source` is an Audit, or anything that `govstats.check` takes. An Audit of nothing is not clean. Raises UsageError
    for an unknown severity, ReadError for a document that cannot be read at all.
    """
    __tracebackhide__ = True
    if fail_on not in SEVERITIES:
        raise UsageError(
            Text(f"没有级别“{fail_on}”。", f"No severity “{fail_on}”."),
            Text(f"可选：{'、'.join(SEVERITIES)}。", f"Choose of: {', '.join(SEVERITIES)}."),
        )
    failing = fails_from(fail_on)
    audit = source if isinstance(source, Audit) else check(source)
    look = Look(lang, failing=failing)
    told = [text for text in (told_of(entry, look) for entry in audit.entries) if text]
    if not audit.entries:
        told = [_NOTHING.of(lang)]
    if told:
        raise AssertionError("\n" + "\n".join(told))


def told_of(entry: Entry, look: Look) -> str:
    """What makes an entry fail, in words; an empty string if nothing does."""
    if isinstance(entry, Unread):
        return unread_text(entry, look)
    return findings_text(entry, [f for f in entry.findings if f.severity in look.failing], look)


def unread_text(entry: Unread, look: Look) -> str:
    """Which document could not be read, and why."""
    return harmless(f"{entry.path}\n  {NOT_READ_HEAD.of(look.lang)}{entry.error.text(look.lang)}\n")


def findings_text(entry: Audited, findings: Iterable[Finding], look: Look) -> str:
    """Findings of one report with their parts of the tables; an empty string without any."""
    told = [finding_text(entry, finding, look) for finding in findings]
    report = entry.report
    head = f"{report.title.of(look.lang)} · {report.format or '—'}\n{report.path}\n\n"
    return harmless(head + "\n".join(told)) if told else ""
