"""Lists of paths, as editors, `find`, PowerShell and Explorer write them."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from govstats.errors import UsageError
from govstats.sources.listed import paths_listed

NAMES = ["青山县教育局/2023 年报.html", "乐水镇.docx"]
TEXT = "\n".join(NAMES)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        f"{TEXT}\n".encode(),
        f"\n\n{NAMES[0]}\r\n  \r\n{NAMES[1]}\r\n\r\n".encode(),
        f"{NAMES[0]}\r{NAMES[1]}\r".encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode("gbk"),
        b"\xff\xfe" + TEXT.replace("\n", "\r\n").encode("utf-16-le"),
        "\n".join(f'"{name}"' for name in NAMES).encode(),
    ],
    ids=["utf-8", "ended", "crlf and blanks", "cr", "bom", "gbk", "utf-16", "quoted"],
)
@pytest.mark.parametrize("standard_input", [False, True])
def test_the_paths_are_read_whoever_wrote_the_list(
    data: bytes, standard_input: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "list").write_bytes(data)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert paths_listed("-" if standard_input else str(tmp_path / "list")) == NAMES


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes")
def test_names_that_are_bytes_of_gbk_are_found(tmp_path: Path) -> None:
    there, list_ = os.fsencode(tmp_path / "x")[:-1] + "年报.html".encode("gbk"), tmp_path / "list"
    Path(os.fsdecode(there)).write_bytes(b"x")
    list_.write_bytes(there + b"\n" + "乐水镇.html".encode("gbk"))
    assert paths_listed(str(list_)) == [os.fsdecode(there), "乐水镇.html"]


@pytest.mark.parametrize("data", [None, b"PK\x03\x04\0\0\0"])
def test_what_is_no_list_is_told(data: bytes | None, tmp_path: Path) -> None:
    if data:
        (tmp_path / "list").write_bytes(data)
    with pytest.raises(UsageError, match="list"):
        paths_listed(str(tmp_path / "list"))
