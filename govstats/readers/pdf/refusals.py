"""What is wrong with a PDF (in Chinese and English) → the ReadError that says so, and what to do about it."""

from __future__ import annotations

from govstats.errors import ReadError
from govstats.lang import Text


def refused(zh: str, en: str) -> ReadError:
    """It is larger than any report."""
    return ReadError(
        Text(f"PDF 文件超出可读范围：{zh}。", f"The PDF is out of bounds: {en[0].lower()}{en[1:]}."),
        Text("请只保留年度报告本身，重新导出 PDF。", "Keep the annual report only, and export the PDF again."),
    )


def broken(zh: str, en: str) -> ReadError:
    """It is damaged."""
    return ReadError(
        Text(f"PDF 文件已损坏：{zh}。", f"The PDF is broken: {en[0].lower()}{en[1:]}."),
        Text("请重新下载或重新导出这份报告。", "Download or export the report again."),
    )


def locked() -> ReadError:
    """It needs a password."""
    return ReadError(
        Text("PDF 文件有密码，打不开。", "The PDF needs a password."),
        Text("请去掉密码后另存，再重新读取。", "Save it without a password, and read it again."),
    )
