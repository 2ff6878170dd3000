"""Where copies go: one file, or a folder with a file for each report. No source is ever overwritten."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from govstats.correction.copy import Copy
from govstats.correction.writers import writers
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.sources.wholefile import whole_file

DEFAULT = "docx"

MARK = "改正稿"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LONGEST = 60


def refuse_sources(target: Path, sources: Iterable[str]) -> None:
    """Raises UsageError if a file to write is one of the files to read."""
    for source in sources:
        if _same_file(target, source):
            raise UsageError(
                Text(f"{target} 是要读的原文件，不会覆盖。", f"{target} is a source and will not be overwritten."),
                Text("请换一个文件名。", "Choose another name."),
            )


def _same_file(target: Path, source: str) -> bool:
    try:
        return target.exists() and target.samefile(source)
    except (OSError, ValueError):
        return False


@dataclass(slots=True)
class Targets:
    """`single`: the one file to write; else a folder, in which no existing file is overwritten."""

    path: Path
    format: str
    single: bool
    taken: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, given: str, format_: str | None) -> Targets:
        """`改正.docx` is a file, by its ending, all else a folder. Raises UsageError if name and format differ."""
        path = Path(given)
        named = next((name for name, writer in writers().items() if path.suffix.lower() == writer.SUFFIX), None)
        if named is None or path.is_dir() or given.endswith(("/", os.sep)):
            return cls(path, format_ or DEFAULT, single=False)
        if format_ not in {None, named}:
            raise UsageError(
                Text(f"{path} 的后缀和 --format {format_} 不一致。", f"{path} does not end as --format {format_} does.")
            )
        return cls(path, named, single=True)

    def write(self, copy: Copy, source: str) -> tuple[Path, bytes]:
        """Write a copy of the report that came from `source`. Raises UsageError if it cannot be written."""
        content = writers()[self.format].write(copy)
        try:
            if self.single:
                with whole_file(self.path) as file:
                    file.write(content)
                return self.path, content
            self.path.mkdir(parents=True, exist_ok=True)
            return self._new(source, content), content
        except OSError as error:
            raise UsageError(
                Text(f"写不了 {self.path}：{error.strerror}。", f"Cannot write {self.path}: {error.strerror}.")
            ) from error

    def _new(self, source: str, content: bytes) -> Path:
        """A file that was not there before, named after the source."""
        stem, number = safe_stem(source), 1
        while True:
            name = f"{stem}.{MARK}{f'-{number}' if number > 1 else ''}{writers()[self.format].SUFFIX}"
            number += 1
            if name.casefold() in self.taken:
                continue
            self.taken.add(name.casefold())
            try:
                with (self.path / name).open("xb") as file:
                    file.write(content)
                return self.path / name
            except FileExistsError:
                continue


def safe_stem(source: str) -> str:
    """A path, URL or member of an archive → a file name without its ending that every system can hold."""
    last = re.split(r"[/\\]", source.rstrip("/\\"))[-1]
    stem = _UNSAFE.sub("_", last.rsplit(".", 1)[0] or last).strip(" .-")[:_LONGEST].strip(" .-")
    return f"_{stem}" if not stem or _RESERVED.fullmatch(stem.split(".")[0]) else stem
