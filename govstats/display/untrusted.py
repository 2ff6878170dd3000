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


_CONTROLS = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), " ")


_NO_TEXT = dict.fromkeys((*range(55296, 57344), 65534, 65535), "�")


def writable(text: str) -> str:
    """The text without what XML, UTF-8 or a reader of lines cannot take: controls, halves of characters, odd breaks."""
    return harmless(text.translate(_BREAKS)).translate(_NO_TEXT)


def one_line(text: str) -> str:
    """The text, writable, on one line."""
    return " ".join(writable(text).split())


def harmless(text: str) -> str:
    """The text without characters that a terminal would obey: a file's name or a cell may hold them."""
    return text.translate(_CONTROLS)


_HIDING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    """The text for a page or a sheet: harmless, whole characters only, and nothing that turns the reading order."""
    return _HIDING.sub("\ufffd", text)
