"""Labels as printed → labels that can be compared: one script, one width, no spaces, ordinals told apart."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

_ORDINAL = re.compile(
    r"^(?:[(]?(?P<chinese>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:[)]、?|[、.．])|[(]?(?P<arabic>\d{1,2})(?:[)]、?|[、.．](?!\d)))"
)
_ASIDE = re.compile(r"\((?![一二三四五六七八九十]{1,3}\))[^()]*\)")
_NOT_A_WORD = re.compile(r"[^\w()%]+|_")
_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("一二三四五六七八九", 1)}
_MAINLAND = {"资讯": "信息", "档案": "文件"}
_TAIWAN = re.compile("|".join(_MAINLAND))
"""Words that Taiwan has another term for, as converters write them: 政府資訊, 行政規範性檔案."""
_HAN = re.compile(r"[㐀-鿿]")


class Label(NamedTuple):
    """A label to compare by: its ordinal (`3` for 三、, (三), 3.; empty if none) and its bare words."""

    ordinal: str
    words: str


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter() -> _Converter:
    import opencc

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


def simplified(text: str) -> str:
    """The text in Simplified Chinese."""
    return _converter().convert(text) if _HAN.search(text) else text


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Simplified, half width (NFKC), without any white space."""
    return "".join(unicodedata.normalize("NFKC", simplified(text)).split())


@lru_cache(maxsize=65536)
def label(text: str) -> Label:
    """A printed label → Label. Quotes, punctuation and asides in brackets do not count.

    >>> label("（三）不予公開")
    Label(ordinal='3', words='不予公开')
    """
    words = _TAIWAN.sub(lambda match: _MAINLAND[match[0]], plain(text))
    match = _ORDINAL.match(words)
    ordinal = ""
    if match:
        words = words[match.end() :]
        ordinal = match["arabic"] or _arabic(match["chinese"])
    return Label(ordinal, _NOT_A_WORD.sub("", _ASIDE.sub("", words) or words.strip("()")))


def _arabic(numeral: str) -> str:
    """三 → 3, 十二 → 12, 二十 → 20."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _CHINESE_DIGITS[numeral]
    return (_CHINESE_DIGITS.get(tens, "1")) + (_CHINESE_DIGITS.get(ones, "0"))


def has_han(text: str) -> bool:
    """Does the text contain a Chinese character?"""
    return _HAN.search(text) is not None
