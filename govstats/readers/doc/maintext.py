"""The streams of a Word 97–2003 file → its main text: paragraphs, and tables as rows of cells ([MS-DOC]).

Text is what is printed: results of fields without their instructions, nothing hidden or deleted. `\\f` is the end of
a line, `\\v` parts what must not be read as one word: superscript, note marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from govstats.readers.doc.errors import DamagedWordError
from govstats.readers.doc.fib import WordFile
from govstats.readers.doc.pages import PARAGRAPHS, Pages
from govstats.readers.doc.paragraph import WordParagraph
from govstats.readers.doc.pieces import Piece, pieces_of
from govstats.readers.doc.shown import shown_and_deleted
from govstats.readers.doc.story import Story
from govstats.readers.doc.table import Item

_MARK = re.compile("[\r\x07\x0c]")
_CONTROLS = dict.fromkeys(range(0x20), "") | {0x02: "\v", 0x09: "\t", 0x0B: "\f", 0x0C: "\f", 0x0E: "\f", 0x1E: "-"}


def read_word(streams: Mapping[str, bytes]) -> list[Item]:
    """The main text out of the streams `WordDocument`, `0Table` or `1Table`, and `Data` if there is one.

    Raises OldWordError, EncryptedWordError or DamagedWordError.
    """
    file = WordFile.of(streams)
    pieces = pieces_of(file)
    text = "".join(piece.characters(file.word) for piece in pieces)[: file.length]
    if len(text) < file.length:
        raise DamagedWordError("the pieces hold less text than the header counts")
    shown, deleted = shown_and_deleted(file, pieces, text)
    return Story().of(_paragraphs(file, pieces, text, shown, deleted))


def _paragraphs(
    file: WordFile, pieces: list[Piece], text: str, shown: list[str], deleted: bytearray
) -> Iterator[WordParagraph]:
    """The text cut at its marks, each paragraph with the properties of its mark (2.4.6.1)."""
    pages = Pages(file.word, file.paragraph_plc, PARAGRAPHS)
    starts = [piece.start for piece in pieces]
    begin = 0
    for match in _MARK.finditer(text):
        at = match.start()
        piece = pieces[bisect_right(starts, at) - 1]
        paragraph = WordParagraph(_printed(shown[begin:at]), match[0], bool(deleted[at]))
        paragraph.apply(pages.at(piece.byte(at)), file.data)
        paragraph.apply(piece.prm, file.data)
        yield paragraph
        begin = at + 1
    if begin < len(text):
        yield WordParagraph(_printed(shown[begin:]), "\r", False)


def _printed(characters: list[str]) -> str:
    """Without controls, and halves of a pair (UTF-16) joined."""
    text = "".join(characters).translate(_CONTROLS)
    if any("\ud800" <= character <= "\udfff" for character in text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
