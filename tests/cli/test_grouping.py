"""`check --by`: counts by agency, year, rule, place, at the end of what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from govstats.cli import _run
from govstats.display.triage import WAYS

LINES = {
    "agency": "昭通市人民政府办公室 1 1 0 0",
    "year": "2021 1 1 0 0",
    "rule": "总计未填 T304 1 1 0 0",
    "place": "云南省昭通市 1 1 0 0",
}


@pytest.mark.parametrize("way", WAYS)
def test_the_gravest_group_comes_first(way: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check", "--samples", "--format", "concise", "--by", way]) == 1
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    head = next(at for at, line in enumerate(lines) if line.endswith("报告 错误 警告 提示"))
    assert lines[head + 1] == LINES[way]


def test_data_stay_data_and_what_was_not_read_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    _run(["check", "--samples", str(broken), "--format", "jsonl", "--by", "place"])
    told = capsys.readouterr()
    assert all(line.startswith("{") for line in told.out.splitlines())
    assert "没有读成的文件（1）" in told.err
