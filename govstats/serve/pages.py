"""Entries and refusals → pages in one language, piece by piece; what they show of a report are the cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import govstats
from govstats.catalog.rules import get_rule
from govstats.correction.changes import certain
from govstats.correction.copy import left_over
from govstats.correction.writers import names
from govstats.display.cards import Card
from govstats.display.marks import MEANINGS, SIGNS
from govstats.display.page import environment
from govstats.model.audits import Audited, Entry, Tally, Unfiled, Unread
from govstats.serve.refused import Refused
from govstats.serve.settings import Bounds

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent
READ = "</ol></section>\n"
"""What ends the list of what was read."""
_WHOLE, _PARTS, _WORDS = 3, 2, 1
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

    def read(self, entry: Entry) -> str:
        """A line for a document as soon as it is read."""
        card = None if isinstance(entry, Unread) else Card(entry, self.lang)
        return self._whole("line", entry=entry, card=card)

    def ending(self, refused: Refused) -> str:
        """The end of a result page that cannot be finished."""
        return self._whole("ending", texts=_texts(refused))

    def result(self, entries: tuple[Entry, ...], id_: str) -> Iterator[str]:
        """The whole page of a result that is kept."""
        yield self._whole("head", here=f"{self.up}results/{id_}", many=len(entries) > _FEW)
        yield from self.rest(entries, id_)

    def rest(self, entries: tuple[Entry, ...], id_: str) -> Iterator[str]:
        """What follows the head: the summary, the reports, the rules."""
        tally = Tally.of(entries)
        failed = sum(bool(each.findings) for each in entries if isinstance(each, Audited))
        detail = _WHOLE if failed <= _FEW else _PARTS if failed <= _MANY else _WORDS
        yield from (
            _templates(self.lang)
            .get_template("result.html.jinja")
            .generate(
                **self._common,
                id=id_,
                tally=tally,
                standings=Counter(_standings(entries, self.lang)),
                unread=[each for each in entries if isinstance(each, Unread)],
                unfiled=[Card(each, self.lang) for each in entries if isinstance(each, Unfiled)],
                held=self._held(entries),
                detail=detail,
                shortened=detail < _WHOLE,
                rules=[(get_rule(code), count) for code, count in sorted(tally.rules.items())],
                legend=[(kind, SIGNS[kind], MEANINGS[kind].of(self.lang)) for kind in SIGNS],
                minutes=round(self.bounds.kept_seconds / 60),
            )
        )

    def _held(self, entries: Iterable[Entry]) -> Iterator[Held]:
        for number, entry in enumerate(entries):
            if isinstance(entry, Audited) and not isinstance(entry, Unfiled):
                yield Held(number, entry, Card(entry, self.lang))

    def _whole(self, name: str, **values: Any) -> str:
        return _templates(self.lang).get_template(f"{name}.html.jinja").render(**self._common, **values)

    @property
    def _common(self) -> dict[str, Any]:
        return {"lang": self.lang, "version": govstats.__version__, "up": self.up}


@dataclass(frozen=True, slots=True)
class Held:
    """A report of a result: its number there, its card, and what its corrected copy would mend."""

    number: int
    entry: Audited
    card: Card

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


def _standings(entries: Iterable[Entry], lang: str) -> Iterator[str]:
    for entry in entries:
        yield "unread" if isinstance(entry, Unread) else Card(entry, lang).standing


def _texts(refused: Refused) -> list[tuple[str, str]]:
    return [(code, refused.text(lang)) for code, lang in (("zh-CN", "zh"), ("en", "en"))]


@cache
def _templates(lang: str) -> Environment:
    return environment(lang, FOLDER / "templates")
