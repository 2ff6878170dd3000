"""Globs of what is not to be read (`--exclude`, the setting `exclude`) → is a file or a folder one of it?

A glob without `/` is a name, of a file or of a folder, wherever it is; one with `/` is a path as seen from the folder
that is searched, or from the working folder (a setting: from the configuration's). `旧/` and `旧/*` are folders only.
An excluded folder is excluded with all that is in it. `\\` is `/`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PureWindowsPath
from urllib.parse import unquote

from govstats.sources.filenames import readable

_EVERYTHING_IN = ("/**", "/*", "/")
_ANYWHERE = "**/"


@dataclass(frozen=True, slots=True)
class _Glob:
    text: str
    is_name: bool
    is_absolute: bool
    folders_only: bool

    @classmethod
    def of(cls, given: str) -> _Glob:
        text = plain = _plain(given.strip())
        while ending := next((end for end in _EVERYTHING_IN if plain.endswith(end) and plain != end), None):
            plain = plain.removesuffix(ending)
        anchored = "/" in plain or (plain != text and text.endswith("*"))
        is_name = not anchored or (text.startswith(_ANYWHERE) and "/" not in plain.removeprefix(_ANYWHERE))
        return cls(
            plain.removeprefix(_ANYWHERE) if is_name else plain,
            is_name,
            plain.startswith("/") or bool(PureWindowsPath(plain).drive),
            plain != text,
        )

    def is_like(self, path: str) -> bool:
        """Is it this path, which begins where the glob does?"""
        if self.is_name:
            return fnmatchcase(path.rpartition("/")[2], self.text)
        return fnmatchcase(path, self.text) or fnmatchcase(path, self.text.replace(_ANYWHERE, ""))


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What is not read; `folder` is where the globs are seen from."""

    globs: tuple[_Glob, ...] = ()
    folder: str = ""

    @classmethod
    def of(cls, globs: Iterable[str], folder: str | os.PathLike[str] = "") -> Exclusion:
        """Globs as given; blank ones mean nothing. `folder`: the working folder, if it is not said."""
        return cls(tuple(_Glob.of(glob) for glob in globs if glob.strip()), os.path.abspath(folder))

    def leaves_out(self, path: str, root: str | None = None, is_folder: bool = False) -> bool:
        """Is a path not to be read, for its name or that of a folder which it lies in?

        `root`: the folder, or its URL, that is searched. Without it the path was named as it is.
        """
        if not self.globs:
            return False
        ways = list(_ways(self._seen(path, root, is_folder), is_folder))
        whole = list(_ways([_plain(os.path.abspath(path))], is_folder)) if "://" not in path else []
        return any(
            glob.is_like(way)
            for glob in self.globs
            for way, folder in (whole if glob.is_absolute else ways)
            if folder or not glob.folders_only
        )

    def _seen(self, path: str, root: str | None, is_folder: bool) -> list[str]:
        """The path as it is seen from where globs begin."""
        if "://" in path:
            return [unquote(path.removeprefix(root) if root else path.partition("://")[2]).strip("/")]
        views = [os.path.relpath(path, root)] if root is not None else []
        here = _below(path, self.folder)
        if here is not None:
            views.append(here)
        elif root is None and not is_folder:
            views.append(path)
        return [_plain(view).lstrip("/") for view in views if view != os.curdir]


def _ways(seen: Iterable[str], is_folder: bool) -> Iterator[tuple[str, bool]]:
    """A path and the folders on the way to it; is it a folder?"""
    for path in seen:
        yield path, is_folder
        while path := path.rpartition("/")[0]:
            yield path, True


def _below(path: str, folder: str) -> str | None:
    """The path as seen from a folder that it lies below."""
    try:
        seen = os.path.relpath(path, folder)
    except ValueError:  # another drive
        return None
    return None if seen.split(os.sep)[0] == os.pardir else seen


def _plain(path: str) -> str:
    """With `/` alone; in lower case where file names are the same in capitals."""
    return os.path.normcase(readable(path)).replace("\\", "/").removeprefix("./")
