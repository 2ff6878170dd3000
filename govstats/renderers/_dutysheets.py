"""Duties → two sheets of a workbook: each report that is due, and how many of them came, by level and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from govstats.comparison.duties import LATE, MERGED, MISSING, STATES, UNMATCHED, UNREADABLE, Duty
from govstats.lang import Text
from govstats.renderers._booksheets import Book, Listing, Value

_SHEET, _SUMMARY = Text("报送情况", "Filing"), Text("报送汇总", "Filing by level")
_COLUMNS = {
    "year": (Text("年度", "Year"), 7),
    "level": (Text("级别", "Level"), 9),
    "place": (Text("地区", "Place"), 14),
    "unit": (Text("单位", "Unit"), 30),
    "parent": (Text("上级", "Parent"), 26),
    "state": (Text("状态", "State"), 14),
    "published": (Text("公布日期", "Published"), 12),
    "by": (Text("法定期限", "Due by"), 12),
    "days": (Text("逾期天数", "Days late"), 9),
    "path": (Text("文件", "File"), 44),
}
_COUNTS = {
    "year": (Text("年度", "Year"), 7),
    "level": (Text("级别", "Level"), 12),
    "due": (Text("应报", "Due"), 8),
    "came": (Text("已报", "Filed"), 8),
    "on_time": (Text("按期", "On time"), 8),
    "late": (Text("逾期", "Late"), 8),
    "undated": (Text("未印日期", "No date"), 9),
    "unreadable": (Text("没有读成", "Not read"), 9),
    "unmatched": (Text("对不上", "Unclear"), 9),
    "merged": (STATES[MERGED], 11),
    "missing": (STATES[MISSING], 9),
}
_STYLES = {LATE: "warning", MISSING: "error", UNREADABLE: "warning", UNMATCHED: "warning"}


def add_duties(book: Book, duties: Iterable[Duty], lang: str) -> None:
    """Both sheets, at the end of those that are there."""
    kept = list(duties)
    listing = Listing(book.sheet(_SHEET.of(lang)), _headers(_COLUMNS, lang))
    for duty in kept:
        state = _STYLES.get(duty.state)
        listing.add(_values(duty, lang), {"state": state} if state else None)
    listing.end()
    summary = Listing(book.sheet(_SUMMARY.of(lang)), _headers(_COUNTS, lang))
    for values in _counted(kept, lang):
        summary.add(values)
    summary.end()


def _headers(columns: dict[str, tuple[Text, int]], lang: str) -> dict[str, tuple[str, int]]:
    return {key: (header.of(lang), width) for key, (header, width) in columns.items()}


def _values(duty: Duty, lang: str) -> dict[str, Value]:
    return {
        "year": duty.year,
        "level": duty.level.of(lang),
        "place": duty.unit.place,
        "unit": duty.unit.name,
        "parent": duty.unit.parent or "",
        "state": STATES[duty.state].of(lang),
        "published": duty.published.isoformat() if duty.published else "",
        "by": duty.by.isoformat(),
        "days": duty.days_late,
        "path": duty.path or "",
    }


def _counted(duties: list[Duty], lang: str) -> Iterable[dict[str, Value]]:
    for year, level in dict.fromkeys((duty.year, duty.level) for duty in duties):
        own = [duty for duty in duties if (duty.year, duty.level) == (year, level)]
        states = Counter(duty.state for duty in own)
        absent = sum(states[each] for each in (MISSING, MERGED, UNREADABLE, UNMATCHED))
        came = len(own) - absent
        undated = sum(duty.published is None for duty in own) - absent
        yield {
            "year": year,
            "level": level.of(lang),
            "due": len(own),
            "came": came,
            "on_time": came - states[LATE] - undated,
            "late": states[LATE],
            "undated": undated,
            "unreadable": states[UNREADABLE],
            "unmatched": states[UNMATCHED],
            "merged": states[MERGED],
            "missing": states[MISSING],
        }
