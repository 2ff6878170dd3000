"""One self-contained page: what was found, each finding in its table or sentence, and what to do. No network.

Reports stream by: what is shown of each is kept on disk. While there is room (5 MB), each finding has its part of the
table, and each report its whole tables folded; beyond, findings are told in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from govstats.catalog.rules import get_rule
from govstats.display.cards import Card
from govstats.display.look import Look
from govstats.display.marks import MEANINGS, SIGNS
from govstats.display.page import asset, environment, source_hash
from govstats.display.verdict import CLEAN, STANDINGS, UNFILED, UNVERIFIED
from govstats.lang import Text, language
from govstats.model.audits import Entry, Tally, Unfiled, Unread, summarise
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES
from govstats.renderers._spool import Levels, Spool

if TYPE_CHECKING:
    from jinja2 import Environment

NAME = "html"
SUFFIX = ".html"
UTF8 = True

_ROOM = 4_700_000
"""Bytes for the reports: with head, filters and rules the page stays below 5 MB."""
_LEVELS = 4
_BRIEF, _WORDS, _PARTS = range(3)
"""Levels of detail: in short, in words, with the part of the table; the last, with whole tables, is the usual one."""
_MOST_AGENCIES = 1000
_MANY = 50
"""From so many reports on, browsers lay out only those in view."""
_UNREAD, _REPORT = "unread", "findings"

_TITLE = Text("年度报告核对结果", "Audit of annual reports")
_REPORTS = Text("{name}的报告", "reports {name}")
_NAMES = {
    **{kind: _REPORTS.format(name=name) for kind, name in STANDINGS.items()},
    UNFILED: Text("没有年度报告的单位", "agencies that have not filed"),
    _UNREAD: Text("没有读成的文件", "documents not read"),
}
_HEADINGS = {
    _UNREAD: Text("没有读成的文件（{n}）", "Documents that could not be read ({n})"),
    UNFILED: Text("名册上没有年度报告的单位（{n}）", "On the roster, but not filed ({n})"),
    _REPORT: Text("有问题的报告（{n}）", "Reports with findings ({n})"),
    UNVERIFIED: Text("没有发现问题、但没有全部核对的报告（{n}）", "No findings, but not fully verified ({n})"),
    CLEAN: Text("没有问题的报告（{n}）", "Reports without findings ({n})"),
}
_NOTES = {
    _UNREAD: Text(
        "这些文件什么也没有核对，须换一份能读的再核对。", "Nothing in these was audited: get a copy that can be read."
    ),
    UNVERIFIED: Text(
        "这些报告不能当作没有问题，请人工核对。", "Do not take these for clean: they need a person's eye."
    ),
}
_SHORTENED = {
    _BRIEF: Text(
        "问题很多：有 {n} 份报告只列了简要文字，没有附表。要看全文和表，请单独核对它们，或另存为 xlsx、jsonl。",
        "There is much to tell: of {n} reports findings are told in short, without tables. Audit those by themselves "
        "to see all, or write an xlsx or a jsonl.",
    ),
    _WORDS: Text(
        "问题很多：有 {n} 份报告只列了文字，没有附表。要看表，请单独核对它们，或另存为 xlsx。",
        "There is much to tell: of {n} reports findings are told without tables. Audit those by themselves to see "
        "them, or write an xlsx.",
    ),
    _PARTS: Text(
        "报告较多：有 {n} 份报告只附了问题所在的部分，没有附全表。",
        "There are many reports: of {n} only the parts of tables that findings are about are shown.",
    ),
}


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    lang = language(look.lang)
    with ExitStack() as stack:
        page = _Page(environment(lang), lang, stack, Tally(look.partial))
        for entry in entries:
            page.add(entry)
        yield from page.chunks()


@dataclass(slots=True)
class _Page:
    """The parts of the page while entries stream by."""

    templates: Environment
    lang: str
    stack: ExitStack
    tally: Tally
    standings: Counter[str] = field(default_factory=Counter)
    agencies: dict[str, None] = field(default_factory=dict)
    macros: Any = None
    reports: Levels = field(init=False)
    lists: dict[str, Spool] = field(init=False)

    def __post_init__(self) -> None:
        self.macros = self.templates.get_template("card.html.jinja").module
        self.reports = self.stack.enter_context(Levels(_LEVELS, _ROOM))
        self.lists = {name: self.stack.enter_context(Spool()) for name in _HEADINGS if name != _REPORT}

    def add(self, entry: Entry) -> None:
        """Take up one more entry."""
        self.tally.add(entry)
        if isinstance(entry, Unread):
            self.standings[_UNREAD] += 1
            self.lists[_UNREAD].add(self.macros.unread(entry))
            return
        card = Card(entry, self.lang)
        if isinstance(entry, Unfiled):
            self.standings[UNFILED] += 1
            self.lists[UNFILED].add(self.macros.unfiled(card))
            return
        self.standings[card.standing] += 1
        if card.agency and len(self.agencies) < _MOST_AGENCIES:
            self.agencies[card.agency] = None
        if not entry.findings:
            self.lists[card.standing].add(self.macros.line(card))
            return
        for level in reversed(self.reports.wanted):
            self.reports.add(level, self.macros.report(card, level))

    def chunks(self) -> Iterator[str]:
        """The page from head to foot."""
        import govstats

        levels = self.reports.chosen(sum(spool.size for spool in self.lists.values()))
        script = asset("page.js")
        rules = sorted(self.tally.rules.items())
        return self.templates.get_template("audit.html.jinja").generate(
            title=_TITLE.of(self.lang),
            summary=summarise(self.tally).of(self.lang),
            standings=list(self._standings()),
            rules=[(get_rule(code), count) for code, count in rules],
            severities=[(each, SEVERITY_NAMES[each].of(self.lang), self.tally.severities[each]) for each in SEVERITIES],
            legend=[(kind, SIGNS[kind], MEANINGS[kind].of(self.lang)) for kind in SIGNS],
            agencies=sorted(self.agencies),
            shortened=self._shortened(levels),
            many=self.tally.reports > _MANY,
            sections=self._parts(levels),
            version=govstats.__version__,
            style=asset("page.css"),
            script=script,
            script_hash=source_hash(script),
        )

    def _standings(self) -> Iterator[tuple[str, str, int]]:
        for kind, name in _NAMES.items():
            if self.standings[kind] or kind in {"error", CLEAN}:
                yield kind, name.of(self.lang), self.standings[kind]

    def _shortened(self, levels: Sequence[int]) -> list[str]:
        """What was left out for want of room, a sentence for each level."""
        counts = Counter(levels)
        return [told.format(n=counts[level]).of(self.lang) for level, told in _SHORTENED.items() if counts[level]]

    def _parts(self, levels: list[int]) -> Iterator[tuple[str, str, str, bool, Iterator[Any]]]:
        """The sections: id, heading, note, whether it is a list, its pieces (Markup)."""
        for name in _HEADINGS:
            count = len(levels) if name == _REPORT else len(self.lists[name])
            if not count:
                continue
            pieces = self.reports.pieces(levels) if name == _REPORT else self.lists[name].pieces()
            heading = _HEADINGS[name].format(n=count).of(self.lang)
            note = _NOTES[name].of(self.lang) if name in _NOTES else ""
            yield name, heading, note, name != _REPORT, map(_markup, pieces)


def _markup(piece: str) -> Any:
    """A piece that the templates have made."""
    from markupsafe import Markup

    return Markup(piece)  # noqa: S704 - our own template escaped what it holds
