"""Refused: a request that gets no result, with its HTTP status, and why in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from govstats.errors import GovstatsError
from govstats.lang import Text, joined

_MIB = 2**20


class Refused(GovstatsError):  # noqa: N818 - it says what happened
    """What, why, and what to do; `status` is that of HTTP."""

    def __init__(self, status: int, message: Text, hint: Text | None = None) -> None:
        super().__init__(message, hint)
        self.status = status


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
    )


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
