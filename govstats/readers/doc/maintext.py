"""The streams of a Word 97–2003 file → its main text: paragraphs, and tables as rows of cells ([MS-DOC]).

Text is what is printed: results of fields without their instructions, nothing hidden or deleted. `\\f` is the end of
a line, `\\v` parts what must not be read as one word: superscript, note marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import pairwise

from govstats.readers._office.marks import FLOATING, OBJECT
from govstats.readers.doc.boxes import Anchored, anchored
from govstats.readers.doc.errors import DamagedWordError
from govstats.readers.doc.fib import WordFile
from govstats.readers.doc.pages import PARAGRAPHS, Pages
from govstats.readers.doc.paragraph import WordParagraph
from govstats.readers.doc.pieces import pieces_of
from govstats.readers.doc.shown import shown_and_deleted
from govstats.readers.doc.sprms import numbers
from govstats.readers.doc.story import Story
from govstats.readers.doc.table import Item

_MARK = re.compile("[\r\x07\x0c]")
_HALF = re.compile("[\ud800-\udfff]")
_ANCHOR = "\x08"
_CONTROLS = dict.fromkeys(range(0x20), "") | {
    0x01: OBJECT,
    0x02: "\v",
    0x08: FLOATING,
    0x09: "\t",
    0x0B: "\f",
    0x0C: "\f",
    0x0E: "\f",
    0x1E: "-",
}
_SEPARATORS = 6
"""Stories of the text of headers that come before those of the sections, six for each section."""
_HEADERS = (0, 1, 4)


def read_word(streams: Mapping[str, bytes]) -> tuple[list[Item], list[str]]:
    """The main text with its text boxes, and the lines of page headers, out of the streams `WordDocument`, `0Table` or
    `1Table`, and `Data` if there is one.

    Raises OldWordError, EncryptedWordError or DamagedWordError.
    """
    file = WordFile.of(streams)
    text = WordText(file)
    return text.main(), list(text.header_lines())


class WordText:
    """All texts of a file by position, the main text first."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._pieces = pieces_of(file)
        self._text = "".join(piece.characters(file.word) for piece in self._pieces)
        if len(self._text) < file.length:
            raise DamagedWordError("the pieces hold less text than the header counts")
        self._shown, self._deleted = shown_and_deleted(file, self._pieces, self._text)
        self._pages = Pages(file.word, file.paragraph_plc, PARAGRAPHS)
        self._starts = [piece.start for piece in self._pieces]
        self._anchored: dict[int, Anchored] = {}

    def main(self) -> list[Item]:
        """The main text, each text box behind the paragraph that it is anchored in."""
        main = range(self._file.length)
        if _ANCHOR in self._text[: self._file.length]:
            with suppress(DamagedWordError):
                self._anchored = anchored(self._file)
            self._drop_far(main)
        return Story().of(self._paragraphs(main))

    def header_lines(self) -> Iterator[str]:
        """The lines of page headers, without those of footers."""
        plc, start = self._file.header_plc, self._file.header_start
        ends = numbers(plc, 0, len(plc) // 4)
        for index, (first, last) in enumerate(pairwise(ends)):
            if index >= _SEPARATORS and (index - _SEPARATORS) % 6 in _HEADERS and last - first > 1:
                yield from _printed(self._shown[start + first : start + last - 1]).split()

    def _drop_far(self, main: range) -> None:
        """Anchors of what cannot stand for a figure, and of text boxes, whose text does."""
        for at in main:
            if self._text[at] == _ANCHOR and (found := self._anchored.get(at)) and (found.text or not found.is_near):
                self._shown[at] = ""

    def _paragraphs(self, span: range) -> Iterator[WordParagraph]:
        """The text cut at its marks, each paragraph with the properties of its mark (2.4.6.1)."""
        begin = span.start
        for match in _MARK.finditer(self._text, span.start, span.stop):
            at = match.start()
            piece = self._pieces[bisect_right(self._starts, at) - 1]
            paragraph = WordParagraph(_printed(self._shown[begin:at]), match[0], bool(self._deleted[at]))
            paragraph.apply(self._pages.at(piece.byte(at)), self._file.data)
            paragraph.apply(piece.prm, self._file.data)
            paragraph.boxes = self._boxes(range(begin, at))
            yield paragraph
            begin = at + 1
        if begin < span.stop:
            yield WordParagraph(
                _printed(self._shown[begin : span.stop]), "\r", False, boxes=self._boxes(range(begin, span.stop))
            )

    def _boxes(self, span: range) -> list[Item]:
        """What stands in the text boxes that are anchored here."""
        found = (self._anchored.pop(at, None) for at in span) if self._anchored else ()
        return [item for box in found if box and box.text for item in self._box(box.text)]

    def _box(self, span: range) -> list[Item]:
        try:
            return Story().of(self._paragraphs(span))
        except DamagedWordError:
            return [_printed(self._shown[span.start : span.stop])]


def _printed(characters: list[str]) -> str:
    """Without controls, and halves of a pair (UTF-16) joined."""
    text = "".join(characters).translate(_CONTROLS)
    if _HALF.search(text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
