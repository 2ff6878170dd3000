"""Sources and a report that was read from one of them → its bytes once more, if they are still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from govstats.errors import ReadError
from govstats.sources import Source


class Again:
    """The sources of a run, by their names."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = {source.name: source for source in sources}

    def bytes_of(self, path: str, sha256: str) -> bytes | None:
        """The bytes of the document that was read at this path, maybe in an archive; None if they are gone (standard
        input), or other than they were."""
        source = self._holding(path)
        if source is None or source.name == "-":
            return None
        try:
            data = source.read() if source.name == path else self._member(source, path)
        except ReadError:
            return None
        return data if data is not None and hashlib.sha256(data).hexdigest() == sha256 else None

    def _holding(self, path: str) -> Source | None:
        while path and path not in self._sources:
            path = path.rpartition("/")[0]
        return self._sources.get(path)

    @staticmethod
    def _member(source: Source, path: str) -> bytes | None:
        return next((part.read() for part in source.parts() if part.name == path), None)
