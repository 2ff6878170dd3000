"""Workflow commands: one a finding, and nothing that a report says is ever one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from govstats.cli import _run
from govstats.display.look import Look
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.audits import Entry, Unread
from govstats.model.document import Place
from govstats.renderers import render
from tests.hostile_entries import entries, zhaotong

COMMAND = re.compile(r"::(error|warning|notice) (?:(?:file|line|title)=[^:,\n]*,?)+::[^\n]*")


def lines_of(*given: Entry) -> list[str]:
    text = "".join(render("github", given, Look()))
    assert text.endswith("\n")
    return text.splitlines()


def test_a_finding_is_one_command_and_a_summary_ends_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    entry = zhaotong()
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    entry = replace(
        entry,
        given=replace(entry.report, path=str(tmp_path / "reports" / "a,b:c%.txt")),
        findings=(replace(entry.findings[0], place=Place(0, 34, 2)),),
    )
    command, summary = lines_of(entry)
    assert command.startswith(
        "::error file=reports/a%2Cb%3Ac%25.txt,line=34,title=T304 总计未填 · 昭通市人民政府办公室 2021 年::"
    )
    assert "%0A怎么改：" in command
    assert summary.startswith("核对了 1 份报告")


def test_errors_come_first_and_what_github_hides_is_said() -> None:
    entry = zhaotong()
    (finding,) = entry.findings
    many = [replace(entry, findings=(replace(finding, severity=s),)) for s in ("info", "warning", "error") * 11]
    lines = lines_of(*many, Unread("坏.pdf", ReadError(Text("坏了。", "Broken."))))
    assert [line.split()[0] for line in lines[:-1]] == ["::error"] * 12 + ["::warning"] * 11 + ["::notice"] * 11
    assert "只显示 10 条" in lines[-1]


def test_auto_is_github_inside_actions_and_text_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = zhaotong().report.path
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    _run(["check", path, "--format", "auto"])
    assert capsys.readouterr().out.startswith("::error ")
    monkeypatch.delenv("GITHUB_ACTIONS")
    _run(["check", path, "--format", "auto"])
    assert capsys.readouterr().out.startswith(path)


@settings(max_examples=100)
@given(entries())
def test_no_text_of_a_report_is_a_command(given: list[Entry]) -> None:
    *commands, summary = lines_of(*given)
    assert len(commands) == sum(1 if isinstance(e, Unread) else len(e.findings) for e in given)
    assert all(COMMAND.fullmatch(line) for line in commands)
    assert summary.startswith("核对了")
    "".join([*commands, summary]).encode("utf-8")
