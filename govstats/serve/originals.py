"""Sources and what came of them → the documents that their senders can have back, corrected; within a bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govstats.correction.own import can_be_corrected
from govstats.model.audits import Audited, Entry, Unfiled
from govstats.sources import Source
from govstats.sources.holders import is_archive


def originals_of(sources: Iterable[Source], entries: Iterable[Entry], most: int) -> dict[str, bytes]:
    """By the paths of reports with findings; so many bytes in all, the first ones first."""
    wanted = {
        entry.path
        for entry in entries
        if isinstance(entry, Audited) and not isinstance(entry, Unfiled) and entry.findings
    }
    found: dict[str, bytes] = {}
    for path, data in _documents(sources, wanted):
        if path not in found and len(data) <= most and can_be_corrected(data):
            found[path] = data
            most -= len(data)
    return found


def _documents(sources: Iterable[Source], wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    """Each report that is wanted, with the document that it was read from: a file, a member of an archive, a workbook
    that holds several."""
    for source in sources:
        inside = {path for path in wanted if path.startswith(f"{source.name}/")}
        if source.name not in wanted and not inside:
            continue
        data = source.read()
        parts = source.parts() if inside and is_archive(data) else [source]
        for part in parts:
            for path in wanted:
                if path == part.name or path.startswith(f"{part.name}/"):
                    yield path, part.read()
