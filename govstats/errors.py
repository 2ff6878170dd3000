"""The exceptions: only for "the tool cannot go on". Wrong *data* is a Finding, never an exception.

GovstatsError
├── UsageError       the call itself is wrong: an unknown rule, format, cell
├── CatalogError     a file under schemas/ is wrong: which file, which field, expected, got
└── ReadError        a document that cannot be read at all: what, why, what to do
    └── ReaderFaultError  a reader stumbled over it: our fault, to be reported
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from difflib import get_close_matches

from govstats.lang import Text

_SYSTEM = {
    errno.EACCES: Text("没有权限", "no permission"),
    errno.EADDRINUSE: Text("端口已被占用", "the port is in use"),
    errno.EADDRNOTAVAIL: Text("这台机器没有这个地址", "this machine has no such address"),
    errno.EBUSY: Text("正被别的程序占用", "another program uses it"),
    errno.ECONNREFUSED: Text("连接被拒绝", "the connection was refused"),
    errno.ECONNRESET: Text("连接断了", "the connection broke"),
    errno.EEXIST: Text("已有同名的文件", "there is a file of that name"),
    errno.EFBIG: Text("文件太大", "the file is too large"),
    errno.EHOSTUNREACH: Text("那台机器连不上", "that machine cannot be reached"),
    errno.EINVAL: Text("名字或地址不合规定", "the name or address is not valid"),
    errno.EIO: Text("磁盘或网络出了错", "the disk or the network failed"),
    errno.EISDIR: Text("这是文件夹", "it is a folder"),
    errno.ELOOP: Text("链接绕成了圈", "its links go round in a circle"),
    errno.EMFILE: Text("打开的文件太多", "too many files are open"),
    errno.ENAMETOOLONG: Text("名字太长", "its name is too long"),
    errno.ENETUNREACH: Text("网络不通", "the network cannot be reached"),
    errno.ENFILE: Text("打开的文件太多", "too many files are open"),
    errno.ENOENT: Text("没有这个文件或文件夹", "no such file or folder"),
    errno.ENOMEM: Text("内存不够", "out of memory"),
    errno.ENOSPC: Text("磁盘满了", "the disk is full"),
    errno.ENOTDIR: Text("路径里有一段不是文件夹", "a part of the path is no folder"),
    errno.ENXIO: Text("没有这个设备", "no such device"),
    errno.EPERM: Text("系统不允许", "the system does not allow it"),
    errno.EPIPE: Text("对方已经关闭", "the other end was closed"),
    errno.EROFS: Text("磁盘是只读的", "the disk can only be read"),
    errno.ETIMEDOUT: Text("等得太久，没有回应", "no answer in time"),
}
"""Number of an error of the system → what it is. The system speaks one language, perhaps neither that is in force."""
_KINDS: tuple[tuple[type[BaseException], Text], ...] = (
    (FileNotFoundError, _SYSTEM[errno.ENOENT]),
    (PermissionError, _SYSTEM[errno.EACCES]),
    (TimeoutError, _SYSTEM[errno.ETIMEDOUT]),
    (ConnectionError, _SYSTEM[errno.ECONNRESET]),
    (UnicodeError, Text("不是 UTF-8 文字", "it is no text in UTF-8")),
    (EOFError, Text("不完整", "it is not whole")),
)
_LINE = re.compile(r"\bline:? (\d+)|\[line +(\d+)\]")


def reason(error: BaseException) -> Text:
    """Why the system or a library could not do it, in each language by itself; what nobody foresaw is quoted."""
    known = _SYSTEM.get(getattr(error, "errno", None) or 0)
    known = known or next((told for kind, told in _KINDS if isinstance(error, kind)), None)
    if known:
        return known
    status, told = getattr(error, "status", None), " ".join(str(error).split()) or type(error).__name__
    if isinstance(status, int):
        return Text(f"服务器答复 {status}", f"the server answered {status}")
    line = _LINE.search(told)
    zh = f"第 {line[1] or line[2]} 行不合语法" if line else f"系统的原话是“{told}”"
    return Text(zh, told)


def near(name: str, known: Iterable[str]) -> Text | None:
    """是不是“…”？ with the known name that is most like a mistyped one; None if none is."""
    by_lower = {each.lower(): each for each in known}
    like = get_close_matches(name.lower().replace("_", "-"), by_lower, n=1)
    return Text(f"是不是“{by_lower[like[0]]}”？", f"Did you mean “{by_lower[like[0]]}”?") if like else None


def near_and(name: str, known: Iterable[str], told: Text) -> Text:
    """The known name that is most like a mistyped one, if there is any, and what is `told`: all of a few names."""
    guess = near(name, known)
    return Text(guess.zh + told.zh, f"{guess.en} {told.en}") if guess else told


def near_or(name: str, known: Iterable[str], otherwise: Text) -> Text:
    """The known name that is most like a mistyped one; else what is told `otherwise`."""
    return near(name, known) or otherwise


class GovstatsError(Exception):
    """Base of all errors raised on purpose.

    `message` says what, where, expected and got; `hint` says what to do. Both are bilingual.
    """

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def text(self, lang: str | None = None) -> str:
        """The message and its hint as one line in `lang`."""
        parts = [self.message.of(lang)] + ([self.hint.of(lang)] if self.hint else [])
        return (" " if lang == "en" else "").join(parts)

    def __str__(self) -> str:
        return self.text()


class UsageError(GovstatsError):
    """The call itself is wrong."""


class CatalogError(GovstatsError):
    """A format or rule under schemas/ is not what it should be."""


class ReadError(GovstatsError):
    """A document cannot be read at all (missing, empty, a picture, an unknown container)."""


class ReaderFaultError(ReadError):
    """A reader stumbled over a document: an error of ours, told as one of the document's so that the run goes on."""
