"""Separated values: the figure in its field; why is told in a list beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govstats.correction.inplace._charset import Written
from govstats.correction.inplace._contract import Mark, Signed
from govstats.correction.inplace._figures import Range
from govstats.correction.inplace._splices import Splice, spliced
from govstats.correction.inplace.text import changed
from govstats.model.document import Place
from govstats.readers.csv import delimiter_of

SUFFIXES = (".csv", ".tsv")
PLAIN = True


def operate(data: bytes, marks: Sequence[Mark], signed: Signed) -> tuple[bytes, list[Mark]]:
    """The file with the figures, and all marks: those on what is in doubt are for the list."""
    text = Written.of(data)
    fields = dict(_fields(text.text, delimiter_of(text.text)))
    splices: list[Splice] = []
    done = []
    for mark in marks:
        field = fields.get(mark.place) if mark.place else None
        made = list(changed(text.text, [field], mark)) if field else []
        if made or mark.new is None:
            done.append(mark)
            splices += made
    return text.bytes_of(spliced(text.text, splices)), done


def _fields(source: str, delimiter: str) -> Iterator[tuple[Place, Range]]:
    """Each field by its place, without the quotes around it."""
    quoted = r'"((?:[^"]|"")*)"|' if source.count('"') % 2 == 0 else ""
    field = re.compile(rf"(?:{quoted}([^{re.escape(delimiter)}\r\n]*))({re.escape(delimiter)}|\r\n|\r|\n|\Z)")
    line = begins = column = 1
    at = 0
    while at <= len(source) and (match := field.match(source, at)):
        group = 1 if quoted and match[1] is not None else match.re.groups - 1
        yield Place(0, begins, column), Range(*match.span(group))
        line += len(re.findall(r"\r\n|\r|\n", match[0]))
        at = match.end()
        column += 1
        if match[match.re.groups] != delimiter:
            begins, column = line, 1
            if not match[match.re.groups]:
                return
