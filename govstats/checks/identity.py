"""Whose report it is and for which year must be told: what is compared with other reports needs both."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.catalog.rules import get_rule
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.finding import Finding
from govstats.model.report import Report
from govstats.model.wording import listed

RULES = ("D011",)

_AGENCY = Text("是哪个机关的报告", "whose report it is")
_YEAR = Text("是哪一年的报告", "for which year it is")
_COMPARISONS = (
    Text("与上年、历年核对", "comparison with the years before"),
    Text("与其他机关的报告核对", "comparison with the reports of others"),
    Text("上下级汇总和是否报送", "sums of its units, and whether all have filed"),
)
_SEVERAL = Text("几份报告连在一页里", "several reports stand in one page")
_OF_THE_YEAR = Text("格式是否过时", "whether the form is out of date")


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    if not report.tables or (report.agency and report.year):
        return
    unknown = [*_unknown(report)]
    skipped = _COMPARISONS if report.year else (*_COMPARISONS, _OF_THE_YEAR)
    fields = {"what": listed(unknown), "skipped": listed(skipped)}
    yield get_rule("D011").finding(fields, lesser=_is_bare(report), quotes=tuple(text.zh for text in unknown))


def _unknown(report: Report) -> Iterator[Text]:
    """What cannot be told, each with why."""
    for value, name, what in ((report.agency, "agency", _AGENCY), (report.year, "year", _YEAR)):
        if not value:
            why = _SEVERAL if report.several else report.reasons.get(name)
            yield Text(f"{what.zh}（{why.zh}）", f"{what.en} ({why.en})") if why and why.zh else what


def _is_bare(report: Report) -> bool:
    """A table without a sentence: nothing in it could tell."""
    return not any("。" in paragraph.text for paragraph in report.document.paragraphs)
