"""Code blocks of a page, and a shell to run them in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import govstats
from tests.folders import ROOT

_PROGRAMS = {"govstats": "govstats", "pytest": "pytest", "python": ""}


def blocks(name: str, language: str) -> list[str]:
    """The blocks of a page that are marked with a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / name).read_text("utf-8"), re.DOTALL | re.MULTILINE)


def lines(name: str) -> list[str]:
    """The commands of a page that a reader is to run."""
    return [line for block in blocks(name, "sh") for line in block.splitlines() if line.split("#")[0].strip()]


def workshop(folder: Path) -> Path:
    """A reader's folder after installing: the samples in 年报/, and beside it the checkout that has them."""
    for name in ("核对/年报", "govstats/govstats/samples"):
        (folder / name).mkdir(parents=True)
        for path in govstats.samples():
            (folder / name / path.name).write_bytes(path.read_bytes())
    return folder / "核对"


def run(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line, by a shell that has the programs of this environment."""
    programs = folder / ".bin"
    programs.mkdir(exist_ok=True)
    for name, module in _PROGRAMS.items():
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {f"-m {module}" if module else ""} "$@"\n', "utf-8")
        program.chmod(0o755)
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    known = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTEST_"))}
    environment = {**known, "PYTHONPATH": str(ROOT), "PATH": path}
    return subprocess.run(
        ["bash", "-e", "-c", line], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


def run_all(folder: Path, commands: list[str]) -> None:
    """Line by line. A line exits with 0, or with 1 where it says `退出码 1` or `退出码 exit code 1`."""
    for line in commands:
        done = run(folder, line)
        expected = 1 if re.search(r"退出码 (?:exit code )?1", line) else 0
        assert done.returncode == expected, f"{line}\n{done.stdout}{done.stderr}"
