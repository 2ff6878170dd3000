"""What govstats wrote is passed over in a folder; a corrected copy only beside the file that it is a copy of."""

from __future__ import annotations

from pathlib import Path

import pytest

import govstats
from govstats.cli import _run
from govstats.sources import plan
from govstats.sources.own import MAKER

FAULTY = next(path for path in govstats.samples() if "zhaotong" in path.name)
FINE = next(path for path in govstats.samples() if "suqian-2023" in path.name)


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


OUTPUTS = {
    "check": (
        "text txt",
        "concise txt",
        "github txt",
        "markdown md",
        "junit xml",
        "html html",
        "json json",
        "sarif json",
        "xlsx xlsx",
    ),
    "show": ("table txt", "json json", "csv csv", "xlsx xlsx"),
    "diff": ("text txt", "json json", "html html"),
    "indicators": ("text txt", "csv csv", "json json", "xlsx xlsx"),
    "fix": ("", "xlsx", "csv", "md"),
    "panel": ("csv", "parquet", "duckdb"),
}
"""What each command writes: by format and suffix, or by suffix alone."""
COMMANDS = [
    (command, *f" {output}".split(" ")[-2:]) for command, outputs in OUTPUTS.items() for output in outputs if output
]
REPORTS = {
    "good": ("a.html", FINE.read_bytes()),
    "faulty": ("b.html", FAULTY.read_bytes()),
    "broken": ("0.docx", b"PK\3\4"),
    "none": ("0.txt", "一份通知。\n不是报告。\n".encode()),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("first", REPORTS)
@pytest.mark.parametrize(("command", "form", "suffix"), COMMANDS)
def test_what_any_command_writes_is_no_report(
    tmp_path: Path, command: str, form: str, suffix: str, first: str, lang: str
) -> None:
    files = [tmp_path / f"{at}{name}" for at, (name, _) in enumerate((REPORTS[first], REPORTS["faulty"]))]
    for file, (_, data) in zip(files, (REPORTS[first], REPORTS["faulty"]), strict=True):
        file.write_bytes(data)
    to = tmp_path / "out"
    to.mkdir()
    _run(
        [
            command,
            *map(str, files),
            "-o",
            str(to / f"x.{suffix}"),
            "--lang",
            lang,
            *(["--format", form] if form else []),
        ]
    )
    written = list(to.iterdir())
    assert written or (command, first) == ("diff", "broken")
    assert sum(plan([to]).passed_over.values()) == len(written)


def test_a_baseline_is_no_report(tmp_path: Path) -> None:
    _run(["check", str(FAULTY), "--write-baseline", str(tmp_path / "known.json")])
    assert plan([tmp_path]).passed_over[f"({MAKER})"] == 1
