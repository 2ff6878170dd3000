"""What govstats wrote is passed over in a folder; a corrected copy only beside the file that it is a copy of."""

from __future__ import annotations

from pathlib import Path

import pytest

import govstats
from govstats.cli import _run
from govstats.sources import plan
from govstats.sources.own import MAKER

FAULTY = next(path for path in govstats.samples() if "zhaotong" in path.name)


@pytest.mark.parametrize("suffix", [".html", ".docx", ".xlsx"])
@pytest.mark.parametrize("name", ["改正", "report"])
def test_a_copy_never_rivals_its_source_but_may_take_its_place(tmp_path: Path, suffix: str, name: str) -> None:
    source = tmp_path / "in" / "report.html"
    source.parent.mkdir()
    source.write_bytes(FAULTY.read_bytes())
    copy = tmp_path / "in" / "copies" / f"{name}{suffix}"
    copy.parent.mkdir()
    _run(["fix", str(source), "--apply", str(copy), "--format", suffix[1:]])
    assert copy.exists()
    beside = plan([source.parent])
    assert [Path(each.name).name for each in beside.sources] == ["report.html"]
    assert beside.passed_over[f"({MAKER})"] == 1
    source.unlink()
    alone = plan([source.parent])
    assert [Path(each.name).name for each in alone.sources] == [copy.name]
    assert _run(["check", str(source.parent)]) == 0


@pytest.mark.parametrize("suffix", [".html", ".xlsx", ".json", ".txt", ".md"])
def test_results_are_no_reports(tmp_path: Path, suffix: str) -> None:
    report = tmp_path / "report.html"
    report.write_bytes(FAULTY.read_bytes())
    _run(["check", str(report), "-o", str(tmp_path / f"result{suffix}")])
    assert [Path(each.name).name for each in plan([tmp_path]).sources] == ["report.html"]
