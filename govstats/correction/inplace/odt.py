"""An OpenDocument text: figures struck and inserted as tracked changes, with comments (annotations)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from govstats.correction.inplace._contract import CannotOperate, Mark, Signed
from govstats.correction.inplace._dye import Addresses, addresses, dye, is_dyed
from govstats.correction.inplace._figures import Range, end_of, figure_of, written
from govstats.correction.inplace._opentext import OpenText, Piece
from govstats.correction.inplace._sentences import sentence_at
from govstats.correction.inplace._splices import Splice, spliced
from govstats.correction.inplace._zip import Archive, with_parts
from govstats.readers import odt

SUFFIXES = (".odt", ".ott")
PLAIN = False

_CONTENT = "content.xml"
_DC = "http://purl.org/dc/elements/1.1/"
_NAMED = re.compile(r'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1\.0"')
_BODY = re.compile(
    r"<office:text\b[^>]*>(?:\s*<office:forms\b(?:[^>]*/>|.*?</office:forms>))?(?P<tracked>\s*<text:tracked-changes\b[^>]*>)?",
    re.DOTALL,
)


def operate(data: bytes, marks: Sequence[Mark], signed: Signed) -> tuple[bytes, list[Mark]]:
    """The file with the marks, and those that were made."""
    source = _undyed(Archive(data).text(_CONTENT))
    text = OpenText.of(source, signed.blanks)
    at = _addresses(data, text)
    theatre = _Theatre(text, signed)
    done = [mark for mark in marks if theatre.make(mark, _told(mark, at, text))]
    edited = spliced(source, theatre.splices())
    return with_parts(data, {_CONTENT: edited.encode()}), done


def _undyed(source: str) -> str:
    if is_dyed(source) or not _NAMED.search(source):
        raise CannotOperate
    return source


def _addresses(data: bytes, text: OpenText) -> Addresses:
    dyed = spliced(text.source, [_dyed(text.source, piece, dye(number)) for number, piece in enumerate(text.figures)])
    return addresses(odt.read(with_parts(data, {_CONTENT: dyed.encode()}, packed=False)))


def _dyed(source: str, piece: Piece, mark: str) -> Splice:
    if piece.start == piece.end:
        return _in_blank(piece, mark)
    last = end_of(source, *piece.range)
    return Splice(last, last, mark)


def _in_blank(piece: Piece, content: str) -> Splice:
    """Content for a paragraph without any, or for a cell without a paragraph."""
    content = f"<text:p>{content}</text:p>" if piece.is_cell else content
    if not piece.alone:
        return Splice(piece.start, piece.start, content)
    opened = piece.dress[0]
    return Splice(piece.start - len(opened), piece.start, f"{opened[:-2].rstrip()}>{content}</{_name(opened)}>")


def _name(tag: str) -> str:
    """`text:p` of `<text:p text:style-name="P1">`."""
    return tag[1:].split(maxsplit=1)[0].rstrip("/>")


def _told(mark: Mark, at: Addresses, text: OpenText) -> list[Piece]:
    return [text.figures[number] for number in at.get(mark.place, ())] if mark.place else []


class _Theatre:
    """Where content.xml is operated on: the marks, one after the other; then all splices."""

    def __init__(self, text: OpenText, signed: Signed) -> None:
        self._text, self._signed = text, signed
        self._taken = text.source
        self._number = 0
        self._regions: list[str] = []
        self._splices: list[Splice] = []

    def make(self, mark: Mark, pieces: Sequence[Piece]) -> bool:
        """Make a mark, at these texts if it is one of a cell; False if that cannot be."""
        if mark.sentence:
            return self._at_sentence(mark)
        source = self._text.source
        found = figure_of([piece.range for piece in pieces], source, mark.raw) if pieces else None
        if found is None:
            return False
        ranges, old = found
        note, last = self._note(mark.note), pieces[-1]
        if mark.new is None:
            behind = ranges[-1].end if ranges else last.end
            self._splices.append(_in_blank(last, note) if last.start == last.end else Splice(behind, behind, note))
            return True
        new = self._inserted(written(mark.new, old)) + note
        for each in ranges:
            dress = next(piece.dress for piece in pieces if piece.start <= each.start < piece.end)
            gone = self._deleted(source[each.start : each.end], dress)
            self._splices.append(Splice(*each, gone + new * (each is ranges[-1])))
        if not ranges:
            self._splices.append(_in_blank(last, new) if last.start == last.end else Splice(last.end, last.end, new))
        return True

    def splices(self) -> list[Splice]:
        """All that is to be put into the source. Raises CannotOperate if it has no body."""
        if not self._regions:
            return self._splices
        body = _BODY.search(self._text.source)
        if body is None or (body["tracked"] or "").endswith("/>"):
            raise CannotOperate
        regions = "".join(self._regions)
        if not body["tracked"]:
            regions = f'<text:tracked-changes text:track-changes="false">{regions}</text:tracked-changes>'
        return [Splice(body.end(), body.end(), regions), *self._splices]

    def _at_sentence(self, mark: Mark) -> bool:
        for line in self._text.lines:
            if found := sentence_at(self._text.source, line, mark.sentence):
                self._splices += self._around(found, mark.note)
                return True
        return False

    def _around(self, found: Range, note: str) -> list[Splice]:
        name = f"govstats{self._new_number()}"
        opened = self._note(note, f' office:name="{name}"')
        return [
            Splice(found.start, found.start, opened),
            Splice(found.end, found.end, f'<office:annotation-end office:name="{name}"/>'),
        ]

    def _deleted(self, text: str, dress: Sequence[str]) -> str:
        opened = "".join(dress)
        closed = "".join(f"</{_name(tag)}>" for tag in reversed(dress))
        number = self._region("deletion", f"{opened}{text}{closed}")
        return f'<text:change text:change-id="{number}"/>'

    def _inserted(self, text: str) -> str:
        number = self._region("insertion", "")
        opened, closed = (f'<text:change-{side} text:change-id="{number}"/>' for side in ("start", "end"))
        return f"{opened}{escape(text)}{closed}"

    def _region(self, kind: str, content: str) -> str:
        name = f"ctg{self._new_number()}"
        info = f"<office:change-info>{self._by()}</office:change-info>"
        self._regions.append(
            f'<text:changed-region xml:id="{name}" text:id="{name}"><text:{kind}>{info}{content}</text:{kind}>'
            f"</text:changed-region>"
        )
        return name

    def _note(self, note: str, name: str = "") -> str:
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in note.split("\n"))
        return f"<office:annotation{name}>{self._by()}{lines}</office:annotation>"

    def _by(self) -> str:
        creator, date = escape(self._signed.author), self._signed.date.removesuffix("Z")
        space = f' xmlns:dc="{_DC}"'
        return f"<dc:creator{space}>{creator}</dc:creator><dc:date{space}>{date}</dc:date>"

    def _new_number(self) -> int:
        self._number += 1
        while f'"ctg{self._number}"' in self._taken or f'"govstats{self._number}"' in self._taken:
            self._number += 1
        return self._number
