"""The way of the data: bytes → Document → Regions → Tables → Report → outcomes → Findings."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from itertools import islice

from govstats import checks
from govstats.align import align
from govstats.archive import is_archive
from govstats.audits import Audit, Audited, Entry, Unread
from govstats.errors import ReadError
from govstats.examine import examine
from govstats.formats import known_formats
from govstats.identity import identify
from govstats.locate import Region, locate
from govstats.readers import read_document
from govstats.report import Report
from govstats.sources import Source, plan, unpacked

_STACK = 256
"""Reports are checked in stacks of so many: enough for one matrix product to pay, few enough to hold in memory."""


def read(source: str | os.PathLike[str] | bytes) -> Report:
    """Read one report: a path, a URL that fsspec knows, the bytes of a document, or its text.

    A str that holds a line break or a tag is text, any other str is a path. Raises ReadError if the document
    cannot be read at all; a document without tables is a Report without tables.
    """
    return parse(*_named(source))


def check(source: Report | str | os.PathLike[str] | bytes) -> Audit:
    """Audit one report: a Report, or anything that `read` takes; a folder or an archive is audited whole."""
    if isinstance(source, Report):
        return Audit(tuple(_audit_stack([source])))
    if not isinstance(source, bytes) and os.path.isdir(source):
        return audit([source])
    name, data = _named(source)
    if is_archive(data):
        return Audit(tuple(entries([Source(name, data)])))
    return Audit(tuple(_audit_stack([parse(name, data)])))


def _named(source: str | os.PathLike[str] | bytes) -> tuple[str, bytes]:
    """What to call a document, and its bytes. Raises ReadError."""
    if isinstance(source, bytes):
        return "<bytes>", source
    if isinstance(source, str) and ("\n" in source or "<" in source):
        return "<text>", source.encode("utf-8", "surrogatepass")
    name = os.fspath(source)
    return name, Source(name).read()


def audit(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> Audit:
    """Audit many reports: files, folders (searched in full), URLs. What cannot be read is in `Audit.unread`."""
    given = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    return Audit(tuple(entries(plan(given).sources)))


def entries(sources: Iterable[Source]) -> Iterator[Entry]:
    """Sources → what came of each, in their order, read and checked stack by stack."""
    waiting = unpacked(sources)
    while stack := list(islice(waiting, _STACK)):
        attempts = [attempt(source) for source in stack]
        audited = _audit_stack([each for each in attempts if isinstance(each, Report)])
        for each in attempts:
            yield next(audited) if isinstance(each, Report) else each


def attempt(source: Source) -> Report | Unread:
    """Read one source; what cannot be read at all becomes an Unread."""
    try:
        return parse(source.name, source.read())
    except ReadError as error:
        return Unread(source.name, error)


def parse(name: str, data: bytes) -> Report:
    """The bytes of one document → Report. Raises ReadError if they cannot be read at all."""
    document = read_document(data)
    regions: dict[str, list[Region]] = {}
    for region in locate(document, (tuple(form.tables.values()) for form in known_formats().values())):
        regions.setdefault(region.form.name, []).append(region)
    tables = {table: align(found) for table, found in regions.items()}
    main = max(tables.values(), key=lambda table: len(table.form.cells), default=None)
    who = identify(document)
    return Report(
        path=name,
        sha256=hashlib.sha256(data).hexdigest(),
        agency=who.agency,
        year=who.year,
        format=main.form.format if main else None,
        tables=tables,
        document=document,
    )


def _audit_stack(reports: list[Report]) -> Iterator[Audited]:
    for examined in examine(reports):
        yield Audited(examined.report, tuple(checks.findings(examined)), examined.counts)
