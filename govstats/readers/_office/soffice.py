"""What only LibreOffice reads, or converts → .docx, .xlsx, where LibreOffice is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from govstats.readers._limits import UNPACKED

_PATIENCE = 60
"""Seconds that a conversion may take."""


_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


def docx_of(data: bytes, suffix: str = ".doc") -> bytes | None:
    """The file, which has this suffix, as .docx; see `converted`."""
    return converted(data, suffix, "docx")


def converted(data: bytes, suffix: str, to: str) -> bytes | None:
    """The file, which has this suffix, as `docx` or `xlsx`; None if there is no LibreOffice, if it fails, or if what it
    makes is too large."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with TemporaryDirectory(prefix="govstats-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"report{suffix}")
        source.write_bytes(data)
        result = Path(folder, "out", f"report.{to}")
        if not _convert(program, Path(folder), source, result.parent, to) or not result.is_file():
            return None
        return None if result.stat().st_size > UNPACKED else result.read_bytes()


def _convert(program: str, folder: Path, source: Path, target: Path, to: str) -> bool:
    """Run LibreOffice with a profile of its own; after a minute it is stopped, with all it has started."""
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", _FILTERS[to]),
        *("--outdir", str(target), str(source)),
    ]
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    except OSError:
        return False
    try:
        return process.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """The process and its children (soffice is a script that starts the program proper)."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
