"""`check --by`: what came of the reports, counted by agency, year, rule or place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from rich.text import Text as Styled

from govstats.catalog.rules import get_rule
from govstats.display.drawing import draw, figures
from govstats.display.look import Look
from govstats.display.untrusted import unbroken
from govstats.lang import Text
from govstats.model.audits import Audited, Entry, Unread
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES, Finding

_REPORTS, _UNREAD = Text("报告", "reports"), Text("没有读成", "not read")
_UNKNOWN = Text("未知", "unknown")


Grouped = dict[str, Iterable[Finding]]
"""The groups that a report counts to, each with the findings that count there."""


def _agency(entry: Audited, lang: str | None) -> Grouped:
    return {entry.report.agency or _UNKNOWN.of(lang): entry.findings}


def _year(entry: Audited, lang: str | None) -> Grouped:
    return {str(entry.report.year or _UNKNOWN.of(lang)): entry.findings}


def _place(entry: Audited, lang: str | None) -> Grouped:
    place = entry.report.place
    names = dict.fromkeys(name for name in (place.province, place.city, place.county) if name) if place else {}
    return {"".join(names) or _UNKNOWN.of(lang): entry.findings}


def _rule(entry: Audited, lang: str | None) -> Grouped:
    grouped: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in entry.findings:
        grouped[f"{finding.rule} {get_rule(finding.rule).title.text().of(lang)}"].append(finding)
    return {**grouped}


WAYS: dict[str, Callable[[Audited, str | None], Grouped]] = {
    "agency": _agency,
    "year": _year,
    "rule": _rule,
    "place": _place,
}
"""What `--by` takes → the groups that a report counts to."""


class Groups:
    """Counts that grow while entries stream by: of each group how many reports, and findings by severity."""

    def __init__(self, way: str, look: Look) -> None:
        self._way, self._look = way, look
        self._reports: Counter[str] = Counter()
        self._findings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._unread = 0

    def counted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries, each counted on its way."""
        for entry in entries:
            self._add(entry)
            yield entry

    def _add(self, entry: Entry) -> None:
        if isinstance(entry, Unread):
            self._unread += 1
            return
        for group, findings in WAYS[self._way](entry, self._look.lang).items():
            self._reports[group] += 1
            self._findings[group].update(finding.severity for finding in findings)

    def text(self) -> str:
        """A line for each group, the gravest first; what was not read last."""
        lang = self._look.lang
        headers = [_REPORTS.of(lang), *(SEVERITY_NAMES[severity].of(lang) for severity in SEVERITIES)]
        order = sorted(self._reports, key=lambda g: (*(-self._findings[g][s] for s in SEVERITIES), g))
        rows = [
            (Styled(unbroken(group)), [Styled(str(n)) for n in (self._reports[group], *self._severities(group))])
            for group in order
        ]
        unread = [f"{_UNREAD.of(lang)} {self._unread}"] if self._unread else []
        return draw(self._look, figures(self._look, headers, rows), *unread)

    def _severities(self, group: str) -> list[int]:
        return [self._findings[group][severity] for severity in SEVERITIES]
