"""Labels as printed → labels that can be compared: one script, one width, no spaces, ordinals told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

from govstats.text.mojibake import mended
from govstats.text.unseen import without_shapeless
from govstats.text.width import half_width

REMEMBERED = 2048
"""Of so many texts it is remembered what they say. The labels and small figures of reports are always the same ones;
more would only be held, since no document asks for them again."""
_ORDINAL = re.compile(
    r"^(?:[(]?(?P<chinese>[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?:[)]、?|[、.．])|[(]?(?P<arabic>\d{1,2})(?:[)]、?|[、.．](?!\d)))"
)
_ASIDE = re.compile(r"\((?![一二三四五六七八九十]{1,3}\))[^()]*(?:\)|$)")
_PINYIN = re.compile(r"\([^\W\d_一-鿿㐀-䶿]{1,7}\)")
_NOTE_MARK = re.compile(r"[\[〔【](?:注?\d{1,2}|注)[\]〕】]")
_BEFORE_LABEL = re.compile(r"^(?:[?*※•·]+|\d{1,2}(?=\(?[一二三四五六七八九十]{1,3}[)、]))+")
_A_YEAR = re.compile(r"(?:19|20)\d{2}年度?")
_OF_WHICH = re.compile(r"^其中[:,]?(?=.)")
_OF_FIGURES = "0123456789.,/*—-"
_NOT_A_WORD = re.compile(r"[^\w()%]+|_")
_CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("一二三四五六七八九", 1)}
_MAINLAND = {"资讯": "信息", "档案": "文件"}
_TAIWAN = re.compile("|".join(_MAINLAND))
"""Words that Taiwan has another term for, as converters write them: 政府資訊, 行政規範性檔案."""
_SPACE = re.compile(r"[^\S\n]+")
_HAN = re.compile(r"[㐀-鿿]")
_DOUBTFUL = re.compile("[乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽坏藉覆沈哩]")
"""Characters of GB 2312 that are not always the simplified ones (答覆, 乾净), as tests find by trying all of them."""
_SIGN = re.compile(
    "[\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u24ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]"
)


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
    """The text in Simplified Chinese. What is of GB 2312 is, but for a few characters that the converter decides."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return _converter().convert(text) if _HAN.search(text) else text
    return _converter().convert(text) if _DOUBTFUL.search(text) else text


@lru_cache(maxsize=REMEMBERED)
def plain(text: str) -> str:
    """Simplified, half width (NFKC), without white space and what has no shape."""
    return "".join(unicodedata.normalize("NFKC", simplified(without_shapeless(text))).split())


def plain_lines(texts: Iterable[str]) -> str:
    """Texts as `plain` has them, a line each: at once, where only few of them are of interest."""
    together = "\n".join([" ".join(text.split("\n")) for text in texts])
    return _SPACE.sub("", half_width(simplified(without_shapeless(together))))


@lru_cache(maxsize=REMEMBERED)
def label(text: str) -> Label:
    """A printed label → Label. Quotes, punctuation, asides in brackets, note marks and figures behind it do not count;
    2018年度 is 本年度.

    >>> label("（三）不予公開[1]")
    Label(ordinal='3', words='不予公开')
    """
    words = plain(_without_signs(mended(text)))
    words = _OF_WHICH.sub("", _BEFORE_LABEL.sub("", _NOTE_MARK.sub("", _PINYIN.sub("", words))))
    words = _TAIWAN.sub(lambda match: _MAINLAND[match[0]], words)
    match = _ORDINAL.match(words)
    ordinal = ""
    if match:
        words = words[match.end() :]
        ordinal = match["arabic"] or _arabic(match["chinese"])
    words = words.removesuffix(_run_on(words))
    words = "本年度" if _A_YEAR.fullmatch(words) else words
    return Label(ordinal, _NOT_A_WORD.sub("", _ASIDE.sub("", words) or words.strip("()")))


def figures_behind(text: str) -> str:
    """The figures that run on from a label without a space (`规章000`): its last digits, or an empty string."""
    return _run_on(plain(_NOTE_MARK.sub("", _without_signs(text))))


def _run_on(words: str) -> str:
    name = words.rstrip(_OF_FIGURES)
    run = words[len(name) :].lstrip(".,")
    return run if name and not name.endswith("(") and any(map(str.isdigit, run)) else ""


def _without_signs(text: str) -> str:
    """Without emoji, and without ①, ¹ and the like, which are note marks where they stand beside a label."""
    return text if _SIGN.search(text) is None else _SIGN.sub("", text)


def _arabic(numeral: str) -> str:
    """三 → 3, 十二 → 12, 二十 → 20."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _CHINESE_DIGITS[numeral]
    return (_CHINESE_DIGITS.get(tens, "1")) + (_CHINESE_DIGITS.get(ones, "0"))


def has_han(text: str) -> bool:
    """Does the text contain a Chinese character?"""
    return _HAN.search(text) is not None
