"""Fifty reports of 95 KB in one drop: seconds until the first result and until all, against `check` of the same files.

python benchmarks/serving.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.serve.serving import CLEAN, ZHAOTONG, part, server
from tests.serve.test_running import large

TURNS = 3


def dropped(url: str, files: list[tuple[str, tuple[str, bytes]]]) -> tuple[float, float]:
    """Seconds until the first result, and until all of them."""
    begun, first = time.monotonic(), 0.0
    with httpx.stream("POST", f"{url}/check", files=files, timeout=300) as answer:
        for piece in answer.iter_text():
            if not first and "<li class=" in piece:
                first = time.monotonic() - begun
    return first, time.monotonic() - begun


def main() -> None:
    """Print the quickest of some turns, and the ratio to the command line."""
    files = [part(f"{n}.html", large(ZHAOTONG if n % 2 else CLEAN, n)) for n in range(50)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "reports")
        folder.mkdir()
        for _, (name, content) in files:
            (folder / name).write_bytes(content)
        with server(Path(scratch), "--jobs", "2") as (url, _):
            took = [dropped(url, files) for _ in range(TURNS)]
        begun = time.monotonic()
        command = [sys.executable, "-m", "govstats", "check", str(folder), "--jobs", "2", "--no-cache"]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        alone = time.monotonic() - begun
    first, whole = min(first for first, _ in took), min(whole for _, whole in took)
    print(f"first result {first:.2f} s, all {whole:.2f} s; `check` of the same files {alone:.2f} s")
    print(f"ratio {whole / alone:.2f}")


if __name__ == "__main__":
    main()
