"""A wrong command line is answered in the language in force, with what was probably meant."""

from __future__ import annotations

import re

import pytest

from govstats.cli import _run

WRONG = {
    "chek": "没有命令“chek”。是不是“check”？",
    "--lagn zh": "是不是“--lang”？它写在命令后面：govstats 命令 选项。",
    "--versoin": "没有选项 --versoin。是不是“--version”？",
    "check --samples -o a.xlx": "不知道 .xlx 文件用哪种格式。是不是“.xlsx”？",
    "diff a b -o a.htlm": "不知道 .htlm 文件用哪种格式。是不是“.htm",
    "check --formt x a": "没有选项 --formt。是不是“--format”？",
    "check --format jsn a": "是不是“json”？",
    "check --jobs x a": "--jobs 的值“x”不对：应为不小于 0 的整数。",
    "schema national-2021": "缺少“表”。",
    "formats national-2021 more": "参数太多。",
    "check --roster nowhere a": "没有这个文件或文件夹。",
    "serve --port 70000": "--port 的值“70000”不对：应为 0 到 65535 的整数。",
    "rules T3O4": "是不是“T304”？",
    "formats natonal-2021": "没有格式“natonal-2021”。是不是“national-2021”？",
    "schema national-2021 aplications": "是不是“applications”？",
}


@pytest.mark.parametrize("line", WRONG)
def test_it_says_what_is_wrong_and_what_was_meant(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(line.split()) == 2
    assert WRONG[line] in capsys.readouterr().err


@pytest.mark.parametrize("line", WRONG)
def test_in_english_there_is_no_chinese(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVSTATS_LANG", "en")
    assert _run(line.split()) == 2
    assert not re.search(r"[一-鿿（）]", capsys.readouterr().err)


def test_rules_are_found_by_words_of_their_titles(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["rules", "总计"]) == 0
    told = capsys.readouterr().out
    assert all(code in told for code in ("T301", "T302", "T303", "T304"))
    assert "N501" not in told
