"""Refused: a request that gets no result, with its HTTP status, and why in both languages."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable

from govstats.corpus.engines.worker import DiedError
from govstats.errors import GovstatsError
from govstats.lang import Text, joined

_MIB = 2**20
_WHILE = 30
"""Seconds after which it makes sense to ask again: most audits that are at hand are done by then."""
_NO_ROOM = {
    getattr(errno, name)
    for name in ("EAGAIN", "EDQUOT", "EMFILE", "ENFILE", "ENOMEM", "ENOSPC")
    if hasattr(errno, name)  # Windows has not all of them
}
_NO_ROOM_FOR_A_TABLE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM}


class Refused(GovstatsError):  # noqa: N818 - it says what happened
    """What, why, and what to do; `status` is that of HTTP, `again` after how many seconds the same may succeed."""

    def __init__(self, status: int, message: Text, hint: Text | None = None, again: int | None = None) -> None:
        super().__init__(message, hint)
        self.status = status
        self.again = again


def too_many(most: int) -> Refused:
    """More documents than one upload may hold."""
    return Refused(
        413,
        Text(
            f"一次最多核对 {most} 份文件（压缩包里的也算）。", f"At most {most} files at once, those in archives too."
        ),
        Text("请分几批；更多的请用命令 govstats check。", "Send them in lots, or use the command govstats check."),
    )


def too_large(most: int, what: Text | None = None) -> Refused:
    """More bytes than allowed, in one file or in all."""
    name = what or Text("一次上传的文件合计", "All files of one upload together")
    return Refused(
        413,
        Text("{name}不能超过 {n} MB。", "{name} may have at most {n} MB.").format(name=name, n=most // _MIB),
        Text("请分几批，或去掉大的文件。", "Send them in lots, or leave out what is large."),
    )


def too_slow(seconds: float) -> Refused:
    """The upload, or the audit, took too long."""
    return Refused(
        503,
        Text(f"超过 {seconds:.0f} 秒还没有完成，已停止。", f"Not done after {seconds:.0f} seconds; stopped."),
        Text("请分几批再试。", "Try again in lots."),
    )


def busy() -> Refused:
    """More audits wait than there is room for."""
    return Refused(
        503,
        Text("现在核对的人太多。", "Too many audits are waiting."),
        Text("请过一会儿再试。", "Try again in a while."),
        _WHILE,
    )


def no_room() -> Refused:
    """The machine has no memory, disk or process left for it."""
    return Refused(
        503,
        Text(
            "服务器现在没有余力（内存、磁盘或进程不够），没有核对完。",
            "The server has no room now (too little memory or disk, or too few processes): the audit was not finished.",
        ),
        Text(
            "请过一会儿再试；总是这样，请告诉管理员。", "Try again in a while; if that never helps, tell who runs it."
        ),
        _WHILE,
    )


def lacks_room(error: BaseException | None) -> bool:
    """Is it no fault, but that the machine has no memory, disk or process left?"""
    while error is not None:
        number = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if isinstance(error, MemoryError | DiedError) or number in _NO_ROOM_FOR_A_TABLE:
            return True
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return True
        error = error.__cause__
    return False


def nothing_sent() -> Refused:
    """Neither files nor text."""
    return Refused(
        422,
        Text("没有收到文件，也没有文字。", "Neither a file nor a text was sent."),
        Text("请先选择文件，或粘贴报告内容。", "Choose files, or paste a report, first."),
    )


def nothing_but(kinds: Iterable[str]) -> Refused:
    """Only what programs leave beside documents."""
    names = joined(dict.fromkeys(kinds))
    return Refused(
        422,
        Text(
            f"收到的只有程序留下的文件（{names.zh}），没有报告。",
            f"Only files that programs leave beside documents ({names.en}) were sent, and no report.",
        ),
        Text("请选择报告本身。", "Choose the reports themselves."),
    )


def gone() -> Refused:
    """A result that is no longer kept, or never was."""
    return Refused(
        404,
        Text("没有这份结果：结果只在内存里保留几分钟。", "No such result: results are kept for a few minutes only."),
        Text("请重新核对一次。", "Audit the reports again."),
    )
