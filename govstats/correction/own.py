"""A document and what was found in it → its own copy, corrected in place; one of an older format is converted first,
where that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

import numpy as np

from govstats.correction.inplace import Corrected, in_place, surgeons
from govstats.correction.marks import Mark, marks
from govstats.errors import GovstatsError
from govstats.lang import Text
from govstats.model.audits import Audited
from govstats.model.report import Report
from govstats.pipeline import checked, parse_all
from govstats.readers import reader_of
from govstats.readers._office.soffice import converted
from govstats.sources.openings import LIST_OPENING

_CONVERTED = {"doc": ".doc", "rtf": ".rtf", "pdf": ".pdf", "excel": ".xls", "officexml": ".xml"}
"""Readers of what is not corrected in place, and an ending by which LibreOffice knows it."""
_SIGNATURES = ("_xmlsignatures/", "meta-inf/documentsignatures.xml")
_CHANGES = Text("改动（{n}）", "Changed ({n})")
_DOUBTS = Text("未改动，请核对（{n}）", "Not changed, to be checked ({n})")


def own_copy(
    data: bytes, entries: Sequence[Audited], date: str, *, comments_only: bool = False, convert: bool = False
) -> Corrected | None:
    """The document that these reports were read from, with its corrections and comments; None if there are none, or it
    is of a kind that is not corrected in place. `date`: `2025-01-31T00:00:00Z`."""
    told = _told(entries, comments_only)
    if not told:
        return None
    made = in_place(data, entries[0].path, [entry.report for entry in entries], told, date)
    if made is None and convert:
        made = _by_conversion(data, entries, date, comments_only)
    return None if made is None or (made.is_plain and not made.changes) else made


def can_be_corrected(data: bytes) -> bool:
    """Is it of a kind that is corrected in place?"""
    return reader_of(data) in surgeons()


def is_signed(data: bytes) -> bool:
    """Has a document a digital signature? It holds for the bytes that were signed, and for no copy that is changed."""
    with suppress(BadZipFile), ZipFile(BytesIO(data)) as package:
        return any(name.lower().startswith(_SIGNATURES) for name in package.namelist())
    return False


def list_beside(made: Corrected, name: str) -> bytes:
    """What was changed and what is in doubt, a line each: to stand beside a copy that holds no comments."""
    changed = [mark for mark in made.done if mark.new is not None]
    doubts = [mark for mark in made.done if mark.new is None]
    lines = [f"{LIST_OPENING}{name}"]
    for heading, told in ((_CHANGES, changed), (_DOUBTS, doubts)):
        lines += [str(heading.format(n=len(told))), *map(_line, told)] if told else []
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _line(mark: Mark) -> str:
    where = f"{mark.place}，" if mark.place else ""
    return f"{where}{mark.cell}：{mark.note}" if mark.cell else f"“{mark.sentence}”：{mark.note}"


def _told(entries: Sequence[Audited], comments_only: bool) -> list[Mark]:
    return [mark for entry in entries for mark in marks(entry, comments_only)]


def _by_conversion(data: bytes, entries: Sequence[Audited], date: str, comments_only: bool) -> Corrected | None:
    """By LibreOffice, if what it makes is read as the document was."""
    kind = reader_of(data) or ""
    if kind not in _CONVERTED:
        return None
    to = "xlsx" if kind == "excel" else "docx"
    content = converted(data, _CONVERTED[kind], to)
    if content is None:
        return None
    path = str(PurePosixPath(entries[0].path).with_suffix(f".{to}"))
    try:
        reports = parse_all(path, content)
    except GovstatsError:
        return None
    if not _are_alike([entry.report for entry in entries], reports):
        return None
    told = _told(list(checked(reports)), comments_only)
    return in_place(content, path, reports, told, date)


def _are_alike(before: Sequence[Report], after: Sequence[Report]) -> bool:
    """Do they hold the same figures?"""
    return len(before) == len(after) and all(
        list(one.tables) == list(other.tables)
        and all(np.array_equal(t.values, other.tables[n].values, equal_nan=True) for n, t in one.tables.items())
        for one, other in zip(before, after, strict=True)
    )
