"""What is in an archive is told apart as what is in a folder."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from govstats.errors import ReadError
from govstats.sources import plan
from govstats.sources.folders import hidden_folder, part_of_page

REPORT = "<html><body><p>某局2023年政府信息公开工作年度报告</p></body></html>"
FRAME = "<html><body><table><tr><td>导航</td></tr></table></body></html>"
BESIDE = {
    "年报_files/frame.html": FRAME,
    "年报.files/frame.htm": FRAME,
    "年报_文件/下/frame.html": FRAME,
    ".git/年报.html": REPORT,
    "__MACOSX/年报.html": REPORT,
    "~$年报.docx": "x",
    "index.jsp": FRAME,
    "readme": "x",
}
"""What lies beside 年报.html and is no report."""


def archive(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return packed.getvalue()


def read_in(folder: Path) -> list[str]:
    """The names of what is read there, from the folder on."""
    parts = [part for source in plan([folder]).sources for part in source.parts()]
    return sorted(part.name.removeprefix(f"{folder}{os.sep}") for part in parts)


@pytest.mark.parametrize("page", ["年报.html", "年报.HTM"])
def test_what_lies_beside_a_report_is_none(tmp_path: Path, page: str) -> None:
    files = {page: REPORT, **BESIDE}
    for name, text in files.items():
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "zips").mkdir()
    (tmp_path / "zips" / "a.zip").write_bytes(archive(files))
    assert read_in(tmp_path / "folder") == [page]
    assert read_in(tmp_path / "zips") == [f"a.zip/{page}"]


@pytest.mark.parametrize("name", ["年报", "年报.aspx", "年报.html.bak", "年报.2023"])
def test_a_report_without_an_ending_of_a_document_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(archive({name: REPORT, "另.html": REPORT}))
    assert read_in(tmp_path) == sorted([f"a.zip/{name}", "a.zip/另.html"])


def test_a_folder_of_another_page_is_one_of_reports() -> None:
    assert part_of_page("年报_files/a.html", {"别的.html"}) is None
    assert part_of_page("x/年报_files/a.html", {"年报.html"}) is None
    assert part_of_page("x/年报_files/a.html", {"x/年报.html"}) == "*_files/"


def test_steps_upwards_hide_nothing() -> None:
    assert hidden_folder("../../年报.html") is None
    assert hidden_folder("x/.svn/年报.html") == "x/.svn"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "年报.html")
    (source,) = plan([tmp_path]).sources
    assert isinstance(source.given, ReadError)
