"""The way of the data: bytes → Document → Regions → Tables → Report → outcomes → Findings."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import chain, islice
from typing import TypeVar

from govstats import checks
from govstats.alignment.align import align
from govstats.alignment.detect import detect, format_of
from govstats.alignment.locate import locate
from govstats.archive import is_archive
from govstats.audits import Audit, Audited, Entry, Unread
from govstats.errors import ReaderFaultError, ReadError
from govstats.examine import examine
from govstats.formats import known_formats
from govstats.identity import identify
from govstats.lang import Text
from govstats.readers import read_document
from govstats.report import Report
from govstats.sources import Source, plan, unpacked

_STACK = 32
"""Reports are checked in stacks of so many: enough for one matrix product to pay, few enough to stop between them."""
_FEW = 8
_HEAVY = (b"%PDF", b"PK", b"\xd0\xcf\x11\xe0")

Read = Report | Unread
T = TypeVar("T")


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
        return Audit(tuple(entries([Source(name, data)], jobs=0)))
    return Audit(tuple(_audit_stack([parse(name, data)])))


def _named(source: str | os.PathLike[str] | bytes) -> tuple[str, bytes]:
    """What to call a document, and its bytes. Raises ReadError."""
    if isinstance(source, bytes):
        return "<bytes>", source
    if isinstance(source, str) and ("\n" in source or "<" in source):
        return "<text>", source.encode("utf-8", "surrogatepass")
    name = os.fspath(source)
    return name, Source(name).read()


def audit(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], jobs: int | None = None) -> Audit:
    """Audit many reports: files, folders (searched in full), URLs. What cannot be read is in `Audit.unread`.

    `jobs`: worker processes; 0 reads in this process, None decides (see `entries`).
    """
    given = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    return Audit(tuple(entries(plan(given).sources, jobs)))


def entries(sources: Iterable[Source], jobs: int | None = None) -> Iterator[Entry]:
    """Sources → what came of each, in their order, read and checked stack by stack."""
    return _through(audited, sources, jobs)


def reads(sources: Iterable[Source], jobs: int | None = None) -> Iterator[Read]:
    """Sources → each as read, in their order, without a verdict."""
    return _through(list, sources, jobs)


def _through(
    finish: Callable[[list[Read]], list[T]], sources: Iterable[Source], jobs: int | None
) -> Iterator[T | Unread]:
    """Read in `jobs` worker processes under limits of time and memory; with 0, in this process.

    None decides: a few pages or texts, whose readers count before they work, are read here; many documents, and
    containers (PDF, Office files), in as many processes as there are processors.
    """
    waiting = unpacked(sources)
    first = list(islice(waiting, _FEW + 1))
    if jobs == 0 or (jobs is None and len(first) <= _FEW and all(map(_is_light, first))):
        yield from _here(finish, chain(first, waiting))
        return
    from govstats import engines

    if jobs is None:
        jobs = engines.default_jobs() if len(first) > _FEW else 1
    yield from engines.run(finish, chain(first, waiting), jobs)


def _here(finish: Callable[[list[Read]], list[T]], sources: Iterable[Source]) -> Iterator[T]:
    waiting = iter(sources)
    while stack := list(islice(waiting, _STACK)):
        yield from finish([read for source in stack for read in attempts(source)])


def _is_light(source: Source) -> bool:
    return source.is_local and not source.head().startswith(_HEAVY)


def attempts(source: Source, limit: Callable[[], AbstractContextManager[None]] = nullcontext) -> list[Read]:
    """Read one source, or each member of an archive, within a limit; what cannot be read becomes an Unread."""
    found = []
    for part in source.parts():
        with limit():
            found.append(_attempt(part))
    return found


def _attempt(source: Source) -> Read:
    try:
        return parse(source.name, source.read())
    except ReadError as error:
        return Unread(source.name, error)
    except MemoryError:
        return Unread(
            source.name, ReadError(Text("读这个文件需要的内存超过限度。", "It needs more memory than allowed."))
        )
    except Exception as error:
        return Unread(source.name, _fault(error))


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
    checked = _audit_stack([each for each in reads if isinstance(each, Report)])
    return [next(checked) if isinstance(each, Report) else each for each in reads]


def parse(name: str, data: bytes) -> Report:
    """The bytes of one document → Report. Raises ReadError if they cannot be read at all."""
    document = read_document(data)
    detected = detect(document, known_formats().values())
    regions = locate(document, [each.form for each in detected.values()])
    tables = {table: align(regions[table]) for table in sorted(regions, key=lambda table: regions[table][0].place)}
    who = identify(document)
    return Report(
        path=name,
        sha256=hashlib.sha256(data).hexdigest(),
        agency=who.agency,
        year=who.year,
        format=format_of([detected[table] for table in tables]),
        tables=tables,
        document=document,
        reasons={table: detected[table].reason for table in tables},
        period=who.period,
        form_cited=who.form_cited,
        published=who.published,
        several=who.several,
    )


def _audit_stack(reports: list[Report]) -> Iterator[Audited]:
    for examined in examine(reports):
        yield Audited(examined.report, tuple(checks.findings(examined)), examined.counts)
