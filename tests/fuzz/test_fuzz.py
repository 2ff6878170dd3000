"""Seeds and what was found are tried with every run of the tests; the search itself is `make fuzz`."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.folders import ROOT
from tests.fuzz.judging import judge
from tests.fuzz.targets import FOUND, targets


@pytest.mark.parametrize("name", targets())
def test_a_sound_document_is_judged_sound(name: str) -> None:
    target = targets()[name]
    judge(target.document(next(target.seeds())))


@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name[:12]}")
def test_what_was_found_is_mended(path: Path) -> None:
    judge(targets()[path.parent.name].document(path.read_bytes()))


def test_what_is_wrong_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tests.fuzz.judging.parse", fails)
    with pytest.raises(ZeroDivisionError):
        judge(b"x")


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris (extra `fuzz`) is not installed")
def test_the_search_runs_and_counts(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--runs", "40", "--only", "text", "--artifacts", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "40 inputs" in done.stdout
    assert "1 targets, 0 with faults" in done.stdout
