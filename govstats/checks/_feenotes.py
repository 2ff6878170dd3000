"""Document → what section 六 says of fees charged: that there were none, or that there were some.

Two fees stand in these reports. 行政事业性收费 is what table `disclosure` counts (Article 20 (8)); 信息处理费, the fee
for handling requests, must be told in section 六 (国办函〔2020〕109号) and says nothing about that table. So only
sentences count that name 行政事业性收费; one that denies all fees, in a section that speaks of no information at all,
is `bare`: at most a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govstats.model.document import Document
from govstats.model.forms import CellKey
from govstats.text.labels import plain

FEES = CellKey("disclosure", "20.8.fees", "amount")
_FEE, _FEE_TRADITIONAL = "费", "費"
_NAMED = "行政事业性收费"
_HEADING = re.compile(
    r"(?:第?[五六七][、.]|\([五六七]\)|[5-7][、.])?(?:其他需要?(?:报告|说明|公开)的?(?:其他)?事项|需要?(?:报告|说明)的其他事项)"
    r"(?P<rest>$|[:。](?P<text>.*))"
)
_NEXT = re.compile(r"(?:[六七八九][、.]|附件?[:：]|附表)")
_SENTENCE = re.compile(r"[。;!?]")
_CLAUSE = re.compile(r",(?!\d{3})")
_OF_INFORMATION = re.compile(r"信息|资讯|申请|公开|检索|复制|邮寄|处理费|109号")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_ANOTHER_YEAR = re.compile(r"上年|去年|上一年|往年|历年|近年|下一?年|明年")
_DENIED = (
    r"(?:无|没有|未有|不存在|[未不没]涉及|没有涉及"
    r"|(?:未|没有|没|不)(?:曾)?(?:收取|征收|收过|产生|发生|开展|实施|设立|收))"
)
_ANY = r"(?:过|任何|其他|各类|各项|相关|的)*"
_WHAT = r"(?:项目|情况|行为|事项|金额|收入|费用|款项|的)*"
_AND_MORE = r"(?:(?:和|及|以及|、|或|与|等).*)?"
_NONE = (
    re.compile(rf".*{_DENIED}{_ANY}{_NAMED}{_WHAT}{_AND_MORE}"),
    re.compile(rf".*{_DENIED}{_ANY}[一-鿿]*(?:费|收费)(?:和|及|以及|、|或|与){_NAMED}{_WHAT}"),
    re.compile(
        rf".*{_NAMED}{_WHAT}(?:总额)?(?:均|仍|也)?(?:为|是|:|共|共计|合计|计)?(?:0(?:\.0+)?(?:万|亿)?元?|零元?|无)"
    ),
)
_NO_FEES = re.compile(rf".*{_DENIED}{_ANY}(?:收费|费用){_WHAT}")
_FIGURE = r"(?P<figure>\d[\d,]*(?:\.\d+)?)(?:余|多)?(?:亿|万)?余?元"
_SOME = (
    re.compile(rf".*{_NAMED}[^\d。]{{0,16}}?{_FIGURE}.*"),
    re.compile(rf".*(?:收取|征收|收)了?{_FIGURE}的?{_NAMED}.*"),
)
_NOT_CHARGED = re.compile(r"减免|免收|免征|免除|取消|停征|降低|退|减少|下降|降|少收|欠|罚")


class FeeNote(NamedTuple):
    """A sentence on fees of this year: `charged` or not; `bare` if it names no fee and may mean another."""

    sentence: str
    charged: bool
    bare: bool = False


def fee_notes(document: Document, year: int | None) -> list[FeeNote]:
    """What section 六 says of 行政事业性收费 in the report's own year, sentence by sentence."""
    if _FEE not in document.text and _FEE_TRADITIONAL not in document.text:
        return []
    lines = _section(paragraph.text for paragraph in document.paragraphs)
    sentences = [each for line in lines if _FEE in line for each in _SENTENCE.split(line) if _FEE in each]
    if not sentences:
        return []
    general = not any(_NAMED in line or _OF_INFORMATION.search(line) for line in lines)
    return [note for each in sentences for note in _notes(each, year, general)]


_NO_NOTICE = re.compile(
    r"(?:未|没有|无|不存在)[^,。;]{0,6}(?:发出|发送|下发|出具|开具|送达|产生|制发)?[^,。;]{0,8}收费通知"
)


def denied_notice(document: Document, year: int | None) -> str | None:
    """The sentence that says that no fee notice (收费通知) was sent this year, if there is one."""
    if "收费通知" not in document.text and "收費通知" not in document.text:
        return None
    lines = _section(paragraph.text for paragraph in document.paragraphs)
    sentences = [each for line in lines for each in _SENTENCE.split(line)]
    return next(
        (each for each in sentences if _NO_NOTICE.search(each) and not _is_of_another_year(each, year)),
        None,
    )


def _section(texts: Iterable[str]) -> list[str]:
    """The paragraphs of section 六, Simplified and half width; of the last heading, for the first may be a contents."""
    found: list[str] = []
    inside = False
    for text in texts:
        may_be_heading = "项" in text or "項" in text  # 事项
        if not (inside or may_be_heading):
            continue
        line = plain(text)
        heading = _HEADING.fullmatch(line) if may_be_heading else None
        if heading:
            inside, found = True, [heading["text"]] if heading["text"] else []
        elif _NEXT.match(line):
            inside = False
        elif inside:
            found.append(line)
    return found


def _notes(sentence: str, year: int | None, general: bool) -> Iterator[FeeNote]:
    for clause in _CLAUSE.split(sentence):
        if _is_of_another_year(clause, year):
            continue
        if any(each.fullmatch(clause) for each in _NONE):
            yield FeeNote(sentence, charged=False)
        elif general and _NO_FEES.fullmatch(clause):
            yield FeeNote(sentence, charged=False, bare=True)
        elif not _NOT_CHARGED.search(clause):
            figures = [match["figure"] for each in _SOME if (match := each.fullmatch(clause))]
            if any(float(figure.replace(",", "")) for figure in figures):
                yield FeeNote(sentence, charged=True)


def _is_of_another_year(clause: str, year: int | None) -> bool:
    named = {int(each) for each in _YEAR.findall(clause)}
    return bool(_ANOTHER_YEAR.search(clause)) or bool(year and named and year not in named)
