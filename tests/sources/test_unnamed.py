"""Files of a folder whose endings name no container: a report among them is read, and nothing stays unnamed."""

from __future__ import annotations

from pathlib import Path

import pytest

import govstats
from govstats.cli.inputs import Paths, planned
from govstats.policy.config import Configuration
from govstats.sources import plan
from govstats.sources.exclusion import Exclusion

SAMPLE = next(path for path in govstats.samples() if path.suffix == ".html").read_bytes()


@pytest.mark.parametrize("ending", ["", ".aspx", ".jsp", ".phtml", ".1", ".bak", ".html.crdownload", ".htm.tmp"])
def test_a_page_is_read_whatever_its_ending_is(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"年报{ending}").write_bytes(SAMPLE)
    assert [Path(source.name).name for source in plan([str(tmp_path)]).sources] == [f"年报{ending}"]


@pytest.mark.parametrize("ending", [".bak", ".tmp", ".dat"])
def test_what_is_no_report_is_counted(tmp_path: Path, ending: str) -> None:
    (tmp_path / "年报.html").write_bytes(SAMPLE)
    (tmp_path / f"其他{ending}").write_bytes(b"nothing of that kind")
    found = plan([str(tmp_path)])
    assert len(found.sources) == 1
    assert found.passed_over == {ending: 1}


@pytest.mark.parametrize(
    ("ending", "head", "name"),
    [
        (".rar", b"Rar!\x1a\x07\0", "RAR"),
        (".7z", b"7z\xbc\xaf\x27\x1c", "7z"),
        (".bz2", b"BZh91AY", "bzip2"),
        (".xz", b"\xfd7zXZ\0", "xz"),
        (".cab", b"MSCF\0\0", "CAB"),
        (".ofd", b"PK\x03\x04..OFD.xml", "OFD"),
        (".ceb", b"Founder CEB 3", "CEB"),
    ],
)
def test_a_container_that_is_not_read_is_told_by_name(tmp_path: Path, ending: str, head: bytes, name: str) -> None:
    (tmp_path / f"年报{ending}").write_bytes(head + bytes(64))
    audit = govstats.audit([tmp_path])
    assert [name in unread.error.message.zh for unread in audit.unread] == [True]


def test_every_kind_that_is_passed_over_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "年报.html").write_bytes(SAMPLE)
    endings = [f".{letter * 3}" for letter in "abcdefghijk"]
    for ending in endings:
        (tmp_path / f"x{ending}").write_bytes(b"x")
    planned(Paths((str(tmp_path),), Exclusion.of(()), Configuration()), samples=False)
    told = capsys.readouterr().err
    assert all(f"{ending}×1" in told for ending in endings)


@pytest.mark.parametrize("ending", [".caj", ".pages", ".djvu"])
def test_what_is_called_a_report_is_never_passed_over_in_silence(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"某局2023年政府信息公开工作年度报告{ending}").write_bytes(b"\1\2\0" + bytes(64))
    (tmp_path / f"说明{ending}").write_bytes(b"\1\2\0" + bytes(64))
    audit = govstats.audit([tmp_path])
    assert [Path(unread.path).stem for unread in audit.unread] == ["某局2023年政府信息公开工作年度报告"]
