"""The first sheet of an audit's workbook: how all stand, whom to see to first, where findings crowd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govstats.display.triage import (
    Missing,
    Rank,
    Triage,
    rule_name,
    severities_text,
    standings_in_order,
)
from govstats.lang import Text
from govstats.model.audits import summarise
from govstats.renderers._booksheets import HEADER, LINE, LIST, PLAIN, Sheet, Value, lines

NAME = Text("汇总", "Summary")
_WIDTHS = (34, 20, 46, 12, 12, 12, 12, 12)
_MOST_RULES = 40
_MOST_MISSING = 40
_MOST_AGENCIES = 30

_HOW = Text("怎么样", "How they stand")
_COUNT = Text("份数", "Count")
_WORST = Text("先看这些报告（错误多的在前）", "See to these first")
_FOUND, _WHAT, _TABLES = Text("问题数", "Found"), Text("是什么", "What"), Text("附表", "Tables")
_UNREAD = Text("没有读成的文件（{n}）", "Not read ({n})")
_UNFILED = Text("没有年度报告（{n}）", "Not filed ({n})")
_WHY = Text("为什么", "Why")
_RULE, _REPORTS = Text("规则", "Rule"), Text("报告数", "Reports")
_BY_YEAR = Text("机关和年度（错误/警告）", "Agency and year (errors/warnings)")


class Summary:
    """The sheet, written from the top; `_row` is the next one, `sheets` names the sheet of a report by its rank."""

    def __init__(self, page: Sheet, lang: str, sheets: Mapping[Rank, str]) -> None:
        self._page, self._lang, self._sheets, self._row = page, lang, sheets, 0
        page.widths(*_WIDTHS)
        page.print_across()

    def fill(self, triage: Triage) -> None:
        """All of it."""
        self._page.put(0, 0, summarise(triage.tally).of(self._lang), PLAIN)
        self._row += 1
        self._row += 1
        self._head(_HOW, _COUNT)
        for kind, name, count in standings_in_order(triage.standings):
            self._line([name, count], _style(kind))
        self._leads(triage)
        self._missing(_UNREAD, triage.tally.unread, triage.unread)
        self._missing(
            _UNFILED, triage.standings["unfiled"], [Missing(m.why.of(self._lang), _there(m)) for m in triage.unfiled]
        )
        self._rules(triage)
        self._years(triage)

    def _leads(self, triage: Triage) -> None:
        if not triage.worst:
            return
        self._row += 1
        self._head(_WORST, _FOUND, _WHAT, _TABLES)
        for lead in triage.worst:
            self._line([lead.title, severities_text(lead.severities), lead.what], _style(lead.standing))
            if sheet := self._sheets.get(lead.rank):
                self._page.link(self._row - 1, 3, sheet, _TABLES.of(self._lang))

    def _missing(self, head: Text, count: int, known: Sequence[Missing]) -> None:
        if not count:
            return
        self._row += 1
        self._head(head.format(n=count), Text("", ""), _WHY)
        for each in known[:_MOST_MISSING]:
            self._line([each.name, None, each.why])

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
            told = ["—" if group is None else "{}/{}".format(*group.severities) for group in groups]
            self._line([agency, *("✓" if each == "0/0" else each for each in told)])

    def _head(self, *names: Text) -> None:
        self._line(list(names), HEADER, HEADER)

    def _line(self, values: Sequence[Text | Value], second: str = LIST, style: str = LIST) -> None:
        """One more line; its second cell has a style of its own."""
        told = [value.of(self._lang) if isinstance(value, Text) else value for value in values]
        for at, value in enumerate(told):
            self._page.put(self._row, at, value, second if at == 1 else style)
        needed = (lines(value, _WIDTHS[at] - 1) for at, value in enumerate(told[:3]) if isinstance(value, str))
        self._page.height(self._row, LINE * max(needed, default=1) + 3)
        self._row += 1


def _there(agency: Missing) -> Text:
    """Why no report of an agency was read: its file, where that is there."""
    path = agency.there
    return Text(f"有文件，读不了：{path}", f"there, not readable: {path}") if path else Text("没有见到", "not seen")


def _style(standing: str) -> str:
    return standing if standing in {"error", "warning", "info", "clean"} else "warning"
