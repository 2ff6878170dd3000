"""Reports as tests: a file of reports → a pytest item for each part of it (the report, its tables) and each rule.

The same documents give the same items in the same order, so that they can be dealt to several processes.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from govstats.catalog.rules import known_rules
from govstats.corpus import Settings, entries
from govstats.corpus.engines import Local
from govstats.corpus.engines.here import is_light
from govstats.display.look import Look
from govstats.display.untrusted import one_line
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.audits import Audit, Audited, Entry, Unread
from govstats.model.finding import Finding, fails_from
from govstats.pipeline import attempts, audited
from govstats.policy.baseline import Baseline
from govstats.policy.config import Configuration, configuration
from govstats.policy.parts import WHOLE, parts, rules_of
from govstats.policy.policy import Policy
from govstats.renderers import renderers
from govstats.sources import Source, may_hold_a_report, plan
from govstats.sources.exclusion import Exclusion
from govstats.sources.filenames import readable
from govstats.testing import findings_text, unread_text

_KNOWN = Text("基线中已知", "known from the baseline")
_READ = "read"


@dataclass(frozen=True)
class Conditions:
    """The settings of a project, as for `govstats check`: rules, severities, baseline, language."""

    settings: Configuration
    policy: Policy
    look: Look

    @classmethod
    def of(cls, config: pytest.Config) -> Conditions:
        """Those of `--govstats-config`, else of the nearest file. Raises pytest.UsageError if they are not right."""
        try:
            given = config.getoption("govstats_config")
            found = configuration(config.invocation_params.dir, given, renderers())
            failing = fails_from(found.fail_on or "error")
            made = cls(found, Policy.of(found), Look(found.lang, failing=failing))
            made.baseline()
        except UsageError as error:
            raise pytest.UsageError(error.text()) from error
        return made

    def baseline(self) -> Baseline | None:
        """The baseline, compared with but never written."""
        path = self.settings.baseline_path
        return Baseline(path, self.policy.looks_at) if path else None

    @property
    def exclusion(self) -> Exclusion:
        """What the settings leave out."""
        return Exclusion.of(self.settings.exclude, self.settings.folder or "")

    def apply(self, found: Iterable[Entry]) -> Iterator[Entry]:
        """Entries as the settings want them."""
        wanted = self.policy.apply(found)
        known = self.baseline()
        return known.apply(wanted) if known else wanted

    def audit(self, paths: Iterable[str | os.PathLike[str]]) -> Audit:
        """Audit files and folders."""
        sources = plan(paths, self.exclusion).sources
        return Audit(tuple(self.apply(entries(sources, Settings(Local(self.settings.jobs))))))


class ReportTests:
    """The plugin that `--govstats` registers: it collects what may hold a report."""

    def __init__(self, config: pytest.Config) -> None:
        self.conditions = Conditions.of(config)
        self._lane: Any = None
        for code, rule in known_rules().items():
            config.addinivalue_line("markers", f"{code}: {rule.title.text()}")

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A file that may hold a report."""
        excluded = self.conditions.exclusion.leaves_out(str(file_path))
        if excluded or not may_hold_a_report(file_path.name):
            return None
        return ReportFile.from_parent(
            parent, path=file_path, tests=self, **_sendable(file_path, parent.config.rootpath)
        )

    def pytest_report_header(self) -> list[str]:
        """The files that are no tests, where the settings exclude any."""
        globs = self.conditions.settings.exclude
        return [f"govstats: exclude = {' '.join(globs)}"] if globs else []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """What is told of a test names the folders that it lies in, in characters that another process takes."""
        report = yield
        report.keywords = {_called(name): value for name, value in report.keywords.items()}
        return report

    def pytest_unconfigure(self) -> None:
        """End the process that read containers."""
        if self._lane is not None:
            self._lane.stop()

    def entries(self, path: Path) -> list[Entry]:
        """What came of a file; containers are read in one process of their own, under limits."""
        source = Source.of_file(str(path))
        found = audited(attempts(source)) if is_light(source) else self._aside(source)
        return list(self.conditions.apply(found))

    def _aside(self, source: Source) -> list[Entry]:
        if self._lane is None:
            from govstats.corpus.engines.lane import Lane
            from govstats.corpus.engines.limits import Limits

            self._lane = Lane(audited, Limits())
        return [entry for _, entry in self._lane.process([(0, source)])]


class ReportFile(pytest.File):
    """A file, or an archive of files."""

    def __init__(self, *, tests: ReportTests, **options: Any) -> None:
        super().__init__(**options)
        self._tests = tests

    def collect(self) -> Iterator[pytest.Item]:
        """The items of each report in it."""
        conditions = self._tests.conditions
        for entry in self._tests.entries(self.path):
            name = entry.path
            inside = name.removeprefix(readable(str(self.path))).lstrip("/")
            within = f"{one_line(inside)}/" if inside else ""
            if isinstance(entry, Unread):
                yield UnreadItem.from_parent(self, name=f"{within}{_READ}", entry=entry, look=conditions.look)
                continue
            for part in parts(entry):
                for code in rules_of(entry, part):
                    if conditions.policy.looks_at(code, name):
                        named = f"{within}{part}/{code}"
                        yield RuleItem.from_parent(
                            self, name=named, entry=entry, part=part, code=code, look=conditions.look
                        )


class RuleItem(pytest.Item):
    """One rule in one part of a report."""

    def __init__(self, *, entry: Audited, part: str, code: str, look: Look, **options: Any) -> None:
        super().__init__(**options)
        self._entry, self._look = entry, look
        self._found = [f for f in entry.findings if _is_of(f, part, code)]
        self._known = any(_is_of(f, part, code) for f in entry.suppressed)
        self._title = one_line(f"{entry.report.title.of(look.lang)} {part}/{code}")
        self.add_marker("govstats")
        self.add_marker(code)

    def runtest(self) -> None:
        """Fail with what was found; what is less severe is told with the report of the test."""
        failing = [finding for finding in self._found if finding.severity in self._look.failing]
        if failing:
            pytest.fail(findings_text(self._entry, failing, self._look), pytrace=False)
        if self._known:
            pytest.xfail(_KNOWN.of(self._look.lang))
        if self._found:
            self.add_report_section("call", "govstats", findings_text(self._entry, self._found, self._look))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The file, and whose report it is."""
        return Path(_called(str(self.path))), None, self._title


class UnreadItem(pytest.Item):
    """A document that could not be read: an error, not a failure."""

    def __init__(self, *, entry: Unread, look: Look, **options: Any) -> None:
        super().__init__(**options)
        self._entry, self._look = entry, look
        self.add_marker("govstats")

    def setup(self) -> None:
        """What fails before the test is an error for pytest."""
        pytest.fail(unread_text(self._entry, self._look), pytrace=False)

    def runtest(self) -> None:
        """Never reached."""

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The file."""
        return Path(_called(str(self.path))), None, self.name


def _called(name: str) -> str:
    """A path as people read it, in characters that any file and any other process takes."""
    return readable(name).encode("utf-8", "backslashreplace").decode()


def _sendable(path: Path, root: Path) -> dict[str, Any]:
    """What to call a file whose name is bytes, which pytest cannot send to another process; nothing for others."""
    called = _called(str(path))
    if called == str(path):
        return {}
    place = Path(os.path.relpath(called, _called(str(root))))
    return {"name": place.name, "nodeid": place.as_posix()}


def _is_of(finding: Finding, part: str, code: str) -> bool:
    return finding.rule == code and (finding.table or WHOLE) == part
