"""The first sheet of an audit's workbook: how all stand, whom to see to first, where findings crowd."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from govstats.display.breaking import in_clauses
from govstats.display.triage import (
    Rank,
    Triage,
    rule_name,
    severities_text,
    standings_in_order,
)
from govstats.lang import Text, joined
from govstats.model.finding import SEVERITY_NAMES
from govstats.model.standings import STANDINGS, UNFILED, UNFILED_HEAD, UNREAD, UNREAD_HEAD
from govstats.model.tally import summarise
from govstats.renderers._booksheets import HEADER, LINE, LIST, PLAIN, Sheet, Value, lines, style_of

NAME = Text("汇总", "Summary")
_WIDTHS = (34, 20, 46, *[12] * 8)
_WIDE = 4
"""From this column on, cells of a line are one: room for a path."""
_MOST_RULES = 40
_MOST_MISSING = 40
_MOST_AGENCIES = 30

_WORST = Text("先看这些报告（错误多的在前）", "See to these first")
_FOUND, _WHAT = Text("问题数", "Found"), Text("是什么", "What")
_STANDS = Text("结果", "Result")
_TABLES, _FILE = Text("附表", "Tables"), Text("文件", "File")
_WHY = Text("为什么", "Why")
_NOTHING = Text("", "")
_MORE = Text("… 另有 {n} 个", "… {n} more")
_OF_YEAR = Text("{year}（{n}）", "{year} ({n})")
_RULE, _REPORTS = Text("规则", "Rule"), Text("报告数", "Reports")
_BY_PLACE = Text("地区", "Place")
_BY_YEAR = Text("机关和年度（错误/警告，？没有读成）", "Agency and year (errors/warnings, ? not read)")


class Summary:
    """The sheet, written from the top; `_row` is the next one, `sheets` names the sheet of a report by its rank."""

    def __init__(self, page: Sheet, lang: str, sheets: Mapping[Rank, str]) -> None:
        self._page, self._lang, self._sheets, self._row = page, lang, sheets, 0
        page.widths(*_WIDTHS)
        page.print_across()

    def fill(self, triage: Triage) -> None:
        """All of it."""
        self._page.put(0, 0, summarise(triage.tally).of(self._lang), PLAIN)
        self._row = 2
        self._standings(triage)
        self._leads(triage)
        self._unread(triage)
        self._unfiled(triage)
        self._rules(triage)
        self._years(triage)
        self._places(triage)

    def _standings(self, triage: Triage) -> None:
        """Side by side: all that is wanted first shall stand on one screen."""
        counted = list(standings_in_order(triage.tally.standings))
        for at, (kind, name, count) in enumerate(counted):
            self._page.put(self._row, at, name.of(self._lang), HEADER)
            self._page.put(self._row + 1, at, count, style_of(kind))
        self._row += 2

    def _leads(self, triage: Triage) -> None:
        if not triage.worst:
            return
        self._row += 1
        self._head(_WORST, _FOUND, _WHAT, _TABLES, _FILE, wide=True)
        for lead in triage.worst:
            found = severities_text(lead.severities)
            self._line([lead.title, found, lead.what, None, lead.path], style_of(lead.standing), wide=True)
            if sheet := self._sheets.get(lead.rank):
                self._page.link(self._row - 1, 3, sheet, _TABLES.of(self._lang))

    def _unread(self, triage: Triage) -> None:
        if not triage.unread:
            return
        self._row += 1
        self._head(UNREAD_HEAD.format(n=triage.tally.standings[UNREAD]), _STANDS, _WHY, _NOTHING, _FILE, wide=True)
        shown = triage.unread[:_MOST_MISSING]
        for each in shown:
            name = each.whose or re.split(r"[/\\]", each.path)[-1]
            why = in_clauses(each.why.of(self._lang), _WIDTHS[2] - 2)
            self._line([name, STANDINGS[UNREAD], why, None, each.path], style_of(UNREAD), wide=True)
        if left := triage.tally.standings[UNREAD] - len(shown):
            self._line([_MORE.format(n=left), None, None, None, None], wide=True)

    def _unfiled(self, triage: Triage) -> None:
        """A line for each year, the names behind it."""
        if not triage.unfiled:
            return
        self._row += 1
        self._head(UNFILED_HEAD.format(n=triage.tally.standings[UNFILED]), *[_NOTHING] * _WIDE, wide=True)
        for year, count, agencies in triage.unfiled:
            more = [_MORE.format(n=count - len(agencies))] if count > len(agencies) else []
            self._page.put(self._row, 0, _OF_YEAR.format(year=year, n=count).of(self._lang), LIST)
            told = joined([*agencies, *more]).of(self._lang)
            self._page.span(self._row, 1, (self._row, len(_WIDTHS) - 1), told, LIST)
            self._page.height(self._row, LINE * lines(told, sum(_WIDTHS[1:]) - 10) + 3)
            self._row += 1

    def _rules(self, triage: Triage) -> None:
        rules = triage.rules()[:_MOST_RULES]
        if not rules:
            return
        self._row += 1
        self._head(_RULE, _REPORTS)
        for code, group in rules:
            self._line([rule_name(code), group.reports])

    def _years(self, triage: Triage) -> None:
        years, rows = triage.matrix(_MOST_AGENCIES)
        if not rows:
            return
        self._row += 1
        self._head(_BY_YEAR, *(Text(year, year) for year in years))
        for agency, groups in rows:
            self._line([agency, *("—" if group is None else group.brief for group in groups)])

    def _places(self, triage: Triage) -> None:
        places = triage.places(self._lang, _MOST_AGENCIES)
        if not places:
            return
        self._row += 1
        self._head(_BY_PLACE, _REPORTS, *SEVERITY_NAMES.values())
        for name, group in places:
            self._line([name, group.reports, *group.severities])

    def _head(self, *names: Text, wide: bool = False) -> None:
        self._line(list(names), HEADER, HEADER, wide=wide)

    def _line(
        self, values: Sequence[Text | Value], second: str = LIST, style: str = LIST, *, wide: bool = False
    ) -> None:
        """One more line; its second cell has a style of its own. `wide`: the fifth reaches to the end."""
        told = [value.of(self._lang) if isinstance(value, Text) else value for value in values]
        for at, value in enumerate(told):
            self._page.put(self._row, at, value, second if at == 1 else style)
        if wide:
            self._page.span(self._row, _WIDE, (self._row, len(_WIDTHS) - 1), told[_WIDE], style)
        needed = (lines(value, _WIDTHS[at] - 1) for at, value in enumerate(told[:3]) if isinstance(value, str))
        self._page.height(self._row, LINE * max(needed, default=1) + 3)
        self._row += 1
