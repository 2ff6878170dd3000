"""Text of documents, made harmless for the file it goes into: no formulas, no markup, no illegal characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")
_MARKDOWN = re.compile(r"([\\`*_\[\]|<>&#~])")
FORMULA = ("=", "+", "-", "@")
"""How a text begins that a spreadsheet would calculate."""
_LONGEST = 2000


def clean(text: str) -> str:
    """One line, without the characters that XML forbids, and of bounded length."""
    line = " ".join(_ILLEGAL.sub("", text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def csv_safe(text: str) -> str:
    """A field that no spreadsheet takes for a formula: what looks like one gets an apostrophe in front."""
    line = clean(text)
    opens = len(line) > 1 and line.startswith(FORMULA)
    return f"'{line}" if opens and not _NUMBER.fullmatch(line) else line


def markdown_safe(text: str) -> str:
    """A cell of a Markdown table that shows just these characters."""
    return _MARKDOWN.sub(r"\\\1", clean(text)).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")


_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), " ")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of writing, and with it what a line seems to say."""
_TAGS = range(0xE0000, 0xE0080)
_RARE_HAN = range(0x20000, 0x40000)
"""Characters there may be younger than this Python's tables."""


def harmless(text: str) -> str:
    """The text without what a terminal would obey or a reader cannot see: controls, halves of characters, code points
    that nobody has given a meaning, marks that turn the reading order. Each is shown as �; a file's name or a cell may
    hold them. Line feeds and tabs stay; other breaks of lines are blanks."""
    return text if text.isprintable() else "".join(map(_shown, text.translate(_BREAKS)))


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    code, category = ord(character), unicodedata.category(character)
    is_hidden = category in {"Cc", "Cs"} or character in _TURNING or code in _TAGS
    is_nothing = category == "Cn" and code not in _RARE_HAN
    return "\ufffd" if (is_hidden and character not in "\n\t") or is_nothing else character


def unbroken(text: str) -> str:
    """The text, harmless, without a break: what a document says can begin no line."""
    return harmless(text).replace("\n", " ")


def one_line(text: str) -> str:
    """The text, harmless, on one line, with single blanks."""
    return " ".join(harmless(text).split())
