"""Document → its sections by number (1–6, as the form has them): where each heading stands, and what is below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govstats.model.document import Document, Grid, Paragraph
from govstats.text.labels import plain
from govstats.text.patterns import lazy

Block = Paragraph | Grid

_LONGEST = 36
_ORDINAL = r"(?:第?[一二三四五六七八]部分[、.:]?|[一二三四五六七八][、.,:])"
_WORDS = (
    r"[一-鿿]{0,10}(?:总体|概述|概况|基本情况|工作开展)[一-鿿]{0,8}",
    r"[一-鿿]{0,10}主动公开[一-鿿、]{0,16}",
    r"[一-鿿、]{0,10}申请[一-鿿、]{0,16}",
    r"[一-鿿、]{0,12}(?:复议|诉讼)[一-鿿、]{0,12}",
    r"[一-鿿、]{0,12}(?:问题|不足|困难)[一-鿿、]{0,16}|[一-鿿、]{0,8}改进[一-鿿、]{0,8}",
    r"[一-鿿、]{0,8}其[他它][一-鿿、]{0,8}事项[一-鿿、]{0,6}|[一-鿿]{0,4}需要?(?:报告|说明)[一-鿿]{0,8}",
)
_HEADINGS = [lazy(rf"{_ORDINAL}(?:{words})(?:[(][^()]{{0,20}}[)])?[:。]?") for words in _WORDS]
_OFFICIAL = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
_ROW = lazy(r"本年度?办理结果|结转下年度|本年新收|上年结转")


class Section(NamedTuple):
    """A section as printed: number, place among the blocks, words beside its heading, blocks below it."""

    number: int
    position: int
    beside: str
    blocks: tuple[Block, ...]


def sections(document: Document) -> list[Section]:
    """The sections in the order of the document; a number comes twice where a table of contents lists it too."""
    starts = list(_starts(document))
    ends = [*(position for position, _, _ in starts), len(document.blocks)][1:]
    return [
        Section(number, position, beside, document.blocks[position + 1 : end])
        for (position, number, beside), end in zip(starts, ends, strict=True)
    ]


def _starts(document: Document) -> Iterator[tuple[int, int, str]]:
    for position, text in document.openings:
        heading = _heading(text)
        if heading:
            yield position, *heading


def _heading(text: str) -> tuple[int, str] | None:
    """Number of the section and what stands on the same line; the rows 三、… and 四、… of the table are no headings."""
    line = plain(text.lstrip()[:_LONGEST])
    if _ROW.search(line):
        return None
    bare = re.sub(rf"^{_ORDINAL}", "", line)
    for number, official in enumerate(_OFFICIAL, 1):
        if bare == official or (bare != line and bare.startswith(official)):
            return number, plain(text)[len(line) - len(bare) + len(official) :] if bare != official else ""
    if len(text.strip()) < _LONGEST:
        return next(((number, "") for number, form in enumerate(_HEADINGS, 1) if form.fullmatch(line)), None)
    return None
