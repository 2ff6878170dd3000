"""The old drawing of a sheet (VML) → what its controls and pictures show over cells, each with the cells it may be in.

Excel keeps the controls of forms, embedded objects and notes there. Its markup is not always well-formed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from govstats.readers._office.marks import OBJECT
from govstats.readers.excel.sheet import LaidOver, Position, between

_CLIENT, _CLIENT_ENDS = b"<x:ClientData", b"</x:ClientData>"
_KIND = re.compile(rb'^[^<>]{0,200}?ObjectType="(\w+)"')
_ANCHOR = re.compile(rb"<x:Anchor>([0-9,\s]{0,200})</x:Anchor>")
_CHOSEN = re.compile(rb"<x:Sel>[1-9]")
_HIDDEN = re.compile(rb"visibility\s{0,9}:\s{0,9}hidden")
_LETTERS = re.compile(rb'<v:textpath\b[^<>]*\bstring="([^"<>]*)"')
_TAG = re.compile(r"<[^<>]*>")
_TEXTBOX, _TEXTBOX_ENDS = b"<v:textbox", b"</v:textbox>"
_LISTS = {b"Drop", b"List"}
_SHAPELESS = {b"Note", b"Spin", b"Scroll"}
"""What shows no figure: notes stay closed, and arrows have none."""


def laid_over(part: bytes) -> Iterator[LaidOver]:
    """What lies over cells: a text, or the mark of what is none."""
    shape, *clients = part.split(_CLIENT)
    for each in clients:
        client, _, following = each.partition(_CLIENT_ENDS)
        kind, anchor = _KIND.search(client), _ANCHOR.search(client)
        if kind and anchor and kind[1] not in _SHAPELESS and not _HIDDEN.search(shape):
            text = _shown(kind[1], shape, client)
            if text and (cells := between(*_cells(anchor[1]))):
                yield cells, text
        shape = following


def _shown(kind: bytes, shape: bytes, client: bytes) -> str:
    """The caption of a control, the letters of a drawing, or the mark of what cannot be read."""
    if kind in _LISTS:
        return OBJECT if _CHOSEN.search(client) else ""
    if letters := _LETTERS.search(shape):
        return _plain(letters[1])
    _, begins, text = shape.rpartition(_TEXTBOX)
    shown = _plain(text.partition(_TEXTBOX_ENDS)[0].partition(b">")[2]) if begins else ""
    return shown or (OBJECT if b"<v:imagedata" in shape else "")


def _plain(markup: bytes) -> str:
    return " ".join(unescape(_TAG.sub(" ", markup.decode("utf-8", "replace"))).split())


def _cells(anchor: bytes) -> tuple[Position, Position]:
    """The first and the last cell: an anchor tells left, top, right and bottom, each with what is beyond its line."""
    places = [int(each) if each.strip().isdigit() else -1 for each in anchor.split(b",")]
    if len(places) < 8:
        return (-1, -1), (-1, -1)
    return (places[2], places[0]), (places[6], places[4])
