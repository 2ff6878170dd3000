"""Evidence → the year, weighed as the agency is; and the years that title, introduction, period and body name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from govstats.identity.cleaning import clean
from govstats.identity.dates import period
from govstats.identity.evidence import Evidence
from govstats.identity.mentions import Kind, Mention
from govstats.identity.passages import Line, Passages
from govstats.identity.spelling import is_same, key
from govstats.lang import Text
from govstats.model.document import Document
from govstats.model.report import Named, Period
from govstats.text.patterns import lazy

_TITLE_LENGTH = 60
_MOST_PARAGRAPHS = 300
_OPENS = lazy(r"^(?:[(]?[一二三四五六七八九十]{1,2}[)、.])?(20\d\d)年(?:度|以来)?,")

TITLE = Text("标题", "the title")
SENTENCE = Text("导语", "the introduction")
PERIOD = Text("统计期限", "the reporting period")
BODY = Text("正文", "the body")

_WEIGHT = {Kind.TITLE: 5.0, Kind.STACKED: 5.0, Kind.DOUBTFUL: 4.0, Kind.ANNOUNCED: 5.0, Kind.QUOTED: 3.0}
_PERIOD_WEIGHT = 4.0
_TEXT_WEIGHT = 3.0
_MARGIN = 1.0


class When(NamedTuple):
    """The year, and by what it was known; or None, and between which years it stands."""

    year: int | None
    because: tuple[Text, ...] = ()
    between: tuple[int, ...] = ()

    @property
    def reason(self) -> Text:
        """By what the year was known, or why not, in words."""
        if self.year:
            return Text("、".join(each.zh for each in self.because), ", ".join(each.en for each in self.because))
        if self.between:
            years = [str(year) for year in self.between]
            return Text(f"在{'、'.join(years)}年之间无法判断", f"undecided between {', '.join(years)}")
        return Text("文中没有", "not named in the document")


def when(said: Evidence, agency: str | None, stated: Period | None, issued: date | None) -> When:
    """The one year that most speaks for. Of a school year nobody can say which calendar year it is."""
    if said.school:
        return When(None)
    weights: defaultdict[int, dict[Text, float]] = defaultdict(dict)
    dated = [mention for mention in said.mentions if mention.year and mention.kind in _WEIGHT]
    own = [mention for mention in dated if _is_of(mention, agency)]
    for mention in own or dated:
        part = TITLE if mention.kind in (Kind.TITLE, Kind.STACKED, Kind.DOUBTFUL) else SENTENCE
        parts = weights[mention.year or 0]
        parts[part] = max(parts.get(part, 0.0), _WEIGHT[mention.kind])
    if stated and stated.year:
        weights[stated.year][PERIOD] = _PERIOD_WEIGHT
    for year, weight in _of_text(said, issued):
        weights[year][BODY] = weight
    return _heaviest(weights, issued)


def _is_of(mention: Mention, agency: str | None) -> bool:
    return bool(agency and mention.name and is_same(key(mention.name), key(agency)))


def _of_text(said: Evidence, issued: date | None) -> Iterator[tuple[int, float]]:
    """The year that the sentences name most; less weight for one that is named no more than another."""
    common = said.years.most_common(2)
    if not common or (issued and common[0][0] > issued.year):
        return
    if len(common) == 1 or common[0][1] > common[1][1]:
        yield common[0][0], _TEXT_WEIGHT
    else:
        yield from ((year, 1.0) for year, _ in common)


def _heaviest(weights: dict[int, dict[Text, float]], issued: date | None) -> When:
    sums = sorted(((sum(parts.values()), year) for year, parts in weights.items()), reverse=True)
    if not sums:
        return When(None)
    weight, year = sums[0]
    rivals = [other for less, other in sums[1:] if weight - less < _MARGIN]
    if rivals or weight < _TEXT_WEIGHT:
        return When(None, between=(year, *rivals) if rivals else ())
    if len(sums) > 1 and issued and issued.year == year and PERIOD not in weights[year] and _has_period(weights):
        return When(None, between=(year, sums[1][1]))
    return When(year, tuple(weights[year]))


def _has_period(weights: dict[int, dict[Text, float]]) -> bool:
    return any(PERIOD in parts for parts in weights.values())


def years_named(document: Document, found: Passages, said: Evidence, stated: Period | None) -> list[Named]:
    """At most one year for each part; a part that names two for itself is left out."""
    titled = [
        Named(TITLE, m.year, m.line) for m in said.mentions if m.kind in _TITLES and m.year and (m.line or m.name)
    ]
    announced = [Named(SENTENCE, m.year, m.line) for m in said.mentions if m.kind in _SENTENCES and m.year and m.name]
    parts = [titled, announced, list(_period(found, stated))]
    told = [part[0] for part in parts if len({named.year for named in part}) == 1]
    if told:
        told += _body(document, found, told[0].year)
    return told


_TITLES = (Kind.TITLE, Kind.STACKED, Kind.DOUBTFUL)
_SENTENCES = (Kind.ANNOUNCED, Kind.QUOTED)


def _period(found: Passages, stated: Period | None) -> Iterator[Named]:
    if stated and stated.year:
        line = next(line for line in found.opening if period([line]) == stated)
        yield Named(PERIOD, stated.year, line.number)


def _body(document: Document, found: Passages, expected: int) -> Iterator[Named]:
    """The earlier year that all paragraphs open with, where the year expected is named nowhere in the text.

    A text that compares, looks back or plans names both; one that was left over from the year before does not.
    """
    body = found.opening[len(found.head) :]
    opened = [(int(match[1]), line.number) for line in body for match in [_OPENS.match(line.text)] if match]
    if not opened or {year for year, _ in opened} != {opened[0][0]} or opened[0][0] >= expected:
        return
    if not any(_mentions(text, expected) for text in _texts(document, body[0])):
        yield Named(BODY, *opened[0])


def _texts(document: Document, first: Line) -> Iterator[str]:
    return islice((each.text for each in document.paragraphs if each.line >= first.number), _MOST_PARAGRAPHS)


def _mentions(text: str, year: int) -> bool:
    return re.search(rf"{year}\s*年", text) is not None or f"{year}" in clean(text)
