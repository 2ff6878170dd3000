"""Batches of tables → files, all or nothing: written apart, and put in their places when the last one is whole.

The kind is told by the target's ending (`KINDS`), a folder by its having none. The table `panel` has the target's own
name, the others stand beside it (`panel.reports.parquet`); a DuckDB file holds all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from govstats.errors import UsageError
from govstats.lang import Text
from govstats.panels.csvfiles import CsvFiles
from govstats.panels.duckdbfile import DuckdbFile
from govstats.panels.parquetfiles import ParquetFiles, YearFiles
from govstats.panels.schema import TABLES
from govstats.sources.wholefile import apart

FOLDER = ""
"""The ending of a folder."""

_OURS = re.compile(r"(?:\d{4}|unknown)\.parquet")


class Files(Protocol):
    """What writes one kind: files under their final names, in a folder of their own."""

    def write(self, table: str, batch: pa.Table) -> None:
        """Some more rows of a table."""

    def close(self) -> None:
        """Make the files whole."""

    def abandon(self) -> None:
        """Let go of the files as they are: they will be thrown away."""


KINDS: dict[str, Callable[[Path, str], Files]] = {
    ".parquet": ParquetFiles,
    ".duckdb": DuckdbFile,
    ".csv": CsvFiles,
    FOLDER: YearFiles,
}
"""The ending of the target → who writes it, given a folder and the target's name."""


def kind_of(given: str) -> str:
    """The kind that a target's name asks for. Raises UsageError for an unknown ending."""
    suffix = Path(given).suffix.lower()
    if given.endswith(("/", os.sep)) or Path(given).is_dir():
        return FOLDER
    if suffix not in KINDS:
        raise UsageError(
            Text(f"面板不能写成 {suffix} 文件。", f"A panel cannot be a {suffix} file."),
            Text(
                "可用的后缀：.parquet .duckdb .csv；文件夹（如 面板/）按年度分成几个 Parquet 文件。",
                "Endings: .parquet .duckdb .csv; a folder (as panel/) gets a Parquet file for each year.",
            ),
        )
    return suffix


def beside(name: str, table: str, suffix: str) -> str:
    """The name of the file that holds a table, where the target is called `name`."""
    if table == "panel":
        return name
    return f"{name.removesuffix(Path(name).suffix) if suffix else name}.{table}{suffix or '.parquet'}"


def files_of(target: Path, kind: str) -> list[Path]:
    """The files that may be written for a target."""
    if kind == ".duckdb":
        return [target]
    return [target.with_name(beside(target.name, table, kind)) for table in TABLES]


@contextmanager
def saved(target: Path, kind: str) -> Iterator[Files]:
    """What is written goes to `target` when the block ends well; else nothing there has changed.

    A link is followed. Raises UsageError if it cannot be written, or if what is there is no panel: a folder that holds
    other things, a file where a folder is to be, a device.
    """
    target = Path(os.path.realpath(target))
    _refuse_what_is_no_file(target, kind)
    if kind == FOLDER:
        _refuse_others(target)
    with apart(target) as folder:
        files = KINDS[kind](folder, target.name)
        try:
            yield files
        except BaseException:
            files.abandon()
            raise
        files.close()
        _put(folder, target, kind)


def _refuse_what_is_no_file(target: Path, kind: str) -> None:
    for each in files_of(target, kind):
        is_right = each.is_dir() if kind == FOLDER and each == target else each.is_file()
        if each.exists() and not is_right:
            raise UsageError(
                Text(
                    f"{each} 已经有了，不是面板，不会替换。", f"{each} is there, is no panel, and will not be replaced."
                ),
                Text("请换一个名字。", "Choose another name."),
            )


def _refuse_others(folder: Path) -> None:
    others = [each.name for each in folder.iterdir() if not _OURS.fullmatch(each.name)] if folder.is_dir() else []
    if others:
        raise UsageError(
            Text(
                f"文件夹 {folder} 里有别的东西（{others[0]}）。",
                f"The folder {folder} holds other things ({others[0]}).",
            ),
            Text("请给一个新的或空的文件夹。", "Name a new or an empty folder."),
        )


def _put(folder: Path, target: Path, kind: str) -> None:
    """Move all files to their places, the panel last; a series of an earlier run does not stay beside it."""
    for each in files_of(target, kind)[::-1]:
        made = folder / each.name
        if not made.exists():
            each.unlink(missing_ok=True)
        elif made.is_dir() and each.exists():
            each.replace(folder / "before")
            made.replace(each)
        else:
            made.replace(each)
