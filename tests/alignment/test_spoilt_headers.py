"""Headers spoilt in every way, of each table of each form, alone or before the beginning of another table: a figure
stands in the cell that its document prints it in, or in none, and what is lost is told.

Where the words that tell two forms apart are gone, a figure of one must not be read as another's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

import numpy as np
import pytest

import govstats
from govstats.alignment.vocabulary import vocabulary, words_of
from govstats.catalog import layout as official
from govstats.catalog.formats import get_format, known_formats
from govstats.model.forms import CellKey, TableForm
from tests.factory import Layout, as_figures, heading, html_table, laid_out, text_table
from tests.judge import untold

Spoil = Callable[[str], str]
SHAPES = ("A1", "A4", "A6", "A7", "plain", "spaces", "A22", "html")


def _at(change: Callable[[str, int], str]) -> Callable[[int], Spoil]:
    return lambda at: lambda word: change(word, min(at, len(word) - 2))


BY_CHARACTER = {
    "swapped": _at(lambda word, at: word[:at] + word[at + 1] + word[at] + word[at + 2 :]),
    "dropped": _at(lambda word, at: word[:at] + word[at + 1 :]),
    "garbled": _at(lambda word, at: f"{word[:at]}\ufffd{word[at + 1 :]}"),
    "cut": _at(lambda word, at: word[: at + 1]),
    "beheaded": _at(lambda word, at: word[at + 1 :]),
}
WHOLE: dict[str, Spoil] = {
    **{name: spoil(1) for name, spoil in BY_CHARACTER.items()},
    "gone": lambda _: "",
    "latin": lambda word: word.encode().decode("latin-1"),
    "gbk": lambda word: word.encode().decode("gbk", "replace"),
}


class Printed(NamedTuple):
    """A table of a form, all its figures different, and what each cell holds."""

    form: TableForm
    boxes: Layout
    truth: dict[CellKey, float]

    def spoilt(self, spoil: Spoil, only: str = "") -> Layout:
        """Its boxes with the words of the header spoilt; or only one of them."""
        words = header_words(self.form)
        change = lambda text: spoil(text) if text in words and only in ("", text) else text  # noqa: E731
        return [[box._replace(text=change(box.text)) for box in row] for row in self.boxes]


def printed(form: TableForm, first: int = 1000) -> Printed:
    values = np.arange(first, first + len(form.cells)).astype(float)
    figures = as_figures({form.name: values}, {form.name: form})
    return Printed(form, laid_out(form, figures), dict(zip(form.cells, values.tolist(), strict=True)))


def header_words(form: TableForm) -> frozenset[str]:
    """The words of its header that name columns."""
    heads = {box.text for row in official.layout(form) for box in row if box.kind == official.HEAD}
    return frozenset(text for text in heads if words_of(text) in vocabulary(form).header and len(text) > 1)


def page(shape: str, *tables: tuple[TableForm, Layout]) -> str:
    """A document of these tables, and nothing behind them."""
    year = get_format(tables[0][0].format).since
    title = f"青山县教育局{year}年政府信息公开工作年度报告"
    if shape == "html":
        body = "".join(f"<h2>{heading(form)}</h2>{html_table(boxes)}" for form, boxes in tables)
        return f"<html><body><h1>{title}</h1>{body}</body></html>"
    texts = (f"{heading(form)}\n{text_table(0, boxes, shape)}" for form, boxes in tables)
    return "\n".join((title, *texts))


FORMS = [form for known in known_formats().values() for form in known.tables.values()]
TELLING = [form for form in FORMS if form.name in ("disclosure", "summary")]
"""Those whose figures have other meanings in other forms."""
IDS = {"ids": lambda each: f"{each.format}-{each.name}" if isinstance(each, TableForm) else str(each)}


def faults(document: str, *tables: Printed) -> set[str]:
    """What is wrong in it: figures outside their own cells, forms called outdated, losses that are not told."""
    (audited,) = govstats.check(document.encode()).audited
    report, truth = audited.report, {cell: holds for each in tables for cell, holds in each.truth.items()}
    found = {
        f"{table.form.format}: {cell}"
        for table in report.tables.values()
        for cell, read in zip(table.form.cells, table.values.tolist(), strict=True)
        if not math.isnan(read) and truth.get(cell) != read
    }
    found |= {finding.rule for finding in audited.findings if finding.rule == "D006"}
    forms = get_format(report.format).tables if report.format else {}
    asked = (cell for cell in untold(audited, forms) if not forms[cell[0]].rows[cell[1]].optional)
    return found | {f"untold: {cell}" for cell in asked}


@pytest.mark.parametrize("form", FORMS, **IDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_all_words_of_a_header_spoilt(form: TableForm, shape: str) -> None:
    whole = printed(form)
    for spoil in WHOLE.values():
        assert not faults(page(shape, (form, whole.spoilt(spoil))), whole)


@pytest.mark.parametrize("form", FORMS, **IDS)
def test_one_word_of_a_header_spoilt_at_every_character(form: TableForm) -> None:
    """The others, or the rows, still tell the form."""
    whole = printed(form)
    for word in sorted(header_words(form)):
        for spoil, at in product(BY_CHARACTER.values(), range(len(word) - 1)):
            document = page("A1", (form, whole.spoilt(spoil(at), word)))
            assert not faults(document, whole)
            assert not govstats.read(document.encode()).tables[form.name].rivals


@pytest.mark.parametrize("form", TELLING, **IDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_spoilt_header_and_the_rows_below_cut_off(form: TableForm, shape: str) -> None:
    whole = printed(form)
    boxes = whole.spoilt(WHOLE["gone"])
    for rows in range(2, len(boxes)):
        assert not faults(page(shape, (form, _first(boxes, rows))), whole)


@pytest.mark.parametrize("form", [form for form in TELLING if form.name == "disclosure"], **IDS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_spoilt_header_before_the_beginning_of_the_next_table(form: TableForm, shape: str) -> None:
    whole = printed(form)
    boxes = whole.spoilt(WHOLE["gone"])
    behind = get_format(form.format).tables["applications"]
    after = printed(behind, 2000)
    for rows in (len(boxes), _rules(boxes)):
        document = page(shape, (form, _first(boxes, rows)), (behind, after.boxes))
        for end in (len(document), *_ends(document)):
            assert not faults(document[:end], whole, after)


def _first(boxes: Layout, rows: int) -> Layout:
    """The first rows, what is merged no higher than they are."""
    return [[box._replace(height=min(box.height, rows - at)) for box in row] for at, row in enumerate(boxes[:rows])]


def _rules(boxes: Layout) -> int:
    """Down to the second row of figures."""
    return [at for at, row in enumerate(boxes, 1) if any(box.text.isdigit() for box in row)][1]


def _ends(document: str) -> Iterator[int]:
    """Where a document may be cut off: in and around 其他处理 of its last table, but in no figure."""
    other = document.rindex("其他处理")
    for end in range(other - 20, min(other + 100, len(document)), 3):
        if not document[end - 1 : end + 1].isdigit():
            yield end


@pytest.mark.parametrize("form", [form for form in TELLING if form.name == "disclosure"], **IDS)
def test_where_no_word_tells_the_form_the_number_of_figures_does(form: TableForm) -> None:
    whole = printed(form)
    report = govstats.read(page("A22", (form, whole.boxes)).encode())
    assert report.tables[form.name].form is form
    assert dict(zip(form.cells, report.tables[form.name].values.tolist(), strict=True)) == whole.truth


def test_a_row_of_the_older_form_in_another_table_does_not_make_a_table_one_of_it() -> None:
    """其他处理 in one row is also found in reports of 2021."""
    old, new = get_format("national-2019").tables, get_format("national-2021").tables
    first, second = printed(new["disclosure"]), printed(old["applications"], 2000)
    for rows in (len(first.boxes), _rules(first.boxes)):
        document = page("A22", (first.form, _first(first.boxes, rows)), (second.form, second.boxes))
        table = govstats.read(document.encode()).tables["disclosure"]
        assert {table.value("20.1.rules", key) for key in table.form.rows["20.1.rules"].columns} in (
            {None},
            {1000.0, 1001.0, 1002.0},
        )
        assert table.form is first.form


def test_figures_of_a_form_that_is_not_known_are_lost_and_it_is_said_why() -> None:
    form = get_format("national-2019").tables["disclosure"]
    whole = printed(form)
    document = page("A22", (form, _first(whole.boxes, _rules(whole.boxes))))
    (audited,) = govstats.check(document.encode()).audited
    assert audited.report.tables["disclosure"].lost == ("20.1.rules", "20.1.normative")
    (lost,) = [finding for finding in audited.findings if finding.rule == "D007"]
    assert "〔2021〕30号、国办公开办函〔2019〕60号" in lost.message.zh
