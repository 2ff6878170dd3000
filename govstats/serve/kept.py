"""Kept: results that wait to be downloaded. In memory only, for a few minutes, few and small; under unguessable ids."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from govstats.model.audits import Entry, forget
from govstats.serve.settings import Bounds


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one upload; `size` in bytes, about.

    `originals`: the documents that can be given back corrected, by the paths of their reports. `passed_over`: what
    programs left beside documents, by kind, and how many of each. `rosters`: files that are a list of units, and were
    read as reports.
    """

    entries: tuple[Entry, ...]
    size: int = 0
    originals: Mapping[str, bytes] = field(default_factory=dict)
    passed_over: Mapping[str, int] = field(default_factory=dict)
    rosters: Sequence[str] = ()


def new_id() -> str:
    """An id that nobody guesses: 192 random bits."""
    return secrets.token_urlsafe(24)


@dataclass(slots=True)
class Kept:
    """Results by id, the oldest dropped first. `clock` in seconds."""

    bounds: Bounds
    clock: Callable[[], float] = time.monotonic
    _held: dict[str, tuple[float, Result]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def put(self, id_: str, result: Result) -> None:
        """Keep one more, as far as there is room."""
        with self._lock:
            self._held[id_] = self.clock() + self.bounds.kept_seconds, result
        self.drop()

    def get(self, id_: str) -> Result | None:
        """A result, if it is still there."""
        self.drop()
        with self._lock:
            return self._held.get(id_, (0.0, None))[1]

    def drop(self) -> None:
        """Let go of what is too old or too much."""
        with self._lock:
            before = len(self._held)
            now = self.clock()
            for id_ in [id_ for id_, (until, _) in self._held.items() if until <= now]:
                del self._held[id_]
            while self._held and self._is_too_much():
                del self._held[next(iter(self._held))]
            if len(self._held) < before:
                forget()

    def clear(self) -> None:
        """Let go of all."""
        with self._lock:
            self._held.clear()
        forget()

    def _is_too_much(self) -> bool:
        size = sum(result.size for _, result in self._held.values())
        return len(self._held) > self.bounds.kept_results or size > self.bounds.kept_bytes
