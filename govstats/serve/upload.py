"""A multipart request → Upload: sources whose bytes are read when their turn comes, and the roster; within bounds."""

from __future__ import annotations

import asyncio
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from govstats.display.untrusted import harmless, one_line
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.serve.refused import Refused, nothing_sent, too_large, too_many, too_slow
from govstats.sources import Source

if TYPE_CHECKING:
    from govstats.comparison import Roster
    from govstats.serve.settings import Bounds

FILES, TEXT, ROSTER = "files", "text", "roster"
PASTED = Text("粘贴的内容", "pasted text")
_LARGEST_TEXT = 8 * 2**20
_LARGEST_ROSTER = 2 * 2**20
_LONGEST_NAME = 200
_NO_NAME = Text("没有名字的文件", "a file without a name")
_NO_SHEET = Text("单位名单不是 CSV：{reason}。", "The roster is no CSV: {reason}.")
_NOT_MULTIPART = Refused(415, Text("请用 multipart/form-data 发送文件。", "Send the files as multipart/form-data."))
_BROKEN = Refused(
    400, Text("没有收全，或不是完整的表单。", "The form is not whole."), Text("请再试一次。", "Try again.")
)


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent. Its files are spooled under names of the system's own; closed with the request."""

    form: FormData
    files: tuple[UploadFile, ...]
    text: str
    roster: Roster | None
    lang: str

    @property
    def count(self) -> int:
        """How many documents or archives."""
        return len(self.files) + bool(self.text)

    async def close(self) -> None:
        """Let go of its files."""
        await self.form.close()

    def sources(self) -> Iterator[Source]:
        """Each with its bytes, read when it is asked for."""
        for file in self.files:
            file.file.seek(0)
            yield Source(name_of(file, self.lang), file.file.read())
        if self.text:
            yield Source(PASTED.of(self.lang), self.text.encode("utf-8", "replace"))


def name_of(file: UploadFile, lang: str) -> str:
    """What people called a file: for showing only, never a path."""
    name = one_line(harmless(file.filename or ""))
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return last[-_LONGEST_NAME:] or _NO_NAME.of(lang)


async def received(request: Request, bounds: Bounds, lang: str) -> Upload:
    """The upload, to be closed. Raises Refused."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
        raise _NOT_MULTIPART
    form = await _parsed(request, bounds)
    try:
        return _upload(form, bounds, lang)
    except Refused:
        await form.close()
        raise


async def _parsed(request: Request, bounds: Bounds) -> FormData:
    parser = MultiPartParser(
        request.headers,
        request.stream(),
        max_files=bounds.files + 1,
        max_fields=bounds.files,
        max_part_size=_LARGEST_TEXT,
    )
    try:
        async with asyncio.timeout(bounds.upload_seconds):
            return await parser.parse()
    except TimeoutError as error:
        raise too_slow(bounds.upload_seconds) from error
    except MultiPartException as error:
        if error.message.startswith("Too many"):
            raise too_many(bounds.files) from error
        if "exceeded maximum size" in error.message:
            raise too_large(_LARGEST_TEXT, Text("粘贴的文字", "Pasted text")) from error
        raise _BROKEN from error
    except (ClientDisconnect, KeyError, UnicodeError, ValueError) as error:
        raise _BROKEN from error


def _upload(form: FormData, bounds: Bounds, lang: str) -> Upload:
    _known(form)
    files = tuple(each for each in _files(form, FILES) if each.filename or each.size)
    if len(files) > bounds.files:
        raise too_many(bounds.files)
    for file in files:
        if (file.size or 0) > bounds.file:
            name = name_of(file, lang)
            raise too_large(bounds.file, Text(f"“{name}”", f"“{name}”"))
    text = "".join(each for each in form.getlist(TEXT) if isinstance(each, str))
    if not files and not text.strip():
        raise nothing_sent()
    return Upload(form, files, text if text.strip() else "", _roster(form, lang), lang)


def _known(form: FormData) -> None:
    """Raises Refused for a field that is none of ours, or of the wrong kind."""
    kinds = {FILES: UploadFile, TEXT: str, ROSTER: UploadFile}
    for name, value in form.multi_items():
        if not isinstance(value, kinds.get(name, ())):
            shown = one_line(harmless(name))[:_LONGEST_NAME]
            raise Refused(
                422,
                Text(f"表单里的“{shown}”不对。", f"The field “{shown}” of the form is not right."),
                Text(
                    "文件叫 files，文字叫 text，名册文件叫 roster。",
                    "Files are files, text is text, a sheet is roster.",
                ),
            )


def _files(form: FormData, name: str) -> Iterator[UploadFile]:
    return (each for each in form.getlist(name) if isinstance(each, UploadFile))


def _roster(form: FormData, lang: str) -> Roster | None:
    """The roster, if a sheet was sent. Raises Refused for one that contradicts itself."""
    sheet = next((each for each in _files(form, ROSTER) if each.filename or each.size), None)
    if sheet is None:
        return None
    if (sheet.size or 0) > _LARGEST_ROSTER:
        raise too_large(_LARGEST_ROSTER, Text("单位名单", "A roster"))
    from govstats.comparison import Roster

    sheet.file.seek(0)
    try:
        return Roster.parse(sheet.file.read(), name_of(sheet, lang))
    except UsageError as error:
        raise Refused(422, error.message, error.hint) from error
    except csv.Error as error:
        raise Refused(422, _NO_SHEET.format(reason=error)) from error
