"""What a report and a finding are known by from one run to the next: never by the words of a message, nor by the order.

A baseline and the fingerprints of SARIF rest on these keys.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import NamedTuple, Protocol

from govstats.lang import Text
from govstats.model.finding import Finding
from govstats.model.report import Report


class FiledAs(Protocol):
    """What is known of a report without reading it again."""

    @property
    def path(self) -> str:
        """Where it was read."""

    @property
    def agency(self) -> str | None:
        """Whose it is."""

    @property
    def year(self) -> int | None:
        """For which year."""


class ReportKey(NamedTuple):
    """Whose report for which year; its path where the document does not say both."""

    agency: str | None = None
    year: int | None = None
    path: str | None = None


class FindingKey(NamedTuple):
    """Which rule found something about which cells (`applications/3.7/total`, sorted; a table's name for the whole).

    Without cells, `about` holds what the finding quotes of the document: a sentence and its figures, the sections.
    """

    rule: str
    cells: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    def covers(self, other: FindingKey) -> bool:
        """Is the other the same fault, or what is left of it after some of its cells were mended?"""
        return self.rule == other.rule and (
            self == other
            or (bool(other.cells) and set(other.cells) <= set(self.cells))
            or (bool(other.about) and not other.cells and not self.cells and set(other.about) <= set(self.about))
        )


def report_key(report: Report, base: Path) -> ReportKey:
    """The key of a report; paths are told from the folder `base`."""
    if report.agency and report.year and not report.several:
        return ReportKey(_whole_characters(report.agency), report.year)
    return path_key(report, base)


def path_key(report: Report, base: Path) -> ReportKey:
    """The key of a report by its path from the folder `base` alone."""
    return ReportKey(path=_whole_characters(relative(report.path, base)))


def _whole_characters(text: str) -> str:
    """Text that JSON takes: a name may hold bytes that are no character."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def finding_key(finding: Finding) -> FindingKey:
    """The key of a finding within its report."""
    table = finding.table or ""
    if finding.cells:
        return FindingKey(finding.rule, tuple(sorted({f"{table}/{cell.row}/{cell.column}" for cell in finding.cells})))
    quoted = sorted({_whole_characters(quote) for quote in finding.quotes})
    return FindingKey(finding.rule, (table,) if table else (), () if table else tuple(quoted))


def fingerprint(report: ReportKey, finding: FindingKey, number: int = 0) -> str:
    """A digest of both keys, 32 hexadecimal digits. `number` counts findings of the same key in one report from 0."""
    told = json.dumps([report, finding, number], ensure_ascii=True)
    return hashlib.sha256(told.encode("ascii")).hexdigest()[:32]


def cause_name(report: Report | FiledAs, local: str) -> str:
    """What a cause is called in a whole audit: `3f2a91-c1` for the cause c1 of this report."""
    who = (report.agency, report.year) if report.agency and report.year else (report.path, report.year)
    told = json.dumps(who, ensure_ascii=True)
    return f"{hashlib.sha256(told.encode('ascii')).hexdigest()[:6]}-{local}"


def is_of_the_audit(cause: str | None) -> bool:
    """Is this what a cause is called in a whole audit, not just in its own report?"""
    return cause is not None and "-" in cause


def name_of_cause(cause: str | None) -> Text:
    """编号 3f2a91-c1, to be told beside a finding; empty without one, and where there is but one report."""
    return Text(f"编号 {cause}", f"no. {cause}") if is_of_the_audit(cause) else Text("", "")


def is_file(name: str) -> bool:
    """Does a source's name mean a file, and not a URL, standard input or something in memory?"""
    return "://" not in name and name != "-" and not (name.startswith("<") and name.endswith(">"))


def relative(name: str, base: Path) -> str:
    """A source's name as seen from a folder, with `/`; what is no file, as it is."""
    if not is_file(name):
        return name
    try:
        return os.path.relpath(whole(name), base.resolve()).replace(os.sep, "/")
    except ValueError:  # another drive, or no name that a file can have
        return name.replace(os.sep, "/")


def whole(name: str) -> Path:
    """The absolute path of a file; a link is not followed, the folders above it are."""
    path = Path(name)
    return path.parent.resolve() / path.name
