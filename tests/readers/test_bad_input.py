"""Bad input gets a finding or an error that says what to do; never a traceback, never a figure that was not printed."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govstats
from govstats.cli import _run
from govstats.errors import ReadError
from tests.factory import as_figures, document, random_valid

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1"


def rules(source: str | bytes | Path) -> list[str]:
    return [finding.rule for finding in govstats.check(source).findings]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空"),
        (b" \n\t\r\n", "空"),
        (PNG, "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "JPEG"),
        (b"%PDF-1.7\n\0\1\2", "PDF"),
        (b"PK\x03\x04\x14\0\0\0", "Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "Office"),
        (bytes(range(256)), "二进制"),
    ],
)
def test_what_is_no_readable_document_is_an_error_with_a_hint(
    content: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=told) as raised:
        govstats.read(path)
    assert raised.value.hint
    assert _run(["check", str(path)]) == 2
    shown = capsys.readouterr()
    assert told in shown.out
    assert "Traceback" not in shown.err


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>没有表格</p></body></html>",
        "只有文字，没有表格。\n",
        "<table><tr><td>索引号</td><td>0120</td></tr></table>",
        "<table><tr><td rowspan=9999999 colspan=9999999>x</td><td>y</td></tr></table>\n",
        "首页 | 政务公开 | 行政许可 | 行政处罚 |\n",
        "<" * 5000,
        "|" * 5000 + "\n",
    ],
)
def test_a_page_without_known_tables_is_d001(page: str) -> None:
    assert rules(page.encode()) == ["D001"]


@pytest.mark.parametrize(
    "data",
    [
        "二二、规章 | 1 | 2 | 3\n".encode(),
        b"<html><body><p>\x1d1\x1d</p></body></html>",
        b'<html><meta charset="idna"><p>\xd5\xfe.\xff',
        b'<html><meta charset="punycode"><p>\xd5\xfe.\xff',
        b"<table>" + b"<tr>" + b"<td colspan=64 rowspan=64>x" * 50 + b"</table>",
        b"\xef\xbb\xbf| | |\n",
    ],
)
def test_odd_documents_do_not_trip_the_readers(data: bytes) -> None:
    assert rules(data) == ["D001"]


def test_headings_without_their_tables_are_missing_tables_and_not_silence() -> None:
    page = (
        "一、总体情况\n本年度没有收到申请。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
        "四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n"
    )
    assert rules(page.encode()) == ["D002", "D002", "D002"]


def test_a_broken_page_is_read_as_far_as_it_goes() -> None:
    vectors = random_valid(np.random.default_rng(2))
    page = document(as_figures(vectors), "html")
    mangled = page.replace("</td>", "").replace("</tr>", "").replace("</table>", "</div></table>", 1)
    report = govstats.read(mangled)
    assert {name: list(table.values) for name, table in report.tables.items()} == {
        name: list(vector) for name, vector in vectors.items()
    }


def test_half_a_table_is_told_row_by_row_and_not_taken_for_zeros() -> None:
    vectors = random_valid(np.random.default_rng(2), 1.0)
    page = document(as_figures(vectors), "A5")
    half = page[: page.index("5.属于三类内部事务信息")]
    report = govstats.read(half)
    found = {finding.rule: finding for finding in govstats.check(report).findings}
    assert set(found) == {"D002", "D003"}
    lost = {cell.row for cell in found["D003"].cells}
    assert lost == {row.code for row in report.tables["applications"].form.data_rows[8:]}
    assert all(cell.actual is None and cell.expected is None for cell in found["D003"].cells)
    assert report.applications.loc[sorted(lost)].isna().all(axis=None)


def test_a_missing_path_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check", "no/such/report.html"]) == 2
    assert "找不到" in capsys.readouterr().out


def test_no_path_at_all_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check"]) == 2
    assert "--samples" in capsys.readouterr().err


def test_an_empty_folder_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["check", str(tmp_path)]) == 2
    assert "没有可读的报告" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind the super-user, nor Windows")
def test_an_unreadable_folder_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0)
    try:
        assert _run(["check", str(tmp_path)]) == 2
        assert "权限" in capsys.readouterr().out
    finally:
        locked.chmod(0o700)


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", denied)
    (unread,) = {entry.error.message.zh for entry in govstats.audit(tmp_path).unread[:1]}
    assert "权限" in unread


def test_one_bad_file_among_good_ones_never_stops_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = document(as_figures(random_valid(np.random.default_rng(1))), "html")
    (tmp_path / "a.html").write_text(good, "utf-8")
    (tmp_path / "b.html").write_bytes(PNG)
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7\0")
    (tmp_path / "d.css").write_text("td {}", "utf-8")
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "f.txt").write_text(document(as_figures(random_valid(np.random.default_rng(2))), "A2"), "utf-8")
    assert _run(["check", str(tmp_path)]) == 2
    shown = capsys.readouterr()
    assert "核对了 2 份报告" in shown.out
    assert "2 个文件没有读成" in shown.out
    assert ".css×1" in shown.err


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_a_read_error(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        govstats.check(data)
