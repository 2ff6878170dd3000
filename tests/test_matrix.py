"""The factory's matrix: every shape, script and charset, with blanks and marks. No wrong cell, no invented zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest

import govstats
from tests.factory import FORMAT, STREAM_SHAPES, TEXT_SHAPES, Figures, as_figures, document, random_valid, traditional

SHAPES = ("html", *TEXT_SHAPES)
CHARSETS = {
    "simplified": ("utf-8", "gb18030", "utf-16"),
    "traditional": ("utf-8", "big5hkscs", "gb18030"),
    "taiwan": ("utf-8",),
}
GAPS = ("", "/", "—", "无", "1***")


def figure_sets(seed: int) -> Iterator[tuple[str, Figures]]:
    """Sparse, dense, and with a tenth of the cells blank, marked or masked."""
    rng = np.random.default_rng(seed)
    yield "sparse", as_figures(random_valid(rng, 0.05))
    yield "dense", as_figures(random_valid(rng, 1.0, 90_000))
    gaps = as_figures(random_valid(rng, 0.4))
    for rows in gaps.values():
        for row in rows.values():
            for key in row:
                if rng.random() < 0.1:
                    row[key] = rng.choice(GAPS)
    yield "gaps", gaps


def in_script(text: str, script: str) -> str:
    if script == "simplified":
        return text
    converted = traditional(text)
    return converted.replace("信息", "資訊").replace("文件", "檔案") if script == "taiwan" else converted


def compare(figures: Figures, report: govstats.Report, counts: Counter[str]) -> None:
    """Count cells that are exact, not readable, wrong, or a zero that nobody printed."""
    for name, form in FORMAT.tables.items():
        table = report.tables.get(name)
        for cell in form.cells:
            printed = figures[name][cell.row][cell.column]
            value = table.value(cell.row, cell.column) if table else None
            if value is None:
                counts["unreadable" if isinstance(printed, int | float) else "gap"] += 1
            elif isinstance(printed, int | float) and value == printed:
                counts["exact"] += 1
            else:
                counts["invented zero" if value == 0 else "wrong"] += 1


@pytest.mark.parametrize("shape", SHAPES)
def test_no_cell_is_wrong_in_any_shape(shape: str, record_property: pytest.RecordProperty) -> None:
    counts: Counter[str] = Counter()
    documents = 0
    for script, charsets in CHARSETS.items():
        for number, charset in enumerate(charsets):
            for kind, figures in figure_sets(100 * number + len(shape)):
                data = in_script(document(figures, shape), script).encode(charset, "xmlcharrefreplace")
                report = govstats.read(data)
                counted: Counter[str] = Counter()
                compare(figures, report, counted)
                documents += 1
                if kind != "gaps":
                    assert counted["unreadable"] == 0, (shape, script, charset, kind)
                elif counted["unreadable"]:
                    assert {"D002", "D003", "D007"} & {finding.rule for finding in govstats.check(report).findings}
                counts += counted
    print(
        f"{shape}: {documents} documents, {dict(counts)}; wrong {counts['wrong']}, invented {counts['invented zero']}"
    )
    record_property("counts", dict(counts))
    assert counts["wrong"] == 0
    assert counts["invented zero"] == 0
    if shape not in STREAM_SHAPES:
        assert counts["unreadable"] <= counts["exact"] // 50, "a gap costs its row at most"
