"""Files → the same as Word 97, WPS and old Excel write them, by LibreOffice, and only where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAM = shutil.which("soffice")
FILTERS = {".doc": "doc:MS Word 97", ".xls": "xls:MS Excel 97", ".pdf": "pdf"}
_PATIENCE = 600
_MOST = 200
"""LibreOffice converts some 250 files in one run, and leaves the rest without a word."""


def converted(files: dict[str, bytes], suffix: str) -> dict[str, bytes]:
    """Files by name → their conversions by the same names without ending: the program takes so many in one run."""
    found: dict[str, bytes] = {}
    for first in range(0, len(files), _MOST):
        found |= _converted(dict(list(files.items())[first : first + _MOST]), suffix)
    return found


def _converted(files: dict[str, bytes], suffix: str) -> dict[str, bytes]:
    assert PROGRAM, "ask for PROGRAM first"
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        for name, data in files.items():
            (source / name).write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        subprocess.run(
            [
                *(PROGRAM, f"-env:UserInstallation={profile}", "--headless", "--norestore"),
                *("--convert-to", FILTERS[suffix], "--outdir", str(target)),
                *(str(path) for path in sorted(source.iterdir())),
            ],
            check=True,
            capture_output=True,
            timeout=_PATIENCE,
        )
        return {path.stem: path.read_bytes() for path in target.iterdir()}
