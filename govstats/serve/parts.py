"""A multipart body → its parts, all in one temporary file: memory does not grow with what is sent, nor do handles.

Part = name of the field, name of the file (None: a text), and where its bytes lie.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO

import anyio.to_thread
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

_IN_MEMORY = 2**18
"""Bytes of an upload; beyond, all of it goes to the disk."""
_LONGEST_HEADER = 2**13
_MOST_HEADERS = 16


class BrokenForm(Exception):  # noqa: N818 - it says what happened
    """What came is no whole form."""


@dataclass(slots=True)
class Part:
    """A field of a form; `start` and `size` in bytes of the file that holds all."""

    name: str
    filename: str | None
    start: int
    size: int = 0


@dataclass(slots=True)
class Parts:
    """What was sent, until it is closed."""

    found: list[Part] = field(default_factory=list)
    _file: IO[bytes] = field(default_factory=lambda: SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - closed by `close`

    def read(self, part: Part) -> bytes:
        """The bytes of a part."""
        self._file.seek(part.start)
        return self._file.read(part.size)

    def write(self, data: bytes) -> None:
        """More bytes, behind all others."""
        self._file.write(data)

    def close(self) -> None:
        """Let go of all."""
        self._file.close()


Look = Callable[[Part, int, int], None]
"""Is told a part that has begun or grown, the bytes of all parts of its name, and how many parts there are."""


async def parts_of(content_type: str, body: AsyncIterator[bytes], look: Look) -> Parts:
    """The parts of a body. Raises BrokenForm, and what `look` raises."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise BrokenForm
    parts = Parts()
    try:
        reading = _Reading(parts, look)
        parser = MultipartParser(boundary, reading.callbacks())  # type: ignore[arg-type]
        async for chunk in body:
            parser.write(chunk)
            if reading.waiting:
                await anyio.to_thread.run_sync(parts.write, reading.taken())
        parser.finalize()
        if not reading.ended:
            raise BrokenForm
    except FormParserError as error:
        parts.close()
        raise BrokenForm from error
    except BaseException:
        parts.close()
        raise
    return parts


class _Reading:
    """Hears what the parser finds."""

    def __init__(self, parts: Parts, look: Look) -> None:
        self._parts = parts
        self._look = look
        self._sums: dict[str, int] = {}
        self._header, self._value, self._headers = b"", b"", 0
        self._disposition = b""
        self._at = 0
        self.waiting: list[bytes] = []
        self.ended = False

    def callbacks(self) -> dict[str, Callable[..., None]]:
        """By the names of the parser."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_header,
            "on_header_value": self._on_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._end_headers,
            "on_part_data": self._data,
            "on_end": self._end,
        }

    def taken(self) -> bytes:
        """What waits to be written."""
        data = b"".join(self.waiting)
        self.waiting.clear()
        return data

    def _begin(self) -> None:
        self._header, self._value, self._headers, self._disposition = b"", b"", 0, b""

    def _on_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]
        self._bound()

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._bound()

    def _bound(self) -> None:
        if len(self._header) + len(self._value) > _LONGEST_HEADER or self._headers > _MOST_HEADERS:
            raise BrokenForm

    def _end_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header, self._value, self._headers = b"", b"", self._headers + 1

    def _end_headers(self) -> None:
        _, options = parse_options_header(self._disposition)
        if b"name" not in options:
            raise BrokenForm
        filename = options.get(b"filename")
        name = options[b"name"].decode("utf-8", "replace")
        shown = None if filename is None else filename.decode("utf-8", "replace")
        part = Part(name, shown, self._at)
        self._parts.found.append(part)
        self._look(part, self._sums.get(name, 0), len(self._parts.found))

    def _data(self, data: bytes, start: int, end: int) -> None:
        part = self._parts.found[-1]
        part.size += end - start
        self._at += end - start
        self._sums[part.name] = self._sums.get(part.name, 0) + end - start
        self._look(part, self._sums[part.name], len(self._parts.found))
        self.waiting.append(data[start:end])

    def _end(self) -> None:
        self.ended = True
