"""Figures → documents: the tables of any form (national-2021, if none is named) in the text shapes of real reports.

A layout is a list of rows of (text, colspan, rowspan), as the official form prints it; HTML and every pipe
shape are rendered from it. Figures are given as printed, so blanks and marks can be rendered too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import NamedTuple

import numpy as np
import opencc

from govstats.catalog import layout as official
from govstats.catalog.formats import get_format
from govstats.model.forms import TableForm
from govstats.text.figures import State, figure

FORMAT = get_format("national-2021")
Figures = Mapping[str, Mapping[str, Mapping[str, object]]]
"""table → row code → column key → figure as printed."""
Forms = Mapping[str, TableForm]
"""table → its form: those of one format, or of several."""


class Box(NamedTuple):
    """A cell with its spans."""

    text: str
    width: int = 1
    height: int = 1


Layout = list[list[Box]]


def laid_out(form: TableForm, figures: Figures) -> Layout:
    """A table as its official form prints it."""
    texts = [str(figures[form.name][cell.row][cell.column]) for cell in form.cells]
    return [
        [Box(box.text if box.cell is None else texts[box.cell], box.width, box.height) for box in row]
        for row in official.layout(form)
    ]


def heading(form: TableForm) -> str:
    """The heading of the section that a table stands in: `三、收到和处理…`; an annex has no ordinal."""
    return f"{form.section}、{form.title.zh}" if len(form.section) == 1 else form.section


LAYOUTS: dict[str, Callable[[Figures], Layout]] = {
    name: partial(laid_out, form) for name, form in FORMAT.tables.items()
}
SECTIONS = {name: heading(form) for name, form in FORMAT.tables.items()}


def html_table(layout: Layout) -> str:
    rows = []
    for row in layout:
        cells = []
        for box in row:
            spans = f' colspan="{box.width}"' * (box.width > 1) + f' rowspan="{box.height}"' * (box.height > 1)
            cells.append(f"<td{spans}>{escape(box.text)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "<table border='1'>\n" + "\n".join(rows) + "\n</table>"


def pipe_table(layout: Layout, shape: str) -> str:
    """A1: merged cells are empty tails. A2: the same behind a leading pipe. A3: merged cells are gone.
    A4: an empty cell for every covered place. A5: covered places from above dropped, no tails. A15: Markdown."""
    lines = []
    covered: dict[int, int] = {}
    width = max(sum(box.width for box in row) for row in layout)
    for row in layout:
        texts: list[str] = []
        column = 0
        boxes = iter(row)
        box = next(boxes, None)
        while box is not None or covered.get(column, 0):
            if covered.get(column, 0):
                covered[column] -= 1
                column += 1
                if shape in {"A4", "A15"}:
                    texts.append("")
                continue
            assert box is not None
            texts += [box.text] + [""] * (box.width - 1 if shape in {"A4", "A15"} else 0)
            for offset in range(box.width):
                covered[column + offset] = box.height - 1
            column += box.width
            box = next(boxes, None)
        lines.append(_line(texts, shape, width))
    if shape == "A15":
        lines.insert(1, "|" + "---|" * width)
    return "\n".join(lines)


STREAM_SHAPES = ("A6", "A7", "A8", "A9", "A13", "A16", "A16-rows", "A22", "plain", "spaces")
LOSSY_SHAPES = ("A10", "A11", "A12")
"""What is printed in these is not enough to read every figure: none may be wrong, and what is lost must be told."""


def stream_table(layout: Layout, shape: str) -> str:
    """One cell a line. A6: a line `|` between cells, `||` at a row's end. A7: every cell ends in ` |`, a blank is `|`.
    A8: the same, and a line `|` before every row. A9: blank lines between. plain: nothing between, blanks gone.
    spaces: a row a line, parted by spaces; A22 without headers; A13 with page numbers and banners between the rows.
    A16-rows: each row in another shape. A10: nothing between label and figures. A11: labels only. A12: some figures."""
    rows = [[box.text for box in row] for row in layout]
    if shape == "A6":
        return "\n".join("\n|\n".join(row) + "\n||" for row in rows)
    if shape in {"A7", "A8"}:
        opening = "|\n" * (shape == "A8")
        return "\n".join(opening + "\n".join(f"{text} |" if text else "|" for text in row) for row in rows)
    if shape in {"spaces", "A22"}:
        labelled = not any(has_figures(row[:1]) for row in rows)
        return "\n".join(" ".join(row) for row in rows if shape == "spaces" or has_figures(row) or not labelled)
    if shape == "A13":
        return "\n".join(with_page_breaks([" ".join(row) for row in rows]))
    if shape == "A16-rows":
        return "\n".join(MIXED[number % len(MIXED)](row) for number, row in enumerate(rows))
    if shape == "A10":
        return "\n".join("".join(row) for row in rows)
    if shape in {"A11", "A12"}:
        kept = 0 if shape == "A11" else 2
        return "\n".join("\n".join(text for text in few(row, kept) if text) for row in rows)
    return ("\n\n" if shape == "A9" else "\n").join(text for row in rows for text in row if text)


MIXED = (
    lambda row: " | ".join(row) + " |",
    lambda row: "\n".join(text for text in row if text),
    lambda row: " ".join(row),
    lambda row: "\n".join(f"{text} |" if text else "|" for text in row),
)
TITLE = "某市某局2023年政府信息公开工作年度报告"


def has_figures(row: list[str]) -> bool:
    """Is this a row of figures, not one of headers?"""
    return any(figure(text).state is not State.UNREADABLE for text in row)


def with_page_breaks(lines: list[str]) -> list[str]:
    """A page number behind every fifth line, bare or dressed; every other page opens with the title as a banner."""
    broken = []
    for number, line in enumerate(lines, 1):
        broken.append(line)
        page, rest = divmod(number, 5)
        if not rest:
            broken.append((str(page), f"- {page} -", f"第 {page} 页 共 9 页")[page % 3])
            broken += [TITLE] * (page % 2)
    return broken


def few(row: list[str], kept: int) -> list[str]:
    """The row's labels, and the first figures of several."""
    figures = [at for at, text in enumerate(row) if figure(text).state is not State.UNREADABLE or text.endswith("*")]
    lost = figures[min(kept, len(figures) - 1) :]
    return [text for at, text in enumerate(row) if at not in lost]


