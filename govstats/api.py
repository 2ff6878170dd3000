"""`govstats.read` and `govstats.check`: one report, by whatever names it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TypeGuard, runtime_checkable

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.audits import Audit
from govstats.model.report import Report
from govstats.pipeline import attempts, audited, checked, parse, parse_all
from govstats.readers import Beside, nothing
from govstats.sources import Source
from govstats.sources.holders import is_archive


@runtime_checkable
class Readable(Protocol):
    """A file that is open, for bytes or for text."""

    def read(self, size: int = -1, /) -> str | bytes:
        """The rest of it."""


Given = str | os.PathLike[str] | bytes | bytearray | memoryview | Readable
"""What names a document, or holds it."""


def read(source: Given) -> Report:
    """Read one report: a path, a URL that fsspec knows, the bytes of a document, its text, or a file that is open.

    A str that holds a line break or a tag is text, any other str is a path. Raises ReadError if the document
    cannot be read at all; a document without tables is a Report without tables.

        >>> report = govstats.read(govstats.samples()[2])
        >>> report.agency, report.year, report.format
        ('昭通市人民政府办公室', 2021, 'national-2021')
        >>> int(report.applications.loc["1", "total"])
        81
    """
    with _naming(source):
        return parse(*_named(source))


def check(source: Report | Given) -> Audit:
    """Audit one report: a Report, or anything that `read` takes; a folder or an archive is audited whole.

    >>> audit = govstats.check(govstats.samples()[2])
    >>> audit.ok, [(each.rule, each.severity) for each in audit.findings]
    (False, [('T304', 'error')])
    """
    if isinstance(source, Report):
        return Audit(tuple(checked([source])))
    if isinstance(source, (str, os.PathLike)) and os.path.isdir(source):
        from govstats.corpus import audit

        return audit([source])
    with _naming(source):
        name, data, beside = _named(source)
        if is_archive(data):
            return Audit(tuple(audited(attempts(Source(name, data)))))
        return Audit(tuple(checked(parse_all(name, data, beside))))


@contextmanager
def _naming(source: Given) -> Iterator[None]:
    """What cannot be read is called by its path: a notebook shows nothing else of it."""
    try:
        yield
    except ReadError as error:
        if not isinstance(source, (str, os.PathLike)) or _is_text(source):
            raise
        path = os.fspath(source)
        raise type(error)(Text(f"{path}：{error.message.zh}", f"{path}: {error.message.en}"), error.hint) from error


def _is_text(source: Given) -> TypeGuard[str]:
    """A str that holds a line break or a tag is a document, any other is a path."""
    return isinstance(source, str) and ("\n" in source or "<" in source)


def _named(source: Given) -> tuple[str, bytes, Beside]:
    """What to call a document, its bytes, and how to come by what lies beside it. Raises ReadError."""
    if isinstance(source, Readable):
        content = source.read()
        name = getattr(source, "name", None)
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        return name if isinstance(name, str) else "<file>", data, nothing
    if isinstance(source, (bytes, bytearray, memoryview)):
        return "<bytes>", bytes(source), nothing
    if _is_text(source):
        return "<text>", source.encode("utf-8", "surrogatepass"), nothing
    file = Source(os.fspath(source))
    return file.name, file.read(), file.beside
