"""Text of documents, made harmless for the file it goes into: no formulas, no markup, no illegal characters."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")
_MARKDOWN = re.compile(r"([\\`*_\[\]|<>&#~])")
_FORMULA = ("=", "+", "-", "@")
_LONGEST = 2000


def clean(text: str) -> str:
    """One line, without the characters that XML forbids, and of bounded length."""
    line = " ".join(_ILLEGAL.sub("", text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def csv_safe(text: str) -> str:
    """A field that no spreadsheet takes for a formula: what looks like one gets an apostrophe in front."""
    line = clean(text)
    opens = len(line) > 1 and line.startswith(_FORMULA)
    return f"'{line}" if opens and not _NUMBER.fullmatch(line) else line


def markdown_safe(text: str) -> str:
    """A cell of a Markdown table that shows just these characters."""
    return _MARKDOWN.sub(r"\\\1", clean(text)).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")
