"""A Word file: figures struck and inserted as tracked changes, with comments, to accept or reject in Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govstats.correction.inplace._comments import Comments
from govstats.correction.inplace._contract import CannotOperate, Mark, Signed
from govstats.correction.inplace._dye import Addresses, addresses, dye, is_dyed
from govstats.correction.inplace._figures import end_of, may_be_figure
from govstats.correction.inplace._splices import Splice, spliced
from govstats.correction.inplace._theatre import Spot, Theatre
from govstats.correction.inplace._word import Words, WordText
from govstats.correction.inplace._zip import Archive, with_parts
from govstats.readers import docx
from govstats.readers._office.docxmarks import STRICT, TRANSITIONAL
from govstats.readers._office.package import Package

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
PLAIN = False


def operate(data: bytes, marks: Sequence[Mark], signed: Signed) -> tuple[bytes, list[Mark]]:
    """The file with the marks, and those that were made."""
    main = docx.main_part(Package(data, "docx"))
    package = Archive(data)
    source = _undyed(package.text(main))
    namespace = STRICT if STRICT in source and TRANSITIONAL not in source else TRANSITIONAL
    comments = Comments(package, main, namespace, signed)
    text = WordText.of(source, tables_only=not any(mark.sentence for mark in marks))
    spots = list(_spots(text, signed.blanks))
    at = _addresses(data, main, text.source, spots)
    theatre = Theatre(text, comments, signed)
    done = [mark for mark in marks if theatre.make(mark, _told(mark, at, spots))]
    edited = spliced(source, theatre.splices())
    return with_parts(data, {main: edited.encode(), **comments.parts()}), done


def _undyed(text: str) -> str:
    if is_dyed(text):
        raise CannotOperate
    return text


def _spots(text: WordText, blanks: bool) -> Iterator[Spot]:
    """What may be the text of a cell, or the place of one."""
    for paragraph in text.paragraphs:
        if paragraph.cells:
            yield from (words for words in paragraph.words if may_be_figure(text.source[words.start : words.end]))
            if blanks and not paragraph.words:
                yield paragraph


def _addresses(data: bytes, main: str, source: str, spots: Sequence[Spot]) -> Addresses:
    dyed = spliced(source, [_dyed(source, spot, dye(number)) for number, spot in enumerate(spots)])
    return addresses(docx.read(with_parts(data, {main: dyed.encode()}, packed=False)))


def _dyed(source: str, spot: Spot, mark: str) -> Splice:
    """Behind the last letter of a text; a run of its own in a paragraph without one."""
    if isinstance(spot, Words):
        last = end_of(source, spot.start, spot.end)
        return Splice(last, last, mark)
    prefix = spot.prefix
    run = f"<{prefix}:r><{prefix}:t>{mark}</{prefix}:t></{prefix}:r>"
    return spot.with_more(run)


def _told(mark: Mark, at: Addresses, spots: Sequence[Spot]) -> list[Spot]:
    """What stands in the cell of a mark."""
    return [spots[number] for number in at.get(mark.place, ())] if mark.place else []
