"""Document → the years that its title, its reporting period and its body name, each with the line that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from govstats.identity.cleaning import clean
from govstats.identity.dates import period
from govstats.identity.evidence import in_sentences
from govstats.identity.passages import Line, Passages
from govstats.identity.titles import titles
from govstats.lang import Text
from govstats.model.document import Document
from govstats.model.report import Named

_TITLE_LENGTH = 60
_MOST_PARAGRAPHS = 300
_OPENS = re.compile(r"^(?:[(]?[一二三四五六七八九十]{1,2}[)、.])?(20\d\d)年(?:度|以来)?,")
_OTHER_PAGES = re.compile(r"^(?:上一|下一|相关|附件|链接|推荐|更多|您|当前|首页|索引)")

TITLE = Text("标题", "the title")
SENTENCE = Text("导语", "the introduction")
PERIOD = Text("统计期限", "the reporting period")
BODY = Text("正文", "the body")


def years_named(document: Document, found: Passages) -> list[Named]:
    """At most one year for each part; a part that names two for itself is left out."""
    parts = [list(_titles(document, found)), list(_sentences(found)), list(_period(found))]
    told = [part[0] for part in parts if len({named.year for named in part}) == 1]
    if told:
        told += _body(document, found, told[0].year)
    return told


def _titles(document: Document, found: Passages) -> Iterator[Named]:
    for title in titles(clean(document.meta.get("title", ""))):
        if title.year and title.agency:
            yield Named(TITLE, title.year, 0)
    for line in found.head:
        if len(line.text) <= _TITLE_LENGTH and "。" not in line.text and not _OTHER_PAGES.match(line.text):
            yield from (Named(TITLE, title.year, line.number) for title in titles(line.text) if title.year)


def _sentences(found: Passages) -> Iterator[Named]:
    for line in found.head:
        for title in in_sentences(line.text):
            if title.year:
                yield Named(SENTENCE, title.year, line.number)


def _period(found: Passages) -> Iterator[Named]:
    stated = period(found.opening)
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
