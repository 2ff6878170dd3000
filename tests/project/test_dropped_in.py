"""In a copy of the project, what docs/extending.md adds works with the files that it names and no other change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documented import blocks
from tests.folders import PACKAGE, ROOT

SLIDES = (
    "%SLIDES\n某县教育局2024年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（一）项\n"
    + "\n".join(
        "\\".join(cells)
        for cells in (
            ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
            ("规章", "1000", "0", "1009"),
            ("行政规范性文件", "2", "0", "9"),
        )
    )
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package and its schemas, with every file of docs/extending.md dropped in."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("govstats", "schemas"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for language in ("yaml", "python"):
        for text in blocks("docs/extending.md", language):
            name = text.splitlines()[0].removeprefix("# ")
            if name.startswith(("govstats/", "schemas/")):
                assert not (folder / name).exists()
                (folder / name).write_text(text, "utf-8")
    (folder / "a.slides").write_text(SLIDES, "utf-8")
    return folder


def told(copy: Path, *arguments: str) -> str:
    """What the copy prints."""
    env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "govstats", *arguments]
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def test_a_reader_a_rule_with_its_check_and_a_renderer_work_together(copy: Path) -> None:
    assert "P499" in told(copy, "check", "a.slides", "--no-cache", "--format", "concise")
    assert told(copy, "check", "a.slides", "--no-cache", "--format", "counts").endswith("\ta.slides\n")
    assert "1000" in told(copy, "rules", "P499")


def test_a_form_is_known(copy: Path) -> None:
    assert "example-2030" in told(copy, "formats")


def test_a_column_of_the_long_table_is_one_entry(copy: Path) -> None:
    """Frame, CSV and workbook have it."""
    path = copy / "govstats" / "frames" / "longtable.py"
    entry = '    LongColumn("label", lambda report, table, at: table.labels.get(table.form.cells[at].row)),\n'
    source = path.read_text("utf-8")
    path.write_text(source.replace("LONG_TABLE = (\n", f"LONG_TABLE = (\n{entry}"), "utf-8")
    page = str(PACKAGE / "samples" / "zhaotong-2021.html")
    header, first, *_ = told(copy, "show", page, "--format", "csv").splitlines()
    assert header.startswith("label,path,")
    assert first.startswith("规章,")
    told(copy, "show", page, "-o", "shown.parquet")
    assert (copy / "shown.parquet").stat().st_size > 0