def _line(texts: list[str], shape: str, width: int) -> str:
    if shape in {"A1", "A2"}:
        texts = texts + [""] * (width - len(texts))
    line = " | ".join(texts) + " |"
    return f"| {line}" if shape in {"A2", "A15"} else line


PIPE_SHAPES = ("A1", "A2", "A3", "A4", "A5", "A15")


TEXT_SHAPES = (*PIPE_SHAPES, *STREAM_SHAPES)


_LAST_SECTIONS = "五、存在的主要问题及改进情况\n公开还不够及时。\n六、其他需要报告的事项\n无。\n"


def text_table(number: int, layout: Layout, shape: str) -> str:
    """A table as text. A16: every table in a shape of its own."""
    if shape == "A16":
        shape = ("A3", "A7", "A6")[number % 3]
    return pipe_table(layout, shape) if shape in PIPE_SHAPES else stream_table(layout, shape)


def document(figures: Figures, shape: str = "html", title: str = TITLE, forms: Forms = FORMAT.tables) -> str:
    """A whole report: title, prose, its tables. `shape` is `html` or one of TEXT_SHAPES or LOSSY_SHAPES."""
    tables = {heading(form): laid_out(form, figures) for form in forms.values()}
    if shape == "html":
        body = "".join(f"<h2>{section}</h2>{html_table(layout)}" for section, layout in tables.items())
        return (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>"
            f"<h2>一、总体情况</h2><p>本年度共发布信息12条。</p>{body}<h2>五、存在的主要问题及改进情况</h2>"
            "<p>公开还不够及时。</p><h2>六、其他需要报告的事项</h2><p>无。</p></body></html>"
        )
    body = "\n".join(
        f"{section}\n{text_table(number, layout, shape)}" for number, (section, layout) in enumerate(tables.items())
    )
    body = body.replace(TITLE, title)
    return f"{title}\n一、总体情况\n本年度共发布信息12条。\n{body}\n{_LAST_SECTIONS}"


def traditional(text: str) -> str:
    """The text in Traditional Chinese."""
    converted: str = opencc.OpenCC("s2t").convert(text)
    return converted


