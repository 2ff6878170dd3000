"""One self-contained page: what was found, each finding in its table or sentence, and what to do. No network.

The worst report stands first. While there is room (5 MB), each finding has its part of the table, and each report its
whole tables folded; beyond, findings are told in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from govstats.catalog.rules import get_rule
from govstats.display.cards import Card
from govstats.display.jumps import LISTED, Jump
from govstats.display.look import Look
from govstats.display.marks import MEANINGS, SIGNS
from govstats.display.page import asset, environment, source_hash
from govstats.display.triage import Triage, standings_in_order
from govstats.lang import Text, language
from govstats.model.audits import Audited, Entry, Unfiled, Unread
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES
from govstats.model.standings import (
    CLEAN,
    KNOWN,
    UNFILED,
    UNFILED_HEAD,
    UNMATCHED_HEAD,
    UNREAD,
    UNREAD_HEAD,
    UNVERIFIED,
)
from govstats.model.tally import summarise
from govstats.renderers._ranked import Worst
from govstats.renderers._spool import Levels, Spool

if TYPE_CHECKING:
    from jinja2 import Environment

SUFFIX = ".html"
UTF8 = True

_ROOM = 4_700_000
"""Bytes for the reports: with head, filters and rules the page stays below 5 MB."""
_LEVELS = 4
_BRIEF, _WORDS, _PARTS = range(3)
"""Levels of detail: in short, in words, with the part of the table; the last, with whole tables, is the usual one."""
_MOST_AGENCIES = 1000
_MOST_ROWS = 30
_MANY = 50
"""From so many reports on, browsers lay out only those in view."""
_WORST = 2000
"""So many reports wait for their turn, the worst; others are told in short behind them."""
_REPORT = "findings"
_UNMATCHED = "unmatched"

_TITLE = Text("年度报告核对结果", "Audit of annual reports")
_HEADINGS = {
    UNREAD: UNREAD_HEAD,
    UNFILED: UNFILED_HEAD,
    _UNMATCHED: UNMATCHED_HEAD,
    _REPORT: Text("有问题的报告（{n}）", "Reports with findings ({n})"),
    KNOWN: Text("只有已知问题的报告（{n}）", "Reports with known findings only ({n})"),
    UNVERIFIED: Text("没有发现问题、但没有全部核对的报告（{n}）", "No findings, but not fully verified ({n})"),
    CLEAN: Text("没有问题的报告（{n}）", "Reports without findings ({n})"),
}
_NOTES = {
    UNREAD: Text(
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
        page = _Page(environment(lang), lang, stack, Triage(look.partial))
        for entry in entries:
            page.add(entry)
        yield from page.chunks()


@dataclass(slots=True)
class _Page:
    """The parts of the page while entries stream by."""

    templates: Environment
    lang: str
    stack: ExitStack
    triage: Triage
    agencies: dict[str, None] = field(default_factory=dict)
    jumps: list[Jump] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    there: dict[str, Card] = field(default_factory=dict)
    worst: Worst = field(default_factory=lambda: Worst(_WORST))
    macros: Any = None
    reports: Levels = field(init=False)
    rest: Spool = field(init=False)
    lists: dict[str, Spool] = field(init=False)

    def __post_init__(self) -> None:
        self.macros = self.templates.get_template("card.html.jinja").module
        self.reports = self.stack.enter_context(Levels(_LEVELS, _ROOM))
        self.rest = self.stack.enter_context(Spool())
        self.lists = {name: self.stack.enter_context(Spool()) for name in _HEADINGS if name != _REPORT}

    def add(self, entry: Entry) -> None:
        """Take up one more entry."""
        rank, how = self.triage.add(entry)
        if isinstance(entry, Unread):
            self._add_unread(entry.path, self.macros.unread(entry))
        elif isinstance(entry, Unfiled) and entry.file:
            self.there[entry.file] = Card(entry, self.lang)
        elif isinstance(entry, Unfiled):
            self.lists[UNFILED].add(self.macros.without_report(Card(entry, self.lang), UNFILED))
        elif how == UNREAD:
            self._add_unread(entry.path, self.macros.without_report(self._card(entry), UNREAD))
        elif not entry.findings:
            self.lists[how].add(self.macros.line(self._card(entry)))
        elif fallen := self.worst.add(rank, entry):
            self.rest.add(self.macros.report(self._card(fallen[1]), 0))

    def _add_unread(self, path: str, piece: str) -> None:
        self.unread.append(path)
        self.lists[UNREAD].add(piece)

    def _card(self, entry: Audited) -> Card:
        card = Card(entry, self.lang)
        if card.agency and len(self.agencies) < _MOST_AGENCIES:
            self.agencies[card.agency] = None
        return card

    def _add_worst(self) -> None:
        """The cards of the worst, and a list to jump from."""
        for number, (rank, entry) in enumerate(self.worst, 1):
            card = self._card(entry)
            if number <= LISTED:
                self.jumps.append(Jump.to(f"r{number}", card, rank))
            for level in reversed(self.reports.wanted):
                self.reports.add(level, self.macros.report(card, level, f"r{number}"))

    def chunks(self) -> Iterator[str]:
        """The page from head to foot."""
        import govstats

        self._add_worst()
        unread = set(self.unread)
        for path in (each for each in self.there if each not in unread):
            self.lists[_UNMATCHED].add(self.macros.without_report(self.there[path], _UNMATCHED))
        tally = self.triage.tally
        levels = self.reports.chosen(self.rest.size + sum(spool.size for spool in self.lists.values()))
        script = asset("fold.js") + asset("filters.js")
        rules = [(get_rule(code), tally.rules[code], group.reports) for code, group in self.triage.rules()]
        return self.templates.get_template("audit.html.jinja").generate(
            title=_TITLE.of(self.lang),
            summary=summarise(tally).of(self.lang),
            standings=[(kind, name.of(self.lang), n) for kind, name, n in standings_in_order(tally.standings)],
            rules=rules,
            severities=[(each, SEVERITY_NAMES[each].of(self.lang), tally.severities[each]) for each in SEVERITIES],
            legend=[(kind, SIGNS[kind], MEANINGS[kind].of(self.lang)) for kind in SIGNS],
            agencies=sorted(self.agencies),
            jumps=self.jumps,
            not_listed=len(self.worst) + len(self.rest) - len(self.jumps),
            unread=self.triage.unread,
            unread_head=UNREAD_HEAD.format(n=tally.standings[UNREAD]),
            unfiled=self.triage.unfiled,
            unfiled_head=UNFILED_HEAD.format(n=tally.standings[UNFILED]),
            matrix=self.triage.matrix(_MOST_ROWS),
            places=self.triage.places(self.lang, _MOST_ROWS),
            shortened=self._shortened(levels),
            many=tally.reports > _MANY,
            sections=self._parts(levels),
            version=govstats.__version__,
            style=asset("page.css"),
            script=script,
            script_hash=source_hash(script),
        )

    def _shortened(self, levels: Sequence[int]) -> list[str]:
        """What was left out for want of room, a sentence for each level."""
        counts = Counter(levels)
        counts[_BRIEF] += len(self.rest)
        return [told.format(n=counts[level]).of(self.lang) for level, told in _SHORTENED.items() if counts[level]]

    def _parts(self, levels: list[int]) -> Iterator[tuple[str, str, str, bool, Iterator[Any]]]:
        """The sections: id, heading, note, whether it is a list, its pieces (Markup)."""
        for name in _HEADINGS:
            listed = len(levels) + len(self.rest) if name == _REPORT else len(self.lists[name])
            if not listed:
                continue
            pieces = chain(self.reports.pieces(levels), self.rest.pieces()) if name == _REPORT else self._listed(name)
            heading = _HEADINGS[name].format(n=listed).of(self.lang)
            note = _NOTES[name].of(self.lang) if name in _NOTES else ""
            yield name, heading, note, name != _REPORT, map(_markup, pieces)

    def _listed(self, name: str) -> Iterator[str]:
        """The items of a list; of one that was not read with whose it may be."""
        if name != UNREAD:
            yield from self.lists[name].pieces()
            return
        for path, piece in zip(self.unread, self.lists[UNREAD].pieces(), strict=True):
            yield piece
            if path in self.there:
                yield self.macros.whose(self.there[path])


def _markup(piece: str) -> Any:
    """A piece that the templates have made."""
    from markupsafe import Markup

    return Markup(piece)  # noqa: S704 - our own template escaped what it holds
