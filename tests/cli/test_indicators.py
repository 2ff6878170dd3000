"""`govstats indicators`: the same figures in every format, and nothing silent."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import govstats
from govstats.cli import cli

SAMPLES = [str(path) for path in govstats.samples()]
BY = ["--by", "level", "--by", "year"]


def ran(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    result = CliRunner().invoke(cli, ["indicators", *arguments], standalone_mode=False)
    return result.return_value if result.exception is None else 2, result.stdout, result.stderr


@pytest.fixture
def wanted() -> pd.DataFrame:
    """What Python gives."""
    return govstats.indicators(govstats.panel(SAMPLES), ["level", "year"])


def test_csv_and_json_hold_what_python_gives(wanted: pd.DataFrame) -> None:
    code, printed, _ = ran(*SAMPLES, *BY, "--format", "csv")
    frame = pd.read_csv(io.StringIO(printed))
    assert (code, list(frame.columns)) == (0, list(wanted.columns))
    assert frame["value"].fillna(-1).to_list() == pytest.approx(wanted["value"].fillna(-1).to_list())
    assert frame["reason"].fillna("").to_list() == wanted["reason"].fillna("").to_list()
    rows = json.loads(ran(*SAMPLES, *BY, "--format", "json")[1])
    assert [row["n"] for row in rows] == [None if pd.isna(n) else n for n in wanted["n"]]
    assert [row["value"] for row in rows] == [None if pd.isna(value) else value for value in wanted["value"]]


def test_the_file_ending_names_the_format(tmp_path: Path, wanted: pd.DataFrame) -> None:
    for name in ("i.csv", "i.json", "i.xlsx", "i.txt"):
        assert ran(*SAMPLES, *BY, "-o", str(tmp_path / name))[0] == 0
    assert (tmp_path / "i.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(json.loads((tmp_path / "i.json").read_text("utf-8"))) == len(wanted)
    page = openpyxl.load_workbook(tmp_path / "i.xlsx").active
    assert page is not None
    assert [cell.value for cell in page[1]] == list(wanted.columns)
    assert page.max_row == len(wanted) + 1
    assert "实质公开率：" in (tmp_path / "i.txt").read_text("utf-8")


def test_text_tells_value_interval_and_why_there_is_none() -> None:
    code, printed, _ = ran(*SAMPLES, "--lang", "en")
    assert code == 0
    assert "Disclosed wholly or in part: 43.6% (1519/3486, 95 % 41.9% to 45.2%)" in printed
    assert "Granted: — (more above than below: the table is wrong)" in printed
    assert "until 2018" not in printed


def test_what_could_not_be_read_or_has_no_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "bare.txt").write_text("青山县教育局2023年政府信息公开工作年度报告\n一、总体情况\n无", "utf-8")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04nothing")
    code, printed, problems = ran(str(tmp_path), SAMPLES[0])
    assert code == 2
    assert "1 份没有认出附表" in problems
    assert "broken.docx" in problems
    assert "宿迁市" in printed


def test_nothing_but_documents_without_tables_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "bare.txt").write_text("青山县教育局2023年政府信息公开工作年度报告\n一、总体情况\n无", "utf-8")
    assert ran(str(tmp_path))[:2] == (0, "")
    assert ran(str(tmp_path), "--by", "year")[:2] == (0, "")


def test_a_workbook_needs_a_file_and_no_source_is_overwritten() -> None:
    assert ran(*SAMPLES, "--format", "xlsx")[0] == 2
    before = Path(SAMPLES[0]).read_bytes()
    assert ran(SAMPLES[0], "--format", "text", "-o", SAMPLES[0])[0] == 2
    assert Path(SAMPLES[0]).read_bytes() == before
