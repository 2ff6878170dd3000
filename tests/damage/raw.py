"""Bytes → damaged bytes, as transfers and disks leave them."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from random import Random
from zlib import crc32

import pypdfium2 as pdfium
from selectolax.lexbor import LexborHTMLParser

from tests.damage.verdict import FIGURE, Damaged, Print, compared, print_of


def latin(data: bytes) -> Print:
    """Bytes that show their figures as they are."""
    return print_of(data.decode("latin-1"))


def message(data: bytes) -> Print:
    """What the coded parts of a message print."""
    parts = (part.get_payload(decode=True) for part in message_from_bytes(data).walk() if not part.is_multipart())
    return sum((page(part) for part in parts if isinstance(part, bytes)), Print())


def page(data: bytes) -> Print:
    """What the tables of a page show, and where: in which cell of its row, behind which words. A tag that lost its end
    swallows a figure or moves a whole row, and everybody sees it so."""
    tree = LexborHTMLParser(data)
    shown = Print()
    for row in tree.css("tr"):
        cells = [cell.text() for cell in row.iter() if cell.tag in {"td", "th"}]
        label = crc32("".join(text for text in cells if not FIGURE.fullmatch(text.strip())).encode())
        for at, text in enumerate(cells):
            shown += print_of(text, (label, at))
    return shown + print_of(" ".join(each.text() for each in tree.css("p")))


def drawn(data: bytes) -> Print:
    """What the pages of a PDF show, and where: its fields are told their looks by number, and a lost line of the table
    of objects gives one field the figure of another, whatever its own source says."""
    try:
        document = pdfium.PdfDocument(data)
        return sum((_on_page(document, number) for number in range(len(document))), Print())
    except pdfium.PdfiumError:
        return Print()


def _on_page(document: pdfium.PdfDocument, number: int) -> Print:
    page = document[number]
    pdfium.raw.FPDFPage_Flatten(page.raw, pdfium.raw.FLAT_NORMALDISPLAY)
    text = document[number].get_textpage()
    boxes = (text.get_rect(each) for each in range(text.count_rects()))
    shown = (print_of(text.get_text_bounded(*box), (number, *map(round, box[:2]))) for box in boxes)
    return sum(shown, Print())


def bytes_damaged(data: bytes, rng: Random, is_text: bool = False, show: Callable[[bytes], Print] = latin) -> Damaged:
    """One to three blows to the bytes, as transfers and disks deal them. In text no block goes: what lies behind it is
    then printed, for all anybody can see, where it began. `show` tells what bytes print."""
    kinds = [blow for blow in _ON_BYTES if not (is_text and "block" in blow)]
    blows = [rng.choice(kinds) for _ in range(rng.randint(1, 3))]
    states = [data]
    for blow in blows:
        states.append(_ON_BYTES[blow](states[-1], rng))
    return compared(states[-1], blows, [show(state) for state in states])


def _span(data: bytes, rng: Random, most: int) -> tuple[int, int]:
    start = rng.randrange(max(1, len(data)))
    return start, min(len(data), start + rng.randint(1, most))


def _truncated(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _without_block(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng, 600)
    return data[:start] + data[end:]


def _zeroed_block(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng, 600)
    return data[:start] + bytes(end - start) + data[end:]


def _flipped(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng, 1)
    return data[:start] + bytes(byte ^ (1 << rng.randrange(8)) for byte in data[start:end]) + data[end:]


def _swapped(data: bytes, rng: Random) -> bytes:
    start, _ = _span(data, rng, 1)
    return data[:start] + data[start : start + 2][::-1] + data[start + 2 :]


def _doubled_block(data: bytes, rng: Random) -> bytes:
    start, end = _span(data, rng, 600)
    return data[:end] + data[start:]


_ON_BYTES: dict[str, Callable[[bytes, Random], bytes]] = {
    "truncate": _truncated,
    "drop block": _without_block,
    "zero block": _zeroed_block,
    "flip bit": _flipped,
    "swap bytes": _swapped,
    "double block": _doubled_block,
}
