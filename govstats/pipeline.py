"""The way of the data: bytes → Document → Regions → Tables → Report → outcomes → Findings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from govstats import checks
from govstats.alignment.detect import format_of
from govstats.alignment.plans import Found
from govstats.alignment.tables import read_tables
from govstats.alignment.workbook import reports_in
from govstats.catalog.formats import known_formats
from govstats.diagnosis.examine import examine
from govstats.errors import ReaderFaultError, ReadError
from govstats.identity import Identity, identify
from govstats.identity.sitting import BY_NAME, BY_PATH, named_by_path, seat, year_by_name
from govstats.lang import Text, joined
from govstats.model.audits import Audited, Entry, Unread
from govstats.model.document import Document
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.prose import statements
from govstats.proving import proved
from govstats.readers import Beside, nothing, pictures_in, read_document
from govstats.readers.picture.within import with_pictures
from govstats.sources import Source
from govstats.sources.holders import is_archive

Read = Report | Unread


def attempts(source: Source, limit: Callable[[], AbstractContextManager[None]] = nullcontext) -> list[Read]:
    """Read one source, or each member of an archive (also of one in it), each within a limit.

    What cannot be read becomes an Unread.
    """
    found: list[Read] = []
    for part in source.parts():
        with limit():
            found += _attempt(part)
    return found


def _attempt(source: Source) -> Sequence[Read]:
    try:
        return _parsed(source.name, source.read(), source.beside)
    except ReadError as error:
        return [Unread(source.name, _bare(error))]
    except Exception as error:
        return [stumbled(source.name, error)]


def _parsed(name: str, data: bytes, beside: Beside) -> Sequence[Read]:
    try:
        return parse_all(name, data, beside)
    except ReadError as error:
        # An archive so deep inside others is read where it lies less deep: its bytes are not to blame.
        return [Unread(name, _bare(error), None if is_archive(data) else hashlib.sha256(data).hexdigest())]


def _bare(error: ReadError) -> ReadError:
    """The error without where it came from: that holds on to the document, and to all that are read with it."""
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error


def stumbled(name: str, error: Exception) -> Unread:
    """What is told of a document over which the program fell."""
    if isinstance(error, MemoryError):
        return Unread(name, ReadError(Text("读这个文件需要的内存超过限度。", "It needs more memory than allowed.")))
    return Unread(name, _fault(error))


def _fault(error: Exception) -> ReaderFaultError:
    told = f"{type(error).__name__}: {error}"
    return ReaderFaultError(
        Text(f"读取程序出错（{told}）。", f"The reader failed ({told})."),
        Text(
            "这是 govstats 的错，请报告；另存一份再试。",
            "This is a fault of govstats, please report it; or save the file anew.",
        ),
    )


def audited(reads: list[Read]) -> list[Entry]:
    """Check a stack of documents as read."""
    audits = checked([each for each in reads if isinstance(each, Report)])
    return [next(audits) if isinstance(each, Report) else each for each in reads]


def parse(name: str, data: bytes, beside: Beside = nothing) -> Report:
    """The bytes of one document → Report. Raises ReadError if they cannot be read at all, or hold several reports."""
    reports = parse_all(name, data, beside)
    if len(reports) > 1:
        sheets = joined(report.sheet for report in reports)
        raise ReadError(
            Text(
                f"这个工作簿里有 {len(reports)} 份报告：{sheets.zh}。",
                f"This workbook holds {len(reports)} reports: {sheets.en}.",
            ),
            Text("请用 govstats.audit 或 check 一起读。", "Read them all with govstats.audit or check."),
        )
    return reports[0]


def parse_all(name: str, data: bytes, beside: Beside = nothing) -> list[Report]:
    """The bytes of one document → its Report, or those of a workbook that holds several, named as members of an
    archive are (`年报.xlsx/2023年`). `beside`: how a page comes by the pictures that lie beside it. Raises ReadError if
    they cannot be read at all."""
    sha256 = hashlib.sha256(data).hexdigest()
    found = reports_in(read_document(data))
    return [
        _parse(f"{name}/{sheet}" if sheet else name, part, sha256, sheet, data if len(found) == 1 else b"", beside)
        for sheet, part in found
    ]


def _parse(
    name: str, document: Document, sha256: str, sheet: str, data: bytes = b"", beside: Beside = nothing
) -> Report:
    found = read_tables(document)
    if data and _lacks_tables(found):
        document, found = _with_pictures(document, found, data, beside)
    tables, detected = proved(found.tables, document), found.detected
    return assembled(
        name,
        document,
        tables,
        format_of([detected[table] for table in tables]),
        identify(document),
        sha256=sha256,
        sheet=sheet,
        reasons={table: detected[table].reason for table in tables},
    )


def _lacks_tables(found: Found) -> bool:
    """Is a table of the form not there? It may be a picture."""
    name = format_of([found.detected[table] for table in found.tables])
    return name is None or bool(known_formats()[name].tables.keys() - found.tables)


def _with_pictures(document: Document, found: Found, data: bytes, beside: Beside) -> tuple[Document, Found]:
    """The document with what was recognised in the pictures that it shows, and its tables with theirs."""
    whole = with_pictures(document, lambda: pictures_in(document.kind, data, beside))
    return (document, found) if whole is document else (whole, read_tables(whole))


def assembled(
    path: str, document: Document, tables: dict[str, Table], format_: str | None, who: Identity, **details: Any
) -> Report:
    """A whole Report of what was read; its prose is read here. `details` are Report's own."""
    agency = who.agency or (None if who.several or who.rivals else named_by_path(who.called, path))
    year = who.year or (None if tables or not document.is_unread else year_by_name(path))
    sits = seat(agency, who.beside, path, year)
    because = dict(who.because)
    if agency and not who.agency:
        because["agency"] = BY_PATH
    if year and not who.year:
        because["year"] = BY_NAME
    return Report(
        path=path,
        agency=agency,
        year=year,
        format=format_,
        tables=tables,
        document=document,
        period=who.period,
        form_cited=who.form_cited,
        published=who.published,
        several=who.several,
        years_named=who.named,
        place=sits.place,
        body=sits.body,
        called=None if agency else who.called,
        beside=who.beside,
        **statements(document, tables, year, agency)._asdict(),
        **{"sha256": "", **details, "reasons": {**details.get("reasons", {}), **because}},
    )


def checked(reports: list[Report]) -> Iterator[Audited]:
    """Reports as read → the same with their findings; all that follow one form are evaluated at once."""
    for examined in examine(reports):
        yield Audited(examined.report, tuple(checks.findings(examined)), examined.counts)
