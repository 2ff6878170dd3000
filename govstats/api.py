"""`govstats.read` and `govstats.check`: one report, by whatever names it."""

from __future__ import annotations

import os

from govstats.model.audits import Audit
from govstats.model.report import Report
from govstats.pipeline import attempts, audited, checked, parse, parse_all
from govstats.sources import Source
from govstats.sources.archive import is_archive


def read(source: str | os.PathLike[str] | bytes) -> Report:
    """Read one report: a path, a URL that fsspec knows, the bytes of a document, or its text.

    A str that holds a line break or a tag is text, any other str is a path. Raises ReadError if the document
    cannot be read at all; a document without tables is a Report without tables.
    """
    return parse(*_named(source))


def check(source: Report | str | os.PathLike[str] | bytes) -> Audit:
    """Audit one report: a Report, or anything that `read` takes; a folder or an archive is audited whole."""
    if isinstance(source, Report):
        return Audit(tuple(checked([source])))
    if not isinstance(source, bytes) and os.path.isdir(source):
        from govstats.corpus import audit

        return audit([source])
    name, data = _named(source)
    if is_archive(data):
        return Audit(tuple(audited(attempts(Source(name, data)))))
    return Audit(tuple(checked(parse_all(name, data))))


def _named(source: str | os.PathLike[str] | bytes) -> tuple[str, bytes]:
    """What to call a document, and its bytes. Raises ReadError."""
    if isinstance(source, bytes):
        return "<bytes>", source
    if isinstance(source, str) and ("\n" in source or "<" in source):
        return "<text>", source.encode("utf-8", "surrogatepass")
    name = os.fspath(source)
    return name, Source(name).read()
