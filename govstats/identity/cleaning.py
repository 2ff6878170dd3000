"""A printed line → the line to compare: Simplified, half width, no spaces, tags, pinyin or emoji; years in figures."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from govstats.text.labels import plain, simplified
from govstats.text.patterns import lazy
from govstats.text.width import half_width

_TAG = lazy(r"<[^<>]{0,200}>|&[a-z]{2,8};|\{\{[^{}]{0,80}\}\}")
_PINYIN = lazy(r"(?<=[一-鿿])\([a-zɡü\u00e0-\u01dc]{1,6}\)")
_YEAR_IN_WORDS = lazy(r"[一二两][〇○零0O][〇○零0O一二三][〇○零0O一二三四五六七八九](?=年)")
_DAY_IN_WORDS = lazy(r"(?<=\d年)[一二三四五六七八九十]{1,2}(?=月)|(?<=月)[一二三四五六七八九十]{1,3}(?=日)")
_DIGITS = str.maketrans("〇○零O一二两三四五六七八九", "00001223456789")
_ODD = lazy(r"[^\x00-\u1fff一-鿿“”‘’—–…、。《》「」『』【】〔〕]")
_SYMBOLS = {"So", "Sk", "Cf", "Co", "Cn", "Cs", "Mn"}
_CHANGES = lazy("[一二两(?]")
"""What has none of these is as it is to be, but for odd characters."""
_SPACE = lazy(r"[^\S\n]+")
_LONGEST = 600


def clean(text: str) -> str:
    """The line to compare. Of a long line only the beginning: whose report it is stands there."""
    return _cleaned(text[:_LONGEST])


def clean_all(texts: list[str]) -> list[str]:
    """The lines to compare. What is done to all characters alike is done to all lines at once."""
    printed = [_untagged(text[:_LONGEST]) for text in texts]
    together = _SPACE.sub("", half_width(simplified("\n".join(printed))))
    lines = together.split("\n")
    if len(lines) != len(texts):
        return [clean(text) for text in texts]
    has_odd = _ODD.search(together.replace("\n", "")) is not None
    return [_comparable(line, has_odd) if has_odd or _CHANGES.search(line) else line for line in lines]


@lru_cache(maxsize=1024)
def _cleaned(text: str) -> str:
    """Each line is asked for by several rules."""
    return _comparable(plain(_untagged(text)))


def _untagged(text: str) -> str:
    return _TAG.sub("", text) if "<" in text or "&" in text or "{" in text else text


def _comparable(line: str, has_odd: bool = True) -> str:
    if "二" in line or "一" in line or "两" in line:
        line = _YEAR_IN_WORDS.sub(lambda match: match[0].translate(_DIGITS), line)
        line = _DAY_IN_WORDS.sub(lambda match: _number(match[0]), line) if "20" in line else line
    if has_odd:
        line = _ODD.sub(lambda match: "" if unicodedata.category(match[0]) in _SYMBOLS else match[0], line)
    return (_PINYIN.sub("", line) if "(" in line else line).replace("?", "")


def _number(words: str) -> str:
    """十二 → 12, 三十一 → 31."""
    tens, ten, ones = words.rpartition("十")
    return str((int(tens.translate(_DIGITS) or 1) * 10 if ten else 0) + int(ones.translate(_DIGITS) or 0))


def spaced(text: str) -> str:
    """The beginning of the line, simplified and half width, with its spaces: they part dates from times."""
    return half_width(simplified(_TAG.sub(" ", text[:_LONGEST])))


def spaced_all(texts: list[str]) -> list[str]:
    """The beginnings of the lines, as `spaced` has each."""
    printed = [_TAG.sub(" ", text[:_LONGEST]) for text in texts]
    lines = half_width(simplified("\n".join(printed))).split("\n")
    return lines if len(lines) == len(texts) else [spaced(text) for text in texts]
