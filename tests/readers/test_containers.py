"""Pages inside other files: saved pages, JSON, archives."""

from __future__ import annotations

import base64
import io
import json
import quopri
import zipfile
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import govstats
from govstats.cli import _run
from tests.factory import as_figures, document, random_valid

VECTORS = random_valid(np.random.default_rng(12))
PAGE = document(as_figures(VECTORS), "html")


def assert_exact(report: govstats.Report, vectors: dict[str, NDArray[np.float64]] = VECTORS) -> None:
    assert {name: list(table.values) for name, table in report.tables.items()} == {
        name: list(vector) for name, vector in vectors.items()
    }
    assert govstats.check(report).findings == ()


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_saved_page_is_read_by_its_html_part(coding: str, charset: str) -> None:
    body = PAGE.encode(charset)
    encoded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}[coding](body)
    data = (
        b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\nContent-Type: image/png\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x\r\nContent-Type: text/html; charset="
        + charset.encode()
        + b"\r\nContent-Transfer-Encoding: "
        + coding.encode()
        + b"\r\n\r\n"
        + encoded
        + b"\r\n--x--\r\n"
    )
    report = govstats.read(data)
    assert report.document.kind == "mhtml"
    assert_exact(report)


def test_a_saved_page_without_html_is_an_error() -> None:
    headers = b'From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n'
    data = headers + b"--x\nContent-Type: image/png\n\n\n--x--\n"
    with pytest.raises(govstats.ReadError, match="没有网页内容"):
        govstats.read(data)


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize(
    "wrap", [lambda page: {"data": {"title": "x", "content": page}}, lambda page: [{"a": 1}, {"html": page}]]
)
def test_a_page_in_json_is_read(wrap: object, ascii_only: bool) -> None:
    assert callable(wrap)
    report = govstats.read(json.dumps(wrap(PAGE), ensure_ascii=ascii_only).encode())
    assert report.document.kind == "json"
    assert_exact(report)


@pytest.mark.parametrize(
    "packed",
    [
        json.dumps({"data": json.dumps({"content": PAGE})}),
        json.dumps([json.dumps([{"a": 1}, {"b": PAGE}], ensure_ascii=False)]),
        "\n".join(json.dumps(each) for each in ({"head": 1}, {"content": PAGE}, {"end": "x"})),
    ],
    ids=["packed twice", "in a list", "lines"],
)
def test_a_page_in_json_in_json_or_in_one_of_its_lines_is_read(packed: str) -> None:
    assert_exact(govstats.read(packed.encode()))


def test_text_in_json_is_read() -> None:
    assert_exact(govstats.read(json.dumps({"text": document(as_figures(VECTORS), "A2")}).encode()))


def test_a_page_escaped_in_a_script_is_read() -> None:
    escaped = PAGE.replace('"', '\\"').replace("/", "\\/").replace("\n", "\\n")
    assert_exact(govstats.read(f'<html><body>var page = "{escaped}";</body></html>'.encode()))


def test_json_without_a_page_is_a_document_without_tables() -> None:
    assert [finding.rule for finding in govstats.check(b'{"name": "x", "files": ["a", 1]}').findings] == ["D001"]


@pytest.mark.parametrize("content", [b'{"a": ', b'{"a":' * 5000])
def test_broken_json_is_an_error(content: bytes) -> None:
    with pytest.raises(govstats.ReadError, match="JSON"):
        govstats.read(content)


def archive(members: dict[str, bytes], **options: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", **options) as target:  # type: ignore[call-overload]
        for name, data in members.items():
            target.writestr(name, data)
    return made.getvalue()


def test_an_archive_is_read_member_by_member_under_their_paths(tmp_path: Path) -> None:
    path = tmp_path / "报告.zip"
    path.write_bytes(archive({"某局/2023.html": PAGE.encode(), "b.txt": "没有表格\n".encode(), "logo.png": b"\x89PNG"}))
    audit = govstats.audit(path)
    assert [entry.report.path for entry in audit.audited] == [f"{path}/b.txt", f"{path}/某局/2023.html"]
    assert_exact(audit.reports[1])
    assert [entry.report.path for entry in govstats.check(path).audited] == [report.path for report in audit.reports]
    assert _run(["show", str(path), "--format", "json"]) == 0


def test_names_in_gbk_are_shown_as_they_were(tmp_path: Path) -> None:
    data = archive({"xx.html": PAGE.encode()})
    path = tmp_path / "a.zip"
    path.write_bytes(data.replace(b"xx.html", "局".encode("gbk") + b".html"))
    assert [report.path for report in govstats.audit(path).reports] == [f"{path}/局.html"]


def test_a_bomb_in_an_archive_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(
        archive({"a.html": b"0" * (80 * 2**20), "b.html": PAGE.encode()}, compression=zipfile.ZIP_DEFLATED)
    )
    audit = govstats.audit(path)
    assert len(audit.reports) == 1
    assert "超过限度" in audit.unread[0].error.message.zh


def test_an_archive_without_reports_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive({"a.png": b"x"}))
    assert _run(["check", str(path)]) == 2
    assert "没有可读的报告" in capsys.readouterr().out


@pytest.mark.parametrize(
    "page",
    [
        b"<html>" + b"<div>" * 100_000 + b"x",
        b"<html>" + b"<b>" * 3_000 + b"<p>x" * 300,
        b"<table><tr><td>" * 1_900 + b"x",
        b"<table><tr><td rowspan=99999999 colspan=99999999>x<td>y</table>",
        b"<table>" + b"<tr>" + b"<td>1" * 50_000,
        b"<html><p>" + b"<" * 500_000,
        b"|" * 500_000 + b"\n",
    ],
    ids=["nesting", "formatting", "tables", "spans", "cells", "brackets", "pipes"],
)
def test_hostile_pages_end_soon_and_say_that_nothing_was_found(page: bytes) -> None:
    assert [finding.rule for finding in govstats.check(page).findings] == ["D001"]


def test_a_real_table_among_too_many_tags_is_still_read() -> None:
    assert_exact(govstats.read(PAGE.replace("<body>", "<body>" + "<div><b>" * 20_000).encode()))


def test_a_page_of_too_many_tables_and_a_file_too_large_are_errors() -> None:
    with pytest.raises(govstats.ReadError, match="张以上的表"):
        govstats.read(b"<table>" * 3_000)
    with pytest.raises(govstats.ReadError, match="超过限度"):
        govstats.read(b"0" * (65 * 2**20))
