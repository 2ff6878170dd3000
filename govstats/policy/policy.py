"""Policy: which rules are looked at in which file, and how severe they are; from the configuration and the command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

from govstats.catalog.rules import known_rules, matching
from govstats.model.audits import Entry, Unread
from govstats.model.finding import SEVERITIES, Finding
from govstats.model.keys import relative
from govstats.policy.config import OFF, Configuration


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


@dataclass(frozen=True, slots=True)
class Policy:
    """`exempt`: (glob, codes) that are not looked at in files of that name, as seen from `folder`."""

    selection: Selection = field(default_factory=Selection)
    severities: dict[str, str] = field(default_factory=dict)
    exempt: tuple[tuple[str, frozenset[str]], ...] = ()
    folder: Path = field(default_factory=Path.cwd)

    @classmethod
    def of(cls, settings: Configuration, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Policy:
        """The settings; what a command selects or ignores takes their place. Raises UsageError for unknown rules."""
        return cls(
            Selection.of(tuple(select) or settings.select, tuple(ignore) or settings.ignore),
            _severities(settings.severities),
            tuple((glob, matching(tuple(rules))) for glob, rules in settings.per_file_ignores.items()),
            settings.folder or Path.cwd(),
        )

    def looks_at(self, code: str, name: str) -> bool:
        """Is the rule looked at in the file of this name?"""
        return self.selection.keeps(code) and self.severities.get(code) != OFF and code not in self._exempt_codes(name)

    def apply(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries with the wanted findings, each as severe as is wanted. What could not be read stays."""
        for entry in entries:
            if isinstance(entry, Unread):
                yield entry
            else:
                yield replace(entry, findings=self._wanted(entry.findings, entry.path))

    def _wanted(self, findings: Iterable[Finding], name: str) -> tuple[Finding, ...]:
        exempt = self._exempt_codes(name)
        kept = (f for f in findings if self.selection.keeps(f.rule) and f.rule not in exempt)
        told = [self._severe(f) for f in kept if self.severities.get(f.rule) != OFF]
        return tuple(sorted(told, key=lambda f: SEVERITIES.index(f.severity)) if self.severities else told)

    def _severe(self, finding: Finding) -> Finding:
        severity = self.severities.get(finding.rule, finding.severity)
        return finding if severity == finding.severity else replace(finding, severity=severity)

    def _exempt_codes(self, name: str) -> frozenset[str]:
        if not self.exempt:
            return frozenset()
        path = relative(name, self.folder)
        return frozenset[str]().union(*(codes for glob, codes in self.exempt if _is_like(path, glob)))


def _severities(given: Mapping[str, str]) -> dict[str, str]:
    """Code → severity or `off`; what names a rule goes before what begins its code, longer before shorter."""
    names = {rule.name for rule in known_rules().values()} if given else set()
    found: dict[str, str] = {}
    for pattern in sorted(given, key=lambda pattern: (pattern in names, len(pattern))):
        found |= dict.fromkeys(matching((pattern,)), given[pattern])
    return found


def _is_like(path: str, glob: str) -> bool:
    """`旧/*` is everything below 旧, `*.pdf` every file of that name wherever it is."""
    glob = glob.removeprefix("./")
    if glob.endswith("/"):
        glob += "*"
    return fnmatchcase(path, glob) or ("/" not in glob and fnmatchcase(path.rpartition("/")[2], glob))
