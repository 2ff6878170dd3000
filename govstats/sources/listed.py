"""A list of paths (`--from`), one a line, in UTF-8, UTF-16 with its mark, or GBK → the paths."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from govstats.errors import UsageError, reason
from govstats.lang import Text

STANDARD_INPUT = "-"
_LARGEST = 2**28
_LINE_ENDS = re.compile(rb"[\r\n]+")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""What PowerShell begins a file with that it was told to write by `>`."""


def paths_listed(file: str) -> list[str]:
    """The paths in a file, `-` for standard input. Raises UsageError if it cannot be read, or is no list."""
    data = _content(file)
    if data.startswith(_WIDE):
        data = data.decode("utf-16", "replace").encode()
    if b"\0" in data or len(data) > _LARGEST:
        raise UsageError(
            Text(f"{file} 不是路径清单。", f"{file} is no list of paths."),
            Text("--from 的文件一行写一个路径。", "A file for --from holds one path a line."),
        )
    lines = [line for line in _LINE_ENDS.split(data.removeprefix(b"\xef\xbb\xbf")) if line.strip()]
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return [_unquoted(line.decode("utf-8")) for line in lines]
    return [_unquoted(_decoded(line)) for line in lines]


def _content(file: str) -> bytes:
    if file != STANDARD_INPUT:
        try:
            return Path(file).read_bytes()
        except (OSError, ValueError) as error:
            why = reason(error)
            raise UsageError(
                Text(f"清单 {file} 读不成：{why.zh}。", f"The list {file} cannot be read: {why.en}.")
            ) from error
    if sys.stdin is None:
        raise UsageError(Text("没有标准输入。", "There is no standard input."))
    return sys.stdin.buffer.read(_LARGEST + 1)


def _decoded(line: bytes) -> str:
    """A line of a list that is not all UTF-8: the bytes of a name here, or text in GBK; what is there decides."""
    ways = [os.fsdecode(line)]
    with suppress(UnicodeDecodeError):
        ways.insert(0, line.decode("gb18030"))
    return next((way for way in ways if os.path.lexists(_unquoted(way))), ways[0])


def _unquoted(path: str) -> str:
    """Explorer copies paths with quotes around them; blanks are seldom part of a name."""
    if os.path.lexists(path):
        return path
    path = path.strip()
    return path[1:-1] if len(path) > 2 and path[0] == path[-1] == '"' else path
