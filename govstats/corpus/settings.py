"""Settings: how a run over many documents goes; where its ledger lies."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from govstats.catalog.version import version
from govstats.corpus.engines import Engine, Local
from govstats.corpus.ledger import Ledger
from govstats.errors import UsageError, reason
from govstats.lang import Text

_VARIABLE = "GOVSTATS_CACHE_DIR"


@dataclass(frozen=True, slots=True)
class Settings:
    """`engine` reads the documents; what became of them is kept in `cache`, a folder (None: not kept)."""

    engine: Engine = field(default_factory=Local)
    cache: Path | None = None

    @property
    def _file(self) -> Path | None:
        return self.cache / f"ledger-{version()}.sqlite" if self.cache else None

    @contextmanager
    def ledger(self) -> Iterator[Ledger | None]:
        """The ledger of a run, if it has one. Raises UsageError if the folder cannot be used."""
        opened = _kept(self._file) if self._file else None
        try:
            yield opened
        finally:
            if opened:
                opened.close()


def cache_folder() -> Path:
    """Where results are kept: GOVSTATS_CACHE_DIR, or the user's folder for such things."""
    return Path(os.environ.get(_VARIABLE) or platformdirs.user_cache_path("govstats", appauthor=False))


def _kept(path: Path) -> Ledger:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Ledger(path)
    except (OSError, sqlite3.Error) as error:
        why = reason(error)
        raise UsageError(
            Text(
                f"缓存文件夹 {path.parent} 用不了：{why.zh}。", f"The cache in {path.parent} cannot be used: {why.en}."
            ),
            Text(
                f"用 --no-cache，或用环境变量 {_VARIABLE} 另指一个文件夹。",
                f"Use --no-cache, or name another folder in {_VARIABLE}.",
            ),
        ) from error
