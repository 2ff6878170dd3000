"""What is written: old results live until new ones are whole; only what is ours is ever replaced."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

import govstats
from govstats.cli import _run
from govstats.errors import UsageError
from govstats.sources.held import clear, held_file, held_folder
from govstats.sources.wholefile import whole_file

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX")
SAMPLE = next(str(path) for path in govstats.samples() if path.name == "suqian-2023.html")
PANEL = ["panel", SAMPLE, "-o"]
WRITERS = [
    ["check", SAMPLE, "--format", "json", "-o"],
    ["show", SAMPLE, "--format", "json", "-o"],
    ["show", SAMPLE, "--format", "xlsx", "-o"],
    ["show", SAMPLE, "--format", "parquet", "-o"],
]
"""All these take any name."""
NAMES = [" ".join(each[0:4:3]) for each in WRITERS]


def test_what_was_there_stays_until_the_new_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")

    def half_written() -> None:
        with whole_file(target) as file:
            file.write(b"half")
            assert target.read_text() == "old"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_written()
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert target.read_text() == "old"


@POSIX
def test_an_error_elsewhere_is_not_told_of_the_file_that_is_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="gone"), whole_file(tmp_path / "out" / ".." / "a.json"):
        (tmp_path.parent / "gone.log").open()
    with pytest.raises(UsageError, match="写不了"), whole_file(tmp_path / "none" / "a.json"):
        pass


@pytest.mark.parametrize("command", WRITERS, ids=NAMES)
def test_links_are_followed(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "real").write_text("old")
    (tmp_path / "link").symlink_to("there/real")
    assert _run([*command, str(tmp_path / "link")]) == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "real").read_bytes() != b"old"
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["real"]


@POSIX
@pytest.mark.parametrize("command", WRITERS, ids=NAMES)
def test_a_fifo_is_written_to(command: list[str], tmp_path: Path) -> None:
    fifo, got = tmp_path / "fifo", []
    os.mkfifo(fifo)
    reading = threading.Thread(target=lambda: got.append(fifo.read_bytes()))
    reading.start()
    assert _run([*command, str(fifo)]) == 0
    reading.join(30)
    assert len(got[0]) > 1000
    assert stat.S_ISFIFO(fifo.lstat().st_mode)


@POSIX
@pytest.mark.parametrize("command", [*WRITERS, PANEL], ids=[*NAMES, "panel"])
def test_a_device_stays_a_device(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("/dev/full").lstat() if Path("/dev/full").exists() else pytest.skip("no /dev/full here")
    assert _run([*command, "/dev/full"]) == 2
    assert Path("/dev/full").lstat() == before
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("name", ["nothing", "a.parquet", "a.csv", "a.duckdb"])
def test_a_panel_replaces_panels_only(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / name
    if name == "nothing":
        target.write_text("a file without a suffix")
    else:
        (tmp_path / "folder").mkdir()
        os.mkfifo(target) if hasattr(os, "mkfifo") else pytest.skip("no FIFO here")
    before = target.lstat()
    assert _run([*PANEL, str(target)]) == 2
    assert target.lstat() == before
    assert "不会替换" in capsys.readouterr().err


@POSIX
def test_a_link_to_a_panel_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "a.parquet").symlink_to("there/b.parquet")
    assert _run([*PANEL, str(tmp_path / "a.parquet")]) == 0
    assert (tmp_path / "a.parquet").is_symlink()
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == [
        "b.labels.parquet",
        "b.parquet",
        "b.reports.parquet",
    ]


@POSIX
def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path) -> None:
    (tmp_path / ".a.json.abcd_123.part").write_text("half")
    (tmp_path / ".b.json.abcd_123.part").write_text("of another")
    (tmp_path / ".a.json.mine.part").write_text("named by a person")
    (tmp_path / "elsewhere").write_text("x")
    (tmp_path / ".a.json.link_123.part").symlink_to("elsewhere")
    (tmp_path / ".a.json.folder_1.part").mkdir()
    (tmp_path / ".a.json.folder_1.part" / "half").write_text("x")
    held = held_file(".a.json.", ".part", tmp_path)
    folder = held_folder(".a.json.", ".part", tmp_path)
    with whole_file(tmp_path / "a.json") as file:
        file.write(b"new")
    kept = {"a.json", ".b.json.abcd_123.part", ".a.json.mine.part", "elsewhere", ".a.json.link_123.part"}
    assert {path.name for path in tmp_path.iterdir()} == kept | {held.path.name, folder.path.name}
    held.let_go()
    folder.let_go()
    clear(".a.json.", ".part", tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == kept
