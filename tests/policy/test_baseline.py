"""A baseline: what is known is silent, what is new is told alone, what is mended drops out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govstats
from govstats.cli import _run
from govstats.errors import ReadError, UsageError
from govstats.lang import Text
from govstats.model.audits import Audited, Unread
from govstats.model.finding import CellFinding
from govstats.model.keys import FindingKey, ReportKey, finding_key
from govstats.policy.baseline import Baseline
from govstats.policy.baselinefile import Known, dump, load
from tests.hostile_entries import texts, zhaotong

FAULTY = next(path for path in govstats.samples() if "zhaotong" in path.name).read_bytes()
GOOD = next(path for path in govstats.samples() if "suqian-2023" in path.name).read_bytes()
NEW_FAULT = GOOD.replace(b"<td>1175</td>", b"<td>1176</td>", 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "faulty.html").write_bytes(FAULTY)
    (tmp_path / "reports" / "good.html").write_bytes(GOOD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rules_in(path: Path) -> list[str]:
    return [f["rule"] for report in json.loads(path.read_text("utf-8"))["reports"] for f in report["findings"]]


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [finding for report in json.loads(capsys.readouterr().out) for finding in report["findings"]]


def test_a_baseline_written_today_gives_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check", "reports"]) == 1
    assert _run(["check", "reports", "--write-baseline", "b.json"]) == 0
    assert "写入 1 个问题" in capsys.readouterr().err
    assert _run(["check", "reports", "--baseline", "b.json"]) == 0
    shown = capsys.readouterr().out
    assert "T304" not in shown
    assert "基线中已知的 1 个" in shown


def test_it_has_the_numbers_of_causes_that_every_output_has(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(["check", "reports", "--write-baseline", "b.json"])
    (kept,) = [
        each for report in json.loads(Path("b.json").read_text("utf-8"))["reports"] for each in report["findings"]
    ]
    capsys.readouterr()
    _run(["check", "reports", "--format", "json"])
    assert [each["cause"] for each in told(capsys)] == [kept["cause"]]
    again = load(Path("b.json"))
    assert [each for known in again.values() for each in known.causes.values()] == [kept["cause"]]
    assert dump(again) == Path("b.json").read_text("utf-8")


def test_json_keeps_what_is_known_as_suppressed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(["check", "reports", "--write-baseline", "b.json"])
    capsys.readouterr()
    assert _run(["check", "reports", "--baseline", "b.json", "--format", "json"]) == 0
    (finding,) = told(capsys)
    assert (finding["rule"], finding["suppressed"]) == ("T304", True)


@pytest.mark.parametrize("form", ["concise", "github", "markdown", "text"])
def test_what_people_read_lists_only_what_is_new(folder: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    _run(["check", "reports", "--write-baseline", "b.json"])
    capsys.readouterr()
    assert _run(["check", "reports", "--baseline", "b.json", "--format", form, "--statistics"]) == 0
    assert "T304" not in capsys.readouterr().out


def test_one_new_fault_gives_exactly_that_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(["check", "reports", "--write-baseline", "b.json"])
    (folder / "reports" / "good.html").write_bytes(NEW_FAULT)
    before = (folder / "b.json").read_bytes()
    capsys.readouterr()
    assert _run(["check", "reports", "--baseline", "b.json", "--format", "json"]) == 1
    fresh = [finding["rule"] for finding in told(capsys) if not finding["suppressed"]]
    assert len(fresh) == 1
    assert fresh != ["T304"]
    assert (folder / "b.json").read_bytes() == before, "it does not grow by itself"


def mend(folder: Path) -> None:
    """Put the corrected copy in the place of the faulty report."""
    _run(["fix", "reports/faulty.html", "-o", "sheet.csv", "--apply", "mended.html", "--format", "html"])
    (folder / "mended.html").replace(folder / "reports" / "faulty.html")


def test_a_mended_fault_shrinks_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(["check", "reports", "--write-baseline", "b.json"])
    mend(folder)
    capsys.readouterr()
    assert _run(["check", "reports", "--baseline", "b.json"]) == 0
    assert "1 个已改正，删去；还有 0 个" in capsys.readouterr().err
    assert rules_in(folder / "b.json") == []
    (folder / "reports" / "faulty.html").write_bytes(FAULTY)
    assert _run(["check", "reports", "--baseline", "b.json"]) == 1, "what comes back is new"


@pytest.mark.parametrize(
    "arguments",
    [
        ["reports/good.html"],
        ["reports", "--select", "D"],
        ["reports", "--ignore", "T304"],
        ["reports/good.html", "reports/none.html"],
    ],
)
def test_what_a_run_does_not_look_at_is_kept(folder: Path, arguments: list[str]) -> None:
    _run(["check", "reports", "--write-baseline", "b.json"])
    before = (folder / "b.json").read_bytes()
    _run(["check", *arguments, "--baseline", "b.json"])
    assert (folder / "b.json").read_bytes() == before
    _run(["check", *arguments, "--write-baseline", "b.json"])
    assert rules_in(folder / "b.json") == ["T304"]


def test_an_unread_report_keeps_its_findings_and_gives_2(folder: Path) -> None:
    _run(["check", "reports", "--write-baseline", "b.json"])
    (folder / "reports" / "faulty.html").write_bytes(b"")
    assert _run(["check", "reports", "--baseline", "b.json"]) == 2
    assert rules_in(folder / "b.json") == ["T304"]
    assert _run(["check", "reports", "--write-baseline", "b.json"]) == 2
    assert rules_in(folder / "b.json") == ["T304"]


def test_a_report_is_known_by_agency_and_year_wherever_its_file_is(folder: Path) -> None:
    _run(["check", "reports", "--write-baseline", "b.json"])
    (folder / "reports" / "faulty.html").rename(folder / "moved.html")
    assert _run(["check", "moved.html", "--baseline", "b.json"]) == 0


def test_a_report_of_nobody_is_known_by_its_path_from_the_baseline(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anonymous = "规章 | x | 1 | 1 |\n行政许可 | 3 |\n"
    (folder / "reports" / "faulty.html").unlink()
    (folder / "reports" / "nobody.txt").write_text(anonymous, "utf-8")
    (folder / "kept").mkdir()
    _run(["check", "reports", "--write-baseline", "kept/b.json"])
    (report,) = json.loads((folder / "kept" / "b.json").read_text("utf-8"))["reports"]
    assert report["path"] == "../reports/nobody.txt"
    monkeypatch.chdir(folder / "reports")
    assert _run(["check", "nobody.txt", "--baseline", "../kept/b.json"]) == 0


def test_a_file_that_cannot_be_written_does_not_spoil_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(["check", "reports", "--write-baseline", "b.json"])
    mend(folder)

    def refuse(target: Path) -> None:
        raise UsageError(Text(f"写不了 {target}。", f"Cannot write {target}."))

    monkeypatch.setattr("govstats.policy.baselinefile.whole_file", refuse)
    assert _run(["check", "reports", "--baseline", "b.json"]) == 0
    assert "基线没有缩小" in capsys.readouterr().err
    assert _run(["check", "reports", "--write-baseline", "b.json"]) == 2
    assert rules_in(folder / "b.json") == ["T304"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "找不到基线文件"),
        ("[", "不是基线文件"),
        ("[]", "不是基线文件"),
        ('{"version": 2, "reports": []}', "version"),
        ('{"version": 1, "reports": [{"findings": [{"rule": 3}]}]}', "reports.0.findings.0.rule"),
        ('{"version": 1, "reports": [{"findings": [], "colour": 3}]}', "reports.0.colour"),
    ],
)
def test_a_bad_baseline_is_told_and_gives_2(
    folder: Path, content: str | None, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (folder / "b.json").write_text(content, "utf-8")
    assert _run(["check", "reports", "--baseline", "b.json"]) == 2
    assert reason in capsys.readouterr().err


def test_either_option_not_both(folder: Path) -> None:
    assert _run(["check", "reports", "--baseline", "a.json", "--write-baseline", "b.json"]) == 2


def test_fail_on_and_unread_stay_as_they_are_with_a_baseline(folder: Path) -> None:
    _run(["check", "reports", "--write-baseline", "b.json"])
    assert _run(["check", "reports", "--baseline", "b.json", "--fail-on", "info"]) == 0
    assert _run(["check", "reports", "none.html", "--baseline", "b.json"]) == 2
    (folder / "reports" / "good.html").write_bytes(NEW_FAULT)
    assert _run(["check", "reports", "none.html", "--baseline", "b.json"]) == 1
    assert _run(["check", "reports", "--baseline", "b.json", "--fail-on", "never"]) == 0


Compare = Callable[..., tuple[int, int, int]]


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    """Write a baseline of some entries, compare others with it: new, suppressed, and known afterwards."""

    def compared(before: list[Audited], after: list[Audited]) -> tuple[int, int, int]:
        path = tmp_path / "b.json"
        written = Baseline(path, writes=True)
        assert all(not entry.findings for entry in written.apply(before) if isinstance(entry, Audited))
        written.close()
        baseline = Baseline(path)
        told = [entry for entry in baseline.apply(after) if isinstance(entry, Audited)]
        left, _ = baseline.close()
        assert sum(known.findings.total() for known in load(path).values()) == left
        return sum(len(e.findings) for e in told), sum(len(e.suppressed) for e in told), left

    return compared


def with_cells(*columns: str, rule: str = "T304") -> Audited:
    entry = zhaotong()
    cells = tuple(CellFinding("3.7", column, 0, 1) for column in columns)
    return replace(entry, findings=(replace(entry.findings[0], rule=rule, cells=cells),))


def test_a_fault_mended_in_part_is_not_new(compare: Compare) -> None:
    assert compare([with_cells("total", "business")], [with_cells("total")]) == (0, 1, 1)


def test_a_fault_of_more_cells_or_of_another_rule_is_new(compare: Compare) -> None:
    assert compare([with_cells("total")], [with_cells("total", "business")]) == (1, 0, 0)
    assert compare([with_cells("total")], [with_cells("total", rule="T301")]) == (1, 0, 0)


def test_as_many_are_known_as_there_were(compare: Compare) -> None:
    once = with_cells("total")
    twice = replace(once, findings=once.findings * 2)
    assert compare([once], [twice]) == (1, 1, 1)
    assert compare([twice], [once]) == (0, 1, 1)


def test_what_comparing_found_is_kept_where_the_other_report_may_not_be_there(compare: Compare, tmp_path: Path) -> None:
    compared = with_cells("total", rule="Y601")
    alone = replace(compared, findings=())
    assert compare([compared], [alone]) == (0, 0, 1)
    assert compare([compared], [compared]) == (0, 1, 1)
    baseline = Baseline(tmp_path / "b.json", writes=True)
    list(baseline.apply([alone]))
    assert baseline.close() == (0, 1)


def about(*quotes: str, said: str = "对不上") -> Audited:
    """An entry with one finding in the prose, which quotes these figures."""
    entry = zhaotong()
    (finding,) = entry.findings
    told = replace(finding, rule="N502", table=None, cells=(), message=Text(said, said), quotes=quotes)
    return replace(entry, findings=(told,))


def test_sentences_are_told_apart_by_their_figures(compare: Compare) -> None:
    assert compare([about("24", "5", "10")], [about("30", "5", "10")]) == (1, 0, 0)
    assert compare([about("24", "5", "10")], [about("24", "5", "10", said="另一种说法：“【24】”")]) == (0, 1, 1)


def test_the_same_figures_in_another_sentence_are_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, known = tmp_path / "r.txt", str(tmp_path / "b.json")
    head = "某市教育局2023年政府信息公开工作年度报告\n一、总体情况\n"
    page.write_text(f"{head}全年共发布信息30条，其中动态类12条、公告类20条。\n", "utf-8")
    arguments = ["check", str(page), "--isolated", "--no-cache", "--jobs", "0", "--select", "N"]
    _run([*arguments, "--write-baseline", known])
    page.write_text(f"{head}通过新媒体推送30条，其中微博12条、微信20条。\n", "utf-8")
    capsys.readouterr()
    _run([*arguments, "--baseline", known, "--format", "concise"])
    assert "微博" in capsys.readouterr().out


def test_two_files_of_one_report_are_known_each(compare: Compare) -> None:
    entry = with_cells("total")
    assert compare([entry, entry], [entry, entry]) == (0, 2, 1)
    mended = replace(entry, findings=())
    assert compare([entry, entry], [mended]) == (0, 0, 1), "the other file was not seen"
    assert compare([entry, entry], [mended, mended]) == (0, 0, 0)


def test_a_report_known_by_its_path_is_known_when_its_agency_is(compare: Compare) -> None:
    entry = with_cells("total")
    nobody = replace(entry, given=replace(entry.report, agency=None))
    assert compare([nobody], [entry]) == (0, 1, 1)


def test_the_file_is_sorted_with_a_finding_a_line(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    entries = [with_cells("total"), about("2", "1"), with_cells("business")]
    written = []
    for order in (entries, entries[::-1]):
        path.unlink(missing_ok=True)
        baseline = Baseline(path, writes=True)
        list(baseline.apply(order))
        baseline.close()
        written.append(path.read_text("utf-8"))
    assert written[0] == written[1]
    lines = [line for line in written[0].splitlines() if '"rule"' in line]
    assert lines == [
        '      {"rule": "N502", "about": ["1", "2"]},',
        '      {"rule": "T304", "cells": ["applications/3.7/business"]},',
        '      {"rule": "T304", "cells": ["applications/3.7/total"]}',
    ]


def test_an_unread_entry_passes_through(tmp_path: Path) -> None:
    unread = Unread("x", ReadError(Text("坏了。", "Broken.")))
    assert list(Baseline(tmp_path / "b.json", writes=True).apply([unread])) == [unread]


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
keys = st.builds(FindingKey, words, st.tuples(words), st.tuples(words)) | st.builds(FindingKey, words)
reports = st.builds(ReportKey, words, st.integers(1, 9999)) | st.builds(ReportKey, path=words)
counts = st.dictionaries(keys, st.integers(1, 3), min_size=1).map(Counter)
books = st.dictionaries(reports, st.builds(Known, counts, st.integers(1, 3)), max_size=3)


@given(books)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, book: dict[ReportKey, Known]) -> None:
    path = tmp_path_factory.getbasetemp() / "b.json"
    path.write_text(dump(book), "utf-8")
    assert load(path) == book


@given(texts, texts)
def test_whatever_a_report_says_the_baseline_can_be_read_again(
    tmp_path_factory: pytest.TempPathFactory, agency: str, message: str
) -> None:
    entry = zhaotong()
    (finding,) = entry.findings
    report = replace(entry.report, agency=agency, path=agency or "x")
    told = replace(finding, cells=(), table=None, message=Text(f"“{message}【{message}】", ""))
    path = tmp_path_factory.mktemp("baseline") / "b.json"
    baseline = Baseline(path, writes=True)
    list(baseline.apply([replace(entry, given=report, findings=(told,))]))
    assert baseline.close() == (1, 0)
    assert sum(known.findings.total() for known in load(path).values()) == 1


def test_a_missing_baseline_says_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--write-baseline"):
        load(tmp_path / "b.json")


def test_cells_are_keys_and_words_are_not() -> None:
    (finding,) = zhaotong().findings
    assert finding_key(finding) == finding_key(replace(finding, message=Text("x", "y"), severity="info"))
    assert finding_key(finding).cells[0] == "applications/3.7/business"
