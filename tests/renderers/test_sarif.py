"""SARIF: valid against the schema of OASIS, whatever a report says; the same findings have the same fingerprints."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given, settings

from govstats.catalog.rules import known_rules
from govstats.cli import _run
from govstats.display.look import Look
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.audits import Entry, Unread
from govstats.model.document import Place
from govstats.renderers import render
from govstats.renderers._sourceurls import uri
from tests.folders import TESTS
from tests.hostile_entries import entries, zhaotong

SCHEMA = json.loads((TESTS / "pipelines" / "sarif-schema-2.1.0.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def run_of(*given: Entry, lang: str = "zh") -> dict[str, Any]:
    text = "".join(render("sarif", given, Look(lang)))
    text.encode("utf-8")
    document = json.loads(text)
    VALIDATOR.validate(document)
    (run,) = document["runs"]
    return dict(run)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_catalogue_is_told_in_both_languages(lang: str) -> None:
    driver = run_of(lang=lang)["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == list(known_rules())
    t304 = next(rule for rule in driver["rules"] if rule["id"] == "T304")
    assert t304["shortDescription"]["text"] == ("总计未填" if lang == "zh" else "Total not filled in")
    assert all(word in t304["help"]["markdown"] for word in ("总计未填", "Total not filled in", "依据", "Basis"))
    assert t304["defaultConfiguration"]["level"] == "error"


def test_a_result_names_its_rule_file_and_cells() -> None:
    run = run_of(zhaotong())
    (result,) = run["results"]
    assert (result["ruleId"], result["level"]) == ("T304", "error")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "T304"
    cells = {each["fullyQualifiedName"]: each for each in result["locations"][0]["logicalLocations"]}
    assert cells["applications/3.7/total"] == {
        "name": "total",
        "fullyQualifiedName": "applications/3.7/total",
        "kind": "member",
    }
    assert "怎么改：" in result["message"]["text"]
    assert "region" not in result["locations"][0]["physicalLocation"], "the line of a page is not known"


def test_a_line_is_told_where_it_is_known() -> None:
    entry = zhaotong()
    text = replace(entry, findings=(replace(entry.findings[0], place=Place(0, 34, 2)),))
    (result,) = run_of(text)["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 34}


def test_what_was_not_read_is_a_notification_and_no_success() -> None:
    (invocation,) = run_of(zhaotong(), Unread("坏.pdf", ReadError(Text("坏了。", "Broken."))))["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert "坏了。" in told["message"]["text"]
    assert unquote(told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) == "坏.pdf"
    assert run_of(zhaotong())["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def fingerprints(*given: Entry) -> list[str]:
    return [each["partialFingerprints"]["govstats/v1"] for each in run_of(*given)["results"]]


def test_fingerprints_hold_when_files_move_and_words_change() -> None:
    entry = zhaotong()
    (finding,) = entry.findings
    moved = replace(entry, given=replace(entry.report, path="elsewhere/x.html"))
    reworded = replace(entry, findings=(replace(finding, message=Text("别的话", "other words"), place=None),))
    assert fingerprints(entry) == fingerprints(moved) == fingerprints(reworded)


def test_fingerprints_tell_reports_rules_cells_and_repeats_apart() -> None:
    entry = zhaotong()
    (finding,) = entry.findings
    others = [
        replace(entry, given=replace(entry.report, year=2022)),
        replace(entry, given=replace(entry.report, agency=None)),
        replace(entry, findings=(replace(finding, rule="T301"),)),
        replace(entry, findings=(replace(finding, cells=finding.cells[:1]),)),
    ]
    assert len({*fingerprints(entry), *(mark for other in others for mark in fingerprints(other))}) == 5
    assert len(set(fingerprints(replace(entry, findings=(finding, finding))))) == 2


def test_a_finding_of_the_baseline_is_counted_and_no_result() -> None:
    """Code scanning looks past suppressions, and would show it as open."""
    entry = zhaotong()
    known = replace(entry, findings=(), suppressed=(replace(entry.findings[0], suppressed=True),))
    run = run_of(known)
    assert run["results"] == []
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (note["level"], note["message"]["text"]) == ("note", "另有 1 个问题是基线里已知的，没有写入。")


def test_no_more_than_code_scanning_takes_and_the_worst_first(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = zhaotong()
    worst, mild = (replace(entry.findings[0], severity=each) for each in ("error", "info"))
    monkeypatch.setattr("govstats.renderers.sarif._MOST", 3)
    run = run_of(replace(entry, findings=(mild, worst, mild, worst)))
    assert [result["level"] for result in run["results"]] == ["error", "error", "note"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "1" in note["message"]["text"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("报告 一.html", "%E6%8A%A5%E5%91%8A%20%E4%B8%80.html"),
        ("./a/b.html", "a/b.html"),
        ("a:b#c?.html", "a%3Ab%23c%3F.html"),
        ("https://例.cn/年 报?x=1#y", "https://%E4%BE%8B.cn/%E5%B9%B4%20%E6%8A%A5?x=1#y"),
        ("reports.zip/某局/1.html", "reports.zip/%E6%9F%90%E5%B1%80/1.html"),
        ("-", "-"),
        ("a\udcff.html", "a%FF.html"),
    ],
)
def test_uris_are_relative_and_encoded(name: str, expected: str) -> None:
    assert uri(name) == expected


def test_a_file_elsewhere_is_a_file_uri(tmp_path: Path) -> None:
    assert uri(str(tmp_path / "a b.html"), tmp_path / "root") == f"{tmp_path.resolve().as_uri()}/a%20b.html"
    assert uri(str(tmp_path / "root" / "a b.html"), tmp_path / "root") == "a%20b.html"


def test_the_ending_of_the_file_chooses_sarif(tmp_path: Path) -> None:
    path = zhaotong().report.path
    for name in ("audit.sarif", "audit.sarif.json"):
        assert _run(["check", path, "-o", str(tmp_path / name)]) == 1
        assert json.loads((tmp_path / name).read_text("utf-8"))["version"] == "2.1.0"


@settings(max_examples=60)
@given(entries())
def test_no_text_of_a_report_breaks_sarif(given: list[Entry]) -> None:
    run = run_of(*given)
    told = len(run["results"]) + len(run["invocations"][0]["toolExecutionNotifications"])
    known = any(not isinstance(e, Unread) and e.suppressed for e in given)
    assert told == known + sum(1 if isinstance(e, Unread) else len(e.findings) for e in given)
