"""A multipart request → Upload: sources whose bytes are read when their turn comes, and the roster; within bounds."""

from __future__ import annotations

import asyncio
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request

from govstats.display.untrusted import harmless, one_line
from govstats.errors import UsageError, reason
from govstats.lang import Text
from govstats.readers import LARGEST
from govstats.readers.picture.binding import bound
from govstats.serve.parts import BrokenForm, Look, Part, Parts, parts_of
from govstats.serve.refused import Refused, nothing_but, nothing_sent, too_large, too_many, too_slow
from govstats.sources import Source
from govstats.sources.folders import left_by_programs
from govstats.sources.holders import is_archive
from govstats.sources.pagefiles import page_files

if TYPE_CHECKING:
    from govstats.comparison import Roster
    from govstats.serve.settings import Bounds

FILES, TEXT, ROSTER = "files", "text", "roster"
PASTED = Text("粘贴的内容", "pasted text")
_FEW, _SMALL = 8, 2 * 2**20
_LARGEST_TEXT = 8 * 2**20
_LARGEST_ROSTER = 2 * 2**20
_LONGEST_NAME = 200
_OTHER_PARTS = 8
"""A form may have so many parts besides its files."""
_NO_NAME = Text("没有名字的文件", "a file without a name")
_NO_SHEET = Text("单位名单不是 CSV：{reason}。", "The roster is no CSV: {reason}.")
_NOT_MULTIPART = Refused(415, Text("请用 multipart/form-data 发送文件。", "Send the files as multipart/form-data."))
_BROKEN = Refused(
    400, Text("没有收全，或不是完整的表单。", "The form is not whole."), Text("请再试一次。", "Try again.")
)


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent. All of it lies in one temporary file without a name; closed with the request."""

    parts: Parts
    files: tuple[Part, ...]
    texts: tuple[Part, ...]
    roster: Roster | None
    lang: str
    passed_over: Counter[str] = field(default_factory=Counter)
    """What programs left beside documents, by what it is counted as: not read, as in a folder."""

    @property
    def count(self) -> int:
        """How many documents or archives; the pictures of the pages of one report are one."""
        inner = sum(not pages for _, pages in self._bindings().values())
        return len(self.files) - inner + bool(self.texts)

    @property
    def is_small(self) -> bool:
        """A few reports, as a clerk sends them? Not an archive, whatever it is called."""
        size = sum(part.size for part in (*self.files, *self.texts))
        return self.count <= _FEW and size <= _SMALL and not any(map(self._is_archive, self.files))

    def _is_archive(self, file: Part) -> bool:
        return is_archive(self.parts.read(file))

    @property
    def rosters(self) -> list[str]:
        """Files that are a roster, where none was given as that."""
        from govstats.comparison.rosterfiles import rosters_among

        return [] if self.roster else list(rosters_among(self.sources()))

    def _bindings(self) -> dict[int, tuple[str, list[Part]]]:
        """The number of a file that is a page of a report of several pictures → what they are called together, and all
        of them for the first; none for the others. Not where two files have one name, or all are too large."""
        names = [name_of(file, self.lang) for file in self.files]
        times = Counter(names)
        at = {name: number for number, name in enumerate(names) if times[name] == 1}
        found: dict[int, tuple[str, list[Part]]] = {}
        for report in page_files(at):
            numbers = [at[page] for page in report.pages]
            pages = [self.files[number] for number in numbers]
            if sum(page.size for page in pages) <= LARGEST:
                found |= {number: (report.path, []) for number in numbers}
                found[numbers[0]] = report.path, pages
        return found

    def close(self) -> None:
        """Let go of what was sent."""
        self.parts.close()

    def sources(self) -> Iterator[Source]:
        """Each with its bytes, read when it is asked for."""
        bindings = self._bindings()
        for number, file in enumerate(self.files):
            name, pages = bindings.get(number, (name_of(file, self.lang), [file]))
            if len(pages) == 1:
                yield Source(name, self.parts.read(file))
            elif pages:
                yield Source(name, bound([self.parts.read(page) for page in pages]))
        if self.texts:
            yield Source(PASTED.of(self.lang), b"".join(map(self.parts.read, self.texts)))


def name_of(file: Part, lang: str) -> str:
    """What people called a file: for showing only, never a path."""
    name = one_line(harmless(file.filename or ""))
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return last[-_LONGEST_NAME:] or _NO_NAME.of(lang)


async def received(request: Request, bounds: Bounds, lang: str) -> Upload:
    """The upload, to be closed. Raises Refused."""
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != "multipart/form-data":
        raise _NOT_MULTIPART
    try:
        async with asyncio.timeout(bounds.upload_seconds):
            parts = await parts_of(content_type, request.stream(), _looking(bounds, lang))
    except TimeoutError as error:
        raise too_slow(bounds.upload_seconds) from error
    except (BrokenForm, ClientDisconnect, UnicodeError, ValueError) as error:
        raise _BROKEN from error
    try:
        return _upload(parts, bounds, lang)
    except Refused:
        parts.close()
        raise


def _looking(bounds: Bounds, lang: str) -> Look:
    """What refuses a part that is none of ours, or more than is allowed, as soon as it comes."""
    others = {
        TEXT: (_LARGEST_TEXT, Text("粘贴的文字", "Pasted text")),
        ROSTER: (_LARGEST_ROSTER, Text("单位名单", "A roster")),
    }

    def look(part: Part, of_its_name: int, count: int) -> None:
        if part.name not in {FILES, *others} or (part.name == TEXT) != (part.filename is None):
            raise _stranger(part)
        if count > bounds.files + _OTHER_PARTS:
            raise too_many(bounds.files)
        if part.name == FILES and part.size > bounds.file:
            name = name_of(part, lang)
            raise too_large(bounds.file, Text(f"“{name}”", f"“{name}”"))
        if part.name in others and of_its_name > others[part.name][0]:
            raise too_large(*others[part.name])

    return look


def _stranger(part: Part) -> Refused:
    shown = one_line(harmless(part.name))[:_LONGEST_NAME]
    return Refused(
        422,
        Text(f"表单里的“{shown}”不对。", f"The field “{shown}” of the form is not right."),
        Text("文件叫 files，文字叫 text，单位名单叫 roster。", "Files are files, text is text, a sheet is roster."),
    )


def _upload(parts: Parts, bounds: Bounds, lang: str) -> Upload:
    files = tuple(each for each in parts.found if each.name == FILES and (each.filename or each.size))
    left = {each.start: kind for each in files if (kind := left_by_programs(name_of(each, lang)))}
    files = tuple(each for each in files if each.start not in left)
    if len(files) > bounds.files:
        raise too_many(bounds.files)
    texts = tuple(each for each in parts.found if each.name == TEXT)
    if not any(parts.read(text).strip() for text in texts):
        texts = ()
    if not files and not texts:
        raise nothing_but(left.values()) if left else nothing_sent()
    return Upload(parts, files, texts, _roster(parts, lang), lang, Counter(left.values()))


def _roster(parts: Parts, lang: str) -> Roster | None:
    """The roster, if a sheet was sent. Raises Refused for one that contradicts itself."""
    sheet = next((each for each in parts.found if each.name == ROSTER and (each.filename or each.size)), None)
    if sheet is None:
        return None
    from govstats.comparison import Roster

    try:
        return Roster.parse(parts.read(sheet), name_of(sheet, lang))
    except UsageError as error:
        raise Refused(422, error.message, error.hint) from error
    except csv.Error as error:
        raise Refused(422, _NO_SHEET.format(reason=reason(error))) from error
