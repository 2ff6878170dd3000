"""`--exclude` and `--from`, the same for every command that reads reports: what is left out is told."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

import govstats
from govstats.cli import _run

SUQIAN = next(path for path in govstats.samples() if path.name == "suqian-2023.html")
COMMANDS = {
    "check": ["check", "--format", "jsonl", "--fail-on", "never"],
    "show": ["show", "--format", "jsonl"],
    "fix": ["fix"],
    "panel": ["panel", "-o", "out.csv"],
    "indicators": ["indicators"],
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("报告/新.html", "报告/旧/a.html", "报告/旧/b.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(SUQIAN.read_bytes())
    return tmp_path


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The paths that `check` reads."""
    _run([*COMMANDS["check"], *arguments])
    return [json.loads(line)["path"] for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_leaves_out_and_says_so(command: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run([*COMMANDS[command], "报告", "--exclude", "旧"]) == 0
    assert "按 exclude 没有读 0 个文件、1 个文件夹（报告/旧/）。" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("given", [["报告", "--exclude", "*"], ["报告/新.html", "--exclude", "*.html"]])
def test_where_all_is_left_out_nothing_is_called_right(
    command: str, given: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run([*COMMANDS[command], *given]) == 2
    assert "没有可读的文件：全都排除了。" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_a_list(command: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "list").write_text("报告/新.html\r\n\r\n报告/没有.html\r\n", "utf-8")
    assert _run([*COMMANDS[command], "--from", "list"]) == 2
    shown = capsys.readouterr()
    assert "报告/没有.html" in shown.out + shown.err
    assert "找不到这个文件" in shown.out + shown.err


def test_the_setting_is_the_option_and_the_option_goes_before(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pyproject.toml").write_text('[tool.govstats]\nexclude = ["报告/旧/a*"]', "utf-8")
    assert checked(capsys, "报告") == ["报告/新.html", "报告/旧/b.html"]
    assert checked(capsys, "报告", "--exclude", "新*") == ["报告/旧/a.html", "报告/旧/b.html"]
    assert len(checked(capsys, "报告", "--isolated")) == 3
    (project / "pyproject.toml").unlink()
    (project / "setup.cfg").write_text("[govstats]\nexclude =\n    报告/旧/a*\n    没 有, *.pdf", "utf-8")
    assert checked(capsys, "报告") == ["报告/新.html", "报告/旧/b.html"]
    assert _run(["show", "报告", "--format", "jsonl"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_globs_are_repeated_and_hold_for_listed_files(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = "报告/新.html\n报告/旧/a.html\n报告/旧/b.html\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(listed)))
    assert checked(capsys, "--from", "-", "--exclude", "b.*", "--exclude", "报告\\旧\\a.html") == ["报告/新.html"]


def test_a_list_in_the_folder_is_no_report(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "报告" / "名单.txt").write_text("报告", "utf-8")
    assert "报告/名单.txt" not in checked(capsys, "--from", "报告/名单.txt")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-", "--from", "-"], "标准输入不能既是清单又是报告"),
        (["--from", "空"], "没有路径"),
        (["--from", "没有"], "读不成"),
        (["--exclude", "*"], "没有指定要读的文件"),
    ],
)
def test_what_does_not_go_together_is_told(
    arguments: list[str], told: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "空").write_text("\n \n", "utf-8")
    assert _run(["check", *arguments]) == 2
    assert told in capsys.readouterr().err
