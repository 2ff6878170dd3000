"""Baseline: findings that are known already are kept as suppressed; a new one is told, a mended one drops out.

It shrinks by itself and never grows by itself. Only what a run saw can drop out: not reports that were not in it or
could not be read, nor rules that were not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from govstats.catalog.rules import rules_about
from govstats.model.audits import Audited, Entry, Unread
from govstats.model.finding import Finding
from govstats.model.keys import FindingKey, ReportKey, finding_key, is_of_the_audit, path_key, report_key
from govstats.policy.baselinefile import Book, Known, load, save

LooksAt = Callable[[str, str], bool]
"""Is this rule (a code) looked at in this file (a path)?"""


class Baseline:
    """What is known, compared with what a run finds. `looks_at` tells which rules the run looks at in which file.

    With `writes`, everything that is found becomes known; else only what is known already is suppressed.
    """

    def __init__(self, path: Path, looks_at: LooksAt = lambda code, name: True, writes: bool = False) -> None:
        """Raises UsageError if the file is no baseline, or is not there and none is to be written."""
        self.path = path
        self.writes = writes
        self._folder = path.resolve().parent
        self._looks_at = looks_at
        self._comparing = rules_about("reports")
        """What these found drops out only by `writes`."""
        self._old: Book = load(path) if path.exists() or not writes else {}
        self._seen: Book = {}
        self._renamed: set[ReportKey] = set()
        """Paths of reports that are known by agency and year now."""

    def apply(self, entries: Iterable[Entry], again: bool = False) -> Iterator[Entry]:
        """The entries, known findings moved to `suppressed`. What could not be read stays as it is.

        `again`: the same entries for another output; they are not counted twice.
        """
        for entry in entries:
            yield entry if isinstance(entry, Unread) else self._compared(entry, again)

    def _compared(self, entry: Audited, again: bool) -> Audited:
        key = report_key(entry.report, self._folder)
        by_path = path_key(entry.report, self._folder)
        budget = self._known(key) | self._known(by_path)
        fresh, known = [], []
        left: Counter[FindingKey] = Counter()
        for finding, is_known in _matched(entry.findings, budget):
            if is_known or self.writes:
                known.append(replace(finding, suppressed=True))
                left[finding_key(finding)] += 1
            else:
                fresh.append(finding)
        if again:
            return replace(entry, findings=tuple(fresh), suppressed=(*entry.suppressed, *known))
        told = {each: n for each, n in left.items() if self._can_tell(each.rule, entry.path)}
        untold = {each: n for each, n in budget.items() if not self._can_tell(each.rule, entry.path)}
        self._note(key, Counter(told | untold), _causes(known))
        if by_path != key:
            self._renamed.add(by_path)
        return replace(entry, findings=tuple(fresh), suppressed=(*entry.suppressed, *known))

    def _can_tell(self, code: str, name: str) -> bool:
        """Is a finding mended if this run does not have it? Reports that others are compared with may not be in it."""
        return self._looks_at(code, name) and (self.writes or code not in self._comparing)

    def _known(self, key: ReportKey) -> Counter[FindingKey]:
        return self._old[key].findings if key in self._old else Counter()

    def _note(self, key: ReportKey, left: Counter[FindingKey], causes: dict[FindingKey, str]) -> None:
        """Of the files of one report, the one with most of a finding counts."""
        before = self._old[key].causes if key in self._old else {}
        seen = self._seen.setdefault(key, Known(files=0, causes=dict(before)))
        seen.files += 1
        seen.findings |= left
        seen.causes.update(causes)

    @property
    def book(self) -> Book:
        """What is known after the run."""
        book = {key: known for key, known in self._old.items() if key not in self._renamed}
        for key, seen in self._seen.items():
            before = self._old.get(key)
            if before and seen.files < before.files:  # a file that was not seen may still have what these have not
                book[key] = Known(before.findings | seen.findings, before.files, seen.causes)
            else:
                files = before.files if before and not self.writes else seen.files
                book[key] = Known(seen.findings, files, seen.causes)
        return {key: known for key, known in book.items() if known.findings}

    def close(self) -> tuple[int, int]:
        """Write the file if something changed. How many findings are known now, and how many were before.

        Raises UsageError if it cannot be written.
        """
        now = self.book
        if self.writes or now != self._old:
            save(self.path, now)
        return _count(now), _count(self._old)


def _causes(findings: Iterable[Finding]) -> dict[FindingKey, str]:
    """The numbers that causes have in a whole audit."""
    return {finding_key(each): each.cause for each in findings if each.cause and is_of_the_audit(each.cause)}


def _count(book: Book) -> int:
    return sum(known.findings.total() for known in book.values())


def _matched(findings: Iterable[Finding], budget: Counter[FindingKey]) -> Iterator[tuple[Finding, bool]]:
    """Each finding, and whether it is known: the same key first, then a key that covers what is left of it."""
    left = budget.copy()
    listed = [(finding, finding_key(finding)) for finding in findings]
    same = []
    for _, key in listed:
        same.append(left[key] > 0)
        left[key] -= same[-1]
    for (finding, key), known in zip(listed, same, strict=True):
        cover = None if known else next((each for each, n in left.items() if n > 0 and each.covers(key)), None)
        if cover:
            left[cover] -= 1
        yield finding, known or cover is not None
