"""Entries and refusals → pages in one language, piece by piece; what they show of a report are the cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import govstats
from govstats.catalog.rules import get_rule
from govstats.correction.changes import certain
from govstats.correction.copy import left_over
from govstats.correction.inplace import surgeons
from govstats.correction.marks import Mark, marks
from govstats.correction.writers import names
from govstats.display.cards import Card
from govstats.display.jumps import LISTED, Jump
from govstats.display.marks import MEANINGS, SIGNS
from govstats.display.page import environment
from govstats.display.triage import Triage, standings_in_order
from govstats.lang import Text, joined
from govstats.model.audits import Audited, Entry, Unfiled, Unread
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES
from govstats.model.standings import STANDINGS, UNFILED, UNFILED_HEAD, UNMATCHED_HEAD, UNREAD, UNREAD_HEAD
from govstats.model.wording import figure_text
from govstats.serve.kept import Result
from govstats.serve.refused import Refused
from govstats.serve.settings import Bounds

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent
READ = "</ol></section>\n"
"""What ends the list of what was read."""
OWN = ("own", COMMENTS := "comments")
"""What may be asked for instead of a format: the document itself corrected, or with comments only."""
_HOW = (
    (
        (".docx", ".docm", ".odt"),
        Text(
            "在 Word、WPS 里打开，改动是修订，逐处接受或拒绝即可。",
            "Open it in Word or WPS: the changes are tracked, to accept or reject one by one.",
        ),
    ),
    (
        (".xlsx", ".xlsm", ".ods"),
        Text(
            "改过的格有底色和批注，别处没有动。", "Changed cells are coloured, with a comment; nothing else is touched."
        ),
    ),
    (
        (".html", ".htm", ".shtml", ".xhtml"),
        Text(
            "旧数划去，新数在后，鼠标停在上面看理由。",
            "The old figure is struck, the new one follows; point at it for why.",
        ),
    ),
)
_LISTED = Text("改了哪几处、为什么，另有一张清单。", "A list tells what was changed, and why.")
_PASSED_OVER = Text(
    "另有 {n} 个程序留下的文件，不是报告，没有读（{kinds}）。",
    "{n} files that programs left, and no reports, were not read ({kinds}).",
)
_ROSTER_THERE = Text(
    "“{name}”是单位名单，不是报告；要看谁没有报送，在首页把它选作单位名单。",
    "“{name}” is a roster and no report; to see who has not filed, choose it as the roster on the first page.",
)
_WHOLE, _PARTS, _WORDS = 3, 2, 1
_MOST_ROWS = 30
_FEW, _MANY = 50, 200
"""So many reports with findings are shown with whole tables, with the parts in question; beyond, in words."""


@dataclass(frozen=True, slots=True)
class View:
    """One language, and whether the reader can look up the pages in the other."""

    lang: str
    bounds: Bounds
    up: str = "./"
    """The way from the page's address to that of the first page: all links are relative, so that they hold behind a
    proxy that shows the pages under a path of its own."""

    def index(self) -> str:
        """The page where reports are dropped."""
        return self._whole("index", bounds=self.bounds)

    def token(self, wrong: bool) -> str:
        """The page that asks for the token."""
        return self._whole("token", wrong=wrong)

    def api(self) -> str:
        """The page about the interface for programs."""
        return self._whole("api", bounds=self.bounds)

    def refusal(self, refused: Refused) -> str:
        """Why there is no result, in both languages."""
        return self._whole("refused", texts=_texts(refused))

    def opening(self, id_: str, count: int) -> str:
        """The head of a result that is still to come, of so many files, up to the list of what was read."""
        return self._whole("opening", here=f"{self.up}results/{id_}", many=count > _FEW)

    def read(self, entry: Entry, number: int, count: int) -> str:
        """A line for a document as soon as it is read: the how many-th of how many files, archives not opened."""
        card = None if isinstance(entry, Unread) else Card(entry, self.lang)
        return self._whole("line", entry=entry, card=card, number=number, count=count)

    def page(self, name: str, number: int) -> str:
        """A line for a page of a scan that is being recognised."""
        return self._whole("recognised", file=name, number=number)

    def ending(self, refused: Refused) -> str:
        """The end of a result page that cannot be finished."""
        return self._whole("ending", texts=_texts(refused))

    def result(self, result: Result, id_: str) -> Iterator[str]:
        """The whole page of a result that is kept."""
        yield self._whole("head", here=f"{self.up}results/{id_}", many=len(result.entries) > _FEW)
        yield from self.rest(result, id_)

    def rest(self, result: Result, id_: str) -> Iterator[str]:
        """What follows the head: the summary, the reports, the rules."""
        triage, held, without = Triage(), [], []
        there: dict[str, Card] = {}
        for number, entry in enumerate(result.entries):
            rank, how = triage.add(entry)
            if isinstance(entry, Unfiled) and entry.file:
                there[entry.file] = Card(entry, self.lang)
            elif isinstance(entry, Audited) and how in {UNREAD, UNFILED}:
                without.append(Card(entry, self.lang))
            elif isinstance(entry, Audited):
                held.append((rank, Held(number, entry, Card(entry, self.lang), entry.path in result.originals)))
        held.sort(key=itemgetter(0))
        failed = [(rank, each) for rank, each in held if each.entry.findings]
        detail = _WHOLE if len(failed) <= _FEW else _PARTS if len(failed) <= _MANY else _WORDS
        yield from (
            _templates(self.lang)
            .get_template("result.html.jinja")
            .generate(
                **self._common,
                **self._overview(triage),
                id=id_,
                notes=list(_notes(result)),
                unread=[each for each in result.entries if isinstance(each, Unread)],
                without=[card for card in without if card.standing == UNREAD],
                there=there,
                unmatched=_unmatched(there, result.entries),
                unfiled=[card for card in without if card.standing == UNFILED],
                held=[each for _, each in held],
                jumps=[Jump.to(f"r{each.number}", each.card, rank) for rank, each in failed[:LISTED]],
                not_listed=max(len(failed) - LISTED, 0),
                agencies=sorted({each.card.agency for _, each in held} - {""}),
                detail=detail,
                shortened=detail < _WHOLE,
                figure=figure_text,
                legend=[(kind, SIGNS[kind], MEANINGS[kind].of(self.lang)) for kind in SIGNS],
                minutes=round(self.bounds.kept_seconds / 60),
            )
        )

    def _overview(self, triage: Triage) -> dict[str, Any]:
        """What stands above the reports."""
        tally = triage.tally
        return {
            "tally": tally,
            "names": STANDINGS,
            "standings": [(kind, name.of(self.lang), n) for kind, name, n in standings_in_order(tally.standings)],
            "rules": [(get_rule(code), tally.rules[code], group.reports) for code, group in triage.rules()],
            "severities": [(each, SEVERITY_NAMES[each].of(self.lang), tally.severities[each]) for each in SEVERITIES],
            "matrix": triage.matrix(_MOST_ROWS),
            "places": triage.places(self.lang, _MOST_ROWS),
            "missing_files": triage.unread,
            "missing_agencies": triage.unfiled,
            "unread_head": UNREAD_HEAD.format(n=tally.standings[UNREAD]),
            "unmatched_head": UNMATCHED_HEAD,
            "unfiled_head": UNFILED_HEAD.format(n=tally.standings[UNFILED]),
        }

    def _whole(self, name: str, **values: Any) -> str:
        return _templates(self.lang).get_template(f"{name}.html.jinja").render(**self._common, **values)

    @property
    def _common(self) -> dict[str, Any]:
        return {"lang": self.lang, "version": govstats.__version__, "up": self.up}


@dataclass(frozen=True)
class Held:
    """A report of a result: its number there, its card, and what its corrected copy would mend."""

    number: int
    entry: Audited
    card: Card
    is_kept: bool = False
    """Can the document itself be had back, corrected?"""

    @cached_property
    def marks(self) -> list[Mark]:
        """What its own copy would change, and comment on."""
        return marks(self.entry) if self.is_kept else []

    @property
    def changes(self) -> list[Mark]:
        """The figures that its own copy would change."""
        return [mark for mark in self.marks if mark.new is not None]

    @property
    def takes_comments(self) -> bool:
        """Has its document a place for comments? A text has none."""
        suffix = PurePosixPath(self.entry.path).suffix.lower()
        return not any(surgeon.PLAIN and suffix in surgeon.SUFFIXES for surgeon in surgeons().values())

    @property
    def how(self) -> Text:
        """How the changes in its document are seen, and what to do with them."""
        suffix = PurePosixPath(self.entry.path).suffix.lower()
        return next((told for suffixes, told in _HOW if suffix in suffixes), _LISTED)

    @property
    def mended(self) -> int:
        """How many cells the corrected copy puts right."""
        return len(certain(self.entry)) if self.entry.findings else 0

    @property
    def left(self) -> int:
        """How many errors it leaves for a person."""
        return left_over(self.entry)

    @property
    def formats(self) -> list[str]:
        """In which formats it can be had."""
        return names()


def _unmatched(there: dict[str, Card], entries: Iterable[Entry]) -> list[Card]:
    """The agencies whose file was read, and does not say whose it is, or of which year."""
    read = {each.path for each in entries if each.standing != UNREAD}
    return [card for path, card in there.items() if path in read]


def _notes(result: Result) -> Iterator[Text]:
    """What of the files was no report."""
    if kinds := result.passed_over:
        told = joined((f"{kind}×{n}" for kind, n in kinds.items()), " ", " ")
        yield _PASSED_OVER.format(n=sum(kinds.values()), kinds=told)
    yield from (_ROSTER_THERE.format(name=name) for name in result.rosters)


def _texts(refused: Refused) -> list[tuple[str, str]]:
    return [(code, refused.text(lang)) for code, lang in (("zh-CN", "zh"), ("en", "en"))]


@cache
def _templates(lang: str) -> Environment:
    return environment(lang, FOLDER / "templates")
