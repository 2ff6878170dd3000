"""JUnit: valid for Jenkins, whatever a report says; a failure shows the part of the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from lxml import etree

from govstats.cli import _run
from govstats.display.look import Look
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.audits import Entry, Unread
from govstats.renderers import render
from tests.folders import TESTS
from tests.hostile_entries import entries, zhaotong

SCHEMA = etree.XMLSchema(etree.parse(TESTS / "pipelines" / "junit-10.xsd"))


def suites_of(*given: Entry, look: Look | None = None) -> list[etree._Element]:
    root = etree.fromstring("".join(render("junit", given, look)).encode("utf-8"))
    SCHEMA.assertValid(root)
    return list(root)


def test_a_report_is_a_suite_and_a_table_and_group_a_case() -> None:
    (suite,) = suites_of(zhaotong())
    names = [case.get("name").split(" · ")[0] for case in suite]
    assert names == [
        *("report D", "report P", "report N", "disclosure D", "disclosure C"),
        *("applications D", "applications C", "applications B", "applications T"),
        *("litigation D", "litigation C", "litigation T"),
    ]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("12", "1", "0")


def test_a_failure_shows_the_excerpt() -> None:
    (suite,) = suites_of(zhaotong())
    (failing,) = (case for case in suite if case.find("failure") is not None)
    assert failing.get("name").startswith("applications T")
    failure = failing.find("failure")
    assert failure.get("type") == "T304"
    rows = {line.split()[0]: line.split()[1:] for line in failure.text.splitlines() if line.strip()}
    assert rows["(七)总计"] == ["[0]", "[0]", "[0]"]


def test_less_severe_findings_fail_only_if_the_run_does() -> None:
    entry = zhaotong()
    warning = replace(entry, findings=(replace(entry.findings[0], severity="warning"),))
    (suite,) = suites_of(warning)
    assert suite.get("failures") == "0"
    assert "T304" in suite.findtext(".//system-out", "")
    (suite,) = suites_of(warning, look=Look(failing=("error", "warning")))
    assert suite.get("failures") == "1"


def test_what_the_baseline_knows_is_skipped() -> None:
    entry = zhaotong()
    (suite,) = suites_of(replace(entry, findings=(), suppressed=entry.findings))
    assert (suite.get("failures"), suite.get("skipped")) == ("0", "1")
    assert "T304" in suite.find(".//skipped").get("message")


def test_what_was_not_read_is_an_error() -> None:
    (suite,) = suites_of(Unread("坏\x1b.pdf", ReadError(Text("坏了。", "Broken."))))
    assert (suite.get("tests"), suite.get("errors")) == ("1", "1")
    assert suite.find(".//error").get("message") == "坏了。"


def test_the_ending_and_fail_on_of_the_command_are_followed(tmp_path: Path) -> None:
    target = tmp_path / "audit.xml"
    assert _run(["check", zhaotong().report.path, "--fail-on", "never", "-o", str(target)]) == 0
    (suite,) = etree.parse(target).getroot()
    assert suite.get("failures") == "0"


@settings(max_examples=60)
@given(entries())
def test_no_text_of_a_report_breaks_junit(given: list[Entry]) -> None:
    suites = suites_of(*given)
    assert len(suites) == len(given)
    failures = sum(f.severity == "error" for e in given if not isinstance(e, Unread) for f in e.findings)
    assert sum(int(suite.get("failures", "")) for suite in suites) == failures
