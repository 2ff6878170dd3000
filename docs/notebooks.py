"""A hook of mkdocs: the notebooks of the repository as pages, with what they showed when they were last run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

_FOLDER = Path(__file__).parent.parent / "notebooks"


def on_files(files: Files, config: Any, **_: Any) -> Files:
    """The pages of the site, and one a notebook."""
    for path in sorted(_FOLDER.glob("*.ipynb")):
        name = f"notebooks/{path.stem}.md"
        files.append(File.generated(config, name, content="\n\n".join(_blocks(json.loads(path.read_text("utf-8"))))))
    return files


def _blocks(notebook: dict[str, Any]) -> Iterator[str]:
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield source
        elif source:
            yield f"```python\n{source}\n```"
            for output in cell["outputs"]:
                yield _shown(output)


def _shown(output: dict[str, Any]) -> str:
    """A picture, a table, or what was printed; a table scrolls by itself."""
    data = output.get("data", {})
    if "image/png" in data:
        return f'<img alt="" src="data:image/png;base64,{"".join(data["image/png"]).strip()}">'
    if "text/html" in data:
        rows = "".join(data["text/html"]).splitlines()
        return f'<div style="overflow-x: auto">{"".join(row.strip() + " " for row in rows)}</div>'
    return f"```text\n{''.join(output.get('text', data.get('text/plain', ''))).rstrip()}\n```"