def as_figures(
    vectors: Mapping[str, np.ndarray], forms: Forms = FORMAT.tables
) -> dict[str, dict[str, dict[str, object]]]:
    """Vectors in the form's cell order → Figures (whole figures without a point)."""
    figures: dict[str, dict[str, dict[str, object]]] = {}
    for name, vector in vectors.items():
        for cell, value in zip(forms[name].cells, vector, strict=True):
            shown = int(value) if float(value).is_integer() else float(value)
            figures.setdefault(name, {}).setdefault(cell.row, {})[cell.column] = shown
    return figures


def random_valid(
    rng: np.random.Generator,
    density: float = 0.4,
    largest: int = 400,
    *,
    plausible: bool = True,
    forms: Forms = FORMAT.tables,
) -> dict[str, np.ndarray]:
    """Figures for all tables in which every relation holds.

    `plausible=False`: disclosures drawn at large, as in the documents that were stored before rules P401 and P403.
    """
    makers = {
        "disclosure": lambda form: random_disclosure(rng, largest, plausible=plausible, form=form),
        "applications": lambda form: valid_applications(rng, density, largest, form),
        "litigation": lambda _: valid_litigation(rng, density, largest),
    }
    summed = lambda form: valid_sums(rng, density, largest, form)  # noqa: E731
    return {name: makers.get(name, summed)(form) for name, form in forms.items()}


def random_disclosure(
    rng: np.random.Generator, largest: int, *, plausible: bool, form: TableForm = FORMAT.tables["disclosure"]
) -> np.ndarray:
    """Plausible: no 规章 made this year (a bureau cannot); what was issued this year is still in force."""
    vector = rng.integers(0, largest, len(form.cells)).astype(float)
    if not plausible:
        return vector
    for made in {"issued", "made"} & {*form.columns}:
        vector[form.position("20.1.rules", made)] = 0
    if "issued" not in form.columns:
        return vector
    vector[form.position("20.1.normative", "in_force")] += vector[form.position("20.1.normative", "issued")]
    return vector


def valid_applications(
    rng: np.random.Generator, density: float, largest: int, form: TableForm = FORMAT.tables["applications"]
) -> np.ndarray:
    codes = [row.code for row in form.data_rows]
    grid = np.zeros((len(codes), 7))
    outcomes = [codes.index(code) for code in codes if code.startswith("3.") and code != "3.7"]
    for code in (*outcomes, codes.index("4")):
        grid[code, :6] = _sparse(rng, 6, density, largest)
    grid[codes.index("3.7")] = grid[outcomes].sum(axis=0)
    inflow = grid[codes.index("3.7"), :6] + grid[codes.index("4"), :6]
    carried = np.minimum(_sparse(rng, 6, density, largest), inflow)
    grid[codes.index("2"), :6] = carried
    grid[codes.index("1"), :6] = inflow - carried
    grid[:, 6] = grid[:, :6].sum(axis=1)
    return _in_cell_order(form, codes, grid)


def valid_litigation(rng: np.random.Generator, density: float, largest: int) -> np.ndarray:
    form = FORMAT.tables["litigation"]
    grid = np.zeros((3, 5))
    for row in range(3):
        grid[row, :4] = _sparse(rng, 4, density, largest)
    grid[:, 4] = grid[:, :4].sum(axis=1)
    return _in_cell_order(form, [row.code for row in form.data_rows], grid)


def valid_sums(rng: np.random.Generator, density: float, largest: int, form: TableForm) -> np.ndarray:
    """Figures for a table whose relations are all sums: parts are drawn, totals are added up, inner ones first."""
    vector = _sparse(rng, len(form.cells), density, largest).astype(float)
    for part, whole in form.within:  # what was counted this year is counted since the beginning too
        for code in (row.code for row in form.data_rows):
            vector[form.position(code, whole)] += vector[form.position(code, part)]
    for _ in form.relations:
        for relation in form.relations:
            (total,) = relation.right
            vector[total] = vector[list(relation.left)].sum()
    return vector


def _sparse(rng: np.random.Generator, size: int, density: float, largest: int) -> np.ndarray:
    return np.where(rng.random(size) < density, rng.integers(0, largest + 1, size), 0)


def _in_cell_order(form: TableForm, codes: list[str], grid: np.ndarray) -> np.ndarray:
    keys = list(form.columns)
    return np.array([grid[codes.index(cell.row), keys.index(cell.column)] for cell in form.cells], dtype=float)
