"""What names an agency or a year in a document: a Mention, with its kind and its place."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from govstats.lang import Text


class Kind(Enum):
    """Where a name or a year stands: its weight among others, and how it is called.

    The weights follow what 180 openings of real pages showed (docs/decisions.md): a title and an announcing sentence
    are nobody else's; the subject of the overview never was; a contact may be the office, metadata a successor.
    """

    TITLE = 5.0, Text("标题", "the title")
    ANNOUNCED = 5.0, Text("导语", "the introduction")
    STACKED = 3.25, Text("分两行的标题", "a title over two lines")
    COMPILED = 4.0, Text("编制单位（由……编制）", "who compiled it")
    QUOTED = 3.5, Text("导语里引的标题", "a title quoted in the introduction")
    CONSISTS = 3.0, Text("内容说明（全文包括……）", "what it consists of")
    SUBJECT = 3.0, Text("总体情况的主语", "the subject of the overview")
    ISSUER = 3.0, Text("发布机构", "the issuer")
    SIGNED = 3.0, Text("落款", "the signature")
    CONTACT = 2.5, Text("联系单位", "the contact")
    DOUBTFUL = 2.0, Text("标题上方的一行", "a line above the title")
    ACTING = 2.0, Text("正文的主语", "a subject in the text")
    SOURCE = 1.5, Text("信息来源", "the source")
    OWNER = 1.5, Text("本机关的网站、账号或指南", "its own site, account or guide")
    BANNER = 0.5, Text("页首", "the head of the page")

    @property
    def weight(self) -> float:
        """How much it says."""
        return _WEIGHTS[self]

    @property
    def text(self) -> Text:
        """Its name."""
        return self.value[1]


_WEIGHTS = {kind: float(kind.value[0]) for kind in Kind}


class Mention(NamedTuple):
    """A name as printed, without verbs and inner offices, and the year beside it; either may be None."""

    kind: Kind
    name: str | None
    year: int | None = None
    line: int = 0
