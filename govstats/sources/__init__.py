"""Paths as given → Sources: every file to read, bytes on demand; what was passed over is counted, not hidden."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from govstats import readers
from govstats.errors import ReadError, reason
from govstats.lang import Text
from govstats.readers.picture.binding import bound
from govstats.sources import archive, holders, urls
from govstats.sources.beside import beside
from govstats.sources.exclusion import Exclusion
from govstats.sources.filenames import readable
from govstats.sources.folders import files_below, hidden_folder, left_by_programs, part_of_page
from govstats.sources.own import MAKER, written_by_us
from govstats.sources.pagefiles import PICTURES, page_files
from govstats.sources.unnamed import holds_report, is_called_a_report, is_report, names_no_container

_OFFICE = {
    *(".doc", ".docx", ".wps", ".pdf", ".xls", ".xlsx", ".et", ".odt", ".ods", ".rtf", ".ofd", ".ceb", ".cebx", ".gd"),
    *(".gw", ".sep", ".rar", ".7z", ".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".cab"),
}
"""Containers that may well hold a report: in a folder they are never passed over in silence."""
_HEAD = 4096
_SMALL = 2**20
_DEEP = 2
"""An archive, and one in it."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document: its name for people, and how to get its bytes.

    `at` is where it lies, if that is not its name; `tag` a mark of a store that changes with the content; `pages` are
    the paths of the pictures that it consists of, if it is no file.
    """

    name: str
    given: bytes | ReadError | None = None
    at: str | None = field(default=None, kw_only=True)
    tag: str | None = field(default=None, kw_only=True)
    pages: tuple[str, ...] = field(default=(), kw_only=True)

    @classmethod
    def of_file(cls, path: str, given: bytes | ReadError | None = None) -> Source:
        """A file; one whose name is bytes of GBK is called as people read it."""
        name = readable(path)
        return cls(name, given, at=None if name == path else path)

    @property
    def place(self) -> str:
        """The path or URL that is opened."""
        return self.at or self.name

    @property
    def identity(self) -> str:
        """By which a file that is named twice (`a.html 目录/`) is known to be one."""
        return str(Path(self.place).absolute()) if self.is_local and self.given is None else self.name

    @property
    def carried(self) -> int:
        """How many bytes it holds already."""
        return len(self.given) if isinstance(self.given, bytes) else 0

    @property
    def is_local(self) -> bool:
        """Can its first bytes be seen at once? Not those of a URL."""
        return self.given is not None or not urls.is_url(self.place)

    @property
    def comes_at_once(self) -> bool:
        """Does it take no time to speak of to get its bytes: a small file, or few that it holds?"""
        if self.given is not None:
            return self.carried <= _SMALL
        try:
            return self.is_local and os.stat(self.place).st_size <= _SMALL
        except (OSError, ValueError):
            return False

    def placed(self) -> Source:
        """The same for a process that stands in another folder: a relative path is found from there too."""
        if self.given is not None or not self.is_local or Path(self.place).is_absolute():
            return self
        pages = tuple(str(Path(page).absolute()) for page in self.pages)
        return replace(self, at=str(Path(self.place).absolute()), pages=pages)

    def loaded(self) -> Source:
        """The same with its bytes, or with the error that reading it gave."""
        try:
            return Source(self.name, self.read())
        except ReadError as error:
            return Source(self.name, error)

    def head(self) -> bytes:
        """A few first bytes, as far as they can be had at once; empty if not."""
        if isinstance(self.given, bytes):
            return self.given[:_HEAD]
        if self.given is None and self.is_local and os.path.isfile(self.place):
            with suppress(OSError), open(self.place, "rb") as file:
                return file.read(_HEAD)
        return b""

    def parts(self, deep: int = _DEEP) -> Iterator[Source]:
        """The members of an archive (`reports.zip/某局/2023.html`), read one at a time; of anything else, itself.

        Archives in it are opened too, so many `deep` in all.
        """
        source = self.loaded()
        if deep and isinstance(source.given, bytes) and holders.is_archive(source.given):
            for member in _members(source.name, source.given):
                yield from member.parts(deep - 1)
        else:
            yield source

    def beside(self, reference: str) -> bytes | None:
        """A file beside this one, by a relative reference; None if it is not there, or this is no file."""
        return beside(self.place, reference) if self.given is None and self.is_local and self.name != "-" else None

    def read(self) -> bytes:
        """The bytes. Raises ReadError: what is wrong, and what to do."""
        if isinstance(self.given, ReadError):
            raise self.given
        if self.given is not None:
            return self.given
        if self.pages:
            return bound([_read_file(page) for page in self.pages])
        if urls.is_url(self.place):
            return urls.read(self.place)
        if self.name == "-":
            return _read_standard_input()
        return _read_file(self.place)


@dataclass(slots=True)
class Plan:
    """The sources in a stable order, the file names' endings that were passed over in folders, and the files and
    folders (`旧/`) that `exclusion` left out."""

    exclusion: Exclusion = field(default_factory=Exclusion)
    sources: list[Source] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    excluded: list[str] = field(default_factory=list)

    def leaves_out(self, path: str, is_folder: bool = False, root: str | None = None) -> bool:
        """Is a path not to be read? Then it is noted; `root` is the folder that is searched."""
        out = self.exclusion.leaves_out(path, root, is_folder)
        if out:
            self.excluded.append(readable(f"{path}/" if is_folder else path))
        return out


def plan(paths: Iterable[str | os.PathLike[str]], exclusion: Exclusion | None = None) -> Plan:
    """Files, folders (searched in full, sorted), the same by URLs that fsspec knows, `-` for standard input → Plan.

    What cannot be opened is a Source whose `read` raises: one bad path never stops the rest.
    """
    planned = Plan(exclusion or Exclusion())
    names = [os.fspath(path) for path in paths]
    together = _together(names)
    for name in names:
        if name in together:
            planned.sources += together[name]
        elif urls.is_url(name):
            _plan_url(name, planned)
        elif name == "-":
            planned.sources.append(Source(name))
        elif not planned.leaves_out(name, is_folder := os.path.isdir(name)):
            if is_folder:
                _plan_folder(name, planned)
            else:
                planned.sources.append(Source.of_file(name))
    if len(names) > 1:
        planned.sources = list({each.identity: each for each in reversed(planned.sources)}.values())[::-1]
    return planned


def _together(paths: Iterable[str]) -> dict[str, list[Source]]:
    """The pictures that are pages of one report: the first stands for all of them, the others for nothing."""
    found: dict[str, list[Source]] = {}
    for report in page_files(path for path in paths if not urls.is_url(path)):
        found |= {page: [] for page in report.pages}
        found[report.pages[0]] = [replace(Source.of_file(report.path), pages=report.pages)]
    return found


def without(sources: list[Source], *others: str | os.PathLike[str] | None) -> list[Source]:
    """The sources but for these files: what a command itself writes, or is told by (a roster), is no report."""
    own = {Path(path).resolve() for path in others if path}
    return [source for source in sources if not own or not source.is_local or Path(source.place).resolve() not in own]


def _plan_folder(folder: str, planned: Plan) -> None:
    before = len(planned.sources) + len(planned.excluded)
    unlisted: list[OSError] = []
    leaves_out = partial(planned.leaves_out, root=folder)
    files = list(files_below(folder, planned.passed_over, unlisted.append, leaves_out))
    together = _together(files)
    paths = [
        (path, written_by_us(path, urls.suffix(path)) if path not in together and os.path.isfile(path) else None)
        for path in files
        if path in together
        or holds_report(path)
        or is_called_a_report(path)
        or _may_be_report(os.path.basename(path), planned)
    ]
    theirs = {os.path.basename(path) for path, source in paths if source is None}
    for path, source in paths:
        if path in together:
            planned.sources += together[path]
        elif source is None or (source and source not in theirs):
            planned.sources.append(_in_folder(path))
        else:
            planned.passed_over[f"({MAKER})"] += 1
    planned.sources += map(_unreadable, unlisted)
    if len(planned.sources) + len(planned.excluded) == before:
        planned.sources.append(Source.of_file(folder, _nothing_to_read()))


def may_hold_a_report(name: str) -> bool:
    """Is a file of this name, or at this URL, read where it is found in a folder?"""
    suffix = urls.suffix(name)
    return suffix in readers.suffixes() or suffix in _OFFICE


def _may_be_report(name: str, planned: Plan) -> bool:
    if may_hold_a_report(name):
        return True
    planned.passed_over[urls.suffix(name) or name.rpartition("/")[2]] += 1
    return False


def _plan_url(url: str, planned: Plan) -> None:
    try:
        found = urls.listed(url)
    except ReadError as error:
        planned.sources.append(Source(url, error))
        return
    if found is None:
        if not planned.leaves_out(url):
            planned.sources.append(Source(url, at=urls.local_path(url)))
        return
    before = len(planned.excluded)
    root = None if "*" in url else url
    found = [each for each in found if not planned.leaves_out(each.url, root=root)]
    pages = {str(PurePosixPath(each.url)).lower() for each in found}
    found = [each for each in found if not _is_of_page(each.url, pages, planned)]
    hidden = {folder for each in found if (folder := hidden_folder(each.url.removeprefix(url)))}
    planned.passed_over.update(f"{PurePosixPath(folder).name}/" for folder in hidden)
    files = [
        Source(each.url, at=urls.local_path(each.url), tag=each.tag)
        for each in found
        if not hidden_folder(each.url.removeprefix(url)) and _is_wanted(each.url, planned)
    ]
    planned.sources += files
    if not files and len(planned.excluded) == before:
        planned.sources.append(Source(url, _nothing_to_read()))


def _is_of_page(url: str, pages: Container[str], planned: Plan) -> bool:
    kind = part_of_page(url, pages)
    if kind:
        planned.passed_over[kind] += 1
    return kind is not None


def _is_wanted(url: str, planned: Plan) -> bool:
    kind = left_by_programs(url)
    if kind:
        planned.passed_over[kind] += 1
    return kind is None and _may_be_report(url, planned)


def _in_folder(path: str) -> Source:
    """A file of a folder; a pipe or a device there would keep the run waiting for ever."""
    if not os.path.isfile(path) and os.path.exists(path):
        return Source.of_file(path, ReadError(Text("这不是普通文件。", "This is not a regular file.")))
    return Source.of_file(path)


def unpacked(source: Source) -> Iterator[Source]:
    """The source, or if it is an archive that is at hand, its members; what only this process can read, loaded.

    A file that is named as a document is left to the worker that reads it, whatever it is.
    """
    if source.name == "-" and source.given is None:
        source = source.loaded()
    if urls.suffix(source.place) not in readers.suffixes() and holders.begins(source.head()):
        yield from source.parts(deep=1)
    else:
        yield source


def _members(name: str, data: bytes) -> Iterator[Source]:
    found = False
    pictures: dict[str, bytes] = {}
    files = {inside.lower() for inside in holders.names(name, data)}
    try:
        for inside, content in holders.members(name, data):
            suffix = archive.suffix(inside)
            if left_by_programs(inside) or hidden_folder(inside) or part_of_page(inside, files):
                continue
            is_named = suffix in readers.suffixes() or suffix in _OFFICE
            if is_named or (names_no_container(inside) and isinstance(content, bytes) and is_report(inside, content)):
                found = True
                yield Source(f"{name}/{inside}", content)
            elif suffix in PICTURES and isinstance(content, bytes):
                pictures[inside] = content
                if sum(map(len, pictures.values())) > readers.LARGEST:
                    pictures.clear()
    except ReadError as error:
        yield Source(name, error)
        return
    for report in page_files(pictures, Path(name).stem):
        found = True
        yield Source(f"{name}/{report.path}", bound([pictures[page] for page in report.pages]))
    if not found:
        yield Source(name, _nothing_to_read())


def _nothing_to_read() -> ReadError:
    known = " ".join(sorted(readers.suffixes()))
    return ReadError(
        Text("里面没有可读的报告。", "It holds no report that can be read."),
        Text(f"可读的文件：{known}。", f"Files that can be read: {known}."),
    )


def _unreadable(error: OSError) -> Source:
    return Source.of_file(error.filename or "?", _os_error(error))


def _read_standard_input() -> bytes:
    if sys.stdin is None:
        raise ReadError(Text("没有标准输入。", "There is no standard input."))
    return sys.stdin.buffer.read(readers.LARGEST + 1)


def _read_file(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            seen = os.fstat(file.fileno())
            is_small = stat.S_ISREG(seen.st_mode) and seen.st_size <= readers.LARGEST
            return file.read() if is_small else file.read(readers.LARGEST + 1)
    except OSError as error:
        raise _os_error(error) from error


def _os_error(error: OSError) -> ReadError:
    match error:
        case FileNotFoundError():
            return ReadError(
                Text("找不到这个文件或文件夹。", "No such file or folder."),
                Text("请检查路径。", "Check the path."),
            )
        case PermissionError():
            return ReadError(
                Text("没有读取权限。", "No permission to read it."),
                Text("请修改权限，或换一个用户运行。", "Change its permissions, or run as another user."),
            )
        case IsADirectoryError():
            return ReadError(
                Text("这是文件夹，不是一份报告。", "This is a folder, not a report."),
                Text("一个文件夹用 govstats.audit。", "A folder is for govstats.audit."),
            )
        case _:
            return ReadError(Text("打不开：{why}。", "Cannot be opened: {why}.").format(why=reason(error)))
