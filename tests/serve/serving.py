"""The page under test: in process, or as a server of its own; uploads that are as they should be, and that are not."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import govstats

ZHAOTONG = next(path for path in govstats.samples() if "zhaotong" in path.name)
CLEAN = next(path for path in govstats.samples() if "suqian-2023" in path.name)
LATER = next(path for path in govstats.samples() if "suqian-2024" in path.name)
_KILLED = -9
URL = "http://127.0.0.1:8765"


def part(path: Path | str, content: bytes | None = None) -> tuple[str, tuple[str, bytes]]:
    """A file of a form."""
    return "files", (Path(path).name, Path(path).read_bytes() if content is None else content)


def zipped(**files: bytes) -> bytes:
    """A zip of these files; `__` in a name is a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return held.getvalue()


@contextmanager
def client(**options: Any) -> Iterator[Any]:
    """The application in process, asked from its own site."""
    from starlette.testclient import TestClient

    from govstats.serve import Options, application

    with TestClient(application(Options(**{"jobs": 1, **options})), base_url=URL, follow_redirects=False) as made:
        yield made


@contextmanager
def server(
    folder: Path, *arguments: str, bent: str = "", says: str = ""
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server in a process of its own, whose temporary files go into `folder`: its URL and the process. Unless it is
    killed it says nothing but its address and, in the end, what it `says`. `bent`: code that runs before it, so that
    nobody need wait for a deadline."""
    started = f"{bent}\nfrom govstats.cli import main\nmain()"
    process = subprocess.Popen(
        [sys.executable, "-c", started, "serve", "--port", "0", *arguments],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(folder), "PYTHONUTF8": "1"},
    )
    assert process.stderr is not None
    said: list[str] = []
    hearing = Thread(target=said.extend, args=(process.stderr,))
    try:
        line = process.stderr.readline()
        assert "http://" in line, line + process.stderr.read()
        hearing.start()
        yield _url(line), process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(20)
        if hearing.is_alive():
            hearing.join()
        process.stderr.close()
        sys.stderr.writelines(said)
    assert "".join(said) == says or process.returncode == _KILLED


def _url(line: str) -> str:
    return next(word for word in line.split() if word.startswith("http")).rstrip("/")
