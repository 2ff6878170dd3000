"""Document → what section 六 says of fees charged: that there were none, or that there were some.

行政事业性收费 is what table `disclosure` counts (Article 20 (8)). 信息处理费, the fee for handling requests, must be
told in section 六 (国办函〔2020〕109号); it is one of those fees (皖财综〔2021〕28号), so having none of it says
nothing about the table. Only sentences count that name 行政事业性收费 without narrowing them to disclosure and its
requests; one that denies all fees, in a section that speaks of no information at all, is `bare`: at most a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govstats.model.document import Document
from govstats.model.forms import CellKey
from govstats.text.labels import plain
from govstats.text.patterns import lazy

FEES = CellKey("disclosure", "20.8.fees", "amount")
_FEE, _FEE_TRADITIONAL = "费", "費"
_NAMED = "行政事业性收费"
_HEADING = lazy(
    r"(?:第?[五六七][、.]|\([五六七]\)|[5-7][、.])?(?:其他需要?(?:报告|说明|公开)的?(?:其他)?事项|需要?(?:报告|说明)的其他事项)"
    r"(?P<rest>$|[:。](?P<text>.*))"
)
_NEXT = lazy(r"(?:[六七八九][、.]|附件?[:：]|附表)")
_SENTENCE = lazy(r"[。;!?]")
_CLAUSE = lazy(r",(?!\d{3})")
_OF_INFORMATION = lazy(r"信息|资讯|申请|公开|检索|复制|邮寄|处理费|109号")
_YEAR = lazy(r"((?:19|20)\d{2})年")
_ANOTHER_YEAR = lazy(r"上年|去年|上一年|往年|历年|近年|下一?年|明年")
_DENIED = (
    r"(?:无|没有|未有|不存在|[未不没]涉及|没有涉及"
    r"|(?:未|没有|没|不)(?:曾)?(?:收取|征收|收过|产生|发生|开展|实施|设立|收))"
)
_ANY = r"(?:过|任何|其他|各类|各项|相关|的)*"
_WHAT = r"(?:项目|情况|行为|事项|金额|收入|费用|款项|的)*"
_AND_MORE = r"(?:(?:和|及|以及|、|或|与|等).*)?"
_NONE = (
    lazy(rf".*{_DENIED}{_ANY}{_NAMED}{_WHAT}{_AND_MORE}"),
    lazy(rf".*{_DENIED}{_ANY}[一-鿿]*(?:费|收费)(?:和|及|以及|、|或|与){_NAMED}{_WHAT}"),
    lazy(rf".*{_NAMED}{_WHAT}(?:总额)?(?:均|仍|也)?(?:为|是|:|共|共计|合计|计)?(?:0(?:\.0+)?(?:万|亿)?元?|零元?|无)"),
)
_NO_FEES = lazy(rf".*{_DENIED}{_ANY}(?:收费|费用){_WHAT}")
_FIGURE = r"(?P<figure>\d[\d,]*(?:\.\d+)?)(?:余|多)?(?:亿|万)?余?元"
_SOME = (
    lazy(rf".*{_NAMED}[^\d。]{{0,16}}?{_FIGURE}.*"),
    lazy(rf".*(?:收取|征收|收)了?{_FIGURE}的?{_NAMED}.*"),
)
_OF_REQUESTS = lazy(r"(?:信息|政务)公开(?!条例)|依申请|公开申请|申请人|信息处理费|109号")
_FRAME = lazy(r"(?:根据|按照|依据|依照|遵照|在|关于|对|就).*")
_NOT_CHARGED = lazy(r"减免|免收|免征|免除|取消|停征|降低|退|减少|下降|降|少收|欠|罚")


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


_NOTICE = r"(?:收费|[缴交]费|[缴交]款|处理费)通知[书单]?"
_MAY_SPEAK = lazy("[费費款]通知")
_OF_NOTICES = r"(?:过|任何|信息处理费|信息公开|政府|依申请公开|申请|处理|相关|有关|的|需要?|应当?|书面|一[件份次])*"
_SENT = r"(?:发出|发送|发放|下发|印发|制发|寄发|寄出|送达|出具|开具|开出|下达|作出|制作|产生|发)"
_TO_WHOM = r"(?:(?:向|对)[^,未没无]{0,8})?"
_NO = r"(?:均|也|都|尚|还)?(?:未|没有|没|无|不存在|未曾|从未)(?:曾|有|需|需要|实际)?"
_NOT_OF_A_DENIAL = "".join(
    f"(?<!{word})" for word in ("不存在", "未发现", "没有", "无", "不得", "是否", "如", "若", "因", "在")
)
_UNSENT = lazy(
    rf"{_NOT_OF_A_DENIAL}{_NO}{_TO_WHOM}{_SENT}{_OF_NOTICES}{_NOTICE}(?!即|就|而|前|时|的?情况下|的(?!情况|事项))"
    rf"|(?:无|没有|不存在|未有|未涉及|不涉及){_OF_NOTICES}{_NOTICE}(?=$|[,、)]|的?情况|的?事项)"
    rf"|{_NOTICE}(?:{_SENT})?(?:的?(?:数量?|件数|份数|总数|情况))?(?:均|都)?(?:为|是|:|共|计|共计)?(?:0|零)(?:件|份|次|个|张|$|(?=,))"
    rf"|{_NOTICE}(?:的?(?:数量|件数|份数|情况))(?:均|都)?(?:为|是|:)?无(?=$|[,、)])"
    rf"|{_NOTICE}(?:均|都|也)?(?:未|没有)(?:曾)?{_SENT}"
)
_SOME_SENT = lazy(
    rf"(?<!未)(?<!无)(?<!没有){_SENT}[^,未没无]{{0,10}}{_NOTICE}[^,]{{0,6}}?(?:[1-9]|[一二三四五六七八九十两])"
    rf"|(?:[1-9]\d*|[一二三四五六七八九十两])(?:件|份|次|个|张|封)[^,未没无]{{0,6}}{_NOTICE}|{_NOTICE}(?:[1-9]\d*)(?:件|份|次|个|张|封)"
)
_BUT_FOR = lazy(r"除|其[余他它]|以外|之外|另有|上半年|下半年|季度|\d月")


def denied_notice(document: Document, year: int | None) -> str | None:
    """The sentence that says that no fee notice (收费通知, 缴费通知) was sent this year; None also where some was sent.

    What is denied must be the sending: 未按收费通知缴费 is of notices that were sent.
    """
    if not _MAY_SPEAK.search(document.text):
        return None
    lines = _section(paragraph.text for paragraph in document.paragraphs)
    sentences = [each for line in lines for each in _SENTENCE.split(line) if not _is_of_another_year(each, year)]
    if any(_SOME_SENT.search(each) for each in sentences):
        return None
    return next((each for each in sentences if _UNSENT.search(each) and not _BUT_FOR.search(each)), None)


def _section(texts: Iterable[str]) -> list[str]:
    """The paragraphs of section 六, Simplified and half width; of the last heading, for the first may be a contents."""
    found: list[str] = []
    inside = False
    for text in texts:
        may_be_heading = "需" in text and ("项" in text or "項" in text)  # 需要……事项
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
    narrowed = False
    for clause in _CLAUSE.split(sentence):
        narrowed = narrowed or _narrows(clause)
        if narrowed or _is_of_another_year(clause, year):
            continue
        if any(each.fullmatch(clause) for each in _NONE):
            yield FeeNote(sentence, charged=False)
        elif general and _NO_FEES.fullmatch(clause):
            yield FeeNote(sentence, charged=False, bare=True)
        elif not _NOT_CHARGED.search(clause):
            figures = [match["figure"] for each in _SOME if (match := each.fullmatch(clause))]
            if any(float(figure.replace(",", "")) for figure in figures):
                yield FeeNote(sentence, charged=True)


def _narrows(clause: str) -> bool:
    """True for a clause that speaks of the fees of disclosure and its requests: 信息公开工作中未收取行政事业性收费."""
    subject = re.split(rf"{_DENIED}|{_NAMED}", clause, maxsplit=1)[0]
    frames_the_rest = subject == clause and _FRAME.match(clause) is not None
    return _OF_REQUESTS.search(subject) is not None and (_NAMED in clause or frames_the_rest)


def _is_of_another_year(clause: str, year: int | None) -> bool:
    named = {int(each) for each in _YEAR.findall(clause)}
    return bool(_ANOTHER_YEAR.search(clause)) or bool(year and named and year not in named)
