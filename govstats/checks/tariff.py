"""Amounts of 信息处理费 that the tariff of 国办函〔2020〕109号 cannot give.

By piece it counts in steps of 100 元, by page in steps of 10, 20 and 40 元: whatever is added up is a multiple of 10.
Only sentences that name this fee, no other one, and give its amount in figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from govstats.checks.prose import finding_in_prose
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.document import Document
from govstats.model.finding import Finding
from govstats.text.labels import plain
from govstats.text.patterns import lazy

RULES = ("P407",)

_SINCE = 2021
_STEP = 10
_FEE = "信息处理费"
_FIGURE = r"(?P<figure>\d[\d,]*(?:\.\d+)?)(?P<scale>万)?元(?![/／]|每|一?[件页张份])"
_TOTAL = r"(?:,?(?:一共|共计|共|合计|总计|总额|总?金额|数额))?"
_AMOUNTS = (
    lazy(rf"{_FEE}(?:用)?(?:的?(?:总金额|总额|金额|数额|收入))?{_TOTAL}(?:为|是|:|计|共|了)?(?:人民币)?{_FIGURE}"),
    lazy(rf"(?:收取|实收|收到|收缴|征收|收)(?:了|到)?{_TOTAL}(?:人民币)?{_FIGURE}的?{_FEE}"),
)
_OTHER_FEE = lazy(
    r"(?:复制|复印|检索|邮寄|邮递|快递|工本|成本|手续|材料|证照|诉讼|服务|制作)等?费|事业性收费|成本费|滞纳金|利息|罚"
)
_NOT_THE_AMOUNT = lazy(r"[约近余多超]\d|\d[余多]|退|减免|免收|减收|减半|标准|平均|每[件页]|以上|以下|欠")
_YEAR = lazy(r"((?:19|20)\d{2})年")
_ANOTHER_YEAR = lazy(r"上年|去年|上一年|往年|历年|累计|近年|以来")


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    if (
        report.several
        or report.year is None
        or report.year < _SINCE
        or "费" not in report.document.text.replace("費", "费")
    ):
        return
    for sentence in _sentences(report.document):
        years = set(map(int, _YEAR.findall(sentence)))
        if (years and years != {report.year}) or any(
            each.search(sentence) for each in (_OTHER_FEE, _NOT_THE_AMOUNT, _ANOTHER_YEAR)
        ):
            continue
        yield from _breaks(sentence)


def _breaks(sentence: str) -> Iterator[Finding]:
    for match in chain.from_iterable(each.finditer(sentence) for each in _AMOUNTS):
        amount = Decimal(match["figure"].replace(",", "")) * (10_000 if match["scale"] else 1)
        if amount % _STEP:
            yield finding_in_prose("P407", sentence, [match.span("figure")], _why(amount), None)


def _why(amount: Decimal) -> Text:
    figure = f"{amount.normalize():f}"
    return Text(
        f"{figure} 元不是 {_STEP} 元的倍数，按件（100 元起）、按页（10、20、40 元）都得不出",
        f"{figure} yuan is no multiple of {_STEP}, which neither pieces (100 and more) nor pages (10, 20, 40) can give",
    )


def _sentences(document: Document) -> Iterator[str]:
    for paragraph in document.paragraphs:
        if "费" in paragraph.text or "費" in paragraph.text:
            yield from (each for each in re.split(r"[。;]", plain(paragraph.text)) if _FEE in each)
