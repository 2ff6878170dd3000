"""What a Word file has that cannot be read: WordError and its kinds, in English."""

from __future__ import annotations

from govstats.errors import ReadError
from govstats.lang import Text


class WordError(Exception):
    """What the file has that cannot be read, in English.

    WordError
    ├── OldWordError        written by Word 95 or earlier
    ├── EncryptedWordError  under a password
    └── DamagedWordError    a structure contradicts [MS-DOC]
    """


class OldWordError(WordError):
    """Written by Word 95 or earlier."""


class EncryptedWordError(WordError):
    """Under a password."""


class DamagedWordError(WordError):
    """A structure contradicts [MS-DOC]."""


_UNREADABLE = Text("这个 Word 文件读不出来：{why}。", "This Word file cannot be read: {why}.")
_SAVE_AS_DOCX = Text(
    "请用 Word 或 WPS 打开，另存为 .docx 后再试。", "Open it in Word or WPS, save it as .docx, and try again."
)


def unreadable(zh: str, en: str) -> ReadError:
    """For this reason."""
    return ReadError(_UNREADABLE.format(why=Text(zh, en)), _SAVE_AS_DOCX)


def encrypted() -> ReadError:
    """A file under a password."""
    return ReadError(
        Text("这个 Word 文件加了密码。", "This Word file is under a password."),
        Text("请用 Word 或 WPS 打开，去掉密码后另存。", "Open it in Word or WPS and save it without the password."),
    )


def refused(error: WordError) -> ReadError:
    """A file that neither this package nor LibreOffice reads."""
    if isinstance(error, OldWordError):
        return unreadable("它是 Word 95 或更早版本的格式", "it is in the format of Word 95 or earlier")
    return unreadable(
        f"结构已损坏或不合规范（{error}）", f"its structure is damaged or not to the specification ({error})"
    )
