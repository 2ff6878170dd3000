"""What is in an archive is told apart as what is in a folder."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from govstats.errors import ReadError
from govstats.sources import Source, plan
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


@pytest.mark.parametrize(
    ("ending", "mode"), [(".tar", "w"), (".tar.gz", "w:gz"), (".tgz", "w:gz"), (".tar.xz", "w:xz")]
)
def test_a_tar_is_opened_as_a_zip_is(tmp_path: Path, ending: str, mode: str) -> None:
    file = tmp_path / f"all{ending}"
    with tarfile.open(file, mode) as archive:  # type: ignore[call-overload]
        for name in ("甲.html", "乙/1.html"):
            info = tarfile.TarInfo(name)
            info.size = len(REPORT.encode())
            archive.addfile(info, io.BytesIO(REPORT.encode()))
    assert [part.name for part in plan([file]).sources[0].parts()] == [f"{file}/乙/1.html", f"{file}/甲.html"]


def test_a_file_packed_alone_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "甲.html.gz"
    file.write_bytes(gzip.compress(REPORT.encode()))
    assert [(part.name, part.read()) for part in plan([file]).sources[0].parts()] == [
        (f"{file}/甲.html", REPORT.encode())
    ]


def test_what_a_mail_brings_is_read(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "年报", "a@example.invalid"
    mail.set_content("请查收附件。")
    mail.add_attachment(REPORT.encode(), maintype="application", subtype="octet-stream", filename="甲.html")
    file = tmp_path / "年报.eml"
    file.write_bytes(mail.as_bytes())
    assert [(part.name, part.read()) for part in plan([file]).sources[0].parts()] == [
        (f"{file}/甲.html", REPORT.encode())
    ]


def _tar(*infos: tuple[str, bytes, dict[str, str]]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content, told in infos:
            info = tarfile.TarInfo(name)
            info.size, info.pax_headers = len(content), told
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


_HOLES = {"GNU.sparse.map": "0,512", "GNU.sparse.size": str(6 << 30)}
_GOOD = _tar(("甲" * 60 + ".html", REPORT.encode(), {}))
_DAMAGED = bytearray(_tar(("1.html", REPORT.encode(), {}), ("2.html", REPORT.encode(), {})))
_DAMAGED[_DAMAGED.rindex(b"2.html") + 40] ^= 1
_LONG_NAMES = tarfile.TarInfo("././@LongLink")
_LONG_NAMES.type = tarfile.GNUTYPE_LONGNAME
_MAIL = b"From: a@b\r\nSubject: c\r\nContent-Type: "
_FILE = b'application/octet-stream\r\nContent-Disposition: attachment; filename="1.html"\r\n\r\n' + REPORT.encode()


@pytest.mark.parametrize(
    ("data", "parts", "unread"),
    [
        (_tar(("甲.html", bytes(512), _HOLES)), 1, 1),
        (_LONG_NAMES.tobuf(tarfile.GNU_FORMAT) * 3_000 + _GOOD, 1, 0),
        (bytes(_DAMAGED), 2, 1),
        (_GOOD, 1, 0),
        (_GOOD[:600], 1, 1),
        (gzip.compress(bytes(2**28)), 1, 1),
        (_MAIL + b"message/rfc822\r\n\r\n" + _MAIL + _FILE, 1, 0),
        (_MAIL + _FILE.replace(b'"1.html"', b'"=?utf-8?B?5?="'), 1, 0),
        (_MAIL + _FILE.replace(b'="1.html"', b"*=a%00'b'1%FF.html"), 1, 0),
        ((_MAIL + b"message/rfc822\r\n\r\n") * 3_000 + _MAIL + _FILE, 1, 0),
    ],
    ids=["holes", "long names", "damaged", "whole", "cut", "bomb", "forwarded", "name", "charset", "deep"],
)
def test_what_holds_files_does_not_burst_and_loses_none_in_silence(data: bytes, parts: int, unread: int) -> None:
    found = list(Source("all", data).parts())
    assert (len(found), sum(isinstance(part.given, ReadError) for part in found)) == (parts, unread)
