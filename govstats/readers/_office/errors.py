"""What is wrong with a zip of XML parts → the ReadError that says so, and what to do about it."""

from __future__ import annotations

from govstats.errors import ReadError
from govstats.lang import Text

_AGAIN = Text("请重新导出或重新下载这份报告。", "Export or download the report again.")
_SAVE_AGAIN = Text(
    "请用 Word、WPS 或 LibreOffice 打开后另存一份再试。",
    "Open it in Word, WPS or LibreOffice, save it as a new file and try again.",
)
_IS_IT_A_REPORT = Text("请确认这是一份年度报告。", "Make sure that it is an annual report.")


def damaged(kind: str) -> ReadError:
    """A zip that cannot be opened."""
    return ReadError(
        Text(
            f"这个 {kind} 文件已损坏或不完整（压缩包打不开）。",
            f"This {kind} file is damaged or cut off: its zip cannot be opened.",
        ),
        _AGAIN,
    )


def missing(kind: str, name: str) -> ReadError:
    """A zip without the part that has the text."""
    return ReadError(
        Text(
            f"这个 {kind} 文件里缺少 {name}，没有正文。",
            f"This {kind} file lacks {name}: it has no text.",
        ),
        _AGAIN,
    )


def broken_xml(name: str) -> ReadError:
    """A part that is no XML, or nested too deep."""
    return ReadError(
        Text(
            f"文件内部的 XML 已损坏或嵌套过深（{name}）。",
            f"The XML inside is damaged or nested too deep ({name}).",
        ),
        _SAVE_AGAIN,
    )


def encrypted() -> ReadError:
    """A file with a password."""
    return ReadError(
        Text("文件已加密，需要密码。", "The file is encrypted and needs a password."),
        Text("请去掉密码后再试。", "Save it without a password and try again."),
    )


def broken_table() -> ReadError:
    """Cells outside rows, or rows outside tables: whose they are cannot be known."""
    return ReadError(
        Text("文件里的表格结构已损坏。", "The structure of a table in the file is damaged."),
        _SAVE_AGAIN,
    )


def doctype(name: str) -> ReadError:
    """A part with a DOCTYPE, and so with entities."""
    return ReadError(
        Text(
            f"文件内部的 XML 带有 DOCTYPE 声明（{name}），可能有害，没有读取。",
            f"The XML inside has a DOCTYPE ({name}), which may do harm: it was not read.",
        ),
        _SAVE_AGAIN,
    )


def too_large(name: str) -> ReadError:
    """More than fits, or packed so tight that it is meant to do harm."""
    return ReadError(
        Text(
            f"文件解压后过大或压缩比异常（{name}），没有读取。",
            f"The file is too large when unpacked, or packed suspiciously tight ({name}): it was not read.",
        ),
        Text(
            "请确认这是一份年度报告；如果是，请另存一份再试。",
            "Make sure that it is an annual report; if so, save it as a new file and try again.",
        ),
    )


def nested_too_deep(limit: int) -> ReadError:
    """Tables in tables in tables."""
    return ReadError(Text(f"表格嵌套超过 {limit} 层。", f"Tables are nested more than {limit} deep."), _SAVE_AGAIN)


def too_many_cells(limit: int) -> ReadError:
    """More cells than a report can have."""
    return ReadError(Text(f"表格单元格超过 {limit:,} 个。", f"There are more than {limit:,} cells."), _IS_IT_A_REPORT)
