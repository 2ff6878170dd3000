"""Of which time a figure speaks: the year of the report, a part of it, another year, several years."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.prose.words import says
from govstats.text.patterns import lazy

_YEAR = lazy(r"(?<!\d)((?:19|20)\d{2})年")
_LAST = lazy(r"(?:去年|上年度?|上一年度?|往年|以往年?度?|以前年度)(?!度?结转)")
_CARRIED = lazy(r"(?:19|20)\d{2}年(?:度)?结转|(?:结转|转|延期|顺延)(?:至|到|入|于)?(?:19|20)\d{2}年")
_TOTAL_OF_A_YEAR = lazy(
    r"(?:(?<![至到止—–~、和及\-\d])(?P<year>(?:19|20)\d{2})年度?(?![底末初前起至到止—–~、和及\-])|全年|本年度?|今年|当年)"
    r"(?:(?!年来|半年|季度|截至|截止|期间|历年)[^。;\d月]){0,60}?累计"
)
"""2023年, 我局累计收到 4 件，累计办结 3 件: in one year, if no figure stands before the first."""
_A_YEAR = r"(?:19|20)\d{2}"
_SEVERAL = lazy(
    rf"(?<![\d一])(?:[两二三四五六七八九十]|[2-9]|1\d)年(?:多)?(?:来|间|内|期间)|十[一二三四五六]五"
    rf"|{_A_YEAR}年?(?:至|到|[-—–~]){_A_YEAR}年(?!\d)|(?:{_A_YEAR}年?[、和及与])+{_A_YEAR}年"
)
"""五年来, 十三五期间, 2019年至2024年, 2022年、2023年、2024年分别."""
_THIS_YEAR = lazy("(?<=今年|本年|年初|全年)以来|(?<=年度)以来|(?<=一年)来")
"""今年以来: so far as a report of the whole year goes, all of it."""
_GREW = lazy(
    r"(?:同比|环比|相?[较比]|与)[^,，;。()\d]{0,16}[增升降减涨滑][^,，;。()\d]{0,4}[\d.,]+(?:%|个百分点)(?=[,，;)])"
)
"""收到 24 件（比上年增长 20%）, 办结 25 件: what grew is told, and what follows speaks of this year again."""
_NUMERALS = {numeral: at for at, numeral in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_MONTH = rf"(?<![\d.])(?:\d{{1,2}}|{'|'.join(sorted(_NUMERALS, key=len, reverse=True))})"
_DAY = r"(?:份|底|末|初|上旬|中旬|下旬|\d{1,2}日|[一二三十]{1,4}日)?"
_PERIOD = lazy(
    r"(?P<whole>全年|年内|全年度|本年度?|当年|一年来)|(?P<part>[上下]半年|季度)"
    rf"|(?:(?P<first>{_MONTH})月?{_DAY}(?:起|开始)?(?:至|到|[-—–~])(?:{_A_YEAR}年)?)(?P<last>{_MONTH})月{_DAY}"
    rf"|(?P<until>截至|截止|至|到)?(?:目前)?(?:{_A_YEAR}年)?(?P<month>{_MONTH})月{_DAY}(?P<end>止|为止)?"
)


_NOW = lazy(
    r"(?:^|[,，。;(])(?:其中|而|且|但)?[,，:]?(?:((?:19|20)\d{2})年度?|今年|本年度?|截[至止](?:((?:19|20)\d{2})年)?年底)"
    r"(?!度?(?:以来|来|间|期间|[底末初前起至到止—–~、和及\-]))"
)
"""上年收到 106 件，本年度收到 98 件: from there on this year is spoken of, whatever was before."""
_COMPARED = lazy(
    r"(?<=[,，。;(])(?:相?较|比|与|同比|环比)[^,，;。()]{0,24}[,，;](?:(?:同比|环比)?(?:[增升降减]|上升|下降)[^,，;。()]{0,16}[,，;])*(?!其中)"
)
"""收到 113 件，较上年增加 2 件，增长 1.8%；答复 124 件: what is compared is told, and what follows is of this year."""
_WITH_BEFORE = lazy(r"上一?年|去年|(?:19|20)\d{2}年|同期|同比|环比")


def _of_now(head: str, year: int | None) -> str:
    """The sentence up to a figure from where it speaks of this year on, without comparisons that are complete."""
    last = None
    for match in _NOW.finditer(head):
        if (match[1] or match[2] or str(year)) == str(year):
            last = match
    if last and not ("增" in head[last.end() :] and _WITH_BEFORE.search(head, 0, last.start())):
        head = head[last.start() :]
    if "较" in head or "比" in head or "与" in head:
        head = _COMPARED.sub(lambda match: "" if _WITH_BEFORE.search(match[0]) else match[0], head)
    return head


def is_other_time(head: str, year: int | None) -> bool:
    """Does the sentence up to a figure speak of another year, of many (历年, 累计, 以来), or of a part of the year?"""
    head = _of_now(head, year)
    head = _THIS_YEAR.sub("", head)
    if "%" in head:
        head = _GREW.sub("", head)
    named = _YEAR.findall(_CARRIED.sub("", head))
    if "累计" in head and {*named} <= {str(year)} and _TOTAL_OF_A_YEAR.search(head):
        head = head.replace("累计", "")
    return (
        says(head, "other_times")
        or _LAST.search(head) is not None
        or bool(named and year and int(named[-1]) != year)
        or _SEVERAL.search(head) is not None
        or _is_part_of_a_year(head)
    )


def years_named(head: str) -> frozenset[str]:
    """The years in it."""
    return frozenset(_YEAR.findall(head))


def _is_part_of_a_year(head: str) -> bool:
    """Is the last period named a half, a quarter, some months? 截至12月底 and 1月1日至12月31日 are the whole year."""
    if "月" not in head and "半年" not in head and "季度" not in head:
        return False
    last = None
    for last in _whole_periods(head):  # noqa: B007
        pass
    return last is False


def _whole_periods(head: str) -> Iterator[bool]:
    """For each period named: is it the whole year?"""
    for found in _PERIOD.finditer(head):
        if found["month"]:
            yield _number(found["month"]) == 12 and bool(found["until"] or found["end"])
        elif found["last"]:
            yield (_number(found["first"]), _number(found["last"])) == (1, 12)
        else:
            yield bool(found["whole"])


def _number(month: str) -> int:
    return int(month) if month.isdigit() else _NUMERALS[month]
