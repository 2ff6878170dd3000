"""Web pages: what the reader of pages does by a shorter way is what the longer one gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.errors import ReadError
from govstats.model.document import Grid, Span
from govstats.readers import html
from govstats.readers._charset import as_utf8, decode

WIDTHS = st.integers(1, 4)
TABLES = st.lists(st.lists(st.tuples(WIDTHS, WIDTHS), min_size=2, max_size=4), min_size=1, max_size=5)
"""Rows of cells, each so wide and so high."""


def table(rows: list[list[tuple[int, int]]]) -> bytes:
    cells = iter(range(1, 1_000))
    lines = ("".join(f"<td colspan={wide} rowspan={high}>{next(cells)}</td>" for wide, high in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>".encode()


def covered(rows: list[list[tuple[int, int]]]) -> list[list[tuple[str, Span]]]:
    """The same by a map of all places, row by row: what stands above comes down, where the row reaches so far and
    no wider cell has taken its place."""
    found: list[list[tuple[str, Span]]] = []
    hanging: dict[tuple[int, int], str] = {}
    number = 0
    for at, row in enumerate(rows):
        line: list[tuple[str, Span]] = []
        for cell in [*row, None]:
            while (at, len(line)) in hanging:
                line.append((hanging[at, len(line)], Span.FROM_ABOVE))
            if cell is None:
                break
            number += 1
            for offset in range(cell[0]):
                hanging = {place: text for place, text in hanging.items() if place[1] != len(line)}
                hanging |= {(at + down, len(line)): str(number) for down in range(1, cell[1])}
                line.append((str(number), Span.FROM_LEFT if offset else Span.OWN))
        hanging = {place: text for place, text in hanging.items() if place[1] < len(line)}
        found.append(line)
    return found


@given(TABLES)
def test_merged_cells_are_expanded_as_on_a_map_of_all_places(rows: list[list[tuple[int, int]]]) -> None:
    (grid,) = html.read(table(rows)).grids
    assert isinstance(grid, Grid)
    expected = covered(rows)
    assert [list(row.texts) for row in grid.rows] == [[text for text, _ in line] for line in expected]
    for row, line in zip(grid.rows, expected, strict=True):
        assert [row.span(at) for at in range(len(line))] == [span for _, span in line]


def test_merged_cells_without_end_are_refused_before_they_are_filled() -> None:
    few, many = (b"<table>" + b"<tr><td colspan=2>1<td>2" * count for count in (1_000, 20_001))
    assert len(html.read(few).grids[0].rows) == 1_000
    for page in (many, b"<table>" + b"<tr><td colspan=64 rowspan=64>1" * 1_000):
        with pytest.raises(ReadError, match="合并单元格"):
            html.read(page)


def test_a_merged_cell_of_one_place_is_a_cell_like_others() -> None:
    plain, merged = (
        html.read(f"<table><tr><td{sizes}>甲<td{sizes}>1<tr><td{sizes}>乙<td{sizes}>2</table>".encode()).grids
        for sizes in ("", " colspan=1 rowspan='1'")
    )
    assert merged == plain


@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))))
def test_bytes_that_stay_say_what_decoding_says(data: bytes) -> None:
    text, charset = decode(data)
    assert as_utf8(data) == (text.encode("utf-8", "replace"), charset)


def test_line_ends_part_lines_in_preformatted_text_only() -> None:
    pre, prose = (html.read(f"<{tag}>甲\n乙</{tag}>".encode()).paragraphs for tag in ("PRE", "div"))
    assert [each.text for each in pre] == ["甲", "乙"]
    assert [each.text for each in prose] == ["甲 乙"]


def test_a_tag_in_an_attribute_makes_nothing_preformatted() -> None:
    page = "<table><tr><td <pre>甲\n</pre>乙</td><td>1</td></tr></table>"
    assert html.read(page.encode()).grids[0].rows[0].texts == ("甲 乙", "1")
