"""The notebooks: run, stored with their output, and compared with what was stored.

`python -m tests.notebooks` (in a checkout: `make notebooks`) runs all and stores them again.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

from tests.folders import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
_SECONDS = 300
_ADDRESS = re.compile(r"0x[0-9a-f]+")
_TAGS = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)


def run(path: Path) -> Any:
    """A notebook, executed from nothing in an empty folder by this interpreter. Raises if a cell does."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    own = {"PYTHONPATH": str(ROOT), "GOVSTATS_LANG": "", "GOVSTATS_SCHEMAS": "", "MPLBACKEND": _INLINE}
    environment = {**os.environ, **own}
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(notebook, timeout=_SECONDS, kernel_name="python3", record_timing=False)
        client.execute(cwd=folder, env=environment)
    return _bare(notebook)


_INLINE = "module://matplotlib_inline.backend_inline"


def _bare(notebook: Any) -> Any:
    """Without what is of the machine: versions, times, what was written to the error stream."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = [each for each in cell.outputs if each.get("name") != "stderr"]
    return notebook


def told(notebook: Any) -> list[list[str]]:
    """What the cells print and show, as text: no pictures, no addresses, no markup, one blank between words."""
    return [
        [text for output in cell.outputs if (text := _text(output))]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def _text(output: Any) -> str:
    data = output.get("data", {})
    if "image/png" in data:
        return ""
    own = data.get("text/html", "") if "govstats" in data.get("text/html", "") else ""
    text = _TAGS.sub(" ", own) or output.get("text") or data.get("text/plain", "")
    return " ".join(_ADDRESS.sub("0x", text).replace("\\", "/").split())


def store(path: Path) -> None:
    """Run a notebook and write it back with its output."""
    import nbformat

    path.write_text(nbformat.writes(run(path)) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for each in NOTEBOOKS:
        store(each)
