"""A folder → the files in it, in a stable order; what programs leave beside documents is told apart.

Links to folders are followed, each folder once, so that loops end. Nothing is left out without being counted.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Container, Iterator
from pathlib import PurePath, PurePosixPath

_LEFT_BY_PROGRAMS = ("~$", "._", ".~lock", ".~")
"""Beginnings of names: owner files of Office, forks of a Mac, locks of LibreOffice and of WPS."""
_LISTS_OF_A_FOLDER = {"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store"}
"""What Windows and a Mac keep in a folder to show it."""
_OF_A_MAC = "__MACOSX"
_OF_SYSTEMS = {_OF_A_MAC, "$RECYCLE.BIN", "System Volume Information", "@eaDir", "#recycle"}
"""Folders that Macs, Windows and stores of files keep: what was thrown away is among it."""
_PARTS_OF_A_PAGE = ("_files", ".files", "_文件")
"""How browsers call the folder of a saved page's pictures and frames, which lies beside the page."""
_PAGES = (".html", ".htm", ".shtml", ".xhtml")


def left_by_programs(path: str) -> str | None:
    """For a file that a program left beside a document, by its path in a folder or an archive: what to count it as."""
    parts = PurePath(path).parts
    if _OF_A_MAC in parts:
        return _OF_A_MAC
    if not parts or parts[-1].lower() in _LISTS_OF_A_FOLDER:
        return parts[-1] if parts else None
    return next((f"{begin}…" for begin in _LEFT_BY_PROGRAMS if parts[-1].startswith(begin)), None)


def part_of_page(path: str, files: Container[str]) -> str | None:
    """For a file in the folder of a saved page that lies beside it: what to count it as. `files`: the paths of all
    files in small letters."""
    parts = PurePosixPath(path).parts
    for at, name in enumerate(parts[:-1]):
        for end in _PARTS_OF_A_PAGE:
            stem = str(PurePosixPath(*parts[:at], name.removesuffix(end))).lower()
            if name.endswith(end) and any(stem + suffix in files for suffix in _PAGES):
                return f"*{end}/"
    return None


def hidden_folder(path: str) -> str | None:
    """The hidden folder that a file lies in, by its path in a folder; None if there is none."""
    parts = PurePath(path).parts[:-1]
    hidden = (at for at, part in enumerate(parts) if part.startswith(".") and part.strip("."))
    return next(("/".join(parts[: at + 1]) for at in hidden), None)


def files_below(
    folder: str,
    passed_over: Counter[str],
    failed: Callable[[OSError], None],
    leaves_out: Callable[[str, bool], bool] = lambda path, is_folder: False,
) -> Iterator[str]:
    """The paths of all files; what is passed over is counted, what cannot be listed is handed to `failed`.

    `leaves_out`: is a path (a folder?) not wanted? Such a folder is not walked.
    """
    seen: set[str] = set()
    for directory, names, files in os.walk(folder, onerror=failed, followlinks=True):
        place = os.path.realpath(directory)
        if place in seen:
            names.clear()
            continue
        seen.add(place)
        kept = [name for name in sorted(names) if not leaves_out(os.path.join(directory, name), True)]
        beside = {name.lower() for name in files} if kept else set[str]()
        names[:] = [name for name in kept if not _is_aside(name, beside, passed_over)]
        for name in sorted(files):
            path = os.path.join(directory, name)
            kind = left_by_programs(name)
            if kind:
                passed_over[kind] += 1
            elif not leaves_out(path, False):
                yield path


def _is_aside(name: str, beside: Container[str], passed_over: Counter[str]) -> bool:
    """A folder that holds no reports: hidden, of a system, or of the parts of a page that lies beside it."""
    kind = part_of_page(f"{name}/_", beside) if name.endswith(_PARTS_OF_A_PAGE) else None
    if name in _OF_SYSTEMS or name.startswith("."):
        kind = f"{name}/"
    if kind:
        passed_over[kind] += 1
    return kind is not None
