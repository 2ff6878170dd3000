"""Whatever is not foreseen ends in one line on standard error and exit code 2, never in 1, which says "findings"."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import govstats
from govstats.cli import _run

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX")
SUQIAN = next(str(path) for path in govstats.samples() if path.name == "suqian-2023.html")
ZHAOTONG = next(str(path) for path in govstats.samples() if "zhaotong" in path.name)


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "govstats", *arguments]
    return subprocess.run(command, capture_output="stderr" not in options, check=False, timeout=120, **options)


@pytest.mark.parametrize(
    "error",
    [
        ZeroDivisionError("a\nb"),
        RecursionError(),
        MemoryError(),
        KeyError("x"),
        OSError(24, "Too many open files"),
        PermissionError(13, "Permission denied", "a file"),
        BrokenPipeError(32, "Broken pipe"),
        SystemExit(1),
    ],
    ids=repr,
)
@pytest.mark.parametrize("command", ["check", "show", "fix", "rules", "doctor"])
def test_what_nobody_foresaw_is_one_line_and_2(
    error: BaseException, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("govstats.cli.common.Command.invoke", fails)
    assert _run([command, *([SUQIAN] if command in {"check", "show", "fix"} else [])]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) <= 1


@POSIX
@pytest.mark.parametrize("handles", [8, 10, 12, 16, 24, 40])
@pytest.mark.parametrize("more", [[], ["--jobs", "2"]], ids=["here", "workers"])
def test_without_file_handles_nothing_is_taken_for_findings(handles: int, more: list[str]) -> None:
    import resource

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (handles, handles))

    ran = run("check", SUQIAN, *more, "--no-cache", preexec_fn=few)
    assert ran.returncode in {0, 2}
    assert b"Traceback" not in ran.stderr
    assert ran.returncode == 0 or len(ran.stderr.splitlines()) == 1 or b"suqian" in ran.stdout


@POSIX
@pytest.mark.parametrize("megabytes", [64, 128, 256, 512])
def test_without_memory_nothing_is_taken_for_findings(megabytes: int) -> None:
    import resource

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20,) * 2)

    ran = run("check", SUQIAN, preexec_fn=little, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    assert ran.returncode in {0, 2} or ran.returncode < 0
    assert b"Traceback" not in ran.stderr


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_under_both_outputs_is_2() -> None:
    with Path("/dev/full").open("wb") as full:
        assert run("check", ZHAOTONG, stdout=full, stderr=full).returncode == 2
        assert run("check", "no such file", stdout=subprocess.DEVNULL, stderr=full).returncode == 2


@POSIX
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">&- 2>&-"])
def test_outputs_that_are_closed_are_2_or_told(closed: str) -> None:
    command = f"{sys.executable} -m govstats check {SUQIAN} {closed}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=60)
    assert ran.returncode in ({0, 2} if ">&- 2" not in closed else {2})
    assert b"Traceback" not in ran.stderr


@POSIX
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_who_is_told_to_end_leaves_nothing_half_written(name: str, tmp_path: Path) -> None:
    pages, out, temporary = tmp_path / "in", tmp_path / "out", tmp_path / "tmp"
    for folder in (pages, out, temporary):
        folder.mkdir()
    for number in range(400):
        (pages / f"{number}.html").write_bytes(Path(SUQIAN).read_bytes())
    running = subprocess.Popen(
        [sys.executable, "-m", "govstats", "check", str(pages), "--jobs", "2", "--no-cache", "-o", str(out / "a.json")],
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    until = time.monotonic() + 60
    while not list(out.iterdir()) and time.monotonic() < until:
        time.sleep(0.01)
    running.send_signal(signal.Signals[name])
    _, told = running.communicate(timeout=60)
    assert running.returncode == 2
    assert told.decode().split() == ["已中断。"]
    assert list(out.iterdir()) == []
    assert list(temporary.iterdir()) == []


@POSIX
def test_standard_input_is_read_no_further_than_a_file() -> None:
    command = f"yes 0123456789 | {sys.executable} -m govstats check - --no-cache"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=120)
    assert ran.returncode == 2
    assert "文件大于 64 MB" in ran.stdout.decode()
