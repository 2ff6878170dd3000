"""The notebooks run from nothing, and what is stored in them is what they print today."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.notebooks import NOTEBOOKS, run, told

NAMES = ["01-one-report.ipynb", "02-a-thousand-reports.ipynb", "03-write-a-rule-and-a-form.ipynb"]


def stored(path: Path) -> Any:
    nbformat = pytest.importorskip("nbformat", reason="nbformat (govstats[notebook]) is not installed")
    return nbformat.read(path, as_version=4)


def needs(*modules: str) -> None:
    """Skip, with the reason, where something that notebooks need is not installed."""
    for module in modules:
        pytest.importorskip(module, reason=f"{module} (govstats[notebook]) is not installed")
    from govstats.plots import fonts

    if not fonts.installed():
        pytest.skip("no Chinese font is installed here; the notebooks draw plots")


def test_all_notebooks_are_tested() -> None:
    assert [path.name for path in NOTEBOOKS] == NAMES


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_its_stored_output_is_what_it_prints(path: Path) -> None:
    needs("nbformat", "nbclient", "ipykernel", "matplotlib", "duckdb")
    expected, printed = told(stored(path)), told(run(path))
    for number, (before, now) in enumerate(zip(expected, printed, strict=True)):
        assert now == before, f"{path.name}, code cell {number}: stale, run `make notebooks`"


def test_another_output_is_seen() -> None:
    """What the comparison leaves out is not the figures."""
    notebook = stored(NOTEBOOKS[0])
    first = told(notebook)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            other = copy.deepcopy(notebook)
            data = output.get("data", {})
            if "image/png" in data:
                continue
            text = json.dumps(other, ensure_ascii=False)
            shown = data.get("text/plain") or output.get("text")
            assert shown
            changed = json.loads(text.replace(json.dumps(shown, ensure_ascii=False), json.dumps("other")))
            assert "govstats" in data.get("text/html", "") or told(_as_notebook(changed)) != first


def _as_notebook(raw: dict[str, Any]) -> Any:
    import nbformat

    return nbformat.from_dict(raw)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_whole_and_names_no_machine(path: Path) -> None:
    raw = path.read_text("utf-8")
    assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp|Users)/", raw)
    assert not re.search(r"[A-Z]:\\\\+Users", raw)
    cells = [cell for cell in stored(path).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1)), "run from top to bottom, once"
    assert not [output for cell in cells for output in cell.outputs if output.output_type == "error"]
    assert any("image/png" in output.get("data", {}) for cell in cells for output in cell.outputs)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_text_is_chinese_first_with_english_beside(path: Path) -> None:
    for cell in stored(path).cells:
        if cell.cell_type == "markdown":
            words = re.sub(r"`[^`]*`|[#*\s]", "", cell.source)
            assert re.match(r"DuckDB|[\u4e00-\u9fff]|《", words), cell.source
            assert re.search(r"[A-Z][A-Za-z]+", words), cell.source
