"""Where copies go: one file, or a folder with a file for each report. No source is ever overwritten."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import BinaryIO

from govstats.correction.inplace import surgeons
from govstats.correction.writers import writers
from govstats.errors import UsageError, reason
from govstats.lang import Text
from govstats.sources.own import LISTED
from govstats.sources.wholefile import whole_file

DEFAULT = "docx"

TABLES = "附表改正稿"
"""What copies in the official layout are called: they hold nothing else of the document."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LONGEST = 60
_NEVER = {".doc", ".xls", ".wps", ".et", ".pdf", ".rtf"}
"""Endings of documents that are read, and never written. Who names such a file does not mean a folder."""


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
    """`single`: the one file to write; else a folder, in which no existing file is overwritten. `format` is that of
    tables in the official layout, None: the document itself is to be corrected, where that can be done."""

    path: Path
    format: str | None
    single: bool
    taken: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, given: str, format_: str | None) -> Targets:
        """`改正.docx` is a file, by its ending, all else a folder. Raises UsageError if name and format differ."""
        path = Path(given)
        suffix = path.suffix.lower()
        is_folder = path.is_dir() or given.endswith(("/", os.sep))
        if suffix in _NEVER and not is_folder:
            raise UsageError(
                Text(f"改正稿不能写成 {suffix} 文件。", f"No copy is written as a {suffix} file."),
                Text("请给一个文件夹，如 --apply 改正稿/。", "Name a folder, as in --apply copies/."),
            )
        if suffix not in _suffixes() or is_folder:
            return cls(path, format_, single=False)
        if format_ is not None and suffix != writers()[format_].SUFFIX:
            raise UsageError(
                Text(f"{path} 的后缀和 --format {format_} 不一致。", f"{path} does not end as --format {format_} does.")
            )
        return cls(path, format_, single=True)

    def takes(self, suffix: str) -> bool:
        """May a file of this ending be written there?"""
        return not self.single or self.path.suffix.lower() == suffix

    @property
    def format_of_tables(self) -> str:
        """The format of tables in the official layout. Raises UsageError if the one file is to be of another kind."""
        if not self.single:
            return self.format or DEFAULT
        suffix = self.path.suffix.lower()
        named = next((name for name, writer in writers().items() if suffix == writer.SUFFIX), None)
        if named is None:
            raise UsageError(
                Text(f"这份报告不能改成 {suffix} 文件。", f"This report cannot be corrected as a {suffix} file."),
                Text("请给一个文件夹，或 .docx、.xlsx、.html。", "Name a folder, or .docx, .xlsx, .html."),
            )
        return named

    def write(self, content: bytes, source: str, mark: str, suffix: str) -> Path:
        """Write a copy of the report that came from `source`. Raises UsageError if it cannot be written."""
        try:
            if self.single:
                with whole_file(self.path) as file:
                    file.write(content)
                return self.path
            self.path.mkdir(parents=True, exist_ok=True)
            return self._new(f"{safe_stem(source)}.{mark}", suffix, content)
        except OSError as error:
            why = reason(error)
            raise UsageError(Text(f"写不了 {self.path}：{why.zh}。", f"Cannot write {self.path}: {why.en}.")) from error

    def write_beside(self, target: Path, content: bytes) -> Path:
        """Write the list that belongs to a copy, beside it."""
        return Targets(target.parent, None, single=False).write(content, target.name, LISTED, ".txt")

    def _new(self, stem: str, suffix: str, content: bytes) -> Path:
        """A file that was not there before."""
        for number in count(1):
            name = f"{stem}{f'-{number}' if number > 1 else ''}{suffix}"
            if name.casefold() in self.taken:
                continue
            self.taken.add(name.casefold())
            try:
                with (self.path / name).open("xb") as file:
                    _fill(file, content)
                return self.path / name
            except FileExistsError:
                continue
        raise AssertionError("numbers do not end")


def _fill(file: BinaryIO, content: bytes) -> None:
    """All of it, or no file."""
    try:
        file.write(content)
        file.flush()
    except BaseException:
        Path(file.name).unlink()
        raise


def _suffixes() -> set[str]:
    own = {suffix for surgeon in surgeons().values() for suffix in surgeon.SUFFIXES}
    return own | {writer.SUFFIX for writer in writers().values()}


def safe_stem(source: str) -> str:
    """A path, URL or member of an archive → a file name without its ending that every system can hold."""
    last = re.split(r"[/\\]", source.rstrip("/\\"))[-1]
    stem = _UNSAFE.sub("_", last.rsplit(".", 1)[0] or last).strip(" .-")[:_LONGEST].strip(" .-")
    return f"_{stem}" if not stem or _RESERVED.fullmatch(stem.split(".")[0]) else stem
