"""A page in few tags: it is read as the whole page is read."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govstats.model.document import Document, Grid, Span
from govstats.readers import html
from govstats.readers.html.markup import Slim, slim
from govstats.readers.html.written import Written
from tests.containers.pages import SHAPES, page
from tests.damage import source_damaged
from tests.dresses import DRESSES
from tests.figuresets import sample
from tests.stories import story

BLOCK = re.compile(rb"<(?=/?(?:p|div|br|li|ul|ol|dl|dd|dt|hr|h[1-6]|section|article|title|sup|sub)\b)", re.IGNORECASE)
LINE_ENDS = bytes.maketrans(b"\r\n\f\x1d\x1e", b"     ")
INLINE = ("span", "b", "font", "a", "strong", "o:p", "i", "u", "em")
BLOCKS = ("p", "div", "center", "h2", "section", "li")
ATTRIBUTES = (
    "",
    " class='MsoNormal'",
    ' style="border:none;text-align:center"',
    " align=center",
    " hidden",
    ' style="display: none"',
    " style='text-decoration:line-through'",
    " style='visibility:hidden'",
    " style='visibility:visible;font-size:12px'",
    " style='font-size:0'",
    " style='color:#fff'",
    " style='background:#123'",
    " style='vertical-align:super'",
    " style='position:absolute;left:-999px'",
    ' title="a&lt;b"',
    " data-x=1 nowrap",
)
WORDS = st.sampled_from(["", "甲", "12", " 乙 丙 ", "\n", "&nbsp;", "3&lt;4", "。"])


def whole(page: Written, styled: frozenset[bytes] | None = None) -> Slim:
    """The page with its blocks marked and no tag left out."""
    source = page.source
    marked = BLOCK.sub(b"\f<", source.translate(LINE_ENDS))
    names = frozenset(name.lower() for name in re.findall(rb"<([a-zA-Z][\w:]*)", source))
    return Slim(marked, names, hides=True, tags=frozenset([source]))


def both(source: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[Document, Document]:
    with monkeypatch.context() as patched:
        patched.setattr(html, "slim", whole)
        expected = html.read(source)
    return html.read(source), expected


def dressed(names: tuple[str, ...], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Text in an element; now and then its end is missing, or there is one too many."""
    ends = st.sampled_from(["</{0}>"] * 6 + ["", "</{0}></{0}>"])
    return st.builds(
        lambda name, attributes, text, end: f"<{name}{attributes}>{text}{end.format(name)}",
        st.sampled_from(names),
        st.sampled_from(ATTRIBUTES),
        inner,
        ends,
    )


def tables(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    size = st.sampled_from(["", "", "", " colspan=2", ' rowspan="2"', " style='display:none'", " width='20'"])
    cell = st.builds(lambda size, text, end: f"<td{size}>{text}{end}", size, inner, st.sampled_from(["</td>", ""]))
    row = st.lists(cell, max_size=4).map(lambda cells: f"<tr>{''.join(cells)}</tr>")
    return st.lists(row, max_size=4).map(lambda rows: f"<table border=1>{''.join(rows)}</table>")


def contents(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, max_size=3).map("".join)
    return st.one_of(dressed(INLINE, several), dressed(BLOCKS, several), tables(several), several)


PAGES = st.recursive(WORDS, contents, max_leaves=30)


@settings(max_examples=400)
@given(PAGES)
def test_a_page_in_few_tags_is_read_as_the_whole_page(source: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        found, expected = both(source.encode(), monkeypatch)
    assert found.meta == expected.meta
    assert blocks(found) == blocks(expected)


def blocks(document: Document) -> list[object]:
    """Paragraphs and grids. The number of a paragraph tells nothing but its place: breaks may fall away before it."""
    return [shown(block) if isinstance(block, Grid) else block.text for block in document.blocks]


def shown(grid: Grid) -> object:
    """The rows; those of prose without their numbers."""
    return [row._replace(line=0) for row in grid.rows] if not grid.table else grid


@pytest.mark.parametrize("shape", SHAPES)
def test_damaged_pages_lose_no_more_than_whole_ones(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(shape)  # noqa: S311
    for dress in ("plain", "one-table", "noise"):
        source = page(DRESSES[dress](story(sample("distinct", 1).figures)), shape=shape)
        for _ in range(10):
            found, expected = both(source_damaged(source, chance).data, monkeypatch)
            assert texts(found) == texts(expected)
            assert words(found) == words(expected)


def texts(document: Document) -> list[list[tuple[list[str], tuple[Span, ...]]]]:
    """The texts of each cell without white space: a mangled tag may be a break, or none."""
    return [
        [(["".join(text.split()) for text in row.texts], row.spans) for row in grid.rows] for grid in document.grids
    ]


def words(document: Document) -> str:
    return "".join("".join(paragraph.text.split()) for paragraph in document.paragraphs)


def test_what_is_not_understood_to_the_letter_stays() -> None:
    assert b"<p class='a>" in slim(Written(b"<p class='a><td b='c'>x</td>")).source
    assert b"<img alt=x>" in slim(Written(b"<p><img alt=x></p>")).source
    assert b'<div title="a' in slim(Written(b'<div title="a>b">x</div>')).source


def test_an_element_goes_only_if_all_its_tags_go() -> None:
    told = slim(Written(b"<span hidden>a</span><span class=x>b</span><font size=2>c</font>")).source
    assert told == b"<span hidden>a</span><span>b</span>c"


def test_in_a_table_that_hides_something_all_elements_stay_as_they_are() -> None:
    told = slim(Written(b"<table class=x><tr><td><p hidden>a<div class=x>b</div></p></td></tr></table>")).source
    assert told == b"<table class=x><tr><td>\f<p hidden>a\f<div class=x>b\f</div>\f</p></td></tr></table>"


def test_a_tag_behind_an_open_bracket_is_still_a_break() -> None:
    assert blocks(html.read("<p>数量<5的<p>下一段".encode())) == ["数量<5的", "下一段"]


def test_our_own_mark_in_a_page_is_no_break() -> None:
    assert blocks(html.read("<p>甲\x1e乙</p>".encode())) == ["甲 乙"]
