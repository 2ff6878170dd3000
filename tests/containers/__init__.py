"""Story → bytes of every container that is read. A container has shapes, and charsets if it names none of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.containers import odf, pages, pdf, sheets, word
from tests.containers.prints import PRINTS
from tests.dresses import DRESSES, TEXT_DRESSES
from tests.factory import STREAM_SHAPES, TEXT_SHAPES, pipe_table, stream_table
from tests.markings import EVERY, MARKINGS, WRITINGS
from tests.stories import Story, each_cell

_WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be")
"""With a byte order mark, and without one."""
CHARSETS = {
    "simplified": ("utf-8", "utf-8-sig", "gbk", "gb18030", "hz", *_WIDE),
    "traditional": ("utf-8", "big5", "big5hkscs", "gbk", "gb18030", *_WIDE),
    "taiwan": ("utf-8", "big5", "big5hkscs", "gb18030"),
}
"""Script → the charsets that such reports come in."""

CELLS = (*DRESSES, *MARKINGS)
"""The shapes of a container that has cells and looks: any dress, any marking."""
DRESSED_TEXT = tuple(f"{shape} {dress}" for shape in TEXT_SHAPES for dress in TEXT_DRESSES)


UNRULED = tuple(f"{sides} {dress}" for sides in ("bare", "level") for dress in DRESSES)
"""Prints without rules in any dress: placed where that is certain, else told."""


class Container(NamedTuple):
    """`render(story, charset, shape)` makes the bytes. `charsets`: those it may be written in; none: it has its own."""

    shapes: tuple[str, ...]
    render: Callable[[Story, str, str], bytes]
    charsets: tuple[str, ...] = ()


def _dressed(make: Callable[[Story], bytes]) -> Callable[[Story, str, str], bytes]:
    """The shapes of these containers are the dresses of the story itself."""
    return lambda told, _, shape: make(dressed(told, shape))


def dressed(told: Story, shape: str) -> Story:
    """The story in a dress, or with marks."""
    return (DRESSES | EVERY)[shape](told)


def _page(told: Story, charset: str, shape: str) -> bytes:
    return pages.html(dressed(told, shape), charset, "plain")


_HOLDERS: dict[str, Callable[[Story, str, str], bytes]] = {
    **dict.fromkeys(pages.SHAPES, pages.html),
    **dict.fromkeys(("quoted-printable", "base64"), pages.mhtml),
    **dict.fromkeys(("ascii", "characters", "entities", "script"), pages.json_page),
    "zip": lambda told, charset, _: pages.archive({"某局/报告.html": pages.html(told, charset, "plain")}),
}
"""All that holds a page whose own style writes some of its figures."""
WRITTEN = tuple(f"{holder} {marking}" for holder in _HOLDERS for marking in WRITINGS)


def _written(told: Story, charset: str, shape: str) -> bytes:
    holder, _, marking = shape.partition(" ")
    return _HOLDERS[holder](WRITINGS[marking](told), charset, holder)


def _unruled(told: Story, _: str, shape: str) -> bytes:
    sides, _, dress = shape.partition(" ")
    return pdf.pdf(DRESSES[dress](told), printed=PRINTS[sides])


def text(told: Story, charset: str, shape: str) -> bytes:
    """Plain text, tables in one of TEXT_SHAPES, perhaps in a dress: `A6 long-labels`."""
    shape, _, dress = shape.partition(" ")
    told = DRESSES[dress or "plain"](told)
    render = stream_table if shape in STREAM_SHAPES else pipe_table
    on_one_line = lambda each: each.replace("\n", "")  # noqa: E731
    blocks = (block if isinstance(block, str) else render(each_cell(block, on_one_line), shape) for block in told)
    return ("\n".join(blocks) + "\n").encode(charset, "replace")


def archived(told: Story, _: str, shape: str) -> bytes:
    """The report three times under Chinese names: a page, a Word file, text."""
    members = {
        "某局/报告.html": pages.html(told, "gb18030", "plain"),
        "某局/报告.docx": word.by_hand(told),
        "报告.txt": text(told, "utf-8", "A2"),
        "图标.png": b"\x89PNG",
    }
    return pages.archive(members, shape)


ALL_CHARSETS = ("utf-8", "gbk", "gb18030", "big5", "big5hkscs", "hz", *_WIDE)

CONTAINERS: dict[str, Container] = {
    "text": Container(TEXT_SHAPES, text, ("utf-8-sig", *ALL_CHARSETS)),
    "text-dressed": Container(DRESSED_TEXT, text, ("utf-8",)),
    "html": Container(tuple(DRESSES), _page, ALL_CHARSETS),
    "html-marked": Container(tuple(MARKINGS), _page, ("utf-8", "gb18030")),
    "html-written": Container(WRITTEN, _written),
    "page": Container(tuple(pages.SHAPES), pages.html, ALL_CHARSETS),
    "mhtml": Container(("quoted-printable", "base64"), pages.mhtml, ("utf-8", "gbk", "gb18030", "big5")),
    "json": Container(("ascii", "characters", "entities", "script"), pages.json_page, ("utf-8",)),
    "csv": Container(("comma", "tab", "semicolon"), sheets.separated, ("utf-8-sig", *ALL_CHARSETS)),
    "docx": Container(CELLS, _dressed(word.by_hand)),
    "python-docx": Container(("plain", "one-table", "caption"), _dressed(word.by_library)),
    "odt": Container(CELLS, _dressed(odf.odt)),
    "ods": Container(CELLS, _dressed(odf.ods)),
    "xlsx": Container(CELLS, _dressed(sheets.one_sheet)),
    "xlsx-scaled": Container(("plain", "caption", "one-table"), _dressed(sheets.scaled)),
    "xlsx-sheets": Container(CELLS, _dressed(sheets.sheet_per_table)),
    "pdf": Container(CELLS, _dressed(pdf.pdf)),
    "pdf-print": Container(tuple(PRINTS), lambda told, _, shape: pdf.pdf(told, printed=PRINTS[shape])),
    "pdf-unruled": Container(UNRULED, _unruled),
    "zip": Container(("utf-8", "gbk"), archived),
}
